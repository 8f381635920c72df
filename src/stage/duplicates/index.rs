//! The memory of documents: which earlier one does a signature belong to?
//!
//! Each document is found under 25 *keys*: the hash of the whole, and 24 bands of 6 slots of its sketch. Copies share most slots, so
//! that all slots of some band agree in both (with a probability of 0.95 at a likeness of 0.7, and of 0.9992 at 0.8); what else shares a band is told apart by
//! the whole sketch. Each key leads to the last document that had it, and no other:
//!
//! - a document costs 25 look-ups, however many copies there are;
//! - what the index holds is a function of the last `window` documents alone. So a run that reads them back answers as the
//!   run that wrote them would have.
//!
//! ```text
//! heads     [first of its cluster, hash] of each document      a ring: the oldest gives its place to the newest
//! sketches  [256 bytes]                                        likewise
//! table     key -> place in the ring                           5 bytes a key: keys themselves are read in the ring
//! ```
//!
//! Rejected: lists of all documents under a key, since boilerplate makes them long; a fixed number of places for each bucket, since what
//! is pushed out would depend on documents long forgotten.

use std::cmp::Ordering;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::signature::{HASH, SLOTS, likeness, mix};
use super::{SIMILAR, Signature};
use crate::record::DocId;

const BANDS: usize = 24;
/// Slots of a band.
const ROWS: usize = 6;
/// The hash of the whole, and the bands.
const KEYS: usize = 1 + BANDS;
const ALL_KEYS: u8 = 25;
const _: () = assert!(ALL_KEYS as usize == KEYS);

/// The largest window: a key of a document is numbered in 32 bits.
pub(crate) const MAX_WINDOW: usize = 100_000_000;

/// What is kept of a document.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// The first document of its cluster, which may be itself, and may be forgotten.
    first: DocId,
    hash: [u8; HASH],
    /// How many of its keys there are: none, the hash alone, or all.
    keys: u8,
}

/// The documents that lie in the window, by their keys.
#[derive(Debug)]
struct Ring {
    heads: Vec<Head>,
    /// Empty as long as no document has one.
    sketches: Vec<[u8; SLOTS]>,
}

/// Finds the first document of a cluster.
///
/// ```
/// use cihe::record::{DocId, Place};
/// use cihe::stage::duplicates::{Duplicates, Index, Signature};
/// let mut index = Index::new(1_000);
/// let mut meet = |name: &str, text| {
///     let id = DocId::new(&Place::new(name, 0), 0);
///     (id, index.meet(id, Signature::of(text, Duplicates::Near).as_ref()))
/// };
/// let (first, none) = meet("a.txt", "江洲市昨天公布了城市更新计划。");
/// assert_eq!(none, None);
/// assert_eq!(meet("b.txt", "江洲市 昨天公布了城市更新计划").1, Some(first));
/// ```
#[derive(Debug)]
pub struct Index {
    window: usize,
    ring: Ring,
    /// The place of the next document.
    next: usize,
    /// Each a place times [`KEYS`], plus the number of the key.
    table: HashTable<u32>,
}

impl Index {
    /// Remembers the last `window` documents, 100 million at most.
    pub fn new(window: usize) -> Self {
        Self {
            window: window.clamp(1, MAX_WINDOW),
            ring: Ring {
                heads: Vec::new(),
                sketches: Vec::new(),
            },
            next: 0,
            table: HashTable::new(),
        }
    }

    /// The first document of the cluster that the next document belongs to; `None` if it is the first itself. From now on it is
    /// remembered. A document without a signature takes part in the window only.
    pub fn meet(&mut self, id: DocId, signature: Option<&Signature>) -> Option<DocId> {
        let first = signature.and_then(|signature| self.find(signature));
        self.remember(id, first, signature);
        first
    }

    /// Remembers a document of which is known already what it is a copy of.
    pub fn remember(&mut self, id: DocId, first: Option<DocId>, signature: Option<&Signature>) {
        let place = self.next;
        self.forget(place);
        let keys = match signature {
            None => 0,
            Some(signature) if signature.sketch().is_none() => 1,
            Some(_) => ALL_KEYS,
        };
        let head = Head {
            first: first.unwrap_or(id),
            hash: signature.map_or([0; HASH], |signature| *signature.hash()),
            keys,
        };
        self.ring
            .put(place, head, signature.and_then(Signature::sketch));
        for key in 0..usize::from(keys) {
            self.insert(number(place, key));
        }
        self.next = (place + 1) % self.window;
    }

    /// Documents in memory.
    pub fn len(&self) -> usize {
        self.ring.heads.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ring.heads.is_empty()
    }

    /// Keys that lead somewhere.
    #[cfg(test)]
    pub(super) fn keys_held(&self) -> usize {
        self.table.len()
    }

