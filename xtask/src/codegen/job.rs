//! What to generate, and into which crate.

use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, bail, ensure};
use generator::ir::Feature;
use generator::{Input, Options, Output, Source};
use toml::Table;

use crate::beside::Folder;
use crate::cli::CodegenArgs;
use crate::config::{Config, read};
use crate::fileset::{Fileset, Plan};
use crate::scaffold::{self, PackageName, RUNTIME, Scaffold};

const MANIFEST: &str = "Cargo.toml";

/// Where the generated files are in a crate.
const GENERATED: &str = "src/generated";

/// One run of the generator.
#[derive(Debug)]
pub(crate) struct Job {
    /// What goes into the generator.
    pub(crate) input: Input,
    /// The folder of the crate as it is shown to people.
    pub(super) shown: String,
    /// The folder of the crate.
    folder: PathBuf,
    /// How the crate is completed, when it is not a member of this workspace.
    crate_of_its_own: Option<CrateOfItsOwn>,
}

#[derive(Debug)]
struct CrateOfItsOwn {
    name: PackageName,
    runtime: Option<PathBuf>,
}

impl Job {
    /// The workspace's own client.
    pub(super) fn of_workspace(root: &Path, config: Config) -> anyhow::Result<Self> {
        let source = |path: &PathBuf| -> anyhow::Result<Source> {
            Ok(Source { name: path.to_string_lossy().into_owned(), text: read(&root.join(path))? })
        };
        let spec = source(&config.spec)?;
        let overlays: Vec<Source> = config.overlays.iter().map(source).collect::<anyhow::Result<_>>()?;
        let input = Input {
            files: Folder::of(&root.join(&config.spec), None)?.files(&spec, &overlays),
            spec,
            overlays,
            options: config.options(),
        };
        let folder = root.join(&config.output);
        ensure!(folder.join("Cargo.toml").exists(), "there is no crate in {}", config.output.display());
        check_name(&folder, &config.crate_name)?;
        let shown = config.output.to_string_lossy().into_owned();
        Ok(Self { input, shown, folder, crate_of_its_own: None })
    }

    /// A crate of its own from any description.
    pub(crate) fn of_arguments(spec: &Path, args: &CodegenArgs) -> anyhow::Result<Self> {
        let source = |path: &Path| -> anyhow::Result<Source> {
            Ok(Source { name: path.to_string_lossy().into_owned(), text: read(path)? })
        };
        let (Some(out), Some(name)) = (&args.out, &args.name) else { bail!("--spec needs --out and --name") };
        let path = spec;
        let spec = source(path)?;
        let overlays: Vec<Source> =
            args.overlay.iter().map(|path| source(path)).collect::<anyhow::Result<_>>()?;
        let input = Input {
            files: Folder::of(path, args.root.as_deref())?.files(&spec, &overlays),
            spec,
            overlays,
            options: Options {
                crate_name: name.to_string(),
                include: args.include.clone(),
                strip_prefix: args.strip_prefix.clone(),
                // Who has just met a description has nothing to pin names in.
                number_collisions: true,
                tell_collisions: !args.number_collisions,
                tag_features: !args.no_tag_features,
                all_schemas: args.all_schemas,
                ..Options::default()
            },
        };
        check_name(out, &name.to_string())?;
        let runtime = args.runtime.as_deref().map(absolute).transpose().context("cannot find the runtime")?;
        if let Some(runtime) = &runtime {
            ensure!(runtime.join("Cargo.toml").exists(), "there is no crate in {}", runtime.display());
        }
        let crate_of_its_own = Some(CrateOfItsOwn { name: name.clone(), runtime });
        Ok(Self { input, shown: out.to_string_lossy().into_owned(), folder: out.clone(), crate_of_its_own })
    }

    /// The texts, the description first.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.input.sources()
    }

    /// What has to change on disk for the crate to be what the generator gave; `root` holds the runtime.
    pub(crate) fn plans(&self, root: &Path, output: &Output) -> anyhow::Result<Vec<Plan>> {
        ensure!(!output.files.is_empty(), "the generator gave no files");
        let mut generated = Fileset::new(&self.folder, GENERATED);
        for file in &output.files {
            generated.insert(&file.path, file.contents.clone())?;
        }
        let mut plans = Vec::new();
        if let Some(CrateOfItsOwn { name, runtime }) = &self.crate_of_its_own {
            let scaffold = Scaffold {
                name,
                title: &output.title,
                runtime: runtime.clone(),
                features: &output.features,
                depth: output.depth,
            };
            plans.push(Plan::create_absent(&self.folder, scaffold.files())?);
            if runtime.is_none() {
                let mut copy = Fileset::new(&self.folder, RUNTIME);
                for (path, contents) in scaffold::vendor(&root.join("generator/runtime"), root)? {
                    copy.insert(&path, contents)?;
                }
                plans.push(copy.compare()?);
            }
        }
        plans.extend(self.manifest(&output.features)?);
        plans.push(generated.compare()?);
        Ok(plans)
    }

    /// The features of the API's tags in a manifest that exists.
    fn manifest(&self, features: &[Feature]) -> anyhow::Result<Option<Plan>> {
        let path = self.folder.join(MANIFEST);
        if !path.exists() {
            return Ok(None);
        }
        let text = read(&path)?;
        let wanted = scaffold::with_features(&text, features)
            .with_context(|| format!("{} lacks features", path.display()))?;
        Ok((wanted != text).then(|| Plan::update(&self.folder, MANIFEST, text, wanted)))
    }
}

/// Makes sure that a folder holds no crate of another name: generated files there would be a mistake.
fn check_name(folder: &Path, name: &str) -> anyhow::Result<()> {
    let path = folder.join("Cargo.toml");
    if !path.exists() {
        return Ok(());
    }
    let manifest: Table =
        toml::from_str(&read(&path)?).with_context(|| format!("cannot read {}", path.display()))?;
    match manifest.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str()) {
        Some(found) if found == name => Ok(()),
        Some(found) => bail!("{} is the crate `{found}`, not `{name}`", path.display()),
        None => bail!("{} is not the crate `{name}`: it names no package", path.display()),
    }
}
