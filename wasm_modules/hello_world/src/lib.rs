//! The hello-world guest: appends `-wasm` to its input.
//!
//! Texts are NUL-terminated UTF-8. A host calls `allocate` for the input and its NUL, writes both,
//! calls `process`, reads the result up to its NUL, and gives both texts back with `deallocate`,
//! each with the size it was allocated with: its length in bytes and one more for the NUL.

use std::alloc::{alloc, dealloc, Layout};
use std::ffi::CStr;
use std::os::raw::c_char;
use std::ptr;

const SUFFIX: &[u8] = b"-wasm";

/// Appends `-wasm` to a text.
///
/// Returns a new text, which the caller gives back to [`deallocate`], or null where the input is
/// null or there is no memory left.
///
/// # Safety
///
/// `input_ptr` is null or points to a text that ends with a NUL.
#[no_mangle]
pub unsafe extern "C" fn process(input_ptr: *const c_char) -> *mut c_char {
    if input_ptr.is_null() {
        return ptr::null_mut();
    }
    let input = CStr::from_ptr(input_ptr).to_bytes();
    let length = input.len() + SUFFIX.len();
    let output = allocate(length + 1);
    if !output.is_null() {
        ptr::copy_nonoverlapping(input.as_ptr(), output, input.len());
        ptr::copy_nonoverlapping(SUFFIX.as_ptr(), output.add(input.len()), SUFFIX.len());
        output.add(length).write(0);
    }
    output.cast()
}

/// Gives the host room for `size` bytes, of no particular content.
///
/// Returns null where `size` is 0 or there is no memory left.
#[no_mangle]
pub extern "C" fn allocate(size: usize) -> *mut u8 {
    match layout(size) {
        Some(layout) => unsafe { alloc(layout) },
        None => ptr::null_mut(),
    }
}

/// Takes room back. A null pointer is let pass.
///
/// # Safety
///
/// `ptr` is null, or came from [`allocate`] with this very `size`, or from [`process`] with a
/// `size` of the text's length and one, and was not given back before.
#[no_mangle]
pub unsafe extern "C" fn deallocate(ptr: *mut u8, size: usize) {
    if let (false, Some(layout)) = (ptr.is_null(), layout(size)) {
        dealloc(ptr, layout);
    }
}

/// The layout of `size` bytes, or none where there is nothing to allocate or too much.
fn layout(size: usize) -> Option<Layout> {
    if size == 0 {
        return None;
    }
    Layout::from_size_align(size, 1).ok()
}
