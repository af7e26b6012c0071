//! Facts and decisions, weighed: what has drifted, what is in conflict, what is new.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Location;
use crate::load;
use crate::pointer::Pointer;
use crate::upstream::{Kind, Upstream};

use super::Request;
use super::decision::{Decision, Verdict, judge};
use super::fact::{Fact, Facts, Statement};
use super::operations::{self, NewOperation};
use super::tree::Tree;
use super::walk::{Pair, Walk};
use super::wording::{self, Rewording};

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Facts that our description does not state as its sources do.
    pub drift: Vec<Drift>,
    /// Facts about which the sources disagree and nothing that applies was decided.
    pub conflicts: Vec<Conflict>,
    /// Facts about which they disagree, as it was decided.
    pub decided: Vec<(Fact, Decision)>,
    /// Decisions whose fact no source given speaks of, although one of each kind that it names was given.
    pub idle: Vec<Decision>,
    /// Changes of words.
    pub rewordings: Vec<Rewording>,
    /// Operations that a source has and our description has not.
    pub new_operations: Vec<NewOperation>,
    /// Patterns that select nothing which any source has.
    pub unmatched: Vec<String>,
    /// Which operations of ours each source tells of.
    pub covered: Vec<Vec<String>>,
}

impl Report {
    /// Whether our description says what its sources say, and nobody has to decide anything.
    pub fn is_clean(&self) -> bool {
        self.drift.is_empty()
            && self.conflicts.is_empty()
            && self.idle.is_empty()
            && self.rewordings.iter().all(|rewording| rewording.is_first)
            && !self.new_operations.iter().any(|new| new.is_taken)
    }

    /// The sources that something is taken in from.
    pub(super) fn news(&self) -> Vec<usize> {
        let drift = self
            .drift
            .iter()
            .flat_map(|drift| drift.fact.statements.iter().map(|statement| statement.source));
        let new = self.new_operations.iter().filter(|new| new.is_taken).map(|new| new.source);
        drift.chain(new).collect()
    }

    /// Adds what a later round found that this one has not.
    ///
    /// A part that is new in one source may be missing in another that would have it: this shows when it is ours.
    pub(super) fn add(&mut self, later: Self) {
        for mut conflict in later.conflicts {
            let name = conflict.fact.name();
            if self.conflicts.iter().any(|known| known.fact.name() == name) {
                continue;
            }
            if let Some(index) = self.drift.iter().position(|drift| drift.fact.name() == name) {
                conflict.fact.ours = self.drift.remove(index).fact.ours;
            }
            self.conflicts.push(conflict);
        }
        for drift in later.drift {
            let is_known = |name: &str| {
                let in_conflict = self.conflicts.iter().any(|known| known.fact.name() == name);
                in_conflict || self.drift.iter().any(|known| known.fact.name() == name)
            };
            if !is_known(&drift.fact.name()) {
                self.drift.push(drift);
            }
        }
        self.covered = later.covered;
    }
}

/// A fact that is not as the sources say.
#[derive(Debug, Clone)]
pub struct Drift {
    /// The fact.
    pub fact: Fact,
    /// What is to hold.
    pub says: Option<Value>,
}

/// A fact about which the sources disagree.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The fact.
    pub fact: Fact,
    /// What is wrong with it.
    pub cause: ConflictCause,
}

/// Why a conflict is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictCause {
    /// Nothing was decided.
    Undecided,
    /// It was decided when the sources said something else.
    Outdated,
    /// It was decided, but the sources agree now.
    Settled,
    /// What was decided is of another kind than all that anybody says.
    Strange,
}

/// Whether a source states a part rather than that it is not there.
fn says_something(statement: &&Statement) -> bool {
    !matches!(statement.says, None | Some(Value::Bool(false)))
}

/// What was found, with what taking it in needs besides.
pub(super) struct Compared {
    pub(super) report: Report,
    /// The parts that each source states something of.
    pub(super) provenance: BTreeMap<String, Vec<usize>>,
    /// The operations that each source and our description have in common.
    pub(super) pairs: Vec<Vec<Pair>>,
}

/// Compares.
pub(super) fn compare(request: &Request<'_>, ours: &Value, corrected: &Value) -> Compared {
    let mut facts = Facts::default();
    let mut report = Report::default();
    let mut all_pairs = Vec::new();
    for (source, upstream) in request.upstreams.iter().enumerate() {
        let pairs = operations::pairs(request, ours, source, upstream, &mut report.new_operations);
        let mut walk = Walk {
            ours: Tree::new(ours),
            corrected: Tree::new(corrected),
            theirs: Tree::new(&upstream.document),
            kind: upstream.kind,
            places: &upstream.places,
            source,
            facts: &mut facts,
        };
        walk.api();
        pairs.iter().for_each(|pair| walk.operation(pair));
        words(request, source, &pairs, &mut report);
        report.covered.push(pairs.iter().map(|pair| pair.name.clone()).collect());
        all_pairs.push(pairs);
    }
    operations::select(request, &mut report.new_operations);
    report.unmatched = operations::unmatched(request, &report);
    operations::state(request, ours, &all_pairs, &mut facts);
    facts.distinguish();
    let provenance = provenance(&facts);
    weigh(request, facts, &mut report);
    locate(request, &mut report);
    Compared { report, provenance, pairs: all_pairs }
}

