//! Headers of responses: the documented ones of an operation's success, as fields.

use openapiv3::{Header, MediaType, ParameterSchemaOrContent, Response};

use super::media::is_json_name;
use super::operation::Draft;
use super::style::is_header_name;
use super::{Lowerer, docs};
use crate::ir::{Access, Docs, Field, Presence, ResponseHeaders, Type};
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::HeaderItem;

/// Headers that every response of the runtime reads: OpenAPI says to ignore the first, and pages are made of the second.
const KNOWN: [&str; 2] = ["content-type", "link"];

impl Lowerer<'_> {
    /// The headers that the responses of an operation's success document; what is said first counts.
    pub(super) fn response_headers(
        &mut self,
        draft: &Draft,
        responses: &[(Pointer, Response)],
    ) -> Option<ResponseHeaders> {
        let mut scope = Scope::default();
        let mut fields: Vec<Field> = Vec::new();
        for (at, response) in responses {
            for (name, item) in &response.headers {
                let is_known = KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known));
                let is_there = fields.iter().any(|field| field.wire.eq_ignore_ascii_case(name));
                if !is_known && !is_there && is_header_name(name) {
                    let field = self.header_field(draft, &mut scope, &at.join("headers").join(name), item);
                    fields.extend(field);
                }
            }
        }
        if fields.is_empty() {
            return None;
        }
        let at = draft.spot.pointer.join("responses").join("headers");
        let name = format!("{} headers", draft.method.as_str());
        let name = self.names.request(&mut self.request_names, self.diagnostics, &at, &name);
        Some(ResponseHeaders { name, fields })
    }

    fn header_field(
        &mut self,
        draft: &Draft,
        scope: &mut Scope,
        at: &Pointer,
        item: &HeaderItem,
    ) -> Option<Field> {
        let wire = at.last();
        let (at, header): (Pointer, Header) = match self.resolver.follow(at, item.clone()) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let site = draft.site(&self.names, &at, &format!("response {wire}"));
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(item) => self.item(&at.join("schema"), item, &site).ty,
            ParameterSchemaOrContent::Content(content) => match content.first() {
                Some((media_type, MediaType { schema: Some(item), .. })) if is_json_name(media_type) => {
                    self.item(&at.join("content").join(media_type).join("schema"), item, &site).ty
                }
                Some((media_type, _)) if !is_json_name(media_type) => Type::String,
                _ => Type::Any,
            },
        };
        let name = self.names.field(scope, self.diagnostics, &at, &wire);
        let docs = Docs { description: docs::text(header.description.as_deref()), ..Docs::default() };
        let deprecated = header.deprecated.unwrap_or(false);
        let (presence, access) = (Presence::Optional, Access::Both);
        Some(Field { pointer: at, wire, name, ty, presence, access, deprecated, docs })
    }
}
