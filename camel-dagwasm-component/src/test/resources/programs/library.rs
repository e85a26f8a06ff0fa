//! A library for hosts that pass texts by their length: puts its input into upper case.

use std::alloc::{alloc, dealloc, Layout};

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size.max(1), 1).expect("a size")
}

#[no_mangle]
pub extern "C" fn allocate(size: usize) -> *mut u8 {
    unsafe { alloc(layout(size)) }
}

#[no_mangle]
pub unsafe extern "C" fn deallocate(pointer: *mut u8, size: usize) {
    dealloc(pointer, layout(size));
}

#[no_mangle]
pub unsafe extern "C" fn process(text: *const u8, length: usize, answered: *mut usize) -> *const u8 {
    let text = std::str::from_utf8(std::slice::from_raw_parts(text, length)).expect("UTF-8");
    let answer = shout(text).into_bytes().into_boxed_slice();
    *answered = answer.len();
    Box::leak(answer).as_ptr()
}

#[inline(never)]
fn shout(text: &str) -> String {
    if text == "boom" {
        panic!("no rule for this text");
    }
    text.to_uppercase()
}
