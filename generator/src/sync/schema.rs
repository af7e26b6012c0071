//! What a schema says, keyword by keyword, however it is written down.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

use super::tree::Tree;

/// The keywords that are facts besides the type and the enum.
pub(super) const PLAIN: [&str; 16] = [
    "format",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// How many wrappers may stand around a schema.
const MAX_WRAPPERS: usize = 20;

/// A schema, with references and wrappers that only add `nullable` taken off.
#[derive(Debug, Clone)]
pub(super) struct Schema<'a> {
    /// Where it was looked for.
    pub(super) site: Pointer,
    /// Where its keywords stand.
    pub(super) at: Pointer,
    /// Its keywords.
    pub(super) keywords: &'a Map<String, Value>,
    pub(super) nullable: bool,
    tree: Tree<'a>,
}

/// What a schema is at its outermost. Two of different shapes have nothing below them to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing is said.
    Any,
    /// A value without parts, or one of several such.
    Scalar,
    Array,
    Object,
    /// One of several schemas.
    Variants,
}

impl<'a> Schema<'a> {
    /// The schema at a pointer, if there is one.
    pub(super) fn at(tree: Tree<'a>, site: &Pointer) -> Option<Self> {
        let mut at = tree.follow(site);
        let mut nullable = false;
        for _ in 0..MAX_WRAPPERS {
            let keywords = tree.get(&at)?.as_object()?;
            nullable |= is_true(keywords, "nullable");
            let (part, with_null) = only_part(tree, &at, keywords);
            nullable |= with_null;
            match part {
                Some(part) => at = tree.follow(&part),
                None => return Some(Self { site: site.clone(), at, keywords, nullable, tree }),
            }
        }
        None
    }

    /// Whether only its name is known, if that.
    pub(super) fn is_unsaid(&self) -> bool {
        self.type_text().is_none()
            && !["allOf", "oneOf", "anyOf", "enum"].iter().any(|key| self.keywords.contains_key(*key))
    }

    /// Its type in the words of the pages: `string or null`.
    pub(super) fn type_text(&self) -> Option<String> {
        let types = self.types()?;
        Some(if self.nullable { format!("{types} or null") } else { types })
    }

    /// Its type without whether null may stand in its place.
    pub(super) fn types(&self) -> Option<String> {
        if let Some(name) = self.keywords.get("type").and_then(Value::as_str) {
            return Some(name.to_owned());
        }
        if let Some((_, variants)) = self.variants() {
            let bare = |at: &Pointer| match self.tree.get(at)?.as_object() {
                Some(variant) if variant.len() == 1 => variant.get("type")?.as_str(),
                _ => None,
            };
            let names: Option<Vec<&str>> = variants.iter().map(bare).collect();
            let mut names = names?;
            names.sort_unstable();
            return Some(names.join(" or "));
        }
        if self.keywords.contains_key("properties") {
            return Some("object".to_owned());
        }
        if self.keywords.contains_key("items") {
            return Some("array".to_owned());
        }
        // What is put together from parts is what the parts are.
        self.parts().iter().skip(1).find_map(|part| {
            let of_itself =
                ["type", "properties", "items"].iter().any(|key| part.keywords.contains_key(*key));
            of_itself.then(|| part.types()).flatten()
        })
    }

    /// What it is at its outermost.
    pub(super) fn shape(&self) -> Shape {
        match self.types().as_deref() {
            Some("array") => Shape::Array,
            Some("object") => Shape::Object,
            Some(_) => Shape::Scalar,
            None if self.variants().is_some() => Shape::Variants,
            None if self.keywords.contains_key("enum") => Shape::Scalar,
            None => Shape::Any,
        }
    }

    /// The keyword that its alternatives stand under, and where they are, without the one that is null.
    pub(super) fn variants(&self) -> Option<(&'static str, Vec<Pointer>)> {
        CHOICES.into_iter().find_map(|key| {
            let all = self.keywords.get(key)?.as_array()?;
            let sites = all.iter().enumerate().filter(|(_, variant)| !is_null(variant));
            Some((key, sites.map(|(index, _)| self.at.join(key).join(index)).collect()))
        })
    }

    /// Its values without null.
    pub(super) fn values(&self) -> Option<Value> {
        let values = self.keywords.get("enum")?.as_array()?;
        Some(values.iter().filter(|value| !value.is_null()).cloned().collect())
    }

