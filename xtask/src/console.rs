//! Where a command writes, and how it ends.

use std::io::Write;
use std::process::ExitCode;

/// Where a command writes.
pub struct Console<'a> {
    /// Reports: what the command was asked for.
    pub out: &'a mut dyn Write,
    /// Errors and warnings.
    pub err: &'a mut dyn Write,
    /// Whether `err` shows ANSI colours.
    pub color: bool,
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All is as it should be: exit code 0.
    Fine,
    /// Something is not: exit code 1.
    Differs,
    /// Bad usage or bad input: exit code 2.
    Bad,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::Differs => 1,
            Status::Bad => 2,
        })
    }
}
