//! Whole pages.

use serde_json::{Value, json};

use super::{at, codes, read, reports};

const ZOO: &str = include_str!("../../../../../tests/fixtures/upstream/zoo.md");

#[test]
fn a_page_says_its_title_version_servers_and_security() {
    let read = read(ZOO);
    assert_eq!(
        at(&read, "/info"),
        &json!({"title": "REST API endpoints for cages", "version": "2030-01-02"})
    );
    assert_eq!(at(&read, "/servers"), &json!([{"url": "https://zoo.test"}]));
    let other =
        json!([{"url": "https://{hostname}/api/v3", "variables": {"hostname": {"default": "HOSTNAME"}}}]);
    assert_eq!(at(&read, "/paths/~1cages~1{cage}~1photo/post/servers"), &other);
    assert_eq!(at(&read, "/paths/~1cages/get/servers"), &Value::Null);
    assert_eq!(at(&read, "/security"), &json!([{"bearer": []}]));
    assert_eq!(at(&read, "/components/securitySchemes/bearer"), &json!({"type": "http", "scheme": "bearer"}));
    let header = at(&read, "/x-client-headers/0");
    assert_eq!((&header["name"], &header["default"]), (&json!("X-GitHub-Api-Version"), &json!("2030-01-02")));
}

#[test]
fn operations_share_what_the_page_says_is_the_same() {
    let read = read(ZOO);
    let id = |path: &str| at(&read, &format!("{path}/operationId")).clone();
    assert_eq!(id("/paths/~1cages/get"), "list-cages");
    assert_eq!(id("/paths/~1cages/post"), "closing-down-create-cage");
    assert_eq!(at(&read, "/paths/~1cages/post/deprecated"), &json!(true));
    let schema = |path: &str| at(&read, &format!("{path}/content/application~1json/schema")).clone();
    let cage = json!({"$ref": "#/components/schemas/cage"});
    assert_eq!(schema("/paths/~1cages~1{cage}/get/responses/200"), cage);
    assert_eq!(schema("/paths/~1cages/post/responses/201"), cage);
    let list = json!({"$ref": "#/components/schemas/list-cages-response"});
    assert_eq!(schema("/paths/~1cages/get/responses/200"), list);
    assert_eq!(schema("/paths/~1zones/get/responses/200"), list);
    let expected = json!({"type": "array", "items": cage});
    assert_eq!(at(&read, "/components/schemas/list-cages-response"), &expected);
}

