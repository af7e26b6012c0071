//! When operations and types are compiled: with which features of the crate.

use std::collections::{BTreeSet, HashMap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use serde::Serialize;

use super::{Api, Field, Home, Operation, Type, TypeDef, TypeKind};
use crate::names::{FeatureName, TypeName};

/// When something is compiled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Always.
    Always,
    /// With any of these features.
    Any(BTreeSet<FeatureName>),
}

/// How many features a gate lists. What more of them reach is compiled always: a list for each of thousands of types
/// that has nearly all features of an API costs everybody more than it saves the few that want none of these.
const MAX_FEATURES: usize = 64;

impl Gate {
    /// Whether this is open whenever another one is.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Always, _) => true,
            (Self::Any(_), Self::Always) => false,
            (Self::Any(features), Self::Any(others)) => features.is_superset(others),
        }
    }

    /// Opens the gate for whatever opens another one too.
    fn widen(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Always, _) => {}
            (_, Self::Always) => *self = Self::Always,
            (Self::Any(features), Self::Any(others)) => {
                features.extend(others.iter().cloned());
                if features.len() > MAX_FEATURES {
                    *self = Self::Always;
                }
            }
        }
    }
}

/// Gives each file the gate of the operations that reach it. Types that none reaches go, unless all are wanted.
pub(crate) fn resolve(api: &mut Api, all_types: bool) {
    let reached = Ways::of(api).from(api.operations.iter().flat_map(Operation::names));
    if !all_types {
        let mut reached = reached.iter();
        api.types.retain(|_| reached.next().copied().unwrap_or(true));
    }
    let unreached = api.types.iter().zip(&reached).filter(|(_, is_reached)| all_types && !**is_reached);
    let gates = gates(api, unreached.map(|(def, _)| &def.home));
    let nothing = Gate::Any(BTreeSet::new());
    let gate_of = |home: &Home| gates.get(home).filter(|gate| **gate != nothing).cloned();
    for operation in &mut api.operations {
        operation.gate = gate_of(&home(operation)).unwrap_or(Gate::Always);
    }
    for def in &mut api.types {
        def.gate = gate_of(&def.home).unwrap_or(Gate::Always);
    }
}

/// Which types each type is made of, by their places in the list of types.
pub(super) struct Ways {
    index: HashMap<TypeName, usize>,
    parts: Vec<Vec<usize>>,
}

impl Ways {
    fn of(api: &Api) -> Self {
        Self::through(api, |_| true)
    }

    /// The same, but for the fields of structs that do not count.
    pub(super) fn through(api: &Api, counts: impl Fn(&Field) -> bool) -> Self {
        let index: HashMap<TypeName, usize> =
            api.types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
        let parts = |def: &TypeDef| {
            let parts = match &def.kind {
                TypeKind::Struct(body) => {
                    let fields = body.fields.iter().filter(|field| counts(field)).map(|field| &field.ty);
                    fields.chain(body.flattened.iter().map(|part| &part.ty)).collect()
                }
                kind => kind.parts(),
            };
            let names = parts.into_iter().filter_map(Type::innermost_name);
            names.filter_map(|name| index.get(name).copied()).collect()
        };
        let parts = api.types.iter().map(parts).collect();
        Self { index, parts }
    }

    /// Which types are reached from these, over any number of others.
    pub(super) fn from<'a>(&self, names: impl Iterator<Item = &'a TypeName>) -> Vec<bool> {
        let mut reached = vec![false; self.parts.len()];
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

/// The gates of all files. A file that is compiled for one operation compiles the others in it too, with all that they
/// reach, so it is files that reach one another; those in a circle share their gate.
///
/// Some files are compiled always.
fn gates<'a>(api: &Api, always: impl Iterator<Item = &'a Home>) -> HashMap<Home, Gate> {
    let mut graph = DiGraph::<Gate, ()>::new();
    let mut nodes: HashMap<Home, NodeIndex> = HashMap::new();
    let mut node = |graph: &mut DiGraph<Gate, ()>, home: Home| {
        *nodes.entry(home).or_insert_with(|| graph.add_node(Gate::Any(BTreeSet::new())))
    };
    let homes: HashMap<&TypeName, NodeIndex> =
        api.types.iter().map(|def| (&def.name, node(&mut graph, def.home.clone()))).collect();
    for home in always {
        let node = node(&mut graph, home.clone());
        graph[node] = Gate::Always;
    }
    for operation in &api.operations {
        let from = node(&mut graph, home(operation));
        graph[from].widen(&operation.gate);
        let targets = operation.names().filter_map(|name| homes.get(name));
        targets.for_each(|to| _ = graph.add_edge(from, *to, ()));
    }
    for def in &api.types {
        let parts = def.kind.parts().into_iter().filter_map(Type::innermost_name);
        let ways = parts.filter_map(|name| Some((homes.get(&def.name)?, homes.get(name)?)));
        ways.for_each(|(from, to)| _ = graph.add_edge(*from, *to, ()));
    }
    spread(&mut graph);
    nodes.into_iter().map(|(home, node)| (home, graph[node].clone())).collect()
}

/// Widens the gate of whatever is reached, once for each way.
fn spread(graph: &mut DiGraph<Gate, ()>) {
    // Each circle stands behind those that it leads to.
    for circle in kosaraju_scc(&*graph).into_iter().rev() {
        let mut gate = Gate::Any(BTreeSet::new());
        circle.iter().for_each(|node| gate.widen(&graph[*node]));
        for node in circle {
            graph[node] = gate.clone();
            let mut ways = graph.neighbors(node).detach();
            while let Some((_, next)) = ways.next(graph) {
                graph[next].widen(&gate);
            }
        }
    }
}

fn home(operation: &Operation) -> Home {
    Home::Operations(operation.module.clone())
}

#[cfg(test)]
mod tests;
