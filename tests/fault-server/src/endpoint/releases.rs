//! Releases: the latest, by tag, by id.

use crate::answer::Answer;
use crate::call::Call;
use crate::json;
use crate::operation::Place;
use crate::state::{Repo, RepoState};

pub(super) fn get(call: &Call, repo: &Repo, state: &RepoState) -> Answer {
    let mut newest_first = state.releases.iter().rev();
    let found = match &call.route.place {
        Place::Latest => newest_first.find(|release| !release.new.draft && !release.new.prerelease),
        Place::Tag(tag) => newest_first.find(|release| !release.new.draft && release.new.tag == *tag),
        Place::Release(id) => state.release(*id),
        _ => None,
    };
    match found {
        Some(release) => Answer::tagged_json(call, &json::release(&call.server, repo, state, release)),
        None => Answer::not_found(),
    }
}
