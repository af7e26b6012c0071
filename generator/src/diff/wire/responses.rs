//! Responses: which statuses there are, what they mean for the method, and what each holds.

use super::comparison::{Both, Comparison};
use super::content::{Content, Family};
use super::description::{Description, Part};
use super::pairs::Direction;
use super::{headers, rules};

/// What a status means for the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Success,
    /// The client follows.
    Redirect,
    Error,
}

/// A response of one description.
#[derive(Debug, Clone)]
struct Response<'a> {
    status: String,
    meaning: Meaning,
    part: Part<'a>,
}

impl Response<'_> {
    fn subject(&self) -> String {
        format!("response {}", self.status)
    }
}

/// Compares the responses of an operation; the methods say whether there is any content.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    operation: &Both<'a>,
    methods: (&'static str, &'static str),
) {
    let mut old = responses(comparison.old, &operation.old);
    let new = responses(comparison.new, &operation.new);
    compare_without_success(comparison, operation, (&old, &new), methods);
    let was_alike = are_alike(comparison.old, &old);
    let is_alike = are_alike(comparison.new, &new);
    let mut added = Vec::new();
    for response in new {
        match old.iter().position(|other| other.status == response.status) {
            Some(index) => compare_response(comparison, &old.remove(index), &response, methods.1),
            None => added.push(response),
        }
    }
    let count = |list: &[Response<'_>]| list.iter().filter(|one| one.meaning == Meaning::Success).count();
    // One success for another is the same answer under another number.
    if was_alike && is_alike && count(&old) == 1 && count(&added) == 1 {
        let before =
            old.iter().position(|one| one.meaning == Meaning::Success).map(|index| old.remove(index));
        let after =
            added.iter().position(|one| one.meaning == Meaning::Success).map(|index| added.remove(index));
        if let (Some(before), Some(after)) = (before, after) {
            let both = Both { old: before.part.clone(), new: after.part.clone() };
            let message = format!("status {} → {}", before.status, after.status);
            comparison.changed(rules::SUCCESS_CHANGED, after.subject(), message, &both);
            compare_response(comparison, &before, &after, methods.1);
        }
    }
    for response in added {
        let (rule, message) = match response.meaning {
            Meaning::Success if is_alike => {
                (rules::SUCCESS_ALIKE_ADDED, "is one more success of the same type")
            }
            Meaning::Success => (rules::SUCCESS_ADDED, "is one more success"),
            Meaning::Redirect => (rules::REDIRECT_ADDED, "is one more redirect"),
            Meaning::Error => (rules::ERROR_ADDED, "is described now"),
        };
        comparison.found(rule, response.subject(), message, None, Some(&response.part));
    }
    for response in old {
        let (rule, message) = match response.meaning {
            Meaning::Success if was_alike => (rules::SUCCESS_ALIKE_REMOVED, "is a success no longer"),
            Meaning::Success => (rules::SUCCESS_REMOVED, "is a success no longer"),
            Meaning::Redirect => (rules::REDIRECT_REMOVED, "no longer comes"),
            Meaning::Error => (rules::ERROR_REMOVED, "is no longer described"),
        };
        comparison.found(rule, response.subject(), message, Some(&response.part), None);
    }
}

fn responses<'a>(description: Description<'a>, operation: &Part<'a>) -> Vec<Response<'a>> {
    let mut all = description.followed(operation, "responses");
    all.retain(|(status, _)| !status.starts_with("x-"));
    let other_than_error =
        |(status, _): &(&str, Part<'a>)| status.starts_with('2') || status.starts_with('3');
    let is_only_default = !all.iter().any(other_than_error);
    let meaning = |status: &str, part: &Part<'a>| match status {
        "300" | "304" | "305" => Meaning::Error,
        "default" if is_only_default && part.get("content").is_some() => Meaning::Success,
        status if status.starts_with('2') => Meaning::Success,
        status if status.starts_with('3') => Meaning::Redirect,
        _ => Meaning::Error,
    };
    let responses = all.into_iter().map(|(status, part)| {
        let meaning = meaning(status, &part);
        Response { status: status.to_ascii_lowercase(), meaning, part }
    });
    responses.collect()
}

/// Whether the method has one type for all that it can succeed with.
fn are_alike<'a>(description: Description<'a>, responses: &[Response<'a>]) -> bool {
    let successes = responses.iter().filter(|response| response.meaning == Meaning::Success);
    let shapes = successes.map(|response| {
        let content = Content::all(description, &response.part).into_iter().next();
        content.map(|content| (content.family, schema_of(description, &content)))
    });
    let mut shapes = shapes.collect::<Vec<_>>().into_iter();
    let first = shapes.next();
    first.is_some_and(|first| shapes.all(|shape| shape == first))
}

fn schema_of<'a>(description: Description<'a>, content: &Content<'a>) -> Option<&'a serde_json::Value> {
    let is_read = content.family == Family::Json;
    is_read.then(|| content.part.get("schema").map(|part| description.follow(part).value)).flatten()
}

/// An operation without a success: a redirect leads to bytes, anything else to nothing.
fn compare_without_success<'a>(
    comparison: &mut Comparison<'a>,
    operation: &Both<'a>,
    (old, new): (&[Response<'a>], &[Response<'a>]),
    methods: (&'static str, &'static str),
) {
    let has = |list: &[Response<'_>], meaning| list.iter().any(|response| response.meaning == meaning);
    if has(old, Meaning::Success) || has(new, Meaning::Success) {
        return;
    }
    let was = methods.0 == "GET" && has(old, Meaning::Redirect);
    let is = methods.1 == "GET" && has(new, Meaning::Redirect);
    if was != is {
        let message =
            if is { "nothing → the bytes of a redirect" } else { "the bytes of a redirect → nothing" };
        comparison.changed(rules::REDIRECT_TO_BYTES, "response", message, operation);
    }
}

fn compare_response<'a>(
    comparison: &mut Comparison<'a>,
    old: &Response<'a>,
    new: &Response<'a>,
    method: &'static str,
) {
    let both = Both { old: old.part.clone(), new: new.part.clone() };
    if comparison.pairs.unchanged.is_same(both.old.value, both.new.value) {
        return;
    }
    let subject = new.subject();
    comparison.compare_words(rules::RESPONSE_PROSE, &subject, &["description"], &both);
    headers::compare(comparison, &subject, &both);
    if method == "HEAD" {
        return;
    }
    let before = Content::all(comparison.old, &both.old);
    let after = Content::all(comparison.new, &both.new);
    match (before.first(), after.first()) {
        (None, Some(content)) => {
            let message = format!("no content → `{}`", content.name);
            comparison.changed(rules::ANSWER_ADDED, subject.clone(), message, &both);
        }
        (Some(content), None) => {
            let message = format!("`{}` → no content", content.name);
            comparison.changed(rules::ANSWER_REMOVED, subject.clone(), message, &both);
        }
        (Some(was), Some(is)) => compare_forms(comparison, &subject, (was, is), (&before, &after), &both),
        (None, None) => {}
    }
    for content in &after {
        let same_name = Content::find(&before, &content.name);
        let is_main = after.first().is_some_and(|main| main.name == content.name);
        let main = before.first().filter(|main| is_main && main.family == content.family);
        if let Some(was) = same_name.or(main) {
            compare_content(comparison, &subject, was, content);
        }
    }
}

