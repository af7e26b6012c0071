//! What makes generated files a crate that builds on its own: `Cargo.toml`, `src/lib.rs` and the runtime.

mod features;
mod manifest;
mod name;
mod vendor;

use std::path::{Path, PathBuf};

use generator::ir::Feature;

pub use features::with_features;
pub use name::PackageName;
pub use vendor::vendor;

/// The folder of the runtime's copy, relative to the crate's.
pub const RUNTIME: &str = "client-runtime";

/// What the crate says of itself, and where its runtime is.
#[derive(Debug)]
pub struct Scaffold<'a> {
    /// The name of the crate.
    pub name: &'a PackageName,
    /// The title of the API; may be empty.
    pub title: &'a str,
    /// The absolute path of the runtime, if it is not a copy inside of the crate.
    pub runtime: Option<PathBuf>,
    /// The features of the API's tags.
    pub features: &'a [Feature],
    /// How many of its types stand in one another at most.
    pub depth: usize,
}

impl Scaffold<'_> {
    /// The files that are written once and belong to the user from then on, with their paths.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        vec![("Cargo.toml", self.manifest()), ("src/lib.rs", self.library())]
    }

    fn library(&self) -> String {
        let mut text = LIB.to_owned();
        let limit = (self.depth * STEPS_PER_TYPE).next_power_of_two();
        if limit > RECURSION_LIMIT {
            let attribute = format!(
                "{FORBID}// Its types stand deep in one another.\n#![recursion_limit = \"{limit}\"]\n"
            );
            text = text.replace(FORBID, &attribute);
        }
        text
    }

    fn manifest(&self) -> String {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if title.is_empty() { "an HTTP API" } else { &title };
        let runtime = self.runtime.as_deref().unwrap_or(Path::new(RUNTIME)).to_string_lossy();
        format!(
            "\
[package]
name = {name}
description = {description}
version = \"0.1.0\"
edition = \"2024\"

[features]
default = [{every_tag}\"http2\", \"rustls\", \"system-proxy\"]
{FEATURES}{tags}
[dependencies]
client-runtime = {{ path = {runtime}, default-features = false }}

# The crate is a workspace of its own, so that it builds inside of another one too.
[workspace]
",
            name = quoted(&self.name.to_string()),
            description = quoted(&format!("A client for {title}.")),
            runtime = quoted(&runtime),
            every_tag = if self.features.is_empty() { "" } else { "\"every-tag\", " },
            tags = if self.features.is_empty() { String::new() } else { features::block(self.features) },
        )
    }
}

/// The features of the runtime, handed on.
const FEATURES: &str = "\
# The same calls without async.
blocking = [\"client-runtime/blocking\"]
http2 = [\"client-runtime/http2\"]
# The TLS library: rustls with its own cryptography, rustls with a provider that the program installs, or the system's.
rustls = [\"client-runtime/rustls\"]
rustls-no-provider = [\"client-runtime/rustls-no-provider\"]
native-tls = [\"client-runtime/native-tls\"]
system-proxy = [\"client-runtime/system-proxy\"]
";

/// How many types the compiler follows without being told to.
///
/// Source: the Rust Reference, attribute `recursion_limit`.
const RECURSION_LIMIT: usize = 128;

/// How many of the standard library's types stand at most between one of ours and the next: those of `Option<Vec<_>>`,
/// `Box<_>` or `BTreeMap<String, _>`.
const STEPS_PER_TYPE: usize = 8;

const FORBID: &str = "#![forbid(unsafe_code)]\n";

const LIB: &str = "\
//! A client for an HTTP API, generated from its description. Start with [`Client::builder`].
//!
//! This file is yours: it is the place for what the generated code cannot know.
#![forbid(unsafe_code)]

#[rustfmt::skip]
mod generated;

#[cfg(feature = \"blocking\")]
pub use client_runtime::blocking;
pub use generated::*;
";

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
