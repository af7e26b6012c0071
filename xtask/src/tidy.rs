//! `cargo xtask tidy`: who may name whom, and how long things may be.

mod budgets;
mod layers;
mod tokens;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::console::{Console, Status};
use crate::{fileset, tree};

use tokens::Code;

/// A rule that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the root, with `/`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Shows the findings in the workspace at `root`.
pub fn run(root: &Path, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let findings = check(root)?;
    for finding in &findings {
        writeln!(console.out, "{finding}")?;
    }
    match findings.len() {
        0 => writeln!(console.out, "all tidy")?,
        1 => writeln!(console.out, "1 finding")?,
        count => writeln!(console.out, "{count} findings")?,
    }
    Ok(if findings.is_empty() { Status::Fine } else { Status::Differs })
}

/// Finds what in the hand-written files below `root` breaks a rule, sorted by place.
///
/// Fails when a file cannot be read.
pub fn check(root: &Path) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for path in tree::files(root)? {
        let full = root.join(&path);
        let is_text = TEXT.iter().any(|ending| path.ends_with(ending)) || path.starts_with(".ci/");
        if !is_text {
            continue;
        }
        let bytes = fs::read(&full).with_context(|| format!("cannot read {}", full.display()))?;
        if fileset::is_marked(&bytes) {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        let mut file = File { path: &path, text: &text, findings: &mut findings };
        budgets::check_text(&mut file);
        if path.ends_with(".rs") {
            check_code(&mut file);
        }
    }
    findings.sort();
    Ok(findings)
}

/// The endings of files that people write.
const TEXT: [&str; 6] = [".rs", ".toml", ".md", ".yaml", ".yml", ".sh"];

/// A file under examination.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl File<'_> {
    fn find(&mut self, line: usize, message: impl Into<String>) {
        self.findings.push(Finding { file: self.path.to_owned(), line, message: message.into() });
    }
}

fn check_code(file: &mut File<'_>) {
    match Code::parse(file.text) {
        Ok(code) => {
            budgets::check_code(file, &code);
            layers::check(file, &code);
        }
        Err(line) => file.find(line, "this is not valid Rust"),
    }
}

#[cfg(test)]
mod tests;
