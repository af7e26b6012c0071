//! What an operation gives: the value's type, its decoding, and the enums of statuses.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, text};
use crate::ir::{Case, ErrorVariant, Errors, Home, Operation, Shape, Status, Success, Type};

/// The enums of an operation's documented statuses.
pub(super) fn items(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if let Success::Several { name, cases } = &operation.success {
        items.push(several(emitter, here, operation, name.as_str(), cases));
    }
    if let Some(body) = &operation.errors {
        items.extend(errors(emitter, here, operation, body));
    }
    items
}

/// The type of the value that an operation gives.
pub(super) fn value_type(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(shape) => shape_type(emitter, here, shape),
        Success::Several { name, .. } => {
            let name = ident(name.as_str());
            quote!(#name)
        }
    }
}

/// A sentence on what awaiting an operation gives.
pub(super) fn docs(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> String {
    let link = |ty: &Type| {
        let name = ty.innermost_name()?;
        let path = emitter.ty(here, &Type::Named(name.clone())).to_string().replace(' ', "");
        Some(format!("[`{name}`]({path})"))
    };
    match &operation.success {
        Success::One(Shape::Json(ty)) => match (ty, link(ty)) {
            (Type::Named(_), Some(name)) => format!("Awaiting the request gives the {name}."),
            (Type::Array(_), Some(name)) => format!("Awaiting the request gives a list of {name}."),
            (_, Some(name)) => format!("Awaiting the request gives a value made of {name}."),
            (_, None) => "Awaiting the request gives the value of the response.".to_owned(),
        },
        Success::One(Shape::Text) => "Awaiting the request gives the text of the response.".to_owned(),
        Success::One(Shape::Bytes) => {
            let what = match operation.accept.as_str() {
                "" | "*/*" | "application/octet-stream" => "the bytes".to_owned(),
                media_type => format!("the bytes ({})", text::code(media_type)),
            };
            format!(
                "Awaiting the request gives {what} as a stream, after the status was checked and redirects were followed."
            )
        }
        Success::One(Shape::Items(ty)) => match link(ty) {
            Some(name) => format!("Awaiting the request gives a stream of {name}, each as it arrives."),
            None => "Awaiting the request gives a stream of values, each as it arrives.".to_owned(),
        },
        Success::One(Shape::Events(ty)) => match link(ty) {
            Some(name) => format!("Awaiting the request gives a stream of events, whose data is {name}."),
            None => "Awaiting the request gives a stream of events, each as it arrives.".to_owned(),
        },
        Success::One(Shape::Empty) => "Awaiting the request gives nothing but success.".to_owned(),
        Success::Several { name, .. } => format!("Awaiting the request gives a [`{name}`](super::{name})."),
    }
}

/// The type of the items of a list in pages.
pub(super) fn item_type(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Option<TokenStream> {
    let Success::One(Shape::Json(ty)) = &operation.success else {
        return None;
    };
    match emitter.resolved(ty) {
        Type::Array(item) if operation.pages => Some(emitter.ty(here, item)),
        _ => None,
    }
}

/// The expression that sends the request and decodes what comes back.
pub(super) fn send(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(Shape::Json(_)) => quote!(self.request.send_json()),
        Success::One(Shape::Text) => quote!(self.request.send_text()),
        Success::One(Shape::Bytes) => quote!(self.request.send_bytes()),
        Success::One(Shape::Items(_)) => quote!(self.request.send_json_items()),
        Success::One(Shape::Events(Type::String)) => quote!(self.request.send_text_events()),
        Success::One(Shape::Events(_)) => quote!(self.request.send_json_events()),
        Success::One(Shape::Empty) => quote!(self.request.send_empty()),
        Success::Several { name, cases } => {
            let name = ident(name.as_str());
            let arms = cases.iter().map(|case| {
                let variant = ident(case.variant.as_str());
                let value = match &case.shape {
                    Shape::Json(_) => quote!(Ok(response.json().await?.map(#name::#variant))),
                    Shape::Text => quote!(Ok(response.text().await?.map(#name::#variant))),
                    Shape::Bytes => quote!(Ok(response.bytes().map(#name::#variant))),
                    Shape::Items(_) => quote!(Ok(response.json_items().map(#name::#variant))),
                    Shape::Events(Type::String) => quote!(Ok(response.text_events().map(#name::#variant))),
                    Shape::Events(_) => quote!(Ok(response.json_events().map(#name::#variant))),
                    Shape::Empty => quote!(Ok(response.empty().await?.map(|()| #name::#variant))),
                };
                (case.status, value)
            });
            let choice =
                by_status(&quote!(response.status()), arms.collect(), &quote!(Err(response.undocumented())));
            quote! {
                let response = self.request.send_raw();
                Box::pin(async {
                    let response = response.await?;
                    #choice
                })
            }
        }
    }
}

/// Chooses an expression by the status; `otherwise` is for those that have none.
fn by_status(status: &TokenStream, arms: Vec<(Status, TokenStream)>, otherwise: &TokenStream) -> TokenStream {
    if let [(Status::Default, value)] = arms.as_slice() {
        return value.clone();
    }
    let covers_all = arms.iter().any(|(status, _)| *status == Status::Default);
    let rest = if covers_all { TokenStream::new() } else { quote!(_ => #otherwise,) };
    let arms = arms.iter().map(|(one, value)| match one {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(*code);
            quote!(#code => #value,)
        }
        Status::Range(digit) => {
            let digit = proc_macro2::Literal::u16_unsuffixed(*digit);
            quote!(status if status / 100 == #digit => #value,)
        }
        Status::Default => quote!(_ => #value,),
    });
    quote!(match #status { #(#arms)* #rest })
}

fn shape_type(emitter: &Emitter<'_>, here: &Home, shape: &Shape) -> TokenStream {
    match shape {
        Shape::Json(ty) => emitter.ty(here, ty),
        Shape::Text => quote!(String),
        Shape::Bytes => quote!(rt::ByteStream),
        Shape::Items(ty) => {
            let ty = emitter.ty(here, ty);
            quote!(rt::ItemStream<#ty>)
        }
        Shape::Events(ty) => {
            let ty = emitter.ty(here, ty);
            quote!(rt::ItemStream<rt::Event<#ty>>)
        }
        Shape::Empty => quote!(()),
    }
}

/// The enum of an operation whose success has several shapes.
fn several(
    emitter: &Emitter<'_>,
    here: &Home,
    operation: &Operation,
    name: &str,
    cases: &[Case],
) -> TokenStream {
    let docs = text::sentence(&format!(
        "What [`Client::{}`] gives, by status.",
        operation.method.as_str().trim_start_matches("r#")
    ));
    let name = ident(name);
    let streams =
        cases.iter().any(|case| matches!(case.shape, Shape::Bytes | Shape::Items(_) | Shape::Events(_)));
    let derive = if streams { quote!(#[derive(Debug)]) } else { quote!(#[derive(Debug, Clone, PartialEq)]) };
    let variants = cases.iter().map(|case| {
        let docs = text::of(&case.docs, &format!("Status {}.", status_text(case.status)));
        let variant = ident(case.variant.as_str());
        let ty = shape_type(emitter, here, &case.shape);
        if case.shape == Shape::Empty { quote!(#docs #variant,) } else { quote!(#docs #variant(#ty),) }
    });
    quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }
}

/// The enum of the documented errors, and how an error becomes one.
fn errors(emitter: &Emitter<'_>, here: &Home, operation: &Operation, errors: &Errors) -> Vec<TokenStream> {
    let name = ident(errors.name.as_str());
    let id = &operation.id;
    let method = operation.method.as_str().trim_start_matches("r#");
    let docs = text::attributes(&[
        format!("The errors that are documented for [`Client::{method}`]."),
        String::new(),
        "A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.".to_owned(),
    ]);
    let variants = errors.variants.iter().map(|variant| error_variant(emitter, here, variant));
    let arms = errors.variants.iter().map(|variant| {
        let name = ident(variant.variant.as_str());
        let value = match variant.body {
            Some(_) => quote!(Some(Self::#name(body.json()))),
            None => quote!(Some(Self::#name)),
        };
        (variant.status, value)
    });
    let only_default = matches!(errors.variants.as_slice(), [only] if only.status == Status::Default);
    let status = if only_default { quote!(_) } else { quote!(status) };
    let choice = by_status(&quote!(status), arms.collect(), &quote!(None));
    let reads = errors.variants.iter().any(|variant| variant.body.is_some());
    let body = if reads { quote!(body) } else { quote!(_) };
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        },
        quote! {
            impl rt::DocumentedError for #name {
                const OPERATION: &'static str = #id;

                fn decode(#status: u16, #body: &rt::ErrorBody) -> Option<Self> {
                    #choice
                }
            }
        },
    ]
}

fn error_variant(emitter: &Emitter<'_>, here: &Home, variant: &ErrorVariant) -> TokenStream {
    let status = status_text(variant.status);
    let mut lines = text::lines(&variant.docs, "");
    match lines.first_mut().filter(|first| !first.is_empty()) {
        Some(first) => *first = format!("{status}: {first}"),
        None => lines.insert(0, format!("{status}.")),
    }
    let docs = text::attributes(&lines);
    let name = ident(variant.variant.as_str());
    match &variant.body {
        Some(ty) => {
            let ty = emitter.ty(here, ty);
            quote!(#docs #name(Option<#ty>),)
        }
        None => quote!(#docs #name,),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    }
}
