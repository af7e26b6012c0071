//! Which asset is to be downloaded.

use crate::{Release, TransferError, file_name::rewritten, types::ReleaseAsset};

/// How many names are suggested where none is right.
const SUGGESTIONS: usize = 3;

/// Which asset is to be downloaded.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Id(i64),
    /// Of the release.
    Name(String),
    /// Looked up already.
    Asset(Box<ReleaseAsset>),
}

impl Wanted {
    /// What GitHub says of the asset.
    pub(super) async fn find(self: Wanted, release: &Release) -> Result<ReleaseAsset, TransferError> {
        match self {
            Self::Asset(asset) => Ok(*asset),
            Self::Id(id) => {
                Ok(release.client().get_release_asset(release.owner(), release.repo(), id).send().await?)
            }
            Self::Name(name) => named(name, release.assets().try_collect().await?),
        }
    }
}

/// The asset of this name, or else the one that GitHub made of it.
fn named(name: String, mut assets: Vec<ReleaseAsset>) -> Result<ReleaseAsset, TransferError> {
    let rewritten = rewritten(&name);
    let position = |name: &str| assets.iter().position(|asset| asset.name == name);
    match position(&name).or_else(|| position(&rewritten)) {
        Some(index) => Ok(assets.swap_remove(index)),
        None => Err(TransferError::NoSuchAsset { near: near(&name, &assets), name }),
    }
}

/// The names that are most like this one.
fn near(name: &str, assets: &[ReleaseAsset]) -> Vec<String> {
    let mut names: Vec<_> = assets.iter().map(|asset| (likeness(name, &asset.name), &asset.name)).collect();
    names.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let like = names.into_iter().filter(|(likeness, _)| *likeness * 2 >= name.len());
    like.take(SUGGESTIONS).map(|(_, name)| name.clone()).collect()
}

/// How many bytes two names have in common at their beginnings and at their ends.
fn likeness(one: &str, other: &str) -> usize {
    let equal = |(one, other): &(u8, u8)| one.eq_ignore_ascii_case(other);
    let head = one.bytes().zip(other.bytes()).take_while(equal).count();
    let tail = one.bytes().rev().zip(other.bytes().rev()).take_while(equal).count();
    (head + tail).min(one.len()).min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_that_begin_and_end_alike() {
        assert_eq!(likeness("tool-linux.tar.gz", "tool-linux.tar.gz"), 17);
        assert_eq!(likeness("tool-linux.tar.gz", "Tool-mac.TAR.gz"), 12);
        assert_eq!(likeness("aaa", "aaaaa"), 3);
        assert_eq!(likeness("tool", ""), 0);
    }
}
