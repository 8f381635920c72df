//! What can be told of duplicates: `aggregate.duplicates` and `aggregate.duplicate-window`.

/// Documents that the index remembers: some 230 MB when it is full.
pub(crate) const WINDOW: usize = 500_000;

/// Which duplicates are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// None.
    Off,
    /// Those with the same letters, digits and Chinese characters in the same order.
    Exact,
    /// Those that share most of their text, too.
    #[default]
    Near,
}
