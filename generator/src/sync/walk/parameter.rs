//! The parameters of an operation.

use crate::sync::tree::Parameter;
use crate::upstream::{Kind, UNLISTED};

use super::{Aspect, Pair, Part, Walk};

impl Walk<'_> {
    pub(super) fn parameters(&mut self, pair: &Pair) {
        let ours = self.ours.parameters(&pair.ours.at);
        let corrected = self.corrected.parameters(&pair.ours.at);
        let theirs = self.theirs.parameters(&pair.theirs.at);
        for parameter in &theirs {
            let same = ours.iter().chain(&corrected).find(|our| is_same(our, parameter, pair));
            let place = same.map_or(&parameter.place, |our| &our.place);
            let subject = subject(pair, place, &parameter.name);
            match same {
                Some(our) => {
                    let item = Part {
                        subject: subject.clone(),
                        ours: our.item.clone(),
                        theirs: parameter.item.clone(),
                    };
                    self.presence(&item, true);
                    let subject = if our.at == our.item { subject } else { shared(&our.place, &our.name) };
                    let part = Part { subject, ours: our.at.clone(), theirs: parameter.at.clone() };
                    self.flag(&part, Aspect::Required, "required");
                    let is_guessed =
                        self.theirs.get(&parameter.at).is_some_and(|it| it.get(UNLISTED).is_some());
                    if self.kind != Kind::EndpointPage && !is_guessed {
                        self.schema(&schema_of(&part));
                    }
                }
                None if self.is_said(&parameter.place, &parameter.name) => {
                    let list = pair.ours.at.join("parameters");
                    let name = format!("{} {}", parameter.place, parameter.name);
                    let part = Part { subject, ours: list.join(name), theirs: parameter.item.clone() };
                    self.presence(&part, true);
                }
                None => {}
            }
        }
        for our in &ours {
            let is_theirs = theirs.iter().any(|parameter| is_same(our, parameter, pair));
            if !is_theirs && self.is_said(&our.place, &our.name) {
                let subject = subject(pair, &our.place, &our.name);
                let list = pair.theirs.at.join("parameters");
                self.presence(&Part { subject, ours: our.item.clone(), theirs: list }, false);
            }
        }
    }

    /// Whether a source of this kind would list such a parameter.
    fn is_said(&self, place: &str, name: &str) -> bool {
        match self.kind {
            Kind::ReferencePage => place != "cookie",
            Kind::EndpointPage => matches!(place, "path" | "query"),
            // OpenAPI 3.0.3, Parameter Object: header parameters of these names are ignored.
            Kind::Description => {
                place != "header"
                    || !["accept", "content-type", "authorization"]
                        .contains(&name.to_ascii_lowercase().as_str())
            }
        }
    }
}

/// Whether two parameters are one; those of a path may be called differently.
fn is_same(our: &Parameter, parameter: &Parameter, pair: &Pair) -> bool {
    let same_name = if our.place == "header" {
        our.name.eq_ignore_ascii_case(&parameter.name)
    } else {
        our.name == parameter.name
    };
    our.place == parameter.place
        && (same_name
            || our.place == "path"
                && position(&pair.ours.path, &our.name).is_some()
                && position(&pair.ours.path, &our.name) == position(&pair.theirs.path, &parameter.name))
}

/// Where in the path a parameter stands, counted in parameters.
fn position(path: &str, name: &str) -> Option<usize> {
    path.split('{').skip(1).position(|part| part.split('}').next() == Some(name))
}

fn subject(pair: &Pair, place: &str, name: &str) -> String {
    format!("{}: {place} parameter `{name}`", pair.name)
}

/// A parameter that several operations share is one thing, wherever it is met.
fn shared(place: &str, name: &str) -> String {
    format!("{place} parameter `{name}`")
}

/// The schema of a parameter.
fn schema_of(part: &Part) -> Part {
    Part { subject: part.subject.clone(), ours: part.ours.join("schema"), theirs: part.theirs.join("schema") }
}
