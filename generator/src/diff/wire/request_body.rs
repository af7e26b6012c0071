//! Request bodies: whether there is one, in which forms, and its schema.

use serde_json::Value;

use super::comparison::{Both, Comparison};
use super::content::{Content, Family};
use super::description::{Description, Part, reference};
use super::pairs::Direction;
use super::rules;

const SUBJECT: &str = "request body";

/// Compares the request bodies of an operation.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, operation: &Both<'a>) {
    let body = |description: Description<'a>, part: &Part<'a>| {
        part.get("requestBody").map(|part| description.follow(part))
    };
    let (old, new) = (body(comparison.old, &operation.old), body(comparison.new, &operation.new));
    match (old, new) {
        (Some(old), Some(new)) => compare_bodies(comparison, &Both { old, new }),
        (None, Some(new)) => {
            let content = Content::all(comparison.new, &new);
            let kind = content.first().map_or("nothing", |content| content.name.as_str());
            let (rule, how) = if new.flag("required") || is_needed(&content) {
                (rules::BODY_ADDED_REQUIRED, "required")
            } else {
                (rules::BODY_ADDED_OPTIONAL, "optional")
            };
            comparison.found(rule, SUBJECT, format!("is new and {how}: `{kind}`"), None, Some(&new));
        }
        (Some(old), None) => {
            comparison.found(rules::BODY_REMOVED, SUBJECT, "is no longer described", Some(&old), None);
        }
        (None, None) => {}
    }
}

fn compare_bodies<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    let old = Content::all(comparison.old, &both.old);
    let new = Content::all(comparison.new, &both.new);
    if both.old.flag("required") != both.new.flag("required") {
        let was = both.old.flag("required") || is_needed(&old);
        let is = both.new.flag("required") || is_needed(&new);
        match (was, is) {
            (false, true) => comparison.changed(rules::BODY_REQUIRED, SUBJECT, "became required", both),
            (true, false) => comparison.changed(rules::BODY_OPTIONAL, SUBJECT, "became optional", both),
            _ => {
                let (old, new) = (both.old.flag("required"), both.new.flag("required"));
                let message = format!("required `{old}` → `{new}`; it cannot be empty either way");
                comparison.changed(rules::BODY_NEEDED, SUBJECT, message, both);
            }
        }
    }
    comparison.compare_words(rules::BODY_PROSE, SUBJECT, &["description"], both);
    compare_forms(comparison, &old, &new, both);
    for content in &new {
        if let Some(before) = Content::find(&old, &content.name) {
            compare_content(comparison, before, content);
        }
    }
}

/// Whether a request makes no sense without its body: one that is nothing but its bytes, and one with required fields.
fn is_needed(content: &[Content<'_>]) -> bool {
    content.first().is_some_and(|content| match content.family {
        Family::Bytes => true,
        Family::Json => content.part.value.get("schema").is_some_and(|schema| {
            let required = schema.get("required").and_then(Value::as_array);
            reference(schema).is_none() && required.is_some_and(|names| !names.is_empty())
        }),
        _ => false,
    })
}

/// The form that the client sends is the first.
fn compare_forms<'a>(
    comparison: &mut Comparison<'a>,
    old: &[Content<'a>],
    new: &[Content<'a>],
    both: &Both<'a>,
) {
    let (Some(before), Some(after)) = (old.first(), new.first()) else { return };
    let is_kept = Content::find(new, &before.name).is_some_and(|kept| kept.family == after.family);
    if !is_kept {
        let message = format!("`{}` → `{}`", before.name, after.name);
        comparison.changed(rules::MEDIA_CHANGED, SUBJECT, message, both);
    }
    let is_told =
        |content: &Content<'_>| !is_kept && (content.name == before.name || content.name == after.name);
    for content in new.iter().filter(|content| Content::find(old, &content.name).is_none()) {
        if !is_told(content) {
            let message = format!("`{}` is accepted now", content.name);
            comparison.found(rules::MEDIA_ADDED, SUBJECT, message, None, Some(&content.part));
        }
    }
    for content in old.iter().filter(|content| Content::find(new, &content.name).is_none()) {
        if !is_told(content) {
            let message = format!("`{}` is no longer accepted", content.name);
            comparison.found(rules::MEDIA_REMOVED, SUBJECT, message, Some(&content.part), None);
        }
    }
}

fn compare_content<'a>(comparison: &mut Comparison<'a>, old: &Content<'a>, new: &Content<'a>) {
    let both = Both { old: old.part.clone(), new: new.part.clone() };
    if old.family != new.family || matches!(new.family, Family::Bytes | Family::Text) {
        return;
    }
    let encodings = |part: &Part<'a>| part.members("encoding");
    let (before, after) = (encodings(&both.old), encodings(&both.new));
    let keys = ["contentType", "style", "explode", "allowReserved"];
    let find = |list: &[(&str, Part<'a>)], name: &str| {
        list.iter().find(|(other, _)| *other == name).map(|(_, part)| part.clone())
    };
    let mut names: Vec<&str> = before.iter().chain(&after).map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (was, is) = (find(&before, name), find(&after, name));
        for key in keys {
            let said = |part: &Option<Part<'a>>| part.as_ref().and_then(|part| part.value.get(key));
            let (old, new) = (said(&was), said(&is));
            if old != new {
                let shown = super::annotation::shown;
                let message = format!("{key} {} → {}", shown(old), shown(new));
                let subject = format!("{SUBJECT}, part `{name}`");
                comparison.found(rules::ENCODING, subject, message, was.as_ref(), is.as_ref());
            }
        }
    }
    comparison.compare_schemas(SUBJECT, Direction::Request, &both);
}
