//! References that leave the description, or name a place in another way than by a pointer: what they lead to becomes
//! a part of the document, so that afterwards every reference is a pointer into it.
//!
//! A part of a file becomes a component, named after the last part of the pointer or the file. Where a component
//! of the description is nothing but a reference to it, it has the name that it has there.

mod component;
mod path;
mod scan;
mod text;
mod walk;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use crate::conform::{self, Version, grammar::Kind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Source};
use crate::load;
use crate::pointer::Pointer;
use crate::resolve::MAX_CHAIN;

use component::Components;
use text::{Target, Texts};
use walk::Spot;

/// The texts that references of a description lead to.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The path of the description in the folder that references stay in, such as `api/openapi.yaml`; with `/`.
    pub description: String,
    /// The texts by their paths in that folder; why it cannot be read for one that cannot.
    pub texts: BTreeMap<String, Result<Source, String>>,
}

/// The files that a text refers to, by their paths in the folder that references stay in, sorted.
///
/// `path` is that of the text itself. A reference that leaves the folder is no file that is wanted, and neither is one
/// to another host; [`crate::generate`] refuses both. A text that cannot be read wants nothing.
pub fn wanted_files(path: &str, source: &Source) -> Vec<String> {
    if !scan::may_leave(&source.text) {
        return Vec::new();
    }
    let references = load::parse(source).map(|root| scan::references(&root)).unwrap_or_default();
    let mut wanted: Vec<String> = references
        .iter()
        .filter_map(|reference| path::file_of(path, reference).ok().flatten())
        .filter(|file| file != path)
        .collect();
    wanted.sort();
    wanted.dedup();
    wanted
}

/// Makes every reference of a document a pointer into it.
///
/// What leads nowhere is noted in the document, and an error only for those who follow it: an operation that is not
/// asked for may refer to what is not there.
///
/// With `number_collisions`, two things from files that come to one name are numbered instead of refused.
pub(crate) fn bundle(
    document: &mut Document,
    files: &Files,
    number_collisions: bool,
    diagnostics: &mut Diagnostics,
) {
    // What is no description is refused by the next stage, which says why.
    let Ok(version) = conform::version(&document.root) else {
        return;
    };
    if !scan::needs_bundling(&document.root, version) {
        return;
    }
    let mut root = document.root.clone();
    let texts = Texts::new(files, version, document);
    let components = Components::new(&root, number_collisions);
    let placed = HashMap::new();
    let (queue, unresolved) = (VecDeque::new(), Vec::new());
    let mut bundler = Bundler { version, texts, components, placed, queue, unresolved, diagnostics };
    bundler.adopt(&mut root);
    let spot = Spot::of_text(0, Pointer::root());
    bundler.walk(&spot, Kind::Description, &mut root);
    while let Some(Part { at, kind, target }) = bundler.queue.pop_front() {
        let mut value = bundler.texts.value(&target).cloned().unwrap_or_default();
        let spot = bundler.texts.spot(at.clone(), &target);
        bundler.walk(&spot, kind, &mut value);
        install(&mut root, &at, value);
        bundler.texts.note_origin(at, &target);
    }
    document.unresolved = bundler.unresolved;
    document.root = root;
}

/// Something that a reference leads to and that becomes part of the document.
#[derive(Debug)]
struct Part {
    at: Pointer,
    kind: Kind,
    target: Target,
}

/// The state of a run.
struct Bundler<'a> {
    version: Version,
    texts: Texts<'a>,
    components: Components,
    /// Where in the document the things are that references lead to.
    placed: HashMap<(&'static str, Target), Pointer>,
    /// What is placed but not part of the document yet.
    queue: VecDeque<Part>,
    /// Why references lead nowhere.
    unresolved: Vec<Diagnostic>,
    diagnostics: &'a mut Diagnostics,
}

