//! What a layout promises: to cut unpacked bytes into numbered records.

use std::fmt;

use super::fault::Fault;
use crate::record::{Body, Fields, MediaType};

/// A record without its address.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) media_type: MediaType,
    pub(super) body: Body,
    pub(super) charset: Option<String>,
    pub(super) fields: Fields,
}

/// A record, or why it is none, with its number.
pub(super) type Item = (i64, Result<Piece, Fault>);

/// What a cutter found.
#[derive(Debug)]
pub(super) enum Cut {
    /// Record `.0`, or why it is none.
    Item(i64, Result<Piece, Fault>),
    /// Nothing more can be read; takes the number of the cutter's position.
    Fatal(Fault),
    /// The end of the source.
    End,
}

/// Cuts one source into records.
///
/// Numbers ascend. After `Fatal` or `End` it is not asked again.
pub(super) trait Cutter: fmt::Debug + Send {
    /// The number that the next item has at least.
    fn position(&self) -> i64;

    /// The next item. Those before `from` may be passed over; what is cheap to pass over, is.
    fn cut(&mut self, from: i64) -> Cut;
}

/// A source that could not be made ready: its one item says why.
#[derive(Debug)]
pub(super) struct Failed(pub(super) Option<Fault>);

impl Cutter for Failed {
    fn position(&self) -> i64 {
        0
    }

    fn cut(&mut self, _: i64) -> Cut {
        self.0.take().map_or(Cut::End, Cut::Fatal)
    }
}
