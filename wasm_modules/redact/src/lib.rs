//! Masks e-mail addresses, card numbers and IBANs in a text: `[email]`, `[card]`, `[iban]`.
//!
//! What counts as one is said in [`email`], [`card`] and [`iban`]. Where they overlap, one mask
//! stands for all that they cover together, so that no part of any of them is left over; its name is
//! that of the one that begins first. All other bytes stay as they are.
//!
//! A host calls `allocate` for the text and for a word of four bytes, writes the text, and calls
//! `process` with both addresses; it gives everything back with `deallocate`.

mod card;
mod email;
mod iban;

use std::alloc::{alloc, dealloc, Layout};
use std::{ptr, slice};

/// A piece of the text: its bytes from `start` to before `end`, and what stands there instead.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    mask: &'static str,
}

/// Each finder reads the text once, from its start to its end, and steps back over a few dozen
/// bytes at the most, or over what no other step back has covered: time is linear in the length.
fn redact(text: &[u8]) -> Vec<u8> {
    // In the order of precedence for what begins at the same place.
    let mut finders: [Box<dyn Iterator<Item = Span> + '_>; 3] = [
        Box::new(email::Emails::of(text)),
        Box::new(iban::Ibans::of(text)),
        Box::new(card::Cards::of(text)),
    ];
    let mut next: Vec<Option<Span>> = finders.iter_mut().map(|finder| finder.next()).collect();
    let mut out = Vec::with_capacity(text.len());
    let mut done = 0;
    let mut open: Option<Span> = None;
    loop {
        let first = (0..next.len())
            .filter_map(|at| next[at].map(|span| (span.start, at)))
            .min();
        let span = match first {
            None => break,
            Some((_, at)) => std::mem::replace(&mut next[at], finders[at].next()),
        };
        open = match (open, span) {
            (Some(open), Some(span)) if span.start < open.end => Some(Span {
                end: open.end.max(span.end),
                ..open
            }),
            (before, span) => {
                done = mask(text, done, before, &mut out);
                span
            }
        };
    }
    done = mask(text, done, open, &mut out);
    out.extend_from_slice(&text[done..]);
    out
}

/// Copies the text up to a span and the span's mask; returns how far the text is done.
fn mask(text: &[u8], done: usize, span: Option<Span>, out: &mut Vec<u8>) -> usize {
    match span {
        None => done,
        Some(span) => {
            out.extend_from_slice(&text[done..span.start]);
            out.extend_from_slice(span.mask.as_bytes());
            span.end
        }
    }
}

/// The length in bytes of the character at `at` where people write it between the groups of a long
/// number: a blank or hyphen, which may be one that does not break a line. 0 where it is none.
fn separator_at(text: &[u8], at: usize) -> usize {
    match &text[at..] {
        [b' ' | b'-', ..] => 1,
        // No-break space.
        [0xc2, 0xa0, ..] => 2,
        // Figure space, thin space, hyphen, non-breaking hyphen, narrow no-break space.
        [0xe2, 0x80, 0x87 | 0x89 | 0x90 | 0x91 | 0xaf, ..] => 3,
        _ => 0,
    }
}

/// Redacts the text of `length` bytes at `text`.
///
/// Returns where the result begins, which the caller gives back to [`deallocate`] with the length
/// that is written to `out_length`. Traps where there is no memory left.
///
/// # Safety
///
/// The text is there, or `length` is 0; `out_length` points to four bytes.
#[no_mangle]
pub unsafe extern "C" fn process(text: *const u8, length: usize, out_length: *mut u32) -> *mut u8 {
    let text = if length == 0 {
        &[]
    } else {
        slice::from_raw_parts(text, length)
    };
    let result = Box::leak(redact(text).into_boxed_slice());
    out_length.write_unaligned(result.len() as u32);
    result.as_mut_ptr()
}

/// Gives the host room for `size` bytes, of no particular content; null where `size` is 0 or there
/// is no memory left.
#[no_mangle]
pub extern "C" fn allocate(size: usize) -> *mut u8 {
    match Layout::from_size_align(size, 1) {
        Ok(layout) if size > 0 => unsafe { alloc(layout) },
        _ => ptr::null_mut(),
    }
}

/// Takes room back. Nothing is done where `size` is 0.
///
/// # Safety
///
/// `start` came from [`allocate`] or [`process`] with this very `size`, and was not given back
/// before.
#[no_mangle]
pub unsafe extern "C" fn deallocate(start: *mut u8, size: usize) {
    match Layout::from_size_align(size, 1) {
        Ok(layout) if size > 0 && !start.is_null() => dealloc(start, layout),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    fn redacted(text: &str) -> String {
        String::from_utf8(redact(text.as_bytes())).expect("masks fall on characters")
    }

    #[test]
    fn leaves_everything_else_as_it_is() {
        for text in ["", "plain", "\u{0}\n\t", "Größe 😀 漢字", "a@b", "12 34"] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn masks_each_kind_in_its_place() {
        assert_eq!(
            redacted("<joe@example.com>, 4111 1111 1111 1111; DE89 3704 0044 0532 0130 00."),
            "<[email]>, [card]; [iban]."
        );
    }

    #[test]
    fn one_mask_covers_what_overlaps() {
        assert_eq!(redacted("4111 1111 1111 1111@example.com"), "[card]");
        assert_eq!(redacted("4111111111111111@example.com"), "[email]");
        assert_eq!(redacted("joe@example.com@example.org"), "[email]");
        assert_eq!(redacted("DE89370400440532013000@example.org"), "[email]");
        assert_eq!(redacted("GB82 WEST 1234 5698 7654 32"), "[iban]");
    }

    #[test]
    fn redacting_twice_changes_nothing_more() {
        let once = redacted("joe@example.com@ @example.com 4111111111111111 4111-1111-1111-1111");
        assert_eq!(redacted(&once), once);
    }

    /// Some millions of bytes take as many steps, not their square: else this would not end.
    #[test]
    fn hostile_texts_take_linear_time() {
        for piece in ["@", "1", "1 ", "1111 ", "a@", "%40", "a.", "DE89", "\"@", "\"a@", "a@b.", "x@-", "é@"] {
            let text = piece.repeat(4_000_000 / piece.len());
            assert!(redact(text.as_bytes()).len() <= 2 * text.len(), "{}", piece);
        }
    }
}
