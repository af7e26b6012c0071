//! Where sources disagree, and what was decided about it by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::upstream::Kind;

use super::fact::{self, Fact};

/// A decision that `spec/codegen.toml` records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Decision {
    /// The name of the fact, as reports give it.
    pub fact: String,
    /// What each kind of source said when it was decided; `"nothing"` is what a source says that would list it and
    /// does not.
    pub says: BTreeMap<Kind, Said>,
    /// What holds.
    pub holds: Said,
    /// Why.
    pub why: String,
}

/// What a source says, or nothing, which neither TOML nor a list of values has a word for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// A text, or `"nothing"`.
    Text(String),
    /// Several values.
    List(Vec<Said>),
}

/// The word for what is not said.
const NOTHING: &str = "nothing";

impl Said {
    /// What a statement says, as a decision records it.
    pub fn of(says: &Option<Value>) -> Self {
        match says {
            None | Some(Value::Null) => Self::Text(NOTHING.to_owned()),
            Some(Value::Bool(flag)) => Self::Flag(*flag),
            Some(Value::Number(number)) => number
                .as_i64()
                .map(Self::Integer)
                .unwrap_or_else(|| Self::Number(number.as_f64().unwrap_or_default())),
            Some(Value::String(text)) => Self::Text(text.clone()),
            Some(Value::Array(items)) => {
                Self::List(items.iter().map(|item| Self::of(&Some(item.clone()))).collect())
            }
            Some(object) => Self::Text(object.to_string()),
        }
    }

    /// What is to hold, as a statement would say it.
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Text(text) if text == NOTHING => None,
            Self::Text(text) => Some(Value::from(text.as_str())),
            Self::Flag(flag) => Some((*flag).into()),
            Self::Integer(number) => Some((*number).into()),
            Self::Number(number) => Some((*number).into()),
            Self::List(items) => Some(items.iter().filter_map(Self::value).collect()),
        }
    }
}

/// What the statements about a fact come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// All say the same, or it was decided.
    Holds(Option<Value>),
    /// They disagree, and nothing was decided.
    Open,
    /// They disagree, and say something else than when it was decided.
    Outdated,
    /// It was decided, but they do not disagree any more.
    Settled,
    /// What was decided is of another kind than all that anybody says, such as a text where a number belongs.
    Strange,
}

/// Judges a fact.
pub(super) fn judge(fact: &Fact, kinds: &[Kind], decisions: &[Decision]) -> Verdict {
    let first = fact.statements.first().map(|statement| statement.says.clone()).unwrap_or_default();
    let agree = fact.statements.iter().all(|statement| statement.says == first);
    let name = fact.name();
    let Some(decision) = decisions.iter().find(|decision| decision.fact == name) else {
        return if agree { Verdict::Holds(first) } else { Verdict::Open };
    };
    let spoken =
        |kind: &Kind| fact.statements.iter().any(|statement| kinds.get(statement.source) == Some(kind));
    let recorded = |kind: &Kind| decision.says.get(kind);
    if agree && is_same(&decision.holds, &Said::of(&first)) && decision.says.keys().all(spoken) {
        return Verdict::Settled;
    }
    let as_recorded = fact.statements.iter().all(|statement| {
        let says = Said::of(&statement.says);
        // A source that was not asked then, and agrees with what was decided, changes nothing.
        match kinds.get(statement.source).and_then(recorded) {
            Some(recorded) => is_same(recorded, &says),
            None => is_same(&decision.holds, &says),
        }
    });
    if !as_recorded {
        return Verdict::Outdated;
    }
    let holds = decision.holds.value();
    let said = fact.statements.iter().map(|statement| &statement.says).chain([&fact.ours, &fact.corrected]);
    let is_possible = holds.is_none()
        || said.clone().flatten().next().is_none()
        || said.flatten().any(|said| is_alike(Some(said), &holds));
    if is_possible { Verdict::Holds(holds) } else { Verdict::Strange }
}

/// Whether two values are of one kind.
fn is_alike(one: Option<&Value>, other: &Option<Value>) -> bool {
    let kind = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    };
    one.map(kind) == other.as_ref().map(kind)
}

/// Whether two sources say the same. The order of a list says nothing.
fn is_same(one: &Said, other: &Said) -> bool {
    match (one, other) {
        (Said::List(_), Said::List(_)) => fact::is_same_set(&one.value(), &other.value()),
        _ => one == other,
    }
}
