//! A copy of the runtime that needs nothing of this workspace.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, bail};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use toml::Table;

use super::manifest;
use crate::config::read;
use crate::fileset::MARKER;
use crate::tree;

/// The files of the runtime's copy, by their path with `/` in the copy's folder.
///
/// `runtime` is a member of the workspace at `workspace`. Test modules and development dependencies are left
/// out; every file is marked as generated.
pub fn vendor(runtime: &Path, workspace: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let table = |path: &Path| -> anyhow::Result<Table> {
        toml::from_str(&read(path)?).with_context(|| format!("cannot read {}", path.display()))
    };
    let member = runtime.join("Cargo.toml");
    let mut resolved = manifest::resolve(table(&member)?, &table(&workspace.join("Cargo.toml"))?)
        .with_context(|| format!("cannot copy {}", member.display()))?;
    let mut files = BTreeMap::new();
    let package = Table::from_iter(resolved.remove_entry("package"));
    let (package, rest) = (toml::to_string(&package)?, toml::to_string(&resolved)?);
    files.insert("Cargo.toml".to_owned(), format!("# {}\n{package}\n{rest}", header()));
    // Formatted by other rules than its own, the copy would differ from what it is compared with.
    files.insert("rustfmt.toml".to_owned(), format!("# {}\ndisable_all_formatting = true\n", header()));

    let mut dropped = Vec::new();
    for path in tree::files(&runtime.join("src"))? {
        let full = runtime.join("src").join(&path);
        if !path.ends_with(".rs") {
            bail!("cannot copy {}: it is no Rust source", full.display());
        }
        let (text, tests) = without_tests(&read(&full)?)
            .with_context(|| format!("cannot copy {}: it is not valid Rust", full.display()))?;
        dropped.extend(tests.into_iter().map(|name| format!("{}{name}", submodules(&path))));
        files.insert(format!("src/{path}"), format!("// {}\n{text}", header()));
    }
    files.retain(|path, _| {
        let is_of = |test: &String| {
            let rest = path.strip_prefix("src/").and_then(|path| path.strip_prefix(test.as_str()));
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        !dropped.iter().any(is_of)
    });
    Ok(files)
}

fn header() -> String {
    format!("{MARKER} by `cargo xtask codegen`: a copy of the runtime; changes here are lost.")
}

/// Where the submodules of the file at `path` are: its folder with a `/` at the end, or nothing.
fn submodules(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    match name {
        "lib.rs" | "mod.rs" => folder,
        name => format!("{folder}{}/", name.trim_end_matches(".rs")),
    }
}

/// The text without its `#[cfg(test)]` modules, and the names of those that are files of their own.
fn without_tests(text: &str) -> anyhow::Result<(String, Vec<String>)> {
    let tokens: TokenStream = text.parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut found = Vec::new();
    find_tests(tokens, &mut found);
    let mut kept = String::new();
    let mut position = 0;
    for (range, _) in &found {
        kept.push_str(&text[position..range.start]);
        position = range.end;
    }
    kept.push_str(&text[position..]);
    let names = found.into_iter().filter_map(|(_, name)| name).collect();
    Ok((format!("{}\n", kept.trim_end()), names))
}

/// Finds the byte ranges of test modules, in order, with the names of those that have no body.
fn find_tests(tokens: TokenStream, found: &mut Vec<(Range<usize>, Option<String>)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        let attributes = tokens[index..].chunks_exact(2).take_while(|pair| is_attribute(pair)).count();
        let (outer, item) = tokens[index..].split_at(2 * attributes);
        let is_test = outer.iter().any(|token| token.to_string().replace(' ', "") == "[cfg(test)]");
        match item {
            [TokenTree::Ident(keyword), TokenTree::Ident(name), body, ..] if is_test && keyword == "mod" => {
                let range = outer[0].span().byte_range().start..body.span().byte_range().end;
                found.push((range, matches!(body, TokenTree::Punct(_)).then(|| name.to_string())));
                index += outer.len() + 3;
            }
            [TokenTree::Group(group), ..] => {
                find_tests(group.stream(), found);
                index += outer.len() + 1;
            }
            _ => index += outer.len() + 1,
        }
    }
}

/// Whether two tokens are an outer attribute or doc comment.
fn is_attribute(pair: &[TokenTree]) -> bool {
    match pair {
        [TokenTree::Punct(hash), TokenTree::Group(group)] => {
            hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket
        }
        _ => false,
    }
}
