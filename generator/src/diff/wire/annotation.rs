//! What is said about a schema without changing its values: words, deprecation, default, who may write it.

use serde_json::Value;

use super::pairs::{Direction, Pairs, Task};
use super::rules;
use super::words;
use crate::pointer::Pointer;

/// The keywords that are compared here.
const KEYWORDS: [&str; 6] = ["title", "description", "deprecated", "default", "readOnly", "writeOnly"];

/// Compares what two schemas say about themselves.
pub(super) fn judge<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let places = (Some(task.old.at()), Some(task.new.at()));
    let said = |key: &str| (task.old.outer_keyword(key), task.new.outer_keyword(key));
    compare(pairs, task, &KEYWORDS, said, &places);
}

/// Compares what two schemas and their wrappers say together.
pub(super) fn judge_together<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let places = (Some(task.old.site.at.clone()), Some(task.new.site.at.clone()));
    compare(pairs, task, &KEYWORDS, |key| effective(task, key), &places);
}

/// Compares what is said around references to schemas that others use as well.
pub(super) fn judge_wrappers<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let places = (Some(task.old.site.at.clone()), Some(task.new.site.at.clone()));
    if !(task.old.is_shared && task.new.is_shared) {
        if !task.old.wrappers.is_empty() || !task.new.wrappers.is_empty() {
            compare(pairs, task, &KEYWORDS, |key| effective(task, key), &places);
        }
        return;
    }
    let is_said =
        |key: &&str| task.old.wrapper_keyword(key).is_some() || task.new.wrapper_keyword(key).is_some();
    let keys: Vec<&str> = KEYWORDS.into_iter().filter(is_said).collect();
    compare(pairs, task, &keys, |key| effective(task, key), &places);
}

fn effective<'a>(task: &Task<'a>, key: &str) -> (Option<&'a Value>, Option<&'a Value>) {
    let (old, new) = (&task.old, &task.new);
    (
        old.wrapper_keyword(key).or_else(|| old.outer_keyword(key)),
        new.wrapper_keyword(key).or_else(|| new.outer_keyword(key)),
    )
}

type Places = (Option<Pointer>, Option<Pointer>);

fn compare<'a>(
    pairs: &mut Pairs<'a>,
    task: &Task<'a>,
    keys: &[&str],
    said: impl Fn(&str) -> (Option<&'a Value>, Option<&'a Value>),
    places: &Places,
) {
    let mut wording = Vec::new();
    for key in keys {
        let (old, new) = said(key);
        let (old, new) = (old.filter(|value| !value.is_null()), new.filter(|value| !value.is_null()));
        let (was, is) = (old == Some(&Value::Bool(true)), new == Some(&Value::Bool(true)));
        match *key {
            "title" | "description" => {
                let text = |value: Option<&'a Value>| value.and_then(Value::as_str).unwrap_or_default();
                wording.extend(words::change(key, text(old), text(new)));
            }
            "default" if old != new => {
                let message = format!("default {} → {}", shown(old), shown(new));
                pairs.found(task, rules::DEFAULT_CHANGED, message, places.0.clone(), places.1.clone());
            }
            "deprecated" | "readOnly" | "writeOnly" if was != is => {
                if let Some((rule, message)) = flag(key, task.direction, is) {
                    pairs.found(task, rule, message, places.0.clone(), places.1.clone());
                }
            }
            _ => {}
        }
    }
    if !wording.is_empty() {
        let message = wording.join("; ");
        pairs.found(task, rules::SCHEMA_PROSE, message, places.0.clone(), places.1.clone());
    }
}

/// What it means that a flag was set or taken away.
fn flag(key: &str, direction: Direction, is_set: bool) -> Option<(&'static rules::Rule, &'static str)> {
    Some(match (key, direction, is_set) {
        ("deprecated", _, true) => (rules::DEPRECATED, "is deprecated now"),
        ("deprecated", _, false) => (rules::UNDEPRECATED, "is no longer deprecated"),
        ("readOnly", Direction::Request, true) => (rules::SENT_READ_ONLY, "can no longer be written"),
        ("readOnly", Direction::Request, false) => (rules::SENT_WRITABLE, "can be written now"),
        ("writeOnly", Direction::Response, true) => (rules::GOT_WRITE_ONLY, "is no longer given back"),
        ("writeOnly", Direction::Response, false) => (rules::GOT_READABLE, "is given back now"),
        _ => return None,
    })
}

/// A value in a message.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        None => "none".to_owned(),
        Some(Value::String(text)) => format!("`{text}`"),
        Some(other) => format!("`{other}`"),
    }
}
