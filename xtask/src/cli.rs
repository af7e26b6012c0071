//! The command line.

mod bench;
mod corpus;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::ci::Step;
use crate::scaffold::PackageName;

pub use bench::{Bench, BenchClientArgs, BenchCodegenArgs};
pub use corpus::{CorpusArgs, TableFormat};

/// All automation of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generates a client crate: the workspace's own as spec/codegen.toml says, or any with --spec.
    Codegen(CodegenArgs),
    /// Says what a change of a description means: on the wire, for Rust callers, and for the version.
    ///
    /// Compares two descriptions, or with --base what this workspace's client is generated from, as it was at a git
    /// revision, with what it is now. Of two descriptions, exits with 1 when something breaks; with --base, when the
    /// version or the changelog does not fit what changed, so what breaks is fine once both announce it.
    Diff(DiffArgs),
    /// Brings spec/release-assets.yaml up to date with documentation pages and official descriptions.
    ///
    /// Reads pages of GitHub's REST reference in Markdown, Octokit's pages about one endpoint, and OpenAPI
    /// descriptions. Without --from, tells what the description was last brought up to date with. Exits with 1 when
    /// something has drifted (--check) or has to be decided.
    Sync(SyncArgs),
    /// Generates a crate from each description in a folder, compiles it, and shows a table of what came of them.
    ///
    /// A file without `openapi` at its top is a part of another one. A description in a folder called `invalid` says in
    /// its first line, a comment, what it should get. Operations are counted in the text and compared with those that
    /// have a method or a diagnostic. Compiles without the network, with the versions in Cargo.lock. Exits with 1 when
    /// anything is not as it should be.
    Corpus(CorpusArgs),
    /// Checks who may name whom, and that files and functions stay small.
    Tidy,
    /// Runs what a change has to pass.
    Ci(CiArgs),
    /// Measures.
    #[command(subcommand)]
    Bench(Bench),
}

/// The arguments of `codegen`.
#[derive(Debug, Default, Args)]
pub struct CodegenArgs {
    /// The description to generate from, in YAML or JSON; without it, spec/codegen.toml says everything.
    #[arg(long, value_name = "FILE", requires_all = ["out", "name"], help_heading = AD_HOC)]
    pub spec: Option<PathBuf>,
    /// An overlay to apply to the description; may be repeated.
    #[arg(long, value_name = "FILE", requires = "spec", help_heading = AD_HOC)]
    pub overlay: Vec<PathBuf>,
    /// The folder that references to other files stay in; that of the description without it.
    #[arg(long, value_name = "DIR", requires = "spec", help_heading = AD_HOC)]
    pub root: Option<PathBuf>,
    /// A pattern (`*`, `?`) of the operation ids to keep; may be repeated; all without it.
    #[arg(long, value_name = "PATTERN", requires = "spec", help_heading = AD_HOC)]
    pub include: Vec<String>,
    /// A prefix of operation ids that method names leave out.
    #[arg(long, value_name = "PREFIX", requires = "spec", help_heading = AD_HOC)]
    pub strip_prefix: Option<String>,
    /// Says nothing of names that collide and are numbered, in the order of the description.
    #[arg(long, requires = "spec", help_heading = AD_HOC)]
    pub number_collisions: bool,
    /// Compiles everything always, instead of what has a tag with the feature of the tag.
    #[arg(long, requires = "spec", help_heading = AD_HOC)]
    pub no_tag_features: bool,
    /// Emits types for all named schemas, not only for those that an operation reaches.
    #[arg(long, requires = "spec", help_heading = AD_HOC)]
    pub all_schemas: bool,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR", requires = "spec", help_heading = AD_HOC)]
    pub out: Option<PathBuf>,
    /// The name of the crate.
    #[arg(long, value_name = "CRATE", requires = "spec", help_heading = AD_HOC)]
    pub name: Option<PackageName>,
    /// Depends on the runtime at this path instead of putting a copy of it into the crate.
    #[arg(long, value_name = "DIR", requires = "spec", help_heading = AD_HOC)]
    pub runtime: Option<PathBuf>,
    /// Writes nothing; shows every file that differs and exits with 1 if there is any.
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,
    /// Writes nothing; says which files would be written and removed.
    #[arg(long)]
    pub dry_run: bool,
    /// How to report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Shows all errors and warnings, not only the first few of each kind.
    #[arg(long)]
    pub verbose: bool,
}

