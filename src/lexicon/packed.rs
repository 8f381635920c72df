//! The embedded dictionary: a trie that is built already, so that it loads in a few milliseconds.
//!
//! The file is compressed with zstd; inside, all numbers are little endian:
//!
//! ```text
//! sizes        u32 each: slots, first characters, characters, nodes, bases, frequencies, tags
//! characters   u32 each, in the order of their codes
//! frequencies  u32 each; nodes name them by their number from 1, 0 is "no word"
//! tags         8 bytes each, filled up with zeros; named likewise
//! nodes        breadth first, the first characters at the beginning: all codes (u16), then all counts of
//!              children (u16), all numbers of frequencies (u16), all numbers of tags (u8)
//! bases        u32 each, of the nodes that have children, in their order
//! ```
//!
//! Columns of one kind compress better than rows. The list of words is in it too, once the tree is walked: it is what
//! users' words are merged into. [`pack`] makes such a file of a list of words; a test packs the embedded words again and
//! compares.

use std::io;

use rustc_hash::FxHashMap;

use super::alphabet::Alphabet;
use super::builder;
use super::trie::{LEAF, ROOT, Slot, Trie};
use super::words::Words;
use crate::record::Pos;

/// jieba's words, frequencies and tags.
pub(super) static DICTIONARY: &[u8] = include_bytes!("data/dictionary.zst");

const HEAD: usize = 7;
const LEVEL: i32 = 19;

/// The columns of an unpacked file.
pub(super) struct Packed {
    slots: usize,
    firsts: usize,
    chars: Vec<char>,
    frequencies: Vec<u64>,
    tags: Vec<Pos>,
    codes: Vec<u16>,
    children: Vec<u16>,
    numbers: Vec<u16>,
    tag: Vec<u8>,
    bases: Vec<u32>,
}

/// A node in the order of the file.
struct Node {
    code: u32,
    /// The number of its frequency, 0 if it is no word.
    frequency: u16,
    /// The number of its tag, likewise.
    tag: u8,
    children: usize,
}

impl Packed {
    /// The embedded dictionary.
    pub(super) fn embedded() -> Self {
        zstd::decode_all(DICTIONARY)
            .ok()
            .and_then(|bytes| Self::read(&bytes))
            .expect("the embedded dictionary is sound, as a test shows")
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let sizes: [u32; HEAD] = u32s(take(&mut rest, HEAD * 4)?).try_into().ok()?;
        let [slots, firsts, chars, nodes, bases, frequencies, tags] =
            sizes.map(|size| size as usize);
        let chars = u32s(take(&mut rest, chars * 4)?);
        let frequencies = u32s(take(&mut rest, frequencies * 4)?);
        let (tags, _) = take(&mut rest, tags * 8)?.as_chunks();
        let packed = Self {
            slots,
            firsts,
            chars: chars
                .into_iter()
                .map(char::from_u32)
                .collect::<Option<_>>()?,
            frequencies: frequencies.into_iter().map(u64::from).collect(),
            tags: tags.iter().copied().map(pos_of).collect::<Option<_>>()?,
            codes: u16s(take(&mut rest, nodes * 2)?),
            children: u16s(take(&mut rest, nodes * 2)?),
            numbers: u16s(take(&mut rest, nodes * 2)?),
            tag: take(&mut rest, nodes)?.to_vec(),
            bases: u32s(take(&mut rest, bases * 4)?),
        };
        rest.is_empty().then_some(packed)
    }

    pub(super) fn alphabet(&self) -> Alphabet {
        Alphabet::new(self.chars.iter().copied())
    }

    fn nodes(&self) -> impl Iterator<Item = Node> {
        let columns = self.codes.iter().zip(&self.children);
        let columns = columns.zip(self.numbers.iter().zip(&self.tag));
        columns.map(|((code, children), (frequency, tag))| Node {
            code: u32::from(*code),
            frequency: *frequency,
            tag: *tag,
            children: usize::from(*children),
        })
    }

