use super::*;

/// What is found in a tree of files, as text.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    for (path, contents) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    check(root.path()).unwrap().iter().map(Finding::to_string).collect()
}

fn in_file(path: &str, code: &str) -> Vec<String> {
    let path_and_colon = format!("{path}:");
    let found = findings(&[(path, &format!("//! Docs.\n{code}\n"))]);
    found.into_iter().map(|finding| finding.strip_prefix(&path_and_colon).unwrap().to_owned()).collect()
}

fn function(lines: usize) -> String {
    format!("/// Doc.\nfn long<T>(x: [T; 1])\n{{{}}}\n", "\n".repeat(lines - 2))
}

#[test]
fn each_crate_has_its_place() {
    for (crate_name, home, elsewhere) in [
        ("serde_yaml", "load.rs", "overlay.rs"),
        ("saphyr_parser", "load/events.rs", "loader.rs"),
        ("serde_json_path", "overlay/target.rs", "load.rs"),
        ("heck", "names/assign.rs", "lower/schema.rs"),
        ("prettyplease", "print.rs", "emit.rs"),
        ("quote", "emit/types.rs", "ir.rs"),
        ("proc_macro2", "print.rs", "surface.rs"),
        ("openapiv3", "lower/schema.rs", "emit/types.rs"),
        ("openapiv3", "conform.rs", "ir.rs"),
    ] {
        let code = format!("use {crate_name}::thing;");
        assert_eq!(in_file(&format!("generator/src/{home}"), &code), [""; 0], "{home}");
        let found = in_file(&format!("generator/src/{elsewhere}"), &code);
        assert_eq!(found.len(), 1, "{elsewhere}: {found:?}");
        assert!(
            found[0].starts_with(&format!("2: `{crate_name}` may only be named in generator/src/{{")),
            "{found:?}"
        );
    }
    assert_eq!(in_file("generator/src/resolve.rs", "type A = openapiv3::ReferenceOr<u8>;"), [""; 0]);
    assert_eq!(in_file("generator/src/names.rs", "use openapiv3::ReferenceOr;").len(), 1);
    assert_eq!(in_file("generator/src/ir.rs", "fn f() { quote! { a } }").len(), 1);
    assert_eq!(in_file("xtask/src/x.rs", "use heck::X; use std::fs;"), [""; 0]);
}

#[test]
fn a_name_is_not_a_mention() {
    let code =
        "// heck::X\n/// `quote::quote!`\nfn f(quote: char) -> bool { let x = \"std::fs\"; self.quote == x }";
    assert_eq!(in_file("generator/src/ir.rs", code), [""; 0]);
}

#[test]
fn the_generator_is_pure() {
    let code = "use std::{\n    collections::{BTreeMap, btree_map},\n    fs::{self, File},\n};\n\
                fn f() {\n    std::env::var(x);\n    println!();\n    let t = ::std::time::now();\n}";
    assert_eq!(
        in_file("generator/src/load.rs", code),
        [
            "4: `std::fs` may not be named in generator/src/",
            "7: `std::env` may not be named in generator/src/",
            "8: `println!` may not be called in generator/src/",
            "9: `std::time` may not be named in generator/src/",
        ]
    );
}

#[test]
fn what_the_generated_code_does_is_its_own_business() {
    let code = "fn f() {\n    quote! { std::env::var(x); println!(); }\n    std::env::var(x);\n}";
    assert_eq!(in_file("generator/src/emit.rs", code), ["4: `std::env` may not be named in generator/src/"]);
}

#[test]
fn reqwest_stays_in_the_runtime() {
    let code = "pub use reqwest::Client;";
    assert_eq!(in_file("generator/runtime/src/transport.rs", code), [""; 0]);
    assert_eq!(in_file("generator/src/emit.rs", code).len(), 1);
    assert_eq!(
        in_file("generated-client/src/lib.rs", code),
        ["2: `reqwest` may only be named in generator/runtime/src"]
    );
}

