//! Choices made by chance, the same for the same seed.

use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// A stream of choices.
#[derive(Debug)]
pub struct Choices(TestRng);

impl Choices {
    /// The stream of a seed and a lane: lanes of one seed are independent of each other.
    pub fn new(seed: u64, lane: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&lane.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// One of the first whole numbers; 0 of none.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            0
        } else {
            self.0.random_range(0..bound)
        }
    }

    /// A whole number, both ends included.
    pub fn between(&mut self, least: i64, greatest: i64) -> i64 {
        self.0.random_range(least..=greatest.max(least))
    }

    /// True so often in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// One of several.
    ///
    /// # Panics
    /// If there is none to choose from.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    /// One of several, by weight.
    ///
    /// # Panics
    /// If there is none to choose from.
    pub fn weighted<T: Copy>(&mut self, among: &[(u32, T)]) -> T {
        let whole: u32 = among.iter().map(|(weight, _)| weight).sum();
        let mut at = self.0.random_range(0..whole);
        for (weight, one) in among {
            if at < *weight {
                return *one;
            }
            at -= weight;
        }
        among[0].1
    }

    /// Turns a list into some order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
