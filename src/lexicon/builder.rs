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
//! No two nodes may have the same base, as the checks tell them apart by it.
//!
//! Search for a place is cut off after a number of windows, so that the time is in proportion to the words whatever
//! these are; the array then grows. More windows make a denser array: with the words of jieba 128 leave five places
//! of six free, 1,024 two of five, and no number less than a third.

use rustc_hash::{FxHashMap, FxHashSet};

use super::alphabet::Alphabet;
use super::trie::{LEAF, ROOT, Slot, Trie};
use super::words::Words;
use crate::record::Pos;

/// Windows that are looked at before the array grows.
const WINDOWS: usize = 1024;
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
    ends: FxHashMap<(u64, u32), u32>,
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
        ends: FxHashMap::default(),
        tags: FxHashMap::default(),
        places: Places::new(),
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
            self.put(ROOT + child.code, 0, child);
        }
        let mut next = 0;
        while let Some(node) = self.order.get(next) {
            let (slot, depth) = (node.at, node.depth + 1);
            self.children(depth, node.from, node.to, &mut children);
            if let Some(first) = children.first() {
                let base = self.places.find(first.code, &children);
                self.trie.set_base(slot, base);
                if let Some(node) = self.order.get_mut(next) {
                    node.children = children.len();
                }
                for child in &children {
                    self.put(base.wrapping_add(child.code), depth, child);
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

    fn put(&mut self, at: u32, depth: usize, child: &Child) {
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
        let end = item.map_or(0, |item| self.end(item.frequency, item.pos));
        self.trie.put(at, child.code, Slot { base: LEAF, end });
    }

    /// The number of what is known of a word; 0 for a place kept for one.
    fn end(&mut self, frequency: Option<u64>, pos: Option<Pos>) -> u32 {
        let Some(frequency) = frequency else { return 0 };
        let tag = self.tag(pos);
        let trie = &mut self.trie;
        *self
            .ends
            .entry((frequency, tag))
            .or_insert_with(|| trie.end(frequency, tag))
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

/// Which slots and bases are taken.
struct Places {
    taken: Vec<u64>,
    bases: FxHashSet<u32>,
    /// The window where the search begins, by the size of the family.
    hints: [usize; SIZES],
}

impl Places {
    fn new() -> Self {
        Self {
            taken: Vec::new(),
            bases: FxHashSet::from_iter([ROOT]),
            hints: [0; SIZES],
        }
    }

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

    /// A base of its own for a node, such that there is a place for each of its children, of which the first has the
    /// code `first`.
    fn find(&mut self, first: u32, children: &[Child]) -> u32 {
        let size = (children.len().next_power_of_two().ilog2() as usize).min(SIZES - 1);
        let start = self.hints.get(size).copied().unwrap_or(0);
        let end = self.taken.len();
        for window in (start..end).take(WINDOWS) {
            let mut free = !self.window(window * 64);
            for child in children.iter().skip(1) {
                if free == 0 {
                    break;
                }
                free &= !self.window(window * 64 + (child.code - first) as usize);
            }
            if let Some(base) = self.base(window, free, first) {
                if window - start > PATIENCE {
                    self.begin(size, start + 1);
                }
                return base;
            }
        }
        self.begin(size, start + end.saturating_sub(start).min(WINDOWS / 2));
        // Bases that lead so far are those of families that begin with another code, so that few are taken.
        (end..)
            .find_map(|window| self.base(window, u64::MAX, first))
            .expect("more windows than bases")
    }

    /// A base that nobody has, for a first child at one of the `free` places of a window.
    fn base(&mut self, window: usize, mut free: u64, first: u32) -> Option<u32> {
        while free != 0 {
            let at = window * 64 + free.trailing_zeros() as usize;
            // May fall below zero: the sums wrap, and come out right.
            let base = offset(at).wrapping_sub(first);
            if self.bases.insert(base) {
                return Some(base);
            }
            free &= free - 1;
        }
        None
    }

    fn begin(&mut self, size: usize, window: usize) {
        if let Some(hint) = self.hints.get_mut(size) {
            *hint = window;
        }
    }
}