/// The arguments of `sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Sources to read; may be repeated. Their form is recognised by their content.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// Writes nothing; exits with 1 if the description does not say what its sources say.
    #[arg(long, conflicts_with = "out", requires = "from")]
    pub check: bool,
    /// Makes a description of its own from the sources instead.
    #[arg(long, value_name = "NEW.yaml", requires = "from")]
    pub out: Option<PathBuf>,
    /// A pattern (`*`, `?`) of the ids of new operations to take in; may be repeated. With --out, all without it.
    #[arg(long, value_name = "PATTERN", requires = "from")]
    pub select: Vec<String>,
    /// The day on which the sources were fetched, to be recorded in spec/upstream.lock.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from", conflicts_with_all = ["check", "out"], value_parser = date)]
    pub date: Option<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Shows all sentences and operations, not only the first few.
    #[arg(long)]
    pub verbose: bool,
}

/// A calendar date, of which only the form is looked at.
fn date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &str, length: usize, most: u32| {
        let number = part.parse::<u32>().ok().filter(|_| part.len() == length);
        number.is_some_and(|number| (1..=most).contains(&number))
    };
    match parts.as_slice() {
        [year, month, day]
            if is_number(year, 4, 9999) && is_number(month, 2, 12) && is_number(day, 2, 31) =>
        {
            Ok(text.to_owned())
        }
        _ => Err("give it as YYYY-MM-DD, such as 2026-11-21".to_owned()),
    }
}

const AD_HOC: &str = "Any description";

/// How to report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: what was done or found on standard output, diagnostics on standard error.
    #[default]
    Text,
    /// One JSON document on standard output.
    Json,
}

/// The arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The old description, in YAML or JSON.
    #[arg(required_unless_present = "base", requires = "new", conflicts_with = "base")]
    pub old: Option<PathBuf>,
    /// The new description.
    pub new: Option<PathBuf>,
    /// The git revision to compare the workspace with; also checks the version and the changelog.
    #[arg(long, value_name = "REV", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub base: Option<String>,
    /// A pattern (`*`, `?`) of the operation ids to compare; may be repeated; all without it.
    #[arg(long, value_name = "PATTERN", conflicts_with = "base")]
    pub include: Vec<String>,
    /// An overlay to apply to both descriptions; may be repeated.
    #[arg(long, value_name = "FILE", conflicts_with = "base")]
    pub overlay: Vec<PathBuf>,
    /// A prefix of operation ids that method names leave out.
    #[arg(long, value_name = "PREFIX", conflicts_with = "base")]
    pub strip_prefix: Option<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
    /// Shows everything: all additions, notes and wordings, all operations, signatures, and warnings.
    #[arg(long)]
    pub verbose: bool,
}

/// How to report a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For a comment on a pull request: at most 65,536 characters.
    Markdown,
    /// One JSON document.
    Json,
}

/// The arguments of `ci`.
#[derive(Debug, Args)]
pub struct CiArgs {
    /// Leaves out a step; may be repeated.
    #[arg(long, value_name = "STEP", value_enum)]
    pub skip: Vec<Step>,
    /// Runs only the test against recorded traffic; needs node and npm.
    #[arg(long, conflicts_with = "skip")]
    pub recorded: bool,
}

/// A number of 1 or more.
fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it has to be at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}

