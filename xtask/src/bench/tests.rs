use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

use super::figures::{Results, Sample, median};
use super::subject::{Job, Subject, Task};
use super::*;
use crate::cli::{Bench, Cli, Command};

fn args(options: &str) -> BenchClientArgs {
    let line = format!("xtask bench client {options}");
    match Cli::try_parse_from(line.split_whitespace()).unwrap().command {
        Command::Bench(Bench::Client(args)) => args,
        other => panic!("{other:?}"),
    }
}

fn sample(wall: u64) -> Sample {
    Sample { wall, cpu: wall / 2, peak: 10 * 1024 }
}

fn results(runs: &[(Task, Subject, &[u64])]) -> Results {
    let mut results = Results::default();
    for (task, subject, walls) in runs {
        walls.iter().for_each(|wall| results.add(*task, *subject, sample(*wall)));
    }
    results
}

#[test]
fn a_median_stands_in_the_middle() {
    assert_eq!(median([]), None);
    assert_eq!(median([7.0]), Some(7.0));
    assert_eq!(median([9.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median([9.0, 1.0, 2.0, 4.0]), Some(3.0));
}

#[test]
fn runs_of_one_round_are_compared() {
    // The third round is slow for both: what counts is that they are equal in it.
    let results = results(&[
        (Task::Upload, Subject::Ours, &[110, 120, 900]),
        (Task::Upload, Subject::Curl, &[100, 100, 900]),
        (Task::Upload, Subject::Reqwest, &[100]),
    ]);
    let ratio = |to| results.ratio((Task::Upload, Subject::Ours), (Task::Upload, to));
    assert_eq!(ratio(Subject::Curl), Some(1.1));
    assert_eq!(ratio(Subject::Reqwest), Some(1.1));
    assert_eq!(ratio(Subject::Octocrab), None);
}

#[test]
fn the_stopwatch_is_understood() {
    let sample: Sample = serde_json::from_str(r#"{"wall":1500000,"cpu":250000,"peak":2048}"#).unwrap();
    assert_eq!((sample.wall_seconds(), sample.cpu_seconds(), sample.peak_mib()), (1.5, 0.25, 2.0));
    assert!(serde_json::from_str::<Sample>("{}").is_err());
}

#[test]
fn the_page_has_a_line_for_each_who_took_part() {
    let results = results(&[
        (Task::Download, Subject::Reqwest, &[1_000_000, 1_000_000]),
        (Task::DownloadVerified, Subject::Ours, &[1_500_000, 2_500_000]),
        (Task::DownloadVerified, Subject::Reqwest, &[2_000_000, 2_000_000]),
        (Task::Gets, Subject::Curl, &[500_000]),
    ]);
    let options = "--size 2097152 --count 10 --rounds 2 --only download-verified --only gets --only lists";
    let page = report::page(&results, &args(options), &["2 cores".to_owned()]);
    let expected = "\
# Benchmarks

Written by `cargo xtask bench client --rounds 2 --size 2097152 --count 10 --only download-verified --only gets --only lists`: 2 rounds counted after one to warm up.

- 2 cores

## Download of 2 MiB, digest compared

| client                | seconds | fastest–slowest | MiB/s | CPU seconds | peak MiB | × reqwest | × reqwest, nothing compared |
|-----------------------|--------:|----------------:|------:|------------:|---------:|----------:|----------------------------:|
| github-release-assets |   2.000 |     1.500–2.500 |     1 |       1.000 |     10.0 |      1.00 |                        2.00 |
| reqwest               |   2.000 |     2.000–2.000 |     1 |       1.000 |     10.0 |      1.00 |                        2.00 |

## 10 gets of one asset

| client | seconds | fastest–slowest | requests/s | CPU seconds | peak MiB | × curl |
|--------|--------:|----------------:|-----------:|------------:|---------:|-------:|
| curl   |   0.500 |     0.500–0.500 |         20 |       0.250 |     10.0 |   1.00 |

## 10 pages of 30 assets

Nobody took part.

## What is compared
";
    assert!(page.starts_with(expected), "{page}");
}

#[test]
fn sizes_are_told_in_units() {
    let heading = |size: u64| {
        let page = report::page(&Results::default(), &args(&format!("--size {size} --only upload")), &[]);
        page.lines().find_map(|line| line.strip_prefix("## Upload of ")).unwrap().to_owned()
    };
    let told = [1 << 30, 3 << 20, 1536, 1537, 1].map(heading);
    assert_eq!(told, ["1 GiB", "3 MiB", "1536 bytes", "1537 bytes", "1 bytes"]);
}

#[test]
fn programs_are_found_in_what_cargo_says() {
    let line = |name: &str, path: &str| {
        format!(r#"{{"reason":"compiler-artifact","target":{{"name":"{name}"}},"executable":{path}}}"#)
    };
    let lines = [
        line("serde", "null"),
        line("server", r#""/t/server""#),
        line("subject", r#""/t/subject""#),
        "no JSON".to_owned(),
        r#"{"reason":"build-finished","success":true}"#.to_owned(),
    ];
    let error = Programs::find(&lines.join("\n")).unwrap_err();
    assert_eq!(error.to_string(), "cargo has built no program `measure`");
    let lines = [lines.join("\n"), line("measure", r#""/t/measure""#)];
    let programs = Programs::find(&lines.join("\n")).unwrap();
    assert_eq!(programs.subject, PathBuf::from("/t/subject"));
    assert_eq!(programs.measure, PathBuf::from("/t/measure"));
}

#[test]
fn the_machine_is_read_from_what_the_kernel_says() {
    let cpuinfo = "processor\t: 0\nmodel name\t: Xeon: fast\n\nprocessor\t: 1\nmodel name\t: Other\n";
    assert_eq!(machine::field(cpuinfo, "model name").as_deref(), Some("Xeon: fast"));
    assert_eq!(machine::field(cpuinfo, "name"), None);

    let mounts =
        "/dev/a / ext4 rw 0 0\nnone /tmp overlay rw 0 0\ntmpfs /tmp tmpfs rw 0 0\nx /tm xfs rw 0 0\n";
    assert_eq!(machine::file_system(mounts, Path::new("/tmp/a")).as_deref(), Some("tmpfs"));
    assert_eq!(machine::file_system(mounts, Path::new("/tmpx")).as_deref(), Some("ext4"));

    let lock = "version = 4\n[[package]]\nname = \"tokio\"\nversion = \"1.2.3\"\n\
                [[package]]\nname = \"reqwest\"\nversion = \"0.13.5\"\ndependencies = [\"tokio\"]\n";
    assert_eq!(machine::versions(lock).unwrap(), ["reqwest 0.13.5", "tokio 1.2.3"]);
    assert!(machine::versions("package").is_err());
}

#[test]
fn a_download_that_is_not_the_file_is_no_download() {
    let folder = tempfile::tempdir().unwrap();
    let (source, output) = (folder.path().join("source"), folder.path().join("output"));
    fs::write(&source, "0123456789").unwrap();
    let job = Job {
        api: String::new(),
        source,
        sha256: String::new(),
        output: output.clone(),
        count: 1,
        hasher: "true",
    };
    let outcome = |content: &str, is_thorough| {
        fs::write(&output, content).unwrap();
        check(Task::Download, &job, is_thorough).map_err(|error| error.to_string())
    };
    assert_eq!(outcome("0123456789", true), Ok(()));
    assert!(!output.exists(), "it takes no room afterwards");
    assert_eq!(outcome("012345678", false), Err("the file has 9 bytes, not 10".to_owned()));
    assert_eq!(outcome("0123456780", true), Err("the file has other bytes".to_owned()));
    // Reading all of it again each time would disturb the next one.
    assert_eq!(outcome("0123456780", false), Ok(()));
    assert!(check(Task::Download, &job, false).is_err(), "there is none");
    assert_eq!(check(Task::Upload, &job, true).map_err(|error| error.to_string()), Ok(()));
}
