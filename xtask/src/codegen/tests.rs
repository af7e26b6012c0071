use std::fs;

use clap::Parser;
use generator::pointer::Pointer;
use generator::{Diagnostic, File, Location};

use super::*;
use crate::cli::{Cli, Command};

/// A workspace with a client and a runtime, and the folder in which it and others can be made.
struct World(tempfile::TempDir);

/// What a run left: how it ended, and what it wrote to both outputs.
type Ran = (Status, String, String);

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        world.write("Cargo.toml", "[workspace]\n[workspace.package]\nversion = \"1.0.0\"\n");
        world.write(
            "generator/runtime/Cargo.toml",
            "[package]\nname = \"client-runtime\"\nversion.workspace = true\n",
        );
        world.write("generator/runtime/src/lib.rs", "//! The runtime.\n");
        world.write("client/Cargo.toml", "[package]\nname = \"client\"\n");
        world.write("spec/api.yaml", "one two\n");
        world.write("spec/codegen.toml", "spec = \"api.yaml\"\noutput = \"../client\"\ncrate = \"client\"\n");
        world
    }

    fn path(&self, path: &str) -> String {
        self.0.path().join(path).to_str().unwrap().to_owned()
    }

    fn write(&self, path: &str, contents: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    fn files(&self, folder: &str) -> Vec<String> {
        crate::tree::files(&self.0.path().join(folder)).unwrap()
    }

    fn try_run(&self, arguments: &[&str]) -> anyhow::Result<Ran> {
        let cli = Cli::try_parse_from(["cargo xtask", "codegen"].iter().chain(arguments)).unwrap();
        let Command::Codegen(args) = cli.command else { panic!("another command") };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console { out: &mut out, err: &mut err, color: false };
        let status = run_with(fake, self.0.path(), &args, &mut console)?;
        Ok((status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap()))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.try_run(arguments).unwrap()
    }

    /// The arguments for a crate of its own in `folder`.
    fn ad_hoc<'a>(&self, spec: &'a str, out: &'a str) -> [&'a str; 6] {
        ["--spec", spec, "--out", out, "--name", "pets"]
    }
}

fn fine(out: &str) -> Ran {
    (Status::Fine, out.to_owned(), String::new())
}

/// A generator that makes a file of each word of its description; `bad` is an error and `odd` a warning.
fn fake(input: &Input) -> Output {
    let mut output = Output { title: "Pets".to_owned(), ..Output::default() };
    for word in input.spec.text.split_whitespace() {
        let offset = input.spec.text.find(word).unwrap();
        let location = Location {
            source: input.spec.name.clone(),
            line: 1,
            column: offset + 1,
            offset,
            length: word.len(),
        };
        match word {
            "bad" => output.diagnostics.push(Diagnostic::error(&Pointer::root(), "bad", "no").at(location)),
            "odd" => output.diagnostics.push(Diagnostic::warning(&Pointer::root(), "odd", "hm").at(location)),
            name => output.files.push(File {
                path: format!("{name}.rs"),
                contents: format!("// @generated\n// {name} of {}\n", input.options.crate_name),
            }),
        }
    }
    output
}

#[test]
fn the_workspaces_client_is_written_checked_and_left_alone() {
    let world = World::new();
    let created = "created client/src/generated/one.rs\ncreated client/src/generated/two.rs\n";
    assert_eq!(world.run(&[]), fine(&format!("{created}client/src/generated: 2 created\n")));
    assert_eq!(world.read("client/src/generated/one.rs"), "// @generated\n// one of client\n");

    let up_to_date = fine("client/src/generated: 2 files up to date\n");
    assert_eq!(world.run(&[]), up_to_date);
    assert_eq!(world.run(&["--check"]), up_to_date);
    assert_eq!(world.run(&["--dry-run"]), up_to_date);
    assert_eq!(world.files("client"), ["Cargo.toml", "src/generated/one.rs", "src/generated/two.rs"]);
}

