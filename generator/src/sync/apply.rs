//! Drift, taken into the text of our description.

mod aspect;
mod presence;

use serde_json::{Map, Value, json};

use crate::document::Source;
use crate::edit::{self, Edit, EditError, Position};
use crate::pointer::Pointer;

use super::Request;
use super::adopt::Adoption;
use super::compare::{Compared, Drift};
use super::fact::{Aspect, Statement};
use super::operations::NewOperation;
use super::tree::Tree;

/// The text of our description with the drift taken in, and the operations that were selected.
pub(super) fn apply(request: &Request<'_>, ours: &Value, compared: &Compared) -> Result<String, EditError> {
    let mut changes = Changes { ours: Tree::new(ours), edits: Vec::new() };
    for drift in &compared.report.drift {
        changes.drift(request, drift);
    }
    for (index, upstream) in request.upstreams.iter().enumerate() {
        let selected =
            compared.report.new_operations.iter().filter(|new| new.source == index && new.is_taken);
        let mut adoption = Adoption::new(changes.ours, Tree::new(&upstream.document), request.with_words);
        changes.operations(&mut adoption, selected.collect());
        changes.edits.extend(adoption.component_edits());
    }
    changes.settle();
    if changes.edits.is_empty() {
        return Ok(request.spec.text.clone());
    }
    let source = Source { name: request.spec.name.clone(), text: request.spec.text.clone() };
    edit::apply(&source, &changes.edits)
}

/// The edits so far.
struct Changes<'a> {
    ours: Tree<'a>,
    edits: Vec<Edit>,
}

impl<'a> Changes<'a> {
    fn drift(&mut self, request: &Request<'a>, drift: &Drift) {
        let states = |statement: &&Statement| statement.says == drift.says;
        let Some(statement) = drift.fact.statements.iter().find(states).or(drift.fact.statements.first())
        else {
            return;
        };
        let theirs = Tree::new(&request.upstreams[statement.source].document);
        let mut adoption = Adoption::new(self.ours, theirs, request.with_words);
        match drift.fact.aspect {
            Aspect::Presence if drift.says == Some(true.into()) => {
                self.add(&mut adoption, &drift.fact.at, &statement.at);
            }
            Aspect::Presence => self.remove(&drift.fact.at),
            _ => self.change(&mut adoption, &drift.fact, &drift.says, &statement.at),
        }
        self.edits.extend(adoption.component_edits());
    }

    /// Leaves out what was asked for twice, and what stands inside of a part that is replaced or removed as a whole.
    fn settle(&mut self) {
        let mut edits: Vec<Edit> = Vec::new();
        for edit in std::mem::take(&mut self.edits) {
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
        let whole = |edit: &Edit| match edit {
            Edit::Replace { at, .. } | Edit::Remove { at } => Some(at.clone()),
            _ => None,
        };
        let wholes: Vec<Pointer> = edits.iter().filter_map(whole).collect();
        edits.retain(|edit| {
            let mut around = match edit {
                Edit::Replace { at, .. } | Edit::Remove { at } => at.parent(),
                Edit::AddMember { mapping: at, .. } | Edit::AddItem { sequence: at, .. } => Some(at.clone()),
            };
            while let Some(at) = around {
                if wholes.contains(&at) {
                    return false;
                }
                around = at.parent();
            }
            true
        });
        self.edits = edits;
    }

    /// Adds operations, those of one new path together.
    fn operations(&mut self, adoption: &mut Adoption<'a>, selected: Vec<&NewOperation>) {
        let paths = Pointer::root().join("paths");
        let mut new_paths: Map<String, Value> = Map::new();
        for new in selected {
            let value = adoption.operation(&new.at, &new.id);
            let method = new.method.to_lowercase();
            let known =
                self.ours.keys(&paths).find(|path| super::tree::blank(path) == super::tree::blank(&new.path));
            match known {
                Some(path) => self.member(&paths.join(path), &method, value),
                None => {
                    let item = new_paths.entry(new.path.clone()).or_insert_with(|| json!({}));
                    if let Value::Object(item) = item {
                        item.insert(method, value);
                    }
                }
            }
        }
        for (path, item) in new_paths {
            self.member(&paths, &path, item);
        }
    }

    /// Adds a member as the last one.
    fn member(&mut self, mapping: &Pointer, key: &str, value: Value) {
        self.member_at(mapping, key, value, Position::Last);
    }

    fn member_at(&mut self, mapping: &Pointer, key: &str, value: Value, position: Position) {
        let (mapping, key) = (mapping.clone(), key.to_owned());
        self.edits.push(Edit::AddMember { mapping, key, value, position });
    }

    /// Gives a member this value, whether it was there or not.
    fn set(&mut self, mapping: &Pointer, key: &str, value: Value) {
        let at = mapping.join(key);
        if self.ours.get(&at).is_some() {
            self.edits.push(Edit::Replace { at, value });
        } else {
            self.member(mapping, key, value);
        }
    }

    fn remove_at(&mut self, at: Pointer) {
        if self.ours.get(&at).is_some() {
            self.edits.push(Edit::Remove { at });
        }
    }
}
