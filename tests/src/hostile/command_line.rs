//! Files that are no descriptions, and folders that take none.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xtask::console::Status;

use super::of_schemas;
use crate::repository::{Ran, xtask};

fn codegen(spec: &Path, out: &Path, more: &[&str]) -> Ran {
    let text = |path: &Path| path.to_str().expect("a text").to_owned();
    let (spec, out) = (text(spec), text(out));
    let runtime = text(&xtask::workspace_root().join("generator/runtime"));
    let arguments = ["codegen", "--spec", &spec, "--out", &out, "--name", "pets", "--runtime", &runtime];
    xtask(&[&arguments, more].concat())
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn what_is_no_text_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (spec, out) = (folder.path().join("api.yaml"), folder.path().join("pets"));
    let fine = of_schemas(json!({ "S": { "type": "string" } })).to_string();
    for bytes in [
        Vec::new(),
        b" \n\t\n".to_vec(),
        vec![0; 1_000],
        (0..=255).cycle().take(100_000).collect(),
        b"openapi: 3.0.3 # \xe9\n".to_vec(),
        utf16(&fine, u16::to_le_bytes),
        utf16(&fine, u16::to_be_bytes),
        utf16(&format!("\u{feff}{fine}"), u16::to_le_bytes),
        b"---\n".repeat(1_000),
        b"openapi: 3.0.3\nopenapi: 3.0.3\n".to_vec(),
    ] {
        fs::write(&spec, &bytes).expect("a file");
        let ran = codegen(&spec, &out, &[]);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Bad, ""), "{bytes:?}");
        assert!(ran.err.starts_with("error") && ran.err.contains("api.yaml"), "{}", ran.err);
        assert!(!out.exists());
    }
    for path in [folder.path().to_owned(), folder.path().join("missing.yaml")] {
        let ran = codegen(&path, &out, &[]);
        assert_eq!((ran.status, out.exists()), (Status::Bad, false), "{}", ran.err);
        assert!(ran.err.starts_with("error: cannot read "), "{}", ran.err);
    }
    fs::write(&spec, format!("\u{feff}{fine}")).expect("a file");
    let ran = codegen(&spec, &out, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (Status::Fine, ""));
}

#[test]
fn a_file_where_the_crate_should_be_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (spec, out) = (folder.path().join("api.json"), folder.path().join("pets"));
    fs::write(&spec, of_schemas(json!({ "S": { "type": "string" } })).to_string()).expect("a file");
    fs::write(&out, "mine").expect("a file");
    for out in [out.clone(), out.join("crate")] {
        let ran = codegen(&spec, &out, &[]);
        assert_eq!(ran.status, Status::Bad, "{}", ran.out);
        assert!(ran.err.starts_with("error: cannot "), "{}", ran.err);
        assert_eq!(ran.err.matches("os error").count(), 1, "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(&out).expect("a text"), "mine");
}

#[cfg(unix)]
#[test]
fn links_that_go_round_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, path(at)).expect("a link");
    link("two.yaml", "one.yaml");
    link("one.yaml", "two.yaml");
    let ran = codegen(&path("one.yaml"), &path("pets"), &[]);
    assert!(ran.status == Status::Bad && ran.err.starts_with("error: cannot read "), "{}", ran.err);
    let description = of_schemas(json!({ "S": { "$ref": "two.yaml#/a" } }));
    fs::write(path("api.json"), description.to_string()).expect("a file");
    let ran = codegen(&path("api.json"), &path("pets"), &[]);
    assert_eq!((ran.status, path("pets").exists()), (Status::Bad, false), "{}", ran.err);
    assert!(ran.err.contains("--> ") && ran.err.contains("help: "), "{}", ran.err);
}

#[test]
fn warnings_are_counted_by_kind_and_machines_get_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let (spec, out) = (folder.path().join("api.json"), folder.path().join("pets"));
    let property = |index: usize| (format!("p{index}"), json!({ "type": "string", "required": true }));
    let properties: serde_json::Map<String, Value> = (0..100).map(property).collect();
    let description = of_schemas(json!({ "S": { "type": "object", "properties": properties } }));
    fs::write(&spec, serde_json::to_string_pretty(&description).expect("JSON")).expect("a file");

    let some = codegen(&spec, &out, &["--dry-run"]).err;
    assert!(
        some.matches("\nwarning[").count() < 10 && some.contains("… and 95 more warnings of kind "),
        "{some}"
    );
    assert!(some.ends_with("100 warnings\n"), "{some}");
    let all = codegen(&spec, &out, &["--dry-run", "--verbose"]).err;
    assert_eq!(format!("\n{all}").matches("\nwarning[").count(), 100);

    let machine = codegen(&spec, &out, &["--dry-run", "--format", "json"]);
    assert_eq!(machine.err, "");
    let document: Value = serde_json::from_str(&machine.out).expect("JSON");
    let diagnostics = document["diagnostics"].as_array().expect("a list");
    assert_eq!(diagnostics.len(), 100);
    let line = |diagnostic: &Value| diagnostic["location"]["line"].as_u64().expect("a line");
    assert!(diagnostics.is_sorted_by_key(line), "in the order of their places");
    for diagnostic in diagnostics {
        for text in ["severity", "code", "message", "help", "pointer"] {
            assert!(diagnostic[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {diagnostic}");
        }
        assert!(diagnostic["location"]["source"].as_str().is_some_and(|name| name.ends_with("api.json")));
        assert!(diagnostic["location"]["column"].as_u64() > Some(0), "{diagnostic}");
    }
}
