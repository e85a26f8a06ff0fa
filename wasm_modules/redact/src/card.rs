//! Card numbers: 13 to 19 digits whose Luhn sum is right, in one piece or in groups.
//!
//! Groups are separated by one blank or hyphen each, and all but the last have four digits or more,
//! as cards print them (4-4-4-4, 4-6-5, ...). A piece of a longer run of digits is no card number,
//! but a card's groups may stand among others: in `12 4111 1111 1111 1111 05/27` it is found.
//!
//! No card number begins with 0, and those that begin with 1 have 15 digits; without that, one in
//! ten times in milliseconds would be taken for one. The digits after a decimal point are none
//! either.

use crate::{separator_at, Span};

const SHORTEST: usize = 13;
const LONGEST: usize = 19;
/// How many digits each group has but the last.
const GROUP: usize = 4;

/// The card numbers of a text, in the order in which they begin; they may overlap.
pub(crate) struct Cards<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cards<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        Cards { text, at: 0 }
    }
}

impl Iterator for Cards<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at < self.text.len() {
            let start = self.at;
            if !self.text[start].is_ascii_digit() {
                self.at += 1;
                continue;
            }
            self.at = run_end(self.text, start);
            if let Some(end) = longest_from(self.text, start, self.at) {
                let mask = "[card]";
                return Some(Span { start, end, mask });
            }
        }
        None
    }
}

fn run_end(text: &[u8], start: usize) -> usize {
    let digits = text[start..].iter().take_while(|b| b.is_ascii_digit());
    start + digits.count()
}

/// Where the longest card number ends that begins with the run of digits from `start` to
/// `first_end`. Looks at 20 digits at most, and at one separator for each group of four.
fn longest_from(text: &[u8], start: usize, first_end: usize) -> Option<usize> {
    if is_fraction(text, start) {
        return None;
    }
    let mut luhn = Luhn::default();
    let mut found = None;
    let (mut from, mut end) = (start, first_end);
    while luhn.count + (end - from) <= LONGEST {
        text[from..end].iter().for_each(|digit| luhn.add(digit - b'0'));
        if luhn.is_right() && begins_like_a_card(text[start], luhn.count) {
            found = Some(end);
        }
        let separator = separator_at(text, end);
        if end - from < GROUP || separator == 0 {
            break;
        }
        from = end + separator;
        // No run that is longer than a card number is measured again and again.
        end = from
            + text[from..]
                .iter()
                .take(LONGEST + 1)
                .take_while(|b| b.is_ascii_digit())
                .count();
        if end == from {
            break;
        }
    }
    found
}

fn is_fraction(text: &[u8], start: usize) -> bool {
    start >= 2 && text[start - 1] == b'.' && text[start - 2].is_ascii_digit()
}

fn begins_like_a_card(first: u8, digits: usize) -> bool {
    match first {
        b'0' => false,
        b'1' => digits == 15,
        _ => true,
    }
}

/// The sum of a number's digits of which every other one, from the right, is doubled. Which ones
/// these are shows at the end only, so that both sums are kept.
#[derive(Default)]
struct Luhn {
    count: usize,
    /// The sum with the last digit as it is, and the one with the last digit doubled.
    sum: u32,
    other: u32,
}

impl Luhn {
    fn add(&mut self, digit: u8) {
        let digit = u32::from(digit);
        let doubled = digit * 2 / 10 + digit * 2 % 10;
        (self.sum, self.other) = (self.other + digit, self.sum + doubled);
        self.count += 1;
    }

    fn is_right(&self) -> bool {
        self.count >= SHORTEST && self.sum % 10 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Cards, Luhn};

    fn found(text: &str) -> Vec<&str> {
        Cards::of(text.as_bytes())
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn luhn_agrees_with_adding_it_up_by_hand() {
        // 7992739871 3: 7+(1+8)+9+4+7+6+9+(1+6)+7+2+3 = 70, with another last digit not.
        for last in 0..10 {
            let mut luhn = Luhn::default();
            [0, 0, 7, 9, 9, 2, 7, 3, 9, 8, 7, 1, last]
                .iter()
                .for_each(|digit| luhn.add(*digit));
            assert_eq!(luhn.is_right(), last == 3, "{}", last);
        }
    }

    #[test]
    fn finds_numbers_of_every_length_in_one_piece() {
        for number in [
            "4222222222222",
            "30569309025904",
            "378282246310005",
            "4111111111111111",
            "6304000000000000000",
        ] {
            assert_eq!(found(number), [number]);
            assert_eq!(found(&format!("x{}y", number)), [number]);
        }
    }

    #[test]
    fn finds_them_in_groups() {
        for number in [
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111 1111-11111111",
            "4111\u{a0}1111\u{202f}1111\u{2011}1111",
            "3782 822463 10005",
            "3056 930902 5904",
            "4222 2222 2222 2",
        ] {
            assert_eq!(found(number), [number]);
        }
    }

    #[test]
    fn finds_them_among_other_numbers() {
        assert_eq!(
            found("no. 12 4111 1111 1111 1111 05/27, 1 x"),
            ["4111 1111 1111 1111"]
        );
        assert_eq!(found("1,4111111111111111,05"), ["4111111111111111"]);
        assert_eq!(
            found("4111111111111111 5555555555554444"),
            ["4111111111111111", "5555555555554444"]
        );
    }

    #[test]
    fn leaves_what_is_none() {
        for text in [
            "4111111111111112",
            "4111 1111 1111 1112",
            "411111111116",
            "41111111111111111111",
            "94111111111111111999",
            "4111  1111 1111 1111",
            "4111\n1111 1111 1111",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "41 11 11 11 11 11 11 11",
            "0000000000000000",
            "1700000000004",
            "0.4111111111111111",
        ] {
            assert_eq!(found(text), [""; 0], "{}", text);
        }
    }
}
