//! The answers to a request.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::upstream::Kind;

use super::{Pair, Part, Walk};

impl Walk<'_> {
    pub(super) fn responses(&mut self, pair: &Pair) {
        let (ours, theirs) = (pair.ours.at.join("responses"), pair.theirs.at.join("responses"));
        for status in self.theirs.keys(&theirs) {
            let subject = format!("{}: response {status}", pair.name);
            let is_ours = self.ours.get(&ours.join(status)).is_some();
            let part = Part { subject, ours: ours.join(status), theirs: theirs.join(status) };
            self.presence(&part, true);
            if is_ours {
                let is_only_success = self.is_only_success(&theirs, status);
                let (ours, theirs) = (self.ours.follow(&part.ours), self.theirs.follow(&part.theirs));
                self.response(&Part { ours, theirs, ..part }, is_only_success);
            }
        }
        let missing: Vec<&str> =
            self.ours.keys(&ours).filter(|status| self.theirs.get(&theirs.join(status)).is_none()).collect();
        for status in missing {
            let subject = format!("{}: response {status}", pair.name);
            self.presence(&Part { subject, ours: ours.join(status), theirs: theirs.clone() }, false);
        }
    }

    /// Whether this is the only status of its operation that tells of success.
    fn is_only_success(&self, responses: &Pointer, status: &str) -> bool {
        let mut successes = self.theirs.keys(responses).filter(|status| status.starts_with('2'));
        successes.next() == Some(status) && successes.next().is_none()
    }

    fn response(&mut self, part: &Part, is_only_success: bool) {
        let content = Part {
            subject: format!("{}, body", part.subject),
            ours: part.ours.join("content"),
            theirs: part.theirs.join("content"),
        };
        let has = |value: Option<&Value>| {
            value.and_then(Value::as_object).is_some_and(|content| !content.is_empty())
        };
        let theirs = self.theirs.get(&content.theirs);
        // A reference page shows what an answer holds for some statuses only; for the one of success it does.
        if theirs.is_some() || self.kind == Kind::Description || is_only_success {
            let values = [
                has(self.ours.get(&content.ours)),
                has(self.corrected.get(&self.corrected.follow(&part.ours).join("content"))),
                has(theirs),
            ];
            let values = values.map(|has| Some(has.into()));
            let at = if theirs.is_some() { content.theirs.clone() } else { part.theirs.clone() };
            self.note(&Part { theirs: at, ..content }, super::Aspect::Presence, values);
        }
        if has(theirs) {
            self.content(part);
        }
        if self.kind == Kind::Description {
            self.headers(part);
        }
    }

    fn headers(&mut self, part: &Part) {
        let (ours, theirs) = (part.ours.join("headers"), part.theirs.join("headers"));
        let same = |at: &Pointer, name: &str, tree: super::Tree<'_>| {
            tree.keys(at).find(|key| key.eq_ignore_ascii_case(name)).map(str::to_owned)
        };
        for name in self.theirs.keys(&theirs) {
            let our = same(&ours, name, self.ours).or_else(|| same(&ours, name, self.corrected));
            let subject = format!("{}, header `{name}`", part.subject);
            let at = ours.join(our.as_deref().unwrap_or(name));
            self.presence(&Part { subject, ours: at, theirs: theirs.join(name) }, true);
        }
        let missing: Vec<&str> =
            self.ours.keys(&ours).filter(|name| same(&theirs, name, self.theirs).is_none()).collect();
        for name in missing {
            let subject = format!("{}, header `{name}`", part.subject);
            self.presence(&Part { subject, ours: ours.join(name), theirs: part.theirs.clone() }, false);
        }
    }
}
