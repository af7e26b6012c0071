//! Media types of bodies: which one the client uses, and what becomes of it.

use serde_json::Value;

use super::description::{Description, Part};

/// The families of media types, best first, as the generator chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    Form,
    Text,
    Bytes,
    Multipart,
}

/// A body in one form.
#[derive(Debug, Clone)]
pub(super) struct Content<'a> {
    /// The media type without parameters, in small letters.
    pub(super) name: String,
    pub(super) family: Family,
    pub(super) part: Part<'a>,
}

impl<'a> Content<'a> {
    /// The forms of a body, the one that the client uses first.
    pub(super) fn all(description: Description<'a>, body: &Part<'a>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for (media_type, part) in description.followed(body, "content") {
            let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if !found.iter().any(|other| other.name == name) {
                found.push(Self { family: family(&name, &part), name, part });
            }
        }
        found.sort_by_key(|content| content.family);
        found
    }

    pub(super) fn find<'c>(all: &'c [Self], name: &str) -> Option<&'c Self> {
        all.iter().find(|content| content.name == name)
    }

    pub(super) fn has_family(all: &[Self], family: Family) -> bool {
        all.iter().any(|content| content.family == family)
    }
}

fn family(name: &str, part: &Part<'_>) -> Family {
    let schema = part.value.get("schema");
    let is = |key: &str, value: &str| {
        schema.and_then(|schema| schema.get(key)).and_then(Value::as_str) == Some(value)
    };
    match name {
        _ if is("type", "string") && is("format", "binary") && !name.starts_with("multipart/") => {
            Family::Bytes
        }
        "application/json" | "text/json" => Family::Json,
        name if name.ends_with("+json") => Family::Json,
        "application/x-www-form-urlencoded" => Family::Form,
        name if name.starts_with("multipart/") => Family::Multipart,
        "text/event-stream" => Family::Bytes,
        name if name.starts_with("text/") => Family::Text,
        "*/*" if schema.is_some() => Family::Json,
        _ => Family::Bytes,
    }
}
