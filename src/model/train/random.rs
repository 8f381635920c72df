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
pub(super) fn of_65536(share: f32) -> u64 {
    (share.clamp(0.0, 0.9) * 65_536.0) as u64
}

/// `SplitMix64`: small, and the same everywhere.
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// In another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let among = last as u64 + 1;
            items.swap(last, usize::try_from(self.next() % among).unwrap_or(last));
        }
    }
}

/// What is looked at in a sample: each thing by chance, so that nothing is relied on alone.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Glance {
    /// The share that is passed over, of 2^16.
    share: u64,
    /// What is looked at stands for what is not.
    pub(in super::super) factor: f32,
}

impl Glance {
    /// With the share that is passed over.
    pub(in super::super) fn new(drop: f32) -> Self {
        Self {
            share: of_65536(drop),
            factor: 1.0 / (1.0 - drop.clamp(0.0, 0.9)),
        }
    }

    /// Whether a thing is looked at in the sample that has this seed.
    #[inline]
    pub(in super::super) fn keeps(self, seed: u64, thing: u32) -> bool {
        self.share == 0 || Random(seed ^ u64::from(thing)).next() & 0xFFFF >= self.share
    }
}
