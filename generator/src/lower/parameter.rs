//! Parameters of operations: what is declared, what the path needs, and how each travels.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Parameter as Described, ParameterData, ParameterSchemaOrContent};

use super::operation::{Draft, Spot};
use super::schema::Lowered;
use super::style::{self, is_header_name};
use super::{Lowerer, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, HeaderStyle, Parameter, PathStyle, Place, Type};
use crate::pointer::Pointer;
use crate::resolve::{Child, ParameterItem, SchemaItem, View};

/// The `accept` parameter of an operation, which the client already has a header for.
pub(super) struct Accept {
    pub(super) parameter: Parameter,
    pub(super) default: Option<String>,
}

/// Parameters by place and name.
type Found = IndexMap<(&'static str, String), (Pointer, Described)>;

impl Lowerer<'_> {
    /// The parameters of an operation in the order of its arguments, and its `accept` header apart.
    pub(super) fn parameters(&mut self, draft: &mut Draft) -> (Vec<Parameter>, Option<Accept>) {
        let mut found = Found::new();
        let item = draft.spot.item.clone();
        let pointer = draft.spot.pointer.clone();
        self.gather(&item.join("parameters"), &mut found);
        self.gather(&pointer.join("parameters"), &mut found);
        let variables = variables(&draft.spot.path);
        let mut parameters = Vec::new();
        for name in &variables {
            let parameter = match found.shift_remove(&("path", name.clone())) {
                Some((at, described)) => self.parameter(draft, &at, &described),
                None => self.implied(draft, name),
            };
            parameters.push(parameter);
        }
        self.behind_the_path(&draft.spot, &mut found);
        let mut accept = None;
        for ((place, name), (at, described)) in found {
            match (place, name.to_ascii_lowercase().as_str()) {
                ("path", _) => self.unused_path_parameter(&at, &name),
                ("header", "accept") => accept = self.accept(draft, &at, &described),
                // OpenAPI 3.0.3 (Parameter Object) says to ignore these two.
                ("header", "content-type" | "authorization") => {}
                ("header", "user-agent") => self.own_header(&at, &name),
                ("header", header) if style::is_set_by_the_client(header) => self.own_header(&at, &name),
                ("header", _) if !is_header_name(&name) => self.no_header(&at, &described),
                _ => parameters.push(self.parameter(draft, &at, &described)),
            }
        }
        parameters.sort_by_key(|parameter| !parameter.required);
        (parameters, accept)
    }

    /// Makes the variables of a query behind the path query parameters, unless they are declared as such.
    fn behind_the_path(&mut self, spot: &Spot, found: &mut Found) {
        for (name, variable) in &spot.query {
            let declared = found.shift_remove(&("path", variable.clone()));
            let is_query = found.contains_key(&("query", variable.clone()));
            if is_query || found.contains_key(&("query", name.clone())) {
                continue;
            }
            let (at, mut data) = match declared {
                Some((at, described)) => (at, described.parameter_data()),
                None => (spot.pointer.join("parameters").join(variable), text_parameter()),
            };
            data.name.clone_from(name);
            let (style, allow_empty_value) = (openapiv3::QueryStyle::Form, None);
            let described =
                Described::Query { parameter_data: data, allow_reserved: false, style, allow_empty_value };
            found.insert(("query", name.clone()), (at, described));
        }
    }

    fn gather(&mut self, list: &Pointer, found: &mut Found) {
        let length = self.resolver.value(list).and_then(|list| list.as_array()).map_or(0, Vec::len);
        let mut here = HashSet::new();
        for index in 0..length {
            let at = list.join(index);
            let read =
                self.resolver.read::<ParameterItem>(&at).and_then(|item| self.resolver.follow(&at, item));
            let (target, described) = match read {
                Ok(read) => read,
                Err(diagnostic) => {
                    self.diagnostics.push(diagnostic);
                    continue;
                }
            };
            let key = (place_of(&described), described.parameter_data_ref().name.clone());
            if !here.insert(key.clone()) {
                let message =
                    format!("the {} parameter `{}` is declared twice; the first one is used", key.0, key.1);
                self.diagnostics.push(
                    Diagnostic::warning(&at, "duplicate-parameter", message).help("remove one of the two"),
                );
                continue;
            }
            found.insert(key, (target, described));
        }
    }

    fn parameter(&mut self, draft: &mut Draft, at: &Pointer, described: &Described) -> Parameter {
        let data = described.parameter_data_ref();
        let place = style::place(described);
        let (ty, facts) = self.parameter_type(draft, at, data);
        let name = self.argument(draft, at, place_of(described), &data.name);
        Parameter {
            pointer: at.clone(),
            wire: data.name.clone(),
            name,
            place,
            required: data.required,
            ty: ty.into_type(),
            file_name: style::is_set(data, "x-file-name"),
            deprecated: data.deprecated.unwrap_or(false),
            docs: Docs { description: docs::text(data.description.as_deref()), facts, ..Docs::default() },
        }
    }

    /// The name of an argument; one that only its place tells from another is named with its place.
    pub(super) fn argument(
        &mut self,
        draft: &mut Draft,
        at: &Pointer,
        place: &str,
        raw: &str,
    ) -> crate::names::FieldName {
        // Where the API describes it, it takes the place of the setter that every request has.
        if place == "header" && raw.eq_ignore_ascii_case("if-none-match") {
            return self.names.fixed_argument(&mut draft.arguments, at, "if_none_match");
        }
        let signs = self.names.with_signs(raw);
        let raw = match signs {
            _ if !self.names.has_argument(&draft.arguments, raw) => raw.to_owned(),
            Some(signs) if !self.names.has_argument(&draft.arguments, &signs) => signs,
            _ => format!("{raw} {place}"),
        };
        self.names.argument(&mut draft.arguments, self.diagnostics, at, &raw)
    }

    fn parameter_type(
        &mut self,
        draft: &Draft,
        at: &Pointer,
        data: &ParameterData,
    ) -> (Lowered, Vec<String>) {
        let site = draft.site(&self.names, at, &data.name);
        let (at, item) = match &data.format {
            ParameterSchemaOrContent::Schema(item) => (at.join("schema"), Some(item)),
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, content) =
                    content.first().map_or(("", None), |(name, content)| (name.as_str(), Some(content)));
                (
                    at.join("content").join(media_type).join("schema"),
                    content.and_then(|content| content.schema.as_ref()),
                )
            }
        };
        let Some(item) = item else {
            return (Lowered::new(Type::Any), Vec::new());
        };
        let facts = match Child::of(item) {
            Child::Inline(schema) => docs::facts(&View::of(schema)),
            Child::Reference(_) => Vec::new(),
        };
        (self.item(&at, item, &site), facts)
    }

    /// A part of the path that no parameter declares.
    fn implied(&mut self, draft: &mut Draft, name: &str) -> Parameter {
        let at = draft.spot.pointer.clone();
        let message =
            format!("the path has `{{{name}}}`, which no parameter declares; it is taken as a text");
        self.diagnostics.push(
            Diagnostic::warning(&at, "undeclared-path-parameter", message).help("declare it with `in: path`"),
        );
        let at = at.join("parameters").join(name);
        Parameter {
            name: self.argument(draft, &at, "path", name),
            pointer: at,
            wire: name.to_owned(),
            place: Place::Path(PathStyle::Simple, false),
            required: true,
            ty: Type::String,
            file_name: false,
            deprecated: false,
            docs: Docs::default(),
        }
    }

    /// A header that cannot be sent: without it the operation may still work, unless it is required.
    fn no_header(&mut self, at: &Pointer, described: &Described) {
        let data = described.parameter_data_ref();
        let message = format!("no header can be called {:?}; the parameter is left out", data.name);
        let diagnostic = match data.required {
            true => Diagnostic::error(at, "invalid-header-name", message),
            false => Diagnostic::warning(at, "invalid-header-name", message),
        };
        self.diagnostics.push(diagnostic.help("header names are made of letters, digits and signs of ASCII"));
    }

    fn own_header(&mut self, at: &Pointer, name: &str) {
        let message = format!("the client sets the header `{name}` itself; the parameter is left out");
        self.diagnostics.push(
            Diagnostic::warning(at, "own-header", message).help("remove the parameter, or ignore this"),
        );
    }

    fn unused_path_parameter(&mut self, at: &Pointer, name: &str) {
        let message = format!("the path has no `{{{name}}}`; the parameter is left out");
        self.diagnostics.push(
            Diagnostic::warning(at, "unused-path-parameter", message)
                .help("remove the parameter, or put it into the path"),
        );
    }

    fn accept(&mut self, draft: &mut Draft, at: &Pointer, described: &Described) -> Option<Accept> {
        let data = described.parameter_data_ref();
        let schema = self.resolver.read_through::<SchemaItem>(&at.join("schema")).ok();
        let (facts, default) = match schema.as_ref().map(|(_, item)| Child::of(item)) {
            Some(Child::Inline(schema)) => {
                (docs::facts(&View::of(schema)), schema.schema_data.default.clone())
            }
            _ => (Vec::new(), None),
        };
        let parameter = Parameter {
            pointer: at.clone(),
            wire: data.name.clone(),
            name: self.names.fixed_argument(&mut draft.arguments, at, "accept"),
            place: Place::Header(HeaderStyle::Simple, false),
            required: false,
            ty: Type::String,
            file_name: false,
            deprecated: data.deprecated.unwrap_or(false),
            docs: Docs { description: docs::text(data.description.as_deref()), facts, ..Docs::default() },
        };
        Some(Accept { parameter, default: default.and_then(|value| value.as_str().map(str::to_owned)) })
    }
}

/// A parameter that nothing declares.
fn text_parameter() -> ParameterData {
    let schema = openapiv3::SchemaKind::Type(openapiv3::Type::String(openapiv3::StringType::default()));
    let item = SchemaItem::Item(openapiv3::Schema {
        schema_data: openapiv3::SchemaData::default(),
        schema_kind: schema,
    });
    ParameterData {
        name: String::new(),
        description: None,
        required: true,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(item),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    }
}

/// The names between braces, each once, in the order of the path.
fn variables(path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn place_of(described: &Described) -> &'static str {
    match described {
        Described::Path { .. } => "path",
        Described::Query { .. } => "query",
        Described::Header { .. } => "header",
        Described::Cookie { .. } => "cookie",
    }
}
