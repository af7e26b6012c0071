//! Identical inline types: one of them is the type, the others are other names of it.
//!
//! Descriptions that are written by programs repeat the same inline schema up to a hundred times, and a compiler pays
//! for each. Every name stays, so that schemas that come to differ later change no other name.

use std::collections::{HashMap, HashSet};

use super::aliases::Aliases;
use super::{Api, Content, Type, TypeDef, TypeKind, is_component};
use crate::names::TypeName;
use crate::pointer::Pointer;

/// Makes aliases of the inline types that say the same as another type, down to the docs of their fields, and that are
/// compiled only when that one is.
pub(crate) fn share(api: &mut Api) {
    let targets: Vec<(usize, TypeName)> = groups(api)
        .into_values()
        .filter(|group| group.len() > 1)
        .flat_map(|group| aliases(&api.types, group))
        .collect();
    for (index, target) in targets {
        if let Some(def) = api.types.get_mut(index) {
            def.kind = TypeKind::Alias(Type::Named(target));
        }
    }
}

/// What two types have in common that are one: everything but their names, their places and what is said of the whole.
type Shape = (TypeKind, bool);

/// The types of each shape, by their places in the list.
fn groups(api: &Api) -> HashMap<Shape, Vec<usize>> {
    let names = Aliases::of(&api.types);
    let own = kept_apart(api, &names);
    let is_candidate = |def: &TypeDef| {
        !own.contains(&def.name) && !matches!(def.kind, TypeKind::Alias(_) | TypeKind::Newtype(_))
    };
    let mut order: Vec<usize> = (0..api.types.len()).collect();
    // What is inside an inline type has a longer pointer, so that the parts of a type are known before it.
    order.sort_by_key(|index| {
        std::cmp::Reverse(api.types.get(*index).map_or(0, |def| def.pointer.parts().count()))
    });
    let mut groups: HashMap<Shape, Vec<usize>> = HashMap::new();
    let mut first: HashMap<TypeName, TypeName> = HashMap::new();
    for index in order {
        let Some(def) = api.types.get(index).filter(|def| is_candidate(def)) else { continue };
        let group = groups.entry(shape(def, &first)).or_default();
        if !is_component(&def.pointer)
            && let Some(one) = group.first().and_then(|one| api.types.get(*one))
        {
            first.insert(def.name.clone(), one.name.clone());
        }
        group.push(index);
    }
    groups
}

/// The types that stay types of their own: the bodies whose fields are arguments and setters, because their requests
/// look into them, and what a tag tells apart, because each of these turns into its union.
fn kept_apart<'a>(api: &'a Api, aliases: &'a Aliases) -> HashSet<&'a TypeName> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let bodies = bodies.filter_map(|body| match &body.content {
        Content::JsonFields(name) => Some(name),
        _ => None,
    });
    let tagged = api.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Union(union) if union.tag.is_some() => Some(&union.variants),
        _ => None,
    });
    let told_apart = tagged.flatten().filter_map(|variant| variant.ty.innermost_name());
    bodies.chain(told_apart.map(|name| aliases.end(name))).collect()
}

fn shape(def: &TypeDef, first: &HashMap<TypeName, TypeName>) -> Shape {
    let mut kind = def.kind.clone();
    if let TypeKind::Struct(body) = &mut kind {
        body.fields.iter_mut().for_each(|field| field.pointer = Pointer::root());
    }
    for part in kind.parts_mut() {
        if let Type::Named(name) = part.innermost_mut()
            && let Some(one) = first.get(name)
        {
            *name = one.clone();
        }
    }
    (kind, def.deprecated)
}

/// Which types of a group become aliases, and of what: of a named schema, or of the inline type with the shortest name.
fn aliases(types: &[TypeDef], mut group: Vec<usize>) -> Vec<(usize, TypeName)> {
    let def = |index: &usize| types.get(*index);
    group.sort_by_key(|index| {
        def(index).map(|def| (!is_component(&def.pointer), def.name.as_str().len(), def.name.clone()))
    });
    let mut kept: Vec<&TypeDef> = Vec::new();
    let mut aliases = Vec::new();
    for index in group {
        let Some(def) = def(&index) else { continue };
        let target = kept.iter().find(|other| !is_component(&def.pointer) && other.gate.covers(&def.gate));
        match target {
            Some(target) => aliases.push((index, target.name.clone())),
            None => kept.push(def),
        }
    }
    aliases
}