    fn frequency(&self, number: usize) -> u64 {
        self.frequencies.get(number).copied().unwrap_or(0)
    }

    /// As the trie that was packed.
    pub(super) fn trie(&self) -> Trie {
        let mut trie = Trie::new(self.alphabet(), self.slots);
        trie.tags.extend(&self.tags);
        let (mut total, mut nodes, mut bases) = (0, self.nodes(), self.bases.iter());
        let mut ends = FxHashMap::default();
        // Whose children come next: base, how many.
        let mut parents = Vec::with_capacity(self.bases.len() + 1);
        parents.push((ROOT, self.firsts));
        let mut next = 0;
        while let Some((from, children)) = parents.get(next).copied() {
            next += 1;
            for node in nodes.by_ref().take(children) {
                let at = node.code.wrapping_add(from);
                let mut base = LEAF;
                if node.children > 0 {
                    base = bases.next().copied().unwrap_or(LEAF);
                    parents.push((base, node.children));
                }
                let mut end = 0;
                if let Some(number) = usize::from(node.frequency).checked_sub(1) {
                    let frequency = self.frequency(number);
                    total += frequency;
                    end = *ends
                        .entry((number, node.tag))
                        .or_insert_with(|| trie.end(frequency, u32::from(node.tag)));
                }
                trie.put(at, node.code, Slot { base, end });
            }
        }
        drop(nodes);
        trie.set_total(total);
        trie
    }

