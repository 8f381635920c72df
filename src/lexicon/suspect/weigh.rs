//! The score of a proposal: how much better the text gets.

use super::super::trie::Trie;

/// Characters before and behind the one in doubt that are cut with it.
pub(super) const AROUND: usize = 4;
/// Characters that are cut together.
pub(super) const WINDOW: usize = 2 * AROUND + 1;
/// Characters of a word, at most: longer ones are rare, and cut in two they say the same.
pub(super) const WORD: usize = 6;
/// How often a character is met that is no word, for the sum of all words' frequencies.
const UNSEEN: f64 = 0.3;
/// The gain beyond which more says nothing more.
pub(super) const MOST: f64 = 25.0;

/// The gain beyond which more says less.
const MUCH: f64 = 12.0;

/// The best cut of a few characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// The logarithm of its probability.
    pub(super) score: f64,
    /// Characters of the word that covers the place asked for.
    pub(super) word: usize,
}

/// Cuts `codes`, at most [`WINDOW`] of them, and tells of the word at `place`.
pub(super) fn cut(trie: &Trie, codes: &[u32], place: usize) -> Cut {
    let unseen = UNSEEN.ln() - trie.log_total;
    let len = codes.len().min(WINDOW);
    let mut best = [(f64::NEG_INFINITY, 0); WINDOW + 1];
    best[0] = (0.0, 0);
    for start in 0..len {
        let before = best[start].0;
        let mut at = 0;
        for end in start + 1..=len.min(start + WORD) {
            at = if end == start + 1 {
                codes[start]
            } else {
                trie.child(at, codes[end - 1])
            };
            let single = end == start + 1;
            if at == 0 && !single {
                break;
            }
            let log = trie.weight(trie.slot(at));
            // No word: not a number.
            let log = match (log.is_nan(), single) {
                (true, false) => continue,
                (true, true) => unseen,
                (false, _) => log.max(unseen),
            };
            if before + log > best[end].0 {
                best[end] = (before + log, start);
            }
        }
    }
    let mut end = len;
    while best[end].1 > place {
        end = best[end].1;
    }
    Cut {
        score: best[len].0,
        word: end - best[end].1,
    }
}

/// What is known of a proposal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    /// By how much the logarithm of the cut's probability grows.
    pub(super) gain: f64,
    /// As of the tables, 0 to 25; none where the neighbours alone ask for it.
    pub(super) likeness: Option<u8>,
    /// Of all times that the neighbour which asks for it is met, how often it has this one beside it; 0 for look-alikes.
    pub(super) bound: f64,
    /// Of the pairs with either neighbour as they stand, the logarithms of one more than their counts, added up.
    pub(super) pairs_before: f64,
    /// The same as proposed.
    pub(super) pairs_after: f64,
    /// Characters of the word that is gained.
    pub(super) word: usize,
    /// The logarithm of one more than how often the proposal is met at all.
    pub(super) frequency: f64,
    /// Whether it has a neighbour on either side.
    pub(super) inside: bool,
}

/// Of the terms, in their order. Fitted by logistic regression on laws, reports and news, clean and with characters replaced, by the
/// likest oftenest and one in seven by any other. Where the text comes from a bad scan, others are oftener than that: their weight (the sixth) is
/// as high as clean news text allows, where they are false.
const WEIGHTS: [f64; TERMS] = [
    -3.22, 0.38, -0.37, 1.01, -0.44, -5.5, 3.25, -0.64, 0.63, 1.72, -0.38, -1.37,
];
const TERMS: usize = 12;

impl Evidence {
    /// The logarithm of the odds that the proposal is right, where one character in a hundred is wrong.
    pub(super) fn log_odds(&self) -> f64 {
        let terms = self.terms().into_iter().zip(WEIGHTS);
        terms.map(|(term, weight)| term * weight).sum()
    }

    fn terms(&self) -> [f64; TERMS] {
        let if_so = |so: bool| if so { 1.0 } else { 0.0 };
        [
            1.0,
            self.gain.min(MOST),
            (self.gain.min(MOST) - MUCH).max(0.0),
            f64::from(self.likeness.unwrap_or(0)) / 25.0,
            if_so(self.likeness == Some(0)),
            if_so(self.likeness.is_none()),
            self.bound,
            self.pairs_before,
            self.pairs_after,
            if_so(self.word >= 3),
            self.frequency,
            if_so(self.inside),
        ]
    }
}
