//! Pairs of schemas that belong together: each is compared once for each direction, however often it is used.
//!
//! What a reference leads to is a pair of its own, and what stands inline belongs to the pair around it. Pairs wait in
//! a queue, so that schemas that contain themselves come to an end and none needs a deep stack.

use std::collections::{HashMap, HashSet, VecDeque};

use super::description::{Description, Part};
use super::kind::Kind;
use super::rules::{self, Rule};
use super::schema::Schema;
use super::unchanged::Unchanged;
use super::{annotation, value};
use crate::pointer::Pointer;

/// How many pairs are compared at most; descriptions that people wrote have a few thousand.
const MAX_PAIRS: usize = 200_000;

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The rule for the direction.
    pub(super) fn rule(self, request: &'static Rule, response: &'static Rule) -> &'static Rule {
        match self {
            Self::Request => request,
            Self::Response => response,
        }
    }
}

/// Something that changed in a pair.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    /// Where below the pair's own schema, such as `owner.labels[]`.
    pub(super) path: String,
    pub(super) message: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
}

/// How a pair was first come to.
#[derive(Debug)]
pub(super) enum Entry {
    /// From an operation, by the name of the place there.
    Place(String),
    /// From another pair, by the path in it.
    Pair(usize, String),
}

/// A pair after it was compared.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) first: Entry,
    /// In how many ways one comes here.
    pub(super) entries: usize,
    pub(super) findings: Vec<Finding>,
    /// The pairs that this one leads to.
    pub(super) next: Vec<usize>,
}

/// A schema, or a part of one, that waits to be compared.
#[derive(Debug)]
pub(super) struct Task<'a> {
    pub(super) pair: usize,
    pub(super) path: String,
    pub(super) direction: Direction,
    pub(super) old: Schema<'a>,
    pub(super) new: Schema<'a>,
    /// Whether it is to be said here if only one can be null.
    judges_null: bool,
    /// Whether what is said about the schema is compared here.
    judges_annotations: bool,
}

type Key = (Vec<usize>, Vec<usize>, Direction, bool);

