//! A loaded description: its value, the texts it came from, and which part came from where.

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Location};
use crate::load;
use crate::pointer::Pointer;

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
    /// The texts: the description first, then its overlays.
    pub sources: Vec<Source>,
    /// The parts that came from an overlay or moved because of one; at most one entry for each.
    pub origins: Vec<Origin>,
}

/// A part of the document that does not stand at the same place in the description.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The part.
    pub pointer: Pointer,
    /// The index of the source.
    pub source: usize,
    /// Where in that source.
    pub source_pointer: Pointer,
}

impl Document {
    /// The value at a pointer.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// Fills in the locations of the diagnostics that have none yet, and puts them in the order of their places:
    /// those without one first, then those in the description, then those in its overlays.
    pub fn locate(&self, diagnostics: &mut Diagnostics) {
        let mut missing: Vec<(&Pointer, &mut Option<Location>)> = Vec::new();
        for diagnostic in diagnostics.0.iter_mut().filter(|diagnostic| !diagnostic.is_elsewhere) {
            missing.push((&diagnostic.pointer, &mut diagnostic.location));
            for related in &mut diagnostic.related {
                missing.push((&related.pointer, &mut related.location));
            }
        }
        missing.retain(|(_, location)| location.is_none());
        for (index, source) in self.sources.iter().enumerate() {
            let wanted: Vec<Option<Pointer>> =
                missing.iter().map(|(pointer, _)| self.within(index, pointer)).collect();
            let pointers: Vec<&Pointer> = wanted.iter().flatten().collect();
            if pointers.is_empty() {
                continue;
            }
            let mut found = load::locate(source, &pointers).into_iter();
            for ((_, location), _) in missing.iter_mut().zip(&wanted).filter(|(_, pointer)| pointer.is_some())
            {
                **location = found.next().flatten();
            }
        }
        let index =
            |location: &Location| self.sources.iter().position(|source| source.name == location.source);
        diagnostics.0.sort_by_key(|diagnostic| {
            diagnostic.location.as_ref().map(|location| (index(location), location.offset))
        });
    }

    /// The pointer inside the source with this index, if that is where `pointer` came from.
    fn within(&self, source: usize, pointer: &Pointer) -> Option<Pointer> {
        let (index, pointer) = Origin::of(&self.origins, pointer);
        (index == source).then_some(pointer)
    }
}

impl Origin {
    /// The index of the source that a part came from, and where in that source: what is known of the
    /// nearest part around it, or else the same place in the description.
    pub(crate) fn of(origins: &[Self], pointer: &Pointer) -> (usize, Pointer) {
        let around =
            origins.iter().filter_map(|origin| Some((origin, pointer.strip_prefix(&origin.pointer)?)));
        match around.max_by_key(|(origin, _)| origin.pointer.as_str().len()) {
            Some((origin, rest)) => (origin.source, origin.source_pointer.append(&rest)),
            None => (0, pointer.clone()),
        }
    }
}
