//! Structs with their constructors and setters, aliases and newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, text};
use crate::ir::{Docs, Field, Flattened, Home, Presence, Struct, Type, TypeDef};

/// A struct; one that requests are made of gets a constructor and setters.
pub(super) fn items(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, body: &Struct) -> Vec<TokenStream> {
    if emitter.is_inner(&def.name) {
        return vec![inner(emitter, here, def, body)];
    }
    let name = ident(def.name.as_str());
    let docs = type_docs(def);
    let fields = body.fields.iter().map(|field| field_tokens(emitter, here, field));
    let flattened = body.flattened.iter().map(|part| flattened_tokens(emitter, here, part));
    let default = if has_default(emitter, body) { quote!(Default,) } else { TokenStream::new() };
    let members = body.fields.iter().map(member);
    let rest = body.flattened.iter().map(|part| {
        let name = ident(part.name.as_str());
        quote!(rest #name)
    });
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #(#flattened)*
        }

        rt::object! { #name { #(#members)* } #(#rest)* }
    }];
    if emitter.is_built(&def.name) {
        items.push(builder(emitter, here, def, body));
    }
    items
}

/// A struct that only its request sees, filled by arguments and setters and written as JSON.
fn inner(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, body: &Struct) -> TokenStream {
    let name = ident(def.name.as_str());
    let fields = body.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        let ty = field_type(emitter, here, field);
        quote!(#name: #ty,)
    });
    let members = body.fields.iter().map(member);
    let default = if has_default(emitter, body) { quote!(Default,) } else { TokenStream::new() };
    quote! {
        #[derive(Debug, #default)]
        struct #name {
            #(#fields)*
        }

        rt::object_members! { #name { #(#members)* } }
    }
}

