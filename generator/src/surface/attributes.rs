//! What attributes say about the API.

use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Meta, Path, Token};

/// The attributes of an item.
pub(super) fn of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether an item is part of the API: neither hidden from the docs nor only there in tests.
pub(super) fn is_shown(attributes: &[Attribute]) -> bool {
    let has = |name: &str, word: &str| {
        attributes
            .iter()
            .filter(|attribute| matches!(attribute.meta, Meta::List(_)) && attribute.path().is_ident(name))
            .any(|attribute| attribute.parse_args::<Path>().is_ok_and(|argument| argument.is_ident(word)))
    };
    !has("doc", "hidden") && !has("cfg", "test")
}

/// The attributes that users of an item have to know of, each with a space after it.
pub(super) fn marks(attributes: &[Attribute]) -> String {
    let known = ["deprecated", "must_use", "non_exhaustive"];
    let marks =
        known.iter().filter(|name| attributes.iter().any(|attribute| attribute.path().is_ident(name)));
    marks.map(|name| format!("#[{name}] ")).collect()
}

/// The traits that an item derives.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("derive") => {
            list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok()
        }
        _ => None,
    });
    let names = lists.flatten().filter_map(|path| path.segments.last().map(|name| name.ident.to_string()));
    names.collect()
}
