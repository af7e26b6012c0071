//! `cargo xtask corpus` as its user meets it: folders of descriptions, and a table of what became of them.

use std::fs;
use std::path::PathBuf;

use clap::Parser;
use generator::{Input, Output};
use serde_json::Value;
use xtask::cli::{Cli, Command};
use xtask::console::{Console, Status};

use super::{Ran, xtask};

/// A description with two operations.
const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get: {operationId: list, responses: {'204': {description: All.}}}
    post: {operationId: add, responses: {'204': {description: Added.}}}
";

/// A folder of descriptions, beside a folder for crates.
struct World(tempfile::TempDir);

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        let world = Self(tempfile::tempdir().expect("a temporary folder"));
        for (path, text) in files {
            let path = world.path("corpus").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, text).expect("a writable file");
        }
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn arguments(&self, more: &[&str]) -> Vec<String> {
        let [corpus, out] = ["corpus", "out"].map(|path| self.path(path).to_string_lossy().into_owned());
        let own = ["corpus".to_owned(), corpus, "--out".to_owned(), out];
        own.into_iter().chain(more.iter().map(|more| (*more).to_owned())).collect()
    }

    /// Runs the command without compiling.
    fn corpus(&self, more: &[&str]) -> Ran {
        let arguments = self.arguments(&[&["--no-check"], more].concat());
        xtask(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The status, and the documents as a machine reads them.
    fn documents(&self) -> (Status, Vec<Value>) {
        read(&self.corpus(&["--format", "json"]))
    }

    /// Runs the command with another generator, and gives the faults of the only document.
    fn faults_with(&self, more: &[&str], generate: impl Fn(&Input) -> Output + Sync) -> Vec<String> {
        let arguments = self.arguments(&[&["--format", "json"], more].concat());
        let cli = Cli::parse_from(std::iter::once("cargo xtask".to_owned()).chain(arguments));
        let Command::Corpus(args) = cli.command else { panic!("another command") };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console { out: &mut out, err: &mut err, color: false };
        let status = xtask::corpus::run_with(&generate, &xtask::workspace_root(), &args, &mut console);
        let status = status.expect("a run to its end");
        let ran = Ran { status, out: String::from_utf8(out).expect("text"), err: String::new() };
        let (status, documents) = read(&ran);
        assert_eq!((status, documents.len()), (Status::Differs, 1), "{}", ran.out);
        let faults = documents[0]["faults"].as_array().expect("faults").iter();
        faults.map(|fault| fault.as_str().expect("a text").to_owned()).collect()
    }
}

fn read(ran: &Ran) -> (Status, Vec<Value>) {
    let summary: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    (ran.status, summary["documents"].as_array().expect("documents").clone())
}

/// The texts and numbers of one field of each document.
fn field<'a>(documents: &'a [Value], field: &str) -> Vec<&'a Value> {
    documents.iter().map(|document| &document[field]).collect()
}

#[test]
fn each_description_has_a_row_and_each_part_none() {
    let world = World::new(&[
        ("a.yaml", PETS),
        ("b.json", r##"{"openapi": "3.1.0", "info": {"title": "B", "version": "1"}, "paths": {}}"##),
        ("many/spec/root.yaml", &PETS.replace("/pets:", "/more: {$ref: '../parts.yaml#/item'}\n  /pets:")),
        ("many/parts.yaml", "item: {get: {operationId: more, responses: {'204': {description: Yes.}}}}"),
        ("notes.md", "openapi: 3.0.3"),
    ]);
    let (status, documents) = world.documents();
    assert_eq!(status, Status::Fine, "{documents:#?}");
    assert_eq!(field(&documents, "document"), ["a.yaml", "b.json", "many/spec/root.yaml"]);
    assert_eq!(field(&documents, "operations"), [2, 0, 3]);
    assert_eq!(field(&documents, "emitted"), [2, 0, 3]);
    assert!(world.path("out/of-a-yaml/src/generated/operations/list.rs").exists());
    let only = read(&world.corpus(&["--format", "json", "--only", ".yaml", "--skip", "many"])).1;
    assert_eq!(field(&only, "document"), ["a.yaml"]);
}

#[test]
fn the_table_is_for_people_and_pages() {
    let world = World::new(&[("a.yaml", PETS)]);
    let text = world.corpus(&[]);
    assert!(text.out.starts_with("document  operations  emitted  refused"), "{}", text.out);
    assert!(text.out.contains("\n1 of 1 documents are green: 2 operations, of which 2 are emitted"));
    let page = world.path("PAGE.md");
    fs::write(&page, "# Numbers\n\n<!-- section corpus -->\nold\n<!-- end of corpus -->\n\nkept\n").unwrap();
    let ran = world.corpus(&["--format", "markdown", "--write", page.to_str().expect("a text")]);
    assert!(ran.out.starts_with("| document | operations |"), "{}", ran.out);
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.starts_with("# Numbers\n\n<!-- section corpus -->\n## A corpus"), "{page}");
    assert!(page.contains("| a.yaml ") && page.ends_with("<!-- end of corpus -->\n\nkept\n"), "{page}");
    assert!(!page.contains("old\n"), "{page}");
}