#[test]
fn a_check_shows_everything_that_differs_and_writes_nothing() {
    let world = World::new();
    world.run(&[]);
    world.write("spec/api.yaml", "one three four\n");
    world.write("client/src/generated/one.rs", "// @generated\n// edited\n");
    let (status, out, err) = world.run(&["--check"]);
    assert_eq!((status, err.as_str()), (Status::Differs, ""));
    assert_eq!(
        out,
        "\
missing client/src/generated/four.rs
--- /dev/null
+++ b/client/src/generated/four.rs
@@ -0,0 +1,2 @@
+// @generated
+// four of client

stale client/src/generated/one.rs
--- a/client/src/generated/one.rs
+++ b/client/src/generated/one.rs
@@ -1,2 +1,2 @@
 // @generated
-// edited
+// one of client

missing client/src/generated/three.rs
--- /dev/null
+++ b/client/src/generated/three.rs
@@ -0,0 +1,2 @@
+// @generated
+// three of client

orphaned client/src/generated/two.rs
--- a/client/src/generated/two.rs
+++ /dev/null
@@ -1,2 +0,0 @@
-// @generated
-// two of client

client/src/generated: 2 missing, 1 stale, 1 orphaned

to bring it up to date: cargo xtask codegen
"
    );
    let dry = "\
would create client/src/generated/four.rs
would update client/src/generated/one.rs
would create client/src/generated/three.rs
would remove client/src/generated/two.rs
client/src/generated: 2 to create, 1 to update, 1 to remove
";
    assert_eq!(world.run(&["--dry-run"]), fine(dry));
    assert_eq!(world.files("client/src/generated"), ["one.rs", "two.rs"]);
    assert_eq!(world.read("client/src/generated/one.rs"), "// @generated\n// edited\n");
}

#[test]
fn errors_are_shown_and_nothing_is_written() {
    let world = World::new();
    world.run(&[]);
    world.write("spec/api.yaml", "three bad odd\n");
    let (status, out, err) = world.run(&[]);
    assert_eq!((status, out.as_str()), (Status::Bad, ""));
    assert!(
        err.starts_with("error[bad]: no\n --> spec/api.yaml:1:7\n") && err.ends_with("1 error, 1 warning\n"),
        "{err}"
    );
    assert_eq!(world.files("client/src/generated"), ["one.rs", "two.rs"]);

    world.write("spec/codegen.toml", "specs = \"api.yaml\"\n");
    let (status, out, err) = world.run(&[]);
    assert_eq!((status, out.as_str()), (Status::Bad, ""));
    assert!(err.starts_with("error[invalid-config]: unknown field `specs`"), "{err}");
    assert!(err.contains(" --> spec/codegen.toml:1:1\n"), "{err}");
}

#[test]
fn warnings_do_not_stop_a_run() {
    let world = World::new();
    world.write("spec/api.yaml", "one odd\n");
    let (status, out, err) = world.run(&[]);
    assert_eq!((status, out.lines().count()), (Status::Fine, 2));
    assert!(err.starts_with("warning[odd]: hm\n") && err.ends_with("\n1 warning\n"), "{err}");
}

#[test]
fn what_stands_in_the_way_is_named() {
    let world = World::new();
    world.write("client/src/generated/mine.rs", "fn main() {}\n");
    let message = "error: client/src/generated/mine.rs does not carry `@generated` in its first lines, \
                   so it may be hand-written: move it out of the way\n";
    let stopped = (Status::Bad, String::new(), format!("{message}nothing was written\n"));
    assert_eq!(world.run(&[]), stopped);
    assert_eq!(world.run(&["--dry-run"]), stopped);
    let (status, out, err) = world.run(&["--check"]);
    assert_eq!((status, err.as_str()), (Status::Differs, message));
    assert!(out.contains("client/src/generated: 2 missing, 1 in the way\n"), "{out}");
    assert_eq!(world.files("client/src"), ["generated/mine.rs"]);
}

