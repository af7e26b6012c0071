//! Credentials: which kinds there are, and which an operation accepts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::comparison::{Both, Comparison};
use super::description::Part;
use super::rules;

/// What tells one way to send a credential from another.
const FACTS: [&str; 4] = ["type", "scheme", "in", "name"];

/// Compares the kinds of credentials.
pub(super) fn compare_schemes<'a>(comparison: &mut Comparison<'a>) {
    let schemes = |description: super::description::Description<'a>| {
        let components = description.root().get("components");
        components.map(|part| description.followed(&part, "securitySchemes")).unwrap_or_default()
    };
    let (old, new) = (schemes(comparison.old), schemes(comparison.new));
    for (name, scheme) in &new {
        let subject = format!("credential `{name}`");
        let Some((_, before)) = old.iter().find(|(other, _)| other == name) else {
            comparison.found(rules::SCHEME_ADDED, subject, "is described now", None, Some(scheme));
            continue;
        };
        let both = Both { old: before.clone(), new: scheme.clone() };
        if FACTS.iter().any(|key| fact(before, key) != fact(scheme, key)) {
            let message = format!("{} → {}", way(before), way(scheme));
            comparison.changed(rules::SCHEME_CHANGED, subject.clone(), message, &both);
        }
        comparison.compare_words(rules::API_PROSE, &subject, &["description"], &both);
    }
    for (name, scheme) in old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name)) {
        let subject = format!("credential `{name}`");
        comparison.found(rules::SCHEME_REMOVED, subject, "is no longer described", Some(scheme), None);
    }
}

/// How a credential travels, in words.
fn way(scheme: &Part<'_>) -> String {
    let words: Vec<String> = FACTS.iter().filter_map(|key| fact(scheme, key)).collect();
    format!("`{}`", words.join(" "))
}

/// Names of HTTP schemes are read whatever their case (RFC 9110, section 11.1).
fn fact(scheme: &Part<'_>, key: &str) -> Option<String> {
    let text = scheme.text(key)?;
    Some(if key == "scheme" { text.to_ascii_lowercase() } else { text.to_owned() })
}

/// Compares what operations accept that do not say so themselves.
pub(super) fn compare_root<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    compare(comparison, "credentials", both);
}

/// Compares what an operation accepts, where it says so itself in either description.
pub(super) fn compare_operation<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    let is_own = |part: &Part<'a>| part.value.get("security").is_some();
    let owner = |part: &Part<'a>, root: Part<'a>| if is_own(part) { part.clone() } else { root };
    if is_own(&both.old) || is_own(&both.new) {
        let old = owner(&both.old, comparison.old.root());
        let new = owner(&both.new, comparison.new.root());
        compare(comparison, "credentials", &Both { old, new });
    }
}

/// One way to be allowed: the kinds of credentials that are needed together, with their scopes.
type Alternative<'a> = BTreeMap<&'a str, Vec<&'a str>>;

fn alternatives<'a>(part: &Part<'a>) -> Vec<Alternative<'a>> {
    let all = part.items("security").into_iter().filter_map(|item| item.object());
    let scopes = |value: &'a Value| {
        let mut scopes: Vec<&str> =
            value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        scopes.sort_unstable();
        scopes
    };
    all.map(|item| item.iter().map(|(name, value)| (name.as_str(), scopes(value))).collect()).collect()
}

fn compare<'a>(comparison: &mut Comparison<'a>, subject: &str, both: &Both<'a>) {
    let (old, new) = (alternatives(&both.old), alternatives(&both.new));
    let place = |part: &Part<'a>| part.get("security");
    let (before, after) = (place(&both.old), place(&both.new));
    let is_open = |list: &[Alternative<'_>]| list.is_empty() || list.iter().any(BTreeMap::is_empty);
    let mut found =
        |rule, message: String| comparison.found(rule, subject, message, before.as_ref(), after.as_ref());
    if is_open(&old) && !is_open(&new) {
        found(rules::SECURITY_REQUIRED, format!("none needed → {}", all_named(&new)));
    } else if !is_open(&old) && is_open(&new) {
        found(rules::SECURITY_OPTIONAL, format!("{} → none needed", all_named(&old)));
    }
    let was_closed = !is_open(&old);
    let is_closed = !is_open(&new);
    let same = |one: &Alternative<'_>, other: &Alternative<'_>| one.keys().eq(other.keys());
    for alternative in new.iter().filter(|alternative| !alternative.is_empty()) {
        match old.iter().find(|other| same(alternative, other)) {
            Some(other) => compare_scopes(other, alternative, &mut found),
            None if was_closed || !is_closed => {
                found(rules::SECURITY_ADDED, format!("{} is accepted now", named(alternative)));
            }
            None => {}
        }
    }
    for alternative in old.iter().filter(|alternative| !alternative.is_empty()) {
        let is_kept = new.iter().any(|other| same(alternative, other));
        if !is_kept && (is_closed || !was_closed) {
            found(rules::SECURITY_REMOVED, format!("{} is no longer accepted", named(alternative)));
        }
    }
}

fn compare_scopes(
    old: &Alternative<'_>,
    new: &Alternative<'_>,
    found: &mut impl FnMut(&'static rules::Rule, String),
) {
    for (name, scopes) in new {
        let before = old.get(name).map(Vec::as_slice).unwrap_or_default();
        for scope in scopes.iter().filter(|scope| !before.contains(scope)) {
            found(rules::SCOPE_ADDED, format!("`{name}` needs the scope `{scope}` now"));
        }
        for scope in before.iter().filter(|scope| !scopes.contains(scope)) {
            found(rules::SCOPE_REMOVED, format!("`{name}` no longer needs the scope `{scope}`"));
        }
    }
}

fn named(alternative: &Alternative<'_>) -> String {
    let names: Vec<String> = alternative.keys().map(|name| format!("`{name}`")).collect();
    names.join(" with ")
}

fn all_named(alternatives: &[Alternative<'_>]) -> String {
    let names = alternatives.iter().filter(|alternative| !alternative.is_empty()).map(named);
    names.collect::<Vec<_>>().join(" or ")
}
