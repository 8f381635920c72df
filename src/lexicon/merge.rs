//! The embedded dictionary with users' words over it.
//!
//! Frequencies decide what is cut, so that it matters how they come about. As in jieba, words are added one after the
//! other; one without a frequency gets as much as makes it likelier than its parts *at that moment*. The trie has all
//! words from the start: one that has not been added yet is a place without a word.
//!
//! Unlike in jieba, the sum that all are measured by stays that of the embedded dictionary. There each added word makes every
//! word of every text a little less likely, so that a lexicon could cut texts anew that have none of its words. Here a word acts on texts
//! that contain it and on no others, which is what a run relies on that annotates only those again.

use super::Entry;
use super::builder;
use super::cut::{Scratch, cut};
use super::packed::Packed;
use super::trie::{Trie, log};
use super::words::Words;

/// The embedded dictionary with `entries`, each word once, over it.
pub(super) fn merge(packed: &Packed, entries: &[Entry]) -> Trie {
    let mut alphabet = packed.alphabet();
    let (mut users, mut codes) = (Words::default(), Vec::new());
    for Entry { word, tag, .. } in entries {
        for ch in word.chars() {
            alphabet.add(ch);
        }
        alphabet.encode(word, &mut codes);
        // Words with a tag are there from the start, but as good as absent: frequency 0 rules a word out, and for a
        // single character 1 is what an unknown one has.
        let absent = u64::from(codes.len() == 1);
        let frequency = tag.is_some().then_some(absent);
        users.push(&codes, frequency, *tag);
    }
    users.sort();
    let dictionary = packed.words();
    let mut words = dictionary.merged(&users);
    let (mut trie, _) = builder::build(alphabet, &words);
    trie.set_total(dictionary.total());
    let mut scratch = Scratch::default();
    for entry in entries {
        add(&mut trie, &mut words, entry, &mut scratch);
    }
    trie
}

fn add(trie: &mut Trie, words: &mut Words, entry: &Entry, scratch: &mut Scratch) {
    let mut codes = Vec::new();
    trie.alphabet.encode(&entry.word, &mut codes);
    let Some(item) = words.find(&codes) else {
        return;
    };
    let frequency = match entry.frequency {
        Some(frequency) => u64::from(frequency),
        None => suggest(trie, &entry.word, scratch).max(item.frequency.unwrap_or(1)),
    };
    item.frequency = Some(frequency);
    trie.set_frequency(&codes, frequency);
}

/// The frequency that makes `word` likelier than the words it is cut into.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number of the size of a frequency; conversion saturates, as in the reference"
)]
pub(super) fn suggest(trie: &Trie, word: &str, scratch: &mut Scratch) -> u64 {
    let mut sum = 0.0;
    cut(trie, None, word, scratch, |span, _| {
        let part = trie.find_word(span.of(word));
        let log = part.map_or(log(1), |part| trie.log(trie.slot(part)));
        sum += log;
        sum -= trie.log_total;
    });
    ((sum + trie.log_total).exp() as u64).saturating_add(1)
}
