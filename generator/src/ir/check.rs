//! What must hold of every IR, whatever it was lowered from.

use std::collections::HashSet;

use super::{Api, Content, Operation, Shape, Success, Type};
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
            types_of(operation).into_iter().flat_map(|ty| unknown(ty, &known, operation.method.as_str())),
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

/// The types that an operation itself mentions.
fn types_of(operation: &Operation) -> Vec<&Type> {
    let mut types: Vec<&Type> = operation.parameters.iter().map(|parameter| &parameter.ty).collect();
    match operation.body.as_ref().map(|body| &body.content) {
        Some(Content::Json(ty) | Content::Form(ty)) => types.push(ty),
        Some(Content::JsonFields(_) | Content::Text | Content::Bytes) | None => {}
    }
    let shapes: Vec<&Shape> = match &operation.success {
        Success::One(shape) => vec![shape],
        Success::Several { cases, .. } => cases.iter().map(|case| &case.shape).collect(),
    };
    types.extend(shapes.into_iter().filter_map(|shape| match shape {
        Shape::Json(ty) => Some(ty),
        Shape::Text | Shape::Bytes | Shape::Empty => None,
    }));
    types.extend(
        operation
            .errors
            .iter()
            .flat_map(|errors| &errors.variants)
            .filter_map(|variant| variant.body.as_ref()),
    );
    types
}

/// The names inside a type that nothing defines.
fn unknown(ty: &Type, known: &HashSet<&TypeName>, owner: &str) -> Vec<String> {
    match ty {
        Type::Named(name) if !known.contains(name) => {
            vec![format!("{owner} mentions {name}, which does not exist")]
        }
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            unknown(inner, known, owner)
        }
        _ => Vec::new(),
    }
}
