//! Where the parts of a document come from, kept true while stages move, add and remove parts.

use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// The parts of a document that do not stand at the same place in the description, and where each does.
///
/// What is below such a part stands below its place, unless it is a part of its own.
#[derive(Debug, Clone, Default)]
pub struct Origins(BTreeMap<Pointer, (usize, Pointer)>);

impl Origins {
    /// The index of the source that a part came from, and where in that source: what is known of the
    /// nearest part around it, or else the same place in the description.
    pub fn of(&self, pointer: &Pointer) -> (usize, Pointer) {
        if self.0.is_empty() {
            return (0, pointer.clone());
        }
        let mut around = Some(pointer.clone());
        while let Some(part) = around {
            if let (Some((source, place)), Some(rest)) = (self.0.get(&part), pointer.strip_prefix(&part)) {
                return (*source, place.append(&rest));
            }
            around = part.parent();
        }
        (0, pointer.clone())
    }

    /// Notes that a part, with all below it, came from a source.
    pub(crate) fn set(&mut self, part: Pointer, source: usize, source_pointer: Pointer) {
        self.forget(&part);
        self.0.insert(part, (source, source_pointer));
    }

    /// Notes that a part was made of another one, or of some of it, which stood at `from`.
    pub(crate) fn derive(&mut self, part: Pointer, from: &Pointer) {
        self.derive_all(vec![part], from);
    }

    /// Notes that several parts were made of another one.
    pub(crate) fn derive_all(&mut self, parts: Vec<Pointer>, from: &Pointer) {
        let origin = self.of(from);
        let inner: Vec<(Pointer, (usize, Pointer))> = self
            .at_or_below(from)
            .into_iter()
            .filter_map(|known| Some((known.strip_prefix(from)?, self.0.get(&known)?.clone())))
            .collect();
        for part in parts {
            self.0.extend(inner.iter().map(|(rest, origin)| (part.append(rest), origin.clone())));
            self.0.insert(part, origin.clone());
        }
    }

    /// Forgets a part that is no longer there.
    pub(crate) fn forget(&mut self, part: &Pointer) {
        for known in self.at_or_below(part) {
            self.0.remove(&known);
        }
    }

    /// Follows an item that moves to another index of its array.
    pub(crate) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        let (source, source_pointer) = self.of(from);
        for known in self.at_or_below(from) {
            if let (Some(origin), Some(rest)) = (self.0.remove(&known), known.strip_prefix(from)) {
                self.0.insert(to.append(&rest), origin);
            }
        }
        self.0.entry(to.clone()).or_insert((source, source_pointer));
    }

    fn at_or_below(&self, part: &Pointer) -> Vec<Pointer> {
        // The part itself stands apart: other texts can sort between it and what is below it.
        let below = part.join("");
        let members = self.0.range(&below..).map(|(known, _)| known);
        let members = members.take_while(|known| known.as_str().starts_with(below.as_str()));
        self.0.get_key_value(part).map(|(known, _)| known).into_iter().chain(members).cloned().collect()
    }
}
