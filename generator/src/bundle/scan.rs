//! Looking for references and for the places that they can name, without knowing what is what.

use serde_json::Value;

use crate::conform::Version;
use crate::pointer::Pointer;

/// Members that hold values of the API and not words of OpenAPI.
const DATA: [&str; 5] = ["example", "examples", "default", "const", "enum"];

/// Keywords of schemas that hold others to refer to.
const LOCAL: [&str; 2] = ["$defs", "definitions"];

/// Whether a text can hold a reference to another: a look that is cheap, and errs on the side of yes.
pub(super) fn may_leave(text: &str) -> bool {
    text.match_indices("$ref").any(|(index, found)| {
        let rest = text.get(index + found.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(|char: char| char.is_whitespace() || "\"':".contains(char));
        !rest.starts_with('#')
    })
}

/// All references of a text, and the targets of all tags.
pub(super) fn references(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(root, &mut |key, value| {
        if let ("$ref", Value::String(reference)) = (key, value) {
            found.push(reference.clone());
        }
        if let ("mapping", Value::Object(mapping)) = (key, value) {
            let targets = mapping.values().filter_map(Value::as_str).filter(|target| is_reference(target));
            found.extend(targets.map(str::to_owned));
        }
    });
    found
}

/// Whether the target of a tag is a reference, and not the name of a schema.
pub(super) fn is_reference(target: &str) -> bool {
    let ending = target.rsplit_once('.').map_or("", |(_, ending)| ending);
    target.contains(['/', '#']) || ["yaml", "yml", "json"].contains(&ending)
}

/// Whether a document has references that are no pointers into it, or that lead to what has no name.
pub(super) fn needs_bundling(root: &Value, version: Version) -> bool {
    let mut needs = false;
    visit(root, &mut |key, value| {
        let Value::String(text) = value else {
            return;
        };
        let is_later = version == Version::V31;
        needs |= match key {
            "$ref" => !text.starts_with("#/") || is_later && LOCAL.iter().any(|local| text.contains(local)),
            "$id" | "$dynamicRef" => is_later,
            _ => false,
        };
    });
    needs
}

/// Whether a pointer names a schema that another one holds only to refer to.
pub(super) fn is_local(pointer: &Pointer) -> bool {
    let parts: Vec<String> = pointer.parts().collect();
    matches!(parts.as_slice(), [.., holder, _] if LOCAL.contains(&holder.as_str()))
}

/// A part of a text that has a name.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The part.
    pub(super) pointer: Pointer,
    /// The part around it that has an identifier, or the whole text: names are told apart in there only.
    pub(super) base: Pointer,
}

/// What a text calls its parts.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// `$anchor` and `$dynamicAnchor`, with where each stands.
    pub(super) anchors: Vec<(String, Anchor)>,
    /// `$id`, made absolute as far as the text says, with where each stands.
    pub(super) ids: Vec<(String, Pointer)>,
}

/// Collects the names that a text gives to its parts.
pub(super) fn names(root: &Value) -> Names {
    let mut names = Names::default();
    collect(root, &Pointer::root(), ("", &Pointer::root()), &mut names);
    names
}

fn collect(value: &Value, at: &Pointer, (id, base): (&str, &Pointer), names: &mut Names) {
    match value {
        Value::Object(members) => {
            let text = |key: &str| members.get(key).and_then(Value::as_str);
            let own = text("$id").filter(|own| !own.starts_with('#')).map(|own| join(id, own));
            let around = own.as_deref().map_or((id, base), |own| (own, at));
            if let Some(own) = &own {
                names.ids.push((own.clone(), at.clone()));
            }
            for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                let named = Anchor { pointer: at.clone(), base: around.1.clone() };
                names.anchors.push((anchor.to_owned(), named));
            }
            let is_map = at.parts().last().is_some_and(|key| key == "properties");
            for (key, member) in members {
                let is_data = !is_map && DATA.contains(&key.as_str());
                if !is_data && (member.is_object() || member.is_array()) {
                    collect(member, &at.join(key), around, names);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_object()) {
                collect(item, &at.join(index), (id, base), names);
            }
        }
        _ => {}
    }
}

/// An identifier, taken from another one where it is relative.
pub(super) fn join(base: &str, own: &str) -> String {
    let own = own.trim_end_matches('#');
    match base.rsplit_once('/') {
        Some((folder, _)) if !super::path::has_scheme(own) => format!("{folder}/{own}"),
        _ => own.to_owned(),
    }
}

/// Shows every member of every object, also those of values of the API: what looks like a reference there is looked
/// at once too often, but a property may be called like the member that holds such values.
fn visit(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                see(key, member);
                visit(member, see);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        _ => {}
    }
}
