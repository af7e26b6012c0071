//! Responses: what success looks like, and which errors are documented.

use openapiv3::{MediaType, Response, StatusCode};

use super::media::{Family, Group, family_of, groups};
use super::operation::Draft;
use super::status::{reason, status_of, status_text};
use super::{Lowerer, Site};
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

/// Another way in which an operation can answer, which becomes a method of its own.
pub(super) struct Way {
    /// What the name of the method ends in, and those of its groups of media types.
    pub(super) suffix: String,
    /// What the extension `x-description` of the media type says, in place of the operation's description.
    pub(super) description: Option<String>,
}

/// A response with its status, and where it stands.
struct Found {
    status: Status,
    pointer: Pointer,
    response: Response,
}

impl Lowerer<'_> {
    /// How an operation answers: in its main way, or in the one with this suffix. Types are named after the main
    /// method, and an enum of several shapes after the method that `draft` is.
    pub(super) fn answer(&mut self, main: &Draft, draft: &Draft, way: Option<&str>) -> Answer {
        let found = self.successes(main);
        let asked: Vec<Asked<'_>> = found.iter().map(|one| Asked::of(main, one, way)).collect();
        let in_this_way = asked.iter().filter(|one| one.is_in_the_way).count();
        let mut shapes: Vec<(usize, Shape)> = Vec::new();
        for (index, (one, asked)) in found.iter().zip(&asked).enumerate() {
            let status = status_text(one.status);
            let site = match (way.filter(|_| asked.is_in_the_way), &asked.group) {
                (Some(way), Some(Group { family: Family::Json, .. })) if found.len() == 1 => {
                    format!("{way} response")
                }
                (Some(way), Some(Group { family: Family::Json, .. })) => format!("{way} response {status}"),
                (Some(way), _) if in_this_way == 1 => way.to_owned(),
                (Some(way), _) => format!("{way} {status}"),
                (None, _) if found.len() == 1 => "response".to_owned(),
                (None, _) => format!("response {status}"),
            };
            shapes.push((index, self.asked_shape(main, one, asked, &site)));
        }
        let has_link_header =
            found.iter().any(|one| one.response.headers.keys().any(|name| name.eq_ignore_ascii_case("link")));
        let success = match shapes.first().map(|(_, shape)| shape.clone()) {
            None => Success::One(self.without_success(main)),
            Some(first) if shapes.iter().all(|(_, shape)| *shape == first) => Success::One(first),
            Some(_) => self.several(draft, &found, shapes),
        };
        let is_list = way.is_none() && found.first().is_some_and(|one| self.is_list(one));
        Answer { success, accept: accept(&found, &asked), has_link_header, is_list }
    }

    /// A shape for each status.
    fn several(&mut self, draft: &Draft, found: &[Found], shapes: Vec<(usize, Shape)>) -> Success {
        let name = format!("{} response", draft.method.as_str());
        let at = draft.at.join("responses").join("success");
        let name = self.names.request(&mut self.request_names, self.diagnostics, &at, &name);
        let mut scope = Scope::default();
        let mut cases = Vec::new();
        for (index, shape) in shapes {
            let Some(one) = found.get(index) else {
                continue;
            };
            let variant = self.names.variant(&mut scope, self.diagnostics, &one.pointer, &reason(one.status));
            cases.push(Case { status: one.status, variant, shape, docs: docs_of(&one.response) });
        }
        Success::Several { name, cases }
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

    /// The ways in which an operation can answer beside its main one: one for each group of media types.
    pub(super) fn other_ways(&mut self, draft: &Draft) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        if draft.spot.http_method == "HEAD" {
            return ways;
        }
        for one in self.successes(draft) {
            for group in groups(&one.response.content, read_as).into_iter().skip(1) {
                if ways.iter().all(|way| way.suffix != group.suffix) {
                    let content = group.first().map(|(_, content)| content);
                    let said = content.and_then(|content| content.extensions.get("x-description"));
                    let description = super::docs::text(said.and_then(|said| said.as_str()));
                    ways.push(Way { suffix: group.suffix, description });
                }
            }
        }
        ways
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
        let at = draft.at.join("responses").join("errors");
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

    /// The shape of a response of the media types that it is asked for as.
    fn asked_shape(&mut self, draft: &Draft, one: &Found, asked: &Asked<'_>, site: &str) -> Shape {
        let Some((group, (media_type, content))) =
            asked.group.as_ref().and_then(|group| Some((group, group.first()?)))
        else {
            return Shape::Empty;
        };
        let at = one.pointer.join("content").join(media_type);
        let site = draft.site(&self.names, &one.pointer, site);
        let is_own = one.pointer.strip_prefix(&draft.spot.pointer).is_some();
        // A response that operations share has one name for all of their methods.
        let site = match group.family {
            Family::Json if asked.is_in_the_way && !is_own => site.child(&group.suffix),
            _ => site,
        };
        self.shape(&at, group.family, content, &site)
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
}

/// What a response is asked for as.
struct Asked<'d> {
    /// The media types; none where it has no body.
    group: Option<Group<'d>>,
    /// Whether the way is one of the response's own, and not its main one in place of that.
    is_in_the_way: bool,
}

impl<'d> Asked<'d> {
    fn of(draft: &Draft, one: &'d Found, way: Option<&str>) -> Self {
        if draft.spot.http_method == "HEAD" {
            return Self { group: None, is_in_the_way: false };
        }
        let mut groups = groups(&one.response.content, read_as);
        let own = groups.iter().skip(1).position(|group| way == Some(group.suffix.as_str()));
        let index = own.map_or(0, |index| index + 1);
        let group = if index < groups.len() { Some(groups.swap_remove(index)) } else { None };
        Self { group, is_in_the_way: own.is_some() }
    }
}

/// How the media types of a family are read.
fn read_as(family: Family) -> Family {
    match family {
        Family::Form => Family::Text,
        Family::Multipart => Family::Bytes,
        family => family,
    }
}

/// What a method asks for: the media types that it can read, those of its way first, but for those that another status
/// would answer with in place of what is read there.
fn accept(found: &[Found], asked: &[Asked<'_>]) -> String {
    let is_misread = |name: &str| {
        found.iter().zip(asked).any(|(one, asked)| {
            let is_read = asked.group.iter().flat_map(Group::accept).any(|read| read == name);
            !is_read && one.response.content.keys().any(|other| other.trim() == name)
        })
    };
    let mut ordered: Vec<&Asked<'_>> = asked.iter().filter(|asked| asked.group.is_some()).collect();
    ordered.sort_by_key(|asked| !asked.is_in_the_way);
    let mut names: Vec<String> = Vec::new();
    for (index, asked) in ordered.into_iter().enumerate() {
        for name in asked.group.iter().flat_map(Group::accept) {
            if (index == 0 || !is_misread(&name)) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

fn docs_of(response: &Response) -> Docs {
    Docs { summary: super::docs::text(Some(&response.description)), ..Docs::default() }
}
