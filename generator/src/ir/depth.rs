//! How deep types stand in one another: what a compiler follows to know whether a value can go to another thread.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{Api, Type};
use crate::names::TypeName;

/// The most types that stand in one another, each counted once; never too few.
pub(crate) fn depth(api: &Api) -> usize {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: HashMap<&TypeName, NodeIndex> =
        api.types.iter().map(|def| (&def.name, graph.add_node(()))).collect();
    for def in &api.types {
        for name in def.kind.parts().into_iter().filter_map(Type::innermost_name) {
            if let (Some(from), Some(to)) = (nodes.get(&def.name), nodes.get(name)) {
                graph.add_edge(*from, *to, ());
            }
        }
    }
    // What a circle leads to comes before it. A way through a circle may pass all of its types.
    let mut depths: HashMap<NodeIndex, usize> = HashMap::new();
    for circle in kosaraju_scc(&graph) {
        let beyond =
            circle.iter().flat_map(|node| graph.neighbors(*node)).filter_map(|node| depths.get(&node));
        let depth = circle.len() + beyond.max().copied().unwrap_or(0);
        depths.extend(circle.into_iter().map(|node| (node, depth)));
    }
    depths.into_values().max().unwrap_or(0)
}
