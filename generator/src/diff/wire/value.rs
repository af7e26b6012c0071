//! Two schemas of the same place: their types, listed values and what stands inside them.

use serde_json::Value;

use super::annotation::shown;
use super::kind::{self, Kind, called};
use super::pairs::{Direction, Pairs, Task};
use super::{limit, object, rules, variant};

/// Compares two schemas without what is said about them.
pub(super) fn judge<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (before, after) = (Kind::of(&task.old), Kind::of(&task.new));
    if before != after {
        let message = format!("{} → {}", called(pairs.old, &task.old), called(pairs.new, &task.new));
        return pairs.found_keyword(task, "type", rules::TYPE_CHANGED, message);
    }
    match after {
        Kind::Any => {}
        Kind::Scalar(_) => {
            judge_format(pairs, task);
            judge_values(pairs, task);
        }
        Kind::Texts => judge_texts(pairs, task),
        Kind::List => judge_items(pairs, task),
        Kind::Map | Kind::Object => object::judge(pairs, task, after),
        Kind::Union => variant::judge(pairs, task),
    }
    limit::judge(pairs, task);
    let excluded = |schema: &super::schema::Schema<'a>| schema.keyword("not").cloned();
    if excluded(&task.old) != excluded(&task.new) {
        pairs.found_keyword(task, "not", rules::EXCLUDED_CHANGED, "excludes other values now");
    }
}

fn judge_format<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (old, new) = (kind::described(&task.old), kind::described(&task.new));
    if old != new {
        pairs.found_keyword(task, "format", rules::FORMAT_CHANGED, format!("{old} → {new}"));
    }
}

/// The listed values of numbers and the like, which have no variants in Rust.
fn judge_values<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (old, new) = (task.old.values(), task.new.values());
    let direction = task.direction;
    let listed = |values: &[&Value]| {
        let shown: Vec<String> = values.iter().map(|value| shown(Some(value))).collect();
        shown.join(", ")
    };
    match (old.is_empty(), new.is_empty()) {
        (true, false) => {
            let message = format!("any value → only {}", listed(&new));
            let rule = direction.rule(rules::SENT_LISTED, rules::GOT_LISTED);
            pairs.found_keyword(task, "enum", rule, message);
        }
        (false, true) => {
            let message = format!("only {} → any value", listed(&old));
            let rule = direction.rule(rules::SENT_UNLISTED, rules::GOT_UNLISTED);
            pairs.found_keyword(task, "enum", rule, message);
        }
        _ => {
            let (old, new) = (old.iter(), new.iter());
            let old: Vec<String> = old.map(|value| value.to_string()).collect();
            let new: Vec<String> = new.map(|value| value.to_string()).collect();
            judge_lists(pairs, task, &as_texts(&old), &as_texts(&new));
        }
    }
}

fn as_texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn judge_texts<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (old, new) = (kind::texts(&task.old), kind::texts(&task.new));
    judge_lists(pairs, task, &old, &new);
}

/// One change for each value that came or went.
fn judge_lists<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>, old: &[&str], new: &[&str]) {
    let came = task.direction.rule(rules::SENT_VALUE_ADDED, rules::GOT_VALUE_ADDED);
    let went = task.direction.rule(rules::SENT_VALUE_REMOVED, rules::GOT_VALUE_REMOVED);
    for value in new.iter().filter(|value| !old.contains(value)) {
        let message = match task.direction {
            Direction::Request => format!("`{value}` is accepted now"),
            Direction::Response => format!("`{value}` may come now"),
        };
        pairs.found_keyword(task, "enum", came, message);
    }
    for value in old.iter().filter(|value| !new.contains(value)) {
        let message = match task.direction {
            Direction::Request => format!("`{value}` is no longer accepted"),
            Direction::Response => format!("`{value}` no longer comes"),
        };
        pairs.found_keyword(task, "enum", went, message);
    }
}

fn judge_items<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (old, new) = (task.old.inside("items"), task.new.inside("items"));
    pairs.inside(task, "[]", old, new, false);
}
