//! Arguments and setters of a request: how each value gets into it.

mod parts;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, structs, text};
use crate::ir::{
    Api, Body, Content, CookieStyle, Field, FormField, HeaderStyle, Home, Operation, Parameter, PathStyle,
    Place, QueryStyle, Struct, Type, TypeKind,
};
use crate::names::{FieldName, TypeName};

/// An argument of a request's method.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) ty: TokenStream,
    /// What it is, for the list of arguments.
    pub(super) docs: Vec<String>,
    pub(super) example: Option<String>,
}

/// The arguments of a request, in order.
pub(super) fn arguments(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        arguments.push(Argument {
            name: parameter.name.to_string(),
            ty: argument_type(emitter, here, &parameter.ty),
            docs: text::lines(&parameter.docs, ""),
            example: super::example::argument(emitter, &parameter.ty, &parameter.wire),
        });
    }
    if let Some(body) = &operation.body {
        arguments.extend(body_arguments(emitter, here, body));
    }
    arguments
}

fn body_arguments(emitter: &Emitter<'_>, here: &Home, body: &Body) -> Vec<Argument> {
    if let Some(fields) = fields(emitter, body) {
        let required = fields.fields.iter().filter(|field| field.is_required());
        return required
            .map(|field| Argument {
                name: field.name.to_string(),
                ty: structs::field_argument(emitter, here, field).0,
                docs: text::lines(&field.docs, ""),
                example: super::example::field(emitter, field),
            })
            .collect();
    }
    if let Content::Multipart(parts) = &body.content {
        return parts::arguments(emitter, here, parts);
    }
    if !body.required {
        return Vec::new();
    }
    vec![Argument {
        name: body.name.to_string(),
        ty: body_type(emitter, here, body),
        docs: text::lines(&body.docs, ""),
        example: super::example::body(emitter, body),
    }]
}