#[test]
fn files_functions_and_quotes_have_budgets() {
    let file = |lines: usize| format!("//! Docs.\n{}", "// A line.\n".repeat(lines - 1));
    assert_eq!(findings(&[("a/src/x.rs", &file(400))]), [""; 0]);
    assert_eq!(
        findings(&[("a/src/x.rs", &file(401))]),
        ["a/src/x.rs:401: this file has 401 lines, more than 400"]
    );

    assert_eq!(in_file("a/src/x.rs", &function(60)), [""; 0]);
    assert_eq!(in_file("a/src/x.rs", &function(61)), ["3: `long` has 61 lines, more than 60"]);
    let nested = format!("trait T {{\n    fn short();\n    {}}}", function(61));
    assert_eq!(in_file("a/src/x.rs", &nested), ["5: `long` has 61 lines, more than 60"]);

    let quote = |lines: usize| format!("const X: T = quote! {{{}}};", "\n".repeat(lines - 1));
    assert_eq!(in_file("a/src/x.rs", &quote(40)), [""; 0]);
    assert_eq!(in_file("a/src/x.rs", &quote(41)), ["2: this `quote!` has 41 lines, more than 40"]);
}

#[test]
fn modules_say_what_they_are() {
    let message = "a/src/x.rs:1: a module starts with a `//!` line that says what lives there";
    assert_eq!(findings(&[("a/src/x.rs", "// Docs.\n")]), [message]);
    assert_eq!(findings(&[("a/src/x/tests.rs", "use super::*;\n")]), [""; 0]);

    let vague = |path, code| in_file(path, code).len();
    assert_eq!(vague("a/src/utils.rs", ""), 1);
    assert_eq!(vague("a/src/helpers/x.rs", ""), 1);
    assert_eq!(vague("a/src/x.rs", "mod misc {}"), 1);
    assert_eq!(vague("a/src/x.rs", "mod fine { struct Common; }"), 0);
}

#[test]
fn an_exception_has_a_reason() {
    assert_eq!(in_file("a/src/x.rs", "#[allow(dead_code)]\nfn f() {}"), ["2: an `allow` needs a `reason`"]);
    assert_eq!(in_file("a/src/x.rs", "#![expect(dead_code)]"), ["2: an `expect` needs a `reason`"]);
    assert_eq!(in_file("a/src/x.rs", "#[allow(dead_code, reason = \"so\")]\nfn allow() {}"), [""; 0]);
}

#[test]
fn no_path_of_a_machine_is_left() {
    let home = concat!("/", "home/me");
    for text in [home.to_owned(), format!("see `{home}`"), format!("PATH=x:{home}"), format!("file://{home}")]
    {
        assert_eq!(findings(&[("README.md", &text)]).len(), 1, "{text}");
    }
    for text in [format!("https://example.com{home}"), format!("a{home}"), "/homes/".to_owned()] {
        assert_eq!(findings(&[(".ci/run", &text)]), [""; 0], "{text}");
    }
}

#[test]
fn only_what_is_written_by_hand_is_looked_at() {
    let long = "x();\n".repeat(500);
    assert_eq!(
        findings(&[
            ("target/debug/x.rs", &long),
            ("generated-client/src/generated/x.rs", &format!("// @generated\n{long}")),
            ("a/node_modules/x.rs", &long),
            (".hidden/x.rs", &long),
            ("a/notes.txt", &long),
        ]),
        [""; 0]
    );
    assert_eq!(
        findings(&[("a/src/x.rs", "//! Docs.\nfn f() {\n")]),
        ["a/src/x.rs:2: this is not valid Rust"]
    );
}

#[test]
fn fixtures_are_short_and_a_corpus_need_not_be() {
    let long = "a: 1\n".repeat(61);
    let found = findings(&[
        ("tests/corpus/a.yaml", &long),
        ("tests/fixtures/accept/a.yaml", &long),
        ("tests/fixtures/accept/b.yaml", &long[5..]),
    ]);
    assert_eq!(found, ["tests/fixtures/accept/a.yaml:61: this fixture has 61 lines, more than 60"]);
}
