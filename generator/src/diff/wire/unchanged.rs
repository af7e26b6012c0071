//! What need not be looked at: parts that are the same in both descriptions, down to what they refer to.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::description::{Description, reference};
use crate::pointer::Pointer;

/// References to components that are the same in both descriptions, together with all they reach.
#[derive(Debug, Default)]
pub(super) struct Unchanged(HashSet<String>);

impl Unchanged {
    /// Finds the unchanged components of two descriptions.
    pub(super) fn between(old: Description<'_>, new: Description<'_>) -> Self {
        let mut equal = HashSet::new();
        let mut users: HashMap<&str, Vec<String>> = HashMap::new();
        let (old_root, new_root) = (old.root(), new.root());
        let old_sections = old_root.get("components");
        for (section, _) in new_root.members("components") {
            for (name, part) in new_root.get("components").iter().flat_map(|part| part.members(section)) {
                let before = old_sections.as_ref().and_then(|all| all.value.get(section)?.get(name));
                if before == Some(part.value) {
                    let key = key(&part.at);
                    let mut targets = Vec::new();
                    references(part.value, &mut targets);
                    for target in targets {
                        users.entry(target).or_default().push(key.clone());
                    }
                    equal.insert(key);
                }
            }
        }
        // Whoever refers to something that is not the same is not the same either.
        let mut changed: Vec<String> = users
            .keys()
            .filter(|target| !equal.contains(**target))
            .map(|target| (*target).to_owned())
            .collect();
        while let Some(target) = changed.pop() {
            for user in users.get(target.as_str()).into_iter().flatten() {
                if equal.remove(user) {
                    changed.push(user.clone());
                }
            }
        }
        Self(equal)
    }

    /// Whether two parts are the same, down to what they refer to.
    pub(super) fn is_same(&self, old: &Value, new: &Value) -> bool {
        match (old, new) {
            (Value::Object(before), Value::Object(after)) => {
                if let Some(target) = reference(new) {
                    return reference(old) == Some(target) && self.0.contains(target);
                }
                before.len() == after.len()
                    && after
                        .iter()
                        .all(|(key, value)| before.get(key).is_some_and(|other| self.is_same(other, value)))
            }
            (Value::Array(before), Value::Array(after)) => {
                before.len() == after.len()
                    && before.iter().zip(after).all(|(old, new)| self.is_same(old, new))
            }
            _ => old == new,
        }
    }
}

fn key(at: &Pointer) -> String {
    format!("#{}", at.as_str())
}

/// All references in a part.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(reference(value));
            for member in members.values() {
                references(member, found);
            }
        }
        Value::Array(items) => {
            for item in items {
                references(item, found);
            }
        }
        _ => {}
    }
}
