//! Which change of a signature is which, and what it does to callers.

use super::{Client, compare};
use crate::ir::{Api, Docs};

/// The changes between two surfaces, one per line; lines that both have are left out by the tests.
fn changes(old: &str, new: &str) -> Vec<String> {
    let api = Api {
        title: String::new(),
        version: String::new(),
        docs: Docs::default(),
        servers: Vec::new(),
        headers: Vec::new(),
        security: Vec::new(),
        features: Vec::new(),
        unreached: 0,
        operations: Vec::new(),
        types: Vec::new(),
    };
    let client = |surface| Client { api: &api, surface };
    let told = |change: super::RustChange| {
        format!("{:?} {} `{}` {}", change.impact, change.code, change.item, change.message)
    };
    compare(client(old), client(new)).into_iter().map(told).collect()
}

const OPEN: &str = "#[non_exhaustive] pub struct types::a::A\n";
const CLOSED: &str = "pub struct types::a::A\n";
const ENUM: &str = "#[non_exhaustive] pub enum types::a::A\n";

#[test]
fn members_are_judged_by_what_callers_can_do() {
    for (head, old, new, expected) in [
        (
            OPEN,
            "",
            "pub types::a::A::b: Option<String>",
            "Addition rust-field-added `A::b: Option<String>` is new",
        ),
        (
            CLOSED,
            "",
            "pub types::a::A::b: i64",
            "Breaking rust-field-added `A::b: i64` is new, in a type that callers can build or match in full",
        ),
        (OPEN, "pub types::a::A::b: i64", "", "Breaking rust-field-removed `A::b` is gone"),
        (
            OPEN,
            "pub types::a::A::b: rt::Maybe<super::super::operations::B>",
            "pub types::a::A::b: Vec<super::B>",
            "Breaking rust-field-changed `A::b` has the type `Vec<B>` instead of `Maybe<B>`",
        ),
        (ENUM, "", "pub types::a::A::New(rt::Value)", "Addition rust-variant-added `A::New(Value)` is new"),
        (ENUM, "pub types::a::A::Old", "", "Breaking rust-variant-removed `A::Old` is gone"),
        (
            ENUM,
            "pub types::a::A::Held(String)",
            "pub types::a::A::Held",
            "Breaking rust-variant-changed `A::Held` holds nothing instead of `(String)`",
        ),
    ] {
        assert_eq!(changes(&format!("{head}{old}"), &format!("{head}{new}")), [expected], "{old} -> {new}");
    }
}

#[test]
fn setters_methods_and_traits_are_judged_by_what_callers_can_do() {
    for (head, old, new, expected) in [
        (
            OPEN,
            "pub fn types::a::A::b(mut self, b: i64) -> Self",
            "pub fn types::a::A::b(mut self, b: impl Into<String>) -> Self",
            "Breaking rust-setter-changed `A::b(…)` argument `b` takes `impl Into<String>` instead of `i64`",
        ),
        (
            OPEN,
            "pub fn types::a::A::b(mut self, b: i64) -> Self",
            "",
            "Breaking rust-setter-removed `A::b(…)` is gone",
        ),
        (
            OPEN,
            "",
            "pub fn types::a::A::b(mut self, b: i64) -> Self",
            "Addition rust-setter-added `A::b(…)` is new",
        ),
        (OPEN, "", "pub fn types::a::A::b(&self) -> &str", "Addition rust-method-added `A::b()` is new"),
        (
            OPEN,
            "pub types::a::A::b: i64",
            "#[deprecated] pub types::a::A::b: i64",
            "Note rust-deprecated `A::b` is deprecated",
        ),
        (
            OPEN,
            "derive Debug, Default for types::a::A",
            "derive Debug for types::a::A",
            "Breaking rust-impl-removed `A` does not implement `Default` any more",
        ),
        (
            OPEN,
            "",
            "impl<'a> From<&'a str> for types::a::A",
            "Addition rust-impl-added `A` implements `From<&'a str>`",
        ),
    ] {
        assert_eq!(changes(&format!("{head}{old}"), &format!("{head}{new}")), [expected], "{old} -> {new}");
    }
}

#[test]
fn methods_are_compared_one_argument_at_a_time() {
    for (old, new, expected) in [
        ("&self, a: &str", "&self, a: &str, b: i64", "Breaking argument `b: i64` added after `a`"),
        ("&self, a: &str", "&self, b: i64, a: &str", "Breaking argument `b: i64` added in the first place"),
        ("&self", "&self, b: i64", "Breaking argument `b: i64` added as the only one"),
        ("&self, a: &str, b: i64", "&self, a: &str", "Breaking argument `b: i64` is gone"),
        (
            "&self, a: Map<fn(u8, u8) -> T, V>, b: i64",
            "&self, a: Map<fn(u8, u8) -> T, types::W>, b: i64",
            "Breaking argument `a` takes `Map<fn(u8, u8) -> T, W>` instead of `Map<fn(u8, u8) -> T, V>`",
        ),
        ("&self, b: i64", "&self, b: types::B", "Breaking argument `b` takes `B` instead of `i64`"),
        (
            "&self, a: i64, b: i64",
            "&self, b: i64, a: i64",
            "Breaking the arguments have another order: `b`, `a`",
        ),
        ("&self, a: i64, b: i64", "&self, a: i64, c: i64", "Note argument `b` is called `c` now"),
        ("self", "&self", "Breaking takes `&self` instead of `self`"),
    ] {
        let method = |arguments: &str| format!("pub fn Client::x({arguments}) -> X\n");
        let found = changes(&method(old), &method(new));
        let (impact, message) = expected.split_once(' ').unwrap();
        let item = if new.contains(':') { "Client::x(…)" } else { "Client::x()" };
        let item =
            if found.iter().any(|told| told.contains("Client::x(…)")) { "Client::x(…)" } else { item };
        assert_eq!(found, [format!("{impact} rust-method-changed `{item}` {message}")], "{old} -> {new}");
    }
}

