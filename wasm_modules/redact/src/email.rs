//! E-mail addresses: a local part, `@` (in addresses of web pages also `%40`), and a domain.
//!
//! - The local part is the run before the `@` of letters, digits and ``! # $ % ' * + - . ^ _ ~``. The
//!   other characters that mail would allow separate things where texts are code, forms or
//!   addresses of web pages: `/ = ? & { | }` and the backquote end it. It may also be a string in double quotes.
//! - The domain is two labels or more with dots between, and the last begins with a letter and has
//!   two characters or more; or it is an IPv4 address, or any address in brackets. `joe@localhost`
//!   is no address, nor is a lone `@name`.
//! - Letters are those of all scripts. Where a script writes no blanks between words (Chinese,
//!   Japanese, Thai, ...), a run of ASCII before the `@`, or in a label behind it, does not go on in
//!   that script: in `请联系joe@example.com谢谢` only the address is masked.

use crate::Span;

/// How far the quote before the one at the `@` may be away, and the bracket behind it: what the
/// longest local part and the longest address have, and some more.
const LOOK: usize = 80;

/// The addresses of a text, in the order in which they begin; they may overlap.
pub(crate) struct Emails<'a> {
    text: &'a [u8],
    at: usize,
    /// No local part reaches back over this: it is behind the last `@`.
    floor: usize,
}

impl<'a> Emails<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        Emails { text, at: 0, floor: 0 }
    }
}

impl Iterator for Emails<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at < self.text.len() {
            let (sign, floor) = (self.at, self.floor);
            let behind = match self.text[sign] {
                b'@' => sign + 1,
                b'%' if self.text[sign..].starts_with(b"%40") => sign + 3,
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            (self.at, self.floor) = (behind, behind);
            let start = local_start(self.text, floor, sign);
            let end = domain_end(self.text, behind);
            if let (true, Some(end)) = (start < sign, end) {
                let mask = "[email]";
                return Some(Span { start, end, mask });
            }
        }
        None
    }
}

/// Where the local part begins that ends before `sign`; `sign` where there is none.
fn local_start(text: &[u8], floor: usize, sign: usize) -> usize {
    if sign > floor && text[sign - 1] == b'"' {
        let from = floor.max(sign.saturating_sub(LOOK));
        let quoted = text[from..sign - 1]
            .iter()
            .rposition(|b| matches!(b, b'"' | b'\n'));
        return quoted
            .filter(|at| text[from + at] == b'"')
            .map_or(sign, |at| from + at);
    }
    let mut start = sign;
    let mut dense = Dense::Unknown;
    while let Some((from, character)) = char_before(text, floor, start) {
        if !is_local(character) || !dense.goes_on(character) {
            break;
        }
        start = from;
    }
    // Quotation marks and dots that only stand before an address are not its own.
    while start < sign && matches!(text[start], b'.' | b'\'' | b'*' | b'!') {
        start += 1;
    }
    start
}

/// Where the domain ends that begins at `start`, if there is one.
fn domain_end(text: &[u8], start: usize) -> Option<usize> {
    if text.get(start) == Some(&b'[') {
        let inside = text[start + 1..].iter().take(LOOK);
        let length = inside
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'-'))
            .count();
        let end = start + 1 + length;
        return (length > 0 && text.get(end) == Some(&b']')).then(|| end + 1);
    }
    let mut end = None;
    let (mut labels, mut numbers) = (0, 0);
    let mut at = start;
    loop {
        let label_end = label_end(text, at);
        if label_end == at {
            return end;
        }
        labels += 1;
        let label = &text[at..label_end];
        numbers += usize::from(label.len() <= 3 && label.iter().all(u8::is_ascii_digit));
        let top_level = label.len() >= 2 && !label[0].is_ascii_digit();
        if labels >= 2 && top_level || labels == 4 && numbers == 4 {
            end = Some(label_end);
        }
        if text.get(label_end) != Some(&b'.') {
            return end;
        }
        at = label_end + 1;
    }
}

/// Where the label of a domain ends that begins at `start`: letters, digits, and hyphens inside.
fn label_end(text: &[u8], start: usize) -> usize {
    let mut end = start;
    let mut at = start;
    let mut dense = Dense::Unknown;
    while let Some(character) = char_at(text, at) {
        let hyphen = character == '-' && at > start;
        if !hyphen && !is_word(character) || !dense.goes_on(character) {
            break;
        }
        at += character.len_utf8();
        if !hyphen {
            end = at;
        }
    }
    end
}

