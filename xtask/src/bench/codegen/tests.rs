use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Parser;
use tempfile::TempDir;

use super::*;
use crate::cli::{self, Cli};

/// A place with generators that are small scripts.
struct Stage(TempDir);

impl Stage {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a script there. Another process does, since a file that is open for writing anywhere cannot be run.
    fn script(&self, name: &str, lines: &str) -> PathBuf {
        let [draft, script] = [format!("{name}.draft"), name.to_owned()].map(|name| self.0.path().join(name));
        fs::write(&draft, format!("#!/bin/sh\nset -e\n{lines}\n")).unwrap();
        let installed = Command::new("install").args(["-m", "755"]).args([&draft, &script]).status().unwrap();
        assert!(installed.success());
        script
    }

    /// Runs the command with a script in the place of ours, and gives how it ended and what it printed.
    fn bench(&self, ours: &str, options: &str) -> (Status, String) {
        let program = self.script("ours", &format!("spec=$4 out=$6\n{ours}"));
        let line =
            format!("xtask bench codegen {}", options.replace("DIR", &self.0.path().to_string_lossy()));
        let cli = Cli::try_parse_from(line.split_whitespace()).unwrap();
        let cli::Command::Bench(cli::Bench::Codegen(args)) = cli.command else { panic!("another command") };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console { out: &mut out, err: &mut err, color: false };
        let root = self.0.path();
        let status = run_with(Generator::ours(program, root), root, &args, &mut console).unwrap();
        (status, String::from_utf8(out).unwrap())
    }
}

/// The cells of the first row that starts with a text.
fn row(text: &str, start: &str) -> Vec<String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix('|'));
    let mut rows = rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    rows.find(|row| row[0] == start).unwrap_or_else(|| panic!("no `{start}` in {text}"))
}

/// Writes one file as large as the description, and one more.
const COPY: &str = "mkdir -p $out/src\ncp $spec $out/src/lib.rs\necho fn > $out/other";

#[test]
fn a_line_tells_of_each_size_and_the_page_keeps_the_rest() {
    let stage = Stage::new();
    let page = stage.0.path().join("BENCHMARKS.md");
    fs::write(&page, "# Benchmarks\n\nmine\n").unwrap();
    let (status, text) = stage.bench(COPY, "--operations 3 --operations 40 --rounds 2 --write");
    assert_eq!(status, Status::Fine);
    let titles = row(&text, "operations");
    let cell = |start: &str, title: &str| {
        row(&text, start)[titles.iter().position(|one| one == title).unwrap()].clone()
    };
    assert_eq!((cell("3", "files"), cell("3", "same bytes")), ("2".to_owned(), "yes".to_owned()));
    assert_eq!(cell("40", "MiB written"), cell("40", "description MiB"));
    assert!(cell("3", "ms per operation").parse::<f64>().unwrap() > 0.0, "{text}");
    assert_eq!(cell("3", "ms per operation more"), "");
    assert!(cell("40", "ms per operation more").parse::<f64>().is_ok(), "{text}");
    assert!(cell("40", "peak MiB").parse::<f64>().unwrap() > 0.5, "{text}");
    assert!(!text.contains("callgrind") && !text.contains("M instructions"));
    let written = fs::read_to_string(&page).unwrap();
    assert!(
        written.starts_with("# Benchmarks\n\nmine\n\n<!-- section codegen -->\n## Generating"),
        "{written}"
    );
    let command =
        "`cargo xtask bench codegen --operations 3 --operations 40 --rounds 2 --write`: 2 rounds counted";
    assert!(written.contains(command), "{written}");
    assert!(!written.contains(&*stage.0.path().to_string_lossy()), "{written}");
}

