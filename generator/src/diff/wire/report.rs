//! From what was found to changes: which operations each reaches, what it is called, and in which order they stand.

use std::collections::{BTreeMap, HashMap};

use super::comparison::Comparison;
use super::pairs::{Entry, Pair, joined};
use crate::diff::{Change, Impact};
use crate::pointer::Pointer;

/// What makes two findings one change.
type Key = (&'static str, Option<Pointer>, Option<Pointer>, String, Option<String>);

/// A change with the operations as indices.
struct Draft {
    impact: Impact,
    operations: Vec<usize>,
    subject: String,
}

/// All changes, the worst first.
pub(super) fn changes(comparison: Comparison<'_>) -> Vec<Change> {
    let reached = reached(&comparison);
    let Comparison { pairs, operations, found, .. } = comparison;
    let mut drafts: BTreeMap<Key, Draft> = BTreeMap::new();
    for found in found {
        let key = (found.rule.code, found.old, found.new, found.message, Some(found.subject.clone()));
        let draft = Draft {
            impact: found.rule.impact,
            operations: found.operation.into_iter().collect(),
            subject: found.subject,
        };
        add(&mut drafts, key, draft, None);
    }
    for (index, pair) in pairs.pairs.iter().enumerate() {
        let operations = reached.get(index).cloned().unwrap_or_default();
        for finding in &pair.findings {
            let named = named(finding.new.as_ref()).or_else(|| named(finding.old.as_ref()));
            let subject = match (only_way(&pairs.pairs, index), &named) {
                (false, Some(named)) => named.clone(),
                _ => way(&pairs.pairs, index, &finding.path),
            };
            let key =
                (finding.rule.code, finding.old.clone(), finding.new.clone(), finding.message.clone(), None);
            let draft = Draft { impact: finding.rule.impact, operations: operations.clone(), subject };
            add(&mut drafts, key, draft, named);
        }
    }
    finished(drafts, &operations)
}

/// Adds a finding, or its operations to the same one from elsewhere.
fn add(drafts: &mut BTreeMap<Key, Draft>, key: Key, draft: Draft, named: Option<String>) {
    match drafts.get_mut(&key) {
        Some(known) => {
            known.impact = known.impact.min(draft.impact);
            known.operations.extend(draft.operations);
            if known.subject != draft.subject {
                known.subject = named.unwrap_or_else(|| known.subject.clone());
            }
        }
        None => {
            drafts.insert(key, draft);
        }
    }
}

fn finished(drafts: BTreeMap<Key, Draft>, operations: &[super::comparison::Named]) -> Vec<Change> {
    let place = |index: &usize| operations.get(*index).map(|named| (named.path.clone(), named.method));
    let mut sorted: Vec<_> = drafts
        .into_iter()
        .map(|((code, old, new, message, _), mut draft)| {
            let first = draft.operations.iter().filter_map(place).min();
            let ids = draft.operations.drain(..).filter_map(|index| operations.get(index));
            let mut ids: Vec<String> = ids.map(|named| named.id.clone()).collect();
            ids.sort();
            ids.dedup();
            let Draft { impact, subject, .. } = draft;
            let change = Change { code, impact, operations: ids, subject, message, old, new };
            (first, change)
        })
        .collect();
    sorted.sort_by(|(first, one), (second, other)| {
        let key = |change: &Change| (change.subject.clone(), change.code, change.message.clone());
        one.impact
            .cmp(&other.impact)
            .then_with(|| first.cmp(second))
            .then_with(|| key(one).cmp(&key(other)))
            .then_with(|| (&one.old, &one.new).cmp(&(&other.old, &other.new)))
    });
    let mut changes: Vec<Change> = sorted.into_iter().map(|(_, change)| change).collect();
    // The same body in several media types says the same several times.
    changes.dedup_by(|one, other| {
        one.code == other.code
            && one.subject == other.subject
            && one.message == other.message
            && one.operations == other.operations
    });
    changes
}

/// For each pair the operations that lead to it.
fn reached(comparison: &Comparison<'_>) -> Vec<Vec<usize>> {
    let pairs = &comparison.pairs.pairs;
    let matters = leads_to_findings(pairs);
    let mut uses: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (operation, pair) in &comparison.pairs.uses {
        uses.entry(*operation).or_default().push(*pair);
    }
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); pairs.len()];
    for (operation, mut waiting) in uses {
        while let Some(index) = waiting.pop() {
            let Some(found) = reached.get_mut(index) else { continue };
            if found.last() == Some(&operation) || matters.get(index) != Some(&true) {
                continue;
            }
            found.push(operation);
            waiting.extend(pairs.get(index).into_iter().flat_map(|pair| pair.next.iter().copied()));
        }
    }
    reached
}

/// Whether a pair has findings or leads to one that has.
fn leads_to_findings(pairs: &[Pair]) -> Vec<bool> {
    let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        for next in &pair.next {
            before.entry(*next).or_default().push(index);
        }
    }
    let mut leads = vec![false; pairs.len()];
    let with_findings = pairs.iter().enumerate().filter(|(_, pair)| !pair.findings.is_empty());
    let mut waiting: Vec<usize> = with_findings.map(|(index, _)| index).collect();
    while let Some(index) = waiting.pop() {
        if let Some(leads) = leads.get_mut(index).filter(|leads| !**leads) {
            *leads = true;
            waiting.extend(before.get(&index).into_iter().flatten().copied());
        }
    }
    leads
}

/// Whether there is one way only from one operation to a pair.
fn only_way(pairs: &[Pair], index: usize) -> bool {
    let mut index = index;
    for _ in 0..pairs.len() {
        match pairs.get(index) {
            Some(Pair { entries: 1, first: Entry::Place(_), .. }) => return true,
            Some(Pair { entries: 1, first: Entry::Pair(around, _), .. }) => index = *around,
            _ => return false,
        }
    }
    false
}

/// The way to a pair by which it was found first: "response 200, `owner.name`".
fn way(pairs: &[Pair], index: usize, path: &str) -> String {
    let mut path = path.to_owned();
    let mut index = index;
    for _ in 0..=pairs.len() {
        match pairs.get(index).map(|pair| &pair.first) {
            Some(Entry::Place(place)) if path.is_empty() => return place.clone(),
            Some(Entry::Place(place)) => return format!("{place}, `{path}`"),
            Some(Entry::Pair(around, outer)) => {
                path = joined(outer, &path);
                index = *around;
            }
            None => break,
        }
    }
    path
}

/// What is below a named schema, called after it: "schema `user`, `name`".
fn named(pointer: Option<&Pointer>) -> Option<String> {
    let parts: Vec<String> = pointer?.parts().collect();
    let [components, schemas, name, rest @ ..] = parts.as_slice() else { return None };
    if components != "components" || schemas != "schemas" {
        return None;
    }
    let mut path = String::new();
    let mut rest = rest.iter();
    while let Some(part) = rest.next() {
        match part.as_str() {
            "properties" => path = joined(&path, rest.next()?),
            "items" => path = joined(&path, "[]"),
            "additionalProperties" => path = joined(&path, "*"),
            "allOf" | "oneOf" | "anyOf" => _ = rest.next(),
            _ => break,
        }
    }
    Some(if path.is_empty() { format!("schema `{name}`") } else { format!("schema `{name}`, `{path}`") })
}
