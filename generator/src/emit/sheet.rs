//! Which files there are, and which items stand in each.

use std::collections::BTreeMap;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::{Emitter, client, docs, enums, ident, operation, structs, unions};
use crate::diagnostic::Diagnostic;
use crate::ir::{Api, Gate, Home, Operation, TypeDef, TypeKind};
use crate::names::{FeatureName, ModuleName};
use crate::pointer::Pointer;

/// A file before it is printed.
pub(crate) struct Sheet {
    /// The path with `/`, relative to `src/generated`.
    pub(crate) path: String,
    /// The lines of its docs.
    pub(crate) about: Vec<String>,
    /// Its items, parsed; what belongs together is one element.
    pub(crate) items: Vec<syn::File>,
}

/// What a file is for.
pub(super) enum Plan<'a> {
    Root,
    Client,
    Operations(&'a ModuleName, Vec<&'a Operation>),
    Types(&'a ModuleName),
    /// The file of a folder's modules: the folder, what it holds, and the modules.
    Index(&'static str, &'static str, Vec<(&'a ModuleName, &'a Gate)>),
}

/// All files of a client, sorted by path.
pub(super) fn plans(api: &Api) -> Vec<Plan<'_>> {
    let mut modules: BTreeMap<&ModuleName, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        modules.entry(&operation.module).or_default().push(operation);
    }
    let homes: BTreeMap<&ModuleName, &Gate> =
        api.types.iter().filter_map(|def| Some((types_module(&def.home)?, &def.gate))).collect();
    let mut plans = vec![
        Plan::Root,
        Plan::Client,
        Plan::Index(
            "operations",
            "One module for each operation: its request, its errors, its inline types.",
            modules.iter().map(|(module, operations)| (*module, gate_of(operations))).collect(),
        ),
        Plan::Index(
            "types",
            "The types of the API's named schemas.",
            homes.iter().map(|(module, gate)| (*module, *gate)).collect(),
        ),
    ];
    plans.extend(modules.into_iter().map(|(module, operations)| Plan::Operations(module, operations)));
    plans.extend(homes.into_keys().map(Plan::Types));
    plans.sort_by_cached_key(Plan::path);
    plans
}

/// The gate of a file of operations, which all of them share.
fn gate_of<'a>(operations: &[&'a Operation]) -> &'a Gate {
    operations.first().map_or(&Gate::Always, |operation| &operation.gate)
}

impl Plan<'_> {
    pub(super) fn path(&self) -> String {
        match self {
            Self::Root => "mod.rs".to_owned(),
            Self::Client => "client.rs".to_owned(),
            Self::Operations(module, _) => format!("operations/{module}.rs"),
            Self::Types(module) => format!("types/{module}.rs"),
            Self::Index(folder, ..) => format!("{folder}/mod.rs"),
        }
    }

    /// The file itself.
    pub(super) fn sheet(&self, emitter: &Emitter<'_>) -> Result<Sheet, Diagnostic> {
        let (about, items) = match self {
            Self::Root => (root_docs(emitter.api), root()),
            Self::Client => (docs::lines("The client and its builder."), client::items(emitter)),
            Self::Operations(module, operations) => emitter.operations_file(module, operations),
            Self::Types(module) => emitter.types_file(module),
            Self::Index(_, about, modules) => (docs::lines(about), index(modules)),
        };
        let path = self.path();
        let items = items.into_iter().map(|item| parsed(&path, item)).collect::<Result<_, _>>()?;
        Ok(Sheet { path, about, items })
    }
}

/// The lines of a file's docs, and its items.
type Parts = (Vec<String>, Vec<TokenStream>);

impl<'a> Emitter<'a> {
    fn operations_file(&self, module: &ModuleName, operations: &[&Operation]) -> Parts {
        let home = Home::Operations(module.clone());
        let mut items: Vec<TokenStream> = vec![use_runtime(), TokenStream::new()];
        for (index, operation) in operations.iter().enumerate() {
            items.extend(operation::items(self, &home, operation, index));
        }
        items.extend(self.types_of(&home));
        items[1] = if items.iter().any(|item| mentions(item, "types")) {
            quote!(
                use super::super::{Client, types};
            )
        } else {
            quote!(
                use super::super::Client;
            )
        };
        let calls: Vec<String> =
            operations.iter().map(|one| format!("`{} {}`", one.http_method, one.path)).collect();
        (docs::lines(&calls.join(", ")), items)
    }

