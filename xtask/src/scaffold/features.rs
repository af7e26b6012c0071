//! The features of the API's tags in a manifest: the only lines in it that the generator keeps up to date.

use anyhow::bail;
use generator::ir::Feature;

const START: &str =
    "# The operations that have a tag of the API; these lines are written by `cargo xtask codegen`.";
const END: &str = "# The end of the tags of the API.";

/// The lines of the features.
pub(super) fn block(features: &[Feature]) -> String {
    let names: Vec<String> = features.iter().map(|feature| format!("\"{}\"", feature.name)).collect();
    let mut text = format!("{START}\n");
    let every = format!("every-tag = [{}]", names.join(", "));
    match every.chars().count() <= 110 {
        true => text.push_str(&every),
        false => {
            let rows: Vec<String> = names.iter().map(|name| format!("    {name},\n")).collect();
            text.push_str(&format!("every-tag = [\n{}]", rows.concat()));
        }
    }
    text.push('\n');
    for feature in features {
        let key = key(feature.name.as_str());
        if let [tag] = feature.tags.as_slice()
            && tag == feature.name.as_str()
        {
            text.push_str(&format!("{key} = []\n"));
        } else {
            let tags: Vec<String> = feature.tags.iter().map(|tag| one_line(tag)).collect();
            text.push_str(&format!("{key} = [] # {}\n", tags.join(", ")));
        }
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// A manifest with these features in place of those that it has.
///
/// # Errors
/// It has no place for them.
pub fn with_features(manifest: &str, features: &[Feature]) -> anyhow::Result<String> {
    let place = manifest.find(START).and_then(|start| {
        let (_, rest) = manifest.split_at(start);
        let end = start + rest.find(END)? + END.len();
        Some((&manifest[..start], &manifest[end..]))
    });
    match place {
        Some((before, after)) => Ok(format!("{before}{}{after}", block(features).trim_end())),
        None if features.is_empty() => Ok(manifest.to_owned()),
        None => bail!(
            "the API has several tags, and each has a feature: put these lines under `[features]`, and \
             \"every-tag\" into `default`, or generate with --no-tag-features\n\n{}",
            block(features)
        ),
    }
}

/// A name as a key of TOML, which only ASCII can be without quotes.
fn key(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { format!("\"{name}\"") }
}

/// A tag as a comment can hold it.
fn one_line(tag: &str) -> String {
    tag.split_whitespace().collect::<Vec<_>>().join(" ")
}
