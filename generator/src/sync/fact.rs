//! Facts: one aspect of one part of the description, and what each source says of it.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Location;
use crate::pointer::Pointer;

/// What is said of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Whether it is there.
    Presence,
    /// Whether it has to be given, or is always there.
    Required,
    /// Its type, with `or null`.
    Type,
    /// Whether null may stand in the place of a schema that is described elsewhere.
    Nullable,
    /// The values it may have, without null.
    Enum,
    /// Another keyword of its schema, such as `format` or `maximum`.
    Keyword(&'static str),
    /// What an object may hold besides its properties.
    AdditionalProperties,
    /// Its alternatives, by title or type.
    Variants,
    /// Whether one of its alternatives holds, or at least one.
    Choice,
    /// The method and path of an operation.
    Path,
    /// Its title, or the summary of an operation.
    Title,
    /// The server that requests go to.
    Server,
    /// Whether it is on its way out.
    Deprecated,
    /// The version of the API.
    Version,
}

impl Aspect {
    /// The word for it in names of facts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Presence => "listed",
            Self::Required => "required",
            Self::Type => "type",
            Self::Nullable => "nullable",
            Self::Enum => "enum",
            Self::Keyword(keyword) => keyword,
            Self::AdditionalProperties => "additionalProperties",
            Self::Variants => "variants",
            Self::Choice => "choice",
            Self::Path => "path",
            Self::Title => "title",
            Self::Server => "server",
            Self::Deprecated => "deprecated",
            Self::Version => "version",
        }
    }
}

/// What one source says.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The index of the source.
    pub source: usize,
    /// Where in its document.
    pub at: Pointer,
    /// Where in its text; filled in for what is reported.
    pub location: Option<Location>,
    /// What; `None` when the source, which would say it if it were so, does not.
    pub says: Option<Value>,
    /// Of a part that is there, what it is in words; empty otherwise.
    pub detail: String,
}

/// One aspect of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The part in words, with the operation or the component that it stands in.
    pub subject: String,
    /// What of it.
    pub aspect: Aspect,
    /// Where the part stands, or would stand, in our description.
    pub at: Pointer,
    /// What our description says, without its overlays.
    pub ours: Option<Value>,
    /// What it says with them.
    pub corrected: Option<Value>,
    /// What the sources say.
    pub statements: Vec<Statement>,
}

impl Fact {
    /// The name by which a decision refers to it.
    pub fn name(&self) -> String {
        format!("{}: {}", self.subject, self.aspect.word())
    }

    /// Whether our description says this, as it is or with its overlays.
    pub fn is_met_by(&self, says: &Option<Value>) -> bool {
        let is_same =
            |ours: &Option<Value>| ours == says || self.aspect == Aspect::Enum && is_same_set(ours, says);
        is_same(&self.ours) || is_same(&self.corrected)
    }
}

/// All facts that the sources speak of, in the order in which they were met.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(pub(super) IndexMap<(Pointer, Aspect), Fact>);

impl Facts {
    /// Notes a statement; the same one of the same source is noted once.
    pub(super) fn add(&mut self, fact: Fact) {
        let statements = fact.statements.clone();
        let known =
            self.0.entry((fact.at.clone(), fact.aspect)).or_insert(Fact { statements: Vec::new(), ..fact });
        for mut statement in statements {
            if known.aspect == Aspect::Enum {
                let said = known.statements.iter().map(|other| &other.says);
                let mut said = [&known.ours, &known.corrected].into_iter().chain(said);
                statement.says =
                    said.find(|said| is_same_set(said, &statement.says)).cloned().unwrap_or(statement.says);
            }
            let is_known = known
                .statements
                .iter()
                .any(|other| other.source == statement.source && other.says == statement.says);
            if !is_known {
                known.statements.push(statement);
            }
        }
    }

    /// Gives facts that would have one name the pointers of their parts besides, as decisions refer to them by name.
    pub(super) fn distinguish(&mut self) {
        let mut seen = HashSet::new();
        let names: Vec<String> = self.0.values().map(Fact::name).collect();
        let twice: HashSet<String> = names.into_iter().filter(|name| !seen.insert(name.clone())).collect();
        for fact in self.0.values_mut().filter(|fact| twice.contains(&fact.name())) {
            fact.subject = format!("{} ({})", fact.subject, fact.at);
        }
    }
}

/// Whether two lists have the same values. The order of an enum says nothing.
pub(super) fn is_same_set(one: &Option<Value>, other: &Option<Value>) -> bool {
    let lists = one.as_ref().and_then(Value::as_array).zip(other.as_ref().and_then(Value::as_array));
    lists.is_some_and(|(one, other)| {
        one.len() == other.len()
            && one.iter().all(|value| other.contains(value))
            && other.iter().all(|value| one.contains(value))
    })
}

/// A value in words: `yes`, `30`, `string or null`, `uploaded, open`, `nothing`.
pub fn words(aspect: Aspect, value: &Option<Value>) -> String {
    match (aspect, value) {
        (Aspect::Presence, Some(Value::Bool(true))) => "listed".to_owned(),
        (Aspect::Presence, _) => "not listed".to_owned(),
        (Aspect::Required, Some(Value::Bool(true))) => "required".to_owned(),
        (Aspect::Required, _) => "optional".to_owned(),
        (Aspect::Nullable, Some(Value::Bool(true))) => "or null".to_owned(),
        (Aspect::Nullable, _) => "never null".to_owned(),
        (_, None) if aspect == Aspect::Enum => "any value".to_owned(),
        (_, None) => "none".to_owned(),
        (Aspect::Keyword("default" | "pattern"), Some(Value::String(text))) => format!("{text:?}"),
        (_, Some(Value::String(text))) if text.is_empty() => "an empty text".to_owned(),
        (_, Some(Value::String(text))) => text.clone(),
        (_, Some(Value::Array(items))) => {
            items.iter().map(|item| words(aspect, &Some(item.clone()))).collect::<Vec<_>>().join(", ")
        }
        (_, Some(Value::Bool(value))) => if *value { "yes" } else { "no" }.to_owned(),
        (_, Some(value)) => value.to_string(),
    }
}
