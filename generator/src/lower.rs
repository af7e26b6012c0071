//! OpenAPI to IR: decides everything, emits nothing.

mod body;
mod docs;
mod features;
mod header;
mod media;
mod merge;
mod multipart;
mod named;
mod operation;
mod parameter;
mod parent;
mod path;
mod response;
mod schema;
mod security;
mod server;
mod status;
mod structs;
mod style;
mod tag;
mod union;
mod wrapped;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::Options;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{
    Api, ClientHeader, Docs, Home, Operation, Type, TypeDef, direction, is_component, recursion, specificity,
};
use crate::names::TypeName;
use crate::names::assign::{Assigner, Scope};
use crate::pointer::Pointer;
use crate::resolve::Resolver;

use style::is_header_name;

/// Lowers a whole description whose shape was checked.
pub(crate) fn lower(resolver: Resolver<'_>, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let mut lowerer = Lowerer::new(resolver, options, diagnostics);
    let api = lowerer.api();
    lowerer.names.finish(lowerer.diagnostics);
    api
}

/// The state of a lowering.
struct Lowerer<'a> {
    resolver: Resolver<'a>,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    names: Assigner,
    type_names: Scope,
    request_names: Scope,
    method_names: Scope,
    types: BTreeMap<TypeName, TypeDef>,
    /// The types that the schemas at these pointers became, set before their insides are lowered.
    known: HashMap<Pointer, TypeName>,
    /// The named schemas that are mentioned and not lowered yet.
    pending: VecDeque<(Pointer, TypeName)>,
    /// How many schemas stand around the one being lowered.
    depth: usize,
    /// The inline schemas that are being lowered, and where each stands; one that contains itself gets a name.
    lowering: HashMap<Pointer, Site>,
    nullable: HashMap<Pointer, bool>,
    /// Which named schemas build on which, once that was asked for.
    families: Option<parent::Families>,
    /// The types that properties became which several parts of an `allOf` describe, by where they do.
    merged: HashMap<Vec<Pointer>, TypeName>,
    /// Pointers into the middle of things that are being followed right now.
    active: HashSet<Pointer>,
    /// The structs whose fields became the parts of a body.
    dissolved: HashSet<TypeName>,
    servers: server::Servers,
    security: security::Schemes,
}

/// Where an inline schema stands: what it is named after, and the file that it goes to.
#[derive(Debug, Clone)]
struct Site {
    words: String,
    home: Home,
}

impl Site {
    /// The site of something inside.
    fn child(&self, part: &str) -> Self {
        Self { words: format!("{} {part}", self.words), home: self.home.clone() }
    }
}

impl<'a> Lowerer<'a> {
    fn new(resolver: Resolver<'a>, options: &'a Options, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            resolver,
            options,
            diagnostics,
            names: Assigner::new(options),
            type_names: Scope::default(),
            request_names: Scope::default(),
            method_names: Scope::default(),
            types: BTreeMap::new(),
            known: HashMap::new(),
            pending: VecDeque::new(),
            depth: 0,
            lowering: HashMap::new(),
            nullable: HashMap::new(),
            families: None,
            merged: HashMap::new(),
            active: HashSet::new(),
            dissolved: HashSet::new(),
            servers: server::Servers::default(),
            security: security::Schemes::default(),
        }
    }

    fn api(&mut self) -> Api {
        let root = Pointer::root();
        let mut setters = Scope::default();
        self.root_server(&mut setters);
        self.security_schemes(&mut setters);
        let headers = self.client_headers(&mut setters);
        if self.options.include.is_empty() {
            self.all_components();
        }
        let mut operations = self.operations(&mut setters);
        operations.sort_by(|a, b| a.method.cmp(&b.method));
        self.pending_components();
        let text = |field: &str| {
            let value = self.resolver.value(&root.join("info").join(field))?;
            value.as_str().map(str::to_owned).filter(|text| !text.is_empty())
        };
        let mut api = Api {
            title: text("title").unwrap_or_default(),
            version: text("version").unwrap_or_default(),
            docs: Docs { description: text("description"), ..Docs::default() },
            servers: std::mem::take(&mut self.servers).into_list(),
            headers,
            security: std::mem::take(&mut self.security).into_list(),
            features: Vec::new(),
            operations,
            types: std::mem::take(&mut self.types).into_values().collect(),
            unreached: 0,
        };
        self.drop_dissolved(&mut api);
        self.gate(&mut api);
        let schemas = self.resolver.keys(&root.join("components").join("schemas")).count();
        api.unreached =
            schemas.saturating_sub(api.types.iter().filter(|def| is_component(&def.pointer)).count());
        for at in recursion::resolve(&mut api) {
            let message = "the schema is an option or a part of itself; what leads back is left out";
            self.diagnostics.push(Diagnostic::warning(&at, "option-of-itself", message).help(
                "it would be read from the same value without end: remove the reference that leads back",
            ));
        }
        direction::relax(&mut api);
        specificity::order(&mut api);
        api
    }

    /// Takes out the inline types that became parts of bodies and that nothing else mentions.
    fn drop_dissolved(&self, api: &mut Api) {
        let parts = api.types.iter().flat_map(|def| def.kind.parts()).filter_map(Type::innermost_name);
        let mentioned: HashSet<&TypeName> =
            parts.chain(api.operations.iter().flat_map(Operation::names)).collect();
        let is_unused = |def: &TypeDef| {
            self.dissolved.contains(&def.name)
                && !is_component(&def.pointer)
                && !mentioned.contains(&def.name)
        };
        let unused: HashSet<TypeName> =
            api.types.iter().filter(|def| is_unused(def)).map(|def| def.name.clone()).collect();
        api.types.retain(|def| !unused.contains(&def.name));
    }

    /// Lowers every named schema, also those that no operation reaches: what is wrong with them is told all the same,
    /// and no operation that is added later changes a name.
    fn all_components(&mut self) {
        let schemas = Pointer::root().join("components").join("schemas");
        let keys: Vec<&str> = self.resolver.keys(&schemas).collect();
        for key in keys {
            self.component(&schemas.join(key));
        }
    }

    /// The root extension `x-client-headers`: headers that the client sends with every request.
    fn client_headers(&mut self, setters: &mut Scope) -> Vec<ClientHeader> {
        let list = Pointer::root().join("x-client-headers");
        let entries = self.resolver.value(&list).and_then(|value| value.as_array()).map_or(0, Vec::len);
        (0..entries).filter_map(|index| self.client_header(&list.join(index), setters)).collect()
    }

    fn client_header(&mut self, at: &Pointer, setters: &mut Scope) -> Option<ClientHeader> {
        let value = self.resolver.value(at)?;
        let text = |field: &str| value.get(field).and_then(|value| value.as_str()).map(str::to_owned);
        let (Some(wire), Some(default)) = (text("name"), text("default")) else {
            let message = "a client header needs a `name` and a `default`";
            self.diagnostics
                .push(Diagnostic::error(at, "invalid-extension", message).help("add both, as texts"));
            return None;
        };
        if !is_header_name(&wire) {
            self.diagnostics.push(
                Diagnostic::error(at, "invalid-header-name", format!("no header can be called {wire:?}"))
                    .help("use letters, digits and `-`"),
            );
        }
        let raw = text("setter").unwrap_or_else(|| wire.clone());
        let setter = self.names.setter(setters, self.diagnostics, at, &raw);
        let docs = Docs { description: text("description"), ..Docs::default() };
        Some(ClientHeader { wire, default, setter, docs })
    }
}

#[cfg(test)]
mod tests;
