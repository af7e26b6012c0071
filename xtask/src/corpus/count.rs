//! The operations of a description, counted in its text: by other means than the generator's, so that the two can
//! disagree.

use std::collections::{BTreeMap, BTreeSet};

use generator::Files;
use generator::pointer::Pointer;
use percent_encoding::percent_decode_str;

use super::tree::Node;

/// The fields of a path item that are no operations (OpenAPI 3.1.1, Path Item Object).
const NO_OPERATIONS: [&str; 4] = ["description", "parameters", "servers", "summary"];

/// How many references in a row are followed.
const MAX_REFERENCES: usize = 16;

/// An operation as the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) http_method: String,
    /// The key of its path item.
    pub(super) path: String,
    /// Where it stands, in whichever file: below its path, and where the references of the path item lead.
    pub(super) places: Vec<Pointer>,
}

/// All operations of a description, in its order; path items may be in other files.
pub(super) fn operations(root: &Node, files: &Files) -> Vec<Counted> {
    let mut texts = Texts { files, read: BTreeMap::new() };
    let mut counted = Vec::new();
    let paths = root.get("paths").map(Node::members).unwrap_or_default();
    for (path, item) in paths.into_iter().filter(|(path, _)| !path.starts_with("x-")) {
        let mut known = BTreeSet::new();
        let place = Pointer::root().join("paths").join(path);
        for (item, places) in texts.path_items(root, item, place) {
            for (method, _) in item.members().into_iter().filter(|(key, value)| is_operation(key, value)) {
                // What stands beside a reference comes before what it leads to.
                if known.insert(method.to_owned()) {
                    counted.push(Counted {
                        http_method: method.to_uppercase(),
                        path: path.to_owned(),
                        places: places.iter().map(|place| place.join(method)).collect(),
                    });
                }
            }
        }
    }
    counted
}

/// Whether a member of a path item is an operation, of whichever method.
fn is_operation(key: &str, value: &Node) -> bool {
    let is_method = key.chars().all(|c| c.is_ascii_alphabetic()) && !NO_OPERATIONS.contains(&key);
    is_method && matches!(value, Node::Mapping(_))
}

/// The other files of a description, each read once.
struct Texts<'a> {
    files: &'a Files,
    read: BTreeMap<String, Option<Node>>,
}

impl Texts<'_> {
    /// A path item, and what its references lead to: each with the places by which it can be known.
    fn path_items(&mut self, root: &Node, item: &Node, place: Pointer) -> Vec<(Node, Vec<Pointer>)> {
        let mut file = self.files.description.clone();
        let mut places = vec![place];
        let mut items = vec![(item.clone(), places.clone())];
        while let Some(reference) = items.last().and_then(|(item, _)| item.get("$ref")?.as_text()) {
            let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
            let [target, fragment] =
                [target, fragment].map(|part| percent_decode_str(part).decode_utf8_lossy());
            if !target.is_empty() {
                file = joined(&file, &target);
            }
            let Some(pointer) = Pointer::parse(&fragment) else { break };
            let text = if file == self.files.description { Some(root) } else { self.text(&file) };
            let found = text.and_then(|text| text.at(&pointer)).cloned();
            let Some(item) = found.filter(|_| items.len() < MAX_REFERENCES) else { break };
            places.push(pointer);
            items.push((item, places.clone()));
        }
        items
    }

    fn text(&mut self, file: &str) -> Option<&Node> {
        let source = self.files.texts.get(file).and_then(|text| text.as_ref().ok());
        let read = || Node::read(&source?.text);
        self.read.entry(file.to_owned()).or_insert_with(read).as_ref()
    }
}

/// The path that a relative reference in a file leads to.
fn joined(file: &str, reference: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
