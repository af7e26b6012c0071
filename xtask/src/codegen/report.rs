//! What a run changes, for people and for machines.

use generator::Diagnostics;
use serde::Serialize;

use crate::cli::CodegenArgs;
use crate::console::{Console, Status};
use crate::fileset::{ChangeKind, Plan, join};

/// What is done with the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are written.
    Write,
    /// They are faults.
    Check,
    /// They are told.
    DryRun,
}

impl Mode {
    pub(super) fn of(args: &CodegenArgs) -> Self {
        match (args.check, args.dry_run) {
            (true, _) => Self::Check,
            (false, true) => Self::DryRun,
            (false, false) => Self::Write,
        }
    }

    /// What is said of a file, and in the summary of the number of such files.
    fn words(self, kind: ChangeKind) -> (&'static str, &'static str) {
        match (self, kind) {
            (Self::Write, ChangeKind::Created) => ("created", "created"),
            (Self::Write, ChangeKind::Updated) => ("updated", "updated"),
            (Self::Write, ChangeKind::Removed) => ("removed", "removed"),
            (Self::Check, ChangeKind::Created) => ("missing", "missing"),
            (Self::Check, ChangeKind::Updated) => ("stale", "stale"),
            (Self::Check, ChangeKind::Removed) => ("orphaned", "orphaned"),
            (Self::DryRun, ChangeKind::Created) => ("would create", "to create"),
            (Self::DryRun, ChangeKind::Updated) => ("would update", "to update"),
            (Self::DryRun, ChangeKind::Removed) => ("would remove", "to remove"),
        }
    }
}

/// The differences that a run found.
#[derive(Debug)]
pub(super) struct Report<'a> {
    /// The folder of the crate as it is shown to people.
    pub(super) shown: &'a str,
    /// What differs in each part of the crate.
    pub(super) plans: &'a [Plan],
    /// What is done about it.
    pub(super) mode: Mode,
}

impl Report<'_> {
    /// Whether the differences are to be written, and nothing stands in the way.
    pub(super) fn writes(&self) -> bool {
        self.mode == Mode::Write && !self.is_obstructed()
    }

    /// How the run ends.
    pub(super) fn status(&self) -> Status {
        let differs = self.plans.iter().any(|plan| !plan.changes.is_empty());
        match self.mode {
            Mode::Check if differs || self.is_obstructed() => Status::Differs,
            Mode::Write | Mode::DryRun if self.is_obstructed() => Status::Bad,
            Mode::Check | Mode::Write | Mode::DryRun => Status::Fine,
        }
    }

    /// Tells people; `command` is what writes the differences.
    pub(super) fn write_text(&self, command: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
        for obstacle in self.plans.iter().flat_map(|plan| &plan.obstacles) {
            let path = join(self.shown, &obstacle.path);
            writeln!(console.err, "error: {path} {}: move it out of the way", obstacle.reason)?;
        }
        if self.is_obstructed() && self.mode != Mode::Check {
            writeln!(console.err, "nothing was written")?;
            return Ok(());
        }
        for change in self.plans.iter().flat_map(|plan| &plan.changes) {
            let (word, _) = self.mode.words(change.kind);
            writeln!(console.out, "{word} {}", join(self.shown, &change.path))?;
            if self.mode == Mode::Check {
                writeln!(console.out, "{}", change.diff(self.shown))?;
            }
        }
        // What belongs to the user has no summary: it is created once and then left alone.
        for plan in self.plans.iter().filter(|plan| !plan.folder().is_empty()) {
            writeln!(console.out, "{}: {}", join(self.shown, &plan.folder()), self.summary(plan))?;
        }
        if self.status() == Status::Differs {
            writeln!(console.out, "\nto bring it up to date: {command}")?;
        }
        Ok(())
    }

    fn summary(&self, plan: &Plan) -> String {
        let count = |kind| (plan.count(kind), self.mode.words(kind).1);
        let created = count(ChangeKind::Created);
        let updated = count(ChangeKind::Updated);
        let same = plan.total - created.0 - updated.0;
        if plan.changes.is_empty() && plan.obstacles.is_empty() {
            return format!("{same} {} up to date", if same == 1 { "file" } else { "files" });
        }
        [
            created,
            updated,
            count(ChangeKind::Removed),
            (plan.obstacles.len(), "in the way"),
            (same, "unchanged"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect::<Vec<_>>()
        .join(", ")
    }

    fn is_obstructed(&self) -> bool {
        self.plans.iter().any(|plan| !plan.obstacles.is_empty())
    }
}

/// A run as a machine reads it.
#[derive(Serialize)]
struct Document<'a> {
    diagnostics: &'a Diagnostics,
    /// The files that differed, or that were written if `written`.
    changes: Vec<ChangeDocument>,
    /// What stands in the way of writing them.
    obstacles: Vec<ObstacleDocument>,
    written: bool,
}

#[derive(Serialize)]
struct ChangeDocument {
    path: String,
    /// What it takes: `create`, `update` or `remove`.
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<String>,
}

#[derive(Serialize)]
struct ObstacleDocument {
    path: String,
    reason: &'static str,
}

/// Tells machines.
pub(super) fn write_json(
    report: Option<&Report<'_>>,
    diagnostics: &Diagnostics,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let mut document = Document { diagnostics, changes: Vec::new(), obstacles: Vec::new(), written: false };
    if let Some(report) = report {
        document.written = report.writes();
        for plan in report.plans {
            document.changes.extend(plan.changes.iter().map(|change| ChangeDocument {
                path: join(report.shown, &change.path),
                action: match change.kind {
                    ChangeKind::Created => "create",
                    ChangeKind::Updated => "update",
                    ChangeKind::Removed => "remove",
                },
                diff: (report.mode == Mode::Check).then(|| change.diff(report.shown)),
            }));
            document.obstacles.extend(plan.obstacles.iter().map(|obstacle| ObstacleDocument {
                path: join(report.shown, &obstacle.path),
                reason: obstacle.reason,
            }));
        }
    }
    serde_json::to_writer_pretty(&mut *console.out, &document)?;
    writeln!(console.out)?;
    Ok(())
}
