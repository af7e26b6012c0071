//! JSON texts.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Problem;
use super::build::{Complaint, Reading};
use super::place::{self, Wanted};

/// Reads a JSON text.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let reading = Reading::new(text.len(), false);
    let read = reading.read(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| problem(text, &error, reading.complaint()))
}

/// Finds the wanted parts; `false` when the text is not a JSON object or array.
pub(super) fn find(text: &str, wanted: &mut Wanted) -> bool {
    let root = text.trim_matches([' ', '\t', '\r', '\n']);
    let Some(top) = members(root) else {
        return false;
    };
    let span_of = |part: &str| {
        // A part borrows from the text, so its address tells where in it.
        let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        start..start + part.len()
    };
    wanted.found(Wanted::ROOT, span_of(root));
    let mut open = vec![(top, Wanted::ROOT)];
    while let Some((children, parent)) = open.pop() {
        for member in children {
            let Some(node) = wanted.child(parent, &member.key) else {
                continue;
            };
            wanted.found(node, span_of(member.place));
            if wanted.has_children(node) {
                open.push((members(member.value).unwrap_or_default(), node));
            }
        }
    }
    true
}

fn problem(text: &str, error: &serde_json::Error, complaint: Option<Complaint>) -> Problem {
    let offset = place::offset_in_line(text, error.line(), error.column());
    if let Some(Complaint::Duplicate(key)) = complaint {
        // The offset is that of the quote after the key.
        let spelt_out = text.get(..offset).is_some_and(|before| before.ends_with(&key));
        let start = if spelt_out { offset - key.len() } else { offset };
        return Problem::duplicate(&key, start);
    }
    let message = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&suffix).unwrap_or(&message);
    let help = if message.contains("recursion limit") {
        "values may nest 128 deep; a description nests far less"
    } else if text.trim().is_empty() {
        "give a text that holds a description"
    } else {
        "correct the JSON; what stands just before this place may be the cause"
    };
    Problem { message: format!("not JSON: {message}"), help, place: offset..offset + 1 }
}

/// A member of an object or an item of an array, as text.
struct Member<'t> {
    key: Cow<'t, str>,
    /// The key of a member, the whole of an item.
    place: &'t str,
    value: &'t str,
}

/// The members of an object or array.
fn members(raw: &str) -> Option<Vec<Member<'_>>> {
    serde_json::from_str::<Members<'_>>(raw).ok().map(|members| members.0)
}

struct Members<'t>(Vec<Member<'t>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = object.next_entry::<&RawValue, &RawValue>()? {
            members.push(Member { key: unquote(key.get()), place: key.get(), value: value.get() });
        }
        Ok(Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(item) = array.next_element::<&RawValue>()? {
            let key = Cow::Owned(members.len().to_string());
            members.push(Member { key, place: item.get(), value: item.get() });
        }
        Ok(Members(members))
    }
}

fn unquote(token: &str) -> Cow<'_, str> {
    if token.contains('\\') {
        serde_json::from_str(token).map_or(Cow::Borrowed(token), Cow::Owned)
    } else {
        Cow::Borrowed(token.trim_matches('"'))
    }
}
