//! Schemas, keyword by keyword and property by property.

use std::collections::HashSet;

use serde_json::Value;

use crate::pointer::Pointer;
use crate::sync::schema::{PLAIN, Schema, Shape};
use crate::sync::tree::Tree;
use crate::upstream::Kind;

use super::{Aspect, Part, Walk};

/// What is still to be compared, so that depth costs no stack; pairs that were compared are not compared again,
/// so that circles end.
struct Pending {
    parts: Vec<Part>,
    seen: HashSet<(Pointer, Pointer)>,
}

impl Walk<'_> {
    /// Compares two schemas and all below them.
    pub(super) fn schema(&mut self, part: &Part) {
        let mut pending = Pending { parts: vec![part.clone()], seen: HashSet::new() };
        while let Some(part) = pending.parts.pop() {
            if pending.seen.insert((part.ours.clone(), part.theirs.clone())) {
                let before = pending.parts.len();
                self.node(&part, &mut pending);
                pending.parts[before..].reverse();
            }
        }
    }

    /// Compares two schemas, and puts off what is below them.
    fn node(&mut self, part: &Part, pending: &mut Pending) {
        let Some(theirs) = Schema::at(self.theirs, &part.theirs) else { return };
        let Some(ours) = Schema::at(self.ours, &part.ours) else { return };
        if theirs.is_unsaid() {
            return;
        }
        let site = part;
        let part = Part { subject: subject(&part.subject, &ours.at, &part.ours), ..part.clone() };
        if !self.shape(site, &part, &ours, &theirs) {
            return;
        }
        self.null(site, &ours, &theirs);
        self.keywords(&part, &ours, &theirs);
        self.properties(&part, &ours, &theirs, pending);
        self.items(&part, &ours, &theirs, pending);
        self.variants(&part, &ours, &theirs, pending);
    }

    /// Notes the type where it is written down, and tells whether there is anything below it to compare.
    ///
    /// Where the two are of different shapes, either a component has changed or another schema is used here.
    fn shape(&mut self, site: &Part, part: &Part, ours: &Schema<'_>, theirs: &Schema<'_>) -> bool {
        let is_here = ours.at == ours.site;
        let corrected = Schema::at(self.corrected, &site.ours);
        let read = |schema: &Schema<'_>| {
            let text = if is_here { schema.type_text() } else { schema.types() };
            text.or_else(|| (schema.shape() == Shape::Variants).then(|| VARIANTS.to_owned())).map(Value::from)
        };
        let values = [read(ours), corrected.as_ref().and_then(read), read(theirs)];
        let corrected_shape = corrected.as_ref().map(Schema::shape);
        if ours.shape() == theirs.shape() || corrected_shape == Some(theirs.shape()) {
            let keyword = theirs.at.join("type");
            let at = if self.theirs.get(&keyword).is_some() { keyword } else { theirs.at.clone() };
            if theirs.types().is_some() {
                let part = Part { subject: part.subject.clone(), ours: ours.at.clone(), theirs: at };
                self.note(&part, Aspect::Type, values.clone());
            }
            // Another place of a source, or another source, may use a schema of another shape here.
            if !is_here && ours.shape() == theirs.shape() {
                let [ours, corrected, _] = values;
                self.note(site, Aspect::Type, [ours.clone(), corrected, ours]);
            }
            return ours.shape() == theirs.shape();
        }
        if is_here || is_same_component(ours, theirs) {
            let at = if is_here { site.theirs.clone() } else { theirs.at.clone() };
            let part = Part { subject: part.subject.clone(), ours: ours.at.clone(), theirs: at };
            self.note(&part, Aspect::Type, values);
        } else {
            self.note(site, Aspect::Type, values);
        }
        false
    }

    /// Notes whether null is allowed, for what does not say so with its type.
    fn null(&mut self, site: &Part, ours: &Schema<'_>, theirs: &Schema<'_>) {
        if ours.at == ours.site && theirs.types().is_some() {
            return;
        }
        let corrected = Schema::at(self.corrected, &site.ours);
        let values = [Some(ours.nullable), corrected.map(|schema| schema.nullable), Some(theirs.nullable)];
        self.note(site, Aspect::Nullable, values.map(|value| value.map(Value::from)));
    }

    fn keywords(&mut self, part: &Part, ours: &Schema<'_>, theirs: &Schema<'_>) {
        let corrected = Schema::at(self.corrected, &part.ours);
        let kind = self.kind;
        // What stands in the source and could not be read says nothing.
        let places = self.places;
        let is_unread =
            |key: &str| !theirs.keywords.contains_key(key) && places.contains_key(&theirs.at.join(key));
        let mut note = |aspect: Aspect, read: &dyn Fn(&Schema<'_>) -> Option<Value>| {
            let values = [read(ours), corrected.as_ref().and_then(read), read(theirs)];
            let theirs = theirs.at.join(keyword_of(aspect));
            self.note(&Part { subject: part.subject.clone(), ours: ours.at.clone(), theirs }, aspect, values);
        };
        note(Aspect::Enum, &|schema| schema.values());
        let is_parameter = part.ours.last() == "schema" && part.ours.parts().any(|part| part == "parameters");
        let stated = PLAIN.into_iter().filter(|key| is_stated(kind, is_parameter, key, theirs));
        for key in stated.filter(|key| !is_unread(key)) {
            note(Aspect::Keyword(key), &|schema| schema.plain(key));
        }
        if component(&ours.at).is_some() && theirs.keywords.contains_key("title") {
            note(Aspect::Keyword("title"), &|schema| schema.plain("title"));
        }
        if theirs.keywords.contains_key("additionalProperties") || kind == Kind::Description {
            note(Aspect::AdditionalProperties, &|schema| schema.additional());
        }
    }

    fn properties(&mut self, part: &Part, ours: &Schema<'_>, theirs: &Schema<'_>, pending: &mut Pending) {
        let (our_parts, their_parts) = (ours.parts(), theirs.parts());
        let their_properties = listed(self.theirs, &their_parts);
        if their_properties.is_empty() {
            return;
        }
        let our_properties = listed(self.ours, &our_parts);
        for (name, owner) in &their_properties {
            let at = owner.at.join("properties").join(name);
            let subject = property(&part.subject, name);
            let Some((_, our_owner)) = our_properties.iter().find(|(our, _)| our == name) else {
                let owner =
                    our_parts.iter().find(|part| part.keywords.contains_key("properties")).unwrap_or(ours);
                let our = owner.at.join("properties").join(name);
                self.presence(&Part { subject, ours: our, theirs: at }, true);
                continue;
            };
            let part = Part { subject, ours: our_owner.at.join("properties").join(name), theirs: at };
            self.presence(&part, true);
            let corrected = Schema::at(self.corrected, &ours.site).map(|schema| schema.parts());
            // What a component requires holds wherever it is used: there, only its own list counts.
            let is_shared =
                our_owner.at != ours.at && component(&our_owner.at).is_some() && owner.at != theirs.at;
            let is_required = |parts: &[Schema<'_>], owner: Option<&Pointer>| {
                let mut parts = parts.iter().filter(|part| !is_shared || Some(&part.at) == owner);
                Some(parts.any(|part| requires(part, name)).into())
            };
            let values = [
                is_required(&our_parts, Some(&our_owner.at)),
                is_required(&corrected.unwrap_or_default(), Some(&our_owner.at)),
                is_required(&their_parts, Some(&owner.at)),
            ];
            self.note(&part, Aspect::Required, values);
            pending.parts.push(part);
        }
        for (name, owner) in our_properties {
            if !their_properties.iter().any(|(their, _)| *their == name) {
                let our = owner.at.join("properties").join(&name);
                let subject = property(&part.subject, &name);
                self.presence(&Part { subject, ours: our, theirs: theirs.at.clone() }, false);
            }
        }
    }

    /// Compares only which properties there are and which are required.
    pub(super) fn property_names(&mut self, part: &Part) {
        let mut ignored = Pending { parts: Vec::new(), seen: HashSet::new() };
        let schemas = Schema::at(self.ours, &part.ours).zip(Schema::at(self.theirs, &part.theirs));
        if let Some((ours, theirs)) = schemas {
            self.properties(part, &ours, &theirs, &mut ignored);
        }
    }

    fn items(&mut self, part: &Part, ours: &Schema<'_>, theirs: &Schema<'_>, pending: &mut Pending) {
        let items =
            |schema: &Schema<'_>| schema.keywords.contains_key("items").then(|| schema.at.join("items"));
        if let Some((ours, theirs)) = items(ours).zip(items(theirs)) {
            pending.parts.push(Part { subject: format!("{}[]", part.subject), ours, theirs });
        }
        let values = |schema: &Schema<'_>| {
            let object = schema.keywords.get("additionalProperties").is_some_and(Value::is_object);
            object.then(|| schema.at.join("additionalProperties"))
        };
        if let Some((ours, theirs)) = values(ours).zip(values(theirs)) {
            pending.parts.push(Part { subject: format!("{}.*", part.subject), ours, theirs });
        }
    }

    fn variants(&mut self, part: &Part, ours: &Schema<'_>, theirs: &Schema<'_>, pending: &mut Pending) {
        if theirs.shape() != Shape::Variants {
            return;
        }
        let (our_variants, their_variants) = (labelled(self.ours, ours), labelled(self.theirs, theirs));
        let corrected = Schema::at(self.corrected, &part.ours);
        let corrected_variants = corrected.as_ref().map(|schema| labelled(self.corrected, schema));
        let values =
            [labels(&our_variants), labels(&corrected_variants.unwrap_or_default()), labels(&their_variants)];
        let is_same = values[0] == values[2];
        let their_part =
            Part { subject: part.subject.clone(), ours: ours.at.clone(), theirs: theirs.at.clone() };
        self.note(&their_part, Aspect::Variants, values);
        if is_same {
            let keyword = |schema: &Schema<'_>| schema.variants().map(|(key, _)| Value::from(key));
            let values = [keyword(ours), corrected.as_ref().and_then(keyword), keyword(theirs)];
            self.note(&their_part, Aspect::Choice, values);
        }
        // Of several that are called the same, the first is the first.
        let mut left = our_variants;
        for (label, theirs) in their_variants {
            if let Some(index) = left.iter().position(|(our, _)| *our == label) {
                let subject = format!("{} as {label}", part.subject);
                pending.parts.push(Part { subject, ours: left.remove(index).1, theirs });
            }
        }
    }
}

