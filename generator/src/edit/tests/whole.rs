//! Single edits of our own description: of each, only the lines that it has to change may change.

use super::*;

const SPEC: &str = include_str!("../../../../spec/release-assets.yaml");

/// Every place of a value, in the order of the text, with the value.
fn places<'v>(at: &Pointer, value: &'v Value, found: &mut Vec<(Pointer, &'v Value)>) {
    found.push((at.clone(), value));
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| places(&at.join(key), value, found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(&at.join(index), value, found));
        }
        _ => {}
    }
}

/// The lines in front of and behind what differs.
fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let text = |lines: &[&str]| lines[..lines.len() - end].iter().map(|line| (*line).to_owned()).collect();
    (text(old), text(new))
}

#[test]
fn every_edit_of_our_description_changes_only_its_own_lines() {
    let spec = source("release-assets.yaml", SPEC);
    let root = load::parse(&spec).unwrap();
    let mut found = Vec::new();
    places(&Pointer::root(), &root, &mut found);
    let mut count = 0;
    for (at, value) in found.into_iter().skip(1).step_by(13) {
        for edit in edits_of(&at, value) {
            count += 1;
            let text = apply(&spec, std::slice::from_ref(&edit)).unwrap_or_else(|error| panic!("{error}"));
            let (old, new) = difference(SPEC, &text);
            match &edit {
                Edit::Remove { .. } => assert!(new.len() <= 1, "{edit:?}: {old:?} → {new:?}"),
                Edit::Replace { .. } => assert_eq!(new.len(), 1, "{edit:?}: {old:?} → {new:?}"),
                // An empty list leaves the line of its key, and the first member that of its dash.
                _ if old.concat().ends_with("[]") || old.concat().trim_start().starts_with("- ") => {
                    assert_eq!((old.len(), new.len()), (1, 2), "{edit:?}: {old:?} → {new:?}");
                }
                _ => assert!(old.is_empty() && new.len() <= 2, "{edit:?}: {old:?} → {new:?}"),
            }
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{edit:?}");
        }
    }
    assert!(count >= 200, "{count}");
}

fn edits_of(at: &Pointer, value: &Value) -> Vec<Edit> {
    let at = at.as_str();
    let mut edits = vec![replace(at, json!("new: text")), remove(at)];
    match value {
        Value::Object(members) => {
            edits.extend([member(at, "^", "new", json!("x")), member(at, "$", "new", json!("x"))]);
            edits.extend(members.keys().map(|key| member(at, key, "new", json!("x"))));
        }
        Value::Array(items) => edits.extend((0..=items.len()).map(|index| item(at, index, json!("x")))),
        _ => {}
    }
    edits
}

#[test]
fn a_change_of_our_description_reads_as_written_by_hand() {
    let asset = "/components/schemas/release-asset";
    let upload = "/paths/~1repos~1{owner}~1{repo}~1releases~1{release_id}~1assets/post";
    let edits = [
        member(
            &format!("{asset}/properties"),
            "size",
            "kind",
            json!({"type": "string", "enum": ["on", "file"]}),
        ),
        item(&format!("{asset}/required"), 9, json!("kind")),
        remove(&format!("{asset}/properties/digest")),
        remove(&format!("{asset}/required/9")),
        item(
            &format!("{upload}/parameters"),
            5,
            json!({"name": "dry", "in": "query", "schema": {"type": "boolean"}}),
        ),
        member(
            &format!("{upload}/responses"),
            "201",
            "404",
            json!({"$ref": "#/components/responses/not_found"}),
        ),
        replace(&format!("{upload}/parameters/4/required"), json!(false)),
        remove("/paths/~1repos~1{owner}~1{repo}~1releases~1latest"),
    ];
    let text = edited(SPEC, &edits);
    assert!(text.contains("        - size\n        - kind\n        - download_count\n"));
    assert!(text.contains(
        "          example: 7340032\n        kind:\n          type: string\n          enum:\n            - \"on\"\n            - file\n        download_count:\n"
    ));
    assert!(text.contains(
        "          # Required on GitHub's page, optional on Octokit's.\n          required: false\n"
    ));
    assert!(text.contains(
        "          example: tool-1.2.0-macos.zip\n        - name: dry\n          in: query\n          schema:\n            type: boolean\n        - name: label\n"
    ));
    assert!(text.contains(
        "        \"404\":\n          $ref: \"#/components/responses/not_found\"\n        \"422\":\n"
    ));
    assert!(text.contains("with this file name.\n\n  /repos/{owner}/{repo}/releases/tags/{tag}:\n"));
}