    /// As the list of words that the trie was built of, in order.
    pub(super) fn words(&self) -> Words {
        let nodes: Vec<Node> = self.nodes().collect();
        // The children of a node are a run of nodes: which one?
        let mut runs = Vec::with_capacity(nodes.len());
        let mut first = self.firsts;
        for node in &nodes {
            runs.push(first..first + node.children);
            first += node.children;
        }
        let mut words = Words::default();
        let mut codes: Vec<u32> = Vec::new();
        let mut path = Vec::new();
        path.push(0..self.firsts);
        while let Some(top) = path.last_mut() {
            let next = top.next();
            let Some((node, run)) = next.and_then(|at| nodes.get(at).zip(runs.get(at))) else {
                path.pop();
                codes.pop();
                continue;
            };
            codes.push(node.code);
            if let Some(number) = usize::from(node.frequency).checked_sub(1) {
                let tag = usize::from(node.tag).checked_sub(1);
                let pos = tag.and_then(|number| self.tags.get(number).copied());
                words.push(&codes, Some(self.frequency(number)), pos);
            }
            path.push(run.clone());
        }
        words
    }
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

fn u32s(bytes: &[u8]) -> Vec<u32> {
    let (numbers, _) = bytes.as_chunks();
    numbers.iter().copied().map(u32::from_le_bytes).collect()
}

fn u16s(bytes: &[u8]) -> Vec<u16> {
    let (numbers, _) = bytes.as_chunks();
    numbers.iter().copied().map(u16::from_le_bytes).collect()
}

fn bytes_of(pos: Pos) -> [u8; 8] {
    let mut held = [0; 8];
    for (to, from) in held.iter_mut().zip(pos.as_str().bytes()) {
        *to = from;
    }
    held
}

fn pos_of(bytes: [u8; 8]) -> Option<Pos> {
    let text = std::str::from_utf8(&bytes).ok()?;
    Pos::new(text.trim_end_matches('\0'))
}

/// Makes the embedded dictionary's file of a list of words: lines of word, frequency and tag with spaces between, as jieba
/// has them. For those who bring a new dictionary; nothing else needs it.
///
/// # Errors
///
/// When a line is not such a line, a word comes twice, there are more frequencies or tags than the format has numbers
/// for, or compression fails.
pub fn pack(list: &str) -> io::Result<Vec<u8>> {
    let bad = |line: &str| io::Error::new(io::ErrorKind::InvalidData, format!("bad line `{line}`"));
    let mut entries = Vec::new();
    for line in list.lines() {
        let entry = entry(line).ok_or_else(|| bad(line))?;
        entries.push(entry);
    }
    let alphabet = by_frequency(&entries);
    if alphabet.chars().len() >= usize::from(u16::MAX) {
        return Err(bad("more characters than there are numbers"));
    }
    let mut words = Words::default();
    let mut codes = Vec::new();
    for (word, frequency, pos) in &entries {
        alphabet.encode(word, &mut codes);
        words.push(&codes, Some(u64::from(*frequency)), Some(*pos));
    }
    words.sort();
    if words.has_twins() {
        return Err(bad("the same word twice"));
    }
    let columns = columns(alphabet, &words).ok_or_else(|| bad("more than there are numbers"))?;
    zstd::encode_all(columns.as_slice(), LEVEL)
}

/// The unpacked file. `None` when a number does not fit its column.
pub(super) fn columns(alphabet: Alphabet, words: &Words) -> Option<Vec<u8>> {
    let (trie, order) = builder::build(alphabet, words);
    let (mut frequencies, mut tags) = (Numbers::default(), Numbers::default());
    let mut nodes: [Vec<u8>; 4] = Default::default();
    let mut bases = Vec::new();
    for node in &order {
        let [codes, children, numbers, tag] = &mut nodes;
        codes.extend(u16::try_from(node.code).ok()?.to_le_bytes());
        children.extend(u16::try_from(node.children).ok()?.to_le_bytes());
        let item = node.word.and_then(|at| words.items().get(at));
        let word = item.and_then(|item| Some((u32::try_from(item.frequency?).ok()?, item.pos?)));
        let number = word.map_or(0, |(frequency, _)| {
            1 + frequencies.of(frequency.to_le_bytes())
        });
        numbers.extend(u16::try_from(number).ok()?.to_le_bytes());
        let number = word.map_or(0, |(_, pos)| 1 + tags.of(bytes_of(pos)));
        tag.push(u8::try_from(number).ok()?);
        if node.children > 0 {
            bases.extend(trie.slot(node.at).base.to_le_bytes());
        }
    }
    let chars = trie.alphabet.chars();
    let firsts = order.iter().filter(|node| node.depth == 0).count();
    let counts = [
        trie.places(),
        firsts,
        chars.len(),
        order.len(),
        bases.len() / 4,
        frequencies.list.len() / 4,
        tags.list.len() / 8,
    ];
    let mut file = Vec::new();
    for count in counts {
        file.extend(u32::try_from(count).ok()?.to_le_bytes());
    }
    file.extend(chars.iter().flat_map(|ch| u32::from(*ch).to_le_bytes()));
    file.extend(frequencies.list);
    file.extend(tags.list);
    file.extend(nodes.into_iter().flatten());
    file.extend(bases);
    Some(file)
}

/// Different values, numbered as they come.
#[derive(Default)]
struct Numbers<const N: usize> {
    numbers: FxHashMap<[u8; N], usize>,
    list: Vec<u8>,
}

impl<const N: usize> Numbers<N> {
    fn of(&mut self, value: [u8; N]) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(value).or_insert_with(|| {
            self.list.extend(value);
            next
        })
    }
}

fn entry(line: &str) -> Option<(&str, u32, Pos)> {
    let mut columns = line.split_ascii_whitespace();
    let word = columns.next()?;
    let frequency = columns.next()?.parse().ok()?;
    let pos = Pos::new(columns.next()?)?;
    columns.next().is_none().then_some((word, frequency, pos))
}

/// The characters of all words, the most frequent ones first.
fn by_frequency(entries: &[(&str, u32, Pos)]) -> Alphabet {
    let mut weights: FxHashMap<char, u64> = FxHashMap::default();
    for (word, frequency, _) in entries {
        for ch in word.chars() {
            *weights.entry(ch).or_default() += 1 + u64::from(*frequency);
        }
    }
    let mut chars: Vec<(char, u64)> = weights.into_iter().collect();
    chars.sort_by_key(|(ch, weight)| (std::cmp::Reverse(*weight), *ch));
    Alphabet::new(chars.into_iter().map(|(ch, _)| ch))
}
