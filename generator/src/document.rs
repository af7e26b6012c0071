//! A loaded description: its value, the texts it came from, and which part came from where.

mod origins;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load;
use crate::pointer::Pointer;

pub use origins::Origins;

/// A text to read, with the name to show in diagnostics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Usually the path as the user gave it; its ending tells JSON from YAML.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A description and where its parts stand.
#[derive(Debug, Clone)]
pub struct Document {
    /// The description as one value.
    pub root: Value,
    /// The texts: the description first, then its overlays, then the files that references lead to.
    pub sources: Vec<Source>,
    /// How many overlays there are among the texts.
    pub overlays: usize,
    /// The parts that do not stand at the same place in the description.
    pub origins: Origins,
    /// Why references lead nowhere that are written as [`UNRESOLVED`] with an index.
    pub(crate) unresolved: Vec<Diagnostic>,
}

/// What a reference that leads nowhere starts with, once that is known; nobody can write it, because all references
/// to other places than the document itself are resolved.
pub(crate) const UNRESOLVED: &str = "unresolved:";

/// Where the diagnostics of one source want a location.
type Wanted<'a> = Vec<(Pointer, &'a mut Option<Location>)>;

impl Document {
    /// The value at a pointer.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// A description as it was read, without overlays.
    pub fn new(root: Value, source: Source) -> Self {
        Self { root, sources: vec![source], overlays: 0, origins: Origins::default(), unresolved: Vec::new() }
    }

    /// Fills in the locations of the diagnostics that have none yet, and puts them in the order of their places:
    /// those without one first, then those in the description, then those in its overlays and other files.
    ///
    /// The pointers of these diagnostics become those of the text that they are located in. Only what an overlay
    /// brought keeps the pointer that it has in the description.
    pub fn locate(&self, diagnostics: &mut Diagnostics) {
        let mut wanted: BTreeMap<usize, Wanted<'_>> = BTreeMap::new();
        for diagnostic in diagnostics.0.iter_mut().filter(|diagnostic| !diagnostic.is_elsewhere) {
            self.want(&mut diagnostic.pointer, &mut diagnostic.location, &mut wanted);
            for related in &mut diagnostic.related {
                self.want(&mut related.pointer, &mut related.location, &mut wanted);
            }
        }
        for (source, wanted) in wanted {
            let Some(source) = self.sources.get(source) else {
                continue;
            };
            let pointers: Vec<&Pointer> = wanted.iter().map(|(pointer, _)| pointer).collect();
            let found = load::locate(source, &pointers);
            for ((_, location), found) in wanted.into_iter().zip(found) {
                *location = found;
            }
        }
        let index =
            |location: &Location| self.sources.iter().position(|source| source.name == location.source);
        diagnostics.0.sort_by_cached_key(|diagnostic| {
            diagnostic.location.as_ref().map(|location| (index(location), location.offset))
        });
        // What stands in the document twice, because several parts of it were made of one, is said once.
        diagnostics.keep_first();
    }

    fn want<'a>(
        &self,
        pointer: &mut Pointer,
        location: &'a mut Option<Location>,
        wanted: &mut BTreeMap<usize, Wanted<'a>>,
    ) {
        if location.is_some() {
            return;
        }
        let (source, place) = self.origins.of(pointer);
        if !(1..=self.overlays).contains(&source) {
            *pointer = place.clone();
        }
        wanted.entry(source).or_default().push((place, location));
    }
}
