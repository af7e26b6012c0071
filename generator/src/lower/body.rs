//! Request bodies: the ways to give one, and whether its fields become arguments.

use openapiv3::{MediaType, RequestBody};

use super::media::{Family, Group, groups, sent};
use super::operation::Draft;
use super::schema::Lowered;
use super::{Lowerer, docs};
use crate::ir::{Body, Content, Docs, Field, Home, Parameter, Type, TypeKind};
use crate::pointer::Pointer;
use crate::resolve::SchemaItem;

/// One way to give the body of a request, which is a method of its own.
#[derive(Debug)]
pub(super) struct Given {
    /// What the name of the method ends in, unless it is the main one.
    pub(super) suffix: String,
    family: Family,
    media_types: Vec<String>,
    content: MediaType,
    /// Where the body stands.
    at: Pointer,
    /// Where the media type stands.
    at_content: Pointer,
    /// Where its schema stands: with the first media type that has the same one, so that both have one type.
    at_schema: Pointer,
    is_main: bool,
    is_required: bool,
    docs: Docs,
}

impl Given {
    /// What is sent, in a sentence.
    pub(super) fn shown(&self) -> &str {
        match (self.family, self.media_types.as_slice()) {
            (Family::Json, [only]) => only,
            _ => &self.suffix,
        }
    }
}

impl Lowerer<'_> {
    /// The ways to give the body of an operation's request, the main one first.
    pub(super) fn bodies(&mut self, draft: &Draft) -> Vec<Given> {
        let Some(item) = draft.described.request_body.clone() else { return Vec::new() };
        let at = draft.spot.pointer.join("requestBody");
        let (at, described): (Pointer, RequestBody) = match self.resolver.follow(&at, item) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return Vec::new();
            }
        };
        let groups = groups(&described.content, given_as);
        let at_content = |name: &str| at.join("content").join(name);
        let with_schema = |schema: &Option<SchemaItem>| {
            let known = groups.iter().filter(|group| group.family <= Family::Multipart);
            let same = known.filter_map(Group::first).find(|(_, other)| other.schema == *schema);
            same.map(|(name, _)| at_content(name))
        };
        let given = groups.iter().enumerate().filter_map(|(index, group)| {
            let (name, content) = group.first()?;
            let at_schema = with_schema(&content.schema).unwrap_or_else(|| at_content(name));
            Some(Given {
                suffix: group.suffix.clone(),
                family: group.family,
                media_types: group.members.iter().map(|(name, _)| (*name).to_owned()).collect(),
                content: content.clone(),
                at: at.clone(),
                at_content: at_content(name),
                at_schema: at_schema.join("schema"),
                is_main: index == 0,
                is_required: described.required,
                docs: Docs { description: docs::text(described.description.as_deref()), ..Docs::default() },
            })
        });
        given.collect()
    }

    /// The body of a request that is given in one of these ways.
    pub(super) fn body(&mut self, draft: &mut Draft, given: &Given, parameters: &[Parameter]) -> Body {
        let content = self.content(draft, given, parameters);
        let is_bytes = content == Content::Bytes;
        let has_choice = given.media_types.len() > 1 && given.family != Family::Multipart;
        Body {
            pointer: given.at.clone(),
            required: given.is_required || self.needs_body(&content),
            media_type: given.media_types.first().map(|name| sent(name, is_bytes)).unwrap_or_default(),
            choices: if has_choice { given.media_types.clone() } else { Vec::new() },
            content,
            name: self.names.fixed_argument(&mut draft.arguments, &given.at, "body"),
            docs: given.docs.clone(),
        }
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

    fn content(&mut self, draft: &mut Draft, given: &Given, parameters: &[Parameter]) -> Content {
        let (at, content) = (&given.at_content, &given.content);
        match (given.family, &content.schema) {
            (Family::Multipart, item) => {
                let lowered = item.as_ref().map(|item| self.body_schema(draft, given, item));
                self.multipart(draft, at, content, lowered)
            }
            (Family::Bytes | Family::Events | Family::Items, _) => Content::Bytes,
            (Family::Text, _) => Content::Text,
            (Family::Json, None) => Content::Json(Type::Any),
            (Family::Form, None) => Content::Form(Type::Map(Box::new(Type::Any)), Vec::new()),
            (Family::Form, Some(item)) => {
                let ty = self.body_schema(draft, given, item).into_type();
                Content::Form(ty, self.form_fields(at, content))
            }
            (Family::Json, Some(item)) => {
                let lowered = self.body_schema(draft, given, item);
                let fields = if lowered.nullable {
                    None
                } else {
                    self.fields_as_arguments(draft, &lowered.ty, parameters)
                };
                fields.unwrap_or_else(|| Content::Json(lowered.into_type()))
            }
        }
    }

    /// The schema of a body, lowered.
    fn body_schema(&mut self, draft: &Draft, given: &Given, item: &SchemaItem) -> Lowered {
        let site = draft.site(&self.names, &given.at_schema, "body");
        let is_own = given.at_schema.strip_prefix(&draft.spot.pointer).is_some();
        // The methods of an operation differ by name; a body that operations share has one name for all of them.
        let site = if is_own || given.is_main { site } else { site.child(&given.suffix) };
        self.item(&given.at_schema, item, &site)
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
}

/// How the media types of a family are given: whatever only the caller can write is bytes.
fn given_as(family: Family) -> Family {
    match family {
        Family::Events | Family::Items => Family::Bytes,
        family => family,
    }
}
