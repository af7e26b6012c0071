//! Conditions: what a schema says of values of some shape only.

use serde_json::{Map, Value};

use super::super::Conformer;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// Makes optional properties of what the branches of a condition describe, and says what cannot be made one.
pub(super) fn rewrite(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    let mut branches: Vec<(Pointer, Value)> = Vec::new();
    object.shift_remove("if");
    for keyword in ["then", "else"] {
        if let Some(branch) = object.shift_remove(keyword) {
            branches.push((pointer.join(keyword), branch));
        }
    }
    if let Some(Value::Object(dependent)) = object.shift_remove("dependentSchemas") {
        let at = pointer.join("dependentSchemas");
        branches.extend(dependent.into_iter().map(|(name, branch)| (at.join(name), branch)));
    }
    for (at, branch) in branches {
        if let Value::Object(mut branch) = branch {
            take(conformer, pointer, object, (&at, &mut branch));
        }
    }
}

fn take(
    conformer: &mut Conformer<'_>,
    pointer: &Pointer,
    object: &mut Map<String, Value>,
    (at, branch): (&Pointer, &mut Map<String, Value>),
) {
    if let Some(Value::Object(described)) = branch.shift_remove("properties") {
        let properties = object.entry("properties").or_insert_with(|| Value::Object(Map::new()));
        for (name, schema) in described {
            let Value::Object(properties) = &mut *properties else {
                continue;
            };
            // The schema itself says what a property is; a branch can only narrow it.
            if !properties.contains_key(&name) && !schema.is_boolean() {
                let part = pointer.join("properties").join(&name);
                conformer.origins.derive(part, &at.join("properties").join(&name));
                properties.insert(name, schema);
            }
        }
    }
    let parts = ["$ref", "allOf", "oneOf", "anyOf", "then", "else", "dependentSchemas"];
    if parts.iter().any(|keyword| branch.contains_key(*keyword)) {
        let message = "what holds under this condition only is not part of the type";
        conformer.diagnostics.push(
            Diagnostic::warning(at, "condition-left-out", message)
                .help("describe the members that it may have under `properties`"),
        );
    }
}
