//! IR to Rust source: knows no OpenAPI, and decides nothing that the IR has not decided.

mod client;
pub(crate) mod docs;
mod enums;
mod example;
mod operation;
mod request;
mod responses;
mod structs;
mod text;
mod unions;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Diagnostic;
use crate::ir::{Api, Home, Operation, Type, TypeDef, TypeKind};
use crate::names::{ModuleName, TypeName};
use crate::pointer::Pointer;
use crate::{File, print};

/// The first line of every emitted file; files without it are never touched.
pub const MARKER: &str =
    "// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.";

/// The files of a client, sorted by path.
pub(crate) fn emit(api: &Api, crate_name: &str) -> Result<Vec<File>, Diagnostic> {
    let emitter = Emitter::new(api, crate_name);
    let mut files =
        vec![emitter.file("client.rs", "The client and its builder.", client::items(&emitter))?];
    let mut modules: BTreeMap<&ModuleName, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        modules.entry(&operation.module).or_default().push(operation);
    }
    for (module, operations) in &modules {
        files.push(emitter.operations_file(module, operations)?);
    }
    let homes: BTreeSet<&ModuleName> = api.types.iter().filter_map(|def| types_module(&def.home)).collect();
    for module in &homes {
        files.push(emitter.types_file(module)?);
    }
    files.push(emitter.index(
        "operations",
        "One module for each operation: its request, its errors, its inline types.",
        &modules.into_keys().collect::<Vec<_>>(),
    )?);
    files.push(emitter.index(
        "types",
        "The types of the API's named schemas.",
        &homes.into_iter().collect::<Vec<_>>(),
    )?);
    files.push(emitter.root()?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// What every emitter needs to look up.
pub(crate) struct Emitter<'a> {
    pub(crate) api: &'a Api,
    pub(crate) crate_name: Ident,
    defs: HashMap<&'a TypeName, &'a TypeDef>,
    /// The types that requests are made of, which get constructors.
    built: BTreeSet<&'a TypeName>,
    /// The bodies whose fields are arguments and setters of one request, and that nobody else sees.
    inner: BTreeSet<&'a TypeName>,
}

impl<'a> Emitter<'a> {
    fn new(api: &'a Api, crate_name: &str) -> Self {
        let mut emitter = Self {
            api,
            crate_name: ident(&crate_name.replace('-', "_")),
            defs: api.types.iter().map(|def| (&def.name, def)).collect(),
            built: BTreeSet::new(),
            inner: request::inner_types(api),
        };
        emitter.built = request::built_types(&emitter);
        emitter
    }

