//! Request bodies: which media type is sent, and whether its fields become arguments.

use openapiv3::{MediaType, RequestBody};

use super::operation::Draft;
use super::{Lowerer, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Body, Content, Docs, Field, Home, Parameter, Type, TypeKind};
use crate::pointer::Pointer;
use crate::resolve::{Child, SchemaItem, View};

/// The families of media types, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    Form,
    Multipart,
    Text,
    Events,
    Items,
    Bytes,
}

impl Lowerer<'_> {
    /// The body of an operation's request.
    pub(super) fn body(&mut self, draft: &mut Draft, parameters: &[Parameter]) -> Option<Body> {
        let item = draft.described.request_body.take()?;
        let at = draft.spot.pointer.join("requestBody");
        let (at, described): (Pointer, RequestBody) = match self.resolver.follow(&at, item) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let mut choices: Vec<(Family, &String, &MediaType)> = described
            .content
            .iter()
            .map(|(name, content)| (family_of(name, content), name, content))
            .collect();
        choices.sort_by_key(|(family, ..)| *family);
        let (family, media_type, content) = choices.first().copied()?;
        self.other_media_types(&at, media_type, choices.iter().skip(1).map(|(_, name, _)| name.as_str()));
        let at_content = at.join("content").join(media_type);
        let content = self.content(draft, &at_content, family, content, parameters);
        let is_bytes = content == Content::Bytes;
        let name = self.names.fixed_argument(&mut draft.arguments, &at, "body");
        Some(Body {
            pointer: at,
            required: described.required || self.needs_body(&content),
            media_type: sent(media_type, is_bytes),
            content,
            name,
            docs: Docs { description: docs::text(described.description.as_deref()), ..Docs::default() },
        })
    }

    /// Whether a request makes no sense without its body, whatever the description says: one that is nothing but
    /// its bytes, and one with required fields.
    fn needs_body(&self, content: &Content) -> bool {
        match content {
            Content::Bytes => true,
            Content::JsonFields(name) => match self.types.get(name).map(|def| &def.kind) {
                Some(TypeKind::Struct(body)) => body.fields.iter().any(Field::is_required),
                _ => false,
            },
            Content::Multipart(parts) => parts.iter().any(|part| part.required),
            Content::Json(_) | Content::Form(..) | Content::AnyParts | Content::Text => false,
        }
    }

    fn content(
        &mut self,
        draft: &mut Draft,
        at: &Pointer,
        family: Family,
        content: &MediaType,
        parameters: &[Parameter],
    ) -> Content {
        match (family, &content.schema) {
            (Family::Multipart, item) => {
                let lowered = item.as_ref().map(|item| self.body_schema(draft, at, item));
                self.multipart(draft, at, content, lowered)
            }
            (Family::Bytes | Family::Events | Family::Items, _) => Content::Bytes,
            (Family::Text, _) => Content::Text,
            (Family::Json, None) => Content::Json(Type::Any),
            (Family::Form, None) => Content::Form(Type::Map(Box::new(Type::Any)), Vec::new()),
            (Family::Form, Some(item)) => {
                let ty = self.body_schema(draft, at, item).into_type();
                Content::Form(ty, self.form_fields(at, content))
            }
            (Family::Json, Some(item)) => {
                let lowered = self.body_schema(draft, at, item);
                let fields = if lowered.nullable {
                    None
                } else {
                    self.fields_as_arguments(draft, &lowered.ty, parameters)
                };
                fields.unwrap_or_else(|| Content::Json(lowered.into_type()))
            }
        }
    }

    /// The struct of a body that stands inline and whose fields can stand beside the parameters.
    fn fields_as_arguments(&self, draft: &Draft, ty: &Type, parameters: &[Parameter]) -> Option<Content> {
        let Type::Named(name) = ty else {
            return None;
        };
        let def = self.types.get(name)?;
        let TypeKind::Struct(def_struct) = &def.kind else {
            return None;
        };
        let clash = def_struct.fields.iter().any(|field| {
            let taken = |parameter: &Parameter| parameter.name == field.name;
            parameters.iter().any(taken) || self.names.is_reserved(field.name.as_str())
        });
        let own = def.home == Home::Operations(draft.module.clone()) && def_struct.flattened.is_empty();
        (own && !clash).then(|| Content::JsonFields(name.clone()))
    }

    /// Says which media types of a request cannot be sent.
    fn other_media_types<'b>(&mut self, at: &Pointer, used: &str, others: impl Iterator<Item = &'b str>) {
        for other in others {
            let message = format!("the request is sent as `{used}`; `{other}` is left out");
            self.diagnostics.push(
                Diagnostic::warning(&at.join("content").join(other), "media-type-left-out", message)
                    .help("describe one media type per operation if this one matters"),
            );
        }
    }
}

/// The family of a media type of a request or a response.
pub(super) fn family_of(media_type: &str, content: &MediaType) -> Family {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_binary = content.schema.as_ref().is_some_and(is_binary);
    match name.as_str() {
        "multipart/form-data" => Family::Multipart,
        _ if is_binary => Family::Bytes,
        name if is_json_name(name) => Family::Json,
        "application/x-www-form-urlencoded" => Family::Form,
        "text/event-stream" => Family::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-seq"
        | "application/stream+json" => Family::Items,
        name if name.ends_with("+json-seq") => Family::Items,
        name if name.starts_with("text/") => Family::Text,
        "*/*" if content.schema.is_some() => Family::Json,
        _ => Family::Bytes,
    }
}

/// Whether a media type is JSON (RFC 8259, RFC 6839).
pub(super) fn is_json_name(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(name.as_str(), "application/json" | "text/json")
        || name.ends_with("+json") && name != "application/stream+json"
}

/// Whether a schema is a text of raw bytes.
fn is_binary(item: &SchemaItem) -> bool {
    match Child::of(item) {
        Child::Inline(schema) => {
            let view = View::of(schema);
            view.type_name == Some("string") && view.format.as_deref() == Some("binary")
        }
        Child::Reference(_) => false,
    }
}

/// The media type that a body is sent as: with the parameters that it has, such as a version; a range stands for any
/// bytes.
fn sent(media_type: &str, is_bytes: bool) -> String {
    let name = media_type.trim();
    match name.contains('*') {
        true => plain(name, is_bytes),
        false => name.to_owned(),
    }
}

/// A media type without parameters; a range stands for any bytes.
pub(super) fn plain(media_type: &str, is_bytes: bool) -> String {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    if !name.contains('*') {
        return name.to_owned();
    }
    if is_bytes { "application/octet-stream".to_owned() } else { "application/json".to_owned() }
}
