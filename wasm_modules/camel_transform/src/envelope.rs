//! The envelope, of which no more is understood than is needed: headers go on as they are written.

/// The parts of an envelope, as slices of its JSON.
pub struct Envelope<'a> {
    /// The object of headers, with its braces.
    pub headers: &'a [u8],
    /// What stands between the quotes of the body.
    pub body: &'a [u8],
}

impl<'a> Envelope<'a> {
    pub fn read(json: &'a [u8]) -> Result<Self, &'static str> {
        let mut envelope = Envelope {
            headers: b"{}",
            body: b"",
        };
        let mut at = expect(json, space(json, 0), b'{')?;
        while peek(json, space(json, at))? != b'}' {
            let name_start = space(json, at);
            let name_end = end_of_value(json, name_start)?;
            let start = space(json, expect(json, space(json, name_end), b':')?);
            let end = end_of_value(json, start)?;
            match &json[name_start..name_end] {
                b"\"headers\"" if json[start] == b'{' => envelope.headers = &json[start..end],
                b"\"body\"" if json[start] == b'"' => envelope.body = &json[start + 1..end - 1],
                _ => {}
            }
            at = space(json, end);
            if peek(json, at)? == b',' {
                at += 1;
            }
        }
        Ok(envelope)
    }

    pub fn write(headers: &[u8], body: &[u8]) -> Vec<u8> {
        [b"{\"headers\":", headers, b",\"body\":\"", body, b"\"}"].concat()
    }
}

fn peek(json: &[u8], at: usize) -> Result<u8, &'static str> {
    json.get(at).copied().ok_or("the envelope ends too early")
}

fn expect(json: &[u8], at: usize, what: u8) -> Result<usize, &'static str> {
    if peek(json, at)? == what {
        Ok(at + 1)
    } else {
        Err("the envelope is no JSON")
    }
}

fn space(json: &[u8], from: usize) -> usize {
    from + json[from.min(json.len())..]
        .iter()
        .take_while(|c| c.is_ascii_whitespace())
        .count()
}

/// Where a value ends that begins here: the index behind it.
fn end_of_value(json: &[u8], start: usize) -> Result<usize, &'static str> {
    let mut depth = 0usize;
    let mut at = start;
    loop {
        match peek(json, at)? {
            b'"' => {
                at += 1;
                while peek(json, at)? != b'"' {
                    at += if json[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b'}' | b']' | b',' | b':' if depth == 0 => return Ok(at),
            _ => {}
        }
        at += 1;
        // A string or an object is whole here; of a number the next character decides.
        if depth == 0 && matches!(json[at - 1], b'"' | b'}' | b']') {
            return Ok(at);
        }
    }
}
