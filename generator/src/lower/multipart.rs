//! Bodies of several parts, and forms: what their properties become on the wire.

use openapiv3::{Encoding, MediaType, ParameterSchemaOrContent};
use serde_json::Value;

use super::media::is_json_name;
use super::operation::Draft;
use super::schema::{Lowered, MAX_DEPTH};
use super::style::{self, is_header_name};
use super::{Lowerer, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{
    Access, Content, Docs, Field, FormField, Parameter, Part, PartKind, Place, QueryStyle, Struct, Type,
    TypeKind,
};
use crate::names::TypeName;
use crate::pointer::Pointer;
use crate::resolve::HeaderItem;

/// The keywords of a schema that say nothing of what a value is.
const ANNOTATIONS: [&str; 8] =
    ["default", "deprecated", "description", "example", "nullable", "readOnly", "title", "writeOnly"];

impl Lowerer<'_> {
    /// A body of several parts: each property becomes an argument or a setter of the request. One whose properties
    /// nobody knows is put together by the caller.
    pub(super) fn multipart(
        &mut self,
        draft: &mut Draft,
        at: &Pointer,
        content: &MediaType,
        lowered: Option<Lowered>,
    ) -> Content {
        let Some((name, def)) = lowered.and_then(|lowered| self.struct_behind(lowered.ty)) else {
            return Content::AnyParts;
        };
        if def.fields.is_empty() {
            return Content::AnyParts;
        }
        self.dissolved.insert(name);
        if let Some(part) = def.flattened.first() {
            let message = format!("parts beside those with a name (`{}`) are left out", part.name);
            self.diagnostics.push(
                Diagnostic::warning(&at.join("schema"), "parts-left-out", message)
                    .help("add the parts to `properties`"),
            );
        }
        let parts = def.fields.into_iter().map(|field| self.part(draft, at, content, field)).collect();
        Content::Multipart(parts)
    }

    /// The struct that a type is, whatever aliases lead to it.
    fn struct_behind(&mut self, ty: Type) -> Option<(TypeName, Struct)> {
        let mut ty = ty;
        for _ in 0..self.types.len() + self.pending.len() + 1 {
            let Type::Named(name) = ty else { return None };
            self.define_now(&name);
            match &self.types.get(&name)?.kind {
                TypeKind::Struct(def) => return Some((name, def.clone())),
                TypeKind::Alias(target) => ty = target.clone(),
                _ => return None,
            }
        }
        None
    }

    fn part(&mut self, draft: &mut Draft, at: &Pointer, content: &MediaType, field: Field) -> Part {
        let at = at.join("encoding").join(&field.wire);
        let encoding = content.encoding.get(&field.wire);
        let types = encoding.and_then(|encoding| encoding.content_type.clone()).unwrap_or_default();
        let is_required = field.is_required() && field.access != Access::ReadOnly;
        let name = self.argument(draft, &field.pointer, "part", &field.wire);
        let mut headers = Vec::new();
        for (header, item) in encoding.iter().flat_map(|encoding| &encoding.headers) {
            headers.extend(self.part_header(draft, &at, &field.wire, header, item));
        }
        let kind = match self.part_kind(&field, &types) {
            PartKind::Value(ty) => self.styled(&at, encoding, &field).unwrap_or(PartKind::Value(ty)),
            files => files,
        };
        Part {
            kind,
            pointer: field.pointer,
            wire: field.wire,
            name,
            required: is_required,
            media_types: types,
            headers,
            deprecated: field.deprecated,
            docs: field.docs,
        }
    }

    /// Whether a part is a file, several files, or a value.
    fn part_kind(&self, field: &Field, types: &str) -> PartKind {
        let Some((at, schema)) = self.bare(&field.pointer, 0) else {
            return PartKind::Value(field.ty.clone());
        };
        let items = self.bare(&at.join("items"), 0).map(|(_, items)| items);
        let is_list = schema.get("type").is_some_and(|name| name == "array");
        let innermost = if is_list { items } else { Some(schema) };
        let is_file = |schema| is_binary(schema) || types.is_empty() && self.is_of_any_bytes(schema);
        if !innermost.is_some_and(is_file) && !is_raw(types) {
            return PartKind::Value(field.ty.clone());
        }
        if is_list { PartKind::Files } else { PartKind::File }
    }

    /// The schema of a part without what is put around it to add words or null: a part has neither.
    fn bare(&self, at: &Pointer, depth: usize) -> Option<(Pointer, &Value)> {
        let (at, schema) = self.resolver.value_through(at).ok()?;
        let around = ["allOf", "oneOf", "anyOf"].into_iter().find_map(|keyword| {
            let parts = schema.get(keyword)?.as_array()?.iter().enumerate();
            let mut parts = parts.filter(|(_, part)| !is_null(part) && !says_nothing(part));
            let (index, _) = parts.next()?;
            parts.next().is_none().then(|| at.join(keyword).join(index))
        });
        match around.filter(|_| depth < MAX_DEPTH) {
            Some(inner) => self.bare(&inner, depth + 1),
            None => Some((at, schema)),
        }
    }

    /// Whether a schema says nothing of what a value is: a part of such is bytes since OpenAPI 3.1 (3.1.1, Encoding
    /// Object).
    fn is_of_any_bytes(&self, schema: &Value) -> bool {
        let version = self.resolver.value(&Pointer::root().join("openapi")).and_then(Value::as_str);
        let is_older = version.is_none_or(|version| version.starts_with("3.0"));
        !is_older && says_nothing(schema)
    }

    /// A header of a part; the one that names the part, and its media type, follow from other things.
    fn part_header(
        &mut self,
        draft: &mut Draft,
        at: &Pointer,
        part: &str,
        name: &str,
        item: &HeaderItem,
    ) -> Option<Parameter> {
        if ["content-type", "content-disposition"].contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let at = at.join("headers").join(name);
        if !is_header_name(name) {
            let message = format!("no header can be called {name:?}; it is left out");
            self.diagnostics.push(
                Diagnostic::warning(&at, "invalid-header-name", message)
                    .help("header names are made of letters, digits and signs of ASCII"),
            );
            return None;
        }
        let (at, header): (Pointer, openapiv3::Header) = match self.resolver.follow(&at, item.clone()) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(item) => {
                let site = draft.site(&self.names, &at, &format!("{part} {name}"));
                self.item(&at.join("schema"), item, &site).into_type()
            }
            ParameterSchemaOrContent::Content(_) => Type::String,
        };
        Some(Parameter {
            name: self.argument(draft, &at, "header", &format!("{part} {name}")),
            pointer: at,
            wire: name.to_owned(),
            place: Place::PartHeader,
            required: header.required,
            ty,
            file_name: false,
            deprecated: header.deprecated.unwrap_or(false),
            docs: Docs { description: docs::text(header.description.as_deref()), ..Docs::default() },
        })
    }

    /// A part that is written as a query would hold it, if the encoding says so. OpenAPI 3.0.3 has styles for forms
    /// only, 3.1 for parts as well; who writes one down means it.
    fn styled(&self, at: &Pointer, encoding: Option<&Encoding>, field: &Field) -> Option<PartKind> {
        let raw = self.resolver.value(at)?;
        let explode = raw.get("explode").and_then(Value::as_bool);
        let style = encoding?.style.as_ref().map(style::of_query);
        let style = style.or(explode.map(|_| QueryStyle::Form))?;
        Some(PartKind::Styled(field.ty.clone(), style, explode.unwrap_or(style::explodes(style))))
    }

    /// The fields of a form that are written in a way of their own.
    pub(super) fn form_fields(&self, at: &Pointer, content: &MediaType) -> Vec<FormField> {
        let mut fields = Vec::new();
        for (name, encoding) in &content.encoding {
            let raw = self.resolver.value(&at.join("encoding").join(name));
            let is_json = encoding.content_type.as_deref().is_some_and(is_json_name);
            let style = match &encoding.style {
                Some(style) => style::of_query(style),
                None if is_json => QueryStyle::Json,
                None => QueryStyle::Form,
            };
            let explode = raw.and_then(|raw| raw.get("explode")).and_then(Value::as_bool);
            fields.push(FormField {
                wire: name.clone(),
                style,
                explode: explode.unwrap_or(style::explodes(style)),
                reserved: encoding.allow_reserved,
            });
        }
        fields
    }
}

/// Whether a schema has no keyword that says what a value is.
fn says_nothing(schema: &Value) -> bool {
    let is_note = |key: &String| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-");
    schema.as_object().is_some_and(|schema| schema.keys().all(is_note))
}

/// Whether null is the only value of a schema.
fn is_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

/// Whether a schema is a text of raw bytes.
fn is_binary(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "string")
        && schema.get("format").is_some_and(|format| format == "binary")
}

/// Whether media types are neither text nor JSON, so that only the caller can write them.
fn is_raw(types: &str) -> bool {
    let mut types = types.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
    types.peek().is_some()
        && types.all(|name| !name.starts_with("text/") && !is_json_name(name) && name != "*/*")
}
