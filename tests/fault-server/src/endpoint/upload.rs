//! The upload of an asset.

use bytes::Bytes;

use crate::answer::Answer;
use crate::asset::{AssetState, NewAsset, Stored};
use crate::call::{Call, Received};
use crate::content::{Content, sha256_hex};
use crate::fault::StoredAs;
use crate::json;
use crate::operation::{Operation, Place};
use crate::state::RepoState;
use crate::sync::lock;

/// Whether the head of an upload says enough to refuse it, so that nobody has to read its body.
pub(crate) fn is_refused_by_head(call: &Call) -> bool {
    let Some(repo) = &call.repo else { return false };
    let limit = lock(&repo.state).settings.size_limit;
    call.operation == Operation::UploadAsset && call.content_length().is_none_or(|length| length > limit)
}

pub(super) fn upload(
    call: &Call,
    state: &mut RepoState,
    received: &Received,
    stored_as: Option<StoredAs>,
) -> Answer {
    let (release, mut new) = match check(call, state) {
        Ok(checked) => checked,
        Err(refusal) => return refusal,
    };
    let bytes = received.bytes.clone();
    new.content = bytes.map_or(Content::Dropped { size: received.length }, Content::Bytes);
    let mut sha256 = received.sha256.clone();
    match stored_as {
        Some(StoredAs::WrongDigest) => {
            new.digest = Some(Some(format!("sha256:{}", sha256_hex(sha256.as_bytes()))));
        }
        Some(StoredAs::NullDigest) => new.digest = Some(None),
        Some(StoredAs::Flipped) => {
            new.content = flipped(&new.content);
            sha256 = sha256_of(&new.content, &sha256);
        }
        Some(StoredAs::Short(length)) => {
            new.content = short(&new.content, length);
            sha256 = sha256_of(&new.content, &sha256);
        }
        None => {}
    }
    let stored = Stored::with_sha256(call.server.new_id(), release, new, sha256);
    let body = json::asset(&call.server, state, &stored);
    let url = body["url"].as_str().unwrap_or_default().to_owned();
    state.assets.insert(stored.id, stored);
    Answer::json(201, &body).header("location", url)
}

/// Leaves what a failed upload leaves, if the upload would have been taken; gives its id.
pub(crate) fn leave(call: &Call, left: AssetState) -> Option<i64> {
    let repo = call.repo.as_ref().filter(|_| call.operation == Operation::UploadAsset)?;
    let mut state = lock(&repo.state);
    super::admit(call, repo, &mut state).ok()?;
    let (release, new) = check(call, &state).ok()?;
    let stored = Stored::new(call.server.new_id(), release, new.state(left));
    let id = stored.id;
    state.assets.insert(id, stored);
    Some(id)
}

/// What an upload might have left behind, for a reply that shows it.
pub(crate) fn made_up(call: &Call) -> Stored {
    let release = match call.route.place {
        Place::Assets(release) => release,
        _ => 0,
    };
    let new = NewAsset::new(call.parameter("name").unwrap_or_default(), Bytes::new());
    Stored::new(call.server.new_id(), release, new.state(AssetState::Starter))
}

/// Refuses an upload by what its head says; gives the release and the asset, still without its bytes.
fn check(call: &Call, state: &RepoState) -> Result<(i64, NewAsset), Answer> {
    let Place::Assets(release) = call.route.place else { return Err(Answer::not_found()) };
    if state.release(release).is_none() {
        return Err(Answer::not_found());
    }
    let Some(length) = call.content_length() else { return Err(Answer::bad_length(call)) };
    if state.is_immutable(release) {
        return Err(Answer::error(422, "Cannot upload assets to an immutable release."));
    }
    let Some(name) = call.parameter("name").filter(|name| !name.is_empty()) else {
        return Err(Answer::invalid(call, "missing_field", "name", None));
    };
    let Some(media_type) = call.header("content-type") else {
        return Err(Answer::invalid(call, "missing_field", "content_type", None));
    };
    let limit = state.settings.size_limit;
    if length == 0 {
        let message = "size must be greater than or equal to 1";
        return Err(Answer::invalid(call, "custom", "size", Some(message)));
    }
    if length > limit {
        let message = format!("size must be less than or equal to {limit}");
        return Err(Answer::invalid(call, "custom", "size", Some(&message)));
    }
    let name = (state.settings.renaming)(&name);
    if state.is_taken(release, &name, None) {
        return Err(Answer::invalid(call, "already_exists", "name", None));
    }
    if state.assets_of(release).count() >= state.settings.asset_limit {
        let message = format!("file_count limited to {} assets per release", state.settings.asset_limit);
        return Err(Answer::invalid(call, "custom", "file_count", Some(&message)));
    }
    let new = NewAsset::new(name, Bytes::new()).content_type(media_type);
    Ok((release, NewAsset { label: call.parameter("label"), ..new }))
}

/// The same bytes but for the one in the middle.
fn flipped(content: &Content) -> Content {
    let Some(bytes) = content.bytes() else { return content.clone() };
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte = !*byte;
    }
    Content::Bytes(bytes.into())
}

/// The first bytes.
fn short(content: &Content, length: u64) -> Content {
    match content {
        Content::Bytes(bytes) => {
            let length = usize::try_from(length).unwrap_or(usize::MAX).min(bytes.len());
            Content::Bytes(bytes.slice(..length))
        }
        other => Content::Dropped { size: other.size().min(length) },
    }
}

/// The SHA-256 of stored bytes; a made-up one where they were not kept, different from that of all of them.
fn sha256_of(content: &Content, whole: &str) -> String {
    match content {
        Content::Bytes(bytes) => sha256_hex(bytes),
        _ => sha256_hex(whole.as_bytes()),
    }
}