#[test]
fn invalid_descriptions_get_what_their_first_line_says() {
    let wrong = "openapi: 3.0.3\ninfo: {title: W, version: '1'}\npaths: {/a: {get: {responses: {x: {description: X.}}}}}\n";
    for (text, is_green) in [
        (format!("# an error\n{wrong}"), true),
        (format!("# an error or a warning\n{wrong}"), true),
        (format!("# accepted\n{wrong}"), false),
        (format!("# expected: a warning\n{wrong}"), false),
        (wrong.to_owned(), true),
        (format!("# expected: an error, not a hang\n{PETS}"), false),
        (format!("# an error or a type\n{PETS}"), true),
        (format!("# accepted with warnings\n{PETS}"), false),
        (format!("# accepted\n{PETS}"), true),
        (PETS.to_owned(), false),
        ("# an error: it is cut off\nopenapi: 3.0.3\ninfo: {".to_owned(), true),
        ("# an error: there is no version\npaths: {}".to_owned(), true),
    ] {
        let world = World::new(&[("x/invalid/a.yaml", &text)]);
        let (status, documents) = world.documents();
        assert_eq!(documents.len(), 1, "{text}");
        assert_eq!(status == Status::Fine, is_green, "{text}\n{documents:#?}");
    }
    let world = World::new(&[("a.yaml", wrong)]);
    let (status, documents) = world.documents();
    assert_eq!((status, &documents[0]["reasons"]["bad-status"]), (Status::Differs, &Value::from(1)));
}

#[test]
fn names_are_numbered_only_where_they_collide() {
    let colliding = PETS.replace("operationId: add", "operationId: List");
    let world = World::new(&[("a.yaml", PETS), ("b.yaml", &colliding)]);
    let (status, documents) = world.documents();
    assert_eq!(status, Status::Fine, "{documents:#?}");
    assert_eq!(field(&documents, "numbered"), [false, true]);
    assert!(world.corpus(&[]).out.contains("green, names numbered"));
}

#[test]
fn an_operation_that_goes_without_a_word_is_a_fault() {
    let world = World::new(&[("a.yaml", PETS)]);
    let faults = world.faults_with(&["--no-check"], |input| {
        let mut output = generator::generate(input);
        output.operations.retain(|one| one.http_method == "GET");
        output
    });
    assert_eq!(faults, ["POST /pets is gone without a word"]);
    let faults = world.faults_with(&["--no-check"], |input| {
        let mut output = generator::generate(input);
        let mut more = output.operations.first().expect("an operation").clone();
        more.path = "/made-up".to_owned();
        output.operations.insert(more);
        output
    });
    assert_eq!(faults, ["it has 2 operations, of which 3 have methods"]);
    let faults = world.faults_with(&["--no-check"], |_| panic!("on purpose"));
    assert_eq!(faults[0], "the generator panics");
}

#[test]
fn an_operation_of_an_unknown_method_is_refused_with_a_reason() {
    let world = World::new(&[("a.yaml", &PETS.replace("post:", "fetch:"))]);
    let (status, documents) = world.documents();
    assert_eq!(status, Status::Fine, "{documents:#?}");
    assert_eq!((&documents[0]["emitted"], &documents[0]["refused"]), (&1.into(), &1.into()));
    assert_eq!(documents[0]["reasons"]["unknown-method"], 1);
}

#[test]
fn crates_are_compiled_and_what_the_compiler_says_is_a_fault() {
    let world = World::new(&[("a.yaml", PETS)]);
    let arguments = world.arguments(&["--format", "json", "--clippy", "--doc"]);
    let (status, documents) = read(&xtask(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(status, Status::Fine, "{documents:#?}");
    assert!(documents[0]["check"]["peak_mib"].as_f64().expect("a number") > 1.0);
    assert!(world.path("out/of-a-yaml/client-runtime/Cargo.toml").exists(), "the runtime comes along");
    let faults = world.faults_with(&[], |input| {
        let mut output = generator::generate(input);
        let file = output.files.iter_mut().find(|file| file.path == "mod.rs").expect("a file");
        file.contents.push_str("fn unused() {}\n");
        output
    });
    assert_eq!(faults, ["rustc says 1 things, such as: warning: function `unused` is never used"]);
}

#[test]
fn a_file_that_is_no_text_has_a_row_and_a_fault() {
    let world = World::new(&[("a.yaml", PETS)]);
    fs::write(world.path("corpus/b.yaml"), b"openapi: \xff").expect("a writable file");
    let (status, documents) = world.documents();
    assert_eq!((status, documents.len()), (Status::Differs, 2));
    assert!(documents[1]["faults"][0].as_str().expect("a text").contains("is not UTF-8"), "{documents:#?}");
}

#[test]
fn a_folder_without_descriptions_is_bad_usage_and_a_strange_crate_is_left_alone() {
    let world = World::new(&[("part.yaml", "a: 1")]);
    assert_eq!(world.corpus(&[]).status, Status::Bad);
    assert_eq!(xtask(&["corpus", "no/such/folder"]).status, Status::Bad);
    let world = World::new(&[("a.yaml", PETS)]);
    fs::create_dir_all(world.path("out/of-a-yaml")).expect("a writable folder");
    fs::write(world.path("out/of-a-yaml/mine.txt"), "mine").expect("a writable file");
    let ran = world.corpus(&[]);
    assert_eq!(ran.status, Status::Bad);
    assert!(ran.err.contains("is in the way"), "{}", ran.err);
    assert!(world.path("out/of-a-yaml/mine.txt").exists());
}
