use super::{Row, check, row};

/// All tables of this file.
pub(super) const ALL: &[&[Row]] = &[SENT, RECEIVED, UNIONS];

const SENT: &[Row] = &[
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/isbn = {"type": "string"} ;; /paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/required/- = "isbn""#,
        "B request-property-added-required",
        "request body, `isbn`",
        "is new and required: `string`",
        "B request-property-removed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/isbn = {"type": "string", "nullable": true}"#,
        "A request-property-added-optional",
        "request body, `isbn`",
        "is new and optional: `string` or null",
        "B request-property-removed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/required/- = "note""#,
        "B request-property-became-required",
        "request body, `note`",
        "became required",
        "B request-property-became-optional",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/note/nullable = false",
        "B request-no-longer-nullable",
        "request body, `note`",
        "may no longer be null",
        "B request-became-nullable",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/stamp/readOnly = false",
        "A request-no-longer-read-only",
        "request body, `stamp`",
        "can be written now",
        "B request-became-read-only",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/state/enum/0 -",
        "B request-enum-value-removed",
        "request body, `state`",
        "`open` is no longer accepted",
        "A request-enum-value-added",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/grade/enum -",
        "A request-values-freed",
        "request body, `grade`",
        "only `1`, `2` → any value",
        "B request-values-restricted",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/grade/enum/- = 3",
        "A request-enum-value-added",
        "request body, `grade`",
        "`3` is accepted now",
        "B request-enum-value-removed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/title/minLength = 3",
        "B request-limit-tightened",
        "request body, `title`",
        "shortest length `1` → `3`",
        "A request-limit-loosened",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/pages/multipleOf = 4",
        "B request-limit-tightened",
        "request body, `pages`",
        "multiple of `2` → `4`",
        "A request-limit-loosened",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/pages/exclusiveMinimum = true",
        "B request-limit-tightened",
        "request body, `pages`",
        "the smallest value itself is excluded now",
        "A request-limit-loosened",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/tags/uniqueItems = false",
        "A request-limit-loosened",
        "request body, `tags`",
        "the same item twice is no longer excluded",
        "B request-limit-tightened",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/title/pattern -",
        "A request-pattern-removed",
        "request body, `title`",
        "pattern `^[a-z]+$` → none",
        "B request-pattern-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/title/pattern = "^[a-z]*$""#,
        "B request-pattern-changed",
        "request body, `title`",
        "pattern `^[a-z]+$` → `^[a-z]*$`",
        "B request-pattern-changed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/shape/additionalProperties -",
        "A request-additional-properties-opened",
        "request body, `shape`",
        "can have other members now",
        "B request-additional-properties-closed",
    ),
    row(
        r##"/paths/~1events/put/requestBody/content/application~1json/schema/oneOf/- = {"$ref": "#/components/schemas/fault"}"##,
        "A request-variant-added",
        "request body",
        "`fault` is accepted now",
        "B request-variant-removed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/title/format = "uuid""#,
        "N format-changed",
        "request body, `title`",
        "`string` → `string` (uuid)",
        "N format-changed",
    ),
    row(
        "/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/state/enum -",
        "B type-changed",
        "request body, `state`",
        "`open` or `lent` → `string`",
        "B type-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/title/not = {"enum": ["x"]}"#,
        "N excluded-values-changed",
        "request body, `title`",
        "excludes other values now",
        "N excluded-values-changed",
    ),
];

