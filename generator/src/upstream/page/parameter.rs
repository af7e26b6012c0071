//! The items of parameter lists: name, type, required, description, default and values.

use serde_json::{Value, json};

use crate::upstream::text::{Line, Span, plain};

use super::list::{self, Item};
use super::schema::Schema;
use super::{Reader, kind};

/// A parameter as a list has it.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    /// Its name; empty for a body that has none.
    pub(super) name: String,
    /// The line with its name.
    pub(super) span: Span,
    /// Whether it has to be there.
    pub(super) required: bool,
    /// Its type with default and values, without what is nested in it.
    pub(super) schema: Schema,
    /// The lines of its description.
    pub(super) words: Vec<Line<'a>>,
    /// What is nested in it.
    pub(super) children: Vec<Listed<'a>>,
}

/// Reads the list in some lines.
pub(super) fn read<'a>(reader: &mut Reader<'_>, lines: Vec<Line<'a>>) -> Vec<Listed<'a>> {
    // Other bullets belong to a description.
    let list = list::nest(reader, lines, |text| text.starts_with("**"));
    for line in &list.lines {
        reader.unreadable(&line.span, "a parameter starts as in: - **`name`** (string) (required)");
    }
    list.items.into_iter().filter_map(|item| listed(reader, item)).collect()
}

fn listed<'a>(reader: &mut Reader<'_>, item: Item<'a>) -> Option<Listed<'a>> {
    let Some(head) = head(item.text) else {
        reader.unreadable(&item.span, "a parameter starts as in: - **`name`** (string) (required)");
        // What stands inside would belong to nobody.
        for inner in &item.items {
            reader.unreadable(&inner.span, "it stands inside an item that could not be read");
        }
        return None;
    };
    let schema = kind::schema(&head.types, &item.span).unwrap_or_else(|| {
        reader.error("unknown-type", &item.span, format!("`{}` is no type: {}", head.types, item.text)).help(
            "known are string, integer, number, boolean, object, array, `array of …s`, and several joined by `or`",
        );
        Schema { span: item.span.clone(), ..Schema::default() }
    });
    let mut listed = Listed {
        name: head.name,
        span: item.span,
        required: head.required,
        schema,
        words: Vec::new(),
        children: Vec::new(),
    };
    let mut default = None;
    let mut values = None;
    for line in item.lines {
        if let Some(text) = quoted_after(line.text, "Default:") {
            once(reader, &mut default, (text, line.span));
        } else if let Some(text) = quoted_after(line.text, "Can be one of:") {
            once(reader, &mut values, (text, line.span));
        } else {
            described(reader, &mut listed, line);
        }
    }
    while listed.words.last().is_some_and(|line| line.text.is_empty()) {
        listed.words.pop();
    }
    if let Some((text, span)) = values {
        set_values(reader, &mut listed.schema, text, span);
    }
    if let Some((text, span)) = default {
        set_default(reader, &mut listed.schema, text, span);
    }
    listed.children = item.items.into_iter().filter_map(|item| self::listed(reader, item)).collect();
    Some(listed)
}

struct Head {
    name: String,
    types: String,
    required: bool,
}

/// Reads ``**`name`** (types) (required)``.
fn head(text: &str) -> Option<Head> {
    let (name, rest) = text.strip_prefix("**")?.split_once("**")?;
    let name = plain(name.replace("\\`", "`").trim_matches('`'));
    let mut groups = Vec::new();
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let (group, after) = rest.strip_prefix('(')?.split_once(')')?;
        groups.push(group.trim());
        rest = after.trim_start();
    }
    let (types, flags) = groups.split_first()?;
    let (types, is_inside) =
        match types.strip_suffix("required").map(|types| types.trim_end().strip_suffix(',')) {
            Some(Some(types)) => (types.trim_end(), true),
            _ => (*types, false),
        };
    let required = match flags {
        [] => is_inside,
        ["required"] if !is_inside => true,
        _ => return None,
    };
    Some(Head { name, types: plain(types), required })
}

/// The part between the first and the last backtick of a line that starts with a label.
fn quoted_after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    text.strip_prefix(label)?.trim_start().strip_prefix('`')?.strip_suffix('`')
}

fn once<'a>(reader: &mut Reader<'_>, place: &mut Option<(&'a str, Span)>, found: (&'a str, Span)) {
    if place.is_some() {
        reader.unreadable(&found.1, "the parameter has such a line already");
    } else {
        *place = Some(found);
    }
}

fn described<'a>(reader: &mut Reader<'_>, listed: &mut Listed<'a>, line: Line<'a>) {
    let is_list = list::after_bullet(line.text).is_some();
    if is_list || line.text.starts_with("**`") || line.text.starts_with('#') {
        reader.unreadable(&line.span, "in a list of parameters, an item starts as in: - **`name`** (string)");
        return;
    }
    if line.text.starts_with("Default:") || line.text.starts_with("Can be one of:") {
        reader
            .warning("unquoted-value", &line.span, format!("this was read as description: {}", line.text))
            .help("a default or a list of values stands in backticks");
    }
    if !(line.text.is_empty() && listed.words.is_empty()) {
        listed.words.push(line);
    }
}

fn set_values(reader: &mut Reader<'_>, schema: &mut Schema, text: &str, span: Span) {
    // An array is not one of some texts: its items are.
    let (is_array, schema) = match &mut schema.items {
        Some(items) => (true, &mut **items),
        None => (false, schema),
    };
    let mut values = Vec::new();
    for text in text.split("`, `") {
        let value = match kind::value(text, schema) {
            // A parameter that may be null does not always say so in its type.
            _ if text == "null" => {
                schema.nullable = true;
                Some(Value::Null)
            }
            None if schema.kind().is_none() && schema.variants.is_none() => Some(json!(text)),
            value => value,
        };
        match value {
            Some(value) => values.push(value),
            None => {
                reader.error(
                    "wrong-value",
                    &span,
                    format!("the value `{text}` is not of the parameter's type"),
                );
            }
        }
    }
    schema.set("enum", Value::Array(values));
    if !is_array {
        schema.places.push(("enum", span));
    }
}

fn set_default(reader: &mut Reader<'_>, schema: &mut Schema, text: &str, span: Span) {
    match kind::value(text, schema) {
        Some(value) => schema.set("default", value),
        None => {
            let message = format!("the default `{text}` is not of the parameter's type");
            reader.error("unreadable-default", &span, message).help(
                "where the page prints it in a form that loses what it is, correct the copy of the page",
            );
        }
    }
    schema.places.push(("default", span));
}

/// The lines of a description as one text.
pub(super) fn description(words: &[Line<'_>]) -> Option<String> {
    let mut text = String::new();
    for (index, line) in words.iter().enumerate() {
        let is_second_blank = line.text.is_empty() && index > 0 && words[index - 1].text.is_empty();
        if !is_second_blank {
            text.push_str(&plain(line.text));
            text.push('\n');
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
