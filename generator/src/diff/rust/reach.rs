//! Which operations a type or method belongs to, by the IR.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::listing::{Block, TypePath};
use crate::ir::{Api, Content, Operation};

/// An index from Rust names to operation ids.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    modules: HashMap<&'a str, BTreeSet<&'a str>>,
    methods: HashMap<&'a str, &'a Operation>,
    /// For each type the operations that mention it, and the types that do.
    operations: HashMap<&'a str, BTreeSet<&'a str>>,
    users: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut reach = Self {
            modules: HashMap::new(),
            methods: HashMap::new(),
            operations: HashMap::new(),
            users: HashMap::new(),
        };
        for operation in &api.operations {
            let id = operation.id.as_str();
            reach.modules.entry(operation.module.as_str()).or_default().insert(id);
            reach.methods.insert(operation.method.as_str(), operation);
            for ty in operation.types() {
                if let Some(name) = ty.innermost_name() {
                    reach.operations.entry(name.as_str()).or_default().insert(id);
                }
            }
            if let Some(Content::JsonFields(name)) = operation.body.as_ref().map(|body| &body.content) {
                reach.operations.entry(name.as_str()).or_default().insert(id);
            }
        }
        for def in &api.types {
            for name in def.kind.parts().into_iter().filter_map(|part| part.innermost_name()) {
                reach.users.entry(name.as_str()).or_default().push(def.name.as_str());
            }
        }
        reach
    }

    /// The id of the operation that a method of the client calls.
    pub(super) fn of_method(&self, name: &str) -> Vec<String> {
        self.methods.get(name).map(|operation| vec![operation.id.clone()]).unwrap_or_default()
    }

    /// The name of the request that a method of the client makes, and its module.
    pub(super) fn request(&self, name: &str) -> Option<(&'a str, &'a str)> {
        let operation = self.methods.get(name)?;
        Some((operation.request.as_str(), operation.module.as_str()))
    }

    /// The method of the client that makes a request.
    pub(super) fn method_of(&self, request: &str) -> Option<&'a str> {
        let operation = self.methods.values().find(|operation| operation.request.as_str() == request)?;
        Some(operation.method.as_str())
    }

    /// The ids of the operations that send or receive a type.
    pub(super) fn of_type(&self, path: TypePath<'_>, block: &Block<'_>) -> Vec<String> {
        if let Some(ids) = block.operation().and_then(|module| self.modules.get(module)) {
            return ids.iter().map(|id| (*id).to_owned()).collect();
        }
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        let mut seen: HashSet<&str> = HashSet::from([path.name]);
        let mut open = vec![path.name];
        while let Some(name) = open.pop() {
            ids.extend(self.operations.get(name).into_iter().flatten());
            let users = self.users.get(name).into_iter().flatten();
            open.extend(users.filter(|user| seen.insert(user)));
        }
        ids.into_iter().map(str::to_owned).collect()
    }
}
