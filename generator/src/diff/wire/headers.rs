//! Headers of responses, which the client gives as they came.

use super::comparison::{Both, Comparison};
use super::description::{Description, Part};
use super::kind::called;
use super::rules;
use super::schema::Schema;

/// Compares the headers of a response.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, response: &str, both: &Both<'a>) {
    let old = comparison.old.followed(&both.old, "headers");
    let new = comparison.new.followed(&both.new, "headers");
    let find = |list: &[(&str, Part<'a>)], name: &str| {
        list.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, part)| part.clone())
    };
    for (name, header) in &new {
        let subject = format!("{response}, header `{name}`");
        match find(&old, name) {
            Some(before) => compare_header(comparison, &subject, &Both { old: before, new: header.clone() }),
            None => {
                let message = format!("is new{}", pages(name, "the client reads pages by it"));
                comparison.found(rules::HEADER_ADDED, subject, message, None, Some(header));
            }
        }
    }
    for (name, header) in old.iter().filter(|(name, _)| find(&new, name).is_none()) {
        let subject = format!("{response}, header `{name}`");
        let message = format!("is no longer described{}", pages(name, "the client read pages by it"));
        comparison.found(rules::HEADER_REMOVED, subject, message, Some(header), None);
    }
}

/// One page of a list goes on in a `Link` header (RFC 8288).
fn pages(name: &str, what: &str) -> String {
    if name.eq_ignore_ascii_case("link") { format!("; {what}") } else { String::new() }
}

fn compare_header<'a>(comparison: &mut Comparison<'a>, subject: &str, both: &Both<'a>) {
    match (both.old.flag("required"), both.new.flag("required")) {
        (false, true) => comparison.changed(rules::HEADER_REQUIRED, subject, "is always there now", both),
        (true, false) => comparison.changed(rules::HEADER_OPTIONAL, subject, "may be missing now", both),
        _ => {}
    }
    let kind = |description: Description<'a>, part: &Part<'a>| {
        let schema = part.get("schema").and_then(|part| Schema::read(description, vec![part]));
        schema.map_or_else(|| "any value".to_owned(), |schema| called(description, &schema))
    };
    let (before, after) = (kind(comparison.old, &both.old), kind(comparison.new, &both.new));
    if before != after {
        comparison.changed(rules::HEADER_CHANGED, subject, format!("{before} → {after}"), both);
    }
    comparison.compare_words(rules::HEADER_PROSE, subject, &["description"], both);
}