/// The statements that put the arguments into `request`.
pub(super) fn fill(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> TokenStream {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let parameters = parameters.map(|parameter| put(emitter, here, parameter, &quote!(request)));
    let body = match &operation.body {
        Some(Body { content: Content::Multipart(parts), required, .. }) => {
            parts::fill(emitter, here, parts, *required)
        }
        Some(body) if body.required && fields(emitter, body).is_none() => put_body(body, &quote!(request)),
        _ => TokenStream::new(),
    };
    quote!(#(#parameters)* #body)
}

/// The setters of everything that is not an argument.
pub(super) fn setters(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Vec<TokenStream> {
    let mut setters: Vec<TokenStream> = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        let docs = text::of(&parameter.docs, &format!("Sets the parameter {}.", text::code(&parameter.wire)));
        let ty = argument_type(emitter, here, &parameter.ty);
        let put = put(emitter, here, parameter, &quote!(self.request));
        setters.push(setter(&parameter.name, &ty, &docs, parameter.deprecated, &put));
    }
    if let Some(accept) = &operation.accept_setter {
        let docs = text::of(&accept.docs, "Sets the `Accept` header.");
        setters.push(
            quote!(#docs pub fn accept(mut self, accept: &str) -> Self { self.request.accept(accept); self }),
        );
    }
    if let Some(template) = &operation.url_template {
        let name = ident(template.setter.as_str());
        let docs = text::of(&template.docs, "Sends the request to the URL of this template instead.");
        setters.push(quote!(#docs pub fn #name(mut self, template: &str) -> Self { self.request.url_template(template); self }));
    }
    if let Some(body) = &operation.body {
        setters.extend(body_setters(emitter, here, body));
    }
    setters
}

/// A setter that puts its value into the request.
fn setter(
    name: &FieldName,
    ty: &TokenStream,
    docs: &TokenStream,
    deprecated: bool,
    put: &TokenStream,
) -> TokenStream {
    let name = ident(name.as_str());
    let deprecated = text::deprecated(deprecated);
    quote!(#docs #deprecated pub fn #name(mut self, #name: #ty) -> Self { #put self })
}

/// The fields of a body whose fields are arguments and setters.
pub(super) fn fields<'a>(emitter: &Emitter<'a>, body: &Body) -> Option<&'a Struct> {
    let Content::JsonFields(name) = &body.content else {
        return None;
    };
    match &emitter.def(name)?.kind {
        TypeKind::Struct(fields) => Some(fields),
        _ => None,
    }
}

/// The named types that users have to build: those of bodies and parameters, and all inside them.
pub(super) fn built_types<'a>(emitter: &Emitter<'a>) -> BTreeSet<&'a TypeName> {
    let mut built: BTreeSet<&'a TypeName> = BTreeSet::new();
    let mut todo: Vec<&'a TypeName> = emitter.api.operations.iter().flat_map(Operation::sent_names).collect();
    while let Some(name) = todo.pop() {
        if built.insert(name) {
            let parts = emitter.def(name).into_iter().flat_map(|def| def.kind.parts());
            todo.extend(parts.filter_map(Type::innermost_name));
        }
    }
    built
}

/// The bodies whose fields are arguments and setters, and that no other type or operation mentions.
pub(super) fn inner_types(api: &Api) -> BTreeSet<&TypeName> {
    let mut inner: BTreeSet<&TypeName> = BTreeSet::new();
    for operation in &api.operations {
        if let Some(Content::JsonFields(name)) = operation.body.as_ref().map(|body| &body.content) {
            inner.insert(name);
        }
    }
    let parts = api.types.iter().flat_map(|def| def.kind.parts());
    let mentioned = parts.chain(api.operations.iter().flat_map(Operation::types));
    for name in mentioned.filter_map(Type::innermost_name) {
        inner.remove(name);
    }
    inner
}

/// The type of an argument or a setter's value.
fn argument_type(emitter: &Emitter<'_>, here: &Home, ty: &Type) -> TokenStream {
    let tokens = emitter.ty(here, ty);
    match emitter.resolved(ty) {
        Type::String => quote!(&str),
        _ if structs::converts(emitter, ty) => quote!(impl Into<#tokens>),
        _ => tokens,
    }
}

/// The statement that puts a parameter's value into a request.
fn put(emitter: &Emitter<'_>, here: &Home, parameter: &Parameter, request: &TokenStream) -> TokenStream {
    let name = ident(parameter.name.as_str());
    let wire = &parameter.wire;
    let is_text = matches!(emitter.resolved(&parameter.ty), Type::String);
    let value = value(emitter, here, &name, &parameter.ty);
    let put = match parameter.place {
        Place::Path(PathStyle::Simple, false) => quote!(#request.path(#wire, #value);),
        Place::Path(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(#request.path_styled(#wire, rt::PathStyle::#style, #explode, #value);)
        }
        Place::Query(QueryStyle::Form, true) => quote!(#request.query(#wire, #value);),
        Place::Query(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(#request.query_styled(#wire, rt::QueryStyle::#style, #explode, #value);)
        }
        Place::ReservedQuery(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(#request.query_reserved(#wire, rt::QueryStyle::#style, #explode, #value);)
        }
        Place::Header(HeaderStyle::Simple, false) | Place::PartHeader => {
            quote!(#request.header(#wire, #value);)
        }
        Place::Header(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(#request.header_styled(#wire, rt::HeaderStyle::#style, #explode, #value);)
        }
        Place::Cookie(CookieStyle::Form, true) => quote!(#request.cookie(#wire, #value);),
        Place::Cookie(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(#request.cookie_styled(#wire, rt::CookieStyle::#style, #explode, #value);)
        }
    };
    if parameter.file_name && is_text { quote!(#put #request.file_name(#name);) } else { put }
}

/// The expression of a parameter's value.
fn value(emitter: &Emitter<'_>, here: &Home, name: &proc_macro2::Ident, ty: &Type) -> TokenStream {
    if matches!(emitter.resolved(ty), Type::String) || !structs::converts(emitter, ty) {
        return quote!(#name);
    }
    let ty = emitter.ty(here, ty);
    quote!(Into::<#ty>::into(#name))
}

/// The type of a body that is one argument.
fn body_type(emitter: &Emitter<'_>, here: &Home, body: &Body) -> TokenStream {
    match &body.content {
        Content::Json(ty) | Content::Form(ty, _) => {
            let ty = emitter.ty(here, ty);
            quote!(&#ty)
        }
        Content::Multipart(_) | Content::AnyParts => quote!(rt::Multipart),
        Content::JsonFields(name) => emitter.ty(here, &Type::Named(name.clone())),
        Content::Text => quote!(&str),
        Content::Bytes => quote!(impl Into<rt::Body>),
    }
}

/// The statement that puts a body into a request.
fn put_body(body: &Body, request: &TokenStream) -> TokenStream {
    let name = ident(body.name.as_str());
    let media_type = &body.media_type;
    match &body.content {
        Content::Json(_) | Content::JsonFields(_) => quote!(#request.json(#media_type, #name);),
        Content::Form(_, own) if own.is_empty() => quote!(#request.form(#name);),
        Content::Form(_, own) => {
            let own = own.iter().map(|FormField { wire, style, explode, reserved }| {
                let style = ident(&format!("{style:?}"));
                quote!(rt::FormField { name: #wire, style: rt::QueryStyle::#style, explode: #explode, reserved: #reserved })
            });
            quote!(#request.form_styled(&[#(#own),*], #name);)
        }
        Content::Multipart(_) | Content::AnyParts => quote!(#request.multipart(#name);),
        Content::Text => quote!(#request.text(#media_type, #name);),
        Content::Bytes => quote!(#request.body(#media_type, #name.into());),
    }
}

fn body_setters(emitter: &Emitter<'_>, here: &Home, body: &Body) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    let mut has_own_setter = false;
    if let Some(fields) = fields(emitter, body) {
        has_own_setter = fields.fields.iter().any(|field| field.name.as_str() == "content_type");
        let optional = fields.fields.iter().filter(|field| !field.is_required());
        setters.extend(optional.map(|field| field_setter(emitter, here, body, field)));
    } else if let Content::Multipart(parts) = &body.content {
        setters.extend(parts::setters(emitter, here, parts));
    } else if !body.required {
        let name = ident(body.name.as_str());
        let ty = body_type(emitter, here, body);
        let docs = text::of(&body.docs, "Sets the body.");
        let put = put_body(body, &quote!(self.request));
        setters.push(quote!(#docs pub fn #name(mut self, #name: #ty) -> Self { #put self }));
    }
    if body.content == Content::Bytes || !body.choices.is_empty() && !has_own_setter {
        setters.push(content_type(body));
    }
    setters
}

/// The setter that chooses the media type of a body.
fn content_type(body: &Body) -> TokenStream {
    let choices = body.choices.iter().map(|choice| text::code(choice)).collect::<Vec<_>>().join(", ");
    let taken = if choices.is_empty() { String::new() } else { format!("; the API takes {choices}") };
    let usual = match &body.content {
        Content::Bytes => "what the body or the name of a file tells, or else ",
        _ => "",
    };
    let usual = format!("{usual}{}", text::code(&body.media_type));
    let sentence = format!("Sets the media type of the body, which is otherwise {usual}{taken}.");
    let docs = text::sentence(&sentence);
    quote! {
        #docs
        pub fn content_type(mut self, media_type: &str) -> Self {
            self.request.content_type(media_type);
            self
        }
    }
}

/// A setter of a field of the body; a body that may be left out is sent once a field is set.
fn field_setter(emitter: &Emitter<'_>, here: &Home, body: &Body, field: &Field) -> TokenStream {
    let name = ident(field.name.as_str());
    let (ty, value) = structs::field_argument(emitter, here, field);
    let docs = text::of(&field.docs, &format!("Sets the member {}.", text::code(&field.wire)));
    let deprecated = text::deprecated(field.deprecated);
    let target = if body.required { quote!(self.body) } else { quote!(self.body.get_or_insert_default()) };
    quote!(#docs #deprecated pub fn #name(mut self, #name: #ty) -> Self { #target.#name = #value; self })
}
