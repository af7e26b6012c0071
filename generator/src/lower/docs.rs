//! What a description says for readers, gathered as it is.

use serde_json::Value;

use super::wrapped::notes;
use crate::ir::Docs;
use crate::resolve::{Child, View};

/// What a schema says of itself, or the parts of its `allOf` say where it says nothing.
pub(super) fn of_schema(view: &View<'_>) -> Docs {
    let described = |view: &View<'_>| text(view.data.description.as_deref());
    let mut parts = view.all_of.iter().filter_map(|part| match part {
        Child::Inline(schema) => Some(View::of(schema)),
        Child::Reference(_) => None,
    });
    let description = described(view).or_else(|| parts.find_map(|part| described(&part)));
    let summary = if description.is_none() { text(view.data.title.as_deref()) } else { None };
    Docs { summary, description, url: None, facts: facts(view) }
}

/// A text that is more than white space.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The defaults and bounds of a schema, one sentence each.
pub(super) fn facts(view: &View<'_>) -> Vec<String> {
    let mut facts: Vec<String> = notes(view).flat_map(|note| facts(&note)).collect();
    if let Some(default) = view.data.default.as_ref().filter(|default| !default.is_null()) {
        facts.push(format!("Default: {}.", code(default)));
    }
    if view.data.read_only {
        facts.push("Read-only: a server ignores it in a request.".to_owned());
    }
    if view.data.write_only {
        facts.push("Write-only: no response holds it.".to_owned());
    }
    if let Some(minimum) = &view.minimum {
        facts.push(format!("Minimum: `{minimum}`."));
    }
    if let Some(maximum) = &view.maximum {
        facts.push(format!("Maximum: `{maximum}`."));
    }
    if !view.values.is_empty() && !view.values.iter().any(Value::is_string) {
        let values: Vec<String> = view.values.iter().map(code).collect();
        facts.push(format!("Known values: {}.", values.join(", ")));
    }
    facts
}

/// A short JSON value as inline code.
fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text.chars().filter(|char| !char.is_control() && *char != '`').take(80).collect();
    if text.trim().is_empty() { "empty".to_owned() } else { format!("`{}`", text.trim()) }
}
