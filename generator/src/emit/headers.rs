//! The documented headers of a response, as the fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, text};
use crate::ir::{Home, Operation};

/// The struct of an operation's headers, if it documents any.
pub(super) fn items(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Vec<TokenStream> {
    let Some(headers) = &operation.headers else { return Vec::new() };
    let name = ident(headers.name.as_str());
    let docs = text::attributes(&[
        format!(
            "The documented headers of the response to [`Client::{}`]; one that is not there, or not as documented, is `None`.",
            operation.method.as_str().trim_start_matches("r#")
        ),
        String::new(),
        "They are made of those that [`Response::headers`](rt::Response::headers) gives.".to_owned(),
    ]);
    let fields = headers.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        let ty = emitter.ty(here, &field.ty);
        let docs = text::of(&field.docs, &format!("The header {}.", text::code(&field.wire)));
        quote!(#docs pub #name: Option<#ty>,)
    });
    let values = headers.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        let wire = &field.wire;
        quote!(#name: headers.read(#wire),)
    });
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
            }
        },
        quote! {
            impl From<&rt::Headers> for #name {
                fn from(headers: &rt::Headers) -> Self {
                    Self { #(#values)* }
                }
            }
        },
    ]
}
