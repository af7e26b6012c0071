//! What does not fit is reported with its line, and reading goes on.

use super::{EXAMPLE, PATH, codes, endpoint, operation, read, reports, response};

const ZOO: &str = include_str!("../../../../../tests/fixtures/upstream/zoo.md");

#[test]
fn a_line_that_does_not_fit_is_quoted() {
    for (from, to, code) in [
        ("- **`cage`** (integer)", "- **`cage`** integer", "unreadable-line"),
        ("- **`cage`** (integer)", "**`cage`** (integer)", "unreadable-line"),
        ("- **`cage`** (integer)", "- **`cage`** (intege)", "unknown-type"),
        ("- **200** - OK", "- 200 - OK", "unreadable-line"),
        ("- **410** - Gone.", "- **200** - Gone.", "listed-twice"),
        ("  -X GET", "  -Y GET", "unreadable-line"),
        ("  -X GET", "  -X PUT", "example-method"),
        ("https://zoo.test/cages/CAGE", "https://zoo.test/zones/CAGE", "example-address"),
        ("* `id`: required, integer", "* `id`: required, intege", "unreadable-line"),
        ("* `id`: required, integer", "* id: required, integer", "unreadable-line"),
        ("* `id`: required, integer", "* `keeper`: integer", "listed-twice"),
        ("* `id`: required, integer", "* `id`: required, integer\n  * `x`: integer", "unannounced-list"),
        ("  * **null**", "  * null", "unreadable-line"),
        ("(#get-a-cage)", "(#get-a-page)", ""),
        ("[Get a cage](#get-a-cage)", "[Get a page](#get-a-page)", "unknown-operation"),
        ("#### Path and query parameters", "#### Path parameters", "unknown-section"),
        ("### Parameters", "### Paramters", "unknown-section"),
        ("GET /cages/{cage}", "LOOK /cages/{cage}", "missing-endpoint"),
        ("GET /cages\n", "GET /cages/{cage}\n", "listed-twice"),
        ("**Request:**", "Request", "unreadable-line"),
        ("```curl", "```bash", "unreadable-line"),
        ("Default: `30`", "Default: `many`", "unreadable-default"),
        ("Default: `30`", "Default: 30", "unquoted-value"),
        ("\"roof\": true", "\"roof\": yes", "unreadable-example"),
        ("per_page=50", "per_page=all", "unreadable-example"),
        ("per_page=50", "per=50", "unlisted-parameter"),
        ("**Response schema (Status: 200):**", "", "incomplete-example"),
        ("Looks at", "```\nLooks at", "hidden-heading"),
        ("## List zones", "## List cages", "same-operation-id"),
    ] {
        let changed = ZOO.replacen(from, to, 1);
        assert!(changed != ZOO, "{from}");
        let usual = codes(&read(ZOO));
        let found = read(&changed);
        let new: Vec<_> = codes(&found).into_iter().filter(|code| !usual.contains(code)).collect();
        assert!(new.contains(&code) || code.is_empty() && new.is_empty(), "{from} -> {to}: {new:?}");
    }
}

#[test]
fn a_report_has_the_words_and_the_place() {
    let found = response("* `a`: string\n* `b`: strng\n  * `c`: string");
    let report = &found.diagnostics.0[0];
    assert_eq!(report.message, "this line could not be read: * `b`: strng");
    let place = report.location.as_ref().map(|place| (place.line, place.column, place.length));
    assert_eq!(place, Some((40, 1, "* `b`: strng".len())));
    // What can be read is.
    let schema = &operation(&found)["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["properties"]["a"]["type"], "string");
}

#[test]
fn a_page_without_an_endpoint_is_an_error() {
    assert_eq!(
        reports(&read("# Zoo\n\n## About\n\nWords.\n")),
        [("no-endpoint", 1), ("section-without-endpoint", 3)]
    );
    assert_eq!(codes(&read("")), ["no-endpoint"]);
}

#[test]
fn what_nests_too_deep_is_an_error() {
    let deep: String = (0..60).map(|depth| format!("{}* `x`: object:\n", " ".repeat(depth))).collect();
    assert!(codes(&response(&deep)).contains(&"too-deep"));
    let deep = deep.replace("`x`: object:", "**`x`** (object)");
    assert!(
        codes(&endpoint(&format!("{PATH}#### Body parameters\n\n{deep}{EXAMPLE}"))).contains(&"too-deep")
    );
    let far = format!("* `x`: {}string", "array of ".repeat(100_000));
    assert_eq!(codes(&response(&far)), ["unreadable-line"]);
    let far = format!("* `x`: {}string", "object, additional properties: ".repeat(10_000));
    assert_eq!(codes(&response(&far)), ["unreadable-line"]);
}

#[test]
fn no_change_of_a_page_is_a_panic() {
    let lines: Vec<&str> = ZOO.split_inclusive('\n').collect();
    for index in 0..lines.len() {
        let (before, after) = (lines[..index].concat(), lines[index + 1..].concat());
        let line = lines[index];
        let half = line.chars().take(line.chars().count() / 2).collect::<String>();
        for changed in [String::new(), line.repeat(2), half, format!("\t{line}"), line.replace('`', "´")] {
            read(&format!("{before}{changed}{after}"));
        }
    }
}
