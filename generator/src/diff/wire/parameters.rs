//! Parameters: matched by place and name, those of the path by their order.

use serde_json::Value;

use super::comparison::{Both, Comparison};
use super::description::{Description, Part};
use super::kind::{Kind, called};
use super::operations::Operation;
use super::pairs::Direction;
use super::rules;
use super::schema::Schema;

/// A parameter of an operation; those of the path may be declared nowhere.
#[derive(Debug, Clone)]
struct Parameter<'a> {
    place: &'a str,
    name: &'a str,
    part: Part<'a>,
    /// Whether only the path mentions it, which makes it a text.
    is_implied: bool,
}

impl<'a> Parameter<'a> {
    fn is_required(&self) -> bool {
        self.place == "path" || self.part.flag("required")
    }

    /// The schema, also of a parameter whose value is JSON.
    fn schema(&self) -> Option<Part<'a>> {
        self.part.get("schema").or_else(|| self.content()?.get("schema"))
    }

    fn content(&self) -> Option<Part<'a>> {
        self.part.members("content").into_iter().next().map(|(_, part)| part)
    }

    /// The name of the way in which the value is written.
    fn style(&self) -> &'a str {
        if self.content().is_some() {
            return "JSON";
        }
        let usual = if matches!(self.place, "query" | "cookie") { "form" } else { "simple" };
        self.part.text("style").unwrap_or(usual)
    }

    /// Whether each item of a list stands for itself.
    fn explodes(&self) -> bool {
        let usual = self.style() == "form";
        self.part.value.get("explode").and_then(Value::as_bool).unwrap_or(usual)
    }

    fn subject(&self) -> String {
        format!("{} parameter `{}`", self.place, self.name)
    }
}

/// Compares the parameters of an operation.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let (mut before, after) = (declared(comparison.old, old), declared(comparison.new, new));
    let in_path = path_parameters(new, &after);
    let mut was_in_path = path_parameters(old, &before);
    let count = was_in_path.len().min(in_path.len());
    let mut surplus = was_in_path.split_off(count);
    for (was, is) in was_in_path.iter().zip(&in_path) {
        compare_parameter(comparison, was, is);
    }
    before.retain(|parameter| parameter.place != "path");
    before.append(&mut surplus);
    let after = after.into_iter().filter(|parameter| parameter.place != "path");
    let mut added = Vec::new();
    for parameter in after.chain(in_path.into_iter().skip(count)) {
        match before.iter().position(|other| is_same(other, &parameter)) {
            Some(index) => compare_parameter(comparison, &before.remove(index), &parameter),
            None => added.push(parameter),
        }
    }
    for parameter in added {
        match before.iter().position(|other| other.name == parameter.name) {
            Some(index) => {
                let was = before.remove(index);
                let both = Both { old: was.part.clone(), new: parameter.part.clone() };
                let message = format!("moved from the {} to the {}", was.place, parameter.place);
                comparison.changed(rules::PARAMETER_MOVED, parameter.subject(), message, &both);
                compare_parameter(comparison, &was, &parameter);
            }
            None => found_added(comparison, &parameter),
        }
    }
    for parameter in before {
        let subject = parameter.subject();
        comparison.found(
            rules::PARAMETER_REMOVED,
            subject,
            "is no longer described",
            Some(&parameter.part),
            None,
        );
    }
}

fn is_same(one: &Parameter<'_>, other: &Parameter<'_>) -> bool {
    let names = if one.place == "header" {
        one.name.eq_ignore_ascii_case(other.name)
    } else {
        one.name == other.name
    };
    one.place == other.place && names
}

/// The parameters of the operation, and those of its path item that it does not declare itself.
fn declared<'a>(description: Description<'a>, operation: &Operation<'a>) -> Vec<Parameter<'a>> {
    let mut found: Vec<Parameter<'a>> = Vec::new();
    for part in operation.part.items("parameters").into_iter().chain(operation.item.items("parameters")) {
        let part = description.follow(part);
        let (Some(place), Some(name)) = (part.text("in"), part.text("name")) else { continue };
        // OpenAPI 3.0.3 (Parameter Object) says to ignore these two.
        let is_ignored = place == "header"
            && ["content-type", "authorization"].iter().any(|header| name.eq_ignore_ascii_case(header));
        let parameter = Parameter { place, name, part, is_implied: false };
        if !is_ignored && !found.iter().any(|other| is_same(other, &parameter)) {
            found.push(parameter);
        }
    }
    found
}

