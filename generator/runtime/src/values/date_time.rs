//! A point in time as text.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A date and time as in RFC 3339, kept as the text that was received: a value that is not quite RFC 3339
/// fails nothing until [`timestamp`](Self::timestamp) is called, and goes back out unchanged.
///
/// Two values are equal if their texts are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

/// A text is not a date and time of RFC 3339.
#[derive(Debug, thiserror::Error)]
#[error("not a date and time: {text:?}")]
pub struct InvalidDateTime {
    text: String,
    source: jiff::Error,
}

impl DateTime {
    /// A text that was received.
    pub(crate) fn of_text(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The instant that the text names.
    ///
    /// # Errors
    /// The text is not a date and time with an offset.
    pub fn timestamp(&self) -> Result<Timestamp, InvalidDateTime> {
        self.0.parse().map_err(|source| InvalidDateTime { text: self.0.clone(), source })
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let value = Self(text.to_owned());
        value.timestamp().map(|_| value)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
