//! The arguments of `bench client` and `bench codegen`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::quoted;
use crate::bench::Task;

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Measures the client beside reqwest, octocrab and curl: time, processor time, memory.
    ///
    /// Each runs as a process of its own against a server on loopback, in turn, one round after another. The numbers
    /// mean something on a machine that does nothing else. The test files take twice their size in the temporary
    /// folder (TMPDIR). Needs Linux and curl.
    Client(BenchClientArgs),
    /// Measures the generator: time, memory, what it writes; beside other generators with --peers.
    ///
    /// Builds the generator as it is released, and runs it as a process of its own into a fresh folder each time.
    /// Without --spec, over descriptions of growing size that it makes itself. The numbers mean something on a machine
    /// that does nothing else. Needs Linux.
    Codegen(BenchCodegenArgs),
}

/// The arguments of `bench client`.
#[derive(Debug, Args)]
pub struct BenchClientArgs {
    /// How many rounds count; one more comes first, to warm up.
    #[arg(long, value_name = "N", default_value = "5", value_parser = super::positive)]
    pub rounds: usize,
    /// The size of the file that goes up and down.
    #[arg(long, value_name = "BYTES", default_value = "1073741824", value_parser = clap::value_parser!(u64).range(1..))]
    pub size: u64,
    /// How often a small request is repeated.
    #[arg(long, value_name = "N", default_value = "2000", value_parser = super::positive)]
    pub count: usize,
    /// Leaves out all other tasks; may be repeated.
    #[arg(long, value_name = "TASK", value_enum)]
    pub only: Vec<Task>,
    /// Writes what it prints to BENCHMARKS.md, too.
    #[arg(long)]
    pub write: bool,
}

impl BenchClientArgs {
    /// The tasks in their order.
    pub fn tasks(&self) -> impl Iterator<Item = Task> {
        let is_wanted = |task: &&Task| self.only.is_empty() || self.only.contains(task);
        Task::value_variants().iter().filter(is_wanted).copied()
    }

    /// The command that does the same again.
    pub fn command(&self) -> String {
        let mut command = format!(
            "cargo xtask bench client --rounds {} --size {} --count {}",
            self.rounds, self.size, self.count
        );
        for task in &self.only {
            command = format!("{command} --only {task}");
        }
        if self.write { format!("{command} --write") } else { command }
    }
}

const DEFAULT_TIMEOUT: usize = 900;

/// The arguments of `bench codegen`.
#[derive(Debug, Args)]
pub struct BenchCodegenArgs {
    /// The description to generate from, in YAML or JSON.
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// Without --spec, how many operations a description has; may be repeated.
    #[arg(long, value_name = "N", default_values = ["10", "100", "1000", "10000"], conflicts_with = "spec", value_parser = super::positive)]
    pub operations: Vec<usize>,
    /// How many rounds count; one more comes first, to warm up.
    #[arg(long, value_name = "N", default_value = "5", value_parser = super::positive)]
    pub rounds: usize,
    /// Measures the other generators that are installed, too.
    #[arg(long)]
    pub peers: bool,
    /// A folder to look for other generators in, before those in PATH; may be repeated.
    #[arg(long, value_name = "DIR", requires = "peers")]
    pub peer_dir: Vec<PathBuf>,
    /// Counts the instructions of our generator with valgrind, which takes a hundred times as long.
    #[arg(long)]
    pub instructions: bool,
    /// Lets `cargo check` look at what each generator writes; fetches what other generators' crates depend on.
    #[arg(long)]
    pub check: bool,
    /// How many seconds a program may take.
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TIMEOUT, value_parser = super::positive)]
    pub timeout: usize,
    /// Writes what it prints to BENCHMARKS.md, too.
    #[arg(long)]
    pub write: bool,
}

impl BenchCodegenArgs {
    /// The command that does the same again, without the folders of this machine.
    pub fn command(&self) -> String {
        let mut command = "cargo xtask bench codegen".to_owned();
        match &self.spec {
            Some(spec) => {
                let name = spec.file_name().unwrap_or(spec.as_os_str()).to_string_lossy();
                command = format!("{command} --spec {}", quoted(&name));
            }
            None => self.operations.iter().for_each(|count| command += &format!(" --operations {count}")),
        }
        command += &format!(" --rounds {}", self.rounds);
        if self.timeout != DEFAULT_TIMEOUT {
            command += &format!(" --timeout {}", self.timeout);
        }
        if self.peers {
            command += " --peers";
        }
        if !self.peer_dir.is_empty() {
            command += " --peer-dir DIR";
        }
        let flags = [(self.instructions, "--instructions"), (self.check, "--check"), (self.write, "--write")];
        for (_, flag) in flags.into_iter().filter(|(is_set, _)| *is_set) {
            command = format!("{command} {flag}");
        }
        command
    }
}