const RECEIVED: &[Row] = &[
    row(
        r#"/components/schemas/book/properties/isbn = {"type": "string"}"#,
        "A response-property-added",
        "schema `book`, `isbn`",
        "is new and may be missing: `string`",
        "B response-property-removed",
    ),
    row(
        "/components/schemas/book/properties/subtitle -",
        "B response-property-removed",
        "schema `book`, `subtitle`",
        "no longer comes",
        "A response-property-added",
    ),
    row(
        "/components/schemas/book/required/2 -",
        "B response-property-became-optional",
        "schema `book`, `state`",
        "may be missing now",
        "B response-property-became-required",
    ),
    row(
        r#"/components/schemas/book/required/- = "subtitle" ;; /components/schemas/book/properties/subtitle/nullable = true"#,
        "N response-property-presence-changed",
        "schema `book`, `subtitle`",
        "is null now where it was missing",
        "N response-property-presence-changed",
    ),
    row(
        "/components/schemas/book/properties/title/nullable = true",
        "B response-became-nullable",
        "schema `book`, `title`",
        "may be null now",
        "B response-no-longer-nullable",
    ),
    row(
        "/components/schemas/book/properties/owner/nullable = false",
        "B response-no-longer-nullable",
        "schema `book`, `owner`",
        "may no longer be null",
        "B response-became-nullable",
    ),
    row(
        "/components/schemas/reader/nullable = true",
        "B response-became-nullable",
        "schema `reader`",
        "may be null now",
        "B response-no-longer-nullable",
    ),
    row(
        r#"/components/schemas/reader/properties/login/type = "integer""#,
        "B type-changed",
        "schema `reader`, `login`",
        "`string` → `integer`",
        "B type-changed",
    ),
    row(
        r#"/components/schemas/reader/properties/mail/format = "idn-email""#,
        "N format-changed",
        "schema `reader`, `mail`",
        "`string` (email) → `string` (idn-email)",
        "N format-changed",
    ),
    row(
        "/components/schemas/fault/properties/message/writeOnly = true",
        "B response-became-write-only",
        "schema `fault`, `message`",
        "is no longer given back",
        "A response-no-longer-write-only",
    ),
    row(
        r#"/components/schemas/book/properties/state/enum/- = "lost""#,
        "N response-enum-value-added",
        "schema `book`, `state`",
        "`lost` may come now",
        "N response-enum-value-removed",
    ),
    row(
        "/components/schemas/book/properties/grade/enum -",
        "N response-values-freed",
        "schema `book`, `grade`",
        "only `1`, `2` → any value",
        "N response-values-restricted",
    ),
    row(
        "/components/schemas/book/properties/tags/items/maxLength = 5",
        "N response-limit-changed",
        "schema `book`, `tags[]`",
        "longest length `9` → `5`",
        "N response-limit-changed",
    ),
    row(
        r#"/components/schemas/book/properties/title/pattern = "^x""#,
        "N response-pattern-changed",
        "schema `book`, `title`",
        "pattern none → `^x`",
        "N response-pattern-changed",
    ),
    row(
        r#"/components/schemas/book/properties/scores/additionalProperties/type = "string""#,
        "B type-changed",
        "schema `book`, `scores.*`",
        "`integer` → `string`",
        "B type-changed",
    ),
    row(
        "/components/schemas/book/additionalProperties = false",
        "N response-additional-properties-closed",
        "schema `book`",
        "can have no other members now",
        "N response-additional-properties-opened",
    ),
    row(
        "/components/schemas/book/additionalProperties = true",
        "A additional-properties-described",
        "schema `book`",
        "says what other members are now",
        "B additional-properties-undescribed",
    ),
    row(
        "/components/schemas/book/properties/title/deprecated = true",
        "N schema-deprecated",
        "schema `book`, `title`",
        "is deprecated now",
        "N schema-undeprecated",
    ),
    row(
        r#"/components/schemas/book/description = "A book on a shelf.""#,
        "P schema-prose-changed",
        "schema `book`",
        "description now says “A book on a shelf.”",
        "P schema-prose-changed",
    ),
    row(
        r#"/components/schemas/book/properties/owner/description = "Whose it is.""#,
        "P schema-prose-changed",
        "schema `book`, `owner`",
        "description now says “Whose it is.”",
        "P schema-prose-changed",
    ),
    row(
        r#"/components/schemas/base/properties/id/type = "string""#,
        "B type-changed",
        "response 200, `id`",
        "`integer` → `string`",
        "B type-changed",
    ),
];

const UNIONS: &[Row] = &[
    row(
        r##"/paths/~1events/put/requestBody/content/application~1json/schema = {"$ref": "#/components/schemas/fault"}"##,
        "B type-changed",
        "request body",
        "`lent` or `lost` → object",
        "B type-changed",
    ),
    row(
        r#"/paths/~1shelves~1{shelf}~1books/post/requestBody/content/application~1json/schema/properties/shape/properties/wide = {"oneOf": [{"type": "boolean"}, {"type": "boolean", "title": "Other."}]}"#,
        "B type-changed",
        "request body, `shape.wide`",
        "`boolean` → one of 2 types",
        "B type-changed",
    ),
    row(
        r##"/paths/~1events/post/responses/200/content/application~1json/schema/oneOf/- = {"$ref": "#/components/schemas/fault"}"##,
        "N response-variant-added",
        "response 200",
        "`fault` may come now",
        "N response-variant-removed",
    ),
    row(
        r#"/paths/~1events/post/responses/200/content/application~1json/schema/discriminator/propertyName = "to""#,
        "B discriminator-changed",
        "response 200",
        "`kind` → `to` tells which type it is",
        "B discriminator-changed",
    ),
    row(
        "/paths/~1events/post/responses/200/content/application~1json/schema/discriminator -",
        "N discriminator-removed",
        "response 200",
        "`kind` no longer tells which type it is",
        "N discriminator-added",
    ),
    row(
        r##"/paths/~1events/post/responses/200/content/application~1json/schema/discriminator/mapping/gone = "#/components/schemas/lost""##,
        "A discriminator-value-added",
        "response 200",
        "`gone` tells of `lost` now",
        "B discriminator-value-removed",
    ),
    row(
        r##"/paths/~1events/post/responses/200/content/application~1json/schema/discriminator/mapping/lent = "#/components/schemas/lost""##,
        "B discriminator-value-changed",
        "response 200",
        "`lent` tells of `lost` instead of `lent`",
        "B discriminator-value-changed",
    ),
];

#[test]
fn schemas_that_are_sent() {
    check(SENT);
}

#[test]
fn schemas_that_are_received() {
    check(RECEIVED);
}

#[test]
fn unions() {
    check(UNIONS);
}
