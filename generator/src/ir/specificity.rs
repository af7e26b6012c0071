//! The order in which the types of a union are tried: the one that accepts least comes first.

use std::collections::HashMap;

use super::{Api, Presence, Type, TypeKind};
use crate::names::TypeName;

/// Sorts the variants of every union that no tag tells apart.
pub(crate) fn order(api: &mut Api) {
    let ranks: HashMap<TypeName, (u8, usize)> =
        api.types.iter().map(|def| (def.name.clone(), rank_of_kind(&def.kind))).collect();
    for def in &mut api.types {
        if let TypeKind::Union(union) = &mut def.kind
            && union.tag.is_none()
        {
            union.variants.sort_by_key(|variant| rank(&variant.ty, &ranks));
        }
    }
}

/// Lower ranks are tried first; the second part counts the members that may be missing.
fn rank(ty: &Type, ranks: &HashMap<TypeName, (u8, usize)>) -> (u8, usize) {
    match ty {
        Type::Bool | Type::I32 | Type::I64 | Type::U64 => (0, 0),
        Type::F32 | Type::F64 => (1, 0),
        Type::Named(name) => ranks.get(name).copied().unwrap_or((2, 0)),
        Type::Boxed(inner) | Type::Nullable(inner) => rank(inner, ranks),
        Type::Array(_) => (3, 0),
        Type::Map(_) => (4, 0),
        Type::String | Type::DateTime | Type::Base64 => (5, 0),
        Type::Any => (6, 0),
    }
}

fn rank_of_kind(kind: &TypeKind) -> (u8, usize) {
    match kind {
        TypeKind::Struct(def) => {
            let required = def.fields.iter().filter(|field| field.presence == Presence::Required).count();
            (2, usize::MAX - required * 1000 - def.fields.len().min(999))
        }
        TypeKind::Union(_) => (2, usize::MAX),
        TypeKind::Enum(_) => (5, 0),
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => rank(ty, &HashMap::new()),
    }
}
