//! Counts the words of its input; fails for some of them.

use std::collections::BTreeMap;
use std::io::{self, Read};

fn main() -> Result<(), String> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|e| e.to_string())?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(check(word)?).or_default() += 1;
    }
    for (word, count) in counts {
        print!("{}={} ", word, count);
    }
    Ok(())
}

fn check(word: &str) -> Result<&str, String> {
    match word {
        "err" => Err(String::from("no rule for this word")),
        "boom" => Ok(&word[word.len() + 1..]),
        _ => Ok(word),
    }
}
