//! The verdict: which number of the client's version has to be raised, and why.

use serde::Serialize;

use super::{Change, Impact, RustChange};

/// What a release with the changes is, by Semantic Versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// There is nothing to release.
    None,
    /// Users notice nothing but words.
    Patch,
    /// There is more to use, and all that worked works.
    Minor,
    /// Some users have to change something.
    Major,
}

impl Level {
    /// The number to raise in a version that starts with 0, where Cargo takes the second number for the first:
    /// the minor one for a breaking change, the patch one for everything else.
    #[must_use]
    pub fn below_one(self) -> Self {
        match self {
            Self::Major => Self::Minor,
            Self::Minor => Self::Patch,
            Self::Patch | Self::None => self,
        }
    }

    /// `major`, `minor`, `patch` or `none`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A level with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What a release with the changes is.
    pub level: Level,
    /// The first of the changes that make it so, what is seen in Rust before the rest, and methods and types before
    /// their parts; with code in backticks; nothing when there is no change.
    pub reason: Option<String>,
    /// How many other changes would be reason enough.
    pub others: usize,
}

impl Verdict {
    /// Judges by the worst changes.
    ///
    /// What breaks on the wire alone, such as a tightened limit, breaks callers no less than a method that is gone.
    pub fn of(changes: &[Change], rust: &[RustChange]) -> Self {
        let wire = changes.iter().map(|change| change.impact);
        let Some(worst) = rust.iter().map(|change| change.impact).chain(wire).min() else {
            return Self { level: Level::None, reason: None, others: 0 };
        };
        let level = match worst {
            Impact::Breaking => Level::Major,
            Impact::Addition => Level::Minor,
            Impact::Note | Impact::Prose => Level::Patch,
        };
        let (whole, parts): (Vec<&RustChange>, Vec<&RustChange>) =
            rust.iter().filter(|change| change.impact == worst).partition(|change| change.is_whole());
        let wire = changes.iter().filter(|change| change.impact == worst);
        // How much was lost with it does not belong to the reason.
        let short = |message: &str| message.split(", with ").next().unwrap_or_default().to_owned();
        let rust = whole.into_iter().chain(parts);
        let rust =
            rust.map(|change| format!("`{}`{}{}", change.item, change.joint(), short(&change.message)));
        let wire = wire.map(|change| format!("{}{}{}", change.subject, change.joint(), change.message));
        let mut reasons = rust.chain(wire);
        let reason = reasons.next();
        Self { level, reason, others: reasons.count() }
    }
}

#[cfg(test)]
mod tests;
