//! The kinds of change, what each does to those who use the client, and why; data only.
//!
//! Two facts decide most of them. The emitted client has an argument for what is required and a setter for what is
//! not, so what changes sides changes the signature. And what it reads is open: an unknown field, value or variant of
//! an answer is kept or passed over, so only what goes away, or changes its type, is missed.

use crate::diff::Impact;

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The stable name.
    pub(crate) code: &'static str,
    /// What it does to those who use the client.
    pub(crate) impact: Impact,
    /// Why, for somebody who has never seen a report.
    pub(crate) reason: &'static str,
}

/// What stands between the subject and the message of a change.
pub(crate) fn joint(code: &str) -> &'static str {
    if SENTENCES.iter().any(|rule| rule.code == code) { " " } else { ": " }
}

/// The kinds whose message goes on from the subject: "query parameter `page`" and "became required". The messages of
/// all others stand for themselves: "`1` → `2`".
#[rustfmt::skip]
const SENTENCES: &[&Rule] = &[
    CLIENT_HEADER_ADDED, CLIENT_HEADER_REMOVED, SCHEME_ADDED, SCHEME_REMOVED,
    OPERATION_ADDED, OPERATION_REMOVED, OPERATION_DEPRECATED, OPERATION_UNDEPRECATED,
    PARAMETER_ADDED_REQUIRED, PARAMETER_ADDED_OPTIONAL, PARAMETER_REMOVED, PARAMETER_REQUIRED, PARAMETER_OPTIONAL,
    PARAMETER_MOVED, PARAMETER_RENAMED, PARAMETER_DEPRECATED, PARAMETER_UNDEPRECATED, FILE_NAME_ADDED, FILE_NAME_REMOVED,
    BODY_ADDED_REQUIRED, BODY_ADDED_OPTIONAL, BODY_REMOVED, BODY_REQUIRED, BODY_OPTIONAL,
    SUCCESS_ADDED, SUCCESS_REMOVED, SUCCESS_ALIKE_ADDED, SUCCESS_ALIKE_REMOVED, REDIRECT_ADDED, REDIRECT_REMOVED,
    ERROR_ADDED, ERROR_REMOVED, HEADER_ADDED, HEADER_REMOVED, HEADER_REQUIRED, HEADER_OPTIONAL,
    EXCLUDED_CHANGED, DESCRIBED_OTHERS, UNDESCRIBED_OTHERS, DEPRECATED, UNDEPRECATED,
    SENT_ADDED_REQUIRED, SENT_ADDED_OPTIONAL, SENT_REMOVED, SENT_REQUIRED, SENT_OPTIONAL, SENT_NULLABLE,
    SENT_NOT_NULLABLE, SENT_READ_ONLY, SENT_WRITABLE, SENT_CLOSED, SENT_OPENED,
    GOT_ADDED, GOT_REMOVED, GOT_REQUIRED, GOT_OPTIONAL, GOT_PRESENCE, GOT_NULLABLE, GOT_NOT_NULLABLE,
    GOT_WRITE_ONLY, GOT_READABLE, GOT_CLOSED, GOT_OPENED,
];

macro_rules! rules {
    ($($name:ident $code:literal $impact:ident $reason:literal)*) => {
        $(pub(super) const $name: &Rule = &Rule { code: $code, impact: Impact::$impact, reason: $reason };)*

        /// Every kind of change.
        #[cfg_attr(not(test), allow(dead_code, reason = "for those who explain a code to a reader"))]
        pub(crate) const RULES: &[&Rule] = &[$($name),*];
    };
}

