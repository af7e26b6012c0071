//! Limits of values: sizes, lengths, counts and patterns. The client checks none of them; the server does.

use serde_json::Value;

use super::annotation::shown;
use super::pairs::{Direction, Pairs, Task};
use super::rules;

/// A limit, how a report calls it, and whether a greater one lets less through.
const BOUNDS: [(&str, &str, bool); 8] = [
    ("minimum", "smallest value", true),
    ("maximum", "largest value", false),
    ("minLength", "shortest length", true),
    ("maxLength", "longest length", false),
    ("minItems", "fewest items", true),
    ("maxItems", "most items", false),
    ("minProperties", "fewest members", true),
    ("maxProperties", "most members", false),
];

/// Flags that let less through.
const FLAGS: [(&str, &str); 3] = [
    ("exclusiveMinimum", "the smallest value itself"),
    ("exclusiveMaximum", "the largest value itself"),
    ("uniqueItems", "the same item twice"),
];

/// Compares the limits of two schemas.
pub(super) fn judge<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    for (key, name, is_lower) in BOUNDS {
        let (old, new) = (number(task.old.keyword(key)), number(task.new.keyword(key)));
        if old != new {
            let is_tighter = match (old, new) {
                (Some(old), Some(new)) => (new > old) == is_lower,
                (None, _) => true,
                (_, None) => false,
            };
            let message =
                format!("{name} {} → {}", shown(task.old.keyword(key)), shown(task.new.keyword(key)));
            found(pairs, task, key, is_tighter, message);
        }
    }
    for (key, what) in FLAGS {
        let (old, new) = (task.old.flag(key), task.new.flag(key));
        if old != new {
            let message =
                if new { format!("{what} is excluded now") } else { format!("{what} is no longer excluded") };
            found(pairs, task, key, new, message);
        }
    }
    judge_steps(pairs, task);
    judge_pattern(pairs, task);
}

fn number(value: Option<&Value>) -> Option<f64> {
    value.and_then(Value::as_f64)
}

fn found<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>, key: &str, is_tighter: bool, message: String) {
    let rule = match task.direction {
        Direction::Request if is_tighter => rules::SENT_TIGHTENED,
        Direction::Request => rules::SENT_LOOSENED,
        Direction::Response => rules::GOT_LIMIT,
    };
    pairs.found_keyword(task, key, rule, message);
}

/// `multipleOf`: only a divisor of the old step lets everything through that was.
fn judge_steps<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let key = "multipleOf";
    let (old, new) = (task.old.keyword(key), task.new.keyword(key));
    if number(old) != number(new) {
        let is_tighter = match (number(old), number(new)) {
            (Some(old), Some(new)) => new == 0.0 || (old / new).fract() != 0.0,
            (_, new) => new.is_some(),
        };
        found(pairs, task, key, is_tighter, format!("multiple of {} → {}", shown(old), shown(new)));
    }
}

fn judge_pattern<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (old, new) = (task.old.keyword("pattern"), task.new.keyword("pattern"));
    if old != new {
        let rule = match (task.direction, new) {
            (Direction::Response, _) => rules::GOT_PATTERN,
            (Direction::Request, Some(_)) => rules::SENT_PATTERN,
            (Direction::Request, None) => rules::SENT_PATTERN_GONE,
        };
        pairs.found_keyword(task, "pattern", rule, format!("pattern {} → {}", shown(old), shown(new)));
    }
}
