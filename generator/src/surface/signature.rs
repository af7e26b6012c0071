//! Signatures on one line, printed as the code itself is.

use syn::{
    Fields, File, Item, ItemEnum, ItemFn, ItemImpl, ItemStruct, ItemTrait, ItemType, Signature, Type,
    Visibility,
};

use super::direct;
use crate::print;

/// A function or method, named by its path.
pub(super) fn function(signature: &Signature, path: &str) -> syn::Result<String> {
    if let Some(text) = direct::function(signature, path) {
        return Ok(text);
    }
    let mut item: ItemFn = syn::parse_str("fn f() {}")?;
    item.sig = signature.clone();
    let text = line(Item::Fn(item))?;
    Ok(named(&text, "fn", &signature.ident, path))
}

/// A struct without its fields.
pub(super) fn structure(item: &ItemStruct, path: &str) -> syn::Result<String> {
    if direct::is_empty(&item.generics) {
        return Ok(format!("struct {path}"));
    }
    let mut bare = item.clone();
    bare.attrs.clear();
    bare.vis = Visibility::Inherited;
    bare.fields = Fields::Unit;
    bare.semi_token = Some(Default::default());
    Ok(named(&line(Item::Struct(bare))?, "struct", &item.ident, path))
}

/// An enum without its variants.
pub(super) fn enumeration(item: &ItemEnum, path: &str) -> syn::Result<String> {
    if direct::is_empty(&item.generics) {
        return Ok(format!("enum {path}"));
    }
    let mut bare = item.clone();
    bare.attrs.clear();
    bare.vis = Visibility::Inherited;
    bare.variants.clear();
    Ok(named(&line(Item::Enum(bare))?, "enum", &item.ident, path))
}

/// A trait without its items.
pub(super) fn interface(item: &ItemTrait, path: &str) -> syn::Result<String> {
    let mut bare = item.clone();
    bare.attrs.clear();
    bare.vis = Visibility::Inherited;
    bare.items.clear();
    Ok(named(&line(Item::Trait(bare))?, "trait", &item.ident, path))
}

/// A type alias.
pub(super) fn alias(item: &ItemType, path: &str) -> syn::Result<String> {
    let mut bare = item.clone();
    bare.attrs.clear();
    bare.vis = Visibility::Inherited;
    Ok(named(&line(Item::Type(bare))?, "type", &item.ident, path))
}

/// The head of an `impl`, with the path of the type in place of the type as written.
pub(super) fn implementation(item: &ItemImpl, written: &str, full: &str) -> syn::Result<String> {
    if let Some(text) = direct::implementation(item, full) {
        return Ok(text);
    }
    let mut bare = item.clone();
    bare.attrs.clear();
    bare.items.clear();
    let text = line(Item::Impl(bare))?;
    // The type is the last but for the bounds.
    let (head, bounds) =
        text.split_once(" where ").map_or((text.as_str(), ""), |(head, _)| text.split_at(head.len()));
    Ok(match head.strip_suffix(written) {
        Some(head) => format!("{head}{full}{bounds}"),
        None => text,
    })
}

/// A variant with what it holds.
pub(super) fn variant(variant: &syn::Variant) -> syn::Result<String> {
    let types: Vec<String> =
        variant.fields.iter().map(|field| of_type(&field.ty)).collect::<Result<_, _>>()?;
    let name = &variant.ident;
    Ok(match &variant.fields {
        Fields::Unit => name.to_string(),
        Fields::Unnamed(_) => format!("{name}({})", types.join(", ")),
        Fields::Named(fields) => {
            let names = fields.named.iter().filter_map(|field| field.ident.as_ref());
            let fields: Vec<String> = names.zip(types).map(|(name, ty)| format!("{name}: {ty}")).collect();
            format!("{name} {{ {} }}", fields.join(", "))
        }
    })
}

/// A type.
pub(super) fn of_type(ty: &Type) -> syn::Result<String> {
    if let Some(text) = direct::of_type(ty) {
        return Ok(text);
    }
    let mut item: ItemType = syn::parse_str("type T = ();")?;
    item.ty = Box::new(ty.clone());
    let text = line(Item::Type(item))?;
    Ok(text.strip_prefix("type T = ").unwrap_or(&text).to_owned())
}

/// The text with the path in place of the name after the keyword.
fn named(text: &str, keyword: &str, name: &syn::Ident, path: &str) -> String {
    text.replacen(&format!("{keyword} {name}"), &format!("{keyword} {path}"), 1)
}

/// An item without a body, printed and joined to one line.
fn line(item: Item) -> syn::Result<String> {
    let mut file: File = syn::parse_str("")?;
    file.items.push(item);
    let text = print::print(file);
    let mut joined = String::new();
    for part in text.lines().map(str::trim) {
        if part.starts_with([')', '>', ']']) {
            joined.truncate(joined.trim_end_matches(',').len());
        } else if !joined.is_empty() && !joined.ends_with(['(', '<', '[']) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    let bare = joined.trim_end_matches(['{', '}', ';', ' ']);
    Ok(bare.trim_end_matches(',').to_owned())
}
