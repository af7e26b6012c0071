use super::{Row, check, row};

/// All tables of this file.
pub(super) const ALL: &[&[Row]] = &[BODIES, RESPONSES];

const BODIES: &[Row] = &[
    row(
        r#"/paths/~1covers~1{book}/get/requestBody = {"required": true, "content": {"application/json": {}}}"#,
        "B request-body-added-required",
        "request body",
        "is new and required: `application/json`",
        "B request-body-removed",
    ),
    row(
        r#"/paths/~1covers~1{book}/get/requestBody = {"content": {"application/json": {}}}"#,
        "A request-body-added-optional",
        "request body",
        "is new and optional: `application/json`",
        "B request-body-removed",
    ),
    row(
        "/paths/~1events/post/requestBody/required = true",
        "B request-body-became-required",
        "request body",
        "became required",
        "B request-body-became-optional",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/required = false",
        "N request-body-required-changed",
        "request body",
        "required `true` → `false`; it cannot be empty either way",
        "N request-body-required-changed",
    ),
    row(
        "/paths/~1covers~1{book}/put/requestBody/required = true",
        "N request-body-required-changed",
        "request body",
        "required `false` → `true`; it cannot be empty either way",
        "N request-body-required-changed",
    ),
    row(
        r#"/paths/~1events/post/requestBody/description = "What happened.""#,
        "P request-body-prose-changed",
        "request body",
        "description now says “What happened.”",
        "P request-body-prose-changed",
    ),
    row(
        r#"/paths/~1events/post/requestBody/content/application~1json = {"schema": {"type": "object"}}"#,
        "B request-media-type-changed",
        "request body",
        "`application/x-www-form-urlencoded` → `application/json`",
        "B request-media-type-changed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/text~1csv = {}",
        "A request-media-type-added",
        "request body",
        "`text/csv` is accepted now",
        "N request-media-type-removed",
    ),
    row(
        r#"/paths/~1events/post/requestBody/content/application~1x-www-form-urlencoded/encoding/when/style = "pipeDelimited""#,
        "B request-encoding-changed",
        "request body, part `when`",
        "style `form` → `pipeDelimited`",
        "B request-encoding-changed",
    ),
];

const RESPONSES: &[Row] = &[
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/204 = {"description": "None."}"#,
        "B response-success-status-added",
        "response 204",
        "is one more success",
        "B response-success-status-removed",
    ),
    row(
        r##"/paths/~1shelves~1{shelf}~1books/get/responses/206 = {"description": "Some.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/book"}}}}}"##,
        "N response-alike-status-added",
        "response 206",
        "is one more success of the same type",
        "N response-alike-status-removed",
    ),
    row(
        r#"/paths/~1covers~1{book}/put/responses/204 - ;; /paths/~1covers~1{book}/put/responses/205 = {"description": "Done."}"#,
        "N response-success-status-changed",
        "response 205",
        "status 204 → 205",
        "N response-success-status-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/301 = {"description": "Moved."}"#,
        "N response-redirect-added",
        "response 301",
        "is one more redirect",
        "N response-redirect-removed",
    ),
    row(
        r#"/paths/~1covers~1{book}/get/responses/404 = {"description": "No."}"#,
        "A response-error-status-added",
        "response 404",
        "is described now",
        "N response-error-status-removed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/get/responses/404 -",
        "N response-error-status-removed",
        "response 404",
        "is no longer described",
        "A response-error-status-added",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/404/description = "There is no such shelf.""#,
        "P response-prose-changed",
        "response 404",
        "description now says “There is no such shelf.”",
        "P response-prose-changed",
    ),
    row(
        r#"/paths/~1covers~1{book}/put/responses/204/content = {"application/json": {}}"#,
        "B response-body-added",
        "response 204",
        "no content → `application/json`",
        "B response-body-removed",
    ),
    row(
        "/paths/~1events/put/responses/200/content/application~1json -",
        "B response-media-type-changed",
        "response 200",
        "`application/json` → `text/plain`",
        "B response-media-type-changed",
    ),
    row(
        "/paths/~1events/put/responses/200/content/text~1plain -",
        "B response-media-type-removed",
        "response 200",
        "`text/plain` is no longer given",
        "A response-media-type-added",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/200/content/application~1hal+json = {"schema": {}}"#,
        "A response-media-type-added",
        "response 200",
        "`application/hal+json` may be asked for now",
        "N response-other-media-type-removed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/get/responses/200/headers/Link -",
        "B response-header-removed",
        "response 200, header `Link`",
        "is no longer described; the client read pages by it",
        "A response-header-added",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/get/responses/200/headers/X-Count/required = false",
        "N response-header-became-optional",
        "response 200, header `X-Count`",
        "may be missing now",
        "N response-header-became-required",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/200/headers/X-Count/schema/type = "string""#,
        "N response-header-changed",
        "response 200, header `X-Count`",
        "`integer` → `string`",
        "N response-header-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/get/responses/200/headers/X-Count/description = "How many.""#,
        "P response-header-prose-changed",
        "response 200, header `X-Count`",
        "description now says “How many.”",
        "P response-header-prose-changed",
    ),
];

#[test]
fn request_bodies() {
    check(BODIES);
}

#[test]
fn responses() {
    check(RESPONSES);
}
