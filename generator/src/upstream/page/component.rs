//! Which schemas of a page are the same one, and what each of those is called.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Reader;
use super::operation::{Operation, free};
use super::response::Body;
use super::schema::Schema;

/// A schema with a name of its own.
#[derive(Debug)]
pub(super) struct Component {
    /// Its name below `components/schemas`.
    pub(super) name: String,
    /// What it is.
    pub(super) schema: Schema,
}

/// Finds the schemas that have a title or are referred to, and puts the reference wherever one of them stands.
pub(super) fn components(reader: &mut Reader<'_>, operations: &mut [Operation<'_>]) -> Vec<Component> {
    let mut registry = Registry::default();
    each(operations, &mut |schema| registry.register(schema));
    let by_content = registry.by_content();
    each(operations, &mut |schema| registry.appear(schema, &by_content));
    each(operations, &mut |schema| registry.refer(reader, schema, &by_content));
    // Their own copies refer as well.
    let mut schemas = std::mem::take(&mut registry.schemas);
    for schema in &mut schemas {
        schema.children().for_each(|child| registry.refer(reader, child, &by_content));
    }
    let mut components = named(reader, schemas);
    same_responses(reader, operations, &mut components);
    components
}

fn each(operations: &mut [Operation<'_>], visit: &mut dyn FnMut(&mut Schema)) {
    for operation in operations {
        operation.body.iter_mut().for_each(|body| visit(&mut body.schema));
        for response in &mut operation.responses {
            if let Body::Schema(schema) = &mut response.body {
                visit(schema);
            }
        }
    }
}

#[derive(Default)]
struct Registry {
    /// The numbers of schemas, by what they are.
    numbers: BTreeMap<String, usize>,
    /// The schemas with a title.
    schemas: Vec<Schema>,
    /// Which of them it is, by title and exact number.
    titled: BTreeMap<(String, usize), usize>,
    /// Where each title stands and which schema it is there.
    seen: Vec<(usize, String, usize)>,
}

impl Registry {
    /// Numbers a schema and those inside it, and keeps those with a title.
    fn register(&mut self, schema: &mut Schema) {
        schema.children().for_each(|child| self.register(child));
        schema.content = self.number(schema, false);
        schema.exact = self.number(schema, true);
        let Some(title) = schema.title.clone().filter(|_| is_listed(schema)) else {
            return;
        };
        let next = self.schemas.len();
        let index = *self.titled.entry((title.clone(), schema.exact)).or_insert(next);
        schema.component = Some(index);
        self.seen.push((schema.span.start, title, index));
        if index == next {
            self.schemas.push(schema.clone());
        } else if self.schemas[index].span.start > schema.span.start {
            self.schemas[index] = schema.clone();
        }
    }

    fn number(&mut self, schema: &Schema, is_exact: bool) -> usize {
        let within = |child: &Schema| {
            let title = child.title.as_deref().filter(|_| is_exact || !is_listed(child));
            (child.nullable, title.map(str::to_owned), if is_exact { child.exact } else { child.content })
        };
        let facts: BTreeMap<&String, &Value> = schema.facts.iter().collect();
        let mut properties: Vec<_> = schema
            .properties
            .iter()
            .map(|property| (&property.name, property.required, within(&property.schema)))
            .collect();
        properties.sort();
        let parts = [&schema.items, &schema.additional].map(|part| part.as_deref().map(within));
        let variants: Option<(&str, Vec<_>)> =
            schema.variants.as_ref().map(|(name, variants)| (*name, variants.iter().map(within).collect()));
        let written = format!("{facts:?}{properties:?}{parts:?}{variants:?}{:?}", schema.see);
        let next = self.numbers.len();
        *self.numbers.entry(written).or_insert(next)
    }

    /// The only titled schema of each content; of several, none is meant more than the others.
    fn by_content(&self) -> BTreeMap<usize, Option<usize>> {
        let mut found = BTreeMap::new();
        for (index, schema) in self.schemas.iter().enumerate() {
            found.entry(schema.content).and_modify(|only| *only = None).or_insert(Some(index));
        }
        found
    }

    /// Keeps the first appearance of each schema, which need not be the one with the title.
    fn appear(&mut self, schema: &Schema, by_content: &BTreeMap<usize, Option<usize>>) {
        schema.parts().for_each(|part| self.appear(part, by_content));
        if schema.title.is_some() || schema.properties.is_empty() {
            return;
        }
        let Some(index) = by_content.get(&schema.content).copied().flatten() else {
            return;
        };
        let known = &mut self.schemas[index];
        if known.exact == schema.exact && schema.span.start < known.span.start {
            *known = Schema { title: known.title.take(), component: known.component, ..schema.clone() };
        }
    }

    /// Puts the references: of an object without a title that is one with a title, and of `(see above)`.
    fn refer(
        &self,
        reader: &mut Reader<'_>,
        schema: &mut Schema,
        by_content: &BTreeMap<usize, Option<usize>>,
    ) {
        schema.children().for_each(|child| self.refer(reader, child, by_content));
        if let Some(title) = &schema.see {
            let above =
                self.seen.iter().filter(|(start, name, _)| name == title && *start < schema.span.start);
            schema.component = above.max_by_key(|(start, ..)| *start).map(|(_, _, index)| *index);
            if schema.component.is_none() {
                reader
                    .error("unknown-title", &schema.span, format!("no schema `{title}` is listed further up"))
                    .help("the schema is left open");
            }
        } else if schema.title.is_none() && !schema.properties.is_empty() {
            schema.component = by_content.get(&schema.content).copied().flatten();
        }
    }
}

/// Whether the page lists what a schema is, beyond its title.
fn is_listed(schema: &Schema) -> bool {
    schema.kind().is_some() || schema.variants.is_some()
}

/// Names the schemas in the order of the page.
fn named(reader: &mut Reader<'_>, schemas: Vec<Schema>) -> Vec<Component> {
    let mut order: Vec<usize> = (0..schemas.len()).collect();
    order.sort_by_key(|index| schemas[*index].span.start);
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for index in order {
        let schema = &schemas[index];
        let title = schema.title.as_deref().unwrap_or_default();
        let wanted =
            Some(kebab(title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "schema".to_owned());
        let name = free(&wanted, |name| names.values().any(|other| other == name));
        if name != wanted {
            let message = format!("`{title}` is listed differently further up, so here it is `{name}`");
            reader
                .warning("same-title", &schema.span, message)
                .help("they may differ only in that the page cuts what nests deeper than four levels");
        }
        names.insert(index, name);
    }
    let names = names.into_values();
    names.zip(schemas).map(|(name, schema)| Component { name, schema }).collect()
}

/// Puts the schemas that a response shares with that of another operation.
fn same_responses(
    reader: &mut Reader<'_>,
    operations: &mut [Operation<'_>],
    components: &mut Vec<Component>,
) {
    let places = (0..operations.len())
        .flat_map(|index| (0..operations[index].responses.len()).map(move |response| (index, response)));
    for at in places.collect::<Vec<_>>() {
        let response = &operations[at.0].responses[at.1];
        let Body::Same { title, .. } = &response.body else {
            continue;
        };
        let span = response.span.clone();
        let title = title.clone();
        let Some(target) = target(operations, at) else {
            reader
                .error("unknown-operation", &span, format!("no response of `{title}` is on the page"))
                .help("the link names the heading of another operation");
            continue;
        };
        let id = format!("{}-response", operations[target.0].id);
        let found = &mut operations[target.0].responses[target.1].body;
        operations[at.0].responses[at.1].body = match found {
            Body::Schema(schema) => {
                let index = schema.component.unwrap_or_else(|| {
                    let name = free(&id, |name| components.iter().any(|other| other.name == name));
                    components.push(Component { name, schema: (**schema).clone() });
                    components.len() - 1
                });
                schema.component = Some(index);
                Body::Schema(Box::new(Schema { span, ..(**schema).clone() }))
            }
            _ => Body::Empty,
        };
    }
}

/// The response that a reference leads to, through others if need be.
fn target(operations: &[Operation<'_>], from: (usize, usize)) -> Option<(usize, usize)> {
    let mut seen = vec![from];
    let mut at = from;
    loop {
        let response = &operations[at.0].responses[at.1];
        let Body::Same { title, anchor } = &response.body else {
            return Some(at);
        };
        let by_anchor = operations.iter().position(|operation| slug(&operation.title) == *anchor);
        let index =
            by_anchor.or_else(|| operations.iter().position(|operation| operation.title == *title))?;
        let responses = operations[index].responses.iter().enumerate();
        let others = responses.filter(|(other, _)| !seen.contains(&(index, *other)));
        // The same status says most; then whatever is listed there and not referred to once more.
        let best = others
            .min_by_key(|(_, other)| (other.code != response.code, matches!(other.body, Body::Same { .. })));
        at = (index, best?.0);
        seen.push(at);
    }
}

/// The anchor of a heading.
fn slug(title: &str) -> String {
    let kept = title.trim().chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
    kept.map(|char| if char == ' ' { '-' } else { char }).flat_map(char::to_lowercase).collect()
}

/// Words in small letters with hyphens between them.
pub(super) fn kebab(title: &str) -> String {
    let mut kebab = String::new();
    for char in title.chars().filter(|char| !['\'', '’'].contains(char)) {
        if char.is_ascii_alphanumeric() {
            kebab.push(char.to_ascii_lowercase());
        } else if !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
    }
    kebab.trim_end_matches('-').to_owned()
}
