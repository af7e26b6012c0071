//! What must hold of every IR, whatever it was lowered from.

use std::collections::HashSet;

use super::{Api, Type};
use crate::names::TypeName;

/// The broken promises of an IR, each in a sentence; an empty list is what everybody expects.
pub fn check(api: &Api) -> Vec<String> {
    let mut broken = Vec::new();
    let known: HashSet<&TypeName> = api.types.iter().map(|def| &def.name).collect();
    if known.len() < api.types.len() {
        broken.push("two types have the same name".to_owned());
    }
    for def in &api.types {
        broken.extend(def.kind.parts().into_iter().flat_map(|ty| unknown(ty, &known, def.name.as_str())));
    }
    for operation in &api.operations {
        broken.extend(
            operation.types().into_iter().flat_map(|ty| unknown(ty, &known, operation.method.as_str())),
        );
        if operation.server >= api.servers.len() {
            broken.push(format!("{} has no server", operation.method));
        }
        if operation.security.iter().flatten().any(|index| *index >= api.security.len()) {
            broken.push(format!("{} has an unknown security scheme", operation.method));
        }
    }
    if !api.types.is_sorted_by(|a, b| a.name < b.name)
        || !api.operations.is_sorted_by(|a, b| a.method < b.method)
    {
        broken.push("types or operations are not sorted by name".to_owned());
    }
    broken
}

/// The name inside a type that nothing defines.
fn unknown(ty: &Type, known: &HashSet<&TypeName>, owner: &str) -> Option<String> {
    let name = ty.innermost_name().filter(|name| !known.contains(name))?;
    Some(format!("{owner} mentions {name}, which does not exist"))
}
