//! The file `spec/upstream.lock`.

use std::path::Path;

use anyhow::Context;
use generator::sync::Lock;

use crate::{config, fileset};

/// Where the file is, relative to the root of the workspace.
pub(super) const PATH: &str = "spec/upstream.lock";

const HEAD: &str = "\
# Written by `cargo xtask sync`, not by hand: what the sources of the description were when it was last brought up to
# date with them. `prose` holds a fingerprint of each sentence; `provenance` which sources state a part.
";

/// Reads the file; an empty lock when there is none.
pub(super) fn read(root: &Path) -> anyhow::Result<Lock> {
    let path = root.join(PATH);
    if !path.exists() {
        return Ok(Lock::default());
    }
    toml::from_str(&config::read(&path)?).with_context(|| {
        format!("{PATH} cannot be read; it is written by `cargo xtask sync`: restore it, or remove it and run that again")
    })
}

/// Writes the file.
pub(super) fn write(root: &Path, lock: &Lock) -> anyhow::Result<()> {
    let text = toml::to_string(lock).with_context(|| format!("{PATH} cannot be written"))?;
    fileset::write_file(&root.join(PATH), &format!("{HEAD}\n{text}"))?;
    Ok(())
}