/// The form that the client asks for is the first; text and bytes beside JSON have methods of their own.
fn compare_forms<'a>(
    comparison: &mut Comparison<'a>,
    subject: &str,
    (was, is): (&Content<'a>, &Content<'a>),
    (old, new): (&[Content<'a>], &[Content<'a>]),
    both: &Both<'a>,
) {
    let is_kept = was.family == is.family;
    if !is_kept {
        let message = format!("`{}` → `{}`", was.name, is.name);
        comparison.changed(rules::ANSWER_MEDIA_CHANGED, subject, message, both);
    }
    let is_told = |content: &Content<'_>| !is_kept && [&was.name, &is.name].contains(&&content.name);
    for content in new.iter().filter(|content| Content::find(old, &content.name).is_none()) {
        if !is_told(content) {
            let message = format!("`{}` may be asked for now", content.name);
            comparison.found(rules::ANSWER_MEDIA_ADDED, subject, message, None, Some(&content.part));
        }
    }
    for content in old.iter().filter(|content| Content::find(new, &content.name).is_none()) {
        let had_method = was.family == Family::Json
            && matches!(content.family, Family::Text | Family::Bytes)
            && !Content::has_family(new, content.family);
        let rule = if had_method { rules::ANSWER_MEDIA_REMOVED } else { rules::ANSWER_OTHER_REMOVED };
        if !is_told(content) {
            let message = format!("`{}` is no longer given", content.name);
            comparison.found(rule, subject, message, Some(&content.part), None);
        }
    }
}

fn compare_content<'a>(comparison: &mut Comparison<'a>, subject: &str, old: &Content<'a>, new: &Content<'a>) {
    let both = Both { old: old.part.clone(), new: new.part.clone() };
    comparison.compare_words(rules::RESPONSE_PROSE, subject, &["x-description"], &both);
    if old.family == Family::Json && new.family == Family::Json {
        comparison.compare_schemas(subject, Direction::Response, &both);
    }
}
