//! Fixtures: descriptions below `tests/fixtures`, each with its overlay and options.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Files, Input, Options, Source};
use xtask::beside::Folder;

/// The crate that all fixtures are compiled into.
pub(crate) const CRATE: &str = "fixtures";

/// A description to generate from.
pub(crate) struct Fixture {
    /// The name of its file without the ending.
    pub(crate) name: String,
    /// Its file.
    pub(crate) path: PathBuf,
    /// What goes into the generator.
    pub(crate) input: Input,
}

impl Fixture {
    /// All fixtures in a folder, sorted by name.
    pub(crate) fn all(folder: &str) -> Vec<Self> {
        let folder = root().join("tests/fixtures").join(folder);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let paths = entries.map(|entry| entry.expect("an entry").path());
        // A folder holds the other files of a fixture.
        let paths = paths.filter(|path| path.is_file() && !path.to_string_lossy().ends_with(".overlay.yaml"));
        let mut fixtures: Vec<Self> = paths.map(Self::read).collect();
        fixtures.sort_by(|a, b| a.name.cmp(&b.name));
        assert!(fixtures.is_sorted_by(|a, b| a.name < b.name), "two fixtures have the same name");
        fixtures
    }

    /// The texts, the description first.
    pub(crate) fn sources(&self) -> Vec<Source> {
        self.input.sources()
    }

    fn read(path: PathBuf) -> Self {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let spec = source(&path);
        let overlay = path.with_extension("overlay.yaml");
        let overlays = if overlay.exists() { vec![source(&overlay)] } else { Vec::new() };
        let options = options(&spec.text);
        let mut files = Folder::of(&path, None).expect("a folder").files(&spec, &overlays);
        let texts = files.texts.iter_mut().filter_map(|(path, text)| Some((path, text.as_mut().ok()?)));
        // As of the description, the name is the same on every machine.
        texts.for_each(|(path, source)| source.name.clone_from(path));
        Self { name, path, input: Input { spec, overlays, files, options } }
    }
}

/// The description of the workspace's own client.
pub(crate) fn workspace() -> Fixture {
    let path = root().join(xtask::config::PATH);
    let text = fs::read_to_string(&path).expect("a configuration");
    let config = xtask::config::Config::parse(xtask::config::PATH, text).expect("a valid configuration");
    let input = Input {
        spec: source(&root().join(&config.spec)),
        overlays: config.overlays.iter().map(|path| source(&root().join(path))).collect(),
        files: Files::default(),
        options: config.options(),
    };
    Fixture { name: "workspace".to_owned(), path, input }
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    xtask::workspace_root()
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source { name: path.file_name().expect("a name").to_string_lossy().into_owned(), text }
}

/// The options that the first comment lines of a description give: `# include: a/*`, `# pin: KEY = NAME`,
/// `# strip-prefix: a/`, `# number-collisions`, `# tag-features`, `# reached-schemas`.
fn options(text: &str) -> Options {
    // A construct can be shown by a schema alone.
    let mut options = Options { crate_name: CRATE.to_owned(), all_schemas: true, ..Options::default() };
    let mut names = BTreeMap::new();
    for line in text.lines().map_while(|line| line.strip_prefix("# ")) {
        match line.split_once(": ") {
            Some(("include", pattern)) => options.include.push(pattern.to_owned()),
            Some(("strip-prefix", prefix)) => options.strip_prefix = Some(prefix.to_owned()),
            Some(("pin", pin)) => {
                let (key, name) = pin.split_once(" = ").expect("KEY = NAME");
                names.insert(key.to_owned(), name.to_owned());
            }
            None if line == "number-collisions" => options.number_collisions = true,
            None if line == "tag-features" => options.tag_features = true,
            None if line == "reached-schemas" => options.all_schemas = false,
            _ => panic!("`# {line}` is no option"),
        }
    }
    options.names = names;
    options
}
