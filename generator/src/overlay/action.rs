//! The actions of an overlay, read and checked.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// How deep brackets may nest in a target; the time to read one doubles with each.
const NESTING: usize = 16;

/// One action.
pub(super) struct Action<'o> {
    /// Where in the overlay.
    pub(super) pointer: Pointer,
    target: JsonPath,
    pub(super) change: Change<'o>,
}

/// What an action does to each part that its target selects.
pub(super) enum Change<'o> {
    Update(Update<'o>),
    Remove,
}

/// What is merged into the parts.
pub(super) struct Update<'o> {
    /// Where in the overlay.
    pub(super) pointer: Pointer,
    pub(super) value: &'o Value,
    /// Whether an array joins a selected array item by item, as since version 1.1, and not as one item.
    pub(super) joins_arrays: bool,
}

impl Action<'_> {
    /// The parts of the description that the target selects, each once.
    pub(super) fn targets(&self, root: &Value) -> BTreeSet<Pointer> {
        let nodes = self.target.query_located(root);
        nodes.locations().filter_map(|path| Pointer::parse(&path.to_json_pointer())).collect()
    }

    pub(super) fn no_match(&self) -> Diagnostic {
        let message = format!("the target `{}` matches nothing", self.target);
        Diagnostic::error(&self.pointer.join("target"), "overlay-no-match", message)
            .help("correct the target, or delete the action if the description no longer has this part")
    }

    pub(super) fn too_deep(&self) -> Diagnostic {
        let message = format!("the target `{}` selects parts that lie too deep", self.target);
        Diagnostic::error(&self.pointer.join("target"), "overlay-target", message)
            .help("select parts further out")
    }

    pub(super) fn no_effect(&self) -> Diagnostic {
        let message = "this update changes nothing: the description says so already";
        Diagnostic::error(&self.pointer.join("update"), "overlay-no-effect", message)
            .help("the action no longer applies; delete it")
    }
}

/// Reads the actions of an overlay; what is wrong with it goes to `errors`, at pointers into the overlay.
pub(super) fn read<'o>(root: &'o Value, errors: &mut Vec<Diagnostic>) -> Vec<Action<'o>> {
    let at = Pointer::root();
    let Some(overlay) = root.as_object() else {
        return Vec::new();
    };
    let joins_arrays = match overlay.get("overlay").and_then(Value::as_str).map(version) {
        Some(Some(minor)) => minor >= 1,
        _ => {
            let at = if overlay.contains_key("overlay") { at.join("overlay") } else { at };
            let error = Diagnostic::error(&at, "overlay-version", "the version of the overlay is unknown")
                .help("write `overlay: 1.0.0` or `overlay: 1.1.0`");
            errors.push(error);
            return Vec::new();
        }
    };
    unknown_fields(&at, overlay, &["overlay", "info", "extends", "actions"], errors);
    let Some(actions) = overlay.get("actions").and_then(Value::as_array).filter(|list| !list.is_empty())
    else {
        let error =
            Diagnostic::error(&at.join("actions"), "overlay-shape", "the overlay has no list of actions")
                .help("give at least one action, such as `- {target: $.info, update: {version: 2.0.0}}`");
        errors.push(error);
        return Vec::new();
    };
    let numbered = actions.iter().enumerate();
    numbered
        .filter_map(|(index, action)| {
            let read = read_action(at.join("actions").join(index), action, joins_arrays, errors);
            read.map_err(|error| errors.push(error)).ok()
        })
        .collect()
}

/// The minor version, when the major is 1 and there are three numbers.
fn version(text: &str) -> Option<u32> {
    let (minor, patch) = text.strip_prefix("1.")?.split_once('.')?;
    patch.parse::<u32>().ok()?;
    minor.parse().ok().filter(|minor| *minor <= 1)
}

fn read_action<'o>(
    pointer: Pointer,
    action: &'o Value,
    joins_arrays: bool,
    errors: &mut Vec<Diagnostic>,
) -> Result<Action<'o>, Diagnostic> {
    let Some(fields) = action.as_object() else {
        return Err(Diagnostic::error(&pointer, "overlay-shape", "an action is a mapping")
            .help("give it a `target` and either `update` or `remove: true`"));
    };
    unknown_fields(&pointer, fields, &["target", "description", "update", "remove"], errors);
    let target = read_target(&pointer, fields.get("target"))?;
    let remove = match fields.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(_) => {
            let at = pointer.join("remove");
            return Err(Diagnostic::error(&at, "overlay-shape", "`remove` is neither true nor false")
                .help("write `remove: true`, or leave it out"));
        }
    };
    let change = match fields.get("update") {
        // The specification gives `remove` the last word.
        _ if remove => Change::Remove,
        Some(value) => Change::Update(Update { pointer: pointer.join("update"), value, joins_arrays }),
        None => {
            return Err(Diagnostic::error(&pointer, "overlay-shape", "the action does nothing")
                .help("give it an `update` or `remove: true`"));
        }
    };
    Ok(Action { pointer, target, change })
}

fn read_target(action: &Pointer, target: Option<&Value>) -> Result<JsonPath, Diagnostic> {
    let Some(text) = target.and_then(Value::as_str) else {
        let at = if target.is_some() { action.join("target") } else { action.clone() };
        return Err(Diagnostic::error(&at, "overlay-shape", "the action has no text as its `target`")
            .help("give it a JSONPath, such as `target: $.paths['/users'].get`"));
    };
    let error = |message: String| {
        Diagnostic::error(&action.join("target"), "overlay-target", message)
            .help("write a JSONPath as RFC 9535 has it, such as `$.paths['/users'].get`")
    };
    let mut depth = 0_usize;
    for char in text.chars() {
        match char {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            return Err(error(format!("the brackets of the target nest more than {NESTING} deep")));
        }
    }
    JsonPath::parse(text).map_err(|parse| {
        let rest = text.get(parse.position()..).filter(|rest| !rest.is_empty());
        let place = rest.map_or_else(|| "at its end".to_owned(), |rest| format!("at `{rest}`"));
        let problem = parse.message().replace("parser error", "syntax error");
        error(format!("the target is not a JSONPath: {problem} {place}"))
    })
}

fn unknown_fields(at: &Pointer, fields: &Map<String, Value>, known: &[&str], errors: &mut Vec<Diagnostic>) {
    for field in fields.keys().filter(|field| !field.starts_with("x-") && !known.contains(&field.as_str())) {
        let message = format!("`{field}` is unknown or not supported here");
        let help = format!("delete it, or use one of {}", known.join(", "));
        errors.push(Diagnostic::error(&at.join(field), "overlay-shape", message).help(help));
    }
}
