//! Bodies of several parts: each part is an argument or a setter.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Argument, argument_type, setter, value};
use crate::emit::{Emitter, example, ident, text};
use crate::ir::{Home, Parameter, Part, PartKind};

/// The arguments of the parts that are required, and of their headers that are.
pub(super) fn arguments(emitter: &Emitter<'_>, here: &Home, parts: &[Part]) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for part in parts.iter().filter(|part| part.required) {
        arguments.push(Argument {
            name: part.name.to_string(),
            ty: part_type(emitter, here, part),
            docs: text::lines(&part.docs, ""),
            example: match &part.kind {
                PartKind::File => Some("\"content\"".to_owned()),
                PartKind::Files => Some("[\"content\"]".to_owned()),
                PartKind::Value(ty) | PartKind::Styled(ty, ..) => example::argument(emitter, ty, &part.wire),
            },
        });
        arguments.extend(part.headers.iter().filter(|header| header.required).map(|header| Argument {
            name: header.name.to_string(),
            ty: argument_type(emitter, here, &header.ty),
            docs: text::lines(&header.docs, ""),
            example: example::argument(emitter, &header.ty, &header.wire),
        }));
    }
    arguments
}

/// The statements that put the arguments into `request`.
pub(super) fn fill(emitter: &Emitter<'_>, here: &Home, parts: &[Part], is_required: bool) -> TokenStream {
    let request = quote!(request);
    let required = || parts.iter().filter(|part| part.required);
    if is_required && required().next().is_none() {
        return quote!(#request.multipart(rt::Multipart::new()););
    }
    let puts = required().map(|part| {
        let headers = part.headers.iter().filter(|header| header.required);
        let headers = headers.map(|header| put_header(emitter, here, part, header, &request));
        let part = put(emitter, here, part, &request);
        quote!(#part #(#headers)*)
    });
    quote!(#(#puts)*)
}

/// The setters of all other parts and headers.
pub(super) fn setters(emitter: &Emitter<'_>, here: &Home, parts: &[Part]) -> Vec<TokenStream> {
    let request = quote!(self.request);
    let mut setters = Vec::new();
    for part in parts {
        if !part.required {
            let docs = text::of(&part.docs, &format!("Sets the part {}.", text::code(&part.wire)));
            let ty = part_type(emitter, here, part);
            let put = put(emitter, here, part, &request);
            setters.push(setter(&part.name, &ty, &docs, part.deprecated, &put));
        }
        for header in part.headers.iter().filter(|header| !part.required || !header.required) {
            let default = format!(
                "Sets the header {} of the part {}.",
                text::code(&header.wire),
                text::code(&part.wire)
            );
            let docs = text::of(&header.docs, &default);
            let ty = argument_type(emitter, here, &header.ty);
            let put = put_header(emitter, here, part, header, &request);
            setters.push(setter(&header.name, &ty, &docs, header.deprecated, &put));
        }
    }
    setters
}

fn part_type(emitter: &Emitter<'_>, here: &Home, part: &Part) -> TokenStream {
    match &part.kind {
        PartKind::File => quote!(impl Into<rt::Part>),
        PartKind::Files => quote!(impl IntoIterator<Item: Into<rt::Part>>),
        PartKind::Value(ty) | PartKind::Styled(ty, ..) => argument_type(emitter, here, ty),
    }
}

/// The statement that puts a part into a request.
fn put(emitter: &Emitter<'_>, here: &Home, part: &Part, request: &TokenStream) -> TokenStream {
    let Part { wire, media_types, .. } = part;
    let name = ident(part.name.as_str());
    match &part.kind {
        PartKind::File => quote!(#request.part_file(#wire, #media_types, #name);),
        PartKind::Files => quote!(#request.part_files(#wire, #media_types, #name);),
        PartKind::Value(ty) => {
            let value = value(emitter, here, &name, ty);
            quote!(#request.part(#wire, #media_types, #value);)
        }
        PartKind::Styled(ty, style, explode) => {
            let value = value(emitter, here, &name, ty);
            let style = ident(&format!("{style:?}"));
            quote!(#request.part_styled(#wire, rt::QueryStyle::#style, #explode, #value);)
        }
    }
}

/// The statement that puts a header of a part into a request.
fn put_header(
    emitter: &Emitter<'_>,
    here: &Home,
    part: &Part,
    header: &Parameter,
    request: &TokenStream,
) -> TokenStream {
    let (part, wire) = (&part.wire, &header.wire);
    let value = value(emitter, here, &ident(header.name.as_str()), &header.ty);
    quote!(#request.part_header(#part, #wire, #value);)
}
