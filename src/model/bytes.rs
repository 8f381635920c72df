//! What all files of models are made of: columns of little-endian numbers, compressed with zstd, behind eight bytes that say which model it is.

/// The first bytes of what is inside.
pub(super) type Magic = [u8; 8];

const LEVEL: i32 = 19;
/// Weights in a model, less one: what knows where a key's begin has 24 bits for it.
pub(super) const MOST_WEIGHTS: usize = 1 << 24;

/// Says how to have fewer weights, where there are too many.
pub(super) fn few(weights: usize) -> std::io::Result<()> {
    if weights < MOST_WEIGHTS {
        return Ok(());
    }
    let message = "more than 16 million weights: a larger penalty, or prune, leaves fewer";
    Err(std::io::Error::other(message))
}

/// The file of what is inside.
pub(super) fn packed(inside: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::encode_all(inside, LEVEL)
}

/// What is inside of a file; `None` where it is not of this model.
pub(super) fn unpacked(file: &[u8], magic: Magic) -> Option<Vec<u8>> {
    let mut inside = zstd::decode_all(file).ok()?;
    if !inside.starts_with(&magic) {
        return None;
    }
    inside.drain(..magic.len());
    Some(inside)
}

/// A number in as many bytes as it needs, seven bits each.
pub(super) fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7F).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// The number that [`varint`] wrote.
pub(super) fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(value).ok();
        }
    }
    None
}

/// So many bytes.
pub(super) fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

/// How many names there are, and each with its length.
pub(super) fn write_names<'n>(out: &mut Vec<u8>, names: impl ExactSizeIterator<Item = &'n str>) {
    varint(out, names.len() as u64);
    for name in names {
        varint(out, name.len() as u64);
        out.extend(name.as_bytes());
    }
}

/// The names that [`write_names`] wrote, so many at most.
pub(super) fn read_names<'b>(rest: &mut &'b [u8], most: usize) -> Option<Vec<&'b str>> {
    let count = number(rest).filter(|count| *count <= most)?;
    let mut names = Vec::new();
    for _ in 0..count {
        let length = number(rest)?;
        names.push(std::str::from_utf8(take(rest, length)?).ok()?);
    }
    Some(names)
}

/// How many characters there are, and each as a number.
pub(super) fn write_chars(out: &mut Vec<u8>, chars: &[char]) {
    varint(out, chars.len() as u64);
    for ch in chars {
        varint(out, u64::from(u32::from(*ch)));
    }
}

/// The characters that [`write_chars`] wrote.
pub(super) fn read_chars(rest: &mut &[u8]) -> Option<Vec<char>> {
    let mut chars = Vec::new();
    for _ in 0..number(rest)? {
        let code = u32::try_from(number(rest)?).ok()?;
        chars.push(char::from_u32(code)?);
    }
    Some(chars)
}

/// How many keys there are, and each, in order, as its distance from the one before.
pub(super) fn write_keys(out: &mut Vec<u8>, keys: impl ExactSizeIterator<Item = u64>) {
    varint(out, keys.len() as u64);
    let mut last = 0;
    for key in keys {
        varint(out, key.wrapping_sub(last));
        last = key;
    }
}

/// The keys that [`write_keys`] wrote, none of them twice.
pub(super) fn read_keys(rest: &mut &[u8]) -> Option<Vec<u64>> {
    let (mut keys, mut last) = (Vec::new(), 0_u64);
    for at in 0..number(rest)? {
        let distance = number(rest)? as u64;
        if at > 0 && distance == 0 {
            return None;
        }
        last = last.checked_add(distance)?;
        keys.push(last);
    }
    Some(keys)
}
