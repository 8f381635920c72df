//! Offsets as types, so that a byte count can't be taken for a character count.

use std::fmt;
use std::ops::Range;

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The beginning.
            pub const ZERO: Self = Self(0);

            /// An offset from a count that is already known to fit.
            pub const fn new(offset: u32) -> Self {
                Self(offset)
            }

            /// An offset from a length in memory.
            ///
            /// # Panics
            ///
            /// When `offset` is over `u32::MAX`. Records are refused long before that
            /// (`source.max-record-bytes`), so that a longer one here is a bug.
            pub fn of(offset: usize) -> Self {
                Self(u32::try_from(offset).expect("records are limited to far less than 4 GiB"))
            }

            /// As an index.
            pub const fn get(self) -> usize {
                self.0 as usize
            }

            /// As the plain number.
            pub const fn raw(self) -> u32 {
                self.0
            }

            /// As the tables' column type.
            pub fn to_i64(self) -> i64 {
                i64::from(self.0)
            }

            /// As the tables' narrow column type; saturates at `i32::MAX`.
            pub fn to_i32(self) -> i32 {
                i32::try_from(self.0).unwrap_or(i32::MAX)
            }
        }

        impl std::ops::Add<u32> for $name {
            type Output = Self;
            fn add(self, by: u32) -> Self {
                Self(self.0 + by)
            }
        }

        impl std::ops::Sub for $name {
            type Output = u32;
            fn sub(self, from: Self) -> u32 {
                self.0 - from.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

offset! {
    /// UTF-8 bytes into the repaired text.
    ByteOffset
}
offset! {
    /// Unicode code points into the repaired text.
    CharOffset
}
offset! {
    /// Bytes into the record as read (after decompression, before charset decoding).
    SourceOffset
}

/// `start..end` as indices of a slice.
pub(crate) fn indices(range: &Range<ByteOffset>) -> Range<usize> {
    range.start.get()..range.end.get()
}
