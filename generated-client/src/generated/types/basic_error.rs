// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `BasicError`.

use client_runtime as rt;

/// What GitHub says about a request that failed. Any part can be missing.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct BasicError {
    /// What went wrong, for people.
    pub message: Option<String>,
    /// The address of the documentation that may help.
    pub documentation_url: Option<String>,
    /// The address that the error is about.
    pub url: Option<String>,
    /// The status code of the answer, as text.
    pub status: Option<String>,
    /// The identifier of the request, for GitHub Support.
    pub request_id: Option<String>,
}

rt::object! {
    BasicError {
        message optional "message",
        documentation_url optional "documentation_url",
        url optional "url",
        status optional "status",
        request_id optional "request_id",
    }
}
