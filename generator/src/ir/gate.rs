//! When operations and types are compiled: with which features of the crate.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::{Api, Home, TypeDef, TypeKind};
use crate::names::{FeatureName, ModuleName, TypeName};

/// When something is compiled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Always.
    Always,
    /// With any of these features.
    Any(BTreeSet<FeatureName>),
}

impl Gate {
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
    let reached = reached(api);
    if !all_types {
        let kept: HashSet<&TypeName> = reached.iter().flatten().collect();
        api.types.retain(|def| kept.contains(&def.name));
    }
    let index: HashMap<TypeName, usize> =
        api.types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
    for def in &mut api.types {
        def.gate = Gate::Any(BTreeSet::new());
    }
    // A file that is compiled for one operation compiles the others in it too, with all that they reach.
    while spread(api, &reached, &index) {}
    let nothing = Gate::Any(BTreeSet::new());
    for def in api.types.iter_mut().filter(|def| def.gate == nothing) {
        def.gate = Gate::Always;
    }
}

/// The types that each operation reaches.
fn reached(api: &Api) -> Vec<HashSet<TypeName>> {
    let defs: HashMap<&TypeName, &TypeDef> = api.types.iter().map(|def| (&def.name, def)).collect();
    let of_one = |operation: &super::Operation| {
        let mut reached = HashSet::new();
        let mut open: Vec<&TypeName> = operation.names().collect();
        while let Some(name) = open.pop() {
            let Some(def) = defs.get(name).filter(|_| reached.insert(name.clone())) else { continue };
            open.extend(names(&def.kind));
        }
        reached
    };
    api.operations.iter().map(of_one).collect()
}

/// The types that a type is made of.
fn names(kind: &TypeKind) -> impl Iterator<Item = &TypeName> {
    kind.parts().into_iter().filter_map(super::Type::innermost_name)
}

/// One round: from operations to what they reach, and between what stands in one file. Whether anything changed.
fn spread(api: &mut Api, reached: &[HashSet<TypeName>], index: &HashMap<TypeName, usize>) -> bool {
    let mut changed = false;
    for (operation, reached) in api.operations.iter().zip(reached) {
        for index in reached.iter().filter_map(|name| index.get(name)) {
            if let Some(def) = api.types.get_mut(*index) {
                changed |= def.gate.widen(&operation.gate);
            }
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
