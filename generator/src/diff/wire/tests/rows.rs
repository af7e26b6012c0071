use super::{Row, check, row};

/// All tables of this file.
pub(super) const ALL: &[&[Row]] = &[API, OPERATIONS, PARAMETERS];

const API: &[Row] = &[
    row(
        r#"/info/title = "Books""#,
        "P api-prose-changed",
        "API",
        "title now says “Books”",
        "P api-prose-changed",
    ),
    row(
        r#"/info/version = "2""#,
        "N api-version-changed",
        "API",
        "version `1` → `2`",
        "N api-version-changed",
    ),
    row(
        r#"/servers/0/variables/edition/default = "v2""#,
        "B server-changed",
        "default server",
        "`https://api.example.com/v1` → `https://api.example.com/v2`",
        "B server-changed",
    ),
    row(
        r#"/servers/- = {"url": "https://third.example.com"}"#,
        "N server-added",
        "other server",
        "`https://third.example.com` is described now",
        "N server-removed",
    ),
    row(
        r#"/x-client-headers/- = {"name": "X-Flavour"}"#,
        "A client-header-added",
        "client header `X-Flavour`",
        "is sent now",
        "B client-header-removed",
    ),
    row(
        r#"/x-client-headers/0/default = "2031-01-01""#,
        "N client-header-default-changed",
        "client header `X-Edition`",
        "default `2030-01-01` → `2031-01-01`",
        "N client-header-default-changed",
    ),
    row(
        r#"/x-client-headers/0/setter = "version""#,
        "B client-header-setter-changed",
        "client header `X-Edition`",
        "setter `edition` → `version`",
        "B client-header-setter-changed",
    ),
    row(
        r#"/components/securitySchemes/basic = {"type": "http", "scheme": "basic"}"#,
        "A security-scheme-added",
        "credential `basic`",
        "is described now",
        "B security-scheme-removed",
    ),
    row(
        r#"/components/securitySchemes/key/in = "query""#,
        "B security-scheme-changed",
        "credential `key`",
        "`apiKey header X-Key` → `apiKey query X-Key`",
        "B security-scheme-changed",
    ),
    row(
        "/security/- = {}",
        "A security-became-optional",
        "credentials",
        "`token` → none needed",
        "B security-required",
    ),
    row(
        r#"/security/- = {"key": []}"#,
        "A security-alternative-added",
        "credentials",
        "`key` is accepted now",
        "B security-alternative-removed",
    ),
    row(
        r#"/security/0/token/- = "admin""#,
        "B security-scope-added",
        "credentials",
        "`token` needs the scope `admin` now",
        "A security-scope-removed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/security/1 -",
        "B security-alternative-removed",
        "credentials",
        "`key` is no longer accepted",
        "A security-alternative-added",
    ),
];

const OPERATIONS: &[Row] = &[
    row(
        r#"/paths/~1rooms = {"get": {"operationId": "rooms", "responses": {"204": {}}}}"#,
        "A operation-added",
        "GET /rooms",
        "is new",
        "B operation-removed",
    ),
    row(
        "/paths/~1covers~1{book}/get -",
        "B operation-removed",
        "GET /covers/{book}",
        "is gone; it was deprecated",
        "A operation-added",
    ),
    row(
        r#"/paths/~1events/post/operationId = "say""#,
        "N operation-id-changed",
        "operation id",
        "`tell` → `say`",
        "N operation-id-changed",
    ),
    row(
        "/paths/~1covers~1{book}/get/deprecated = false",
        "N operation-undeprecated",
        "operation",
        "is no longer deprecated",
        "N operation-deprecated",
    ),
    row(
        r#"/paths/~1covers~1{book}/get/x-sunset = "2031-05-01""#,
        "N operation-sunset-changed",
        "end of the operation",
        "none → `2031-05-01`",
        "N operation-sunset-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/summary = "Lists all books.""#,
        "P operation-prose-changed",
        "docs",
        "summary now says “Lists all books.”",
        "P operation-prose-changed",
    ),
    row(
        "/paths/~1covers~1{book}/put/x-url-template -",
        "B url-template-removed",
        "address from the API",
        "setter `upload_url` is gone",
        "A url-template-added",
    ),
    row(
        r#"/paths/~1covers~1{book}/put/x-url-template/setter = "cover_url""#,
        "B url-template-changed",
        "address from the API",
        "setter `upload_url` → `cover_url`",
        "B url-template-changed",
    ),
    row(
        "/paths/~1covers~1{book}/put/servers -",
        "B operation-server-changed",
        "server",
        "`https://uploads.example.com` → `https://api.example.com/v1`",
        "B operation-server-changed",
    ),
];

const PARAMETERS: &[Row] = &[
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/- = {"name": "from", "in": "query", "required": true, "schema": {"type": "string", "format": "date"}}"#,
        "B request-parameter-added-required",
        "query parameter `from`",
        "is new and required: `string` (date)",
        "B request-parameter-removed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/- = {"name": "from", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}"#,
        "A request-parameter-added-optional",
        "query parameter `from`",
        "is new and optional: list of `string`",
        "B request-parameter-removed",
    ),
    row(
        "/components/parameters/page/required = true",
        "B request-parameter-became-required",
        "query parameter `page`",
        "became required",
        "B request-parameter-became-optional",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/1/in = "header""#,
        "B request-parameter-moved",
        "header parameter `sort`",
        "moved from the query to the header",
        "B request-parameter-moved",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/2/style = "pipeDelimited""#,
        "B request-parameter-style-changed",
        "query parameter `tags`",
        "style `form` → `pipeDelimited`",
        "B request-parameter-style-changed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/get/parameters/2/explode = false",
        "B request-parameter-style-changed",
        "query parameter `tags`",
        "all items are written as one value now",
        "B request-parameter-style-changed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/get/parameters/1/deprecated = true",
        "N request-parameter-deprecated",
        "query parameter `sort`",
        "is deprecated now",
        "N request-parameter-undeprecated",
    ),
    row(
        r#"/components/parameters/page/description = "Which page. From 1.""#,
        "P request-parameter-prose-changed",
        "query parameter `page`",
        "description now says “From 1.”",
        "P request-parameter-prose-changed",
    ),
    row(
        "/paths/~1covers~1{book}/put/parameters/1/x-file-name -",
        "B request-file-name-removed",
        "query parameter `name`",
        "no longer tells the media type of the body",
        "A request-file-name-added",
    ),
    row(
        "/components/parameters/page/schema/default = 2",
        "N default-changed",
        "query parameter `page`",
        "default `1` → `2`",
        "N default-changed",
    ),
    row(
        "/components/parameters/page/schema/maximum = 50",
        "B request-limit-tightened",
        "query parameter `page`",
        "largest value `100` → `50`",
        "A request-limit-loosened",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/1/schema/enum/- = "size""#,
        "A request-enum-value-added",
        "query parameter `sort`",
        "`size` is accepted now",
        "B request-enum-value-removed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/2/schema/items/type = "integer""#,
        "B type-changed",
        "query parameter `tags`, `[]`",
        "`string` → `integer`",
        "B type-changed",
    ),
    row(
        r#"/paths/~1covers~1{book}/get/parameters/0/schema/format = "int32""#,
        "B type-changed",
        "path parameter `book`",
        "`integer` (int64) → `integer` (int32)",
        "B type-changed",
    ),
];

#[test]
fn what_belongs_to_the_whole_api() {
    check(API);
}

#[test]
fn operations() {
    check(OPERATIONS);
}

#[test]
fn parameters() {
    check(PARAMETERS);
}
