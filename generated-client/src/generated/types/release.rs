// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `Release`.

use client_runtime as rt;

/// A version of a repository that was given to the public, or is about to be, with its files.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Release {
    /// The address of the release in the API.
    pub url: String,
    /// The address of the release's page for people.
    pub html_url: String,
    /// Where the API lists the assets of the release.
    pub assets_url: String,
    /// Where assets of the release are uploaded to: a URI template that ends in `{?name,label}`, for a host
    /// that may be another than the API's.
    pub upload_url: String,
    /// Where the source code can be downloaded as a tar archive.
    pub tarball_url: Option<String>,
    /// Where the source code can be downloaded as a ZIP archive.
    pub zipball_url: Option<String>,
    /// The number that identifies the release.
    pub id: i64,
    /// The identifier of the release in GitHub's GraphQL API.
    pub node_id: Option<String>,
    /// The name of the tag that the release belongs to.
    pub tag_name: String,
    /// The branch or commit that the tag is put on where it does not exist yet.
    pub target_commitish: String,
    /// The title of the release.
    pub name: Option<String>,
    /// The release notes, in Markdown.
    pub body: rt::Maybe<String>,
    /// Whether the release is a draft, which is not published yet.
    pub draft: bool,
    /// Whether the release is a prerelease, which is not meant for everyone yet.
    pub prerelease: bool,
    /// Whether the release can no longer be changed.
    pub immutable: Option<bool>,
    /// The date of the commit that the release is made from; the release itself may have been drafted and
    /// published much later.
    pub created_at: rt::DateTime,
    /// When the release was published.
    pub published_at: Option<rt::DateTime>,
    /// When the release was last changed.
    pub updated_at: rt::Maybe<rt::DateTime>,
    /// Who made the release. Not every release has an author.
    pub author: Option<super::SimpleUser>,
    /// The files that are attached to the release, without what failed uploads left behind: an asset in the
    /// state `starter` or `new` is in the list of release assets only.
    pub assets: Vec<super::ReleaseAsset>,
    /// The release notes as HTML, in answers of a media type that asks for it.
    pub body_html: Option<String>,
    /// The release notes as plain text, in answers of a media type that asks for it.
    pub body_text: Option<String>,
    /// How many accounts the release notes mention.
    pub mentions_count: Option<i64>,
    /// The address of the discussion that belongs to the release.
    pub discussion_url: Option<String>,
    /// How people reacted to the release.
    pub reactions: Option<super::ReactionRollup>,
}

rt::object! {
    Release {
        url required "url",
        html_url required "html_url",
        assets_url required "assets_url",
        upload_url required "upload_url",
        tarball_url required "tarball_url",
        zipball_url required "zipball_url",
        id required "id",
        node_id required "node_id",
        tag_name required "tag_name",
        target_commitish required "target_commitish",
        name required "name",
        body required "body",
        draft required "draft",
        prerelease required "prerelease",
        immutable optional "immutable",
        created_at required "created_at",
        published_at required "published_at",
        updated_at required "updated_at",
        author required "author",
        assets required "assets",
        body_html optional "body_html",
        body_text optional "body_text",
        mentions_count optional "mentions_count",
        discussion_url optional "discussion_url",
        reactions optional "reactions",
    }
}
