//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::ci::Step;
use crate::scaffold::PackageName;

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
    /// Checks who may name whom, and that files and functions stay small.
    Tidy,
    /// Runs what a change has to pass.
    Ci(CiArgs),
}

/// The arguments of `codegen`.
#[derive(Debug, Args)]
pub struct CodegenArgs {
    /// The description to generate from, in YAML or JSON; without it, spec/codegen.toml says everything.
    #[arg(long, value_name = "FILE", requires_all = ["out", "name"], help_heading = AD_HOC)]
    pub spec: Option<PathBuf>,
    /// An overlay to apply to the description; may be repeated.
    #[arg(long, value_name = "FILE", requires = "spec", help_heading = AD_HOC)]
    pub overlay: Vec<PathBuf>,
    /// A pattern (`*`, `?`) of the operation ids to keep; may be repeated; all without it.
    #[arg(long, value_name = "PATTERN", requires = "spec", help_heading = AD_HOC)]
    pub include: Vec<String>,
    /// A prefix of operation ids that method names leave out.
    #[arg(long, value_name = "PREFIX", requires = "spec", help_heading = AD_HOC)]
    pub strip_prefix: Option<String>,
    /// Numbers names that collide, in the order of the description, instead of refusing them.
    #[arg(long, requires = "spec", help_heading = AD_HOC)]
    pub number_collisions: bool,
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
    /// Shows all warnings, not only the first few of each kind.
    #[arg(long)]
    pub verbose: bool,
}

const AD_HOC: &str = "Any description";

/// How to report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: diagnostics on standard error, files on standard output.
    #[default]
    Text,
    /// One JSON document on standard output.
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

impl CodegenArgs {
    /// The command that writes what these arguments name.
    pub fn writing_command(&self) -> String {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let mut options: Vec<(&str, String)> = Vec::new();
        options.extend(self.spec.iter().map(|spec| ("--spec", path(spec))));
        options.extend(self.overlay.iter().map(|overlay| ("--overlay", path(overlay))));
        options.extend(self.include.iter().map(|pattern| ("--include", pattern.clone())));
        options.extend(self.strip_prefix.iter().map(|prefix| ("--strip-prefix", prefix.clone())));
        options.extend(self.out.iter().map(|out| ("--out", path(out))));
        options.extend(self.name.iter().map(|name| ("--name", name.to_string())));
        options.extend(self.runtime.iter().map(|runtime| ("--runtime", path(runtime))));
        let mut command = "cargo xtask codegen".to_owned();
        for (name, value) in options {
            command = format!("{command} {name} {}", quoted(&value));
        }
        if self.number_collisions { format!("{command} --number-collisions") } else { command }
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
            "ci --skip nothing",
            "ci --recorded --skip fmt",
        ] {
            assert_eq!(parse(arguments).unwrap_err().exit_code(), 2, "{arguments}");
        }
        assert!(parse("codegen --check").is_ok());
        assert!(parse("ci --skip test --skip fmt").is_ok());
    }
}
