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
    Text,
    Bytes,
    Multipart,
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
        let content = self.content(draft, &at_content, family, content, parameters)?;
        let is_bytes = content == Content::Bytes;
        let name = self.names.fixed_argument(&mut draft.arguments, &at, "body");
        Some(Body {
            pointer: at,
            required: described.required || self.needs_body(&content),
            media_type: plain(media_type, is_bytes),
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
            Content::Json(_) | Content::Form(_) | Content::Text => false,
        }
    }

    fn content(
        &mut self,
        draft: &Draft,
        at: &Pointer,
        family: Family,
        content: &MediaType,
        parameters: &[Parameter],
    ) -> Option<Content> {
        let at_schema = at.join("schema");
        let site = draft.site(&self.names, at, "body");
        self.structure_left_out(at, family, content);
        match (family, &content.schema) {
            (Family::Multipart, _) => {
                let message = "multipart request bodies are not supported yet";
                self.diagnostics.push(
                    Diagnostic::error(at, "unsupported-body", message)
                        .help("leave the operation out with `--include`, or describe another media type"),
                );
                None
            }
            (Family::Bytes, _) => Some(Content::Bytes),
            (Family::Text, _) => Some(Content::Text),
            (Family::Json | Family::Form, None) => Some(Content::Json(Type::Any)),
            (Family::Form, Some(item)) => {
                self.encoding_left_out(at, content);
                Some(Content::Form(self.item(&at_schema, item, &site).into_type()))
            }
            (Family::Json, Some(item)) => {
                let lowered = self.item(&at_schema, item, &site);
                let fields = if lowered.nullable {
                    None
                } else {
                    self.fields_as_arguments(draft, &lowered.ty, parameters)
                };
                Some(fields.unwrap_or_else(|| Content::Json(lowered.into_type())))
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

    /// Says that a media type which is no JSON has a schema of which nothing is made.
    pub(super) fn structure_left_out(&mut self, at: &Pointer, family: Family, content: &MediaType) {
        let is_read = matches!(family, Family::Json | Family::Form | Family::Multipart);
        if is_read
            || !content.schema.as_ref().is_some_and(|item| self.has_structure(&at.join("schema"), item))
        {
            return;
        }
        let what = if family == Family::Text { "a text" } else { "bytes" };
        let message = format!("`{}` is {what} to the client; its schema is left out", at.last());
        self.diagnostics.push(
            Diagnostic::warning(at, "schema-left-out", message)
                .help("read or write the format with a crate for it"),
        );
    }

    /// Whether a schema is more than a text.
    fn has_structure(&self, at: &Pointer, item: &SchemaItem) -> bool {
        let read = self.resolver.read_through::<SchemaItem>(at).map(|(_, item)| item);
        match Child::of(read.as_ref().unwrap_or(item)) {
            Child::Inline(schema) => {
                let view = View::of(schema);
                let is_text = matches!(view.type_name, None | Some("string"));
                let is_plain = view.properties.is_empty() && view.all_of.is_empty() && view.one_of.is_empty();
                !is_text || !is_plain
            }
            Child::Reference(_) => false,
        }
    }

    /// Says that the parts of a form are all written in the default way.
    fn encoding_left_out(&mut self, at: &Pointer, content: &MediaType) {
        for name in content.encoding.keys() {
            let message = format!("the `encoding` of `{name}` is left out; a form's lists repeat their key");
            self.diagnostics.push(
                Diagnostic::warning(&at.join("encoding").join(name), "encoding-left-out", message)
                    .help("send the form through `Client::runtime` if the server needs another encoding"),
            );
        }
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
        _ if is_binary && !name.starts_with("multipart/") => Family::Bytes,
        "application/json" | "text/json" => Family::Json,
        name if name.ends_with("+json") => Family::Json,
        "application/x-www-form-urlencoded" => Family::Form,
        name if name.starts_with("multipart/") => Family::Multipart,
        "text/event-stream" => Family::Bytes,
        name if name.starts_with("text/") => Family::Text,
        "*/*" if content.schema.is_some() => Family::Json,
        _ => Family::Bytes,
    }
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

/// A media type without parameters; a range stands for any bytes.
pub(super) fn plain(media_type: &str, is_bytes: bool) -> String {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    if !name.contains('*') {
        return name.to_owned();
    }
    if is_bytes { "application/octet-stream".to_owned() } else { "application/json".to_owned() }
}
