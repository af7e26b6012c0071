//! Parts of a source, made parts of our description: references led to our components, words left out.

use serde_json::{Map, Value};

use crate::edit::{Edit, Position};
use crate::pointer::Pointer;
use crate::upstream::{Kind, UNLISTED};

use super::Request;
use super::schema::Schema;
use super::tree::{Operation, Parameter, Tree};

/// What the members of an object are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Keywords.
    Object,
    /// Names of the author's choice.
    Names,
    /// Responses, by status.
    Responses,
    /// The keywords of a response.
    Response,
}

/// How deep a part of a source may nest.
const DEPTH: usize = 100;

/// Takes parts of one source over.
pub(super) struct Adoption<'a> {
    pub(super) ours: Tree<'a>,
    pub(super) theirs: Tree<'a>,
    /// Whether descriptions and examples come along. In our own description they are our own.
    pub(super) with_words: bool,
    /// Components that ours has not, by pointer.
    pub(super) components: Vec<(Pointer, Value)>,
}

impl<'a> Adoption<'a> {
    pub(super) fn new(ours: Tree<'a>, theirs: Tree<'a>, with_words: bool) -> Self {
        Self { ours, theirs, with_words, components: Vec::new() }
    }

    /// The object at a pointer of the source, as ours would write it.
    pub(super) fn part(&mut self, at: &Pointer) -> Value {
        let at = self.theirs.follow(at);
        let value = self.theirs.get(&at).cloned().unwrap_or_default();
        let is_response = at.parent().is_some_and(|parent| parent.last() == "responses");
        self.translate(&value, if is_response { Inside::Response } else { Inside::Object }, 0)
    }

    /// A schema of the source, which may stay a reference.
    pub(super) fn schema(&mut self, at: &Pointer) -> Value {
        let value = self.theirs.get(at).cloned().unwrap_or_default();
        self.translate(&value, Inside::Object, 0)
    }

    /// A parameter of the source: a reference to the component of ours that is the same, or itself.
    pub(super) fn parameter(&mut self, parameter: &Parameter) -> Value {
        let section = Pointer::root().join("components").join("parameters");
        let same = self.ours.keys(&section).find(|key| self.is_same_parameter(&section.join(key), parameter));
        match same {
            Some(key) => reference(&section.join(key)),
            None => self.part(&parameter.at),
        }
    }

    /// An operation of the source, under this id.
    pub(super) fn operation(&mut self, at: &Pointer, id: &str) -> Value {
        let Value::Object(mut operation) = self.part(at) else { return Value::Null };
        let parameters = self.theirs.parameters(at);
        if !parameters.is_empty() {
            let list = parameters.iter().map(|parameter| self.parameter(parameter)).collect();
            operation.insert("parameters".to_owned(), list);
        }
        let mut named = Map::new();
        if let Some(tags) = operation.shift_remove("tags") {
            named.insert("tags".to_owned(), tags);
        }
        named.insert("operationId".to_owned(), id.into());
        operation.shift_remove("operationId");
        named.extend(operation);
        Value::Object(named)
    }

    /// The edits that add the components which were met and which ours has not.
    pub(super) fn component_edits(&self) -> Vec<Edit> {
        let add = |mapping: Pointer, key: String, value: Value| Edit::AddMember {
            mapping,
            key,
            value,
            position: Position::Last,
        };
        let mut sections: Map<String, Value> = Map::new();
        let mut edits = Vec::new();
        let components = Pointer::root().join("components");
        for (at, value) in &self.components {
            let section = at.parent().unwrap_or_default();
            if self.ours.get(&section).is_some() {
                edits.push(add(section, at.last(), value.clone()));
            } else {
                let entry = sections.entry(section.last()).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(entry) = entry {
                    entry.insert(at.last(), value.clone());
                }
            }
        }
        if self.ours.get(&components).is_some() {
            edits.extend(sections.into_iter().map(|(key, value)| add(components.clone(), key, value)));
        } else if !sections.is_empty() {
            edits.push(add(Pointer::root(), "components".to_owned(), Value::Object(sections)));
        }
        edits
    }