    /// The value of a plain keyword; what is false by default and false is not said.
    pub(super) fn plain(&self, key: &str) -> Option<Value> {
        self.keywords.get(key).filter(|value| **value != Value::Bool(false) || key == "default").cloned()
    }

    /// What else an object may hold: `true`, or the type of it.
    pub(super) fn additional(&self) -> Option<Value> {
        match self.keywords.get("additionalProperties")? {
            Value::Bool(false) => None,
            Value::Bool(true) => Some(true.into()),
            Value::Object(object) if object.is_empty() => Some(true.into()),
            Value::Object(_) => {
                let schema = Schema::at(self.tree, &self.at.join("additionalProperties"))?;
                Some(schema.type_text().map_or_else(|| true.into(), Value::from))
            }
            _ => None,
        }
    }

    /// Where the schemas are that its properties may stand in: it, and the parts that it is put together from.
    pub(super) fn parts(&self) -> Vec<Schema<'a>> {
        let tree = self.tree;
        let mut parts = vec![self.clone()];
        let mut next = 0;
        while let Some(part) = parts.get(next).filter(|_| next < MAX_WRAPPERS).cloned() {
            let all_of = part.at.join("allOf");
            let inner = (0..tree.count(&all_of)).filter_map(|index| Schema::at(tree, &all_of.join(index)));
            for inner in inner.collect::<Vec<_>>() {
                if !parts.iter().any(|known| known.at == inner.at) {
                    parts.push(inner);
                }
            }
            next += 1;
        }
        parts
    }

    /// What it is in words: `array of Lamp`, `string or null`.
    pub(super) fn words(&self) -> Option<String> {
        let items = Schema::at(self.tree, &self.at.join("items"));
        let words = match self.shape() {
            Shape::Any => return None,
            Shape::Array => {
                format!("array of {}", items.map_or_else(|| "anything".to_owned(), |items| items.label()))
            }
            Shape::Variants => {
                let sites = self.variants().map(|(_, sites)| sites).unwrap_or_default();
                let labels = sites.iter().filter_map(|site| Some(Schema::at(self.tree, site)?.label()));
                labels.collect::<Vec<_>>().join(" or ")
            }
            Shape::Object | Shape::Scalar => Schema { nullable: false, ..self.clone() }.label(),
        };
        Some(if self.nullable { format!("{words} or null") } else { words })
    }

    /// What it is called where it is one of several: by its title, its type, or where it stands.
    pub(super) fn label(&self) -> String {
        let title = self.keywords.get("title").and_then(Value::as_str);
        title.map(str::to_owned).or_else(|| self.type_text()).unwrap_or_else(|| self.at.last())
    }
}

/// The keywords under which alternatives stand.
const CHOICES: [&str; 2] = ["oneOf", "anyOf"];

/// The one schema that another only wraps, so that what it says besides is whether null may stand in its place; and
/// whether it says so by an alternative that is null.
fn only_part(tree: Tree<'_>, at: &Pointer, keywords: &Map<String, Value>) -> (Option<Pointer>, bool) {
    const WORDS: [&str; 7] =
        ["nullable", "description", "title", "example", "deprecated", "readOnly", "writeOnly"];
    let Some(key) = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| keywords.contains_key(*key)) else {
        return (None, false);
    };
    let is_word = |word: &String| word == key || WORDS.contains(&word.as_str()) || word.starts_with("x-");
    let list = at.join(key);
    let mut parts = Vec::new();
    let mut with_null = false;
    for index in 0..tree.count(&list) {
        let part = list.join(index);
        if key != "allOf" && tree.get(&part).is_some_and(is_null) {
            with_null = true;
        } else {
            parts.push(part);
        }
    }
    let only = parts.first().filter(|_| parts.len() == 1 && keywords.keys().all(is_word)).cloned();
    (only, with_null)
}

/// Whether null is all that a schema allows. OpenAPI 3.0 has no type for it, so it is an enum; older tools write the
/// type of JSON Schema.
pub(super) fn is_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    schema.get("type").and_then(Value::as_str) == Some("null")
        || values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

pub(super) fn is_true(object: &Map<String, Value>, key: &str) -> bool {
    object.get(key) == Some(&Value::Bool(true))
}