/// Whether the character next to the `@` or dot belongs to a script without blanks; if not, the run
/// ends before one that does.
enum Dense {
    Unknown,
    No,
    Yes,
}

impl Dense {
    fn goes_on(&mut self, character: char) -> bool {
        // Scripts of South East Asia, and all from the radicals of Chinese on but for Hangul.
        let dense = matches!(character, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
        if let Dense::Unknown = self {
            *self = if dense { Dense::Yes } else { Dense::No };
        }
        !dense || matches!(self, Dense::Yes)
    }
}

fn is_local(character: char) -> bool {
    is_word(character)
        || matches!(character, '!' | '#' | '$' | '%' | '\'' | '*' | '+' | '-')
        || matches!(character, '.' | '^' | '_' | '~')
}

fn is_word(character: char) -> bool {
    // With the accents that are characters of their own.
    character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// The character that begins at `at`. Where the bytes there are no UTF-8, none.
fn char_at(text: &[u8], at: usize) -> Option<char> {
    let first = *text.get(at)?;
    let length = match first {
        0..=0x7f => return Some(char::from(first)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let bytes = text.get(at..at + length)?;
    std::str::from_utf8(bytes).ok()?.chars().next()
}

/// The character that ends before `end`, and where it begins, which is not before `floor`.
fn char_before(text: &[u8], floor: usize, end: usize) -> Option<(usize, char)> {
    let start = (floor.max(end.saturating_sub(4))..end)
        .rev()
        .find(|at| text[*at] & 0xc0 != 0x80)?;
    let character = char_at(text, start)?;
    (start + character.len_utf8() == end).then(|| (start, character))
}

#[cfg(test)]
mod tests {
    use super::Emails;

    fn found(text: &str) -> Vec<&str> {
        Emails::of(text.as_bytes())
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn finds_addresses() {
        for address in [
            "joe@example.com",
            "JOE.DOE+tag@mail.example.co.uk",
            "o'brien_1%x@a-b.example",
            "jörg.größe@müller.example",
            "ju\u{308}rgen@example.com",
            "почта@пример.рф",
            "用户@例子.公司",
            "joe@例子.公司",
            "joe@example.公司",
            "joe%40example.com",
            "\"john doe\"@example.com",
            "joe@192.168.0.1",
            "joe@[192.168.0.1]",
            "joe@[IPv6:2001:db8::1]",
            "joe.@example.com",
            "j..d@example.com",
            "joe@xn--mller-kva.example",
        ] {
            assert_eq!(found(address), [address]);
            assert_eq!(found(&format!("a, {}; b", address)), [address]);
            assert_eq!(found(&format!("({})", address)), [address]);
        }
    }

    #[test]
    fn leaves_what_only_stands_around_them() {
        for (before, behind) in [
            ("<", ">"),
            ("mailto:", "?subject=x"),
            ("to=", "&cc="),
            ("'", "'"),
            ("**", "**"),
            ("\"", "\""),
            ("...", "."),
            ("\\", "/"),
            ("请联系", "谢谢"),
            ("メールは", "です。"),
            ("😀", "😀"),
            ("、", "。"),
            ("", ".\nNext"),
            ("", "_x"),
            ("", "-"),
            ("", ".5"),
        ] {
            assert_eq!(
                found(&format!("{}joe@example.com{}", before, behind)),
                ["joe@example.com"]
            );
        }
    }

    #[test]
    fn finds_each_of_several() {
        assert_eq!(
            found("joe@example.com,jim@example.org jane@example.net"),
            ["joe@example.com", "jim@example.org", "jane@example.net"]
        );
    }

    #[test]
    fn leaves_what_is_none() {
        for text in [
            "@",
            "joe@",
            "@example.com",
            " @example.com",
            "joe@localhost",
            "joe@example.c",
            "joe@example.",
            "joe@.com",
            "3@4.5",
            "joe@-x.com",
            "joe @ example.com",
            "joe@1.2.3",
            "joe@[]",
            "joe@[1.2.3.4",
            "\"@example.com",
            "\"\n\"@example.com",
            "%40",
        ] {
            assert_eq!(found(text), [""; 0], "{}", text);
        }
    }
}