rules! {
    // The whole API.
    API_PROSE "api-prose-changed" Prose "The title or the description of the API has other words."
    API_VERSION "api-version-changed" Note "The description has another version of its own; what that means is listed one by one."
    SERVER_CHANGED "server-changed" Breaking "The client sends its requests, and the token, to another address unless one was set."
    SERVER_ADDED "server-added" Note "The description names one more address; the client uses the first."
    SERVER_REMOVED "server-removed" Note "The description names an address less; the client uses the first."
    OPERATION_SERVER "operation-server-changed" Breaking "The request goes to another address."
    CLIENT_HEADER_ADDED "client-header-added" Addition "The client sends one more header with every request, with a setter for its value."
    CLIENT_HEADER_REMOVED "client-header-removed" Breaking "The client no longer sends the header, and its setter is gone."
    CLIENT_HEADER_DEFAULT "client-header-default-changed" Note "The client sends another value with every request unless one was set."
    CLIENT_HEADER_SETTER "client-header-setter-changed" Breaking "The setter of the header has another name."
    SCHEME_ADDED "security-scheme-added" Addition "There is one more way to say who one is."
    SCHEME_REMOVED "security-scheme-removed" Breaking "A way to say who one is, and its setter, are gone."
    SCHEME_CHANGED "security-scheme-changed" Breaking "The credential is sent in another way."
    SECURITY_REQUIRED "security-required" Breaking "Without a credential the request is refused now."
    SECURITY_OPTIONAL "security-became-optional" Addition "The request can be made without a credential now."
    SECURITY_ADDED "security-alternative-added" Addition "One more kind of credential is accepted."
    SECURITY_REMOVED "security-alternative-removed" Breaking "A kind of credential is no longer accepted."
    SCOPE_ADDED "security-scope-added" Breaking "A credential without the scope is refused now."
    SCOPE_REMOVED "security-scope-removed" Addition "A credential needs a scope less."
    CUT_SHORT "comparison-cut-short" Note "The schemas are too entangled to compare all of them; there may be more changes."
    // Operations.
    OPERATION_ADDED "operation-added" Addition "There is a new method."
    OPERATION_REMOVED "operation-removed" Breaking "The method is gone."
    OPERATION_MOVED "operation-moved" Breaking "Released clients call an address that is no longer described."
    OPERATION_ID "operation-id-changed" Note "The method is named after the id; whether its name changes, the API of the client tells."
    OPERATION_DEPRECATED "operation-deprecated" Note "The method still works; the compiler warns of it."
    OPERATION_UNDEPRECATED "operation-undeprecated" Note "The compiler no longer warns of the method."
    OPERATION_SUNSET "operation-sunset-changed" Note "There is another date on which the operation goes away."
    OPERATION_PROSE "operation-prose-changed" Prose "The docs of the method have other words."
    TEMPLATE_ADDED "url-template-added" Addition "The request has a setter for an address that the API gave."
    TEMPLATE_REMOVED "url-template-removed" Breaking "The request's setter for an address that the API gave is gone."
    TEMPLATE_CHANGED "url-template-changed" Breaking "The request's setter for an address that the API gave has another name."
    // Parameters.
    PARAMETER_ADDED_REQUIRED "request-parameter-added-required" Breaking "The method has one more argument."
    PARAMETER_ADDED_OPTIONAL "request-parameter-added-optional" Addition "The request has one more setter."
    PARAMETER_REMOVED "request-parameter-removed" Breaking "The argument or setter is gone."
    PARAMETER_REQUIRED "request-parameter-became-required" Breaking "A setter becomes an argument, and requests without the value are refused."
    PARAMETER_OPTIONAL "request-parameter-became-optional" Breaking "An argument becomes a setter, so calls are written differently."
    PARAMETER_MOVED "request-parameter-moved" Breaking "Released clients send the value where it is no longer looked for."
    PARAMETER_RENAMED "path-parameter-renamed" Note "Nothing changes on the wire; the argument has another name in the docs."
    PARAMETER_STYLE "request-parameter-style-changed" Breaking "Released clients write the value in a way that is no longer understood."
    PARAMETER_DEPRECATED "request-parameter-deprecated" Note "The parameter still works; the compiler warns of its setter."
    PARAMETER_UNDEPRECATED "request-parameter-undeprecated" Note "The compiler no longer warns of the parameter."
    PARAMETER_PROSE "request-parameter-prose-changed" Prose "The docs of the parameter have other words."
    FILE_NAME_ADDED "request-file-name-added" Addition "The client guesses the media type of the body from this value."
    FILE_NAME_REMOVED "request-file-name-removed" Breaking "The client no longer guesses the media type of the body from this value."
    // Request bodies.
    BODY_ADDED_REQUIRED "request-body-added-required" Breaking "The method takes a body now, and requests without one are refused."
    BODY_ADDED_OPTIONAL "request-body-added-optional" Addition "The request can have a body now."
    BODY_REMOVED "request-body-removed" Breaking "The method no longer takes a body."
    BODY_REQUIRED "request-body-became-required" Breaking "Requests without a body are refused now."
    BODY_OPTIONAL "request-body-became-optional" Breaking "The body becomes a setter, so calls are written differently."
    BODY_NEEDED "request-body-required-changed" Note "The description says otherwise whether the body may be left out, but nothing can be sent without it: it has required fields, or is nothing but bytes."
    BODY_PROSE "request-body-prose-changed" Prose "The docs of the body have other words."
    MEDIA_CHANGED "request-media-type-changed" Breaking "The client sends the body in another form, often as another type."
    MEDIA_ADDED "request-media-type-added" Addition "The body is accepted in one more form."
    MEDIA_REMOVED "request-media-type-removed" Note "The body is no longer accepted in a form that the client does not send."
    ENCODING "request-encoding-changed" Breaking "Released clients write parts of the body in a way that is no longer understood."
    // Responses.
    SUCCESS_ADDED "response-success-status-added" Breaking "The method can succeed in one more way, so it returns another type."
    SUCCESS_REMOVED "response-success-status-removed" Breaking "The method no longer succeeds in this way, so it returns another type."
    SUCCESS_ALIKE_ADDED "response-alike-status-added" Note "The method can succeed with one more status and returns the same type."
    SUCCESS_ALIKE_REMOVED "response-alike-status-removed" Note "The method succeeds with a status less and returns the same type."
    SUCCESS_CHANGED "response-success-status-changed" Note "The method succeeds with another status."
    REDIRECT_ADDED "response-redirect-added" Note "The server may redirect; the client follows."
    REDIRECT_REMOVED "response-redirect-removed" Note "The server no longer redirects; the client does not mind."
    REDIRECT_TO_BYTES "response-redirect-is-answer-changed" Breaking "Without a success of its own the method returns the bytes of the redirect, or nothing."
    ERROR_ADDED "response-error-status-added" Addition "The error of the method has one more variant; it was an unknown status before."
    ERROR_REMOVED "response-error-status-removed" Note "Nothing is missed on the wire; what becomes of the variant of the error, the API of the client tells."
    RESPONSE_PROSE "response-prose-changed" Prose "The docs of the response have other words."
    ANSWER_ADDED "response-body-added" Breaking "What had no content has some, so it has another type."
    ANSWER_REMOVED "response-body-removed" Breaking "What had content has none."
    ANSWER_MEDIA_CHANGED "response-media-type-changed" Breaking "The content comes in another form, so the method returns another type."
    ANSWER_MEDIA_ADDED "response-media-type-added" Addition "The answer can be had in one more form."
    ANSWER_MEDIA_REMOVED "response-media-type-removed" Breaking "The method for this form of the answer is gone."
    ANSWER_OTHER_REMOVED "response-other-media-type-removed" Note "A form of the answer is gone that the client does not ask for."
    HEADER_ADDED "response-header-added" Addition "The response has one more header."
    HEADER_REMOVED "response-header-removed" Breaking "Who reads the header finds none."
    HEADER_REQUIRED "response-header-became-required" Note "The header is always there now."
    HEADER_OPTIONAL "response-header-became-optional" Note "The header may be missing; the client gives headers as they came in any case."
    HEADER_CHANGED "response-header-changed" Note "The header holds something else; the client gives its text as it came."
    HEADER_PROSE "response-header-prose-changed" Prose "The description of the header has other words."
    // Schemas, whichever way they travel.
    TYPE_CHANGED "type-changed" Breaking "The Rust type is another one."
    FORMAT_CHANGED "format-changed" Note "The text or number is of another kind, but has the same Rust type."
    DEFAULT_CHANGED "default-changed" Note "What an absent value means has changed; nothing has to be set that was not."
    EXCLUDED_CHANGED "excluded-values-changed" Note "The description excludes other values (`not`); the client does not check."
    DESCRIBED_OTHERS "additional-properties-described" Addition "The Rust type has a field for members without a name."
    UNDESCRIBED_OTHERS "additional-properties-undescribed" Breaking "The Rust type's field for members without a name is gone."
    TAG_CHANGED "discriminator-changed" Breaking "Another member tells which type a value has."
    TAG_ADDED "discriminator-added" Note "A member tells which type a value has, which was found by trying before."
    TAG_REMOVED "discriminator-removed" Note "No member tells which type a value has any more; it is found by trying."
    TAG_VALUE_ADDED "discriminator-value-added" Addition "One more text tells of a type."
    TAG_VALUE_REMOVED "discriminator-value-removed" Breaking "A text no longer tells of a type, so the value is not recognised."
    TAG_VALUE_CHANGED "discriminator-value-changed" Breaking "A text tells of another type."
    DEPRECATED "schema-deprecated" Note "It still works; the compiler warns of it."
    UNDEPRECATED "schema-undeprecated" Note "The compiler no longer warns of it."
    SCHEMA_PROSE "schema-prose-changed" Prose "The docs of the type or field have other words."
    // What is sent.
    SENT_ADDED_REQUIRED "request-property-added-required" Breaking "Requests without the value are refused now."
    SENT_ADDED_OPTIONAL "request-property-added-optional" Addition "There is one more value that can be sent."
    SENT_REMOVED "request-property-removed" Breaking "The value can no longer be sent; its argument or setter is gone."
    SENT_REQUIRED "request-property-became-required" Breaking "A setter becomes an argument, and requests without the value are refused."
    SENT_OPTIONAL "request-property-became-optional" Breaking "An argument becomes a setter, so calls are written differently."
    SENT_NULLABLE "request-became-nullable" Breaking "Null can be sent, so the argument or setter takes another type."
    SENT_NOT_NULLABLE "request-no-longer-nullable" Breaking "Null is refused, and the argument or setter takes another type."
    SENT_READ_ONLY "request-became-read-only" Breaking "The server no longer takes the value from a request."
    SENT_WRITABLE "request-no-longer-read-only" Addition "The server takes the value from a request now."
    SENT_VALUE_ADDED "request-enum-value-added" Addition "One more value is accepted."
    SENT_VALUE_REMOVED "request-enum-value-removed" Breaking "Requests with the value are refused."
    SENT_LISTED "request-values-restricted" Breaking "Only listed values are accepted now."
    SENT_UNLISTED "request-values-freed" Addition "Values other than the listed ones are accepted now."
    SENT_TIGHTENED "request-limit-tightened" Breaking "Values that were fine are refused now."
    SENT_LOOSENED "request-limit-loosened" Addition "More values are accepted."
    SENT_PATTERN "request-pattern-changed" Breaking "Texts that were fine may be refused now."
    SENT_PATTERN_GONE "request-pattern-removed" Addition "More texts are accepted."
    SENT_CLOSED "request-additional-properties-closed" Breaking "Members without a name are refused now."
    SENT_OPENED "request-additional-properties-opened" Addition "Members without a name are accepted now."
    SENT_VARIANT_ADDED "request-variant-added" Addition "One more type is accepted."
    SENT_VARIANT_REMOVED "request-variant-removed" Breaking "Requests with a value of this type are refused."
    // What is received.
    GOT_ADDED "response-property-added" Addition "There is one more field to read."
    GOT_REMOVED "response-property-removed" Breaking "The field is gone."
    GOT_REQUIRED "response-property-became-required" Breaking "The field is no longer an `Option`."
    GOT_OPTIONAL "response-property-became-optional" Breaking "The field may be missing and becomes an `Option`."
    GOT_PRESENCE "response-property-presence-changed" Note "Null and missing change places; the field is an `Option` either way."
    GOT_NULLABLE "response-became-nullable" Breaking "The value may be null, so its type becomes an `Option` or a `Maybe`."
    GOT_NOT_NULLABLE "response-no-longer-nullable" Breaking "The value is never null, so it has another Rust type."
    GOT_WRITE_ONLY "response-became-write-only" Breaking "The server no longer gives the value back."
    GOT_READABLE "response-no-longer-write-only" Addition "The server gives the value back now."
    GOT_VALUE_ADDED "response-enum-value-added" Note "Nothing is missed on the wire; whether the value gets a variant of its own, the API of the client tells."
    GOT_VALUE_REMOVED "response-enum-value-removed" Note "Nothing is missed on the wire; what becomes of its variant, the API of the client tells."
    GOT_LISTED "response-values-restricted" Note "Only listed values come; the Rust type stays."
    GOT_UNLISTED "response-values-freed" Note "Values other than the listed ones may come; the Rust type stays."
    GOT_LIMIT "response-limit-changed" Note "The values that come have another range; the client does not check."
    GOT_PATTERN "response-pattern-changed" Note "The texts that come have another form; the client does not check."
    GOT_CLOSED "response-additional-properties-closed" Note "Members without a name no longer come."
    GOT_OPENED "response-additional-properties-opened" Note "Members without a name may come; the client passes over them."
    GOT_VARIANT_ADDED "response-variant-added" Note "Nothing is missed on the wire; whether such a value gets a variant of its own, the API of the client tells."
    GOT_VARIANT_REMOVED "response-variant-removed" Note "Nothing is missed on the wire; what becomes of its variant, the API of the client tells."
}
