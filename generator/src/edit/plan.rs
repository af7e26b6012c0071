//! Edits as a tree of changes along the value that they change. Knows values, and no text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::pointer::Pointer;

use super::{Edit, EditError, Position};

/// What happens to one value.
pub(super) struct Change<'e> {
    /// The first edit that concerns it.
    pub(super) edit: usize,
    pub(super) what: What<'e>,
}

pub(super) enum What<'e> {
    Replace(&'e Value),
    Remove,
    Within(Within<'e>),
}

/// What happens to the parts of a mapping or sequence.
#[derive(Default)]
pub(super) struct Within<'e> {
    /// By the index of the member or item.
    pub(super) parts: BTreeMap<usize, Change<'e>>,
    /// What is new, by the index of what it stands in front of; what comes last in any case is one behind the
    /// length.
    pub(super) new: BTreeMap<usize, Vec<New<'e>>>,
}

/// A member or item that is added.
pub(super) struct New<'e> {
    pub(super) edit: usize,
    /// Empty for an item.
    pub(super) key: &'e str,
    pub(super) value: &'e Value,
    /// The other new member that it was to stand behind.
    behind: Option<&'e str>,
}

/// Orders the edits of a value and checks that each can be made, and all together.
pub(super) fn plan<'e>(root: &Value, edits: &'e [Edit]) -> Result<Change<'e>, EditError> {
    let mut tree = Change { edit: 0, what: What::Within(Within::default()) };
    let mut waiting = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let by = By { index, pointer: edit.pointer() };
        if !tree.insert(by, root, edit)? {
            waiting.push((by, edit));
        }
    }
    // Behind a new member others can stand once that one has its place.
    while !waiting.is_empty() {
        let count = waiting.len();
        let mut still = Vec::new();
        for (by, edit) in waiting {
            if !tree.insert(by, root, edit)? {
                still.push((by, edit));
            }
        }
        if let Some((by, _)) = still.first().filter(|_| still.len() == count) {
            return Err(by.error("there is no such member to stand behind", "name one that is there"));
        }
        waiting = still;
    }
    tree.check(root, edits)?;
    Ok(tree)
}

/// Which edit it is that is looked at.
#[derive(Clone, Copy)]
struct By<'e> {
    index: usize,
    pointer: &'e Pointer,
}

impl By<'_> {
    fn error(self, message: &str, help: &str) -> EditError {
        EditError::new(Some(self.index), self.pointer, message, help)
    }

    fn conflict(self) -> EditError {
        self.error("another edit changes the same part", "make one edit of the two")
    }
}

impl<'e> Change<'e> {
    /// Adds an edit to the tree; `false` when what it is to stand behind is not there yet.
    fn insert(&mut self, by: By<'e>, root: &Value, edit: &'e Edit) -> Result<bool, EditError> {
        let (mut change, mut value) = (self, root);
        for part in by.pointer.parts() {
            let index = index_of(value, &part)
                .ok_or_else(|| by.error("there is no such part", "look at the description as it is now"))?;
            let What::Within(within) = &mut change.what else {
                return Err(by.conflict());
            };
            let inner = || Change { edit: by.index, what: What::Within(Within::default()) };
            change = within.parts.entry(index).or_insert_with(inner);
            value = part_of(value, index).unwrap_or(&Value::Null);
        }
        let What::Within(within) = &mut change.what else {
            return Err(by.conflict());
        };
        let is_taken = !within.parts.is_empty() || !within.new.is_empty();
        match edit {
            Edit::Replace { .. } | Edit::Remove { .. } if is_taken => return Err(by.conflict()),
            Edit::Replace { value, .. } => change.what = What::Replace(value),
            Edit::Remove { at } if at.parent().is_none() => {
                return Err(by.error("the whole description cannot be removed", "remove the file instead"));
            }
            Edit::Remove { .. } => change.what = What::Remove,
            Edit::AddMember { key, value: new, position, .. } => {
                let Value::Object(members) = value else {
                    return Err(by.error("this is not a mapping", "add members to mappings only"));
                };
                let new = New { edit: by.index, key, value: new, behind: None };
                return within.add_member(by, members, new, position);
            }
            Edit::AddItem { index, value: new, .. } => {
                if value.as_array().is_none_or(|items| *index > items.len()) {
                    return Err(
                        by.error("this is not a sequence with so many items", "look at it as it is now")
                    );
                }
                let new = New { edit: by.index, key: "", value: new, behind: None };
                within.new.entry(*index).or_default().push(new);
            }
        }
        Ok(true)
    }