    /// The most similar document's first; of equal ones that of the one that was met first.
    fn find(&self, signature: &Signature) -> Option<DocId> {
        let hash = signature.hash();
        let same = |at: &u32| {
            let (place, key) = place_and_key(*at);
            key == 0
                && self
                    .ring
                    .heads
                    .get(place)
                    .is_some_and(|head| head.hash == *hash)
        };
        if let Some(at) = self.table.find(hash_of_whole(hash), same) {
            return self.first(*at);
        }
        let sketch = signature.sketch()?;
        let bands = sketch.chunks_exact(ROWS).take(BANDS);
        let met = (1..).zip(bands).filter_map(|(key, band)| {
            let same = |at: &u32| {
                let (place, other) = place_and_key(*at);
                key == other && self.ring.band(place, key) == Some(band)
            };
            self.table.find(hash_of_band(key, band), same).copied()
        });
        let alike = met.filter_map(|at| {
            let (place, _) = place_and_key(at);
            let likeness = likeness(sketch, self.ring.sketches.get(place)?);
            (likeness >= SIMILAR).then_some((likeness, self.age(place), at))
        });
        let best = alike.max_by(|one, other| {
            let order = one.0.partial_cmp(&other.0).unwrap_or(Ordering::Equal);
            order.then(one.1.cmp(&other.1))
        })?;
        self.first(best.2)
    }

    fn first(&self, at: u32) -> Option<DocId> {
        let (place, _) = place_and_key(at);
        self.ring.heads.get(place).map(|head| head.first)
    }

    /// How many documents ago the one at `place` was met.
    fn age(&self, place: usize) -> usize {
        (self.next + self.window - place - 1) % self.window
    }

    fn insert(&mut self, at: u32) {
        let Self { ring, table, .. } = self;
        let same = |other: &u32| ring.is_same(*other, at);
        match table.entry(ring.hash(at), same, |other| ring.hash(*other)) {
            Entry::Occupied(mut entry) => *entry.get_mut() = at,
            Entry::Vacant(entry) => {
                entry.insert(at);
            }
        }
    }

    /// Takes the keys of the document at `place` out, but for those that lead to a later one.
    fn forget(&mut self, place: usize) {
        let keys = self
            .ring
            .heads
            .get(place)
            .map_or(0, |head| usize::from(head.keys));
        for key in 0..keys {
            let at = number(place, key);
            if let Ok(entry) = self
                .table
                .find_entry(self.ring.hash(at), |other| *other == at)
            {
                entry.remove();
            }
        }
    }
}

impl Ring {
    fn put(&mut self, place: usize, head: Head, sketch: Option<&[u8; SLOTS]>) {
        match self.heads.get_mut(place) {
            Some(old) => *old = head,
            None => self.heads.push(head),
        }
        if let Some(sketch) = sketch {
            // Documents before the first with a sketch have none; grown to the heads' length, places agree.
            if self.sketches.len() <= place {
                self.sketches.resize(place + 1, [0; SLOTS]);
            }
            if let Some(to) = self.sketches.get_mut(place) {
                *to = *sketch;
            }
        }
    }

    fn band(&self, place: usize, key: usize) -> Option<&[u8]> {
        let from = (key - 1) * ROWS;
        self.sketches.get(place)?.get(from..from + ROWS)
    }

    /// Whether two keys are the same.
    fn is_same(&self, one: u32, other: u32) -> bool {
        let ((one, key), (other, other_key)) = (place_and_key(one), place_and_key(other));
        if key != other_key {
            return false;
        }
        if key == 0 {
            let hash = |place: usize| self.heads.get(place).map(|head| head.hash);
            return hash(one) == hash(other);
        }
        self.band(one, key) == self.band(other, key)
    }

    fn hash(&self, at: u32) -> u64 {
        let (place, key) = place_and_key(at);
        if key == 0 {
            return self
                .heads
                .get(place)
                .map_or(0, |head| hash_of_whole(&head.hash));
        }
        self.band(place, key)
            .map_or(0, |band| hash_of_band(key, band))
    }
}

fn number(place: usize, key: usize) -> u32 {
    u32::try_from(place * KEYS + key).expect("the window is bounded so that all keys fit")
}

fn place_and_key(at: u32) -> (usize, usize) {
    let at = at as usize;
    (at / KEYS, at % KEYS)
}

/// The hash is spread evenly already.
fn hash_of_whole(hash: &[u8; HASH]) -> u64 {
    hash.first_chunk()
        .map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn hash_of_band(key: usize, band: &[u8]) -> u64 {
    let start = key as u64;
    mix(band
        .iter()
        .fold(start, |sum, byte| sum << 8 | u64::from(*byte)))
}