/// The parameters in the order of the path.
fn path_parameters<'a>(operation: &Operation<'a>, declared: &[Parameter<'a>]) -> Vec<Parameter<'a>> {
    let names = operation.path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    let mut found: Vec<Parameter<'a>> = Vec::new();
    for name in names {
        if found.iter().any(|parameter| parameter.name == name) {
            continue;
        }
        let known = declared.iter().find(|parameter| parameter.place == "path" && parameter.name == name);
        let implied = || Parameter { place: "path", name, part: operation.part.clone(), is_implied: true };
        found.push(known.cloned().unwrap_or_else(implied));
    }
    found
}

fn found_added<'a>(comparison: &mut Comparison<'a>, parameter: &Parameter<'a>) {
    let schema = parameter.schema().and_then(|part| Schema::read(comparison.new, vec![part]));
    let kind = schema.map_or("any value".to_owned(), |schema| called(comparison.new, &schema));
    let (rule, message) = if parameter.is_required() {
        (rules::PARAMETER_ADDED_REQUIRED, format!("is new and required: {kind}"))
    } else {
        (rules::PARAMETER_ADDED_OPTIONAL, format!("is new and optional: {kind}"))
    };
    comparison.found(rule, parameter.subject(), message, None, Some(&parameter.part));
}

fn compare_parameter<'a>(comparison: &mut Comparison<'a>, old: &Parameter<'a>, new: &Parameter<'a>) {
    let both = Both { old: old.part.clone(), new: new.part.clone() };
    let subject = new.subject();
    if old.place == "path" && new.place == "path" && old.name != new.name {
        let message = format!("was called `{}`", old.name);
        comparison.changed(rules::PARAMETER_RENAMED, subject.clone(), message, &both);
    }
    if old.is_implied || new.is_implied {
        return compare_implied(comparison, old, new, &both);
    }
    match (old.is_required(), new.is_required()) {
        (false, true) => {
            comparison.changed(rules::PARAMETER_REQUIRED, subject.clone(), "became required", &both);
        }
        (true, false) => {
            comparison.changed(rules::PARAMETER_OPTIONAL, subject.clone(), "became optional", &both);
        }
        _ => {}
    }
    compare_style(comparison, old, new, &both);
    match (old.part.flag("deprecated"), new.part.flag("deprecated")) {
        (false, true) => {
            comparison.changed(rules::PARAMETER_DEPRECATED, subject.clone(), "is deprecated now", &both);
        }
        (true, false) => {
            comparison.changed(
                rules::PARAMETER_UNDEPRECATED,
                subject.clone(),
                "is no longer deprecated",
                &both,
            );
        }
        _ => {}
    }
    match (old.part.flag("x-file-name"), new.part.flag("x-file-name")) {
        (false, true) => {
            comparison.changed(
                rules::FILE_NAME_ADDED,
                subject.clone(),
                "tells the media type of the body now",
                &both,
            );
        }
        (true, false) => {
            let message = "no longer tells the media type of the body";
            comparison.changed(rules::FILE_NAME_REMOVED, subject.clone(), message, &both);
        }
        _ => {}
    }
    comparison.compare_words(rules::PARAMETER_PROSE, &subject, &["description"], &both);
    let holder = |parameter: &Parameter<'a>| parameter.content().unwrap_or_else(|| parameter.part.clone());
    let schemas = Both { old: holder(old), new: holder(new) };
    comparison.compare_schemas(&subject, Direction::Request, &schemas);
}

/// A parameter that only the path mentions is a text, so only another type is a change.
fn compare_implied<'a>(
    comparison: &mut Comparison<'a>,
    old: &Parameter<'a>,
    new: &Parameter<'a>,
    both: &Both<'a>,
) {
    let kind = |description: Description<'a>, parameter: &Parameter<'a>| {
        let schema = parameter.schema().and_then(|part| Schema::read(description, vec![part]));
        match schema {
            Some(schema) if !parameter.is_implied => called(description, &schema),
            _ => "`string`".to_owned(),
        }
    };
    let (before, after) = (kind(comparison.old, old), kind(comparison.new, new));
    if before != after {
        let message = format!("{before} → {after}");
        comparison.changed(rules::TYPE_CHANGED, new.subject(), message, both);
    }
}

fn compare_style<'a>(
    comparison: &mut Comparison<'a>,
    old: &Parameter<'a>,
    new: &Parameter<'a>,
    both: &Both<'a>,
) {
    let (before, after) = (old.style(), new.style());
    if before != after && old.place == new.place {
        let message = format!("style `{before}` → `{after}`");
        return comparison.changed(rules::PARAMETER_STYLE, new.subject(), message, both);
    }
    // A single value is written alike either way.
    let has_parts = |description: Description<'a>, parameter: &Parameter<'a>| {
        let schema = parameter.schema().and_then(|part| Schema::read(description, vec![part]));
        schema.is_some_and(|schema| !matches!(Kind::of(&schema), Kind::Scalar(_) | Kind::Texts))
    };
    let matters = has_parts(comparison.old, old) || has_parts(comparison.new, new);
    if old.explodes() != new.explodes() && old.place == new.place && matters && after != "deepObject" {
        let message = if new.explodes() {
            "each item is written for itself now"
        } else {
            "all items are written as one value now"
        };
        comparison.changed(rules::PARAMETER_STYLE, new.subject(), message, both);
    }
}