#[test]
fn examples_give_values_and_a_body_that_no_list_has() {
    let read = read(ZOO);
    let schema = at(&read, "/paths/~1cages/post/requestBody/content/application~1json/schema/properties");
    assert_eq!(schema["name"]["example"], "Reed's");
    assert_eq!(schema["bars"]["example"], json!([3, 4]));
    assert_eq!(at(&read, "/paths/~1cages/get/parameters/0/example"), &json!(50));
    assert_eq!(at(&read, "/paths/~1cages/get/parameters/1/example"), &Value::Null);
    let body =
        json!({"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}});
    assert_eq!(at(&read, "/paths/~1cages~1{cage}~1photo/post/requestBody"), &body);
    assert_eq!(
        codes(&read),
        [
            "section-without-endpoint",
            "unlisted-body-parameter",
            "body-from-example",
            "unlisted-status",
            "two-schemas"
        ]
    );
}

#[test]
fn a_value_in_a_path_may_have_slashes() {
    for (address, server, value) in [
        ("https://zoo.test/cages/CAGE", "https://zoo.test", Value::Null),
        ("https://zoo.test/cages/small/7", "https://zoo.test", json!("small/7")),
        ("https://zoo.test/api/cages/a%20b", "https://zoo.test/api", json!("a b")),
    ] {
        let page =
            ZOO.replacen("https://zoo.test/cages/CAGE", address, 1).replacen("(integer)", "(string)", 1);
        let read = read(&page[..page.find("## List cages").unwrap_or_default()]);
        assert_eq!(at(&read, "/servers/0/url"), server, "{address}");
        assert_eq!(at(&read, "/paths/~1cages~1{cage}/get/parameters/0/example"), &value, "{address}");
    }
}

#[test]
fn each_part_knows_its_line() {
    let read = read(ZOO);
    let lines: Vec<&str> = ZOO.lines().collect();
    for (pointer, start) in [
        ("", "# REST API"),
        ("/info/version", "> Most"),
        ("/paths/~1cages/get", "## List"),
        ("/paths/~1cages/get/parameters", "#### Path and"),
        ("/paths/~1cages/get/parameters/1", "- **`zone`**"),
        ("/paths/~1cages/get/parameters/1/schema/enum", "  Can be one of: `north`"),
        ("/paths/~1cages/post/requestBody", "#### Body"),
        ("/paths/~1cages/post/requestBody/content/application~1json/schema/properties/bars", "- **`bars`**"),
        ("/paths/~1cages/get/responses/200", "- **200** - A page"),
        ("/paths/~1cages~1{cage}~1photo/post/servers", "  http(s)://HOSTNAME"),
        ("/components/schemas/cage/properties/keeper", "* `keeper`"),
        ("/components/schemas/keeper", "  * **Keeper**"),
    ] {
        let place = read.places.iter().find(|(found, _)| found.as_str() == pointer).map(|(_, place)| place);
        let place = place.expect(pointer);
        assert!(lines[place.line - 1].starts_with(start), "{pointer}: {}", lines[place.line - 1]);
        let underlined = &ZOO[place.offset..place.offset + place.length];
        assert_eq!(underlined, lines[place.line - 1].trim_start().trim_end_matches(" \\"), "{pointer}");
    }
}

#[test]
fn the_words_about_an_operation_are_its_sentences() {
    let read = read(ZOO);
    let prose = &read.prose[0];
    let found: Vec<_> =
        prose.sentences.iter().map(|found| (found.location.line, found.text.as_str())).collect();
    assert_eq!((prose.method.as_str(), prose.path.as_str()), ("GET", "/cages/{cage}"));
    let expected = [
        (21, "Looks at <one> cage."),
        (21, "Ask again, e.g. tomorrow."),
        (27, "Which one."),
        (31, "OK"),
        (33, "Gone."),
    ];
    assert_eq!(found, expected);
}

#[test]
fn both_spellings_read_alike() {
    let other = ZOO.replace("\n- **", "\n* **").replace("[!NOTE]", "\\[!NOTE]").replace("<one>", "\\<one>");
    let other = format!("\u{feff}{}", other.replace("\n\n", "\n\n\n").replace('\n', "\r\n"));
    let (one, other) = (read(ZOO), read(&other));
    assert_eq!(one.document, other.document);
    let texts = |read: &crate::upstream::Upstream| -> Vec<String> {
        read.prose.iter().flat_map(|prose| &prose.sentences).map(|found| found.text.clone()).collect()
    };
    assert_eq!(texts(&one), texts(&other));
    assert_eq!(reports(&one).len(), reports(&other).len());
}

#[test]
fn prose_is_no_markdown() {
    for line in
        ["<pre>", "<!-- open", "[a]: b", "Words\n---", "Words\n===", "> Words", "    Words", "* Words"]
    {
        let changed = read(&ZOO.replacen("Looks at", &format!("\n{line}\n\nLooks at"), 1));
        let text = at(&changed, "/paths/~1cages~1{cage}/get/description").as_str().unwrap_or_default();
        let words = line.split_whitespace().collect::<Vec<_>>().join("\n");
        let start = text.split_whitespace().collect::<Vec<_>>().join("\n");
        assert!(start.starts_with(&words), "{line}: {text}");
        assert_eq!(reports(&changed).len(), reports(&read(ZOO)).len(), "{line}");
    }
}

#[test]
fn a_page_may_have_front_matter_and_no_title() {
    let page = "---\ntitle: \"Cages\"\n---\n\n## Look\n\n```\nGET /x\n```\n";
    assert_eq!(read(page).title, "Cages");
    assert_eq!(at(&read(page), "/info/version"), "unknown");
    let is_page =
        |text: &str| super::super::is_page(&crate::Source { name: String::new(), text: text.to_owned() });
    assert!(is_page(page));
    assert!(!is_page(&page.replace("## ", "### ")));
    assert!(!is_page(&page.replace("```\n", "")));
}
