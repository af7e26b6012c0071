//! Responses: what success looks like, and which errors are documented.

use openapiv3::{MediaType, Response, StatusCode};

use super::body::{Family, family_of, plain};
use super::operation::Draft;
use super::{Lowerer, Site};
use crate::diagnostic::Diagnostic;
use crate::ir::{Case, Docs, ErrorVariant, Errors, ResponseHeaders, Shape, Status, Success, Type};
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::SchemaItem;

/// What an operation gives when it succeeds.
pub(super) struct Answer {
    pub(super) success: Success,
    /// The media type to ask for; empty when any will do.
    pub(super) accept: String,
    pub(super) has_link_header: bool,
    /// Whether it is a list in JSON.
    pub(super) is_list: bool,
}

/// Another way in which the same operation can answer, which becomes a method of its own.
pub(super) struct Extra {
    pub(super) suffix: &'static str,
    /// What the extension `x-description` of the media type says, in place of the operation's description.
    pub(super) description: Option<String>,
    pub(super) answer: Answer,
}

/// A response with its status, and where it stands.
struct Found {
    status: Status,
    pointer: Pointer,
    response: Response,
}

impl Lowerer<'_> {
    /// The main way in which an operation answers.
    pub(super) fn answer(&mut self, draft: &Draft) -> Answer {
        let found = self.successes(draft);
        let mut shapes: Vec<(usize, Shape, String)> = Vec::new();
        for (index, one) in found.iter().enumerate() {
            let site = if found.len() == 1 {
                "response".to_owned()
            } else {
                format!("response {}", status_text(one.status))
            };
            let (shape, accept) = self.main_shape(draft, one, &site);
            shapes.push((index, shape, accept));
        }
        let has_link_header =
            found.iter().any(|one| one.response.headers.keys().any(|name| name.eq_ignore_ascii_case("link")));
        let accept = shapes
            .iter()
            .map(|(_, _, accept)| accept)
            .find(|accept| !accept.is_empty())
            .cloned()
            .unwrap_or_default();
        let success = match shapes.first().map(|(_, shape, _)| shape.clone()) {
            None => Success::One(self.without_success(draft)),
            Some(first) if shapes.iter().all(|(_, shape, _)| *shape == first) => Success::One(first),
            Some(_) => {
                let name = format!("{} response", draft.method.as_str());
                let name = self.names.request(
                    &mut self.request_names,
                    self.diagnostics,
                    &draft.spot.pointer.join("responses").join("success"),
                    &name,
                );
                let mut scope = Scope::default();
                let mut cases = Vec::new();
                for (index, shape, _) in shapes {
                    let Some(one) = found.get(index) else {
                        continue;
                    };
                    let variant =
                        self.names.variant(&mut scope, self.diagnostics, &one.pointer, &reason(one.status));
                    cases.push(Case { status: one.status, variant, shape, docs: docs_of(&one.response) });
                }
                Success::Several { name, cases }
            }
        };
        let is_list = found.first().is_some_and(|one| self.is_list(one));
        Answer { success, accept, has_link_header, is_list }
    }

    /// Whether the JSON of a response is a list, whatever references lead to its schema.
    fn is_list(&self, one: &Found) -> bool {
        let json =
            one.response.content.iter().find(|(name, content)| family_of(name, content) == Family::Json);
        json.is_some_and(|(media_type, _)| {
            let at = one.pointer.join("content").join(media_type).join("schema");
            self.resolver.value_through(&at).is_ok_and(|(_, schema)| {
                schema.get("type").is_some_and(|name| name == "array") || schema.get("items").is_some()
            })
        })
    }

    /// The other families of media types of an operation whose success has one status.
    pub(super) fn extra_answers(&mut self, draft: &Draft, main: &Answer) -> Vec<Extra> {
        let Success::One(Shape::Json(_)) = main.success else {
            self.other_answers(draft);
            return Vec::new();
        };
        let mut extras: Vec<Extra> = Vec::new();
        for one in self.successes(draft) {
            for (media_type, content) in &one.response.content {
                let family = family_of(media_type, content);
                let suffix = match family {
                    Family::Text => "text",
                    Family::Bytes => "bytes",
                    Family::Events | Family::Items => "stream",
                    Family::Json | Family::Form | Family::Multipart => continue,
                };
                if extras.iter().all(|extra| extra.suffix != suffix) {
                    let at = one.pointer.join("content").join(media_type);
                    let site = draft.site(&self.names, &one.pointer, "stream");
                    let shape = self.shape(&at, family, content, &site);
                    let accept = plain(media_type, true);
                    let said = content.extensions.get("x-description").and_then(|said| said.as_str());
                    extras.push(Extra {
                        suffix,
                        description: super::docs::text(said),
                        answer: Answer {
                            success: Success::One(shape),
                            accept,
                            has_link_header: false,
                            is_list: false,
                        },
                    });
                }
            }
        }
        extras
    }

    /// Says which media types of an operation with several kinds of success are not asked for.
    fn other_answers(&mut self, draft: &Draft) {
        for one in self.successes(draft) {
            let mut families: Vec<(Family, &String)> =
                one.response.content.iter().map(|(name, content)| (family_of(name, content), name)).collect();
            families.sort();
            if let [(first, used), others @ ..] = families.as_slice() {
                for (_, other) in others.iter().filter(|(family, _)| family != first) {
                    self.other_response(&one, used, other);
                }
            }
        }
    }

    /// The errors that an operation documents.
    pub(super) fn errors(&mut self, draft: &Draft) -> Option<Errors> {
        let mut variants = Vec::new();
        let mut scope = Scope::default();
        let only_default = self.only_default(draft);
        for one in self.found(draft) {
            let is_error = match one.status {
                // No redirect is followed for these, so they come out as errors.
                Status::Code(code) => code >= 400 || matches!(code, 300 | 304 | 305),
                Status::Range(digit) => digit >= 4,
                Status::Default => !only_default || one.response.content.is_empty(),
            };
            if !is_error || one.status == Status::Default && only_default {
                continue;
            }
            let site = draft.site(&self.names, &one.pointer, &format!("error {}", status_text(one.status)));
            let json =
                one.response.content.iter().find(|(name, content)| family_of(name, content) == Family::Json);
            let body = json.and_then(|(media_type, content)| {
                let at = one.pointer.join("content").join(media_type).join("schema");
                content.schema.as_ref().map(|item| self.item(&at, item, &site).into_type())
            });
            let variant = self.names.variant(&mut scope, self.diagnostics, &one.pointer, &reason(one.status));
            variants.push(ErrorVariant { status: one.status, variant, body, docs: docs_of(&one.response) });
        }
        if variants.is_empty() {
            return None;
        }
        let at = draft.spot.pointer.join("responses").join("errors");
        let name = format!("{} error", draft.method.as_str());
        let name = self.names.request(&mut self.request_names, self.diagnostics, &at, &name);
        Some(Errors { name, variants })
    }

    /// The headers that the responses of success document.
    pub(super) fn success_headers(&mut self, draft: &Draft) -> Option<ResponseHeaders> {
        let found = self.successes(draft).into_iter().map(|one| (one.pointer, one.response));
        self.response_headers(draft, &found.collect::<Vec<_>>())
    }

    /// The responses that mean success: every 2xx, or else what `default` says.
    fn successes(&mut self, draft: &Draft) -> Vec<Found> {
        let only_default = self.only_default(draft);
        let is_success = |status: Status| match status {
            Status::Code(code) => (200..300).contains(&code),
            Status::Range(digit) => digit == 2,
            Status::Default => only_default,
        };
        self.found(draft).into_iter().filter(|one| is_success(one.status)).collect()
    }

    /// Whether `default` is all that the operation says of its success.
    fn only_default(&self, draft: &Draft) -> bool {
        let responses = &draft.described.responses;
        responses.default.is_some()
            && !responses
                .responses
                .keys()
                .any(|status| matches!(status_of(status), Status::Code(200..=399) | Status::Range(2 | 3)))
    }

    /// An operation without a 2xx: a redirect leads to bytes, anything else to nothing.
    fn without_success(&self, draft: &Draft) -> Shape {
        let redirects = |status: &StatusCode| {
            matches!(status_of(status), Status::Code(301 | 302 | 303 | 307 | 308) | Status::Range(3))
        };
        let is_get = draft.spot.http_method == "GET";
        if is_get && draft.described.responses.responses.keys().any(redirects) {
            Shape::Bytes
        } else {
            Shape::Empty
        }
    }

    /// All responses with references followed, by status.
    fn found(&mut self, draft: &Draft) -> Vec<Found> {
        let at = draft.spot.pointer.join("responses");
        let responses = &draft.described.responses;
        let coded =
            responses.responses.iter().map(|(status, item)| (status_of(status), status.to_string(), item));
        let default = responses.default.iter().map(|item| (Status::Default, "default".to_owned(), item));
        let mut found = Vec::new();
        for (status, key, item) in coded.chain(default) {
            match self.resolver.follow(&at.join(key), item.clone()) {
                Ok((pointer, response)) => found.push(Found { status, pointer, response }),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        found.sort_by_key(|one| one.status);
        found
    }

    /// The shape of a response: JSON if it has some, else text, else bytes.
    fn main_shape(&mut self, draft: &Draft, one: &Found, site: &str) -> (Shape, String) {
        if draft.spot.http_method == "HEAD" {
            return (Shape::Empty, String::new());
        }
        let mut choices: Vec<(Family, &String, &MediaType)> = one
            .response
            .content
            .iter()
            .map(|(name, content)| (family_of(name, content), name, content))
            .collect();
        choices.sort_by_key(|(family, ..)| *family);
        let Some((family, media_type, content)) = choices.first().copied() else {
            return (Shape::Empty, String::new());
        };
        for (other_family, other, other_content) in choices.iter().skip(1) {
            if *other_family == family && family == Family::Json && other_content.schema != content.schema {
                self.other_response(one, media_type, other);
            }
        }
        let accept = plain(media_type, family != Family::Json);
        let at = one.pointer.join("content").join(media_type);
        let site = draft.site(&self.names, &one.pointer, site);
        (self.shape(&at, family, content, &site), accept)
    }

    /// The shape of a body of a family of media types.
    fn shape(&mut self, at: &Pointer, family: Family, content: &MediaType, site: &Site) -> Shape {
        let at = at.join("schema");
        let item = content.schema.as_ref();
        match family {
            Family::Json => {
                Shape::Json(item.map_or(Type::Any, |item| self.item(&at, item, site).into_type()))
            }
            Family::Items => Shape::Items(self.streamed(&at, item, site)),
            Family::Events => {
                let schema = self.resolver.value_through(&at).map(|(_, schema)| schema);
                let is_text =
                    schema.is_ok_and(|schema| schema.get("type").is_some_and(|name| name == "string"));
                let is_open = item.is_none() || is_text;
                Shape::Events(if is_open { Type::String } else { self.streamed(&at, item, site) })
            }
            Family::Text | Family::Form => Shape::Text,
            Family::Bytes | Family::Multipart => Shape::Bytes,
        }
    }

    /// The type of what is streamed: the items of the schema if it is a list, else what it describes.
    fn streamed(&mut self, at: &Pointer, item: Option<&SchemaItem>, site: &Site) -> Type {
        let Some(item) = item else { return Type::Any };
        match self.item(at, item, site).into_type() {
            Type::Array(item) => *item,
            ty => ty,
        }
    }

    fn other_response(&mut self, one: &Found, used: &str, other: &str) {
        let message = format!("the response is asked for as `{used}`; the schema of `{other}` is left out");
        self.diagnostics.push(
            Diagnostic::warning(&one.pointer.join("content").join(other), "media-type-left-out", message)
                .help("describe one JSON media type per response if this one matters"),
        );
    }
}

fn status_of(status: &StatusCode) -> Status {
    match status {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(*digit),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}

fn docs_of(response: &Response) -> Docs {
    Docs { summary: super::docs::text(Some(&response.description)), ..Docs::default() }
}

/// The reason phrase of a status (RFC 9110 section 15, and the IANA registry).
fn reason(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(2) => return "success".to_owned(),
        Status::Range(3) => return "redirection".to_owned(),
        Status::Range(4) => return "client error".to_owned(),
        Status::Range(5) => return "server error".to_owned(),
        Status::Range(digit) => return format!("status {digit}xx"),
        Status::Default => return "any other".to_owned(),
    };
    REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| format!("status {code}"), |(_, reason)| (*reason).to_owned())
}

const REASONS: [(u16, &str); 47] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (304, "not modified"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "im a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable entity"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
    (507, "insufficient storage"),
];