    /// The definition of a named type.
    pub(crate) fn def(&self, name: &TypeName) -> Option<&'a TypeDef> {
        self.defs.get(name).copied()
    }

    /// Whether users build values of this type.
    pub(crate) fn is_built(&self, name: &TypeName) -> bool {
        self.built.contains(name)
    }

    /// Whether a type is the body of one request and nothing else.
    pub(crate) fn is_inner(&self, name: &TypeName) -> bool {
        self.inner.contains(name)
    }

    /// A type, seen from a file.
    pub(crate) fn ty(&self, here: &Home, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::U64 => quote!(u64),
            Type::F32 => quote!(f32),
            Type::F64 => quote!(f64),
            Type::String => quote!(String),
            Type::DateTime => quote!(rt::DateTime),
            Type::Base64 => quote!(rt::Base64),
            Type::Any => quote!(rt::Value),
            Type::Array(inner) => {
                let inner = self.ty(here, inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(here, inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty(here, inner);
                quote!(Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.ty(here, inner);
                quote!(Box<#inner>)
            }
            Type::Named(name) => self.path(here, name),
        }
    }

    /// The path of a named type, seen from a file.
    fn path(&self, here: &Home, name: &TypeName) -> TokenStream {
        let ident = ident(name.as_str());
        match (here, self.def(name).map(|def| &def.home)) {
            (here, Some(there)) if here == there => quote!(#ident),
            (Home::Types(_), Some(Home::Types(_))) | (Home::Operations(_), Some(Home::Operations(_))) => {
                quote!(super::#ident)
            }
            (Home::Types(_), _) => quote!(super::super::operations::#ident),
            (Home::Operations(_), _) => quote!(types::#ident),
        }
    }

    /// What an alias stands for in the end.
    pub(crate) fn resolved(&self, ty: &'a Type) -> &'a Type {
        let mut ty = ty;
        while let Type::Named(name) = ty {
            match self.def(name).map(|def| &def.kind) {
                Some(TypeKind::Alias(target)) => ty = target,
                _ => break,
            }
        }
        ty
    }

    fn operations_file(&self, module: &ModuleName, operations: &[&Operation]) -> Result<File, Diagnostic> {
        let home = Home::Operations(module.clone());
        let mut items: Vec<TokenStream> = Vec::new();
        for operation in operations {
            items.extend(operation::items(self, &home, operation));
        }
        items.extend(self.types_of(&home));
        let mentions_types = items.iter().any(|item| mentions(item, "types"));
        items.insert(
            0,
            quote!(
                use client_runtime as rt;
            ),
        );
        items.insert(
            1,
            if mentions_types {
                quote!(
                    use super::super::{Client, types};
                )
            } else {
                quote!(
                    use super::super::Client;
                )
            },
        );
        let calls: Vec<String> =
            operations.iter().map(|one| format!("`{} {}`", one.http_method, one.path)).collect();
        self.file(&format!("operations/{module}.rs"), &calls.join(", "), items)
    }

    fn types_file(&self, module: &ModuleName) -> Result<File, Diagnostic> {
        let home = Home::Types(module.clone());
        let items = self.types_of(&home);
        let names: Vec<String> = self.types_at(&home).map(|def| format!("`{}`", def.name)).collect();
        self.file(&format!("types/{module}.rs"), &format!("{}.", names.join(", ")), items)
    }

    fn types_at<'b>(&'b self, home: &'b Home) -> impl Iterator<Item = &'a TypeDef> + 'b {
        self.api.types.iter().filter(move |def| def.home == *home)
    }

    /// The items of the types of a file; whether they need the runtime is seen from their tokens.
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
        if matches!(home, Home::Types(_)) && items.iter().any(|item| mentions(item, "rt")) {
            items.insert(
                0,
                quote!(
                    use client_runtime as rt;
                ),
            );
        }
        items
    }

    /// The file of a folder's modules, each with all its items re-exported.
    fn index(&self, folder: &str, about: &str, modules: &[&ModuleName]) -> Result<File, Diagnostic> {
        let mut items: Vec<TokenStream> = Vec::new();
        for module in modules {
            let module = ident(module.as_str());
            items.push(quote!(mod #module;));
        }
        for module in modules {
            let module = ident(module.as_str());
            items.push(quote!(pub use #module::*;));
        }
        self.file(&format!("{folder}/mod.rs"), about, items)
    }

    fn root(&self) -> Result<File, Diagnostic> {
        let about = if self.api.title.is_empty() { "The client." } else { self.api.title.as_str() };
        let mut lines = docs::lines(about);
        if let Some(description) = &self.api.docs.description {
            lines.push(String::new());
            lines.extend(docs::lines(description));
        }
        let items = vec![
            quote!(
                #![allow(
                    clippy::large_enum_variant,
                    clippy::should_implement_trait,
                    clippy::too_many_arguments,
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
                    AccessToken, Base64, Body, ByteStream, Bytes, DateTime, DocumentedError, Error,
                    ErrorKind, FileStream, Headers, HttpClient, Items, Maybe, Progress, RateLimit, Response,
                    RetryPolicy, Secret, Stream, Token, TokenProvider, Value, jiff, reqwest,
                };
            ),
        ];
        self.file_with("mod.rs", &lines, items)
    }

    fn file(&self, path: &str, about: &str, items: Vec<TokenStream>) -> Result<File, Diagnostic> {
        self.file_with(path, &docs::lines(about), items)
    }

    /// Prints a file: the marker, its docs, and its items with an empty line between them.
    fn file_with(&self, path: &str, about: &[String], items: Vec<TokenStream>) -> Result<File, Diagnostic> {
        let mut contents = format!("{MARKER}\n");
        for line in about {
            contents.push_str(format!("//! {line}").trim_end());
            contents.push('\n');
        }
        let mut was_short = false;
        for item in items {
            let file =
                syn::parse2::<syn::File>(item.clone()).map_err(|error| unprintable(path, &item, &error))?;
            let is_import = matches!(file.items.as_slice(), [syn::Item::Use(_) | syn::Item::Mod(_)]);
            let printed = print::print(file);
            let is_short = is_import && printed.lines().count() == 1;
            if !(was_short && is_short) {
                contents.push('\n');
            }
            contents.push_str(&printed);
            was_short = is_short;
        }
        Ok(File { path: path.to_owned(), contents })
    }
}

/// An identifier, raw or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

fn types_module(home: &Home) -> Option<&ModuleName> {
    match home {
        Home::Types(module) => Some(module),
        Home::Operations(_) => None,
    }
}

/// Whether tokens have a path that starts with a module.
fn mentions(tokens: &TokenStream, module: &str) -> bool {
    let text = tokens.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .any(|pair| matches!(pair, [first, "::"] if first.trim_start_matches(['<', '(', '&', '[']) == module))
}

/// A mistake of the generator, said as such.
fn unprintable(path: &str, item: &TokenStream, error: &syn::Error) -> Diagnostic {
    let start: String = item.to_string().chars().take(120).collect();
    Diagnostic::error(
        &Pointer::root(),
        "internal",
        format!("{path}: emitted code does not parse: {error}: {start}"),
    )
    .help("this is a mistake of the generator; please report it with the description")
}
