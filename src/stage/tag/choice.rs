//! Whose conventions a document follows: those of the source that it is most like.
//!
//! A sentence or two seldom tell the official language of `msra` from that of `uner` (and `news`, whose labels are a machine's and no one's
//! conventions, follows `uner`). So between these two stands a convention half-way, for texts that are a little more like `uner`: what is more like
//! `msra` follows that, what is clearly like `uner` follows that. `msra` has the larger part since it loses more where another is followed. Margins
//! were chosen on samples that were held out of training.

use crate::model::{EntityModel, Votes};

/// Votes that a text has to be more like the second of two sources than the first, to follow that: four nats.
const CLEARLY: i32 = 128;
/// Sources whose conventions others have, and the votes by which a source has to be ahead: short messages have a language of their
/// own, and nothing else should be taken for one. A source that is not here, such as a user's, is followed where it is likeliest.
const SOURCES: [(&str, &str, i32); 2] = [("news", "uner", 0), ("weibo", "weibo", 32)];

/// How the convention is chosen, by the numbers of the model's sources.
#[derive(Debug)]
pub(super) struct Choice {
    sources: Vec<Source>,
    near: Option<Near>,
}

#[derive(Debug)]
struct Source {
    follow: usize,
    ahead: i32,
}

/// Two conventions, and the one between.
#[derive(Debug)]
struct Near {
    one: usize,
    other: usize,
    between: usize,
}

impl Choice {
    pub(super) fn new(model: &EntityModel) -> Self {
        let names = model.sources();
        let number = |name: &str| names.iter().position(|source| source == name);
        let sources = names.iter().enumerate().map(|(own, name)| {
            let known = SOURCES.iter().find(|(source, ..)| source == name);
            let (follow, ahead) = known.map_or((None, 0), |known| (number(known.1), known.2));
            Source {
                follow: follow.unwrap_or(own),
                ahead,
            }
        });
        Self {
            sources: sources.collect(),
            near: model.between().map(|(one, other, between)| Near {
                one,
                other,
                between,
            }),
        }
    }

    /// The convention of a text that has such votes; the first of equals.
    pub(super) fn of(&self, votes: &Votes) -> usize {
        // The most votes of a source that follows a convention.
        let most = |convention: usize| {
            let own = self.sources.iter().enumerate();
            let own = own.filter(|(_, source)| source.follow == convention);
            own.map(|(number, source)| votes.of(number) - source.ahead)
                .max()
        };
        let followed = (0..self.sources.len()).filter_map(|number| Some((most(number)?, number)));
        let best = followed.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let best = best.map_or(0, |(_, number)| number);
        match &self.near {
            Some(near) if best == near.one || best == near.other => {
                let votes = most(near.one).zip(most(near.other));
                let ahead = votes.map_or(0, |(one, other)| one.saturating_sub(other));
                match ahead {
                    0.. => near.one,
                    ahead if ahead > -CLEARLY => near.between,
                    _ => near.other,
                }
            }
            _ => best,
        }
    }
}