    /// Checks what can only be seen when all edits are known: that no key comes to stand twice.
    fn check(&self, value: &Value, edits: &[Edit]) -> Result<(), EditError> {
        let What::Within(within) = &self.what else {
            return Ok(());
        };
        for (index, change) in &within.parts {
            change.check(part_of(value, *index).unwrap_or(&Value::Null), edits)?;
        }
        let Value::Object(members) = value else {
            return Ok(());
        };
        let mut keys = BTreeSet::new();
        for new in within.new.values().flatten() {
            let goes = |index| within.parts.get(&index).is_some_and(|old| matches!(old.what, What::Remove));
            let stays = index_of_key(members, new.key).is_some_and(|index| !goes(index));
            if stays || !keys.insert(new.key) {
                let by = By { index: new.edit, pointer: edits[new.edit].pointer() };
                let message = format!("there is a member `{}` already", new.key);
                return Err(by.error(&message, "replace its value instead"));
            }
        }
        Ok(())
    }

    /// The value after the change; null in place of what is removed.
    pub(super) fn applied(&self, value: &Value) -> Value {
        match (&self.what, value) {
            (What::Replace(new), _) => (*new).clone(),
            (What::Remove, _) => Value::Null,
            (What::Within(within), Value::Object(members)) => {
                let mut result = Map::new();
                within.walk(members.len(), |step| match step {
                    Step::New(new) => {
                        result.insert(new.key.to_owned(), new.value.clone());
                    }
                    Step::Old(index, change) => {
                        if let Some((key, value)) = members.iter().nth(index) {
                            let value = change.map_or_else(|| value.clone(), |change| change.applied(value));
                            result.insert(key.clone(), value);
                        }
                    }
                });
                Value::Object(result)
            }
            (What::Within(within), Value::Array(items)) => {
                let mut result = Vec::new();
                within.walk(items.len(), |step| match step {
                    Step::New(new) => result.push(new.value.clone()),
                    Step::Old(index, None) => result.push(items[index].clone()),
                    Step::Old(index, Some(change)) => result.push(change.applied(&items[index])),
                });
                Value::Array(result)
            }
            (What::Within(_), _) => value.clone(),
        }
    }
}

enum Step<'w, 'e> {
    New(&'w New<'e>),
    Old(usize, Option<&'w Change<'e>>),
}

impl<'e> Within<'e> {
    fn add_member(
        &mut self,
        by: By<'_>,
        members: &Map<String, Value>,
        mut new: New<'e>,
        position: &'e Position,
    ) -> Result<bool, EditError> {
        let slot = match position {
            Position::First => 0,
            Position::Last => members.len() + 1,
            Position::After(key) => match index_of_key(members, key) {
                Some(index) => index + 1,
                None if key == new.key => {
                    return Err(by.error("a member cannot stand behind itself", "name another one"));
                }
                None => {
                    new.behind = Some(key);
                    let has = |new: &New<'_>| new.key == key;
                    let Some(slot) = self.new.values_mut().find(|slot| slot.iter().any(has)) else {
                        return Ok(false);
                    };
                    let at = slot.iter().rposition(|new| has(new) || new.behind == Some(key)).unwrap_or(0);
                    slot.insert(at + 1, new);
                    return Ok(true);
                }
            },
        };
        self.new.entry(slot).or_default().push(new);
        Ok(true)
    }

    /// Whether the member or item with this index goes away.
    pub(super) fn removes(&self, index: usize) -> bool {
        self.parts.get(&index).is_some_and(|change| matches!(change.what, What::Remove))
    }

    /// What of the old and the new is there after the change, in order.
    fn walk<'w>(&'w self, length: usize, mut step: impl FnMut(Step<'w, 'e>)) {
        for index in 0..=length + 1 {
            self.new.get(&index).into_iter().flatten().for_each(|new| step(Step::New(new)));
            if index < length && !self.removes(index) {
                step(Step::Old(index, self.parts.get(&index)));
            }
        }
    }
}

fn index_of_key(members: &Map<String, Value>, key: &str) -> Option<usize> {
    members.keys().position(|other| other == key)
}

/// The index of the member or item that a pointer's part names.
fn index_of(value: &Value, part: &str) -> Option<usize> {
    match value {
        Value::Object(members) => index_of_key(members, part),
        Value::Array(items) => {
            part.parse().ok().filter(|index: &usize| *index < items.len() && part == index.to_string())
        }
        _ => None,
    }
}

/// The member or item with an index.
pub(super) fn part_of(value: &Value, index: usize) -> Option<&Value> {
    match value {
        Value::Object(members) => members.values().nth(index),
        Value::Array(items) => items.get(index),
        _ => None,
    }
}
