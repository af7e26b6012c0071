//! The grammar of one item of a response list, such as ``required, array of `Title` or null:``.

use serde_json::{Map, Value, json};

use crate::upstream::text::Span;

use super::kind::is_type;
use super::schema::Schema;

/// What an item says of its schema.
#[derive(Debug)]
pub(super) struct What {
    /// The schema without what the list inside the item adds.
    pub(super) schema: Schema,
    /// What that list holds.
    pub(super) list: Inside,
    /// Whether `or null` at its end could be the items' or the array's.
    pub(super) is_ambiguous: bool,
}

/// What the list inside an item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// The properties of the object, or of the objects that the array holds.
    Properties,
    /// The variants of a union or of a combination.
    Variants(&'static str),
}

/// How deep `array of` and `additional properties` may nest.
const DEPTH: usize = 50;

/// Reads what an item says, without its name, `required` and the colon at its end.
pub(super) fn what(text: &str, span: &Span) -> Option<What> {
    let plain = |schema| What { schema, list: Inside::Properties, is_ambiguous: false };
    for (words, name) in [("any of", "anyOf"), ("one of", "oneOf"), ("all of", "allOf")] {
        if text == words {
            let schema = Schema { span: span.clone(), ..Schema::default() };
            return Some(What { list: Inside::Variants(name), ..plain(schema) });
        }
    }
    if let Some(items) = text.strip_prefix("array of ") {
        return array(items, span, 0).map(|(schema, is_ambiguous)| What { is_ambiguous, ..plain(schema) });
    }
    single(text, span, 0).map(plain)
}

/// Reads what stands behind `array of `; also tells whether an `or null` at its end is ambiguous.
pub(super) fn array(text: &str, span: &Span, depth: usize) -> Option<(Schema, bool)> {
    let (rest, is_nullable) = without_null(text);
    let items = match rest {
        "objects" => Schema::of_type("object", span),
        _ => single(rest, span, depth + 1)?,
    };
    let is_ambiguous = is_nullable && rest != "objects" && rest.split(" or ").all(is_type);
    let mut schema = Schema::array(items, span);
    schema.nullable = is_nullable;
    Some((schema, is_ambiguous))
}

fn single(text: &str, span: &Span, depth: usize) -> Option<Schema> {
    if depth > DEPTH {
        None
    } else if let Some(items) = text.strip_prefix("array of ") {
        array(items, span, depth + 1).map(|(schema, _)| schema)
    } else if text.starts_with('`') {
        titled(text, span)
    } else {
        constraints(text, span, depth)
    }
}

/// Reads `` `Title` ``, with `(see above)` and `or null` where they stand.
fn titled(text: &str, span: &Span) -> Option<Schema> {
    let (text, nullable) = without_null(text);
    let (text, is_above) = without_above(text);
    let (text, inner) = without_null(text);
    let title = text.strip_prefix('`')?.strip_suffix('`').filter(|title| !title.is_empty())?;
    Some(Schema { nullable: nullable || inner, ..named(title, is_above, span) })
}

/// A schema that has a title.
pub(super) fn named(title: &str, is_above: bool, span: &Span) -> Schema {
    let title = Some(title.to_owned());
    let schema = Schema { span: span.clone(), ..Schema::default() };
    if is_above { Schema { see: title, ..schema } } else { Schema { title, ..schema } }
}

/// The text without `(see above)`, and whether it had that.
pub(super) fn without_above(text: &str) -> (&str, bool) {
    text.strip_suffix(" (see above)").map_or((text, false), |text| (text, true))
}

fn without_null(text: &str) -> (&str, bool) {
    text.strip_suffix(" or null").map_or((text, false), |text| (text, true))
}

/// The constraints that are a name, a colon and a number.
const NUMBERS: [&str; 6] = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"];
/// The constraints that are words alone.
const FLAGS: [(&str, &str); 4] = [
    ("deprecated", "deprecated"),
    ("read-only", "readOnly"),
    ("unique items", "uniqueItems"),
    ("additional properties allowed", "additionalProperties"),
];

/// What a list of constraints says, before it is known which type each belongs to.
#[derive(Default)]
struct Constraints<'a> {
    types: Vec<&'a str>,
    values: Vec<&'a str>,
    facts: Map<String, Value>,
    additional: Option<Schema>,
}

fn constraints(text: &str, span: &Span, depth: usize) -> Option<Schema> {
    let mut read = Constraints::default();
    let mut rest = text;
    loop {
        rest = read.next(rest, span, depth)?;
        if rest.is_empty() {
            return read.schema(span);
        }
        rest = rest.strip_prefix(", ")?;
    }
}

