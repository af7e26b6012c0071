//! What was decided by hand, against what the sources say.

use std::collections::BTreeMap;

use crate::sync::{ConflictCause, Decision, Lock, Said};
use crate::upstream::Kind;

use super::{SPEC, drift, run, source};

const KIND: &str = "zoo/list: query parameter `kind`: enum";

fn list(values: &[&str]) -> Said {
    Said::List(values.iter().map(|value| Said::Text((*value).to_owned())).collect())
}

fn decision(fact: &str, says: Said, holds: Said) -> Decision {
    let says = BTreeMap::from([(Kind::Description, says)]);
    Decision { fact: fact.to_owned(), says, holds, why: "It is so.".to_owned() }
}

/// What each decision about the values of `kind` comes to; the source lists a cat and an owl.
#[test]
fn a_decision_holds_until_the_source_says_something_else() {
    let cases = [
        (list(&["owl", "cat"]), list(&["owl", "cat", "bat"]), None, "[cat, owl, bat]"),
        (list(&["cat"]), list(&["cat", "bat"]), Some(ConflictCause::Outdated), "[cat, owl]"),
        (list(&["cat", "owl"]), list(&["owl", "cat"]), Some(ConflictCause::Settled), "[cat, owl]"),
    ];
    for (says, holds, cause, text) in cases {
        let decisions = [decision(KIND, says, holds)];
        let sources = [source("official.yaml", SPEC)];
        let outcome = run(SPEC, &sources, &Lock::default(), &decisions);
        let found = outcome.report.conflicts.first().map(|conflict| conflict.cause);
        assert_eq!(found, cause, "{decisions:?}");
        assert!(outcome.text.contains(&format!("enum: {text}")), "{}", outcome.text);
        let again = run(&outcome.text, &sources, &outcome.lock, &decisions);
        assert_eq!(again.report.is_clean(), cause.is_none(), "{:?}", drift(&again));
    }
}

#[test]
fn a_decision_about_no_fact_is_told() {
    let decisions = [decision("zoo/list: query parameter `knid`: enum", list(&["cat"]), list(&["cat"]))];
    let outcome = run(SPEC, &[source("official.yaml", SPEC)], &Lock::default(), &decisions);
    assert_eq!(outcome.report.idle, decisions);
    assert!(!outcome.report.is_clean());
}

#[test]
fn what_nobody_can_take_in_is_left_and_told() {
    let fact = "zoo/list: query parameter `kind`: type";
    let decided = |holds| [decision(fact, Said::Text("string".to_owned()), holds)];
    let sources = [source("official.yaml", SPEC)];
    let outcome = run(SPEC, &sources, &Lock::default(), &decided(Said::Text("colour".to_owned())));
    assert_eq!(outcome.left.iter().map(crate::sync::Fact::name).collect::<Vec<_>>(), [fact]);
    let strange = run(SPEC, &sources, &Lock::default(), &decided(Said::Integer(5)));
    let causes: Vec<_> = strange.report.conflicts.iter().map(|conflict| conflict.cause).collect();
    assert_eq!((causes, strange.text.as_str()), (vec![ConflictCause::Strange], SPEC));
}
