//! The members of objects: properties, which of them are required, and members without a name.

use serde_json::Value;

use super::description::Part;
use super::kind::{Kind, called};
use super::pairs::{Direction, Pairs, Task};
use super::rules;
use super::schema::Schema;
use super::variant;

/// Compares two objects, or two maps.
pub(super) fn judge<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>, kind: Kind) {
    let (old, new) = (task.old.properties(), task.new.properties());
    for (name, parts) in &new {
        match old.get(name) {
            Some(before) => judge_property(pairs, task, name, before, parts),
            None => added(pairs, task, name, parts),
        }
    }
    for (name, parts) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        let (rule, message) = match task.direction {
            Direction::Request => (rules::SENT_REMOVED, "can no longer be sent"),
            Direction::Response => (rules::GOT_REMOVED, "no longer comes"),
        };
        pairs.found_at(task, name, rule, message, (place(parts), None));
    }
    judge_others(pairs, task, kind);
    if kind == Kind::Object {
        variant::judge_beside_properties(pairs, task);
    }
}

fn place(parts: &[Part<'_>]) -> Option<crate::pointer::Pointer> {
    parts.last().map(|part| part.at.clone())
}

fn added<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>, name: &str, parts: &[Part<'a>]) {
    let is_required = task.new.requires(name);
    let rule = match task.direction {
        Direction::Request if is_required => rules::SENT_ADDED_REQUIRED,
        Direction::Request => rules::SENT_ADDED_OPTIONAL,
        Direction::Response => rules::GOT_ADDED,
    };
    let schema = Schema::read(pairs.new, parts.to_vec());
    let mut kind = schema.as_ref().map(|schema| called(pairs.new, schema)).unwrap_or_default();
    if schema.is_some_and(|schema| schema.allows_null()) {
        kind.push_str(" or null");
    }
    let message = match (task.direction, is_required) {
        (Direction::Request, true) => format!("is new and required: {kind}"),
        (Direction::Request, false) => format!("is new and optional: {kind}"),
        (Direction::Response, true) => format!("is new: {kind}"),
        (Direction::Response, false) => format!("is new and may be missing: {kind}"),
    };
    pairs.found_at(task, name, rule, message, (None, place(parts)));
}

fn judge_property<'a>(
    pairs: &mut Pairs<'a>,
    task: &Task<'a>,
    name: &str,
    old: &[Part<'a>],
    new: &[Part<'a>],
) {
    let (was, is) = (task.old.requires(name), task.new.requires(name));
    let mut null_is_judged = false;
    if was != is {
        let null = |description, parts: &[Part<'a>]| {
            Schema::read(description, parts.to_vec()).is_some_and(|schema| schema.allows_null())
        };
        let (was_nullable, is_nullable) = (null(pairs.old, old), null(pairs.new, new));
        null_is_judged = task.direction == Direction::Response && was == was_nullable && is == is_nullable;
        let (rule, message) = match (task.direction, is) {
            _ if null_is_judged => (rules::GOT_PRESENCE, presence(is)),
            (Direction::Request, true) => (rules::SENT_REQUIRED, "became required"),
            (Direction::Request, false) => (rules::SENT_OPTIONAL, "became optional"),
            (Direction::Response, true) => (rules::GOT_REQUIRED, "is always there now"),
            (Direction::Response, false) => (rules::GOT_OPTIONAL, "may be missing now"),
        };
        pairs.found_at(task, name, rule, message, (place(old), place(new)));
    }
    pairs.inside(task, name, old.to_vec(), new.to_vec(), null_is_judged);
}

fn presence(is_required: bool) -> &'static str {
    match is_required {
        true => "is null now where it was missing",
        false => "is missing now where it was null",
    }
}

/// What an object may hold besides its properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    Unsaid,
    Forbidden,
    Described,
}

impl Others {
    fn of(schema: &Schema<'_>) -> Self {
        let said = schema.parts.iter().filter_map(|part| part.value.get("additionalProperties"));
        said.fold(Self::Unsaid, |others, value| match (others, value) {
            (Self::Forbidden, _) | (_, Value::Bool(false)) => Self::Forbidden,
            _ => Self::Described,
        })
    }
}

fn judge_others<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>, kind: Kind) {
    let key = "additionalProperties";
    let (old, new) = (Others::of(&task.old), Others::of(&task.new));
    if old != Others::Forbidden && new == Others::Forbidden {
        let rule = task.direction.rule(rules::SENT_CLOSED, rules::GOT_CLOSED);
        pairs.found_keyword(task, key, rule, "can have no other members now");
    }
    if old == Others::Forbidden && new != Others::Forbidden {
        let rule = task.direction.rule(rules::SENT_OPENED, rules::GOT_OPENED);
        pairs.found_keyword(task, key, rule, "can have other members now");
    }
    if kind == Kind::Object && old != new {
        if new == Others::Described {
            pairs.found_keyword(task, key, rules::DESCRIBED_OTHERS, "says what other members are now");
        } else if old == Others::Described {
            pairs.found_keyword(
                task,
                key,
                rules::UNDESCRIBED_OTHERS,
                "no longer says what other members are",
            );
        }
    }
    let is_map = kind == Kind::Map && old != Others::Forbidden && new != Others::Forbidden;
    if is_map || old == Others::Described && new == Others::Described {
        pairs.inside(task, "*", task.old.inside(key), task.new.inside(key), false);
    }
}