impl<'a> Constraints<'a> {
    /// Reads one constraint; gives what stands behind it.
    fn next(&mut self, text: &'a str, span: &Span, depth: usize) -> Option<&'a str> {
        if let Some(of) = text.strip_prefix("additional properties: ") {
            self.additional = Some(single(of, span, depth + 1)?);
            return Some("");
        }
        if let Some(values) = text.strip_prefix("enum: ") {
            return self.values(values);
        }
        if let Some(quote) = text.strip_prefix("pattern: ") {
            let (pattern, rest) = quoted(quote, |_| true)?;
            return self.fact("pattern", json!(pattern), rest);
        }
        if let Some(quote) = text.strip_prefix("default: ") {
            let (json, rest) = quoted(quote, |json| serde_json::from_str::<Value>(json).is_ok())?;
            return self.fact("default", serde_json::from_str(json).ok()?, rest);
        }
        let piece = text.split(", ").next()?;
        let rest = &text[piece.len()..];
        if let Some((_, name)) = FLAGS.iter().find(|(words, _)| *words == piece) {
            return self.fact(name, json!(true), rest);
        }
        if let Some((name, value)) = piece.split_once(": ") {
            let number = || serde_json::from_str(value).ok().filter(Value::is_number);
            return match name {
                "format" => self.fact("format", json!(value), rest),
                _ if NUMBERS.contains(&name) => self.fact(name, number()?, rest),
                _ => None,
            };
        }
        let types: Vec<&str> = piece.split(" or ").collect();
        let is_first = self.types.is_empty() && self.facts.is_empty() && self.values.is_empty();
        (is_first && types.iter().all(|name| is_type(name))).then(|| self.types = types)?;
        Some(rest)
    }

    /// Each kind of constraint stands once.
    fn fact(&mut self, name: &str, value: Value, rest: &'a str) -> Option<&'a str> {
        self.facts.insert(name.to_owned(), value).is_none().then_some(rest)
    }

    fn values(&mut self, text: &'a str) -> Option<&'a str> {
        if !self.values.is_empty() {
            return None;
        }
        let (first, mut rest) = quoted(text, |_| true)?;
        self.values.push(first);
        while let Some(text) = rest.strip_prefix(", ").filter(|text| text.starts_with('`')) {
            let (value, after) = quoted(text, |_| true)?;
            self.values.push(value);
            rest = after;
        }
        Some(rest)
    }

    fn schema(mut self, span: &Span) -> Option<Schema> {
        let types: Vec<&str> = self.types.iter().copied().filter(|name| *name != "null").collect();
        let nullable = types.len() < self.types.len();
        let mut variants: Vec<Schema> = types.iter().map(|name| Schema::of_type(name, span)).collect();
        if let [only] = &mut variants[..] {
            only.facts.append(&mut self.facts);
        }
        for variant in &mut variants {
            let belong = belonging(variant.kind().unwrap_or_default());
            for name in belong {
                let fact = self.facts.shift_remove(*name);
                fact.into_iter().for_each(|fact| variant.set(name, fact));
            }
            if variant.kind() == Some("object") {
                variant.additional = self.additional.take().map(Box::new);
            }
        }
        let mut schema = if variants.is_empty() {
            Schema { span: span.clone(), ..Schema::default() }
        } else {
            Schema::one_of(variants, span)
        };
        schema.nullable = nullable;
        schema.facts.append(&mut self.facts);
        schema.additional = schema.additional.or(self.additional.map(Box::new));
        if types.is_empty() && nullable {
            schema.set("enum", json!([null]));
        }
        if !self.values.is_empty() {
            set_values(&mut schema, &self.values)?;
        }
        Some(schema)
    }
}

/// The constraints that say something of one type only.
fn belonging(kind: &str) -> &'static [&'static str] {
    match kind {
        "string" => &["format", "minLength", "maxLength", "pattern"],
        "integer" | "number" => &["minimum", "maximum"],
        "array" => &["minItems", "maxItems", "uniqueItems"],
        "object" => &["additionalProperties"],
        _ => &[],
    }
}

/// Sets the values; `None` when one is not of the type.
fn set_values(schema: &mut Schema, values: &[&str]) -> Option<()> {
    schema.nullable |= values.contains(&"null");
    let has_type = schema.kind().is_some() || schema.variants.is_some();
    let read = values.iter().map(|text| match super::kind::value(text, schema) {
        None if *text == "null" => Some(Value::Null),
        None if !has_type => Some(json!(text)),
        value => value,
    });
    let read = read.collect::<Option<Vec<Value>>>()?;
    schema.set("enum", Value::Array(read));
    Some(())
}

/// The text between a backtick and the first one that the list of constraints can go on behind.
fn quoted(text: &str, is_content: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let text = text.strip_prefix('`')?;
    let mut ends = text.match_indices('`').map(|(at, _)| (&text[..at], &text[at + 1..]));
    ends.find(|(content, rest)| goes_on(rest) && is_content(content))
}

fn goes_on(rest: &str) -> bool {
    let Some(next) = rest.strip_prefix(", ") else {
        return rest.is_empty();
    };
    let starts_number = NUMBERS.iter().any(|name| next.starts_with(name));
    let starts_flag = FLAGS.iter().any(|(words, _)| next.starts_with(words));
    let starts_quote = ["`", "format: ", "enum: ", "default: ", "pattern: ", "additional properties: "];
    starts_number || starts_flag || starts_quote.iter().any(|start| next.starts_with(start))
}
