//! Operations: which belong together in both descriptions, and what each says besides its parameters and answers.

use std::collections::{HashMap, HashSet};

use super::comparison::{Both, Comparison, Named};
use super::description::{Description, Part};
use super::{api, parameters, request_body, responses, rules, security};

const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
];

/// An operation of one description.
#[derive(Debug, Clone)]
pub(super) struct Operation<'a> {
    pub(super) part: Part<'a>,
    /// The path item that it belongs to.
    pub(super) item: Part<'a>,
    pub(super) path: &'a str,
    pub(super) method: &'static str,
}

impl<'a> Operation<'a> {
    /// All operations of a description.
    fn all(description: Description<'a>) -> Vec<Self> {
        let mut operations = Vec::new();
        for (path, item) in description.followed(&description.root(), "paths") {
            for (key, method) in METHODS {
                if let Some(part) = item.get(key).filter(|part| part.value.is_object()) {
                    operations.push(Self { part, item: item.clone(), path, method });
                }
            }
        }
        operations
    }

    /// The method and the path without the names of its parameters, which are not sent.
    fn address(&self) -> (&'static str, String) {
        let mut blank = String::new();
        let mut is_name = false;
        for char in self.path.chars() {
            is_name &= char != '}';
            if !is_name {
                blank.push(char);
            }
            is_name |= char == '{';
        }
        (self.method, blank)
    }

    fn own_id(&self) -> Option<&'a str> {
        self.part.text("operationId").filter(|id| !id.trim().is_empty())
    }

    /// The operation id, or the method and the path where it has none.
    fn id(&self) -> String {
        self.own_id().map_or_else(|| format!("{} {}", self.method, self.path), str::to_owned)
    }

    fn named(&self) -> Named {
        Named { id: self.id(), path: self.path.to_owned(), method: self.method }
    }
}

/// Compares all operations.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>) {
    let old = Operation::all(comparison.old);
    let new = Operation::all(comparison.new);
    let matched = matched(&old, &new);
    for (index, operation) in new.iter().enumerate() {
        comparison.start(operation.named());
        match matched.get(&index).and_then(|index| old.get(*index)) {
            Some(before) => compare_operation(comparison, before, operation),
            None => {
                let subject = format!("{} {}", operation.method, operation.path);
                comparison.found(rules::OPERATION_ADDED, subject, "is new", None, Some(&operation.part));
            }
        }
    }
    let kept: HashSet<usize> = matched.into_values().collect();
    for (_, operation) in old.iter().enumerate().filter(|(index, _)| !kept.contains(index)) {
        comparison.start(operation.named());
        let subject = format!("{} {}", operation.method, operation.path);
        let message =
            if operation.part.flag("deprecated") { "is gone; it was deprecated" } else { "is gone" };
        comparison.found(rules::OPERATION_REMOVED, subject, message, Some(&operation.part), None);
    }
}

/// For each new operation the old one that it was: by method and path, or else by its id.
fn matched(old: &[Operation<'_>], new: &[Operation<'_>]) -> HashMap<usize, usize> {
    let mut matched = HashMap::new();
    let mut taken = HashSet::new();
    let mut pass = |key: &dyn Fn(&Operation<'_>) -> Option<(String, String)>| {
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for (index, operation) in old.iter().enumerate().rev() {
            if let Some(key) = key(operation).filter(|_| !taken.contains(&index)) {
                known.insert(key, index);
            }
        }
        for (index, operation) in new.iter().enumerate() {
            if matched.contains_key(&index) {
                continue;
            }
            if let Some(before) = key(operation).and_then(|key| known.remove(&key)) {
                matched.insert(index, before);
                taken.insert(before);
            }
        }
    };
    pass(&|operation| Some((operation.method.to_owned(), operation.path.to_owned())));
    pass(&|operation| {
        let (method, path) = operation.address();
        Some((method.to_owned(), path))
    });
    pass(&|operation| Some((String::new(), operation.own_id()?.to_owned())));
    matched
}

