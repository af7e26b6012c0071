//! Types that contain themselves: boxes where Rust needs them, and types of their own for aliases.
//!
//! Every field inside a circle of types is boxed, not the fewest that would do: which those are would
//! depend on the order of the types, and a new type elsewhere could change an old field.

use std::collections::{BTreeMap, HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::aliases::{Aliases, by_value};
use super::{Api, Type, TypeDef, TypeKind};
use crate::names::TypeName;
use crate::pointer::Pointer;

/// Makes every type of the client finite, and gives the places of those that were options or parts of themselves.
pub(crate) fn resolve(api: &mut Api) -> Vec<Pointer> {
    let own = drop_own_options(api);
    let endless = circles(&api.types, |def| match &def.kind {
        TypeKind::Alias(ty) => ty.innermost_name().cloned().into_iter().collect(),
        _ => Vec::new(),
    });
    for def in &mut api.types {
        if let TypeKind::Alias(ty) = &def.kind
            && endless.contains_key(&def.name)
        {
            def.kind = TypeKind::Newtype(ty.clone());
        }
    }
    let circles =
        circles(&api.types, |def| def.kind.parts().into_iter().filter_map(by_value).cloned().collect());
    for def in &mut api.types {
        if let Some(circle) = circles.get(&def.name) {
            // An alias is nothing of its own, so its target stays.
            if !matches!(def.kind, TypeKind::Alias(_)) {
                def.kind.parts_mut().into_iter().for_each(|ty| box_inside(ty, &circles, *circle));
            }
        }
    }
    own
}

/// Takes out what reads a type from the very value that is being read as it, which would never end: first the parts
/// that share an object's members, then the options of unions. A circle through several unions is cut where it goes
/// back to an earlier type, so that the first keeps its options.
fn drop_own_options(api: &mut Api) -> Vec<Pointer> {
    let order: HashMap<TypeName, usize> =
        api.types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
    let aliases = Aliases::of(&api.types);
    let mut changed = Vec::new();
    for parts in [true, false] {
        let circles = circles(&api.types, read_from_same_value);
        for (index, def) in api.types.iter_mut().enumerate() {
            let Some(circle) = circles.get(&def.name) else { continue };
            let leads_back = |ty: &Type| {
                by_value(ty).map(|name| aliases.end(name)).is_some_and(|name| {
                    circles.get(name) == Some(circle) && (parts || order.get(name) <= Some(&index))
                })
            };
            let before = def.kind.parts().len();
            match &mut def.kind {
                TypeKind::Struct(body) if parts => body.flattened.retain(|part| !leads_back(&part.ty)),
                TypeKind::Union(union) if !parts => union.variants.retain(|option| !leads_back(&option.ty)),
                _ => {}
            }
            if def.kind.parts().len() < before {
                changed.push(def.pointer.clone());
            }
        }
    }
    changed
}

/// The types that a value of a type is read as, whole, when it is read as that type.
fn read_from_same_value(def: &TypeDef) -> Vec<TypeName> {
    match &def.kind {
        TypeKind::Struct(body) => {
            body.flattened.iter().filter_map(|part| by_value(&part.ty)).cloned().collect()
        }
        TypeKind::Enum(_) => Vec::new(),
        _ => def.kind.parts().into_iter().filter_map(by_value).cloned().collect(),
    }
}

/// The circle of each type that stands in one.
fn circles(types: &[TypeDef], edges: impl Fn(&TypeDef) -> Vec<TypeName>) -> BTreeMap<TypeName, usize> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: HashMap<&TypeName, NodeIndex> =
        types.iter().map(|def| (&def.name, graph.add_node(()))).collect();
    let mut own: HashSet<NodeIndex> = HashSet::new();
    for def in types {
        for target in edges(def) {
            if let (Some(from), Some(to)) = (nodes.get(&def.name), nodes.get(&target)) {
                graph.add_edge(*from, *to, ());
                if from == to {
                    own.insert(*from);
                }
            }
        }
    }
    let mut circle_of: HashMap<NodeIndex, usize> = HashMap::new();
    for (circle, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        let is_circle = members.len() > 1 || members.iter().any(|node| own.contains(node));
        circle_of.extend(members.into_iter().filter(|_| is_circle).map(|node| (node, circle)));
    }
    nodes.into_iter().filter_map(|(name, node)| Some((name.clone(), *circle_of.get(&node)?))).collect()
}

fn box_inside(ty: &mut Type, circles: &BTreeMap<TypeName, usize>, circle: usize) {
    match ty {
        Type::Named(name) if circles.get(name) == Some(&circle) => *ty = Type::Boxed(Box::new(ty.clone())),
        Type::Nullable(inner) => box_inside(inner, circles, circle),
        _ => {}
    }
}
