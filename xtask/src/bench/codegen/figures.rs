//! What was measured, and what is made of it.

use std::path::PathBuf;

use super::super::figures::median;
use super::compile::Checked;
use super::emitted::Emitted;
use crate::stopwatch::Ran;

/// A description, and what became of it.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    /// How many operations it has, if we made it.
    pub(super) operations: Option<usize>,
    pub(super) bytes: u64,
    /// In the order of the generators, ours first.
    pub(super) outcomes: Vec<Outcome>,
}

/// What became of a description in one generator.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// In the order of the rounds.
    pub(super) samples: Vec<Sample>,
    /// What each run wrote, the one that warms up included.
    pub(super) emitted: Vec<Emitted>,
    /// Why there is nothing.
    pub(super) failure: Option<String>,
    /// How many instructions a run takes, if they were counted.
    pub(super) instructions: Option<u64>,
    /// What the compiler says.
    pub(super) checks: Vec<Checked>,
}

/// One run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    /// From start to end, in seconds.
    pub(super) wall: f64,
    /// Processor time without the system's, in seconds.
    pub(super) user: f64,
    /// In MiB.
    pub(super) peak: f64,
}

impl Sample {
    pub(super) fn of(ran: &Ran) -> Self {
        Self { wall: ran.wall.as_secs_f64(), user: ran.user.as_secs_f64(), peak: mib(ran.peak) }
    }
}

impl Outcome {
    /// The median over the rounds.
    pub(super) fn median(&self, figure: impl Fn(&Sample) -> f64) -> Option<f64> {
        median(self.samples.iter().map(figure))
    }

    /// The shortest and the longest run.
    pub(super) fn spread(&self) -> Option<(f64, f64)> {
        let walls = || self.samples.iter().map(|sample| sample.wall);
        Some((walls().reduce(f64::min)?, walls().reduce(f64::max)?))
    }

    /// How many times as long as another it takes: the median over the rounds.
    pub(super) fn ratio(&self, to: &Self) -> Option<f64> {
        median(self.samples.iter().zip(&to.samples).map(|(of, to)| of.wall / to.wall))
    }

    /// Whether all runs wrote the same.
    pub(super) fn is_stable(&self) -> bool {
        self.emitted.windows(2).all(|pair| pair[0] == pair[1])
    }
}

pub(super) fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// The number of instructions in what callgrind says.
pub(super) fn collected(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("Collected :")?;
    rest.split_whitespace().next()?.parse().ok()
}
