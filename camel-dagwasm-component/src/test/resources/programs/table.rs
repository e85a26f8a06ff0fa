//! A program with a function beside it: `main` fills the table that `process` looks in.

use std::collections::HashMap;
use std::ffi::{CStr, CString};
use std::os::raw::c_char;

static mut TABLE: Option<HashMap<&'static str, &'static str>> = None;

fn main() {
    let table = HashMap::from([("colour", "color"), ("grey", "gray")]);
    unsafe { TABLE = Some(table) };
}

#[no_mangle]
pub unsafe extern "C" fn process(text: *const c_char) -> *const c_char {
    let text = CStr::from_ptr(text).to_str().expect("UTF-8");
    let table = TABLE.as_ref().expect("main has not run");
    CString::new(*table.get(text).unwrap_or(&text)).expect("no NUL").into_raw()
}
