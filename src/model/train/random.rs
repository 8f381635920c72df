//! Numbers by chance, the same for the same seed.

/// A number of which all bits depend on all of another.
pub(super) fn mixed(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A share in parts of 2^16.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 2^16"
)]
pub(in super::super) fn of_65536(share: f32) -> u64 {
    (share.clamp(0.0, 0.9) * 65_536.0) as u64
}

/// `SplitMix64`: small, and the same everywhere.
#[derive(Debug)]
pub(in super::super) struct Random(pub(in super::super) u64);

impl Random {
    /// The next number.
    pub(in super::super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// In another order.
    pub(in super::super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let among = last as u64 + 1;
            items.swap(last, usize::try_from(self.next() % among).unwrap_or(last));
        }
    }
}
