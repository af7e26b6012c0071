//! Our description and a source, side by side: which facts the source states, and what ours are.
//!
//! Judges nothing. What a kind of source does not say becomes no statement.

mod body;
mod parameter;
mod response;
mod schema;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Location;
use crate::pointer::Pointer;
use crate::upstream::Kind;

use super::fact::{self, Aspect, Fact, Facts, Statement};
use super::schema::Schema;
use super::tree::{Operation, Tree, blank};

/// The three descriptions that are walked together, and what is noted on the way.
pub(super) struct Walk<'a> {
    /// Ours without overlays.
    pub(super) ours: Tree<'a>,
    /// Ours with them.
    pub(super) corrected: Tree<'a>,
    /// The source's.
    pub(super) theirs: Tree<'a>,
    pub(super) kind: Kind,
    /// Where the parts of the source's document stand in its text.
    pub(super) places: &'a BTreeMap<Pointer, Location>,
    pub(super) source: usize,
    pub(super) facts: &'a mut Facts,
}

/// One operation in both.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) ours: Operation,
    pub(super) theirs: Operation,
}

/// A part in both: its words, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) subject: String,
    pub(super) ours: Pointer,
    pub(super) theirs: Pointer,
}

impl Walk<'_> {
    /// Walks one operation.
    pub(super) fn operation(&mut self, pair: &Pair) {
        let part =
            Part { subject: pair.name.clone(), ours: pair.ours.at.clone(), theirs: pair.theirs.at.clone() };
        self.path(&part, pair);
        self.text(&part, Aspect::Title, "summary");
        if self.kind != Kind::EndpointPage {
            self.flag(&part, Aspect::Deprecated, "deprecated");
            self.server(&part);
        }
        self.parameters(pair);
        self.body(pair);
        if self.kind != Kind::EndpointPage {
            self.responses(pair);
        }
    }

    /// Notes where an operation is. What its path calls its parameters says nothing.
    fn path(&mut self, part: &Part, pair: &Pair) {
        let at =
            |operation: &Operation| Some(Value::from(format!("{} {}", operation.method, operation.path)));
        let is_same =
            pair.ours.method == pair.theirs.method && blank(&pair.ours.path) == blank(&pair.theirs.path);
        let theirs = if is_same { &pair.ours } else { &pair.theirs };
        self.note(part, Aspect::Path, [at(&pair.ours), at(&pair.ours), at(theirs)]);
    }

    /// Walks what holds for the whole API.
    pub(super) fn api(&mut self) {
        let headers = Pointer::root().join("x-client-headers");
        for index in 0..self.theirs.count(&headers) {
            let theirs = headers.join(index);
            let Some(name) = self.theirs.text(&theirs, "name") else { continue };
            let find = |tree: Tree<'_>| {
                (0..tree.count(&headers))
                    .map(|index| headers.join(index))
                    .find(|at| tree.text(at, "name") == Some(name))
            };
            let part = Part {
                subject: format!("header `{name}` of all requests"),
                ours: find(self.ours).or_else(|| find(self.corrected)).unwrap_or_else(|| theirs.clone()),
                theirs,
            };
            self.text(&part, Aspect::Version, "default");
        }
    }

    /// Notes what the three say of one aspect.
    pub(super) fn note(&mut self, part: &Part, aspect: Aspect, values: [Option<Value>; 3]) {
        let [ours, corrected, says] = values;
        let is_new = aspect == Aspect::Presence && says == Some(true.into());
        let detail = if is_new { detail(self.theirs, &part.theirs) } else { String::new() };
        let statement =
            Statement { source: self.source, at: part.theirs.clone(), location: None, says, detail };
        self.facts.add(Fact {
            subject: part.subject.clone(),
            aspect,
            at: part.ours.clone(),
            ours,
            corrected,
            statements: vec![statement],
        });
    }

    /// Notes whether a part is there; the values are those of ours, and whether the source has it.
    pub(super) fn presence(&mut self, part: &Part, is_theirs: bool) {
        let is_ours = self.ours.get(&part.ours).is_some();
        let is_corrected = self.corrected.get(&part.ours).is_some();
        self.note(part, Aspect::Presence, [is_ours, is_corrected, is_theirs].map(|is| Some(is.into())));
    }

    /// Notes a member that is a text.
    pub(super) fn text(&mut self, part: &Part, aspect: Aspect, key: &str) {
        let read = |tree: Tree<'_>, at: &Pointer| tree.text(at, key).map(Value::from);
        let values =
            [read(self.ours, &part.ours), read(self.corrected, &part.ours), read(self.theirs, &part.theirs)];
        if values[2].is_some() {
            let part = Part { theirs: part.theirs.join(key), ..part.clone() };
            self.note(&part, aspect, values);
        }
    }

    /// Notes a member that is true or false, false when it is absent.
    pub(super) fn flag(&mut self, part: &Part, aspect: Aspect, key: &str) {
        let is = |tree: Tree<'_>, at: &Pointer| {
            let is_true = tree.get(at).and_then(|value| value.get(key)) == Some(&Value::Bool(true));
            Some(Value::Bool(is_true))
        };
        let values =
            [is(self.ours, &part.ours), is(self.corrected, &part.ours), is(self.theirs, &part.theirs)];
        self.note(part, aspect, values);
    }

    /// Notes the server that the requests of an operation go to.
    fn server(&mut self, part: &Part) {
        let values = [
            server_of(self.ours, &part.ours),
            server_of(self.corrected, &part.ours),
            server_of(self.theirs, &part.theirs),
        ];
        if values[2].is_some() {
            let part = Part { theirs: part.theirs.join("servers"), ..part.clone() };
            self.note(&part, Aspect::Server, values);
        }
    }
}

/// The address of the first server of an operation, or of the API.
pub(super) fn server_of(tree: Tree<'_>, operation: &Pointer) -> Option<Value> {
    let path = operation.parent().unwrap_or_default();
    [operation.clone(), path, Pointer::root()]
        .iter()
        .find_map(|at| tree.text(&at.join("servers").join(0), "url"))
        .map(|url| Value::from(url.trim_end_matches('/')))
}

/// What a part of a source is, in words: `integer, required, default 30`.
fn detail(tree: Tree<'_>, at: &Pointer) -> String {
    let is_property = at.parent().is_some_and(|parent| parent.last() == "properties");
    let at = if is_property { at.clone() } else { tree.follow(at) };
    let inner = at.join("schema");
    let schema = Schema::at(tree, if is_property { &at } else { &inner });
    let mut words: Vec<String> = Vec::new();
    let Some(schema) = schema else {
        return tree.text(&at, "description").unwrap_or_default().to_owned();
    };
    words.extend(schema.words());
    words.extend(schema.plain("format").map(|format| fact::words(Aspect::Type, &Some(format))));
    words
        .extend(schema.values().map(|values| format!("one of {}", fact::words(Aspect::Enum, &Some(values)))));
    words.extend(
        schema.plain("default").map(|value| format!("default {}", fact::words(Aspect::Type, &Some(value)))),
    );
    words.push(if is_required(tree, &at, is_property) { "required" } else { "optional" }.to_owned());
    words.join(", ")
}

fn is_required(tree: Tree<'_>, at: &Pointer, is_property: bool) -> bool {
    if !is_property {
        return tree.get(at).and_then(|part| part.get("required")) == Some(&Value::Bool(true));
    }
    let owner = at.parent().and_then(|properties| properties.parent()).unwrap_or_default();
    let required = tree.get(&owner.join("required")).and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|item| *item == at.last().as_str()))
}