/// All pairs of two descriptions.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    pub(super) old: Description<'a>,
    pub(super) new: Description<'a>,
    pub(super) unchanged: Unchanged,
    pub(super) pairs: Vec<Pair>,
    /// Which operation uses which pair.
    pub(super) uses: Vec<(usize, usize)>,
    places: HashSet<(usize, usize, String)>,
    known: HashMap<Key, usize>,
    waiting: VecDeque<Task<'a>>,
    pub(super) is_cut_short: bool,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(old: Description<'a>, new: Description<'a>) -> Self {
        Self {
            old,
            new,
            unchanged: Unchanged::between(old, new),
            pairs: Vec::new(),
            uses: Vec::new(),
            places: HashSet::new(),
            known: HashMap::new(),
            waiting: VecDeque::new(),
            is_cut_short: false,
        }
    }

    /// Compares a schema of an operation; `place` is what a report calls its place there.
    pub(super) fn used(
        &mut self,
        operation: usize,
        place: &str,
        direction: Direction,
        old: Part<'a>,
        new: Part<'a>,
    ) {
        if self.unchanged.is_same(old.value, new.value) {
            return;
        }
        let (old, new) = (Schema::read(self.old, vec![old]), Schema::read(self.new, vec![new]));
        let (Some(old), Some(new)) = (old, new) else { return };
        let judges_null = old.allows_null() != new.allows_null();
        let Some((pair, is_new)) =
            self.intern((&old, &new), direction, judges_null, || Entry::Place(place.to_owned()))
        else {
            return;
        };
        if self.places.insert((operation, pair, place.to_owned())) {
            self.uses.push((operation, pair));
            self.count_entry(pair);
        }
        if is_new {
            let task = Task {
                pair,
                path: String::new(),
                direction,
                old,
                new,
                judges_null,
                judges_annotations: true,
            };
            self.wait(task);
        }
    }

    /// Compares a schema that stands in the schema of a task; several parts of an `allOf` may describe it.
    pub(super) fn inside(
        &mut self,
        task: &Task<'a>,
        segment: &str,
        old: Vec<Part<'a>>,
        new: Vec<Part<'a>>,
        null_is_judged: bool,
    ) {
        let is_same = |(old, new): (&Part<'_>, &Part<'_>)| self.unchanged.is_same(old.value, new.value);
        if old.len() == new.len() && old.iter().zip(&new).all(is_same) {
            return;
        }
        let (old, new) = (Schema::read(self.old, old), Schema::read(self.new, new));
        let (Some(old), Some(new)) = (old, new) else { return };
        let path = joined(&task.path, segment);
        let differs = !null_is_judged && old.allows_null() != new.allows_null();
        let by_itself = !old.wrapper_is_nullable && !new.wrapper_is_nullable;
        let mut inner = Task {
            pair: task.pair,
            path,
            direction: task.direction,
            old,
            new,
            judges_null: differs,
            judges_annotations: true,
        };
        if !inner.old.is_shared && !inner.new.is_shared {
            return self.wait(inner);
        }
        // What is said around the reference belongs to this place, and not to what others use as well.
        if differs && !by_itself {
            self.judge_null(&inner);
        }
        annotation::judge_wrappers(self, &inner);
        inner.judges_null = differs && by_itself;
        let entry = || Entry::Pair(inner.pair, inner.path.clone());
        let Some((pair, is_new)) =
            self.intern((&inner.old, &inner.new), inner.direction, inner.judges_null, entry)
        else {
            return;
        };
        self.count_entry(pair);
        if let Some(around) = self.pairs.get_mut(inner.pair) {
            around.next.push(pair);
        }
        if is_new {
            let judges_annotations = inner.old.is_shared && inner.new.is_shared
                || inner.old.wrappers.is_empty() && inner.new.wrappers.is_empty();
            self.waiting.push_back(Task { pair, path: String::new(), judges_annotations, ..inner });
        }
    }

    /// Compares whatever waits.
    pub(super) fn compare_waiting(&mut self) {
        while let Some(task) = self.waiting.pop_front() {
            if task.judges_null {
                self.judge_null(&task);
            }
            if task.judges_annotations {
                annotation::judge(self, &task);
            }
            value::judge(self, &task);
        }
    }

    /// Notes a change of a task's schema.
    pub(super) fn found(
        &mut self,
        task: &Task<'_>,
        rule: &'static Rule,
        message: impl Into<String>,
        old: Option<Pointer>,
        new: Option<Pointer>,
    ) {
        self.found_at(task, "", rule, message, (old, new));
    }

    /// Notes a change below a task's schema.
    pub(super) fn found_at(
        &mut self,
        task: &Task<'_>,
        segment: &str,
        rule: &'static Rule,
        message: impl Into<String>,
        (old, new): (Option<Pointer>, Option<Pointer>),
    ) {
        let path = joined(&task.path, segment);
        if let Some(pair) = self.pairs.get_mut(task.pair) {
            pair.findings.push(Finding { rule, path, message: message.into(), old, new });
        }
    }

    /// Notes a change of a keyword.
    pub(super) fn found_keyword(
        &mut self,
        task: &Task<'_>,
        key: &str,
        rule: &'static Rule,
        message: impl Into<String>,
    ) {
        let (old, new) = (task.old.place(key).at, task.new.place(key).at);
        self.found(task, rule, message, Some(old), Some(new));
    }

    fn wait(&mut self, mut task: Task<'a>) {
        if task.old.wrappers.is_empty() && task.new.wrappers.is_empty() {
            return self.waiting.push_back(task);
        }
        // Where nobody else uses the schema, it and its wrappers are one.
        task.judges_annotations = false;
        annotation::judge_together(self, &task);
        self.waiting.push_back(task);
    }

    fn judge_null(&mut self, task: &Task<'_>) {
        if Kind::of(&task.old) == Kind::Any || Kind::of(&task.new) == Kind::Any {
            return;
        }
        let (rule, message) = if task.new.allows_null() {
            (task.direction.rule(rules::SENT_NULLABLE, rules::GOT_NULLABLE), "may be null now")
        } else {
            (task.direction.rule(rules::SENT_NOT_NULLABLE, rules::GOT_NOT_NULLABLE), "may no longer be null")
        };
        // What a wrapper says is said at the place of use.
        let is_wrapped = task.old.wrapper_is_nullable || task.new.wrapper_is_nullable;
        let pointer = |schema: &Schema<'_>| {
            if is_wrapped || !schema.is_shared { schema.site.at.clone() } else { schema.place("nullable").at }
        };
        self.found(task, rule, message, Some(pointer(&task.old)), Some(pointer(&task.new)));
    }

    /// The pair of two schemas, and whether it is a new one.
    fn intern(
        &mut self,
        (old, new): (&Schema<'a>, &Schema<'a>),
        direction: Direction,
        judges_null: bool,
        entry: impl FnOnce() -> Entry,
    ) -> Option<(usize, bool)> {
        let key = (old.key(), new.key(), direction, judges_null);
        if let Some(pair) = self.known.get(&key) {
            return Some((*pair, false));
        }
        let pair = self.pairs.len();
        if pair >= MAX_PAIRS {
            self.is_cut_short = true;
            return None;
        }
        self.known.insert(key, pair);
        self.pairs.push(Pair { first: entry(), entries: 0, findings: Vec::new(), next: Vec::new() });
        Some((pair, true))
    }

    fn count_entry(&mut self, pair: usize) {
        if let Some(pair) = self.pairs.get_mut(pair) {
            pair.entries += 1;
        }
    }
}

/// A path with one more part.
pub(super) fn joined(path: &str, segment: &str) -> String {
    match (path, segment) {
        ("", segment) => segment.to_owned(),
        (path, "") => path.to_owned(),
        (path, segment) if segment.starts_with('[') => format!("{path}{segment}"),
        (path, segment) => format!("{path}.{segment}"),
    }
}