#[test]
fn a_field_and_its_setter_are_two_members() {
    let both = |field: &str, argument: &str| {
        format!(
            "{OPEN}pub types::a::A::b: {field}\npub fn types::a::A::b(mut self, b: impl Into<{argument}>) -> Self\n"
        )
    };
    let changed = [
        "Breaking rust-field-changed `A::b` has the type `Option<String>` instead of `Maybe<String>`",
        "Breaking rust-setter-changed `A::b(…)` argument `b` takes `impl Into<Option<String>>` instead of `impl Into<String>`",
    ];
    let (old, new) = (both("rt::Maybe<String>", "String"), both("Option<String>", "Option<String>"));
    assert_eq!(changes(&old, &new), changed);
    let gone =
        ["Breaking rust-field-removed `A::b` is gone", "Breaking rust-setter-removed `A::b(…)` is gone"];
    assert_eq!(changes(&old, OPEN), gone);
    let added = [
        "Addition rust-setter-added `A::b(…)` is new",
        "Addition rust-field-added `A::b: Maybe<String>` is new",
    ];
    assert_eq!(changes(OPEN, &old), added);
    assert_eq!(changes("", &old), ["Addition rust-type-added `A` is new, with 1 field"]);
    let only_field = format!("{OPEN}pub types::a::A::b: rt::Maybe<String>\n");
    assert_eq!(changes(&old, &only_field), &gone[1..], "the field stays");
}

#[test]
fn what_is_no_field_variant_or_method_is_shown_as_it_is_written() {
    let old = format!("{OPEN}pub const types::a::A::MAX: u8\n");
    let expected =
        "Breaking rust-item-changed `A::MAX` is `pub const A::MAX: u16` instead of `pub const A::MAX: u8`";
    assert_eq!(changes(&old, &old.replace("u8", "u16")), [expected]);
}

#[test]
fn what_a_method_gives_and_whether_it_is_async_matters() {
    let old = "pub fn Client::x(&self) -> Result<types::A, rt::Error>\n";
    let new = "pub async fn Client::x(&self) -> Result<B, rt::Error>\n";
    let expected = "Breaking rust-method-changed `Client::x()` is async now; gives `Result<B, Error>` instead of `Result<A, Error>`";
    assert_eq!(changes(old, new), [expected]);
}

#[test]
fn what_is_only_written_differently_is_no_change() {
    for (old, new) in [
        ("pub fn types::a::A::b(self) -> Self", "pub fn types::a::A::b(mut self) -> Self"),
        (
            "derive Clone, Deserialize for types::a::A",
            "derive Clone for types::a::A\nimpl<'de> serde::Deserialize<'de> for types::a::A",
        ),
        ("pub types::a::A::b: super::B", "pub types::a::A::b: B"),
        (
            "pub types::a::A::b: i64\npub types::a::A::c: i64",
            "pub types::a::A::c: i64\npub types::a::A::b: i64",
        ),
    ] {
        assert_eq!(changes(&format!("{OPEN}{old}\n"), &format!("{OPEN}{new}\n")), [""; 0], "{old} -> {new}");
    }
    // A type in another file of the same module has the same name for its users.
    assert_eq!(changes("pub struct types::a::A\n", "pub struct types::b::A\n"), [""; 0]);
}

#[test]
fn a_whole_type_is_one_line() {
    let ty = "#[non_exhaustive] pub struct types::a::A\npub types::a::A::b: i64\npub types::a::A::c: i64\nderive Debug for types::a::A\n";
    assert_eq!(changes("", ty), ["Addition rust-type-added `A` is new, with 2 fields"]);
    assert_eq!(changes(ty, ""), ["Breaking rust-type-removed `A` is gone, with 2 fields"]);
    let inner = "#[non_exhaustive] pub enum types::a::AState\npub types::a::AState::Open\n";
    let both = format!("{ty}{inner}");
    assert_eq!(
        changes(&both, ""),
        ["Breaking rust-type-removed `A` is gone, with 2 fields and 1 inner type"]
    );
    assert_eq!(changes(&both, ty), ["Breaking rust-type-removed `AState` is gone, with 1 variant"]);
    let beside = format!("{ty}{}", inner.replace("::a::", "::b::"));
    assert_eq!(changes(&beside, "").len(), 2);
}

#[test]
fn types_that_move_or_become_another_kind_break() {
    let moved = changes("pub struct types::a::A\n", "pub struct operations::x::A\n");
    assert_eq!(moved, ["Breaking rust-type-moved `A` moved from `types` to `operations`"]);
    let kind = changes(OPEN, ENUM);
    assert_eq!(kind, ["Breaking rust-type-changed `A` was a struct and is an enum now"]);
    let alias = changes("pub type types::a::A = String\n", "pub type types::a::A = Vec<super::B>\n");
    assert_eq!(alias, ["Breaking rust-type-changed `A` stands for `Vec<B>` instead of `String`"]);
    let closed = changes(CLOSED, OPEN);
    assert_eq!(closed, ["Breaking rust-non-exhaustive `A` cannot be built or matched in full any more"]);
}

#[test]
fn what_is_exported_again_counts_but_for_globs() {
    let old = "pub use Body = client_runtime::Body\npub use operations::* = a::*\n";
    let new = "pub use Body = client_runtime::body::Body\npub use Extra = client_runtime::Extra\npub use operations::* = b::*\n";
    let found = changes(old, new);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(changes(new, "").len(), 2);
    assert_eq!(found, ["Addition rust-item-added `Extra` is new"]);
}
