//! What was measured, and what is made of it: medians, and ratios of runs that stood beside each other.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::subject::{Subject, Task};

/// One run of one subject, as the stopwatch prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Sample {
    /// From start to end, in microseconds.
    pub(super) wall: u64,
    /// Processor time, the program's and the system's for it, in microseconds.
    pub(super) cpu: u64,
    /// The most memory that was resident, in KiB.
    pub(super) peak: u64,
}

impl Sample {
    /// Wall clock in seconds.
    pub(super) fn wall_seconds(&self) -> f64 {
        self.wall as f64 / 1e6
    }

    /// Processor time in seconds.
    pub(super) fn cpu_seconds(&self) -> f64 {
        self.cpu as f64 / 1e6
    }

    /// Peak memory in MiB.
    pub(super) fn peak_mib(&self) -> f64 {
        self.peak as f64 / 1024.0
    }
}

/// All runs; the samples of a subject are in the order of the rounds.
#[derive(Debug, Default)]
pub(super) struct Results(BTreeMap<(Task, Subject), Vec<Sample>>);

impl Results {
    /// Adds a run of the next round.
    pub(super) fn add(&mut self, task: Task, subject: Subject, sample: Sample) {
        self.0.entry((task, subject)).or_default().push(sample);
    }

    /// The runs of a subject at a task; none if it does not take part.
    pub(super) fn samples(&self, task: Task, subject: Subject) -> &[Sample] {
        self.0.get(&(task, subject)).map_or(&[], Vec::as_slice)
    }

    /// How many times as long one takes as another: the median over the rounds.
    pub(super) fn ratio(&self, of: (Task, Subject), to: (Task, Subject)) -> Option<f64> {
        let pairs = self.samples(of.0, of.1).iter().zip(self.samples(to.0, to.1));
        median(pairs.map(|(of, to)| of.wall_seconds() / to.wall_seconds()))
    }
}

/// The middle value, or the mean of the two in the middle; `None` of nothing.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}
