//! A function for Camel's own component `wasm`: answers with the body in upper case and the headers
//! as they came.
//!
//! A host calls [`alloc`], writes `{"headers":{..},"body":"base64"}` there, and calls
//! [`transform`]. What that returns is where the answer lies, in the upper half, and how long it
//! is, in the lower one, of which the top bit says that the answer is a text about an error. The
//! host gives both texts back with [`dealloc`].

mod base64;
mod envelope;

use envelope::Envelope;
use std::alloc::Layout;
use std::slice;

/// Marks the size of a text about an error.
const ERROR: u64 = 1 << 31;

/// Gives the host room for `size` bytes.
///
/// Returns null where `size` is 0 or there is no memory left.
#[no_mangle]
pub extern "C" fn alloc(size: usize) -> *mut u8 {
    match layout(size) {
        Some(layout) => unsafe { std::alloc::alloc(layout) },
        None => std::ptr::null_mut(),
    }
}

/// Takes room back. A null pointer is let pass.
///
/// # Safety
///
/// `ptr` is null, or came from [`alloc`] or [`transform`] with this very `size`, and was not given
/// back before.
#[no_mangle]
pub unsafe extern "C" fn dealloc(ptr: *mut u8, size: usize) {
    if let (false, Some(layout)) = (ptr.is_null(), layout(size)) {
        std::alloc::dealloc(ptr, layout);
    }
}

/// Writes the body of an envelope in upper case.
///
/// # Safety
///
/// `size` bytes lie at `ptr`.
#[no_mangle]
pub unsafe extern "C" fn transform(ptr: *const u8, size: usize) -> u64 {
    match upper(slice::from_raw_parts(ptr, size)) {
        Ok(answer) => handed_over(answer),
        Err(error) => handed_over(error.as_bytes().to_vec()) | ERROR,
    }
}

fn upper(json: &[u8]) -> Result<Vec<u8>, &'static str> {
    let envelope = Envelope::read(json)?;
    let body = base64::decode(envelope.body).ok_or("the body is no base64")?;
    let text = String::from_utf8(body).map_err(|_| "the body is no text")?;
    Ok(Envelope::write(
        envelope.headers,
        &base64::encode(text.to_uppercase().as_bytes()),
    ))
}

/// Leaves bytes to the host, with no more room than they take.
fn handed_over(bytes: Vec<u8>) -> u64 {
    let size = bytes.len() as u64;
    let start = Box::into_raw(bytes.into_boxed_slice()) as *mut u8;
    (start as u64) << 32 | size
}

/// The layout of `size` bytes, or none where there is nothing to allocate or too much.
fn layout(size: usize) -> Option<Layout> {
    if size == 0 {
        return None;
    }
    Layout::from_size_align(size, 1).ok()
}