    /// A value as ours would write it.
    fn translate(&mut self, value: &Value, inside: Inside, depth: usize) -> Value {
        if depth > DEPTH {
            return Value::Null;
        }
        match value {
            Value::Array(items) => {
                items.iter().map(|item| self.translate(item, Inside::Object, depth + 1)).collect()
            }
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                    return self.reference(reference);
                }
                let mut kept = Map::new();
                for (key, value) in object {
                    if self.is_kept(key, inside) {
                        kept.insert(key.clone(), self.member(key, value, inside, depth));
                    }
                }
                kept.into()
            }
            scalar => scalar.clone(),
        }
    }

    fn member(&mut self, key: &str, value: &Value, inside: Inside, depth: usize) -> Value {
        let below = match (inside, key) {
            (Inside::Responses, _) => Inside::Response,
            (Inside::Names, _) => Inside::Object,
            (_, "responses") => Inside::Responses,
            (_, "properties" | "headers" | "content" | "mapping" | "variables") => Inside::Names,
            (_, "enum" | "default" | "required" | "example") => return value.clone(),
            _ => Inside::Object,
        };
        self.translate(value, below, depth + 1)
    }

    /// Whether a member comes along: facts do, words only if they may, extensions never.
    fn is_kept(&self, key: &str, inside: Inside) -> bool {
        match (inside, key) {
            (Inside::Names | Inside::Responses, _) => true,
            // A response has to have one; it is the meaning of its status.
            (Inside::Response, "description") => true,
            (_, "description" | "example") => self.with_words,
            (
                _,
                "examples" | "externalDocs" | "links" | "callbacks" | "x-github" | "x-octokit" | UNLISTED,
            ) => false,
            (_, key) => self.with_words || !key.starts_with("x-"),
        }
    }

    /// A reference into ours: to the component of the same name or title, or to one that is taken over.
    fn reference(&mut self, text: &str) -> Value {
        let Some(target) = text.strip_prefix('#').and_then(Pointer::parse) else { return Value::Null };
        let target = self.theirs.follow(&target);
        let parts: Vec<String> = target.parts().collect();
        let [components, section, name] = parts.as_slice() else { return self.part(&target) };
        if components != "components" {
            return self.part(&target);
        }
        let theirs_title = self.theirs.text(&target, "title");
        let section = Pointer::root().join(components).join(section);
        let same_title = |key: &&str| {
            theirs_title.is_some() && self.ours.text(&section.join(key), "title") == theirs_title
        };
        let at = section.join(name);
        if self.ours.get(&at).is_some() || self.components.iter().any(|(known, _)| *known == at) {
            return reference(&at);
        }
        if let Some(key) = self.ours.keys(&section).find(same_title) {
            let is_nullable = Schema::at(self.theirs, &target).is_some_and(|schema| schema.nullable);
            let ours = reference(&section.join(key));
            return if is_nullable { nullable(ours) } else { ours };
        }
        let index = self.components.len();
        self.components.push((at.clone(), Value::Null));
        let value = self.part(&target);
        self.components[index].1 = value;
        reference(&at)
    }

    fn is_same_parameter(&self, ours: &Pointer, theirs: &Parameter) -> bool {
        let bare = |tree: Tree<'_>, at: &Pointer| {
            let object = tree.get(at)?.as_object()?;
            let schema = Schema::at(tree, &at.join("schema"))?;
            let required = object.get("required") == Some(&Value::Bool(true));
            let name = object.get("name").cloned();
            let place = object.get("in").cloned();
            Some((name, place, required, schema.type_text(), schema.values(), schema.plain("default")))
        };
        let ours = bare(self.ours, ours);
        ours.is_some() && ours == bare(self.theirs, &theirs.at)
    }
}

/// The id that an operation of a source has, or gets, in our description.
pub(super) fn id(request: &Request<'_>, kind: Kind, theirs: Tree<'_>, operation: &Operation) -> String {
    let own = theirs.text(&operation.at, "operationId");
    let fallback = || format!("{} {}", operation.method.to_lowercase(), operation.path);
    match (kind, own) {
        (Kind::ReferencePage, Some(id)) => format!("{}{id}", request.id_prefix),
        (_, Some(id)) => id.to_owned(),
        (_, None) => fallback(),
    }
}

pub(super) fn nullable(reference: Value) -> Value {
    serde_json::json!({ "nullable": true, "allOf": [reference] })
}

fn reference(at: &Pointer) -> Value {
    serde_json::json!({ "$ref": format!("#{}", at.as_str()) })
}
