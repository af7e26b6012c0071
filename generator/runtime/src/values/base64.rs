//! Bytes inside JSON.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

/// Bytes as base64 text (RFC 4648, section 4), kept as the text that was received until it is
/// [decoded](Self::decode).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base64(String);

/// A text is not base64.
#[derive(Debug, thiserror::Error)]
#[error("not base64")]
pub struct InvalidBase64(#[from] base64::DecodeError);

impl Base64 {
    /// Encodes bytes, with padding and without line breaks.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// A text that was received.
    pub(crate) fn of_text(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes. Line breaks and other white space in the text are skipped.
    ///
    /// # Errors
    /// The text is not base64.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidBase64> {
        let text: Vec<u8> = self.0.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        Ok(STANDARD.decode(text)?)
    }
}
