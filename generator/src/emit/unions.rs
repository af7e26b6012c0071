//! Unions: enums over types, told apart by a tag or by trying them in order.

use proc_macro2::TokenStream;
use quote::quote;

use super::structs::type_docs;
use super::{Emitter, ident, text};
use crate::ir::{Constant, Home, TypeDef, Union, UnionVariant};

/// A union with its decoding; encoding writes what the variant holds.
pub(super) fn items(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let docs = type_docs(def);
    let variants = union.variants.iter().map(|variant| {
        let docs = text::sentence(&variant_docs(union, variant));
        let name = ident(variant.name.as_str());
        let ty = emitter.ty(here, &variant.ty);
        quote!(#docs #name(#ty),)
    });
    let other = ident(union.other.as_str());
    let tried = union.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let tags = &variant.tags;
        let members = variant.constants.iter().map(|(member, _)| member);
        let constants = variant.constants.iter().map(|(_, constant)| literal(constant));
        match (union.tag.is_some(), variant.constants.is_empty()) {
            (true, _) => quote!(#name #(#tags)|*,),
            (false, true) => quote!(#name,),
            (false, false) => quote!(#name if #(#members is #constants)and*,),
        }
    });
    let tag = union.tag.iter().map(|tag| quote!(by #tag));
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any value that this version of the client does not know.
            #other(rt::Value),
        }

        rt::union! { #name #(#tag)* { #(#tried)* } else #other }
    }];
    items.extend(conversions(emitter, here, &name, union));
    items
}

fn literal(constant: &Constant) -> TokenStream {
    match constant {
        Constant::Text(text) => quote!(#text),
        Constant::Integer(number) => quote!(#number),
        Constant::Bool(value) => quote!(#value),
    }
}

fn variant_docs(union: &Union, variant: &UnionVariant) -> String {
    match &union.tag {
        Some(tag) => {
            let tags: Vec<String> = variant.tags.iter().map(|tag| text::code(tag)).collect();
            format!("Where {} is {}.", text::code(tag), tags.join(" or "))
        }
        None => format!("{}.", text::code(variant.name.as_str())),
    }
}

/// `From` for each type that only one variant holds.
fn conversions(
    emitter: &Emitter<'_>,
    here: &Home,
    name: &proc_macro2::Ident,
    union: &Union,
) -> Vec<TokenStream> {
    let types: Vec<String> =
        union.variants.iter().map(|variant| emitter.expanded(here, &variant.ty).to_string()).collect();
    let mut items = Vec::new();
    for (variant, resolved) in union.variants.iter().zip(&types) {
        let is_only = types.iter().filter(|other| *other == resolved).count() == 1;
        let ty = emitter.ty(here, &variant.ty);
        if !is_only || resolved.contains("rt :: Value") {
            continue;
        }
        let variant = ident(variant.name.as_str());
        items.push(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        });
    }
    items
}