    fn types_file(&self, module: &ModuleName) -> Parts {
        let home = Home::Types(module.clone());
        let mut items = self.types_of(&home);
        if items.iter().any(|item| mentions(item, "rt")) {
            items.insert(0, use_runtime());
        }
        let names: Vec<String> = self.types_at(&home).iter().map(|def| format!("`{}`", def.name)).collect();
        (docs::lines(&format!("{}.", names.join(", "))), items)
    }

    pub(super) fn types_at(&self, home: &Home) -> &[&'a TypeDef] {
        self.at_home.get(home).map_or(&[], Vec::as_slice)
    }

    /// The items of the types of a file.
    fn types_of(&self, home: &Home) -> Vec<TokenStream> {
        let mut items: Vec<TokenStream> = Vec::new();
        for def in self.types_at(home) {
            items.extend(match &def.kind {
                TypeKind::Struct(body) => structs::items(self, home, def, body),
                TypeKind::Enum(variants) => enums::items(def, variants),
                TypeKind::Union(union) => unions::items(self, home, def, union),
                TypeKind::Alias(ty) => structs::alias(self, home, def, ty),
                TypeKind::Newtype(ty) => structs::newtype(self, home, def, ty),
            });
        }
        items
    }
}

fn use_runtime() -> TokenStream {
    quote!(
        use client_runtime as rt;
    )
}

/// A folder's modules, each with all its items re-exported.
fn index(modules: &[(&ModuleName, &Gate)]) -> Vec<TokenStream> {
    let idents = || modules.iter().map(|(module, gate)| (condition(gate), ident(module.as_str())));
    let declared = idents().map(|(condition, module)| quote!(#condition mod #module;));
    declared.chain(idents().map(|(condition, module)| quote!(#condition pub use #module::*;))).collect()
}

/// The attribute that compiles an item with the features of its gate only.
fn condition(gate: &Gate) -> TokenStream {
    let Gate::Any(features) = gate else { return TokenStream::new() };
    let mut features = features.iter().map(FeatureName::as_str).map(|name| quote!(feature = #name));
    match (features.next(), features.len()) {
        (Some(feature), 0) => quote!(#[cfg(#feature)]),
        (first, _) => quote!(#[cfg(any(#first #(, #features)*))]),
    }
}

fn root_docs(api: &Api) -> Vec<String> {
    let mut lines = docs::lines(if api.title.is_empty() { "The client." } else { &api.title });
    if let Some(description) = &api.docs.description {
        lines.push(String::new());
        lines.extend(docs::lines(description));
    }
    lines
}

fn root() -> Vec<TokenStream> {
    vec![
        quote!(
            #![allow(
                clippy::disallowed_names,
                clippy::large_enum_variant,
                clippy::should_implement_trait,
                clippy::too_many_arguments,
                clippy::type_complexity,
                deprecated,
                reason = "the shape of the API decides these"
            )]
        ),
        quote!(
            mod client;
        ),
        quote!(
            pub mod operations;
        ),
        quote!(
            pub mod types;
        ),
        quote!(
            pub use client::{Client, ClientBuilder};
        ),
        quote!(
            pub use client_runtime as runtime;
        ),
        quote!(
            pub use client_runtime::{
                AccessToken, Base64, Body, ByteStream, Bytes, DateTime, DocumentedError, Error, ErrorKind,
                FileStream, Headers, HttpClient, Items, Maybe, Progress, RateLimit, Response, RetryPolicy,
                Secret, Stream, Token, TokenProvider, Value, jiff, reqwest,
            };
        ),
    ]
}

fn types_module(home: &Home) -> Option<&ModuleName> {
    match home {
        Home::Types(module) => Some(module),
        Home::Operations(_) => None,
    }
}

/// Whether tokens have a path with this module in it and something behind it.
fn mentions(tokens: &TokenStream, module: &str) -> bool {
    let mut was_module = false;
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            was_module = false;
            mentions(&group.stream(), module)
        }
        // The colon behind the name of an argument or a field is followed by no other.
        TokenTree::Punct(colon) if was_module && colon.as_char() == ':' => colon.spacing() == Spacing::Joint,
        token => {
            was_module = matches!(token, TokenTree::Ident(name) if name == module);
            false
        }
    })
}

fn parsed(path: &str, item: TokenStream) -> Result<syn::File, Diagnostic> {
    syn::parse2(item.clone()).map_err(|error| {
        // A mistake of the generator, said as such.
        let start: String = item.to_string().chars().take(120).collect();
        let message = format!("{path}: emitted code does not parse: {error}: {start}");
        Diagnostic::error(&Pointer::root(), "internal", message)
            .help("this is a mistake of the generator; please report it with the description")
    })
}