fn words(request: &Request<'_>, source: usize, pairs: &[Pair], report: &mut Report) {
    let upstream = &request.upstreams[source];
    for prose in &upstream.prose {
        let same = |pair: &&Pair| pair.theirs.method == prose.method && pair.theirs.path == prose.path;
        let Some(pair) = pairs.iter().find(same) else { continue };
        let before = request.lock.prose(upstream.kind, &pair.name);
        report.rewordings.extend(wording::compare(pair, source, prose, before));
    }
}

fn provenance(facts: &Facts) -> BTreeMap<String, Vec<usize>> {
    let mut provenance: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for fact in facts.0.values() {
        let sources = provenance.entry(fact.subject.clone()).or_default();
        for statement in fact.statements.iter().filter(says_something) {
            if !sources.contains(&statement.source) {
                sources.push(statement.source);
            }
        }
    }
    provenance.retain(|_, sources| !sources.is_empty());
    provenance
}

fn weigh(request: &Request<'_>, facts: Facts, report: &mut Report) {
    let kinds: Vec<Kind> = request.upstreams.iter().map(|upstream| upstream.kind).collect();
    let mut used = Vec::new();
    for fact in facts.0.into_values() {
        let name = fact.name();
        let decision = request.decisions.iter().find(|decision| decision.fact == name);
        used.extend(decision.map(|decision| decision.fact.clone()));
        let cause = match judge(&fact, &kinds, request.decisions) {
            Verdict::Holds(says) => {
                if let Some(decision) = decision.filter(|_| fact.is_met_by(&says)) {
                    report.decided.push((fact, decision.clone()));
                } else if !fact.is_met_by(&says) {
                    report.drift.push(Drift { fact, says });
                }
                continue;
            }
            Verdict::Open => ConflictCause::Undecided,
            Verdict::Outdated => ConflictCause::Outdated,
            Verdict::Settled => ConflictCause::Settled,
            Verdict::Strange => ConflictCause::Strange,
        };
        report.conflicts.push(Conflict { fact, cause });
    }
    // A source that leaves out operations which its kind told of may well leave out what was decided about.
    let is_whole = |kind: &Kind| {
        let covered = |id: &str| report.covered.iter().flatten().any(|known| known == id);
        kinds.contains(kind) && request.lock.operations(*kind).all(covered)
    };
    let given = |decision: &&Decision| decision.says.keys().all(is_whole);
    let idle = request.decisions.iter().filter(|decision| !used.contains(&decision.fact)).filter(given);
    report.idle = idle.cloned().collect();
}

/// Fills in where in the texts of the sources that stands which is reported.
fn locate(request: &Request<'_>, report: &mut Report) {
    let facts = report.drift.iter_mut().map(|drift| &mut drift.fact);
    let facts = facts.chain(report.conflicts.iter_mut().map(|conflict| &mut conflict.fact));
    let facts = facts.chain(report.decided.iter_mut().map(|(fact, _)| fact));
    let statements = facts.flat_map(|fact| fact.statements.iter_mut());
    let mut wanted: Vec<(usize, Pointer, &mut Option<Location>)> =
        statements.map(|Statement { source, at, location, .. }| (*source, at.clone(), location)).collect();
    let new = report.new_operations.iter_mut();
    wanted.extend(new.map(|operation| (operation.source, operation.at.clone(), &mut operation.location)));
    for (source, upstream) in request.upstreams.iter().enumerate() {
        let mut here: Vec<_> = wanted.iter_mut().filter(|(index, ..)| *index == source).collect();
        let pointers: Vec<Pointer> = here.iter().map(|(_, at, _)| at.clone()).collect();
        for ((_, _, location), found) in here.iter_mut().zip(places(upstream, &pointers)) {
            **location = found;
        }
    }
    locate_words(request, report);
}

/// A description does not tell where each sentence is: the operation has to do.
fn locate_words(request: &Request<'_>, report: &mut Report) {
    for rewording in report.rewordings.iter_mut().filter(|rewording| !rewording.is_first) {
        let upstream = &request.upstreams[rewording.source];
        if upstream.kind == Kind::Description {
            let found = places(upstream, std::slice::from_ref(&rewording.at)).pop().flatten();
            for (sentence, found) in rewording.new.iter_mut().zip(std::iter::repeat(found)) {
                sentence.location = found.unwrap_or_else(|| sentence.location.clone());
            }
        }
    }
}

/// Where parts of a source stand in its text.
fn places(upstream: &Upstream, pointers: &[Pointer]) -> Vec<Option<Location>> {
    if upstream.kind == Kind::Description {
        if pointers.is_empty() {
            return Vec::new();
        }
        return load::locate(&upstream.source, &pointers.iter().collect::<Vec<_>>());
    }
    let nearest = |pointer: &Pointer| {
        let mut at = Some(pointer.clone());
        while let Some(here) = at {
            if let Some(location) = upstream.places.get(&here) {
                return Some(location.clone());
            }
            at = here.parent();
        }
        None
    };
    pointers.iter().map(nearest).collect()
}
