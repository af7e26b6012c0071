//! `cargo xtask codegen` as its user meets it: crates from any description, in folders of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use generator::File;
use xtask::console::Status;

use super::{Ran, xtask};
use crate::snapshots::{cargo, target_folder};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get:
      operationId: pets/list
      responses:
        '200':
          description: All pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/pet'}}}}
    post: {operationId: pets/add, responses: {'204': {description: Added.}}}
  /zoos:
    get: {operationId: zoos/list, responses: {'204': {description: None.}}}
components:
  schemas:
    pet: {type: object, properties: {name: {type: string}}}
";

/// A folder with a description, and the crate that is made of it.
struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a temporary folder"));
        world.write("pets.yaml", SPEC);
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("a writable file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text")
    }

    /// Makes the crate `pets` of a description, with further arguments.
    fn codegen_of(&self, spec: &str, arguments: &[&str]) -> Ran {
        let (spec, out) = (self.path(spec), self.path("pets"));
        let paths = (spec.to_str().expect("a text"), out.to_str().expect("a text"));
        xtask(&[&["codegen", "--spec", paths.0, "--out", paths.1, "--name", "pets"], arguments].concat())
    }

    fn codegen(&self, arguments: &[&str]) -> Ran {
        self.codegen_of("pets.yaml", arguments)
    }

    /// The lines of the crate's public API.
    fn public_api(&self) -> Vec<String> {
        let sources = self.files().into_iter().filter_map(|(path, (contents, _))| {
            path.strip_prefix("src/").map(|path| File { path: path.to_owned(), contents })
        });
        let surface = generator::surface::surface(&sources.collect::<Vec<_>>()).expect("valid Rust");
        surface.lines().map(str::to_owned).collect()
    }

    /// The contents and the time of every file of the crate.
    fn files(&self) -> BTreeMap<String, (String, SystemTime)> {
        let crate_folder = self.path("pets");
        let paths = xtask::tree::files(&crate_folder).expect("a readable folder");
        let file = |path: String| {
            let full = crate_folder.join(&path);
            let modified = fs::metadata(&full).and_then(|metadata| metadata.modified());
            (path, (fs::read_to_string(&full).expect("a text"), modified.expect("a time")))
        };
        paths.into_iter().map(file).collect()
    }
}

#[test]
fn any_description_becomes_a_crate_that_builds_on_its_own() {
    let world = World::new();
    world.write(
        "more.yaml",
        "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n  - target: $.components.schemas.pet.properties\n    update: {age: {type: integer}}\n",
    );
    let overlay = world.path("more.yaml");
    let options =
        ["--overlay", overlay.to_str().expect("a text"), "--include", "pets/*", "--strip-prefix", "pets/"];
    let ran = world.codegen(&options);
    assert_eq!((ran.status, ran.err.as_str()), (Status::Fine, ""), "{}", ran.out);

    let files = world.files();
    let generated: Vec<&str> = files.keys().filter_map(|path| path.strip_prefix("src/generated/")).collect();
    let expected = [
        "client.rs",
        "mod.rs",
        "operations/add.rs",
        "operations/list.rs",
        "operations/mod.rs",
        "types/mod.rs",
        "types/pet.rs",
    ];
    assert_eq!(generated, expected, "what the pattern does not match is left out");
    assert!(files["src/generated/types/pet.rs"].0.contains("pub age: Option<i64>"), "the overlay is applied");
    assert!(files["Cargo.toml"].0.contains("A client for Pets."));

    fs::copy(xtask::workspace_root().join("Cargo.lock"), world.path("pets/Cargo.lock")).expect("a lock file");
    cargo(&world.path("pets"), &target_folder(), &["check"]);
}

#[test]
fn a_run_that_changes_nothing_says_so_and_writes_nothing() {
    let world = World::new();
    world.codegen(&[]);
    let before = world.files();
    for arguments in [&[][..], &["--check"], &["--dry-run"]] {
        let ran = world.codegen(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (Status::Fine, ""), "{arguments:?}");
        assert!(ran.out.contains("pets/src/generated: 8 files up to date\n"), "{}", ran.out);
        assert_eq!(world.files(), before, "{arguments:?}");
    }
}

