//! Counts what a text consists of, for processors with `intent: analyze` and `result: json`.
//!
//! The result is an object of strings:
//!
//! - `characters`: Unicode's code points; `words`; `sentences`; `lines`; `paragraphs`
//! - `longest_word`, of which 40 characters are shown at most
//! - `reading_seconds`: at 230 words a minute, rounded up
//! - `lix`: the readability index of C.-H. Björnsson, words / sentences + 100 * words of more than
//!   six letters / words, rounded; below 30 is easy, above 60 is hard. It holds for languages whose
//!   words are written apart.
//!
//! A word is a run of letters and digits of any script, with apostrophes and hyphens inside; a
//! sentence is a run of words up to a full stop, question or exclamation mark that a blank or the
//! end follows, or up to an empty line.
//!
//! A host calls `allocate` for the text and for a word of four bytes, writes the text, and calls
//! `process` with both addresses; it gives everything back with `deallocate`.

use std::alloc::{alloc, dealloc, Layout};
use std::{ptr, slice, str};

const WORDS_PER_MINUTE: usize = 230;
const LONG: usize = 6;
const SHOWN: usize = 40;

#[derive(Default)]
struct Counts<'a> {
    characters: usize,
    words: usize,
    long_words: usize,
    sentences: usize,
    lines: usize,
    paragraphs: usize,
    longest: &'a str,
    longest_letters: usize,
}

fn count(text: &str) -> Counts {
    let mut counts = Counts {
        characters: text.chars().count(),
        ..Counts::default()
    };
    let mut paragraph_is_open = false;
    let mut sentence_is_open = false;
    for line in text.lines() {
        counts.lines += 1;
        if line.trim().is_empty() {
            paragraph_is_open = false;
            sentence_is_open = false;
            continue;
        }
        counts.paragraphs += usize::from(!paragraph_is_open);
        paragraph_is_open = true;
        for piece in line.split_whitespace() {
            count_words(piece, &mut sentence_is_open, &mut counts);
        }
    }
    counts
}

/// Counts what stands between two blanks: often one word, with its punctuation.
fn count_words<'a>(piece: &'a str, sentence_is_open: &mut bool, counts: &mut Counts<'a>) {
    for run in piece.split(|c: char| !is_inside_words(c)) {
        let word = run.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        counts.words += 1;
        counts.long_words += usize::from(letters > LONG);
        if letters > counts.longest_letters {
            counts.longest = word;
            counts.longest_letters = letters;
        }
        counts.sentences += usize::from(!*sentence_is_open);
        *sentence_is_open = true;
    }
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』');
    if piece
        .trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
    {
        *sentence_is_open = false;
    }
}

fn is_inside_words(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '’' | '-')
        // Accents that are characters of their own, and in India's scripts the marks of those letters
        // that are spoken without a vowel or otherwise than they are written.
        || matches!(c, '\u{300}'..='\u{36f}')
        || matches!(c, '\u{900}'..='\u{d7f}') && matches!(c as u32 & 0x7f, 0x3c | 0x4d)
}

impl Counts<'_> {
    /// Words are letters, digits, apostrophes and hyphens, which JSON does not escape.
    fn json(&self) -> String {
        let shown: String = self.longest.chars().take(SHOWN).collect();
        format!(
            concat!(
                r#"{{"characters":"{}","words":"{}","sentences":"{}","lines":"{}","#,
                r#""paragraphs":"{}","longest_word":"{}","reading_seconds":"{}","lix":"{}"}}"#
            ),
            self.characters,
            self.words,
            self.sentences,
            self.lines,
            self.paragraphs,
            shown,
            (self.words * 60 + WORDS_PER_MINUTE - 1) / WORDS_PER_MINUTE,
            self.lix()
        )
    }

    fn lix(&self) -> usize {
        if self.words == 0 {
            return 0;
        }
        // In the whole numbers of 64 bits, where 8 MiB of words do not overflow.
        let (words, long, sentences) = (
            self.words as u64,
            self.long_words as u64,
            self.sentences as u64,
        );
        let over = words * words + 100 * long * sentences;
        let under = words * sentences;
        ((2 * over + under) / (2 * under)) as usize
    }
}

/// Counts what the text of `length` bytes at `text` consists of.
///
/// Returns where the result begins, which the caller gives back to [`deallocate`] with the length
/// that is written to `out_length`; null where the text is no UTF-8.
///
/// # Safety
///
/// The text is there, or `length` is 0; `out_length` points to four bytes.
#[no_mangle]
pub unsafe extern "C" fn process(text: *const u8, length: usize, out_length: *mut u32) -> *mut u8 {
    let bytes = if length == 0 {
        &[]
    } else {
        slice::from_raw_parts(text, length)
    };
    match str::from_utf8(bytes) {
        Ok(text) => {
            let result = Box::leak(count(text).json().into_bytes().into_boxed_slice());
            out_length.write_unaligned(result.len() as u32);
            result.as_mut_ptr()
        }
        Err(_) => ptr::null_mut(),
    }
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
    use super::count;

    fn json(text: &str) -> String {
        count(text).json()
    }

    #[test]
    fn an_empty_text_has_nothing() {
        assert_eq!(
            json(""),
            concat!(
                r#"{"characters":"0","words":"0","sentences":"0","lines":"0","paragraphs":"0","#,
                r#""longest_word":"","reading_seconds":"0","lix":"0"}"#
            )
        );
    }

    #[test]
    fn counts_all_of_it() {
        assert_eq!(
            json("The well-known fox doesn't jump. \"Why?\" Version 1.63 won't say!\n\nEnd\n"),
            concat!(
                r#"{"characters":"69","words":"12","sentences":"4","lines":"3","paragraphs":"2","#,
                r#""longest_word":"well-known","reading_seconds":"4","lix":"20"}"#
            )
        );
    }

    #[test]
    fn knows_letters_of_all_scripts() {
        let counts = count("Größe über alles。 Привет мир! नमस्ते");
        assert_eq!(
            (counts.words, counts.sentences, counts.longest_letters),
            (6, 3, 6)
        );
    }

    #[test]
    fn eight_megabytes_of_words_do_not_overflow() {
        let text = "a ".repeat(4 << 20);
        assert_eq!(count(&text).lix(), 4 << 20);
    }
}
