// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `BasicError`.

/// What GitHub says about a request that failed. Any part can be missing.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct BasicError {
    /// What went wrong, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The address of the documentation that may help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documentation_url: Option<String>,
    /// The address that the error is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The status code of the answer, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The identifier of the request, for GitHub Support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