impl Bundler<'_> {
    /// Lets what a component or a path is nothing but a reference to stand there itself, once.
    fn adopt(&mut self, root: &mut Value) {
        let mut places = vec![(Pointer::root().join("paths"), Kind::PathItem)];
        let components = Pointer::root().join("components");
        places.extend(component::SECTIONS.iter().map(|(kind, section)| (components.join(section), *kind)));
        for (map, kind) in places {
            let Some(Value::Object(members)) = root.pointer_mut(map.as_str()) else {
                continue;
            };
            for (key, value) in members {
                let at = map.join(key);
                let reference = value.get("$ref").and_then(Value::as_str);
                let Some(reference) = reference.filter(|_| self.is_alias(kind, value)) else {
                    continue;
                };
                let spot = Spot::of_text(0, at.clone());
                let Ok(target) = self.end(&spot, kind, reference) else {
                    continue;
                };
                let Some(section) = component::section(kind).filter(|_| self.is_moved(kind, &target)) else {
                    continue;
                };
                if self.texts.value(&target).is_some()
                    && !self.placed.contains_key(&(section, target.clone()))
                {
                    self.placed.insert((section, target.clone()), at.clone());
                    self.queue.push_back(Part { at, kind, target });
                    *value = Value::Null;
                }
            }
        }
    }

    /// Where in the document something is that a reference at a spot leads to.
    fn place(&mut self, spot: &Spot, kind: Kind, reference: &str) -> Result<Pointer, Diagnostic> {
        let at = spot.at.join("$ref");
        let target = self.end(spot, kind, reference)?;
        let Some(section) = component::section(kind).filter(|_| self.is_moved(kind, &target)) else {
            return Ok(target.pointer);
        };
        if let Some(place) = self.placed.get(&(section, target.clone())) {
            return Ok(place.clone());
        }
        if self.texts.value(&target).is_none() {
            let message = format!("the reference `{reference}` points to nothing");
            let help = format!("define `{}` there, or correct the reference", target.pointer);
            return Err(Diagnostic::error(&at, "dangling-reference", message).help(help));
        }
        let path = self.texts.path(target.text);
        let key = self.components.name(section, path, &target).map_err(|taken| {
            let other = Pointer::root().join("components").join(section).join(&taken);
            let message =
                format!("what `{reference}` leads to would be called `{taken}`, which is another schema");
            let help = format!(
                "name it in the description: under `components/schemas`, `OTHER: {{$ref: \"{reference}\"}}`"
            );
            Diagnostic::error(&at, "name-collision", message).related(&other, "the other schema").help(help)
        })?;
        let at = Pointer::root().join("components").join(section).join(key);
        self.placed.insert((section, target.clone()), at.clone());
        self.queue.push_back(Part { at: at.clone(), kind, target });
        Ok(at)
    }

    /// Whether something becomes a component, because it is in another file or where nothing is named.
    fn is_moved(&self, kind: Kind, target: &Target) -> bool {
        target.text != 0
            || self.version == Version::V31 && kind == Kind::Schema && scan::is_local(&target.pointer)
    }

    /// Whether something is a reference and nothing else.
    fn is_alias(&self, kind: Kind, value: &Value) -> bool {
        let mut members = value.as_object().into_iter().flat_map(|object| object.keys());
        match kind {
            Kind::Schema if self.version == Version::V31 => members.all(|key| key == "$ref"),
            Kind::PathItem => members.all(|key| ["$ref", "summary", "description"].contains(&key.as_str())),
            _ => true,
        }
    }

    /// Where a reference leads to, through all files whose part is nothing but another reference.
    fn end(&mut self, spot: &Spot, kind: Kind, reference: &str) -> Result<Target, Diagnostic> {
        let at = spot.at.join("$ref");
        let mut target = self.texts.resolve(spot, reference).map_err(|problem| problem.at(&at))?;
        let mut seen = HashSet::from([target.clone()]);
        while target.text != 0 {
            let value = self.texts.value(&target).filter(|value| self.is_alias(kind, value));
            let Some(next) = value.and_then(|value| value.get("$ref")).and_then(Value::as_str) else {
                break;
            };
            let next = next.to_owned();
            // What is wrong with the next reference is said where the first one stands, which may be in the description.
            let inner = self.texts.spot(spot.at.clone(), &target);
            target = self.texts.resolve(&inner, &next).map_err(|problem| {
                let mut error = problem.at(&at);
                if error.location.is_none() {
                    error.message = format!("`{reference}` leads on to `{next}`, and {}", error.message);
                }
                error
            })?;
            if !seen.insert(target.clone()) {
                let message = format!("the reference `{reference}` leads in a circle");
                let help = "let one of the references in the circle be an object";
                return Err(Diagnostic::error(&at, "reference-cycle", message).help(help));
            }
            if seen.len() > MAX_CHAIN {
                let message = format!("`{reference}` leads on to more than {MAX_CHAIN} other references");
                let help = "let it point at the object itself";
                return Err(Diagnostic::error(&at, "too-deep", message).help(help));
            }
        }
        Ok(target)
    }
}

/// Puts a value where it belongs in the document.
fn install(root: &mut Value, at: &Pointer, value: Value) {
    let mut place = root;
    for part in at.parts() {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(members) = place else {
            return;
        };
        place = members.entry(part).or_insert(Value::Null);
    }
    *place = value;
}

#[cfg(test)]
mod tests;
