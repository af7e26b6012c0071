//! Response schemas: the nested lists below `**Response schema**`.

use serde_json::json;

use crate::diagnostic::Diagnostic;
use crate::upstream::text::{Line, Span, plain};

use super::Reader;
use super::constraint::{self, Inside, What};
use super::list::{self, Item};
use super::schema::{Property, Schema};

/// What a page says of the body of a response.
#[derive(Debug)]
pub(super) enum Body {
    /// There is none.
    Empty,
    /// It is of this schema.
    Schema(Box<Schema>),
    /// It is the same as that of another operation.
    Same {
        /// The title of the other operation.
        title: String,
        /// Its place on the page.
        anchor: String,
    },
}

/// Reads the lines below `**Response schema**`.
pub(super) fn read(reader: &mut Reader<'_>, heading: &Span, lines: Vec<Line<'_>>) -> Body {
    let mut list = list::nest(reader, lines, |_| true);
    let mut lines = std::mem::take(&mut list.lines).into_iter();
    let body = match lines.next() {
        Some(line) => Some(headed(reader, &line, &mut list.items)),
        None if list.items.is_empty() => Some(Body::Empty),
        None => None,
    };
    for line in lines {
        reader.unreadable(&line.span, "a response schema is one line, a list, or a line with a list");
    }
    match body {
        Some(body) => {
            for item in list.items {
                reader.unreadable(&item.span, "the line before does not announce a list");
            }
            body
        }
        None => Body::Schema(Box::new(unheaded(reader, heading, list.items))),
    }
}

/// A schema that starts with a line; takes the items that the line announces.
fn headed(reader: &mut Reader<'_>, line: &Line<'_>, items: &mut Vec<Item<'_>>) -> Body {
    if let Some((title, anchor)) = same(line.text) {
        return Body::Same { title, anchor };
    }
    let array = top_array(line);
    let is_array = array.is_some();
    let (text, has_colon) = without_colon(line.text);
    match array.or_else(|| constraint::what(text, &line.span)) {
        Some(what) => {
            let announces = has_colon || is_array && !items.is_empty();
            Body::Schema(Box::new(completed(reader, what, announces, std::mem::take(items), &line.span)))
        }
        None => {
            reader.unreadable(&line.span, "this is no response schema");
            items.clear();
            Body::Schema(Box::new(Schema { span: line.span.clone(), ..Schema::default() }))
        }
    }
}

/// Reads `Same response schema as [Title](#anchor).`.
fn same(text: &str) -> Option<(String, String)> {
    let link = text.strip_prefix("Same response schema as [")?.trim_end_matches('.');
    let (title, anchor) = link.strip_suffix(')')?.rsplit_once("](#")?;
    Some((plain(title), anchor.to_owned()))
}

/// Reads `Array (minItems: 1) of ...`, with all that can follow only at the top of a schema.
fn top_array(line: &Line<'_>) -> Option<What> {
    let rest = line.text.strip_prefix("Array ")?;
    let (constraints, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(") of ")?,
        None => ("", rest.strip_prefix("of ")?),
    };
    let (rest, _) = without_colon(rest);
    let unions = [": any of", ": one of", ": all of"];
    let union = unions.iter().find_map(|words| Some((rest.strip_suffix(words)?, &words[2..])));
    let mut what = match union {
        Some((objects, words)) => {
            let (objects, nullable) =
                objects.strip_suffix(" or null").map_or((objects, false), |rest| (rest, true));
            let title = objects.strip_suffix("objects")?.trim_end();
            let mut what = constraint::what(words, &line.span)?;
            what.schema.title = match title {
                "" => None,
                title => Some(title.strip_prefix('`')?.strip_suffix('`')?.to_owned()),
            };
            what.schema = Schema::array(what.schema, &line.span);
            what.schema.nullable = nullable;
            what
        }
        None => constraint::what(&format!("array of {rest}"), &line.span)?,
    };
    if !constraints.is_empty() {
        let constraints = constraint::what(constraints, &line.span)?.schema;
        what.schema.facts.extend(constraints.facts);
    }
    Some(what)
}

/// A schema that is a list only: the variants of a union, or the properties of an object.
fn unheaded(reader: &mut Reader<'_>, heading: &Span, items: Vec<Item<'_>>) -> Schema {
    let first = items.first().map(|item| without_colon(item.text).0).unwrap_or_default();
    let span = items.first().map_or(heading, |item| &item.span).clone();
    match constraint::what(first, &span).filter(|what| matches!(what.list, Inside::Variants(_))) {
        Some(what) => {
            let mut items = items.into_iter();
            let variants = items.next().map(|item| item.items).unwrap_or_default();
            for item in items {
                reader.unreadable(&item.span, "a union at the top of a schema stands alone");
            }
            completed(reader, what, true, variants, &span)
        }
        None => {
            let mut schema = Schema::of_type("object", &span);
            schema.properties = properties(reader, items);
            schema
        }
    }
}

fn properties(reader: &mut Reader<'_>, items: Vec<Item<'_>>) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    for item in items {
        let span = item.span.clone();
        match property(reader, item) {
            Some(property) if properties.iter().any(|other| other.name == property.name) => {
                let message = format!("`{}` is listed a second time", property.name);
                reader.error("listed-twice", &span, message);
            }
            Some(property) => properties.push(property),
            None => reader.unreadable(&span, "a property reads as in: * `name`: required, string or null"),
        }
    }
    properties
}

