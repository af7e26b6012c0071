//! Enums of known texts, open to any other.

use proc_macro2::TokenStream;
use quote::quote;

use super::structs::type_docs;
use super::{ident, text};
use crate::ir::{EnumVariant, TypeDef};

/// An enum with its text conversions.
pub(super) fn items(def: &TypeDef, variants: &[EnumVariant]) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let docs = type_docs(def);
    let mut declared = Vec::new();
    let mut to_text = Vec::new();
    let mut from_text = Vec::new();
    for variant in variants {
        let variant_name = ident(variant.name.as_str());
        match &variant.wire {
            Some(wire) => {
                let docs = text::sentence(&format!("{}.", text::code(wire)));
                declared.push(quote!(#docs #variant_name,));
                to_text.push(quote!(Self::#variant_name => #wire,));
                from_text.push(quote!(#wire => Self::#variant_name,));
            }
            None => {
                let docs = text::sentence("Any text that this version of the client does not know.");
                declared.push(quote!(#docs #variant_name(String),));
                to_text.push(quote!(Self::#variant_name(text) => text,));
                from_text.push(quote!(_ => Self::#variant_name(text),));
            }
        }
    }
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#declared)*
            }
        },
        quote! {
            impl #name {
                /// The text on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#to_text)*
                    }
                }
            }
        },
        quote! {
            impl From<String> for #name {
                fn from(text: String) -> Self {
                    match text.as_str() {
                        #(#from_text)*
                    }
                }
            }
        },
        quote!(rt::string_enum!(#name);),
    ]
}
