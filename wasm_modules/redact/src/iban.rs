//! IBANs (ISO 13616): a country, two check digits, and as many letters and digits more as the
//! country has it, where the check digits are right (ISO 7064, mod 97-10).
//!
//! Letters may be small, and a blank or hyphen may stand before any character, as people write them
//! in groups. Before and behind stands no letter or digit of ASCII, but that the word `IBAN` may come
//! directly before.

use crate::{separator_at, Span};

/// How many characters an IBAN has, by country; sorted.
#[rustfmt::skip]
const LENGTHS: [(&[u8; 2], u8); 89] = [
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16),
    (b"BG", 22), (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22),
    (b"CY", 28), (b"CZ", 24), (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20),
    (b"EG", 29), (b"ES", 24), (b"FI", 18), (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22),
    (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27), (b"GT", 28), (b"HN", 28), (b"HR", 21),
    (b"HU", 28), (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26), (b"IT", 27), (b"JO", 30),
    (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20), (b"LU", 20),
    (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20),
    (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23),
    (b"PK", 24), (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22),
    (b"RU", 33), (b"SA", 24), (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24),
    (b"SM", 27), (b"SO", 23), (b"ST", 25), (b"SV", 28), (b"TL", 23), (b"TN", 24), (b"TR", 26),
    (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20), (b"YE", 30),
];

/// The IBANs of a text, in the order in which they begin; they may overlap.
pub(crate) struct Ibans<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Ibans<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        Ibans { text, at: 0 }
    }
}

impl Iterator for Ibans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at < self.text.len() {
            let start = self.at;
            self.at += 1;
            if let Some(end) = end_from(self.text, start) {
                let mask = "[iban]";
                return Some(Span { start, end, mask });
            }
        }
        None
    }
}

/// Where the IBAN ends that begins at `start`. Looks at 33 characters at most, and as many
/// separators.
fn end_from(text: &[u8], start: usize) -> Option<usize> {
    // Most words are told from an IBAN by this, before anything is looked up.
    if !text[start].is_ascii_alphabetic()
        || !text.get(start + 1)?.is_ascii_alphabetic()
        || !text.get(start + 2 + separator_at(text, start + 2))?.is_ascii_digit()
        || is_within_word(text, start)
    {
        return None;
    }
    let country = [
        text[start].to_ascii_uppercase(),
        text.get(start + 1)?.to_ascii_uppercase(),
    ];
    let known = LENGTHS.binary_search_by(|(code, _)| (*code).cmp(&country));
    let length = usize::from(LENGTHS[known.ok()?].1);
    let mut characters = [0; 4];
    let mut rest = 0;
    let mut at = start;
    for index in 0..length {
        if index > 0 {
            at += separator_at(text, at);
        }
        let character = *text.get(at).filter(|b| b.is_ascii_alphanumeric())?;
        match index {
            0 | 1 => characters[index] = character,
            2 | 3 if character.is_ascii_digit() => characters[index] = character,
            2 | 3 => return None,
            _ => rest = remainder(rest, character),
        }
        at += 1;
    }
    let whole = characters.iter().fold(rest, |rest, c| remainder(rest, *c));
    let ends = text.get(at).map_or(true, |b| !b.is_ascii_alphanumeric());
    (whole == 1 && ends).then(|| at)
}

/// Whether a letter or digit stands before `start` that does not belong to the word `IBAN`.
fn is_within_word(text: &[u8], start: usize) -> bool {
    let before = &text[..start];
    let last = before.last();
    let named = before.len() >= 4 && before[before.len() - 4..].eq_ignore_ascii_case(b"iban");
    last.map_or(false, |b| b.is_ascii_alphanumeric()) && !named
}

/// The remainder by 97 of a number to which one more character is appended: a digit, or the number
/// 10 to 35 for a letter.
fn remainder(rest: u32, character: u8) -> u32 {
    match character {
        b'0'..=b'9' => (rest * 10 + u32::from(character - b'0')) % 97,
        _ => (rest * 100 + u32::from(character.to_ascii_uppercase() - b'A') + 10) % 97,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ibans, LENGTHS};

    fn found(text: &str) -> Vec<&str> {
        Ibans::of(text.as_bytes())
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(LENGTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn finds_them_however_they_are_written() {
        for iban in [
            "DE89370400440532013000",
            "de89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "DE89\u{a0}3704\u{202f}0044 0532 0130 00",
            "DE89-3704-0044-0532-0130-00",
            "DE 89 37040044 0532013000",
            "GB82 WEST 1234 5698 7654 32",
            "gb82 west 1234 5698 7654 32",
            "FR14 2004 1010 0505 0001 3M02 606",
            "NO93 8601 1117 947",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
            "NL91ABNA0417164300",
        ] {
            assert_eq!(found(iban), [iban]);
            assert_eq!(found(&format!("to {}, 12", iban)), [iban]);
            assert_eq!(found(&format!("é{} or", iban)), [iban]);
        }
        assert_eq!(
            found("IBANDE89370400440532013000"),
            ["DE89370400440532013000"]
        );
    }

    #[test]
    fn leaves_what_is_none() {
        for text in [
            "DE88370400440532013000",
            "DE8937040044053201300",
            "DE893704004405320130000",
            "DE89370400440532013000X",
            "XDE89370400440532013000",
            "XX89370400440532013000",
            "DE89  3704 0044 0532 0130 00",
            "DE89--3704-0044-0532-0130-00",
            "DE89 3704\n0044 0532 0130 00",
            "D",
            "DE",
            "DE89 ",
        ] {
            assert_eq!(found(text), [""; 0], "{}", text);
        }
    }
}
