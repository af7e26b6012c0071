//! A description from nothing but sources: `cargo xtask sync --from … --out …`.

use std::path::Path;

use generator::Source;
use generator::sync::{Lock, Request};
use generator::upstream::Upstream;

use crate::cli::{Format, SyncArgs};
use crate::console::{Console, Status};
use crate::fileset;

use super::{Run, json, text};

/// Writes a new description of what the sources say.
///
/// Where they disagree the first one counts, and the exit code is 1. A file that exists is not replaced.
pub(super) fn run(
    out: &Path,
    upstreams: &[Upstream],
    is_readable: bool,
    args: &SyncArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    anyhow::ensure!(!out.exists(), "{} exists; give --out another name, or remove it first", out.display());
    let all = ["*".to_owned()];
    let select = if args.select.is_empty() { &all[..] } else { &args.select };
    let name = out.to_string_lossy().into_owned();
    let first = upstreams.first();
    let Some(text) = first.map(|first| generator::sync::skeleton(first, &name)) else {
        return Ok(Status::Bad);
    };
    let spec = Source { name: name.clone(), text: text? };
    let request = Request {
        spec: &spec,
        overlays: &[],
        upstreams,
        lock: &Lock::default(),
        decisions: &[],
        select,
        id_prefix: "",
        with_words: true,
        date: None,
    };
    let outcome = generator::sync::sync(&request)?;
    let is_empty = outcome.report.covered.iter().all(Vec::is_empty);
    anyhow::ensure!(!is_empty, "{} is not written: no operation of the sources is selected", out.display());
    let run = Run {
        request: &request,
        outcome: &outcome,
        means: None,
        unreadable: &[],
        is_readable,
        check: false,
        is_new: true,
    };
    fileset::write_file(out, &outcome.text)?;
    match args.format {
        Format::Text => console.out.write_all(text::creation(&run, &name).as_bytes())?,
        Format::Json => writeln!(console.out, "{:#}", json::report(&run))?,
    }
    Ok(run.status())
}
