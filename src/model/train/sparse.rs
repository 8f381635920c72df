//! Weights under an L1 penalty, each of which pays what is due when it is next met.

/// The weights while they are learned, and the sum of what they were at several times.
#[derive(Debug)]
pub(in super::super) struct Sparse {
    pub(in super::super) values: Vec<f32>,
    /// The penalty that was due when each was last met.
    paid: Vec<f32>,
    /// The penalty that is due by now.
    pub(in super::super) due: f32,
    sums: Vec<f32>,
    /// How often weights were added to the sums.
    times: f32,
}

impl Sparse {
    /// So many zeros.
    pub(in super::super) fn new(count: usize) -> Self {
        Self {
            values: vec![0.0; count],
            paid: vec![0.0; count],
            due: 0.0,
            sums: vec![0.0; count],
            times: 0.0,
        }
    }

    /// A weight less what is due from it.
    #[inline]
    pub(in super::super) fn settle(&mut self, at: usize) -> f32 {
        let owed = self.due - self.paid[at];
        if owed > 0.0 {
            self.paid[at] = self.due;
            let value = self.values[at];
            self.values[at] = (value.abs() - owed).max(0.0).copysign(value);
        }
        self.values[at]
    }

    /// Adds all weights to the mean.
    pub(in super::super) fn remember(&mut self) {
        for at in 0..self.values.len() {
            self.sums[at] += self.settle(at);
        }
        self.times += 1.0;
    }

    /// The mean of what a weight was when it was remembered.
    pub(in super::super) fn mean(&self, at: usize) -> f32 {
        self.sums[at] / self.times
    }

    /// How many are not zero.
    pub(in super::super) fn count(&mut self) -> usize {
        (0..self.values.len())
            .filter(|at| self.settle(*at) != 0.0)
            .count()
    }
}
