// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `SimpleUser`.

use client_runtime as rt;

/// An account on GitHub.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SimpleUser {
    /// The name that the account shows to others.
    pub name: rt::Maybe<String>,
    /// The e-mail address that the account shows to others.
    pub email: rt::Maybe<String>,
    /// The name of the account, as it stands in addresses.
    pub login: String,
    /// The number that identifies the account.
    pub id: i64,
    /// The identifier of the account in GitHub's GraphQL API.
    pub node_id: Option<String>,
    /// The address of the account's picture.
    pub avatar_url: String,
    /// The identifier of the account at Gravatar; may be empty.
    pub gravatar_id: Option<String>,
    /// The address of the account in the API.
    pub url: String,
    /// The address of the account's page for people.
    pub html_url: String,
    /// Where the API lists who follows the account.
    pub followers_url: String,
    /// Where the API lists whom the account follows, as a URI template.
    pub following_url: String,
    /// Where the API lists the account's gists, as a URI template.
    pub gists_url: String,
    /// Where the API lists what the account starred, as a URI template.
    pub starred_url: String,
    /// Where the API lists the repositories that the account watches.
    pub subscriptions_url: String,
    /// Where the API lists the organizations of the account.
    pub organizations_url: String,
    /// Where the API lists the repositories of the account.
    pub repos_url: String,
    /// Where the API lists what the account did, as a URI template.
    pub events_url: String,
    /// Where the API lists what happened around the account.
    pub received_events_url: String,
    /// The kind of account.
    pub r#type: String,
    /// Whether the account belongs to GitHub's staff.
    pub site_admin: bool,
    /// When the account starred something, in answers that are about stars.
    pub starred_at: Option<String>,
    /// Which view of the account this is.
    pub user_view_type: Option<String>,
}

rt::object! {
    SimpleUser {
        name required "name",
        email required "email",
        login required "login",
        id required "id",
        node_id required "node_id",
        avatar_url required "avatar_url",
        gravatar_id required "gravatar_id",
        url required "url",
        html_url required "html_url",
        followers_url required "followers_url",
        following_url required "following_url",
        gists_url required "gists_url",
        starred_url required "starred_url",
        subscriptions_url required "subscriptions_url",
        organizations_url required "organizations_url",
        repos_url required "repos_url",
        events_url required "events_url",
        received_events_url required "received_events_url",
        r#type required "type",
        site_admin required "site_admin",
        starred_at optional "starred_at",
        user_view_type optional "user_view_type",
    }
}
