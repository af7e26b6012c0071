//! Assets: list, get, download, update, delete.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::asset::{AssetState, Stored};
use crate::call::{Call, Received};
use crate::fault::Effect;
use crate::json;
use crate::operation::Place;
use crate::state::{Repo, RepoState};

use super::store;

const PER_PAGE: usize = 30;
const PER_PAGE_AT_MOST: usize = 100;

pub(super) fn list(call: &Call, repo: &Repo, state: &RepoState) -> Answer {
    let Place::Assets(release) = call.route.place else { return Answer::not_found() };
    if state.release(release).is_none() {
        return Answer::not_found();
    }
    let number = |name| call.parameter(name)?.parse::<usize>().ok().filter(|number| *number > 0);
    let per_page = number("per_page").unwrap_or(PER_PAGE).min(PER_PAGE_AT_MOST);
    let page = number("page").unwrap_or(1);
    let shown = state.assets_of(release).skip((page - 1).saturating_mul(per_page)).take(per_page);
    let assets = shown.map(|asset| json::asset(&call.server, state, asset)).collect();
    let answer = Answer::tagged_json(call, &Value::Array(assets));

    let pages = state.assets_of(release).count().div_ceil(per_page).max(1);
    let link = |page: usize, relation: &str| {
        let given = call.parameter("per_page").map(|_| format!("per_page={per_page}&")).unwrap_or_default();
        let path = format!("repositories/{}/releases/{release}/assets", repo.id);
        format!("<{}/{path}?{given}page={page}>; rel=\"{relation}\"", call.server.urls.api)
    };
    let mut links = Vec::new();
    if page > 1 {
        links.push(link((page - 1).min(pages), "prev"));
    }
    if page < pages {
        links.extend([link(page + 1, "next"), link(pages, "last")]);
    }
    if page > 1 {
        links.push(link(1, "first"));
    }
    if links.is_empty() { answer } else { answer.header("link", links.join(", ")) }
}

pub(super) fn get(call: &Call, state: &RepoState) -> Answer {
    match find(call, state) {
        Some(asset) => Answer::tagged_json(call, &json::asset(&call.server, state, asset)),
        None => Answer::not_found(),
    }
}

pub(super) fn download(call: &Call, repo: &Repo, state: &mut RepoState, effect: &Effect) -> Answer {
    let Some(asset) = find(call, state).filter(|asset| !asset.state.is_leftover()) else {
        return Answer::not_found();
    };
    let answer = if state.settings.streams_bytes {
        store::deliver(call, asset, effect.served)
    } else {
        let lifetime = state.settings.location_lifetime;
        let location = store::location(&call.server, repo, asset, lifetime, effect.expired_location);
        Answer::new(302).header("location", location)
    };
    let id = asset.id;
    if let Some(asset) = state.assets.get_mut(&id) {
        asset.download_count += 1;
    }
    answer
}

pub(super) fn update(call: &Call, state: &mut RepoState, received: &Received) -> Answer {
    let Some(asset) = find(call, state) else { return Answer::not_found() };
    let (id, release) = (asset.id, asset.release);
    let body = received.bytes.clone().unwrap_or_default();
    let Ok(changes) = serde_json::from_slice::<Map<String, Value>>(&body) else {
        return Answer::error(400, "Problems parsing JSON");
    };
    if state.is_immutable(release) {
        return Answer::error(422, "Cannot update assets of an immutable release.");
    }
    let name = match changes.get("name") {
        None => None,
        Some(Value::String(name)) if !name.is_empty() => Some((state.settings.renaming)(name)),
        Some(_) => return Answer::invalid(call, "invalid", "name", None),
    };
    if name.as_ref().is_some_and(|name| state.is_taken(release, name, Some(id))) {
        return Answer::invalid(call, "already_exists", "name", None);
    }
    let new_state = match changes.get("state").map(Value::as_str) {
        None => None,
        Some(Some("uploaded")) => Some(AssetState::Uploaded),
        Some(Some("open")) => Some(AssetState::Open),
        Some(_) => return Answer::invalid(call, "invalid", "state", None),
    };
    if let Some(asset) = state.assets.get_mut(&id) {
        change(asset, name, new_state, changes.get("label"));
    }
    match state.assets.get(&id) {
        Some(asset) => Answer::json(200, &json::asset(&call.server, state, asset)),
        None => Answer::not_found(),
    }
}

/// Makes checked changes. What a failed upload left behind does not become complete by a changed state.
fn change(asset: &mut Stored, name: Option<String>, state: Option<AssetState>, label: Option<&Value>) {
    if let Some(name) = name {
        asset.name = name;
    }
    if let Some(state) = state.filter(|_| !asset.state.is_leftover()) {
        asset.state = state;
    }
    if let Some(label) = label {
        asset.label = label.as_str().map(ToOwned::to_owned);
    }
    asset.updated_at = Timestamp::now();
}

pub(super) fn delete(call: &Call, state: &mut RepoState) -> Answer {
    let Some(asset) = find(call, state) else { return Answer::not_found() };
    let (id, release) = (asset.id, asset.release);
    if state.is_immutable(release) {
        return Answer::error(422, "Cannot delete assets of an immutable release.");
    }
    state.assets.remove(&id);
    Answer::new(204)
}

fn find<'a>(call: &Call, state: &'a RepoState) -> Option<&'a Stored> {
    match call.route.place {
        Place::Asset(id) => state.assets.get(&id),
        _ => None,
    }
}
