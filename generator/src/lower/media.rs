//! Media types: the family of each, and which of them one method can handle; nothing is lowered here.

use indexmap::IndexMap;
use openapiv3::MediaType;

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

/// Media types that one method sends or asks for.
#[derive(Debug)]
pub(super) struct Group<'d> {
    pub(super) family: Family,
    /// What the name of the method ends in, unless it is the main one.
    pub(super) suffix: String,
    /// The media types with their contents; there is always a first one.
    pub(super) members: Vec<(&'d str, &'d MediaType)>,
}

impl<'d> Group<'d> {
    /// The media type that stands for all.
    pub(super) fn first(&self) -> Option<(&'d str, &'d MediaType)> {
        self.members.first().copied()
    }

    /// The value of `Accept` that names what a method can read, with parameters; JSON of any media type is asked for
    /// as `application/json`.
    pub(super) fn accept(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &self.members {
            let is_range = self.family == Family::Json && name.contains('*');
            let name = if is_range { "application/json" } else { name.trim() };
            if names.iter().all(|known| known != name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Whether a method for these can handle a media type of this family, too.
    fn takes(&self, family: Family, content: &MediaType) -> bool {
        let is_same = || self.first().is_some_and(|(_, first)| first.schema == content.schema);
        self.family == family && (matches!(family, Family::Text | Family::Bytes) || is_same())
    }
}

/// The groups of media types, the main one first; `handled_as` joins families that are handled alike.
pub(super) fn groups(
    contents: &IndexMap<String, MediaType>,
    handled_as: fn(Family) -> Family,
) -> Vec<Group<'_>> {
    let mut choices: Vec<(Family, &str, &MediaType)> = contents
        .iter()
        .map(|(name, content)| (family_among(contents, name, content), name.as_str(), content))
        .collect();
    choices.sort_by_key(|(family, ..)| *family);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (family, name, content) in choices {
        let family = handled_as(family);
        match groups.iter_mut().find(|group| group.takes(family, content)) {
            Some(group) => group.members.push((name, content)),
            None => {
                let suffix = suffix(&groups, family, name);
                groups.push(Group { family, suffix, members: vec![(name, content)] });
            }
        }
    }
    groups
}

/// The family of a media type beside others: any media type is bytes where JSON is described as something else.
fn family_among(contents: &IndexMap<String, MediaType>, name: &str, content: &MediaType) -> Family {
    let is_other =
        |(other, json): (&String, &MediaType)| is_json_name(other) && json.schema != content.schema;
    match family_of(name, content) {
        Family::Json if name.trim().starts_with("*/*") && contents.iter().any(is_other) => Family::Bytes,
        family => family,
    }
}

/// The suffix of a new group: its family's, or what tells its media type from the others.
fn suffix(groups: &[Group<'_>], family: Family, media_type: &str) -> String {
    let usual = match family {
        Family::Json => "json",
        Family::Form => "form",
        Family::Multipart => "multipart",
        Family::Text => "text",
        Family::Events | Family::Items => "stream",
        Family::Bytes => "bytes",
    };
    let candidates = [usual.to_owned(), own_words(media_type), words(media_type)];
    let is_free = |words: &String| !words.is_empty() && groups.iter().all(|group| group.suffix != *words);
    candidates.into_iter().find(is_free).unwrap_or_else(|| words(media_type))
}

/// What a media type has of its own: the last part of its name, and its parameters.
fn own_words(media_type: &str) -> String {
    let mut parts = media_type.split(';').map(str::trim);
    let subtype = parts.next().and_then(|name| name.split('/').nth(1)).unwrap_or_default();
    let subtype = subtype.split('+').next().unwrap_or_default();
    let last = subtype.rsplit('.').next().filter(|last| *last != "json");
    let parameters = parts.filter(|parameter| !parameter.to_ascii_lowercase().starts_with("charset"));
    words(&last.into_iter().chain(parameters).collect::<Vec<_>>().join(" "))
}

/// A text as words that a name can end in.
fn words(text: &str) -> String {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_ascii_lowercase()
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
pub(super) fn sent(media_type: &str, is_bytes: bool) -> String {
    let name = media_type.trim();
    match (name.contains('*'), is_bytes) {
        (false, _) => name.to_owned(),
        (true, true) => "application/octet-stream".to_owned(),
        (true, false) => "application/json".to_owned(),
    }
}
