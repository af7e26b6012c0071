//! An operation: its static facts, the client's method, and the request builder.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, example, headers, ident, request, responses, structs, text};
use crate::ir::{Body, Content, Gate, Home, Operation, Type};

/// The items of an operation, which has this index in its file.
pub(super) fn items(
    emitter: &Emitter<'_>,
    here: &Home,
    operation: &Operation,
    index: usize,
) -> Vec<TokenStream> {
    // Ids that are alike for very long share a file.
    let facts_name = match index {
        0 => ident("OPERATION"),
        _ => ident(&format!("OPERATION_{}", index + 1)),
    };
    let mut items = vec![facts(operation, &facts_name), method(emitter, here, operation, &facts_name)];
    items.push(builder(emitter, here, operation));
    items.push(builder_methods(emitter, here, operation));
    items.push(future(emitter, here, operation));
    items.extend(responses::items(emitter, here, operation));
    items.extend(headers::items(emitter, here, operation));
    items
}

/// What the runtime needs to know of the operation.
fn facts(operation: &Operation, name: &Ident) -> TokenStream {
    let Operation { id, path, accept, server, .. } = operation;
    let method = ident(&heading(&operation.http_method));
    let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
    quote! {
        static #name: rt::Operation = rt::Operation {
            id: #id,
            method: rt::Method::#method,
            path: #path,
            server: #server,
            accept: #accept,
            security: &[#(#security),*],
        };
    }
}

/// `GET` → `Get`.
fn heading(method: &str) -> String {
    let lower = method.to_lowercase();
    let mut chars = lower.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The client's method, with the name of the operation's facts.
fn method(emitter: &Emitter<'_>, here: &Home, operation: &Operation, facts: &Ident) -> TokenStream {
    let name = ident(operation.method.as_str());
    let request_name = ident(operation.request.as_str());
    let docs = text::attributes(&method_docs(emitter, here, operation));
    let deprecated = text::deprecated(operation.deprecated);
    let arguments = request::arguments(emitter, here, operation);
    let arguments = arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = &argument.ty;
        quote!(#name: #ty)
    });
    let fill = request::fill(emitter, here, operation);
    let mutable = if fill.is_empty() { TokenStream::new() } else { quote!(mut) };
    let body = operation.body.as_ref().filter(|body| request::fields(emitter, body).is_some());
    let body = body.map(|body| body_value(emitter, here, body));
    quote! {
        impl Client {
            #docs
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> #request_name {
                let #mutable request = rt::Request::new(self.runtime(), &#facts);
                #fill
                #request_name { request, #body }
            }
        }
    }
}

