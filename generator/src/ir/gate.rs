//! When operations and types are compiled: with which features of the crate.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::{Api, Home, Operation, TypeDef};
use crate::names::{FeatureName, ModuleName, TypeName};

/// When something is compiled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Always.
    Always,
    /// With any of these features.
    Any(BTreeSet<FeatureName>),
}

impl Gate {
    /// Whether this is open whenever another one is.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Always, _) => true,
            (Self::Any(_), Self::Always) => false,
            (Self::Any(features), Self::Any(others)) => features.is_superset(others),
        }
    }

    /// Opens the gate for whatever opens another one too; whether that changed anything.
    fn widen(&mut self, other: &Self) -> bool {
        match (&mut *self, other) {
            (Self::Always, _) => false,
            (_, Self::Always) => {
                *self = Self::Always;
                true
            }
            (Self::Any(features), Self::Any(others)) => {
                let before = features.len();
                features.extend(others.iter().cloned());
                features.len() > before
            }
        }
    }
}

/// Gives each type the gate of the operations that reach it, and each file one gate. Types that none reaches go, unless
/// all are wanted.
pub(crate) fn resolve(api: &mut Api, all_types: bool) {
    if !all_types {
        let reached = Ways::of(api).from(api.operations.iter());
        let mut reached = reached.into_iter();
        api.types.retain(|_| reached.next().unwrap_or(true));
    }
    for def in &mut api.types {
        def.gate = Gate::Any(BTreeSet::new());
    }
    let ways = Ways::of(api);
    // A file that is compiled for one operation compiles the others in it too, with all that they reach.
    while spread(api, &ways) {}
    let nothing = Gate::Any(BTreeSet::new());
    for def in api.types.iter_mut().filter(|def| def.gate == nothing) {
        def.gate = Gate::Always;
    }
}

/// Which types each type is made of, by their places in the list of types.
struct Ways {
    index: HashMap<TypeName, usize>,
    parts: Vec<Vec<usize>>,
}

impl Ways {
    fn of(api: &Api) -> Self {
        let index: HashMap<TypeName, usize> =
            api.types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
        let parts = |def: &TypeDef| {
            let names = def.kind.parts().into_iter().filter_map(super::Type::innermost_name);
            names.filter_map(|name| index.get(name).copied()).collect()
        };
        let parts = api.types.iter().map(parts).collect();
        Self { index, parts }
    }

    /// Which types are reached from operations, over any number of others.
    fn from<'a>(&self, operations: impl Iterator<Item = &'a Operation>) -> Vec<bool> {
        let mut reached = vec![false; self.parts.len()];
        let names = operations.flat_map(Operation::names);
        let mut open: Vec<usize> = names.filter_map(|name| self.index.get(name).copied()).collect();
        while let Some(index) = open.pop() {
            if let Some(seen @ false) = reached.get_mut(index) {
                *seen = true;
                open.extend(self.parts.get(index).into_iter().flatten());
            }
        }
        reached
    }
}

/// One round: from operations to what they reach, and between what stands in one file. Whether anything changed.
fn spread(api: &mut Api, ways: &Ways) -> bool {
    let mut changed = false;
    let mut operations: BTreeMap<&Gate, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        operations.entry(&operation.gate).or_default().push(operation);
    }
    for (gate, operations) in operations {
        let reached = ways.from(operations.into_iter());
        for (def, _) in api.types.iter_mut().zip(reached).filter(|(_, is_reached)| *is_reached) {
            changed |= def.gate.widen(gate);
        }
    }
    let mut files: HashMap<Home, Gate> = HashMap::new();
    let home = |module: &ModuleName| Home::Operations(module.clone());
    let gates = api.operations.iter().map(|operation| (home(&operation.module), &operation.gate));
    for (home, gate) in gates.chain(api.types.iter().map(|def| (def.home.clone(), &def.gate))) {
        files.entry(home).or_insert_with(|| Gate::Any(BTreeSet::new())).widen(gate);
    }
    for operation in &mut api.operations {
        changed |= files.get(&home(&operation.module)).is_some_and(|gate| operation.gate.widen(gate));
    }
    for def in &mut api.types {
        changed |= files.get(&def.home).is_some_and(|gate| def.gate.widen(gate));
    }
    changed
}
