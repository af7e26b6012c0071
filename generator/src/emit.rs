//! IR to Rust source: knows no OpenAPI, and decides nothing that the IR has not decided.

mod client;
pub(crate) mod docs;
mod enums;
mod example;
mod headers;
mod operation;
mod request;
mod responses;
mod sheet;
mod structs;
mod text;
mod unchanged;
mod unions;

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Diagnostic;
use crate::ir::{Api, Home, Type, TypeDef, TypeKind};
use crate::names::TypeName;
use crate::{File, parallel, print};

pub(crate) use sheet::Sheet;
pub(crate) use text::plain;
pub(crate) use unchanged::unchanged;

/// The first line of every emitted file; files without it are never touched.
pub const MARKER: &str =
    "// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.";

/// The files of a client, sorted by path.
pub(crate) fn emit(api: &Api, crate_name: &str) -> Result<Vec<File>, Diagnostic> {
    sheets(api, crate_name, &HashSet::new(), |sheet| Ok(print::sheet(sheet)))
}

/// What the caller makes of each file of a client before it is printed, in the order of their paths, without those
/// that are skipped.
///
/// This happens on several threads; tokens cannot leave theirs.
pub(crate) fn sheets<R: Send>(
    api: &Api,
    crate_name: &str,
    skipped: &HashSet<String>,
    finish: impl Fn(Sheet) -> Result<R, Diagnostic> + Sync,
) -> Result<Vec<R>, Diagnostic> {
    let emitter = Emitter::new(api, crate_name);
    let mut plans = sheet::plans(api);
    plans.retain(|plan| !skipped.contains(&plan.path()));
    let files = parallel::map(&plans, |plan| finish(plan.sheet(&emitter)?));
    files.into_iter().collect()
}

/// What every emitter needs to look up.
pub(crate) struct Emitter<'a> {
    pub(crate) api: &'a Api,
    /// The name of the crate as code has it.
    pub(crate) crate_name: String,
    defs: HashMap<&'a TypeName, &'a TypeDef>,
    /// The types of each file.
    at_home: HashMap<&'a Home, Vec<&'a TypeDef>>,
    /// The types that requests are made of, which get constructors.
    built: BTreeSet<&'a TypeName>,
    /// The bodies whose fields are arguments and setters of one request, and that nobody else sees.
    inner: BTreeSet<&'a TypeName>,
}

impl<'a> Emitter<'a> {
    fn new(api: &'a Api, crate_name: &str) -> Self {
        let mut emitter = Self {
            api,
            crate_name: crate_name.replace('-', "_"),
            defs: api.types.iter().map(|def| (&def.name, def)).collect(),
            at_home: HashMap::new(),
            built: BTreeSet::new(),
            inner: request::inner_types(api),
        };
        for def in &api.types {
            emitter.at_home.entry(&def.home).or_default().push(def);
        }
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

    /// A type with what its aliases stand for in their place, seen from a file: texts that differ are different types.
    pub(crate) fn expanded(&self, here: &Home, ty: &Type) -> TokenStream {
        let mut ty = ty.clone();
        let mut open = ty.innermost_mut();
        while let Type::Named(name) = open
            && let Some(TypeKind::Alias(target)) = self.def(name).map(|def| &def.kind)
        {
            *open = target.clone();
            open = open.innermost_mut();
        }
        self.ty(here, &ty)
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
}

/// An identifier, raw or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