fn property(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Property> {
    let (name, rest) = item.text.strip_prefix('`')?.split_once("`: ")?;
    let (rest, required) = rest.strip_prefix("required, ").map_or((rest, false), |rest| (rest, true));
    let (text, has_colon) = without_colon(rest);
    let what = constraint::what(text, &item.span)?;
    no_lines(reader, &item.lines);
    let schema = completed(reader, what, has_colon, item.items, &item.span);
    Some(Property { name: name.to_owned(), required, schema })
}

fn variants(reader: &mut Reader<'_>, items: Vec<Item<'_>>) -> Vec<Schema> {
    let mut variants = Vec::new();
    for item in items {
        let (text, _) = without_colon(item.text);
        let (text, is_above) = constraint::without_above(text);
        let inner = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
        let Some(inner) = inner.filter(|inner| !inner.is_empty()) else {
            reader
                .unreadable(&item.span, "a variant reads as in: * **Title**, or: * **string, format: uri**");
            continue;
        };
        no_lines(reader, &item.lines);
        let inner = plain(inner);
        let named = |title: &str| What {
            schema: constraint::named(title, is_above, &item.span),
            list: Inside::Properties,
            is_ambiguous: false,
        };
        let what = if is_above { None } else { constraint::what(&inner, &item.span) };
        let what = what.unwrap_or_else(|| named(inner.trim_matches('`')));
        let announces = !item.items.is_empty();
        let variant = completed(reader, what, announces, item.items, &item.span);
        if is_null(&variant) && variants.iter().any(is_null) {
            reader.error("listed-twice", &item.span, "null is listed a second time");
            continue;
        }
        variants.push(variant);
    }
    variants
}

/// Adds what the list inside an item says.
fn completed(
    reader: &mut Reader<'_>,
    what: What,
    announces: bool,
    items: Vec<Item<'_>>,
    span: &Span,
) -> Schema {
    if what.is_ambiguous {
        reader.ambiguous_null(span);
    }
    let mut schema = what.schema;
    if let Inside::Variants(name) = what.list {
        if items.is_empty() {
            reader.error("empty-list", span, format!("no variants follow: {}", reader.text.slice(span)));
        }
        let variants = variants(reader, items);
        match &mut schema.items {
            Some(inner) => **inner = united(std::mem::take(&mut **inner), name, variants),
            None => schema = united(schema, name, variants),
        }
        return schema;
    }
    let is_announced = announces || items.is_empty();
    if !is_announced {
        reader.error(
            "unannounced-list",
            span,
            format!("a list follows without a colon: {}", reader.text.slice(span)),
        );
    }
    if announces && items.is_empty() {
        let message = format!("no properties follow: {}", reader.text.slice(span));
        reader.warning("empty-list", span, message).help("the object has none that the page lists");
    }
    let holder = holder(&mut schema);
    if holder.is_none() && !items.is_empty() {
        items
            .iter()
            .for_each(|item| reader.unreadable(&item.span, "it stands inside what holds no properties"));
        return schema;
    }
    if let Some(holder) = holder {
        if announces && holder.kind().is_none() {
            holder.facts.shift_insert(0, "type".to_owned(), json!("object"));
        }
        holder.properties = properties(reader, items);
        if let Some(title) = holder.title.clone().filter(|_| !announces) {
            let message = format!("the page does not list what `{title}` is");
            reader.warning("unlisted-schema", &holder.span, message).help("any value is accepted there");
        }
    }
    schema
}

/// The part of a schema that properties belong to: an object, or the objects in an array.
fn holder(schema: &mut Schema) -> Option<&mut Schema> {
    if schema.see.is_some() {
        return None;
    }
    if schema.items.is_some() {
        return holder(schema.items.as_deref_mut()?);
    }
    match schema.kind() {
        Some("object") => Some(schema),
        Some(_) => None,
        None if schema.title.is_some() => Some(schema),
        None => {
            let (_, variants) = schema.variants.as_mut()?;
            variants.iter_mut().find(|variant| variant.kind() == Some("object"))
        }
    }
}

/// Puts variants into a schema; `null` among them is no variant.
fn united(mut schema: Schema, name: &'static str, mut variants: Vec<Schema>) -> Schema {
    let count = variants.len();
    variants.retain(|variant| !is_null(variant));
    schema.nullable |= variants.len() < count;
    let is_only = variants.len() == 1 && variants.len() < count && schema.title.is_none();
    if let Some(only) = variants.pop_if(|_| is_only) {
        return Schema { nullable: true, user: Some(schema.span), ..only };
    }
    schema.variants = Some((name, variants));
    schema
}

fn is_null(schema: &Schema) -> bool {
    schema.nullable
        && schema.kind().is_none()
        && schema.title.is_none()
        && schema.see.is_none()
        && schema.variants.is_none()
}

fn without_colon(text: &str) -> (&str, bool) {
    text.strip_suffix(':').map_or((text, false), |text| (text, true))
}

/// An item of a response list is one line.
fn no_lines(reader: &mut Reader<'_>, lines: &[Line<'_>]) {
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        reader.unreadable(&line.span, "an item of a response schema is one line");
    }
}

impl Reader<'_> {
    /// Says once that `or null` behind an array can mean two things.
    fn ambiguous_null(&mut self, span: &Span) {
        let code = "ambiguous-null";
        if !self.diagnostics.0.iter().any(|diagnostic: &Diagnostic| diagnostic.code == code) {
            let message =
                format!("`or null` may be said of the items or of the array: {}", self.text.slice(span));
            self.warning(code, span, message).help("it is read as the array's, here and further down");
        }
    }
}
