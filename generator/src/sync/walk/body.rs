//! The body of a request.

use crate::pointer::Pointer;
use crate::sync::tree::Tree;
use crate::upstream::Kind;

use super::{Aspect, Pair, Part, Walk};

impl Walk<'_> {
    pub(super) fn body(&mut self, pair: &Pair) {
        let part = Part {
            subject: format!("{}: body", pair.name),
            ours: self.ours.follow(&pair.ours.at.join("requestBody")),
            theirs: self.theirs.follow(&pair.theirs.at.join("requestBody")),
        };
        let is_theirs = self.theirs.get(&part.theirs).is_some();
        let is_ours = self.ours.get(&part.ours).is_some();
        if is_theirs || is_ours {
            let at = if is_theirs { part.theirs.clone() } else { pair.theirs.at.clone() };
            self.presence(&Part { theirs: at, ..part.clone() }, is_theirs);
        }
        if !is_theirs || !is_ours {
            return;
        }
        // A reference page lists what is in a body, but not whether there has to be one.
        if self.kind != Kind::ReferencePage {
            self.flag(&part, Aspect::Required, "required");
        }
        if self.kind == Kind::EndpointPage {
            return self.fields(&part);
        }
        self.content(&part);
    }

    /// The fields of a body, of which an endpoint page tells the names and whether they are required.
    fn fields(&mut self, part: &Part) {
        let Some((ours, theirs)) = self.media_types(part).first().cloned() else { return };
        if self.theirs.get(&theirs.join("schema").join("properties")).is_none() {
            return;
        }
        let part =
            Part { subject: part.subject.clone(), ours: ours.join("schema"), theirs: theirs.join("schema") };
        self.property_names(&part);
    }

    /// The media types of a body or an answer, and their schemas.
    pub(super) fn content(&mut self, part: &Part) {
        for (ours, theirs) in self.media_types(part) {
            let schema = |at: &Pointer| at.join("schema");
            self.schema(&Part {
                subject: part.subject.clone(),
                ours: schema(&ours),
                theirs: schema(&theirs),
            });
        }
        if self.kind == Kind::Description {
            self.media_type_names(part);
        }
    }

    /// The media types that both have. Pages do not name them: there, the first is the first.
    fn media_types(&self, part: &Part) -> Vec<(Pointer, Pointer)> {
        let (ours, theirs) = (part.ours.join("content"), part.theirs.join("content"));
        let keys = |tree: Tree<'_>, at: &Pointer| tree.keys(at).map(str::to_owned).collect::<Vec<_>>();
        let (our_keys, their_keys) = (keys(self.ours, &ours), keys(self.theirs, &theirs));
        if self.kind == Kind::Description {
            let shared = their_keys.iter().filter(|key| our_keys.contains(key));
            return shared.map(|key| (ours.join(key), theirs.join(key))).collect();
        }
        let first = our_keys.first().zip(their_keys.first());
        first.map(|(our, their)| (ours.join(our), theirs.join(their))).into_iter().collect()
    }

    fn media_type_names(&mut self, part: &Part) {
        let (ours, theirs) = (part.ours.join("content"), part.theirs.join("content"));
        for key in self.theirs.keys(&theirs) {
            let subject = format!("{}, {key}", part.subject);
            self.presence(&Part { subject, ours: ours.join(key), theirs: theirs.join(key) }, true);
        }
        let missing: Vec<&str> =
            self.ours.keys(&ours).filter(|key| self.theirs.get(&theirs.join(key)).is_none()).collect();
        for key in missing {
            let subject = format!("{}, {key}", part.subject);
            self.presence(&Part { subject, ours: ours.join(key), theirs: part.theirs.clone() }, false);
        }
    }
}
