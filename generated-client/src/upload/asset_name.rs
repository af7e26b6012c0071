//! The name that an asset is to have, and the one that GitHub is expected to make of it.

use std::path::Path;

use crate::{TransferError, file_name, types::ReleaseAsset};

/// The name that an asset is to have, and the one that GitHub is expected to make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssetName {
    requested: String,
    predicted: String,
}

impl AssetName {
    /// The name that was asked for.
    pub(crate) fn new(requested: impl Into<String>) -> Result<Self, TransferError> {
        let requested = requested.into();
        let predicted = file_name::check(&requested)?.expected;
        Ok(Self { requested, predicted })
    }

    /// The name of the file.
    pub(crate) fn of_path(path: &Path) -> Result<Self, TransferError> {
        let unusable = |reason| TransferError::NameUnusable { name: path.display().to_string(), reason };
        let name = path.file_name().ok_or_else(|| unusable("the path does not end in a file name"))?;
        Self::new(name.to_str().ok_or_else(|| unusable("it is not valid Unicode; set a name for the asset"))?)
    }

    pub(crate) fn requested(&self) -> &str {
        &self.requested
    }

    pub(crate) fn predicted(&self) -> &str {
        &self.predicted
    }

    /// Whether an asset has this name.
    pub(crate) fn is_of(&self, asset: &ReleaseAsset) -> bool {
        asset.name == self.predicted || asset.name == self.requested
    }

    /// Whether GitHub could have made an asset's name of this one, by rules other than those that are predicted: the
    /// letters and digits are the same and in the same order.
    pub(crate) fn resembles(&self, asset: &ReleaseAsset) -> bool {
        let name = letters_and_digits(&asset.name);
        name == letters_and_digits(&self.predicted) || name == letters_and_digits(&self.requested)
    }
}

/// What GitHub keeps of a name, without the word that it puts before some.
fn letters_and_digits(name: &str) -> String {
    let name = name.strip_prefix("default.").unwrap_or(name);
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}