#[test]
fn a_check_tells_of_every_stale_missing_and_orphaned_file() {
    let world = World::new();
    world.codegen(&[]);
    let pet = world.read("pets/src/generated/types/pet.rs");
    world.write("pets/src/generated/types/pet.rs", &pet.replace("pub name", "pub title"));
    fs::remove_file(world.path("pets/src/generated/client.rs")).expect("a file");
    world.write("pets/src/generated/types/gone.rs", "// @generated\npub struct Gone;\n");
    let before = world.files();

    let ran = world.codegen(&["--check"]);
    assert_eq!((ran.status, ran.err.as_str()), (Status::Differs, ""));
    for (word, path, line) in [
        ("stale", "types/pet.rs", "-    pub title: Option<String>,"),
        ("missing", "client.rs", "+pub struct Client {"),
        ("orphaned", "types/gone.rs", "-pub struct Gone;"),
    ] {
        let heading = format!("{word} {}", world.path("pets/src/generated").join(path).display());
        let (_, told) =
            ran.out.split_once(&format!("{heading}\n--- ")).unwrap_or_else(|| panic!("{}", ran.out));
        assert!(told.split("\n\n").any(|part| part.lines().any(|told| told == line)), "{line}: {}", ran.out);
        assert!(told.contains("\n@@ -"), "a unified diff: {}", ran.out);
    }
    assert!(ran.out.contains("1 missing, 1 stale, 1 orphaned, 6 unchanged"), "{}", ran.out);
    assert!(ran.out.contains("to bring it up to date: cargo xtask codegen --spec "), "{}", ran.out);
    assert_eq!(world.files(), before, "nothing is written");

    assert_eq!(world.codegen(&[]).status, Status::Fine);
    assert_eq!(world.read("pets/src/generated/types/pet.rs"), pet);
    assert!(!world.path("pets/src/generated/types/gone.rs").exists());
}

#[test]
fn a_broken_description_changes_nothing_on_disk() {
    let world = World::new();
    world.codegen(&[]);
    let before = world.files();
    for broken in [
        SPEC.replace("openapi: 3.0.3", "openapi: 3.0.3\nopenapi"),
        SPEC.replace("3.0.3", "3.2.0"),
        SPEC.replace("'#/components/schemas/pet'", "'#/components/schemas/dog'"),
        SPEC.replace("'204': {description: Added.}", "'2O4': {description: Added.}"),
    ] {
        assert_ne!(broken, SPEC);
        world.write("pets.yaml", &broken);
        let ran = world.codegen(&[]);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Bad, ""), "{broken}");
        let place = format!("--> {}:", world.path("pets.yaml").display());
        assert!(ran.err.starts_with("error[") && ran.err.contains(&place), "{}", ran.err);
        assert_eq!(world.files(), before, "{broken}");
    }
}

#[test]
fn names_that_collide_are_numbered_and_told() {
    let world = World::new();
    world.write("pets.yaml", &SPEC.replace("pets/add", "pets/list"));
    let ran = world.codegen(&[]);
    assert_eq!(ran.status, Status::Fine);
    assert!(ran.err.starts_with("warning[numbered-name]: the Rust name `pets_list` is taken"), "{}", ran.err);
    assert!(world.read("pets/src/generated/operations/pets_list_2.rs").contains("pub fn pets_list_2("));
    assert_eq!(world.codegen(&["--number-collisions"]).err, "");
}

#[test]
fn bad_usage_is_told_from_bad_news() {
    let world = World::new();
    for arguments in [
        &["--include", "dogs/*"][..],
        &["--overlay", "no/such/file.yaml"],
        &["--check", "--dry-run"],
        &["--no-such-option"],
    ] {
        let ran = world.codegen(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Bad, ""), "{arguments:?}");
        assert!(ran.err.starts_with("error"), "{}", ran.err);
    }
    assert!(!world.path("pets").exists());
    assert_eq!(xtask(&["no-such-command"]).status, Status::Bad);
    assert_eq!(xtask(&["codegen", "--spec", "a.yaml"]).status, Status::Bad);
}

