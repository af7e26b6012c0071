//! What is to be recorded in the lock once the sources were taken in.

use std::collections::{BTreeMap, BTreeSet};

use crate::upstream::Upstream;

use super::Request;
use super::compare::Compared;
use super::lock::{self, Lock, LockedSource};

/// The sources given, in place of what they are newer forms of, and the others as they were.
///
/// One that says nothing new keeps its day and digest, so that nothing is written where nothing has changed. `news` are
/// the sources that facts were taken from.
pub(super) fn lock(request: &Request<'_>, compared: &Compared, news: &BTreeSet<usize>) -> Lock {
    let mut lock = request.lock.clone();
    for (source, upstream) in request.upstreams.iter().enumerate() {
        let covered = &compared.report.covered[source];
        let before = request.lock.predecessor(upstream.kind, upstream.name(), covered).cloned();
        let new = locked(request, upstream, before.as_ref(), compared, source, news.contains(&source));
        lock.sources
            .retain(|other| before.as_ref().is_none_or(|before| before != other) && other.name != new.name);
        lock.sources.push(new);
        if let Some(before) = before {
            forget(&mut lock, &before.name);
        }
    }
    lock.sources.sort_by(|one, other| one.name.cmp(&other.name));
    for (subject, sources) in &compared.provenance {
        let names = lock.provenance.entry(subject.clone()).or_default();
        names.extend(sources.iter().map(|source| request.upstreams[*source].name().to_owned()));
        names.sort();
        names.dedup();
    }
    lock
}

/// Takes a source out of what is recorded of parts.
fn forget(lock: &mut Lock, name: &str) {
    lock.provenance.values_mut().for_each(|names| names.retain(|known| known != name));
    lock.provenance.retain(|_, names| !names.is_empty());
}

fn locked(
    request: &Request<'_>,
    upstream: &Upstream,
    before: Option<&LockedSource>,
    compared: &Compared,
    source: usize,
    says_new: bool,
) -> LockedSource {
    let mut prose = BTreeMap::new();
    for pair in &compared.pairs[source] {
        let same = |method: &str, path: &str| method == pair.theirs.method && path == pair.theirs.path;
        if let Some(words) = upstream.prose.iter().find(|words| same(&words.method, &words.path)) {
            prose.insert(pair.name.clone(), lock::fingerprints(words));
        }
    }
    let new = LockedSource {
        name: upstream.name().to_owned(),
        kind: upstream.kind,
        title: upstream.title.clone(),
        sha256: lock::sha256(upstream),
        date: request.date.map(str::to_owned),
        prose,
    };
    let same = |before: &&LockedSource| {
        before.sha256 == new.sha256 || !says_new && before.name == new.name && before.prose == new.prose
    };
    let known = before.filter(same).filter(|before| before.prose == new.prose);
    known.map(|before| LockedSource { name: new.name.clone(), ..before.clone() }).unwrap_or(new)
}