#[test]
fn peers_stand_beside_ours_and_failures_say_why() {
    let stage = Stage::new();
    let counter = "[ $1 != --version ] || { echo tool v1.2.3; exit; }\necho run >> $0.log\n";
    stage.script("oas3-gen", &format!("{counter}mkdir $7; cp $5 $7/a; echo $$ > $7/b"));
    let panic = "echo start\necho \"thread 'main' panicked at /some/where/x.rs:1:2:\" >&2\necho 'no such thing' >&2\nexit 101";
    stage.script("ploidy", &format!("{counter}{panic}"));
    stage.script("cargo-progenitor", &format!("{counter}sleep 60"));
    stage.script("openapi-generator-cli", "echo 7");
    let spec = stage.0.path().join("small.json");
    synthetic::write(&spec, 1).unwrap();
    let options = "--spec DIR/small.json --rounds 2 --timeout 1 --peers --peer-dir DIR";
    let (status, text) = stage.bench(COPY, options);
    assert_eq!(status, Status::Fine, "a peer that fails is no failure of ours");
    let ours = row(&text, "this generator");
    assert_eq!((ours[4].as_str(), ours[9].as_str()), ("1.00", "yes"));
    let other = row(&text, "oas3-gen");
    assert_eq!((other[1].as_str(), other[7].as_str(), other[9].as_str()), ("1.2.3", "2", "no"), "{text}");
    assert_eq!(row(&text, "ploidy")[2], "failed: thread 'main' panicked at x.rs:1:2: no such thing");
    assert_eq!(row(&text, "cargo-progenitor")[2], "failed: it took too long");
    assert_eq!(row(&text, "openapi-generator-cli")[1..3], ["7", "failed: it wrote nothing"]);
    assert!(text.contains("- `oas3-gen generate client-mod --workspace -i SPEC -o OUT`\n"), "{text}");
    assert!(text.contains("--spec small.json --rounds 2 --timeout 1 --peers --peer-dir DIR`"), "{text}");
    let runs = |name: &str| fs::read_to_string(stage.0.path().join(name)).unwrap().lines().count();
    assert_eq!((runs("oas3-gen.log"), runs("ploidy.log")), (3, 1), "what fails is not run again");
}

/// A crate with three tags; the largest has an error, and everything has a warning.
const CRATE_OF_TAGS: &str = r#"mkdir -p $out/src/generated
cat > $out/Cargo.toml <<END
[package]
name = "measured"
version = "0.1.0"
edition = "2024"
[features]
default = ["every-tag", "fast"]
every-tag = ["large", "small", "middle"]
large = []
middle = []
small = []
fast = []
[workspace]
END
echo 'mod generated;' > $out/src/lib.rs
cat > $out/src/generated/mod.rs <<END
#[cfg(not(feature = "fast"))]
compile_error!("a default is gone");
#[cfg(feature = "large")]
mod one { fn unused() -> u8 { "text" } }
#[cfg(any(feature = "large", feature = "middle"))]
mod two {}
#[cfg(any(feature = "large", feature = "middle", feature = "small"))]
mod three { fn unused() {} }
END"#;

#[test]
fn crates_are_compiled_as_a_whole_and_by_tags() {
    let stage = Stage::new();
    let (_, text) = stage.bench(CRATE_OF_TAGS, "--operations 1 --rounds 1 --check");
    let checks: Vec<Vec<String>> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| this generator |"))
        .map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    let tags: Vec<&str> = checks.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(tags, ["everything", "the tag `small`", "the tag `middle`", "the tag `large`"], "{text}");
    let found: Vec<[&str; 2]> = checks.iter().map(|row| [row[3].as_str(), row[4].as_str()]).collect();
    assert_eq!(found, [["1", "0"], ["0", "1"], ["0", "1"], ["1", "0"]], "{text}");
    assert_eq!(checks[1][5], "--no-default-features --features small,fast");
    assert!(checks.iter().all(|row| row[2].parse::<f64>().unwrap() > 1.0), "{text}");
}

#[test]
fn our_own_failure_is_one_of_the_command() {
    let stage = Stage::new();
    let (status, text) = stage.bench("echo 'error: no' >&2; exit 2", "--operations 1 --rounds 1");
    assert_eq!(status, Status::Differs);
    assert_eq!(row(&text, "1")[2], "failed: error: no");
}

#[test]
fn made_descriptions_have_as_many_operations_as_they_should_and_nothing_to_complain_of() {
    let stage = Stage::new();
    let path = stage.0.path().join("made.json");
    for count in [1, 2, 3, 4, 5, 6, 101] {
        synthetic::write(&path, count).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let input = generator_input(text);
        let output = ::generator::generate(&input);
        assert!(output.diagnostics.0.is_empty(), "{count}: {:?}", output.diagnostics);
        assert_eq!(output.operations.len(), count);
    }
}

fn generator_input(text: String) -> ::generator::Input {
    ::generator::Input {
        spec: ::generator::Source { name: "made.json".to_owned(), text },
        overlays: Vec::new(),
        files: Default::default(),
        options: Default::default(),
    }
}

#[test]
fn lines_of_others_are_cut_and_say_nothing_of_the_machine() {
    assert_eq!(report::reason("\u{1b}[31merror\u{1b}[0m: see  `/a/b/c.json`"), "error: see c.json`");
    assert_eq!(report::reason(&"x".repeat(200)).chars().count(), 120);
    assert_eq!(figures::collected("==7== Events    : Ir\n==7== Collected : 4157\n"), Some(4157));
    assert_eq!(figures::collected("valgrind: no"), None);
    assert!(!Path::new(&report::reason("/a/b")).is_absolute());
}
