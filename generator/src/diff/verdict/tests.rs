//! Verdicts by the worst change.

use super::{Level, Verdict};
use crate::diff::{Change, Impact, RustChange};

fn wire(impact: Impact) -> Change {
    Change {
        code: "x",
        impact,
        operations: Vec::new(),
        subject: "the limit".to_owned(),
        message: "is lower".to_owned(),
        old: None,
        new: None,
    }
}

fn rust(impact: Impact) -> RustChange {
    RustChange {
        code: "x",
        impact,
        operations: Vec::new(),
        item: "A::b".to_owned(),
        message: "is gone".to_owned(),
        old: None,
        new: None,
    }
}

#[test]
fn the_worst_change_decides_wherever_it_is() {
    use Impact::{Addition, Breaking, Note, Prose};
    for (on_wire, in_rust, level, reason, others) in [
        (vec![], vec![], Level::None, None, 0),
        (vec![Prose], vec![], Level::Patch, Some("the limit: is lower"), 0),
        (vec![Prose, Note], vec![Note], Level::Patch, Some("`A::b` is gone"), 1),
        (vec![Prose], vec![Addition], Level::Minor, Some("`A::b` is gone"), 0),
        (vec![Breaking, Prose], vec![Addition], Level::Major, Some("the limit: is lower"), 0),
        (vec![Breaking, Breaking], vec![Breaking], Level::Major, Some("`A::b` is gone"), 2),
    ] {
        let changes: Vec<Change> = on_wire.into_iter().map(wire).collect();
        let client: Vec<RustChange> = in_rust.into_iter().map(rust).collect();
        let verdict = Verdict::of(&changes, &client);
        assert_eq!((verdict.level, verdict.reason.as_deref(), verdict.others), (level, reason, others));
    }
}

#[test]
fn the_reason_is_what_most_users_notice() {
    let item = |item: &str, code| RustChange { item: item.to_owned(), code, ..rust(Impact::Breaking) };
    let (field, whole) = (item("A::b: Option<i64>", "rust-field-removed"), item("B", "rust-type-removed"));
    let method = RustChange {
        message: "argument `b: i64` is gone".to_owned(),
        ..item("Client::x()", "rust-method-changed")
    };
    let wire = [Change { code: "response-property-removed", ..wire(Impact::Breaking) }];
    for (client, reason) in [
        (vec![field.clone(), whole], "`B` is gone"),
        (vec![field.clone(), method], "`Client::x()`: argument `b: i64` is gone"),
        (vec![field], "`A::b: Option<i64>` is gone"),
        (vec![], "the limit is lower"),
    ] {
        assert_eq!(Verdict::of(&wire, &client).reason.as_deref(), Some(reason));
    }
}

#[test]
fn below_one_each_level_is_one_number_lower() {
    let levels = [Level::None, Level::Patch, Level::Minor, Level::Major];
    assert_eq!(levels.map(Level::below_one), [Level::None, Level::Patch, Level::Patch, Level::Minor]);
}
