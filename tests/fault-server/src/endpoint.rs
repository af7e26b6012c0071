//! What the origins do, if nothing goes wrong.

mod assets;
mod releases;
mod store;
mod upload;

use crate::answer::Answer;
use crate::call::{Call, Received};
use crate::fault::Effect;
use crate::operation::{Operation, Origin};
use crate::state::{Repo, RepoState};
use crate::sync::lock;

pub(crate) use upload::{is_refused_by_head, leave, made_up};

/// Carries the operation out that a request asks for.
pub(crate) fn operate(call: &Call, received: &Received, effect: &Effect) -> Answer {
    match (call.origin, &call.repo) {
        (Origin::Elsewhere, _) => Answer::text(200, "Nobody should have come here.\n"),
        (Origin::Store, repo) => store::fetch(call, repo.as_deref(), effect),
        (Origin::Api | Origin::Uploads, _) if call.header("user-agent").is_none_or(str::is_empty) => {
            Answer::text(403, "Request forbidden by administrative rules: it needs a User-Agent header.\n")
        }
        (Origin::Api | Origin::Uploads, None) => Answer::not_found(),
        (Origin::Api | Origin::Uploads, Some(repo)) => {
            let mut state = lock(&repo.state);
            match admit(call, repo, &mut state) {
                Ok(()) => act(call, repo, &mut state, received, effect),
                Err(refusal) => refusal,
            }
        }
    }
}

/// Refuses what may not come in, and sends on what asks for an old name.
fn admit(call: &Call, repo: &Repo, state: &mut RepoState) -> Result<(), Answer> {
    if let Some(token) = &state.settings.token {
        let credentials = call.header("authorization");
        let given = credentials.and_then(|value| value.split_once(' '));
        match given {
            Some((scheme, given)) if is_token_scheme(scheme) && given.trim() == token => {}
            Some(_) => return Err(Answer::error(401, "Bad credentials")),
            None => return Err(Answer::error(401, "Requires authentication")),
        }
    }
    if call.origin == Origin::Api && state.rate.is_exhausted() {
        return Err(Answer::error(403, "API rate limit exceeded for user ID 4711."));
    }
    if call.uses_old_name(state) {
        let base = match call.origin {
            Origin::Uploads => &call.server.urls.uploads,
            _ => &call.server.urls.api,
        };
        let url = format!("{base}/repositories/{}/{}{}", repo.id, call.route.rest, call.query());
        let is_read = call.method == http::Method::GET || call.method == http::Method::HEAD;
        return Err(Answer::moved(if is_read { 301 } else { 307 }, &url));
    }
    Ok(())
}

fn is_token_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token")
}

fn act(call: &Call, repo: &Repo, state: &mut RepoState, received: &Received, effect: &Effect) -> Answer {
    match call.operation {
        Operation::LatestRelease | Operation::ReleaseByTag | Operation::GetRelease => {
            releases::get(call, repo, state)
        }
        Operation::ListAssets => assets::list(call, repo, state),
        Operation::GetAsset => assets::get(call, state),
        Operation::DownloadAsset => assets::download(call, repo, state, effect),
        Operation::UpdateAsset => assets::update(call, state, received),
        Operation::DeleteAsset => assets::delete(call, state),
        Operation::UploadAsset => upload::upload(call, state, received, effect.stored_as),
        Operation::FetchBytes | Operation::Other => Answer::not_found(),
    }
}
