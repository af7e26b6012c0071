//! What is compared: two files, or the workspace at a revision and now.

use std::path::Path;

use anyhow::{Context, bail};
use generator::{Files, Input, Source};
use toml::Table;

use super::git::Revision;
use super::release::State;
use crate::beside::{self, Folder};
use crate::cli::DiffArgs;
use crate::config::{self, Config, ConfigError};

/// Two sides, and what each says of versions.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) old: Side,
    pub(super) new: Side,
    /// The versions and changelogs, where the workspace is compared.
    pub(super) state: Option<States>,
}

/// The versions and changelogs of both sides.
#[derive(Debug)]
pub(super) struct States {
    pub(super) old: State,
    pub(super) new: State,
}

#[derive(Debug)]
pub(super) struct Side {
    /// What it is called.
    pub(super) name: String,
    pub(super) input: Input,
}

/// Why there is nothing to compare.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// The configuration is wrong, with the place.
    Config(Box<ConfigError>),
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Unreadable {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl Subject {
    /// Reads both sides.
    pub(super) fn of(root: &Path, args: &DiffArgs) -> Result<Self, Unreadable> {
        if let Some(base) = &args.base {
            return Self::of_workspace(root, base);
        }
        let (Some(old), Some(new)) = (&args.old, &args.new) else {
            return Err(anyhow::anyhow!("two descriptions, or --base").into());
        };
        Ok(Self { old: Side::of_file(old, args)?, new: Side::of_file(new, args)?, state: None })
    }

    fn of_workspace(root: &Path, base: &str) -> Result<Self, Unreadable> {
        let revision = Revision::find(root, base)?;
        let (old, old_state) = Side::of_tree(&Tree::Revision(&revision))?;
        let (new, new_state) = Side::of_tree(&Tree::Working(root))?;
        Ok(Self { old, new, state: Some(States { old: old_state, new: new_state }) })
    }
}

impl Side {
    fn of_file(path: &Path, args: &DiffArgs) -> anyhow::Result<Self> {
        let source = |path: &Path| -> anyhow::Result<Source> {
            Ok(Source { name: path.to_string_lossy().into_owned(), text: config::read(path)? })
        };
        let options = generator::Options {
            crate_name: "client".to_owned(),
            include: args.include.clone(),
            strip_prefix: args.strip_prefix.clone(),
            // Whether names are good is not the question here.
            number_collisions: true,
            ..generator::Options::default()
        };
        let overlays: Vec<Source> =
            args.overlay.iter().map(|path| source(path)).collect::<anyhow::Result<_>>()?;
        let spec = source(path)?;
        let files = Folder::of(path, None)?.files(&spec, &overlays);
        let input = Input { spec, overlays, files, options };
        Ok(Self { name: input.spec.name.clone(), input })
    }

    /// What the workspace's client is generated from, and what is said of its version.
    fn of_tree(tree: &Tree<'_>) -> Result<(Self, State), Unreadable> {
        let config = match Config::parse(config::PATH, tree.read(Path::new(config::PATH))?) {
            Ok(config) => config,
            Err(mut error) => {
                let name = tree.name(Path::new(config::PATH));
                if let Some(location) = &mut error.diagnostic.location {
                    location.source.clone_from(&name);
                }
                error.source.name = name;
                return Err(Unreadable::Config(error));
            }
        };
        let source = |path: &Path| -> anyhow::Result<Source> {
            Ok(Source { name: tree.name(path), text: tree.read(path)? })
        };
        let spec = source(&config.spec)?;
        let overlays: Vec<Source> =
            config.overlays.iter().map(|path| source(path)).collect::<anyhow::Result<_>>()?;
        let files = tree.files(&config.spec, &spec, &overlays)?;
        let state = State {
            version: tree.version(&config.output)?,
            manifest: tree.version_manifest(&config.output)?,
            changelog: tree.read(Path::new("CHANGELOG.md")).unwrap_or_default(),
        };
        let options = config.options();
        let name = match tree {
            Tree::Revision(revision) => revision.name.clone(),
            Tree::Working(_) => "the working tree".to_owned(),
        };
        Ok((Self { name, input: Input { spec, overlays, files, options } }, state))
    }

    /// The texts, the description first.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.input.sources()
    }
}

/// Where the files of the workspace are read.
enum Tree<'a> {
    /// At a revision.
    Revision(&'a Revision<'a>),
    /// On disk, at this root.
    Working(&'a Path),
}

impl Tree<'_> {
    fn read(&self, path: &Path) -> anyhow::Result<String> {
        match self {
            Self::Revision(revision) => revision.read(path),
            Self::Working(root) => config::read(&root.join(path)),
        }
    }

    /// The files that the references of a description lead to.
    fn files(&self, path: &Path, spec: &Source, overlays: &[Source]) -> anyhow::Result<Files> {
        if let Self::Working(root) = self {
            return Ok(Folder::of(&root.join(path), None)?.files(spec, overlays));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let description = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(beside::collect(&description, spec, overlays, |file| {
            let path = folder.join(file);
            let text = self.read(&path).map_err(|error| error.to_string())?;
            Ok(Source { name: self.name(&path), text })
        }))
    }

    /// How a file is called in diagnostics.
    fn name(&self, path: &Path) -> String {
        match self {
            Self::Revision(revision) => format!("{}:{}", revision.name, path.display()),
            Self::Working(_) => path.to_string_lossy().into_owned(),
        }
    }

    /// The version of a crate, which its own manifest or that of the workspace gives.
    fn version(&self, folder: &Path) -> anyhow::Result<semver::Version> {
        let path = self.version_manifest(folder)?;
        let manifest = self.manifest(&path)?;
        let table = if path == folder.join("Cargo.toml").to_string_lossy() {
            manifest.get("package")
        } else {
            manifest.get("workspace").and_then(|workspace| workspace.get("package"))
        };
        let version = table.and_then(|package| package.get("version")).and_then(|version| version.as_str());
        let version = version.with_context(|| format!("{} gives no version", self.name(path.as_ref())))?;
        let read = semver::Version::parse(version);
        read.with_context(|| {
            format!("{} gives a version that is none: {version:?}", self.name(path.as_ref()))
        })
    }

    /// The manifest that holds the version of a crate.
    fn version_manifest(&self, folder: &Path) -> anyhow::Result<String> {
        let path = folder.join("Cargo.toml").to_string_lossy().into_owned();
        let manifest = self.manifest(&path)?;
        let version = manifest.get("package").and_then(|package| package.get("version"));
        match version.and_then(|version| version.get("workspace")).and_then(toml::Value::as_bool) {
            Some(true) => Ok("Cargo.toml".to_owned()),
            _ if version.is_some() => Ok(path),
            _ => bail!("{} gives no version", self.name(path.as_ref())),
        }
    }

    fn manifest(&self, path: &str) -> anyhow::Result<Table> {
        let text = self.read(path.as_ref())?;
        toml::from_str(&text).with_context(|| format!("cannot read {}", self.name(path.as_ref())))
    }
}