impl CodegenArgs {
    /// The command that writes what these arguments name.
    pub fn writing_command(&self) -> String {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let mut options: Vec<(&str, String)> = Vec::new();
        options.extend(self.spec.iter().map(|spec| ("--spec", path(spec))));
        options.extend(self.overlay.iter().map(|overlay| ("--overlay", path(overlay))));
        options.extend(self.root.iter().map(|root| ("--root", path(root))));
        options.extend(self.include.iter().map(|pattern| ("--include", pattern.clone())));
        options.extend(self.strip_prefix.iter().map(|prefix| ("--strip-prefix", prefix.clone())));
        options.extend(self.out.iter().map(|out| ("--out", path(out))));
        options.extend(self.name.iter().map(|name| ("--name", name.to_string())));
        options.extend(self.runtime.iter().map(|runtime| ("--runtime", path(runtime))));
        let mut command = "cargo xtask codegen".to_owned();
        for (name, value) in options {
            command = format!("{command} {name} {}", quoted(&value));
        }
        let flags = [
            (self.number_collisions, "--number-collisions"),
            (self.no_tag_features, "--no-tag-features"),
            (self.all_schemas, "--all-schemas"),
        ];
        for (_, flag) in flags.into_iter().filter(|(is_set, _)| *is_set) {
            command = format!("{command} {flag}");
        }
        command
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Task;

    fn parse(arguments: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(std::iter::once("cargo xtask").chain(arguments.split_whitespace()))
    }

    #[test]
    fn the_command_that_writes_can_be_typed_as_it_is() {
        let arguments = "codegen --spec a.yaml --overlay o.yaml --include repos/* --strip-prefix it's --out dir --name x --number-collisions --check";
        let Command::Codegen(args) = parse(arguments).unwrap().command else { panic!("another command") };
        assert_eq!(
            args.writing_command(),
            r"cargo xtask codegen --spec a.yaml --overlay o.yaml --include 'repos/*' --strip-prefix 'it'\''s' --out dir --name x --number-collisions"
        );
    }

    #[test]
    fn a_measurement_can_be_repeated() {
        let arguments = "bench client --only lists --only upload --rounds 3 --write";
        let Command::Bench(Bench::Client(args)) = parse(arguments).unwrap().command else {
            panic!("another command")
        };
        assert_eq!(
            args.command(),
            "cargo xtask bench client --rounds 3 --size 1073741824 --count 2000 --only lists --only upload --write"
        );
        assert_eq!(args.tasks().collect::<Vec<_>>(), [Task::Upload, Task::Lists]);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_exit_code_2() {
        for arguments in [
            "",
            "codegen --out dir",
            "codegen --spec a.yaml",
            "codegen --spec a.yaml --out dir",
            "codegen --spec a.yaml --out dir --name 1x",
            "codegen --include x",
            "codegen --check --dry-run",
            "codegen --format xml",
            "sync --check",
            "sync --out new.yaml",
            "sync --from a.md --check --out new.yaml",
            "sync --from a.md --date 2026-13-01",
            "diff",
            "diff a.yaml",
            "diff a.yaml b.yaml c.yaml",
            "diff a.yaml --base main",
            "diff a.yaml b.yaml --base main",
            "diff --base",
            "diff --base=",
            "diff --base main --include x",
            "diff --base main --overlay x",
            "diff --base main --strip-prefix x",
            "diff a.yaml b.yaml --format html",
            "corpus --jobs 0",
            "corpus --no-check --clippy",
            "corpus --no-check --doc",
            "corpus --format html",
            "corpus a b",
            "ci --skip nothing",
            "ci --recorded --skip fmt",
            "bench",
            "bench client --rounds 0",
            "bench client --size 0",
            "bench client --only sleep",
        ] {
            assert_eq!(parse(arguments).unwrap_err().exit_code(), 2, "{arguments}");
        }
        assert!(parse("codegen --check").is_ok());
        assert!(parse("diff a.yaml b.yaml --include x --overlay y --strip-prefix z --format json").is_ok());
        assert!(parse("diff --base HEAD~1 --format markdown --verbose").is_ok());
        assert!(parse("sync --check --from a.md b.md --from c.json").is_ok());
        assert!(parse("ci --skip test --skip fmt").is_ok());
    }
}