/// The start of a body whose fields are arguments and setters.
fn body_value(emitter: &Emitter<'_>, here: &Home, body: &Body) -> TokenStream {
    let (Some(fields), Content::JsonFields(name)) = (request::fields(emitter, body), &body.content) else {
        return TokenStream::new();
    };
    if !body.required {
        return quote!(body: None);
    }
    let values = fields.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        let value = structs::field_argument(emitter, here, field).1;
        match field.is_required() {
            true if name == value.to_string() => quote!(#name),
            true => quote!(#name: #value),
            false => quote!(#name: Default::default()),
        }
    });
    let name = ident(name.as_str());
    quote!(body: #name { #(#values),* })
}

/// What the client's method says: the operation, its arguments, its errors, and an example.
fn method_docs(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> Vec<String> {
    let call = format!("Calls `{} {}`.", operation.http_method, operation.path.replace('`', ""));
    let mut lines = text::lines(&operation.docs, &call);
    let arguments = request::arguments(emitter, here, operation);
    let described: Vec<_> = arguments
        .iter()
        .filter(|argument| argument.docs.iter().any(|line| !line.trim().is_empty()))
        .collect();
    if !described.is_empty() {
        lines.extend([String::new(), "# Arguments".to_owned(), String::new()]);
        for argument in described {
            let name = argument.name.trim_start_matches("r#");
            for (index, line) in argument.docs.iter().enumerate() {
                let start = if index == 0 { format!("- `{name}`: ") } else { "  ".to_owned() };
                lines.push(format!("{start}{line}").trim_end().to_owned());
            }
        }
    }
    lines.extend([String::new(), responses::docs(emitter, here, operation)]);
    lines.extend(features(operation));
    lines.extend([String::new(), "# Errors".to_owned(), String::new()]);
    match &operation.errors {
        Some(errors) => lines.push(format!(
            "[`{0}`](super::{0}) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.",
            errors.name
        )),
        None => lines.push("The API documents none.".to_owned()),
    }
    lines.push("[`ErrorKind`](rt::ErrorKind) has all that can go wrong.".to_owned());
    lines.extend(example::method(emitter, operation, &arguments));
    lines
}

/// Which features compile the method.
fn features(operation: &Operation) -> Vec<String> {
    let Gate::Any(features) = &operation.gate else { return Vec::new() };
    let names: Vec<String> = features.iter().map(|name| text::code(name.as_str())).collect();
    let sentence = match names.as_slice() {
        [name] => format!("Needs the feature {name}."),
        names => format!("Needs one of the features {}.", names.join(", ")),
    };
    vec![String::new(), sentence]
}

/// The request builder.
fn builder(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> TokenStream {
    let name = ident(operation.request.as_str());
    let method = operation.method.as_str();
    let docs = text::sentence(&format!(
        "The request of [`Client::{}`]: set what is optional, then send or await it.",
        method.trim_start_matches("r#")
    ));
    let body = operation.body.as_ref().and_then(|body| {
        let Content::JsonFields(name) = &body.content else {
            return None;
        };
        let ty = emitter.ty(here, &Type::Named(name.clone()));
        Some(if body.required { quote!(body: #ty,) } else { quote!(body: Option<#ty>,) })
    });
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent or awaited"]
        pub struct #name {
            request: rt::Request,
            #body
        }
    }
}

/// The setters, and the ways to send.
fn builder_methods(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> TokenStream {
    let name = ident(operation.request.as_str());
    let setters = request::setters(emitter, here, operation);
    let value = responses::value_type(emitter, here, operation);
    let prepare = prepare(emitter, operation);
    let send = responses::send(operation);
    let mutable = if prepare.is_empty() { TokenStream::new() } else { quote!(mut) };
    let items = responses::item_type(emitter, here, operation).map(|item| {
        quote! {
            /// All items of this page and of those that follow it, each page asked for when it is needed.
            pub fn items(self) -> rt::Items<#item> {
                self.request.items()
            }
        }
    });
    let options = options(operation);
    quote! {
        impl #name {
            #(#setters)*
            #items
            /// Sets a header of this request, whatever the client and the operation say.
            pub fn with_header(mut self, name: &str, value: &str) -> Self {
                self.request.header(name, value);
                self
            }
            #options
            /// Sends the request and gives the value of the response.
            pub fn send(self) -> rt::Sending<#value> {
                rt::value(self.send_full())
            }
            /// Sends the request and gives the value with the status and the headers.
            pub fn send_full(#mutable self) -> rt::Sending<rt::Response<#value>> {
                #prepare
                #send
            }
        }
    }
}

/// The statement that puts a body of fields into the request.
fn prepare(emitter: &Emitter<'_>, operation: &Operation) -> TokenStream {
    let Some(body) = operation.body.as_ref().filter(|body| request::fields(emitter, body).is_some()) else {
        return TokenStream::new();
    };
    let media_type = &body.media_type;
    if body.required {
        quote!(self.request.json(#media_type, &self.body);)
    } else {
        quote! {
            if let Some(body) = &self.body {
                self.request.json(#media_type, body);
            }
        }
    }
}

fn future(emitter: &Emitter<'_>, here: &Home, operation: &Operation) -> TokenStream {
    let name = ident(operation.request.as_str());
    let value = responses::value_type(emitter, here, operation);
    quote! {
        impl IntoFuture for #name {
            type Output = Result<#value, rt::Error>;
            type IntoFuture = rt::Sending<#value>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    }
}

/// How a request is sent, beside what the operation takes.
fn options(operation: &Operation) -> TokenStream {
    let is_described =
        operation.parameters.iter().any(|parameter| parameter.name.as_str() == "if_none_match");
    let condition = (operation.http_method == "GET" && !is_described).then(|| {
        quote! {
            /// Asks only for what has changed since a response with this `ETag`. If nothing has, the error is of kind
            /// [`NotModified`](rt::ErrorKind::NotModified).
            pub fn if_none_match(mut self, etag: &str) -> Self {
                self.request.if_none_match(etag);
                self
            }
        }
    });
    quote! {
        #condition
        /// Sets when this request is sent again, whatever the client says.
        pub fn retry(mut self, policy: rt::RetryPolicy) -> Self {
            self.request.retry(policy);
            self
        }
        /// Sets how long this request may take in all, whatever the client says.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.request.timeout(timeout);
            self
        }
    }
}
