//! Parts that are new in a source, and parts that are gone from it.

use serde_json::{Value, json};

use crate::edit::{Edit, Position};
use crate::pointer::Pointer;
use crate::sync::adopt::Adoption;
use crate::sync::tree::METHODS;

use super::Changes;

impl<'a> Changes<'a> {
    /// Adds a part: `at` is where it is to stand, `theirs` where it stands in the source.
    pub(super) fn add(&mut self, adoption: &mut Adoption<'a>, at: &Pointer, theirs: &Pointer) {
        let parent = at.parent().unwrap_or_default();
        match parent.last().as_str() {
            "parameters" => self.add_parameter(adoption, &parent, theirs),
            "properties" => self.add_property(adoption, &parent, &at.last(), theirs),
            "responses" => {
                let value = adoption.part(theirs);
                let before = self.ours.keys(&parent).filter(|status| *status < at.last().as_str()).max();
                let position = before.map_or(Position::First, |before| Position::After(before.to_owned()));
                self.member_at(&parent, &at.last(), value, position);
            }
            _ => {
                let value = adoption.part(theirs);
                self.add_with_parents(at, value);
            }
        }
    }

    /// Removes a part, and what names it.
    pub(super) fn remove(&mut self, at: &Pointer) {
        let parent = at.parent().unwrap_or_default();
        if parent.last() == "properties" {
            let owner = parent.parent().unwrap_or_default();
            self.require(&owner, &at.last(), false);
        }
        if self.is_operation(at) {
            let methods = self.ours.keys(&parent).filter(|key| METHODS.contains(key)).count();
            return self.remove_at(if methods == 1 { parent } else { at.clone() });
        }
        let is_last = self.ours.count(&parent) == 1 && parent.last() == "parameters";
        self.remove_at(if is_last { parent } else { at.clone() });
    }

    fn is_operation(&self, at: &Pointer) -> bool {
        let in_paths =
            at.parent().and_then(|path| path.parent()).is_some_and(|paths| paths.as_str() == "/paths");
        in_paths && METHODS.contains(&at.last().as_str())
    }

    fn add_parameter(&mut self, adoption: &mut Adoption<'a>, list: &Pointer, theirs: &Pointer) {
        let operation = operation_of(theirs);
        let listed = adoption.theirs.parameters(&operation);
        let Some(index) = listed.iter().position(|parameter| parameter.item == *theirs) else { return };
        let value = adoption.parameter(&listed[index]);
        if self.ours.get(list).is_none() {
            return self.member(&operation_of(list), "parameters", json!([value]));
        }
        let ours = self.ours.parameters(&operation_of(list));
        let own = |item: &Pointer| item.parent().as_ref() == Some(list);
        let before = listed[..index].iter().rev().find_map(|earlier| {
            let same = ours.iter().find(|our| our.name == earlier.name && our.place == earlier.place)?;
            own(&same.item).then(|| same.item.last().parse::<usize>().ok())?
        });
        let index = before.map_or_else(|| self.ours.count(list), |before| before + 1);
        self.edits.push(Edit::AddItem { sequence: list.clone(), index, value });
    }

    fn add_property(
        &mut self,
        adoption: &mut Adoption<'a>,
        properties: &Pointer,
        name: &str,
        theirs: &Pointer,
    ) {
        let value = adoption.schema(theirs);
        let their_properties = theirs.parent().unwrap_or_default();
        let names: Vec<&str> = adoption.theirs.keys(&their_properties).collect();
        let known: Vec<&str> = self.ours.keys(properties).collect();
        let new = |other: &str| self.edits.iter().any(|edit| is_member(edit, properties, other));
        let before = names.iter().take_while(|other| **other != name);
        let before = before.filter(|other| known.contains(other) || new(other)).last();
        let position = before.map_or(Position::First, |before| Position::After((*before).to_owned()));
        let owner = properties.parent().unwrap_or_default();
        if self.ours.get(properties).is_none() {
            self.member(&owner, "properties", json!({ name: value }));
        } else {
            self.member_at(properties, name, value, position);
        }
        let required = adoption.theirs.get(&their_properties.parent().unwrap_or_default().join("required"));
        let is_required =
            required.and_then(Value::as_array).is_some_and(|names| names.iter().any(|item| item == name));
        if is_required {
            self.require(&owner, name, true);
        }
    }

    /// Puts a property into the list of the required ones, or takes it out.
    pub(super) fn require(&mut self, owner: &Pointer, name: &str, is_required: bool) {
        let list = owner.join("required");
        let items = self.ours.get(&list).and_then(Value::as_array).cloned().unwrap_or_default();
        let index = items.iter().position(|item| item == name);
        match (index, is_required) {
            (None, true) if items.is_empty() => self.set(owner, "required", json!([name])),
            (None, true) => {
                let index = self.place_of(owner, name, &items);
                self.edits.push(Edit::AddItem { sequence: list, index, value: name.into() });
            }
            (Some(_), false) if items.len() == 1 => self.remove_at(list),
            (Some(index), false) => self.remove_at(list.join(index)),
            _ => {}
        }
    }

    /// Where in the list of required properties this one belongs: behind the last one that is listed before it.
    fn place_of(&self, owner: &Pointer, name: &str, required: &[Value]) -> usize {
        let properties: Vec<&str> = self.ours.keys(&owner.join("properties")).collect();
        let Some(own) = properties.iter().position(|other| *other == name) else { return required.len() };
        let is_before = |item: &Value| properties[..own].iter().any(|other| item == other);
        required.iter().rposition(is_before).map_or(0, |index| index + 1)
    }

    /// Adds a member, and the mappings around it that are not there yet.
    fn add_with_parents(&mut self, at: &Pointer, value: Value) {
        let (mut at, mut value) = (at.clone(), value);
        while let Some(parent) = at.parent() {
            if self.ours.get(&parent).is_some() {
                return self.member(&parent, &at.last(), value);
            }
            value = json!({ at.last(): value });
            at = parent;
        }
    }
}

/// Whether an edit adds this member.
fn is_member(edit: &Edit, parent: &Pointer, name: &str) -> bool {
    matches!(edit, Edit::AddMember { mapping, key, .. } if mapping == parent && key == name)
}

/// The operation or path that a list of parameters or a parameter belongs to.
fn operation_of(at: &Pointer) -> Pointer {
    let mut at = at.clone();
    while at.last() != "parameters" {
        match at.parent() {
            Some(parent) => at = parent,
            None => return at,
        }
    }
    at.parent().unwrap_or_default()
}
