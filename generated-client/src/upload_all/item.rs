//! One of many files, and what its asset is to be called.

use std::path::PathBuf;

use crate::upload::Options;

/// One of the files that [`Release::upload_all`](crate::Release::upload_all) uploads: made from its path, with a name,
/// a label and a media type of its own where they are set.
///
/// ```no_run
/// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
/// use github_release_assets::UploadItem;
///
/// let linux = UploadItem::from("linux/tool").name("tool-linux").label("Linux x86-64");
/// let mac = UploadItem::from("mac/tool").name("tool-mac").content_type("application/x-mach-binary");
/// let reports = release.upload_all([linux, mac, "README.md".into()]).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is uploaded until this is handed to `upload_all`"]
pub struct UploadItem {
    pub(super) path: PathBuf,
    pub(super) options: Options,
}

impl UploadItem {
    /// Sets the name of the asset, which otherwise is that of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.name = Some(name.into());
        self
    }

    /// Sets the label, a short description that is shown in place of the name. An asset that is the file already keeps
    /// the one it has, and so does one that is [replaced](super::UploadAll::replace), if none is set.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.options.label = Some(label.into());
        self
    }

    /// Sets the media type, which is otherwise guessed from the extension of the name, or of the file.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.options.content_type = Some(media_type.into());
        self
    }
}

impl<P: Into<PathBuf>> From<P> for UploadItem {
    fn from(path: P) -> Self {
        Self { path: path.into(), options: Options::default() }
    }
}
