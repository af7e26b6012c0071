//! Types with the types inside of them: what comes or goes with its owner is told with its owner.

use super::listing::{Block, TypePath};
use super::member::{Member, Members};
use super::spelling::counted;
use super::{Side, Told};

impl<'a> Side<'a> {
    /// How much a type has that only this side has, in words; the types inside of it are told with that.
    pub(super) fn size(&self, block: &Block<'a>, there: &Side<'_>, told: &mut Told<'a>) -> String {
        let members = Members::read(block).members;
        let is_part = |it: &Member| matches!(it, Member::Field(_) | Member::Variant(_));
        let count = members.values().filter(|(member, _)| is_part(member)).count();
        let noun = if block.keyword == "enum" { "variant" } else { "field" };
        let inner: Vec<TypePath<'a>> =
            self.inner(block).filter(|path| !there.listing.types.contains_key(path)).collect();
        let parts = [(count, noun), (inner.len(), "inner type")];
        let parts =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
        let words = parts.collect::<Vec<_>>().join(" and ");
        told.0.extend(inner);
        if words.is_empty() { words } else { format!(", with {words}") }
    }

    /// The types of inline schemas of a type: they stand in its file, and their names start with its own.
    fn inner(&self, block: &Block<'a>) -> impl Iterator<Item = TypePath<'a>> {
        let name = block.type_path().name;
        let others = self.listing.of_module(block.module()).iter().copied();
        others.filter(move |other| other.name.len() > name.len() && other.name.starts_with(name))
    }
}
