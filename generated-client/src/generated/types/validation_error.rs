// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `ValidationError`, `ValidationErrorCode`, `ValidationErrorItem`.

use client_runtime as rt;

/// What GitHub says about a request that it understood but cannot carry out. Any part can be missing.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ValidationError {
    /// What went wrong, for people.
    pub message: Option<String>,
    /// The address of the documentation that may help.
    pub documentation_url: Option<String>,
    /// What is wrong, value by value.
    pub errors: Option<Vec<ValidationErrorItem>>,
    /// The status code of the answer, as text.
    pub status: Option<String>,
    /// The identifier of the request, for GitHub Support.
    pub request_id: Option<String>,
}

rt::object! {
    ValidationError {
        message optional "message",
        documentation_url optional "documentation_url",
        errors optional "errors",
        status optional "status",
        request_id optional "request_id",
    }
}

/// What is wrong with the field.
///
/// - `missing`: what it refers to does not exist.
/// - `missing_field`: it is required and was not given.
/// - `invalid`: its value does not have the right form.
/// - `already_exists`: another resource has the same value.
/// - `unprocessable`: its value cannot be used.
/// - `custom`: `message` says what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValidationErrorCode {
    /// `missing`.
    Missing,
    /// `missing_field`.
    MissingField,
    /// `invalid`.
    Invalid,
    /// `already_exists`.
    AlreadyExists,
    /// `unprocessable`.
    Unprocessable,
    /// `custom`.
    Custom,
    /// Any text that this version of the client does not know.
    Unknown(String),
}

impl ValidationErrorCode {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Missing => "missing",
            Self::MissingField => "missing_field",
            Self::Invalid => "invalid",
            Self::AlreadyExists => "already_exists",
            Self::Unprocessable => "unprocessable",
            Self::Custom => "custom",
            Self::Unknown(text) => text,
        }
    }
}

impl From<String> for ValidationErrorCode {
    fn from(text: String) -> Self {
        match text.as_str() {
            "missing" => Self::Missing,
            "missing_field" => Self::MissingField,
            "invalid" => Self::Invalid,
            "already_exists" => Self::AlreadyExists,
            "unprocessable" => Self::Unprocessable,
            "custom" => Self::Custom,
            _ => Self::Unknown(text),
        }
    }
}

rt::string_enum!(ValidationErrorCode);

/// One thing that is wrong. Any part can be missing.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ValidationErrorItem {
    /// The kind of thing that the error is about.
    pub resource: Option<String>,
    /// The field that the error is about.
    pub field: Option<String>,
    /// What is wrong with the field.
    ///
    /// - `missing`: what it refers to does not exist.
    /// - `missing_field`: it is required and was not given.
    /// - `invalid`: its value does not have the right form.
    /// - `already_exists`: another resource has the same value.
    /// - `unprocessable`: its value cannot be used.
    /// - `custom`: `message` says what.
    pub code: Option<ValidationErrorCode>,
    /// What is wrong, for people.
    pub message: Option<String>,
    /// The position of what is wrong, where the request held a list.
    pub index: Option<i64>,
    /// The value that is wrong.
    pub value: Option<rt::Value>,
}

rt::object! {
    ValidationErrorItem {
        resource optional "resource",
        field optional "field",
        code optional "code",
        message optional "message",
        index optional "index",
        value optional "value",
    }
}
