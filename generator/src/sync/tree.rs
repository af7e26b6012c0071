//! A description as a value, walked with its references followed. Never fails: what is broken is not there.

use serde_json::Value;

use crate::pointer::Pointer;

/// How many references may lead from one to the next.
const MAX_CHAIN: usize = 100;

/// The methods that a path can have, as a description spells them.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A description.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) root: &'a Value,
}

/// An operation and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// In capitals.
    pub(super) method: String,
    pub(super) path: String,
    pub(super) at: Pointer,
}

/// A parameter and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// Its `in`.
    pub(super) place: String,
    /// The item of the list, which may be a reference.
    pub(super) item: Pointer,
    /// The parameter itself.
    pub(super) at: Pointer,
}

impl<'a> Tree<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// The value at a pointer as it stands.
    pub(super) fn get(&self, at: &Pointer) -> Option<&'a Value> {
        self.root.pointer(at.as_str())
    }

    /// Where the object at a pointer is: there, or where the reference that stands there leads.
    pub(super) fn follow(&self, at: &Pointer) -> Pointer {
        let mut at = at.clone();
        for _ in 0..MAX_CHAIN {
            let reference = self.get(&at).and_then(|value| value.get("$ref")).and_then(Value::as_str);
            let target = reference.and_then(|reference| reference.strip_prefix('#')).and_then(Pointer::parse);
            match target {
                Some(target) if self.get(&target).is_some() => at = target,
                _ => break,
            }
        }
        at
    }

    /// The text of a member.
    pub(super) fn text(&self, at: &Pointer, key: &str) -> Option<&'a str> {
        self.get(at)?.get(key)?.as_str()
    }

    /// The keys of the mapping at a pointer.
    pub(super) fn keys(&self, at: &Pointer) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(at)
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|object| object.keys().map(String::as_str))
    }

    /// How many items the sequence at a pointer has.
    pub(super) fn count(&self, at: &Pointer) -> usize {
        self.get(at).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// All operations, in their order.
    pub(super) fn operations(&self) -> Vec<Operation> {
        let paths = Pointer::root().join("paths");
        let mut operations = Vec::new();
        for path in self.keys(&paths) {
            let item = self.follow(&paths.join(path));
            for method in self.keys(&item).filter(|key| METHODS.contains(key)) {
                operations.push(Operation {
                    method: method.to_uppercase(),
                    path: path.to_owned(),
                    at: item.join(method),
                });
            }
        }
        operations
    }

    /// The parameters of an operation, those of its path included.
    pub(super) fn parameters(&self, operation: &Pointer) -> Vec<Parameter> {
        let own = operation.join("parameters");
        let shared = operation.parent().unwrap_or_default().join("parameters");
        let mut parameters: Vec<Parameter> = self.parameters_in(&own);
        for parameter in self.parameters_in(&shared) {
            if !parameters.iter().any(|own| own.name == parameter.name && own.place == parameter.place) {
                parameters.push(parameter);
            }
        }
        parameters
    }

    fn parameters_in(&self, list: &Pointer) -> Vec<Parameter> {
        let read = |index| {
            let item = list.join(index);
            let at = self.follow(&item);
            let (name, place) = (self.text(&at, "name")?.to_owned(), self.text(&at, "in")?.to_owned());
            Some(Parameter { name, place, item, at })
        };
        (0..self.count(list)).filter_map(read).collect()
    }

    /// How the operation is called in reports: by its id, or by method and path.
    pub(super) fn name(&self, operation: &Operation) -> String {
        self.text(&operation.at, "operationId")
            .map_or_else(|| format!("{} {}", operation.method, operation.path), str::to_owned)
    }
}

/// A path without the names of its parameters.
pub(super) fn blank(path: &str) -> String {
    let mut blank = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        blank.push_str(before);
        blank.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    blank + rest
}
