//! Which types are only other names of others.

use std::collections::HashMap;

use super::{Type, TypeDef, TypeKind};
use crate::names::TypeName;

/// What each alias of a type with a name is another name of.
#[derive(Debug)]
pub(crate) struct Aliases(HashMap<TypeName, TypeName>);

impl Aliases {
    /// Those among some types.
    pub(crate) fn of(types: &[TypeDef]) -> Self {
        let targets = types.iter().filter_map(|def| match &def.kind {
            TypeKind::Alias(ty) => Some((def.name.clone(), by_value(ty)?.clone())),
            _ => None,
        });
        Self(targets.collect())
    }

    /// The type that a name stands for in the end; some name of a circle, if it leads into one.
    pub(crate) fn end<'a>(&'a self, name: &'a TypeName) -> &'a TypeName {
        let mut end = name;
        for _ in 0..self.0.len() {
            match self.0.get(end) {
                Some(target) => end = target,
                None => break,
            }
        }
        end
    }
}

/// The type that a value of a type holds in itself, not behind a list or a map.
pub(crate) fn by_value(ty: &Type) -> Option<&TypeName> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Nullable(inner) => by_value(inner),
        _ => None,
    }
}
