//! What the description was last brought up to date with: `cargo xtask sync` without a source.

use std::path::Path;

use generator::sync::Lock;

use crate::cli::Format;
use crate::config::Config;
use crate::console::{Console, Status};

use super::lockfile;
use super::text::kind_name;

/// Tells what the lock records.
pub(super) fn run(
    root: &Path,
    config: &Config,
    lock: &Lock,
    format: Format,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    if format == Format::Json {
        writeln!(console.out, "{:#}", serde_json::to_value(lock)?)?;
        return Ok(Status::Fine);
    }
    let spec = config.spec.display();
    if lock.sources.is_empty() {
        writeln!(console.out, "{spec} was not compared with any source yet.")?;
        writeln!(console.out, "To compare it: cargo xtask sync --check --from FILE...")?;
        return Ok(Status::Fine);
    }
    writeln!(console.out, "{spec} was last brought up to date with these sources ({}):\n", lockfile::PATH)?;
    for source in &lock.sources {
        let date = source.date.as_deref().unwrap_or("day not given");
        writeln!(console.out, "  {} ({date})", source.name)?;
        writeln!(console.out, "    {}: {}", kind_name(source.kind), source.title)?;
        writeln!(console.out, "    operations: {}", source.prose.len())?;
        writeln!(console.out, "    sha256: {}", source.sha256.get(..16).unwrap_or(&source.sha256))?;
    }
    writeln!(
        console.out,
        "\nTo compare it with them as they are now: cargo xtask sync --check --from FILE..."
    )?;
    if root.join(&config.spec).exists() { Ok(Status::Fine) } else { Ok(Status::Bad) }
}
