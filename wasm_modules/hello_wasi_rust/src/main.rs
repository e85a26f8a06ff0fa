//! The hello-world guest as a WASI command in Rust: copies its standard input to its standard
//! output, and appends `-wasm`. It holds one block of the text at a time.

use std::io::{self, Read, Write};
use std::process::ExitCode;

const SUFFIX: &[u8] = b"-wasm";

fn main() -> ExitCode {
    match copy_and_append() {
        Ok(()) => ExitCode::SUCCESS,
        Err((doing, error)) => {
            eprintln!("hello_wasi_rust: {}: {}", doing, error);
            ExitCode::FAILURE
        }
    }
}

fn copy_and_append() -> Result<(), (&'static str, io::Error)> {
    let reading = |error| ("reading from stdin", error);
    let writing = |error| ("writing to stdout", error);
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let mut block = vec![0; 65536];
    loop {
        match input.read(&mut block).map_err(reading)? {
            0 => break,
            length => output.write_all(&block[..length]).map_err(writing)?,
        }
    }
    output.write_all(SUFFIX).map_err(writing)?;
    // What is still buffered when main returns would be written with its errors ignored.
    output.flush().map_err(writing)
}