/// Another name of a type.
pub(super) fn alias(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let docs = type_docs(def);
    let ty = emitter.ty(here, ty);
    vec![quote!(#docs pub type #name = #ty;)]
}

/// A type of its own around another one.
pub(super) fn newtype(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let docs = type_docs(def);
    let ty = emitter.ty(here, ty);
    vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name(
            /// The value inside.
            pub #ty,
        );

        rt::newtype!(#name);
    }]
}

/// The docs of a type; that it is deprecated is said in words, since a response can still hold it.
pub(super) fn type_docs(def: &TypeDef) -> TokenStream {
    let mut lines = text::lines(&def.docs, &place_docs(def));
    if def.deprecated {
        lines.extend([String::new(), "The API calls it deprecated.".to_owned()]);
    }
    text::attributes(&lines)
}

/// The type of a field with its presence.
pub(super) fn field_type(emitter: &Emitter<'_>, here: &Home, field: &Field) -> TokenStream {
    let ty = emitter.ty(here, &field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(rt::Maybe<#ty>),
    }
}

/// The type of an argument that gives a field its value, and the value made from it.
pub(super) fn field_argument(
    emitter: &Emitter<'_>,
    here: &Home,
    field: &Field,
) -> (TokenStream, TokenStream) {
    let name = ident(field.name.as_str());
    let ty = emitter.ty(here, &field.ty);
    let converts = converts(emitter, &field.ty);
    match field.presence {
        Presence::OptionalNullable => (quote!(impl Into<rt::Maybe<#ty>>), quote!(#name.into())),
        Presence::Nullable => (quote!(Option<#ty>), quote!(#name)),
        Presence::Optional if converts => (quote!(impl Into<#ty>), quote!(Some(#name.into()))),
        Presence::Optional => (ty, quote!(Some(#name))),
        Presence::Required if converts => (quote!(impl Into<#ty>), quote!(#name.into())),
        Presence::Required => (ty, quote!(#name)),
    }
}

/// Whether other types turn into this one, as `&str` does into `String`.
pub(super) fn converts(emitter: &Emitter<'_>, ty: &Type) -> bool {
    match emitter.resolved(ty) {
        Type::String | Type::Array(_) | Type::Any => true,
        Type::Named(name) => {
            matches!(emitter.def(name).map(|def| &def.kind), Some(crate::ir::TypeKind::Enum(_)))
        }
        _ => false,
    }
}

/// Whether a value of the struct can be made without any argument.
fn has_default(emitter: &Emitter<'_>, body: &Struct) -> bool {
    body.fields.iter().all(|field| field.presence != Presence::Required)
        && body.flattened.iter().all(|part| matches!(emitter.resolved(&part.ty), Type::Map(_)))
}

fn field_tokens(emitter: &Emitter<'_>, here: &Home, field: &Field) -> TokenStream {
    let name = ident(field.name.as_str());
    let ty = field_type(emitter, here, field);
    let docs = text::of(&field.docs, &format!("The member {}.", text::code(&field.wire)));
    let deprecated = text::deprecated(field.deprecated);
    quote!(#docs #deprecated pub #name: #ty,)
}

/// How a field is written, and the name of its member.
fn member(field: &Field) -> TokenStream {
    let name = ident(field.name.as_str());
    let wire = &field.wire;
    match field.presence {
        Presence::Optional => quote!(#name optional #wire,),
        // What is both optional and nullable says itself whether it is there.
        Presence::Required | Presence::Nullable | Presence::OptionalNullable => quote!(#name required #wire,),
    }
}

fn flattened_tokens(emitter: &Emitter<'_>, here: &Home, part: &Flattened) -> TokenStream {
    let name = ident(part.name.as_str());
    let ty = emitter.ty(here, &part.ty);
    let docs = text::of(&part.docs, "All other members.");
    quote!(#docs pub #name: #ty,)
}

/// The constructor with the required fields, and a setter for each other field.
fn builder(emitter: &Emitter<'_>, here: &Home, def: &TypeDef, body: &Struct) -> TokenStream {
    let name = ident(def.name.as_str());
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut setters = Vec::new();
    for field in &body.fields {
        let field_name = ident(field.name.as_str());
        let (ty, value) = field_argument(emitter, here, field);
        if field.is_required() {
            arguments.push(quote!(#field_name: #ty));
            let is_same = field_name == value.to_string();
            values.push(if is_same { quote!(#field_name) } else { quote!(#field_name: #value) });
        } else {
            values.push(quote!(#field_name: Default::default()));
            setters.push(setter(field, &ty, &value));
        }
    }
    for part in &body.flattened {
        let field_name = ident(part.name.as_str());
        if matches!(emitter.resolved(&part.ty), Type::Map(_)) {
            values.push(quote!(#field_name: Default::default()));
        } else {
            let ty = emitter.ty(here, &part.ty);
            arguments.push(quote!(#field_name: #ty));
            values.push(quote!(#field_name));
        }
    }
    let new_docs =
        text::sentence(if arguments.is_empty() { "Nothing set yet." } else { "With what is required." });
    quote! {
        impl #name {
            #new_docs
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }
    }
}

fn setter(field: &Field, ty: &TokenStream, value: &TokenStream) -> TokenStream {
    let name = ident(field.name.as_str());
    // `new` is the constructor's name, so a field of that name keeps to its field.
    if field.name.as_str() == "new" {
        return TokenStream::new();
    }
    let docs = text::of(
        &Docs { facts: Vec::new(), ..field.docs.clone() },
        &format!("Sets the member {}.", text::code(&field.wire)),
    );
    let deprecated = text::deprecated(field.deprecated);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// A sentence for a type that the description says nothing of.
fn place_docs(def: &TypeDef) -> String {
    let parts: Vec<String> = def.pointer.parts().collect();
    if let [components, schemas, name] = parts.as_slice()
        && components == "components"
        && schemas == "schemas"
    {
        return format!("The schema {}.", text::code(name));
    }
    let property = parts.iter().zip(parts.iter().skip(1)).rev().find(|(keyword, _)| *keyword == "properties");
    match (property, parts.last().map(String::as_str)) {
        (Some((_, name)), Some("items")) => format!("An item of {}.", text::code(name)),
        (Some((_, name)), Some("additionalProperties")) => format!("A value of {}.", text::code(name)),
        (Some((_, name)), _) => format!("The member {}.", text::code(name)),
        (None, _) if parts.iter().any(|part| part == "requestBody") => {
            "What the request body holds.".to_owned()
        }
        (None, _) if parts.iter().any(|part| part == "responses") => "What the response holds.".to_owned(),
        (None, _) => format!("The type {}.", text::code(def.name.as_str())),
    }
}