#[test]
fn any_description_becomes_a_crate_of_its_own() {
    let world = World::new();
    let (spec, out) = (world.path("spec/api.yaml"), world.path("pets"));
    let arguments = world.ad_hoc(&spec, &out);
    let (status, check, _) = world.run(&[arguments.as_slice(), &["--check"]].concat());
    assert_eq!(status, Status::Differs);
    assert!(
        check.ends_with(&format!("cargo xtask codegen --spec {spec} --out {out} --name pets\n")),
        "{check}"
    );
    assert!(!Path::new(&out).exists());

    assert_eq!(world.run(&arguments).0, Status::Fine);
    let files = [
        "Cargo.toml",
        "client-runtime/Cargo.toml",
        "client-runtime/rustfmt.toml",
        "client-runtime/src/lib.rs",
        "src/generated/one.rs",
        "src/generated/two.rs",
        "src/lib.rs",
    ];
    assert_eq!(world.files("pets"), files);
    assert!(world.read("pets/Cargo.toml").contains("A client for Pets."));

    // What belongs to the user stays; what belongs to the generator comes back.
    world.write("pets/src/lib.rs", "// mine\n");
    world.write("pets/client-runtime/src/lib.rs", "// @generated, then edited\n");
    let (status, out, _) = world.run(&arguments);
    assert_eq!(status, Status::Fine);
    assert!(out.contains("/pets/client-runtime/src/lib.rs\n") && !out.contains("pets/src/lib.rs"), "{out}");
    assert_eq!(world.read("pets/src/lib.rs"), "// mine\n");
    assert!(world.read("pets/client-runtime/src/lib.rs").ends_with("//! The runtime.\n"));
}

#[test]
fn the_runtime_can_stay_where_it_is() {
    let world = World::new();
    let (spec, out) = (world.path("spec/api.yaml"), world.path("pets"));
    let runtime = world.path("generator/runtime");
    let arguments = [world.ad_hoc(&spec, &out).as_slice(), &["--runtime", &runtime]].concat();
    assert_eq!(world.run(&arguments).0, Status::Fine);
    assert!(!world.0.path().join("pets/client-runtime").exists());
    assert!(world.read("pets/Cargo.toml").contains(&runtime));
}

#[test]
fn bad_input_is_said_clearly() {
    let world = World::new();
    let (spec, out) = (world.path("spec/api.yaml"), world.path("pets"));
    let error = |arguments: &[&str]| format!("{:#}", world.try_run(arguments).unwrap_err());

    let missing = world.path("missing.yaml");
    assert!(error(&world.ad_hoc(&missing, &out)).starts_with(&format!("cannot read {missing}: ")));
    assert!(
        error(&[world.ad_hoc(&spec, &out).as_slice(), &["--overlay", &missing]].concat())
            .contains("cannot read")
    );
    assert!(
        error(&[world.ad_hoc(&spec, &out).as_slice(), &["--runtime", &out]].concat()).contains("no crate")
    );

    let client = world.path("client");
    assert!(error(&world.ad_hoc(&spec, &client)).ends_with("is the crate `client`, not `pets`"));
    let root = world.path("");
    assert!(error(&world.ad_hoc(&spec, &root)).ends_with("it names no package"));
    world.write("spec/empty.yaml", "");
    let empty = world.path("spec/empty.yaml");
    assert_eq!(error(&world.ad_hoc(&empty, &out)), "the generator gave no files");
    assert!(!Path::new(&out).exists());

    world.write("spec/codegen.toml", "spec = \"api.yaml\"\noutput = \"../elsewhere\"\ncrate = \"client\"\n");
    assert_eq!(error(&[]), "there is no crate in elsewhere");
}

#[test]
fn machines_read_one_document() {
    let world = World::new();
    world.write("spec/api.yaml", "one odd\n");
    let document = |arguments: &[&str]| {
        let (status, out, err) = world.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(err, "");
        (status, serde_json::from_str::<serde_json::Value>(&out).unwrap())
    };
    let (status, checked) = document(&["--check"]);
    assert_eq!((status, &checked["written"]), (Status::Differs, &false.into()));
    assert_eq!(checked["diagnostics"][0]["code"], "odd");
    assert_eq!(checked["changes"][0]["path"], "client/src/generated/one.rs");
    assert_eq!(checked["changes"][0]["action"], "create");
    assert!(checked["changes"][0]["diff"].as_str().unwrap().starts_with("--- /dev/null\n"));

    let (status, written) = document(&[]);
    assert_eq!((status, &written["written"]), (Status::Fine, &true.into()));
    world.write("spec/api.yaml", "bad\n");
    let (status, failed) = document(&[]);
    assert_eq!((status, &failed["diagnostics"][0]["severity"]), (Status::Bad, &"error".into()));
}
