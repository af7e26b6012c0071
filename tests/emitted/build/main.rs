//! Emits a client for each description in `descriptions`, and a table of the examples that these give.
//!
//! `EMITTED_DESCRIPTIONS=FOLDER` takes the descriptions of another folder in place of these.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]

mod examples;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Input, Options, Output, Source, generate, parse};
use xtask::beside::Folder;

use examples::Example;

/// A variable that names the folder of the descriptions.
const FOLDER: &str = "EMITTED_DESCRIPTIONS";

fn main() {
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder"));
    let own = home.join("descriptions");
    let other = env::var_os(FOLDER).map(PathBuf::from);
    println!("cargo::rustc-check-cfg=cfg(own_descriptions)");
    if other.is_none() {
        println!("cargo::rustc-cfg=own_descriptions");
    }
    let folder = other.unwrap_or(own);
    println!("cargo::rerun-if-env-changed={FOLDER}");
    println!("cargo::rerun-if-changed={}", folder.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder for the output"));

    let mut modules = String::new();
    let mut table = String::new();
    for path in descriptions(&folder) {
        let module = module_name(&path);
        let input = input(&path);
        let output = generate(&input);
        assert!(
            !output.diagnostics.has_errors(),
            "{} is refused:\n{}",
            path.display(),
            xtask::render::render(&output.diagnostics, &input.sources(), false)
        );
        write_files(&out.join(&module), &output);
        modules.push_str(&format!(
            "/// The client of `{module}`.\n#[path = {:?}]\npub mod {module};\n",
            out.join(&module).join("mod.rs")
        ));
        let description = parse(&input.spec).expect("a text that the generator could read");
        for example in examples::collect(&description, &output.types) {
            table.push_str(&row(&module, &example));
        }
    }
    write(&out.join("clients.rs"), &modules);
    write(&out.join("examples.rs"), &format!("&[\n{table}]\n"));
}

/// The descriptions of a folder, sorted; folders in it hold their other files.
fn descriptions(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_text = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "json");
    let mut paths: Vec<PathBuf> = paths.filter(is_text).collect();
    paths.sort();
    paths
}

/// The module of a description: its file's name, in what a name can hold.
fn module_name(path: &Path) -> String {
    let stem = path.file_stem().expect("a name").to_string_lossy().to_lowercase();
    stem.replace(|char: char| !char.is_ascii_alphanumeric(), "_")
}

fn input(path: &Path) -> Input {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let spec = Source { name: path.to_string_lossy().into_owned(), text };
    let files = Folder::of(path, None).expect("the folder of the description").files(&spec, &[]);
    let options = Options {
        crate_name: "emitted".to_owned(),
        number_collisions: true,
        all_schemas: true,
        ..Options::default()
    };
    Input { spec, overlays: Vec::new(), files, options }
}

fn write_files(folder: &Path, output: &Output) {
    for file in &output.files {
        write(&folder.join(&file.path), &file.contents);
    }
}

/// Writes a file unless it is as it should be.
fn write(path: &Path, contents: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == contents) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
    fs::write(path, contents).expect("a writable file");
}

/// An example as an entry of the table that `src/lib.rs` includes.
fn row(module: &str, example: &Example) -> String {
    let Example { pointer, ty, value } = example;
    let ty = ty.in_module(module);
    let (place, text) = (format!("{module}#{pointer}"), value.to_string());
    format!("Example {{ place: {place:?}, text: {text:?}, again: again::<{ty}> }},\n")
}