#[test]
fn what_belongs_to_the_user_is_left_alone() {
    let world = World::new();
    world.codegen(&[]);
    let (manifest, lib) = (world.read("pets/Cargo.toml") + "# Mine.\n", "//! Mine.\nmod generated;\n");
    world.write("pets/Cargo.toml", &manifest);
    world.write("pets/src/lib.rs", lib);
    world.write("pets/src/mine.rs", "//! Mine.\n");
    world.write("pets.yaml", &SPEC.replace("name: {type: string}", "title: {type: string}"));

    assert_eq!(world.codegen(&[]).status, Status::Fine);
    assert!(world.read("pets/src/generated/types/pet.rs").contains("pub title: Option<String>"));
    assert_eq!(world.read("pets/Cargo.toml"), manifest);
    assert_eq!(world.read("pets/src/lib.rs"), lib);
    assert_eq!(world.read("pets/src/mine.rs"), "//! Mine.\n");
}

#[test]
fn generated_files_that_are_deleted_come_back_as_they_were() {
    let world = World::new();
    world.codegen(&[]);
    let contents = || world.files().into_iter().map(|(path, (text, _))| (path, text)).collect::<Vec<_>>();
    let before = contents();
    fs::remove_dir_all(world.path("pets/src/generated")).expect("a folder");
    assert_ne!(contents(), before);
    world.codegen(&[]);
    assert_eq!(contents(), before);
}

#[test]
fn one_new_field_changes_a_handful_of_lines() {
    let world = World::new();
    let root = xtask::workspace_root().join("spec");
    let spec = fs::read_to_string(root.join("release-assets.yaml")).expect("a description");
    let overlay = root.join("overlay.yaml");
    let options = ["--overlay", overlay.to_str().expect("a text"), "--number-collisions"];
    world.write("spec.yaml", &spec);
    assert_eq!(world.codegen_of("spec.yaml", &options).status, Status::Fine);

    let (before, after) = spec.split_once("    release-asset:\n").expect("the schema");
    let (head, properties) = after.split_once("      properties:\n").expect("its properties");
    let field = "        colour:\n          type: string\n          description: The colour of the asset.\n";
    let edited = format!("{before}    release-asset:\n{head}      properties:\n{field}{properties}");
    world.write("spec.yaml", &edited);
    let ran = world.codegen_of("spec.yaml", &[&options[..], &["--check"]].concat());
    assert_eq!(ran.status, Status::Differs, "{}", ran.err);
    let is_change =
        |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    let changed: Vec<&str> = ran.out.lines().filter(is_change).collect();
    assert!(changed.contains(&"+    pub colour: Option<String>,"), "{changed:#?}");
    assert!(changed.len() <= 4, "{changed:#?}");

    let before = world.public_api();
    assert_eq!(world.codegen_of("spec.yaml", &options).status, Status::Fine);
    let mut after = world.public_api();
    after.retain(|line| !before.contains(line));
    assert_eq!(after, ["pub generated::types::release_asset::ReleaseAsset::colour: Option<String>"]);
}

#[test]
fn no_name_leads_out_of_the_generated_folder() {
    let world = World::new();
    let hostile = xtask::workspace_root().join("tests/fixtures/accept/hostile-names.yaml");
    fs::copy(hostile, world.path("hostile.yaml")).expect("a fixture");
    let ran = world.codegen_of("hostile.yaml", &[]);
    assert_eq!(ran.status, Status::Fine, "{}", ran.err);
    let others: Vec<String> = world
        .files()
        .into_keys()
        .filter(|path| !path.starts_with("src/generated/") && !path.starts_with("client-runtime/"))
        .collect();
    assert_eq!(others, ["Cargo.toml", "src/lib.rs"]);
    let beside: Vec<_> = fs::read_dir(world.0.path()).expect("a folder").collect();
    assert_eq!(beside.len(), 3, "the two descriptions and the crate: {beside:?}");
}
