//! What all files of models are made of: columns of little-endian numbers, compressed with zstd, behind eight bytes that say which model it is.

use std::io::{self, Read};

use thiserror::Error;

/// The first bytes of what is inside.
pub(super) type Magic = [u8; 8];

const LEVEL: i32 = 19;
/// Bytes inside of a file at most, twelve times those of the largest model that is shipped: a small file can unpack to any number.
const MOST_BYTES: u64 = 128 << 20;
/// Weights in a model, less one: what knows where a key's begin has 24 bits for it.
pub(super) const MOST_WEIGHTS: usize = 1 << 24;

/// Why a file isn't read as a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ModelFileError {
    /// It is damaged, or something else.
    #[error("it is damaged, or something else")]
    NotOne,
    /// It is much larger than any model.
    #[error("it has more than {} MiB inside, which no model has", MOST_BYTES >> 20)]
    TooLarge,
}

/// Says how to have fewer weights, where there are too many.
pub(super) fn few(weights: usize) -> io::Result<()> {
    if weights < MOST_WEIGHTS {
        return Ok(());
    }
    let message = "more than 16 million weights: a larger penalty, or prune, leaves fewer";
    Err(io::Error::other(message))
}

/// The file of what is inside.
pub(super) fn packed(inside: &[u8]) -> io::Result<Vec<u8>> {
    if inside.len() as u64 > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        let message =
            format!("more than {most} MiB: a larger penalty, or prune, leaves fewer weights");
        return Err(io::Error::other(message));
    }
    zstd::encode_all(inside, LEVEL)
}

/// What `read` makes of what is inside of a file.
pub(super) fn unpacked<M>(
    file: &[u8],
    magic: Magic,
    read: impl FnOnce(&mut &[u8]) -> Option<M>,
) -> Result<M, ModelFileError> {
    let mut inside = Vec::new();
    let decoder = zstd::Decoder::new(file).map_err(|_| ModelFileError::NotOne)?;
    let unpacked = decoder.take(MOST_BYTES + 1).read_to_end(&mut inside);
    unpacked.map_err(|_| ModelFileError::NotOne)?;
    let rest = &mut inside.strip_prefix(&magic).ok_or(ModelFileError::NotOne)?;
    if inside.len() as u64 > MOST_BYTES {
        return Err(ModelFileError::TooLarge);
    }
    let model = read(rest).filter(|_| rest.is_empty());
    model.ok_or(ModelFileError::NotOne)
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
    for _ in 0..number(rest).filter(|count| *count <= char::MAX as usize)? {
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

/// The keys that [`write_keys`] wrote, none of them twice. Each has a weight, so that there are no more than these.
pub(super) fn read_keys(rest: &mut &[u8]) -> Option<Vec<u64>> {
    let (mut keys, mut last) = (Vec::new(), 0_u64);
    for at in 0..number(rest).filter(|count| *count < MOST_WEIGHTS)? {
        let distance = number(rest)? as u64;
        if at > 0 && distance == 0 {
            return None;
        }
        last = last.checked_add(distance)?;
        keys.push(last);
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: Magic = *b"cihe-xx1";

    #[test]
    fn what_was_written_is_read_and_more_or_less_is_not() {
        let mut inside = MAGIC.to_vec();
        write_names(&mut inside, ["pku", "桥"].into_iter());
        write_chars(&mut inside, &['石', '桥']);
        write_keys(&mut inside, [0, 7, 300].into_iter());
        let read = |inside: &[u8]| {
            unpacked(&packed(inside).unwrap(), MAGIC, |rest| {
                let names: Vec<String> = read_names(rest, 2)?
                    .into_iter()
                    .map(str::to_owned)
                    .collect();
                Some((names, read_chars(rest)?, read_keys(rest)?))
            })
        };
        let (names, chars, keys) = read(&inside).unwrap();
        assert_eq!(names, ["pku", "桥"]);
        assert_eq!(chars, ['石', '桥']);
        assert_eq!(keys, [0, 7, 300]);
        for length in 0..inside.len() {
            assert_eq!(read(&inside[..length]), Err(ModelFileError::NotOne));
        }
        inside.push(0);
        assert_eq!(read(&inside), Err(ModelFileError::NotOne));
    }

    #[test]
    fn no_key_is_there_twice() {
        let mut twice = Vec::new();
        write_keys(&mut twice, [7, 7].into_iter());
        assert_eq!(read_keys(&mut twice.as_slice()), None);
    }

    #[test]
    fn what_could_not_be_read_is_not_written_and_the_remedy_is_told() {
        let most = usize::try_from(MOST_BYTES).unwrap();
        let error = packed(&vec![0; most + 1]).unwrap_err().to_string();
        assert!(error.contains("prune"), "{error}");
    }

    #[test]
    fn a_small_file_does_not_unpack_to_any_size() {
        let more = MOST_BYTES - MAGIC.len() as u64 + 1;
        let inside = MAGIC.as_slice().chain(io::repeat(0).take(more));
        let file = zstd::encode_all(inside, 1).unwrap();
        assert!(file.len() < 1 << 17, "{}", file.len());
        let error = unpacked(&file, MAGIC, |_| Some(())).unwrap_err();
        assert_eq!(error, ModelFileError::TooLarge);
        assert!(error.to_string().contains("128 MiB"), "{error}");
    }
}
