//! Base64 as RFC 4648 has it, with padding.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity((bytes.len() + 2) / 3 * 4);
    for block in bytes.chunks(3) {
        let bits = block
            .iter()
            .enumerate()
            .fold(0u32, |bits, (i, &byte)| bits | u32::from(byte) << (16 - 8 * i));
        for i in 0..4 {
            text.push(if i <= block.len() {
                LETTERS[(bits >> (18 - 6 * i)) as usize & 63]
            } else {
                b'='
            });
        }
    }
    text
}

pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() % 4 != 0 {
        return None;
    }
    let padding = text.iter().rev().take_while(|&&c| c == b'=').count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for block in text[..text.len() - padding].chunks(4) {
        let mut bits = 0u32;
        for (i, &c) in block.iter().enumerate() {
            bits |= six_bits(c)? << (18 - 6 * i);
        }
        for i in 0..block.len() - 1 {
            bytes.push((bits >> (16 - 8 * i)) as u8);
        }
    }
    Some(bytes)
}

fn six_bits(c: u8) -> Option<u32> {
    let value = match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}
