//! Where a request arrives and what it asks for.

use std::fmt;

use http::Method;
use percent_encoding::percent_decode_str;

/// The four origins of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The REST API, as at `api.github.com`.
    Api,
    /// The host that takes uploads, as at `uploads.github.com`.
    Uploads,
    /// The host that the API redirects to for the bytes of an asset.
    Store,
    /// A host that nobody configured: whatever arrives here has gone astray.
    Elsewhere,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Api => "api",
            Self::Uploads => "uploads",
            Self::Store => "store",
            Self::Elsewhere => "elsewhere",
        })
    }
}

/// What a request asks for; a `HEAD` counts as the `GET` that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `GET …/releases/latest`.
    LatestRelease,
    /// `GET …/releases/tags/{tag}`.
    ReleaseByTag,
    /// `GET …/releases/{id}`.
    GetRelease,
    /// `GET …/releases/{id}/assets`.
    ListAssets,
    /// `POST …/releases/{id}/assets` at the uploads origin.
    UploadAsset,
    /// `GET …/releases/assets/{id}`, for the JSON.
    GetAsset,
    /// `GET …/releases/assets/{id}` with `Accept: application/octet-stream`, for the bytes.
    DownloadAsset,
    /// `PATCH …/releases/assets/{id}`.
    UpdateAsset,
    /// `DELETE …/releases/assets/{id}`.
    DeleteAsset,
    /// `GET` of the bytes at the store.
    FetchBytes,
    /// Anything else.
    Other,
}

/// What the path of a request names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Latest,
    Tag(String),
    Release(i64),
    Assets(i64),
    Asset(i64),
    /// The bytes of an asset, at the store.
    Blob(i64),
    Unknown,
}

/// How the path of a request names its repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    Name { owner: String, name: String },
    Id(i64),
}

/// A path, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) repository: Option<Reference>,
    pub(crate) place: Place,
    /// What follows the repository, as it was sent, without a slash at the beginning.
    pub(crate) rest: String,
}

impl Route {
    pub(crate) fn read(origin: Origin, path: &str) -> Self {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let id = |text: &str| text.parse::<i64>().ok();
        let name = |owner, name| Some(Reference::Name { owner: decode(owner), name: decode(name) });
        let (repository, rest) = match segments.as_slice() {
            ["repositories", number, rest @ ..] => (id(number).map(Reference::Id), rest),
            ["repos", owner, repo, rest @ ..] => (name(owner, repo), rest),
            [number, rest @ ..] if origin == Origin::Store => (id(number).map(Reference::Id), rest),
            [owner, repo, rest @ ..] if origin == Origin::Elsewhere => (name(owner, repo), rest),
            _ => (None, [].as_slice()),
        };
        let place = match (origin, rest) {
            (Origin::Store, [asset]) => id(asset).map(Place::Blob),
            (Origin::Store | Origin::Elsewhere, _) => None,
            (_, ["releases", "latest"]) => Some(Place::Latest),
            (_, ["releases", "tags", tag @ ..]) if !tag.is_empty() => {
                Some(Place::Tag(decode(&tag.join("/"))))
            }
            (_, ["releases", "assets", asset]) => id(asset).map(Place::Asset),
            (_, ["releases", release]) => id(release).map(Place::Release),
            (_, ["releases", release, "assets"]) => id(release).map(Place::Assets),
            _ => None,
        };
        Self { repository, place: place.unwrap_or(Place::Unknown), rest: rest.join("/") }
    }

    /// What a request to this place asks for.
    pub(crate) fn operation(&self, origin: Origin, method: &Method, wants_bytes: bool) -> Operation {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        match (origin, &self.place, method.as_str()) {
            (Origin::Uploads, Place::Assets(_), "POST") => Operation::UploadAsset,
            (Origin::Store, Place::Blob(_), "GET") => Operation::FetchBytes,
            (Origin::Api, Place::Latest, "GET") => Operation::LatestRelease,
            (Origin::Api, Place::Tag(_), "GET") => Operation::ReleaseByTag,
            (Origin::Api, Place::Release(_), "GET") => Operation::GetRelease,
            (Origin::Api, Place::Assets(_), "GET") => Operation::ListAssets,
            (Origin::Api, Place::Asset(_), "GET") if wants_bytes => Operation::DownloadAsset,
            (Origin::Api, Place::Asset(_), "GET") => Operation::GetAsset,
            (Origin::Api, Place::Asset(_), "PATCH") => Operation::UpdateAsset,
            (Origin::Api, Place::Asset(_), "DELETE") => Operation::DeleteAsset,
            _ => Operation::Other,
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let demo = || Some(Reference::Name { owner: "octo".into(), name: "demo".into() });
        let table = [
            (Origin::Api, "/repos/octo/demo/releases/latest", demo(), Place::Latest),
            (Origin::Api, "/repos/octo/demo/releases/tags/a%2Fb", demo(), Place::Tag("a/b".into())),
            (Origin::Api, "/repos/octo/demo/releases/tags/a/b", demo(), Place::Tag("a/b".into())),
            (Origin::Api, "/repos/octo/demo/releases/7", demo(), Place::Release(7)),
            (Origin::Api, "/repositories/3/releases/7/assets", Some(Reference::Id(3)), Place::Assets(7)),
            (
                Origin::Api,
                "/repos/oct%6F/demo/releases/assets/5000000000",
                demo(),
                Place::Asset(5_000_000_000),
            ),
            (Origin::Api, "/repos/octo/demo/releases/assets/x", demo(), Place::Unknown),
            (Origin::Api, "/repos/octo/demo", demo(), Place::Unknown),
            (Origin::Api, "/repositories/x/releases/7", None, Place::Release(7)),
            (Origin::Api, "/", None, Place::Unknown),
            (Origin::Store, "/3/9", Some(Reference::Id(3)), Place::Blob(9)),
            (Origin::Elsewhere, "/octo/demo/any/thing", demo(), Place::Unknown),
        ];
        for (origin, path, repository, place) in table {
            let route = Route::read(origin, path);
            assert_eq!((route.repository, route.place), (repository, place), "{path}");
        }
    }

    #[test]
    fn uploads_have_an_origin_of_their_own() {
        let route = Route::read(Origin::Api, "/repos/octo/demo/releases/7/assets");
        assert_eq!(route.operation(Origin::Api, &Method::POST, false), Operation::Other);
        assert_eq!(route.operation(Origin::Uploads, &Method::POST, false), Operation::UploadAsset);
        assert_eq!(route.operation(Origin::Uploads, &Method::GET, false), Operation::Other);
        assert_eq!(route.operation(Origin::Api, &Method::HEAD, false), Operation::ListAssets);
    }
}