fn compare_operation<'a>(comparison: &mut Comparison<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let is_same = |key: &str| {
        let (old, new) = (old.item.value.get(key), new.item.value.get(key));
        match (old, new) {
            (Some(old), Some(new)) => comparison.pairs.unchanged.is_same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    };
    let is_in_place = old.path == new.path && old.method == new.method;
    if is_in_place
        && comparison.pairs.unchanged.is_same(old.part.value, new.part.value)
        && is_same("parameters")
        && is_same("servers")
    {
        return;
    }
    let both = Both { old: old.part.clone(), new: new.part.clone() };
    compare_address(comparison, old, new, &both);
    compare_flags(comparison, &both);
    compare_template(comparison, &both);
    comparison.compare_words(rules::OPERATION_PROSE, "docs", &["summary", "description"], &both);
    compare_server(comparison, old, new);
    security::compare_operation(comparison, &both);
    parameters::compare(comparison, old, new);
    request_body::compare(comparison, &both);
    responses::compare(comparison, &both, (old.method, new.method));
}

fn compare_address<'a>(
    comparison: &mut Comparison<'a>,
    old: &Operation<'a>,
    new: &Operation<'a>,
    both: &Both<'a>,
) {
    if old.address() != new.address() {
        let message = format!("`{} {}` → `{} {}`", old.method, old.path, new.method, new.path);
        comparison.changed(rules::OPERATION_MOVED, "address", message, both);
    }
    if old.own_id() != new.own_id() {
        let id =
            |operation: &Operation<'_>| operation.own_id().map_or("none".to_owned(), |id| format!("`{id}`"));
        let message = format!("{} → {}", id(old), id(new));
        comparison.changed(rules::OPERATION_ID, "operation id", message, both);
    }
}

fn compare_flags<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    match (both.old.flag("deprecated"), both.new.flag("deprecated")) {
        (false, true) => {
            comparison.changed(rules::OPERATION_DEPRECATED, "operation", "is deprecated now", both);
        }
        (true, false) => {
            comparison.changed(rules::OPERATION_UNDEPRECATED, "operation", "is no longer deprecated", both);
        }
        _ => {}
    }
    let sunset = |part: &Part<'a>| super::annotation::shown(part.value.get("x-sunset"));
    let (before, after) = (sunset(&both.old), sunset(&both.new));
    if before != after {
        comparison.changed(
            rules::OPERATION_SUNSET,
            "end of the operation",
            format!("{before} → {after}"),
            both,
        );
    }
}

/// The extension `x-url-template`.
fn compare_template<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    let key = "x-url-template";
    let setter = |part: &Part<'a>| part.value.get(key)?.get("setter")?.as_str();
    match (setter(&both.old), setter(&both.new)) {
        (None, Some(new)) => {
            let message = format!("setter `{new}` is new");
            comparison.changed(rules::TEMPLATE_ADDED, "address from the API", message, both);
        }
        (Some(old), None) => {
            let message = format!("setter `{old}` is gone");
            comparison.changed(rules::TEMPLATE_REMOVED, "address from the API", message, both);
        }
        (Some(old), Some(new)) if old != new => {
            let message = format!("setter `{old}` → `{new}`");
            comparison.changed(rules::TEMPLATE_CHANGED, "address from the API", message, both);
        }
        _ => {}
    }
    if let (Some(old), Some(new)) = (both.old.get(key), both.new.get(key)) {
        let template = Both { old, new };
        comparison.compare_words(rules::OPERATION_PROSE, "address from the API", &["description"], &template);
    }
}

/// The server of an operation, where it or its path names one.
fn compare_server<'a>(comparison: &mut Comparison<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let own = |operation: &Operation<'a>| {
        let servers = [operation.part.items("servers"), operation.item.items("servers")];
        servers.into_iter().find_map(|servers| servers.into_iter().next())
    };
    let (own_old, own_new) = (own(old), own(new));
    if own_old.is_none() && own_new.is_none() {
        return;
    }
    let or_root = |own: Option<Part<'a>>, description: Description<'a>| {
        own.or_else(|| description.root().items("servers").into_iter().next())
    };
    let (before, after) = (or_root(own_old, comparison.old), or_root(own_new, comparison.new));
    let (url_old, url_new) = (before.as_ref().map(api::url), after.as_ref().map(api::url));
    if url_old != url_new {
        let message = format!("{} → {}", api::shown(url_old.as_deref()), api::shown(url_new.as_deref()));
        comparison.found(rules::OPERATION_SERVER, "server", message, before.as_ref(), after.as_ref());
    }
}
