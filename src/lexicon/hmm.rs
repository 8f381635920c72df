//! The hidden Markov model that joins single characters to words the dictionary lacks.
//!
//! Each character of a run begins a word, ends one, stands in its middle or is one by itself; the likeliest sequence of
//! these states (Viterbi) says where words are. Of the sixteen transitions eight are possible, two into each state, so
//! that one bit a state is enough to find the way back. Sums are taken in the order of jieba-rs, and equal ones decided
//! as it does, so that answers are the same to the last bit.

use std::sync::OnceLock;

/// jieba's model, as text.
static MODEL: &[u8] = include_bytes!("data/hmm.model.zst");

const STATES: usize = 4;
/// The logarithm of what never happens.
const NEVER: f64 = -3.14e100;

/// Characters that the model is asked about.
const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FD5}';

const BEGIN: usize = 0;
const END: usize = 1;
const MIDDLE: usize = 2;
const SINGLE: usize = 3;

/// The two states that may come before each state. On equal sums the second is taken.
const BEFORE: [[usize; 2]; STATES] = [
    [END, SINGLE],
    [BEGIN, MIDDLE],
    [BEGIN, MIDDLE],
    [END, SINGLE],
];

/// Whether `ch` is one of the characters that the model is asked about.
#[inline]
pub(super) fn covers(ch: char) -> bool {
    matches!(ch, FIRST..=LAST)
}

/// Logarithms of probabilities.
pub(super) struct Model {
    initial: [f64; STATES],
    /// From each of the two states before, into each state.
    transitions: [[f64; 2]; STATES],
    /// The row of each character from `FIRST` on.
    rows: Vec<u16>,
    /// What each state makes of a character; row 0 is for those that the model has never seen.
    emissions: Vec<[f64; STATES]>,
}

/// Memory for the way back: one bit a state.
#[derive(Debug, Default)]
pub(super) struct Back(Vec<u8>);

impl Model {
    /// The embedded model; read once in a process.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Model> = OnceLock::new();
        SHARED.get_or_init(|| {
            zstd::decode_all(MODEL)
                .ok()
                .and_then(|bytes| Self::read(std::str::from_utf8(&bytes).ok()?))
                .expect("the embedded model is sound, as a test shows")
        })
    }

    /// Nine lines: what runs begin with, four of transitions, four of emissions; `#` begins a comment.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let initial = four(lines.next()?)?;
        let mut matrix = [[0.0; STATES]; STATES];
        for row in &mut matrix {
            *row = four(lines.next()?)?;
        }
        let mut transitions = [[0.0; 2]; STATES];
        for (to, (pair, before)) in transitions.iter_mut().zip(BEFORE).enumerate() {
            for (transition, from) in pair.iter_mut().zip(before) {
                *transition = *matrix.get(from)?.get(to)?;
            }
        }
        let mut model = Self {
            initial,
            transitions,
            rows: vec![0; LAST as usize - FIRST as usize + 1],
            emissions: vec![[NEVER; STATES]],
        };
        for state in 0..STATES {
            for pair in lines.next()?.split(',') {
                let (ch, probability) = pair.split_once(':')?;
                model.emit(state, ch.chars().next()?, probability.parse().ok()?)?;
            }
        }
        Some(model)
    }

    fn emit(&mut self, state: usize, ch: char, probability: f64) -> Option<()> {
        if !covers(ch) {
            return Some(());
        }
        let row = self.rows.get_mut(ch as usize - FIRST as usize)?;
        if *row == 0 {
            *row = u16::try_from(self.emissions.len()).ok()?;
            self.emissions.push([NEVER; STATES]);
        }
        *self.emissions.get_mut(usize::from(*row))?.get_mut(state)? = probability;
        Some(())
    }

    #[inline]
    fn emissions(&self, ch: char) -> [f64; STATES] {
        let offset = (ch as usize).wrapping_sub(FIRST as usize);
        let row = self.rows.get(offset).copied().unwrap_or(0);
        self.emissions
            .get(usize::from(row))
            .copied()
            .unwrap_or([NEVER; STATES])
    }

    /// Cuts a run of two characters at least, each one that the model covers: calls `word` with the first character and
    /// the one past the last of each word, in order.
    pub(super) fn cut(
        &self,
        run: impl Iterator<Item = char>,
        back: &mut Back,
        mut word: impl FnMut(usize, usize),
    ) {
        let back = &mut back.0;
        back.clear();
        let mut scores = [0.0; STATES];
        for ch in run {
            let emissions = self.emissions(ch);
            if back.is_empty() {
                for (score, (initial, emission)) in
                    scores.iter_mut().zip(self.initial.iter().zip(emissions))
                {
                    *score = initial + emission;
                }
                back.push(0);
                continue;
            }
            let [begin, end, middle, single] = scores;
            let (b, b_bit) = self.best(BEGIN, end, single, emissions[BEGIN]);
            let (e, e_bit) = self.best(END, begin, middle, emissions[END]);
            let (m, m_bit) = self.best(MIDDLE, begin, middle, emissions[MIDDLE]);
            let (s, s_bit) = self.best(SINGLE, end, single, emissions[SINGLE]);
            back.push(b_bit | e_bit | m_bit | s_bit);
            scores = [b, e, m, s];
        }
        let last = if scores[END] > scores[SINGLE] {
            END
        } else {
            SINGLE
        };
        walk_back(back, last);
        let mut from = 0;
        for (at, state) in back.iter().enumerate() {
            match usize::from(*state) {
                BEGIN => from = at,
                END => word(from, at + 1),
                SINGLE => word(at, at + 1),
                _ => {}
            }
        }
    }

    /// The better way into `state`, from the first or the second state that may come before it.
    #[inline]
    fn best(&self, state: usize, first: f64, second: f64, emission: f64) -> (f64, u8) {
        let [from_first, from_second] = self.transitions[state];
        let first = first + from_first + emission;
        let second = second + from_second + emission;
        if first > second {
            (first, 0)
        } else {
            (second, 1 << state)
        }
    }
}

/// Turns the bits of each step into the state of the best way that ends in `last`.
fn walk_back(back: &mut [u8], last: usize) {
    let mut state = last;
    for step in back.iter_mut().rev() {
        let bits = *step;
        *step = match state {
            BEGIN => 0,
            END => 1,
            MIDDLE => 2,
            _ => 3,
        };
        state = BEFORE[state][usize::from(bits >> state & 1)];
    }
}

fn four(line: &str) -> Option<[f64; STATES]> {
    let mut numbers = line.split(' ').map(str::parse);
    let mut four = [0.0; STATES];
    for number in &mut four {
        *number = numbers.next()?.ok()?;
    }
    Some(four)
}
