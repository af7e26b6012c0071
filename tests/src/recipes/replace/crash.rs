//! What an interrupted replacement has left is mended by the next.

use fault_server::{AssetState, Operation};
use github_release_assets::Replaced;

use super::{Stage, renames};

const NAME: &str = "tool.zip";
const NEW: &str = "tool.zip.replacement-new";
const OLD: &str = "tool.zip.replacement-old";

/// What a crash left: the name of an asset, and its content; a leftover has none.
type Left<'a> = &'a [(&'a str, Option<&'a str>)];

/// Replaces `tool.zip` by a file with the content `new` after a crash; gives the ids of what was left, too.
async fn after_a_crash(left: Left<'_>) -> (Stage, Replaced, Vec<i64>) {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "other.replacement-old", "other");
    let put = |(name, content): &(&str, Option<&str>)| match content {
        Some(content) => stage.repository.add_asset(stage.release_id, name, (*content).to_owned()),
        None => stage.repository.add_leftover(stage.release_id, name, AssetState::Starter),
    };
    let ids = left.iter().map(put).collect();
    let done = stage.target().replace_file(stage.file(NAME, "new")).await.unwrap();
    let wanted =
        [("other.replacement-old", "other"), (NAME, "new")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(stage.content(), wanted, "{left:?}");
    assert_eq!(stage.repository.asset(stage.release_id, NAME).unwrap().id, done.asset.id);
    (stage, done, ids)
}

#[tokio::test]
async fn during_the_upload() {
    let (_, done, ids) = after_a_crash(&[(NAME, Some("old")), (NEW, None)]).await;
    assert_eq!((done.old, done.cleaned_up, done.mended), (Some(ids[0]), vec![ids[1]], false));
}

#[tokio::test]
async fn after_the_upload() {
    let (stage, done, ids) = after_a_crash(&[(NAME, Some("old")), (NEW, Some("new"))]).await;
    assert_eq!((done.old, done.asset.id, done.attempts), (Some(ids[0]), ids[1], 0), "it is used");
    assert_eq!((stage.uploads(), renames(&stage)), (vec![], vec![OLD.to_owned(), NAME.to_owned()]));
}

#[tokio::test]
async fn after_the_upload_of_another_file() {
    for content in ["odd", "another"] {
        let (_, done, ids) = after_a_crash(&[(NAME, Some("old")), (NEW, Some(content))]).await;
        assert_eq!((done.old, done.cleaned_up, done.attempts), (Some(ids[0]), vec![ids[1]], 1));
    }
}

#[tokio::test]
async fn between_the_renames() {
    let (stage, done, ids) = after_a_crash(&[(OLD, Some("old")), (NEW, Some("new"))]).await;
    assert_eq!((done.old, done.asset.id, done.mended), (Some(ids[0]), ids[1], true));
    assert_eq!(renames(&stage), [NAME, OLD, NAME], "the old asset has its name back first");
}

#[tokio::test]
async fn between_the_renames_with_another_file() {
    let (stage, done, ids) = after_a_crash(&[(OLD, Some("old")), (NEW, Some("another"))]).await;
    assert_eq!((done.old, done.cleaned_up, done.mended), (Some(ids[0]), vec![ids[1]], true));
    assert_eq!(renames(&stage), [NAME, OLD, NAME]);
}

#[tokio::test]
async fn between_the_renames_with_the_old_file() {
    let (_, done, ids) = after_a_crash(&[(OLD, Some("new")), (NEW, Some("another"))]).await;
    assert_eq!((done.asset.id, done.already_there, done.mended), (ids[0], true, true));
    assert_eq!(done.cleaned_up, [ids[1]]);
}

#[tokio::test]
async fn between_the_renames_and_then_during_an_upload() {
    let (_, done, ids) = after_a_crash(&[(OLD, Some("old")), (NAME, None)]).await;
    assert_eq!((done.old, done.cleaned_up, done.mended), (Some(ids[0]), vec![ids[1]], true));
}

#[tokio::test]
async fn before_the_old_asset_was_deleted() {
    let (stage, done, ids) = after_a_crash(&[(OLD, Some("old")), (NAME, Some("new"))]).await;
    assert_eq!((done.asset.id, done.old, done.already_there), (ids[1], None, true));
    assert_eq!((done.cleaned_up, done.mended, stage.uploads()), (vec![ids[0]], true, vec![]));
}

#[tokio::test]
async fn before_the_old_asset_was_deleted_and_now_with_another_file() {
    let (_, done, ids) = after_a_crash(&[(OLD, Some("old")), (NAME, Some("odd"))]).await;
    assert_eq!((done.old, done.cleaned_up, done.mended), (Some(ids[1]), vec![ids[0]], true));
}

#[tokio::test]
async fn the_name_is_gone_and_the_new_asset_is_there() {
    let (stage, done, ids) = after_a_crash(&[(NEW, Some("new"))]).await;
    assert_eq!((done.asset.id, done.old, done.attempts, stage.uploads()), (ids[0], None, 0, vec![]));
}

#[tokio::test]
async fn an_incomplete_old_asset_is_not_given_the_name() {
    let (stage, done, ids) = after_a_crash(&[(OLD, None)]).await;
    assert_eq!((done.old, done.cleaned_up, renames(&stage)), (None, vec![ids[0]], vec![]));
}

#[tokio::test]
async fn the_same_file_with_a_leftover_of_a_replacement() {
    for content in [None, Some("new"), Some("another")] {
        let (stage, done, ids) = after_a_crash(&[(NAME, Some("new")), (NEW, content)]).await;
        assert_eq!((done.asset.id, done.already_there, done.cleaned_up), (ids[0], true, vec![ids[1]]));
        assert_eq!(stage.count(Operation::UpdateAsset), 0);
    }
}