/// What stands for a type where there are several.
const VARIANTS: &str = "one of several";

fn labels(variants: &[(String, Pointer)]) -> Option<Value> {
    let mut labels: Vec<&str> = variants.iter().map(|(label, _)| label.as_str()).collect();
    labels.sort_unstable();
    (!labels.is_empty()).then(|| labels.into_iter().collect())
}

/// The keyword that an aspect stands under, as far as it is one.
fn keyword_of(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Keyword(keyword) => keyword,
        aspect => aspect.word(),
    }
}

/// Whether a source of this kind would say such a keyword if it held.
fn is_stated(kind: Kind, is_parameter: bool, key: &str, theirs: &Schema<'_>) -> bool {
    match kind {
        // Limits and formats of parameters are not on the pages, or only in their prose.
        Kind::ReferencePage if is_parameter => key == "default" || theirs.keywords.contains_key(key),
        Kind::ReferencePage => key != "writeOnly",
        Kind::EndpointPage => false,
        Kind::Description => true,
    }
}

/// The properties of a schema, with the part that each stands in.
fn listed<'a>(tree: Tree<'a>, parts: &[Schema<'a>]) -> Vec<(String, Schema<'a>)> {
    let mut properties: Vec<(String, Schema<'a>)> = Vec::new();
    for part in parts {
        for name in tree.keys(&part.at.join("properties")) {
            if !properties.iter().any(|(known, _)| known == name) {
                properties.push((name.to_owned(), part.clone()));
            }
        }
    }
    properties
}

fn requires(schema: &Schema<'_>, name: &str) -> bool {
    let required = schema.keywords.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|item| item == name))
}

