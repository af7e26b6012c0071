//! The arguments of `corpus`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The arguments of `corpus`.
#[derive(Debug, Args)]
pub struct CorpusArgs {
    /// The folder of descriptions, with folders in it; tests/corpus without it.
    pub dir: Option<PathBuf>,
    /// Only documents whose path in the folder contains this; may be repeated.
    #[arg(long, value_name = "TEXT")]
    pub only: Vec<String>,
    /// No document whose path in the folder contains this; may be repeated.
    #[arg(long, value_name = "TEXT")]
    pub skip: Vec<String>,
    /// The folder that the crates are put into, which keeps them; one below the target folder without it.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many documents are generated, and how many processes compile, at a time; one per processor without it.
    ///
    /// The times that the table shows mean most with 1.
    #[arg(long, value_name = "N", value_parser = super::positive)]
    pub jobs: Option<usize>,
    /// Compiles nothing.
    #[arg(long)]
    pub no_check: bool,
    /// Runs clippy on each crate, too.
    #[arg(long, conflicts_with = "no_check")]
    pub clippy: bool,
    /// Runs rustdoc on each crate, too.
    #[arg(long, conflicts_with = "no_check")]
    pub doc: bool,
    /// How to report.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// Puts the table into this file, too, in the place of the one that is there.
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
}

/// How to report a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For a page.
    Markdown,
    /// One JSON document.
    Json,
}
