//! Builds tries of word lists.
//!
//! Breadth first, children of frequent characters first: the upper levels, where every search begins, come to stand at
//! the beginning of the array. Where a node's children fit is looked for in a bitmap, 64 places at a time:
//!
//! ```text
//! free places   ..1.11.1..      for the first child
//! & the same, moved by the distance of the second child, of the third, ...
//! ```
//!
//! Search for a place is cut off after a number of windows, so that the time is in proportion to the words whatever
//! these are; the array then grows.

use rustc_hash::FxHashMap;

use super::alphabet::Alphabet;
use super::trie::{LEAF, ROOT, Slot, Trie};
use super::words::Words;
use crate::record::Pos;

/// Windows that are looked at before the array grows.
const WINDOWS: usize = 128;
/// After so many windows in vain the next search begins later.
const PATIENCE: usize = 4;
/// Sizes of families that have a beginning of their own for the search: 1, 2, 3–4, 5–8, …
const SIZES: usize = 16;

/// A node with a place: words `from..to` begin with its `depth + 1` characters.
pub(super) struct Placed {
    /// Its slot.
    pub(super) at: u32,
    pub(super) code: u32,
    pub(super) depth: usize,
    /// The number of children.
    pub(super) children: usize,
    /// The word that ends here.
    pub(super) word: Option<usize>,
    from: usize,
    to: usize,
}

/// A node to be placed: words `from..to` have `code` next.
struct Child {
    code: u32,
    from: usize,
    to: usize,
}

struct Builder<'w> {
    words: &'w Words,
    trie: Trie,
    frequencies: FxHashMap<u64, u32>,
    tags: FxHashMap<Pos, u32>,
    places: Places,
    /// All nodes that have a place, breadth first.
    order: Vec<Placed>,
}

/// The trie of `words`, which are in order, each once; and its nodes, breadth first.
pub(super) fn build(alphabet: Alphabet, words: &Words) -> (Trie, Vec<Placed>) {
    let firsts = alphabet.chars().len() + 1;
    let mut builder = Builder {
        words,
        trie: Trie::new(alphabet, firsts),
        frequencies: FxHashMap::default(),
        tags: FxHashMap::default(),
        places: Places::default(),
        order: Vec::new(),
    };
    (0..firsts).for_each(|at| builder.places.take(at));
    builder.run();
    let mut trie = builder.trie;
    trie.set_total(words.total());
    (trie, builder.order)
}

impl Builder<'_> {
    fn run(&mut self) {
        let mut children = Vec::new();
        self.children(0, 0, self.words.len(), &mut children);
        for child in &children {
            self.put(ROOT, child.code, 0, child);
        }
        let mut next = 0;
        while let Some(node) = self.order.get(next) {
            let (slot, depth) = (node.at, node.depth + 1);
            self.children(depth, node.from, node.to, &mut children);
            if let Some(first) = children.first() {
                let at = self.places.find(&children);
                // May fall below zero: the sums wrap, and come out right.
                let base = offset(at).wrapping_sub(first.code);
                self.trie.set_base(slot, base);
                if let Some(node) = self.order.get_mut(next) {
                    node.children = children.len();
                }
                for child in &children {
                    self.put(slot, base.wrapping_add(child.code), depth, child);
                }
            }
            next += 1;
        }
    }

    /// The children of the node that words `from..to` share: the characters at `depth`.
    fn children(&self, depth: usize, from: usize, to: usize, children: &mut Vec<Child>) {
        children.clear();
        let items = self.words.items().get(from..to).unwrap_or_default();
        for (at, item) in (from..).zip(items) {
            let Some(code) = self.words.codes(item).get(depth) else {
                continue;
            };
            match children.last_mut() {
                Some(last) if last.code == *code => last.to = at + 1,
                _ => children.push(Child {
                    code: *code,
                    from: at,
                    to: at + 1,
                }),
            }
        }
    }

    fn put(&mut self, parent: u32, at: u32, depth: usize, child: &Child) {
        self.places.take(at as usize);
        let word = Some(child.from).filter(|at| {
            let item = self.words.items().get(*at);
            item.is_some_and(|item| self.words.codes(item).len() == depth + 1)
        });
        self.order.push(Placed {
            at,
            code: child.code,
            depth,
            children: 0,
            word,
            from: child.from,
            to: child.to,
        });
        let item = word.and_then(|at| self.words.items().get(at)).copied();
        let slot = Slot {
            base: LEAF,
            frequency: item.map_or(0, |item| self.frequency(item.frequency)),
            tag: item.map_or(0, |item| self.tag(item.pos)),
        };
        self.trie.put(at, parent, slot);
    }

    fn frequency(&mut self, frequency: Option<u64>) -> u32 {
        let Some(frequency) = frequency else { return 0 };
        let trie = &mut self.trie;
        *self
            .frequencies
            .entry(frequency)
            .or_insert_with(|| trie.number(frequency))
    }

    fn tag(&mut self, pos: Option<Pos>) -> u32 {
        let Some(pos) = pos else { return 0 };
        let tags = &mut self.trie.tags;
        *self.tags.entry(pos).or_insert_with(|| {
            tags.push(pos);
            offset(tags.len() - 1)
        })
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at)
        .ok()
        .filter(|at| *at < LEAF - (1 << 21))
        .expect("a dictionary has far fewer than 2^31 prefixes")
}

/// Which slots are taken.
#[derive(Default)]
struct Places {
    taken: Vec<u64>,
    /// The window where the search begins, by the size of the family.
    hints: [usize; SIZES],
}

impl Places {
    fn take(&mut self, at: usize) {
        if at / 64 >= self.taken.len() {
            self.taken.resize(at / 64 + 1, 0);
        }
        if let Some(window) = self.taken.get_mut(at / 64) {
            *window |= 1 << (at % 64);
        }
    }

    /// The 64 places from `at` on; all beyond the end are free.
    fn window(&self, at: usize) -> u64 {
        let of = |window: usize| self.taken.get(window).copied().unwrap_or(0);
        match at % 64 {
            0 => of(at / 64),
            bit => of(at / 64) >> bit | of(at / 64 + 1) << (64 - bit),
        }
    }

    /// A place for the first child, such that there is one for the others.
    fn find(&mut self, children: &[Child]) -> usize {
        let Some((first, rest)) = children.split_first() else {
            return 0;
        };
        let size = (children.len().next_power_of_two().ilog2() as usize).min(SIZES - 1);
        let start = self.hints.get(size).copied().unwrap_or(0);
        let end = self.taken.len();
        for window in (start..end).take(WINDOWS) {
            let mut free = !self.window(window * 64);
            for child in rest {
                if free == 0 {
                    break;
                }
                free &= !self.window(window * 64 + (child.code - first.code) as usize);
            }
            if free != 0 {
                if window - start > PATIENCE {
                    self.begin(size, start + 1);
                }
                return window * 64 + free.trailing_zeros() as usize;
            }
        }
        self.begin(size, start + end.saturating_sub(start).min(WINDOWS / 2));
        end * 64
    }

    fn begin(&mut self, size: usize, window: usize) {
        if let Some(hint) = self.hints.get_mut(size) {
            *hint = window;
        }
    }
}