fn labelled<'a>(tree: Tree<'a>, schema: &Schema<'a>) -> Vec<(String, Pointer)> {
    let sites = schema.variants().map(|(_, sites)| sites).unwrap_or_default();
    sites.into_iter().filter_map(|site| Some((Schema::at(tree, &site)?.label(), site))).collect()
}

/// The name of a schema that is a component.
fn component(at: &Pointer) -> Option<String> {
    let mut parts = at.parts();
    let is_schema = parts.next()? == "components" && parts.next()? == "schemas";
    parts.next().filter(|_| is_schema && parts.next().is_none())
}

/// Whether both are components, and of one name or title.
fn is_same_component(ours: &Schema<'_>, theirs: &Schema<'_>) -> bool {
    let title = |schema: &Schema<'_>| schema.keywords.get("title").cloned();
    let names = component(&ours.at).zip(component(&theirs.at));
    names.is_some_and(|(our, their)| our == their || title(ours).is_some() && title(ours) == title(theirs))
}

/// A schema that is a component is called so: it is one, wherever it is reached from.
fn subject(subject: &str, at: &Pointer, site: &Pointer) -> String {
    match component(at) {
        Some(name) if at != site => format!("schema `{name}`"),
        _ => subject.to_owned(),
    }
}

/// A property in words.
fn property(subject: &str, name: &str) -> String {
    match subject.strip_suffix('`') {
        Some(open) if subject.contains(": `") || subject.contains(", `") => format!("{open}.{name}`"),
        _ if subject.starts_with("schema `") => format!("{subject}: `{name}`"),
        _ => format!("{subject}, `{name}`"),
    }
}
