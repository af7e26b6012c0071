//! Which files two clients have in common, so that who compares them need not make those.

use std::collections::HashSet;

use super::sheet::{self, Plan};
use super::{Emitter, Home};
use crate::ir::{Api, Content, Type, TypeDef};
use crate::names::TypeName;

/// The paths of the files that both clients make of the same parts.
///
/// The files of a client that hold something of each operation are never among them.
pub(crate) fn unchanged(old: &Api, new: &Api) -> HashSet<String> {
    let emitters = (Emitter::new(old, ""), Emitter::new(new, ""));
    let (old, new) = (sheet::plans(old), sheet::plans(new));
    let mut unchanged = HashSet::new();
    let mut others = new.iter().peekable();
    for plan in &old {
        let path = plan.path();
        // Both lists are sorted by path.
        while others.next_if(|other| other.path() < path).is_some() {}
        let other = others.next_if(|other| other.path() == path);
        if other.is_some_and(|other| is_same((&emitters.0, plan), (&emitters.1, other))) {
            unchanged.insert(path);
        }
    }
    unchanged
}

/// A file and what it is looked up in.
type Part<'a> = (&'a Emitter<'a>, &'a Plan<'a>);

fn is_same((old, plan): Part<'_>, (new, other): Part<'_>) -> bool {
    let (home, same_operations) = match (plan, other) {
        (Plan::Operations(module, before), Plan::Operations(_, after)) => {
            (Home::Operations((*module).clone()), before == after)
        }
        (Plan::Types(module), Plan::Types(_)) => (Home::Types((*module).clone()), true),
        _ => return false,
    };
    let types = || old.types_at(&home).iter();
    same_operations
        && old.types_at(&home) == new.types_at(&home)
        && types().all(|def| has_same_role(old, new, &def.name))
        && mentioned(plan, types())
            .all(|name| old.def(name) == new.def(name) && has_same_role(old, new, name))
}

/// Whether users build values of a type in both, and whether it is the body of a request in both.
fn has_same_role(old: &Emitter<'_>, new: &Emitter<'_>, name: &TypeName) -> bool {
    old.is_built(name) == new.is_built(name) && old.is_inner(name) == new.is_inner(name)
}

/// The types that the parts of a file speak of.
fn mentioned<'a>(
    plan: &'a Plan<'a>,
    types: impl Iterator<Item = &'a &'a TypeDef>,
) -> impl Iterator<Item = &'a TypeName> {
    let operations = match plan {
        Plan::Operations(_, operations) => operations.as_slice(),
        _ => &[],
    };
    let bodies = operations.iter().filter_map(|operation| match &operation.body.as_ref()?.content {
        Content::JsonFields(name) => Some(name),
        _ => None,
    });
    let of_operations = operations.iter().flat_map(|operation| operation.types());
    let of_types = types.flat_map(|def| def.kind.parts());
    of_operations.chain(of_types).filter_map(Type::innermost_name).chain(bodies)
}
