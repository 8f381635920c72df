//! Numbers as the text has them: exact, until they leave as the nearest `f64`.
//!
//! 4.72万亿 is 472 with ten zeros, not 4.72 times a binary approximation of 10¹². Two integers are enough for that, and one
//! conversion at the end rounds correctly.

use std::cmp::Ordering;

/// Digits of a mantissa at most; what has more is no number that a text means.
pub(super) const DIGITS: usize = 24;

/// Powers of ten that `f64` has exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// `mantissa` times ten to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) const fn whole(mantissa: i128) -> Self {
        Self {
            mantissa,
            exponent: 0,
        }
    }

    /// `mantissa` with so many digits behind the point.
    pub(super) fn with_fraction(mantissa: i128, digits: usize) -> Self {
        Self {
            mantissa,
            exponent: -i32::try_from(digits).unwrap_or(i32::MAX),
        }
    }

    /// Times ten to the power of `power`.
    pub(super) const fn scaled(self, power: i32) -> Self {
        Self {
            exponent: self.exponent + power,
            ..self
        }
    }

    pub(super) const fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            ..self
        }
    }

    /// The sum; none where it has too many digits.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (one, two, exponent) = self.aligned(other)?;
        let mantissa = one.checked_add(two)?;
        Some(Self { mantissa, exponent })
    }

    /// The whole number that it is, if it is one.
    pub(super) fn integer(self) -> Option<i128> {
        let zeros = u32::try_from(self.exponent).ok()?;
        self.mantissa.checked_mul(10i128.checked_pow(zeros)?)
    }

    pub(super) fn less_than(self, other: Self) -> bool {
        self.aligned(other)
            .is_some_and(|(one, two, _)| one.cmp(&two) == Ordering::Less)
    }

    /// The nearest that there is.
    pub(super) fn nearest(self) -> f64 {
        // Both exact as they are: one product or quotient rounds once, and so correctly.
        let small = i32::try_from(self.mantissa).ok().map(f64::from);
        let power = usize::try_from(self.exponent.unsigned_abs()).ok();
        if let (Some(mantissa), Some(power)) = (small, power.and_then(|at| POWERS.get(at))) {
            return if self.exponent < 0 {
                mantissa / power
            } else {
                mantissa * power
            };
        }
        let written = format!("{}e{}", self.mantissa, self.exponent);
        written.parse().expect("digits and a power are a number")
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let of = |number: Self| {
            let zeros = u32::try_from(number.exponent - exponent).ok()?;
            number.mantissa.checked_mul(10i128.checked_pow(zeros)?)
        };
        Some((of(self)?, of(other)?, exponent))
    }
}
