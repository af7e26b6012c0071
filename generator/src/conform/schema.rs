//! Mending schemas: what later versions of OpenAPI and careless authors write instead of 3.0.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::{Conformer, drop_examples};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Bounds that count something; like the others they never change the emitted type, so an odd one goes.
const COUNTS: [&str; 6] =
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Bounds that are numbers.
const BOUNDS: [&str; 3] = ["minimum", "maximum", "multipleOf"];

impl Conformer<'_> {
    /// Brings a schema to OpenAPI 3.0, before its fields are checked.
    pub(super) fn schema(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        drop_examples(object);
        self.type_list(pointer, object);
        self.unknown_type(pointer, object);
        let is_finite = |value: &Value| value.as_f64().is_some_and(f64::is_finite);
        object.retain(|keyword, value| match keyword.as_str() {
            keyword if COUNTS.contains(&keyword) => value.is_u64(),
            keyword if BOUNDS.contains(&keyword) => is_finite(value),
            _ => true,
        });
        for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
            if object.get(keyword).is_some_and(Value::is_number) {
                object.shift_remove(keyword);
            }
        }
        if let Some(value) = object.shift_remove("const") {
            object.entry("enum").or_insert(Value::Array(vec![value]));
        }
        self.enumeration(pointer, object);
        self.required(pointer, object);
        self.default_value(pointer, object);
        if object.get("discriminator").is_some_and(|value| value.get("propertyName").is_none()) {
            object.shift_remove("discriminator");
        }
    }

    /// `type: [string, "null"]` is a nullable string; more types are a union.
    fn type_list(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let Some(Value::Array(types)) = object.get("type") else {
            return;
        };
        let all: Vec<String> = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let mut names: Vec<String> = all.iter().filter(|name| *name != "null").cloned().collect();
        self.diagnostics.push(
            Diagnostic::warning(
                &pointer.join("type"),
                "type-list",
                "OpenAPI 3.0 has no list of types; it is read as 3.1 means it",
            )
            .help("write one `type` and `nullable: true`, or `oneOf`"),
        );
        if names.len() < all.len() {
            object.insert("nullable".to_owned(), Value::Bool(true));
        }
        if names.len() == 1 {
            object.insert("type".to_owned(), Value::String(names.remove(0)));
        } else {
            object.shift_remove("type");
            let options = names.into_iter().map(|name| serde_json::json!({ "type": name })).collect();
            object.entry("oneOf").or_insert(Value::Array(options));
        }
    }

    fn unknown_type(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let Some(name) = object.get("type").and_then(Value::as_str).map(str::to_owned) else {
            return;
        };
        if name == "null" {
            object.shift_remove("type");
            object.insert("nullable".to_owned(), Value::Bool(true));
            object.insert("enum".to_owned(), Value::Array(vec![Value::Null]));
        } else if !TYPES.contains(&name.as_str()) {
            self.diagnostics.push(
                Diagnostic::warning(
                    &pointer.join("type"),
                    "unknown-type",
                    format!("there is no type `{name}`; any value is accepted"),
                )
                .help(format!("use one of {}", TYPES.join(", "))),
            );
            object.shift_remove("type");
        }
    }

    /// Enumerations: a list whose scalars fit the type.
    fn enumeration(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let Some(values) = object.get_mut("enum") else {
            return;
        };
        let Value::Array(values) = values else {
            let found = values.clone();
            self.wrong(&pointer.join("enum"), "a list", &found);
            object.shift_remove("enum");
            return;
        };
        let unique: IndexSet<Value> = values.iter().cloned().collect();
        if unique.len() < values.len() {
            self.diagnostics.push(
                Diagnostic::warning(
                    &pointer.join("enum"),
                    "duplicate-enum-value",
                    "a value stands twice in the `enum`",
                )
                .help("remove the second one"),
            );
        }
        *values = unique.into_iter().collect();
        self.enumeration_of_other_type(pointer, object);
    }

    /// `type: integer` with texts in its `enum`, and the like: the type wins and the `enum` goes.
    fn enumeration_of_other_type(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let name = object.get("type").and_then(Value::as_str).unwrap_or_default();
        let Some(Value::Array(values)) = object.get("enum") else {
            return;
        };
        let fits = |value: &Value| match name {
            "string" => value.is_string() || value.is_null(),
            "integer" => value.is_i64() || value.is_null(),
            "number" => value.is_number() || value.is_null(),
            "boolean" => value.is_boolean() || value.is_null(),
            _ => true,
        };
        if values.iter().all(fits) {
            return;
        }
        let scalar = |value: &Value| value.is_number() || value.is_boolean();
        if name == "string" && values.iter().all(|value| fits(value) || scalar(value)) {
            let texts = values
                .iter()
                .map(|value| if scalar(value) { Value::String(value.to_string()) } else { value.clone() });
            let texts = texts.collect();
            object.insert("enum".to_owned(), Value::Array(texts));
            return;
        }
        self.diagnostics.push(
            Diagnostic::warning(
                &pointer.join("enum"),
                "enum-of-other-type",
                format!("the `enum` has values that are no {name}; it is ignored"),
            )
            .help("correct the values or the type"),
        );
        object.shift_remove("enum");
    }

    /// `required: true` on a property is a habit from other schema languages and means nothing here.
    fn required(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        if object.get("required").is_some_and(Value::is_boolean) {
            self.diagnostics.push(
                Diagnostic::warning(
                    &pointer.join("required"),
                    "required-flag",
                    "`required` of a schema is a list of property names; it is ignored",
                )
                .help("name the property in the `required` list of the object that holds it"),
            );
            object.shift_remove("required");
        }
    }

    /// A default of the wrong type, or outside the `enum`, is not repeated in the docs.
    fn default_value(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let Some(default) = object.get("default").filter(|default| !default.is_null()) else {
            return;
        };
        let fits = match object.get("type").and_then(Value::as_str) {
            Some("string") => default.is_string(),
            Some("integer" | "number") => default.is_number(),
            Some("boolean") => default.is_boolean(),
            Some("array") => default.is_array(),
            Some("object") => default.is_object(),
            _ => true,
        };
        let listed =
            object.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(default));
        if !fits || !listed {
            let what = if fits { "is not in its `enum`" } else { "is not of its type" };
            self.diagnostics.push(
                Diagnostic::warning(
                    &pointer.join("default"),
                    "wrong-default",
                    format!("the default {default} {what}; it is ignored"),
                )
                .help("correct the default"),
            );
            object.shift_remove("default");
        }
    }
}
