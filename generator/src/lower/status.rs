//! Statuses of responses and their names; nothing is lowered here.

use openapiv3::StatusCode;

use crate::ir::Status;

/// The status that a response stands under.
pub(super) fn status_of(status: &StatusCode) -> Status {
    match status {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(*digit),
    }
}

/// How a status is named.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}

/// The reason phrase of a status (RFC 9110 section 15, and the IANA registry).
pub(super) fn reason(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(2) => return "success".to_owned(),
        Status::Range(3) => return "redirection".to_owned(),
        Status::Range(4) => return "client error".to_owned(),
        Status::Range(5) => return "server error".to_owned(),
        Status::Range(digit) => return format!("status {digit}xx"),
        Status::Default => return "any other".to_owned(),
    };
    REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| format!("status {code}"), |(_, reason)| (*reason).to_owned())
}

const REASONS: [(u16, &str); 47] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (304, "not modified"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "im a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable entity"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
    (507, "insufficient storage"),
];
