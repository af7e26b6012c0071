//! Which operations our description and a source have in common, which are new, and which are gone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Location;
use crate::pattern::matches;
use crate::pointer::Pointer;
use crate::upstream::{Kind, Upstream};

use super::compare::Report;
use super::fact::{Aspect, Fact, Facts, Statement};
use super::tree::{Operation, Tree, blank};
use super::walk::Pair;
use super::{Request, adopt};

/// An operation that a source has and our description has not.
#[derive(Debug, Clone)]
pub struct NewOperation {
    /// The index of the source.
    pub source: usize,
    /// The id that it would get.
    pub id: String,
    /// The method, in capitals.
    pub method: String,
    /// The path.
    pub path: String,
    /// What the source calls it.
    pub title: String,
    /// Where it stands in the source.
    pub location: Option<Location>,
    /// Whether it was selected, and no source given before has it.
    pub is_taken: bool,
    pub(super) at: Pointer,
}

/// Pairs the operations that ours and a source's have in common, and lists those that only the source has.
///
/// They are paired by method and path; then by id, which tells that one has moved.
pub(super) fn pairs(
    request: &Request<'_>,
    ours: &Value,
    source: usize,
    upstream: &Upstream,
    new: &mut Vec<NewOperation>,
) -> Vec<Pair> {
    let (ours, theirs) = (Tree::new(ours), Tree::new(&upstream.document));
    let key = |operation: &Operation| (operation.method.clone(), blank(&operation.path));
    let mut known: BTreeMap<(String, String), Operation> =
        ours.operations().into_iter().map(|operation| (key(&operation), operation)).collect();
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for operation in theirs.operations() {
        match known.remove(&key(&operation)) {
            Some(our) => pairs.push(Pair { name: ours.name(&our), ours: our, theirs: operation }),
            None => left.push(operation),
        }
    }
    for operation in left {
        let id = adopt::id(request, upstream.kind, theirs, &operation);
        match known.values().find(|our| ours.name(our) == id).map(key) {
            Some(moved) => {
                let our = known.remove(&moved);
                pairs.extend(our.map(|our| Pair { name: id, ours: our, theirs: operation }));
            }
            None => new.push(NewOperation {
                source,
                is_taken: false,
                id,
                method: operation.method,
                path: operation.path,
                title: theirs.text(&operation.at, "summary").unwrap_or_default().to_owned(),
                location: None,
                at: operation.at,
            }),
        }
    }
    pairs
}

/// Leaves each new operation once, under the id that an official description gives it, and marks the selected ones.
pub(super) fn select(request: &Request<'_>, new: &mut Vec<NewOperation>) {
    let place = |new: &NewOperation| (new.method.clone(), blank(&new.path));
    let is_official = |new: &&NewOperation| request.upstreams[new.source].kind == Kind::Description;
    let ids: BTreeMap<_, _> =
        new.iter().filter(is_official).map(|new| (place(new), new.id.clone())).collect();
    let mut seen = BTreeSet::new();
    new.retain(|new| seen.insert(place(new)));
    for new in new {
        if let Some(id) = ids.get(&place(new)) {
            new.id.clone_from(id);
        }
        new.is_taken = request.select.iter().any(|pattern| matches(pattern, &new.id));
    }
}

/// The patterns that neither an operation of ours nor a new one matches.
pub(super) fn unmatched(request: &Request<'_>, report: &Report) -> Vec<String> {
    let ids = || {
        let new = report.new_operations.iter().map(|new| &new.id);
        new.chain(report.covered.iter().flatten())
    };
    request.select.iter().filter(|pattern| !ids().any(|id| matches(pattern, id))).cloned().collect()
}

/// Notes which operations each source tells of, and those that it told of the last time and does not any more.
pub(super) fn state(request: &Request<'_>, ours: &Value, pairs: &[Vec<Pair>], facts: &mut Facts) {
    for (source, upstream) in request.upstreams.iter().enumerate() {
        for pair in &pairs[source] {
            facts.add(presence(&pair.name, &pair.ours, source, pair.theirs.at.clone(), true));
        }
        let covered: Vec<String> = pairs[source].iter().map(|pair| pair.name.clone()).collect();
        let Some(before) = request.lock.predecessor(upstream.kind, upstream.name(), &covered) else {
            continue;
        };
        let same_kind = |index: &usize| request.upstreams[*index].kind == upstream.kind;
        let told: Vec<&Pair> = (0..pairs.len()).filter(same_kind).flat_map(|index| &pairs[index]).collect();
        let tree = Tree::new(ours);
        for our in tree.operations() {
            let name = tree.name(&our);
            if before.prose.contains_key(&name) && !told.iter().any(|pair| pair.name == name) {
                facts.add(presence(&name, &our, source, Pointer::root(), false));
            }
        }
    }
}

fn presence(name: &str, ours: &Operation, source: usize, at: Pointer, is_there: bool) -> Fact {
    let says = Some(Value::Bool(is_there));
    Fact {
        subject: name.to_owned(),
        aspect: Aspect::Presence,
        at: ours.at.clone(),
        ours: Some(true.into()),
        corrected: Some(true.into()),
        statements: vec![Statement { source, at, location: None, says, detail: String::new() }],
    }
}
