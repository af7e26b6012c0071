//! The model of the client to emit: plain data, every decision already made.
//!
//! No tokens and no OpenAPI in here. Everything is sorted by Rust name, and says by a JSON pointer
//! where in the description it came from.

pub(crate) mod aliases;
pub mod check;
pub(crate) mod depth;
pub(crate) mod direction;
pub(crate) mod gate;
pub mod outline;
pub(crate) mod recursion;
pub(crate) mod sharing;
pub(crate) mod specificity;

mod operation;
mod types;

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

pub use gate::Gate;
pub use operation::*;
pub use types::*;

use crate::names::{FeatureName, MethodName, TypeName};

/// A whole client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The title of the API.
    pub title: String,
    /// The version that the description gives.
    pub version: String,
    /// What the description says of the whole.
    pub docs: Docs,
    /// Where the API is; the first is the default of every operation.
    pub servers: Vec<Server>,
    /// Headers of every request.
    pub headers: Vec<ClientHeader>,
    /// Ways to authenticate.
    pub security: Vec<SecurityScheme>,
    /// The features of the crate, each with the tags of the operations that it compiles; none if all are compiled.
    pub features: Vec<Feature>,
    /// The operations, sorted by method name.
    pub operations: Vec<Operation>,
    /// The types, sorted by name.
    pub types: Vec<TypeDef>,
    /// How many named schemas have no type, because no operation reaches them.
    pub unreached: usize,
}

/// A feature of the crate: what has one of its tags is compiled with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// The feature.
    pub name: FeatureName,
    /// The tags as the description has them.
    pub tags: Vec<String>,
}

impl Api {
    /// The public types by the JSON pointers of their schemas, each as its path in the generated code, such as
    /// `types::Pet`. That of a body whose fields are arguments and setters is not public.
    pub fn type_paths(&self) -> BTreeMap<String, String> {
        let contents = self.operations.iter().filter_map(|operation| Some(&operation.body.as_ref()?.content));
        let hidden: HashSet<&TypeName> = contents
            .filter_map(|content| match content {
                Content::JsonFields(name) => Some(name),
                _ => None,
            })
            .collect();
        let public = self.types.iter().filter(|ty| !hidden.contains(&ty.name));
        let path = |ty: &TypeDef| match &ty.home {
            Home::Types(_) => format!("types::{}", ty.name),
            Home::Operations(_) => format!("operations::{}", ty.name),
        };
        public.map(|ty| (ty.pointer.to_string(), path(ty))).collect()
    }
}

/// Text for a reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// A page that says more.
    pub url: Option<String>,
    /// Short facts, such as a default or a maximum, in Markdown of our own.
    pub facts: Vec<String>,
}

/// A place where the API is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// What errors call it: `default`, or a name such as `uploads`.
    pub name: String,
    /// The builder's setter of its URL.
    pub setter: MethodName,
    /// The absolute URL without a trailing slash; empty when the description leaves it open.
    pub url: String,
    /// What it is.
    pub docs: Docs,
}

/// A header that the client sends with every request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClientHeader {
    /// Its name on the wire.
    pub wire: String,
    /// Its value unless the user sets another.
    pub default: String,
    /// The builder's setter.
    pub setter: MethodName,
    /// What it is.
    pub docs: Docs,
}

/// A way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its name in the description.
    pub name: String,
    /// The builder's setter.
    pub setter: MethodName,
    /// How the credential travels.
    pub kind: SecurityKind,
    /// What it is.
    pub docs: Docs,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of its own.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
}
