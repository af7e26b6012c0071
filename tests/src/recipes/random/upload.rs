//! `upload_file`: exactly one complete asset, or an error; and all is well when it is run again.

use std::time::Duration;

use fastrand::Rng;
use fault_server::{AssetState, Operation};
use github_release_assets::file_name;

use super::{NAMES, Place, content, faults, has, shown};

const OPERATIONS: [Operation; 4] =
    [Operation::UploadAsset, Operation::UploadAsset, Operation::ListAssets, Operation::GetAsset];

/// What another program uploads.
const RIVAL: &str = "of another program";

pub(super) async fn run(rng: &mut Rng, place: &Place) {
    let id = place.repository.add_release("v1.0.0");
    let other = place.repository.add_asset(id, "other.txt", content(rng));
    let local = *rng.choice(&NAMES).unwrap();
    let name = file_name::rewritten(local);
    let bytes = content(rng);
    let mut other_program = None;
    match rng.u8(0..8) {
        0..2 => drop(place.repository.add_leftover(id, &name, AssetState::Starter)),
        2 => return taken(rng, place, id, local).await,
        3 => other_program = Some(tokio::spawn(rival(place.clone(), id, name.clone(), rng.u64(0..30)))),
        _ => {}
    }
    let path = place.folder().join(local);
    std::fs::write(&path, &bytes).unwrap();
    let operations: &[_] = if rng.bool() { &OPERATIONS } else { &[Operation::UploadAsset] };
    faults::inject(rng, &place.repository, operations, bytes.len());

    let upload = place.release(&place.hasty(), id).upload_file(&path).attempts(rng.u32(1..5));
    let patience = if rng.u8(0..5) == 0 { rng.u64(0..40) } else { 60_000 };
    let result = tokio::time::timeout(Duration::from_millis(patience), upload.into_future()).await;
    if let Ok(Ok(done)) = &result {
        // What it says is so at once, and not only when all has come to rest.
        let asset = place.repository.asset(id, &name).expect("the asset that was promised");
        assert!(asset.id == done.asset.id && has(&asset, &bytes), "{done:?}");
    }
    if let Some(other_program) = other_program {
        other_program.await.expect("the other program");
    }
    place.mend().await;
    let mine =
        |place: &Place| place.complete(id).into_iter().filter(|asset| asset.id != other).collect::<Vec<_>>();
    let there = mine(place);
    assert!(there.len() <= 1, "{:?}", shown(&there));
    assert!(place.complete(id).iter().any(|asset| asset.id == other), "an asset that is not ours is gone");
    if let Ok(Ok(_)) = result {
        assert!(there.len() == 1 && has(&there[0], &bytes), "{:?}", shown(&there));
    }
    // What the server has taken in another form, or says so, or does not say, is there to stay.
    if there.iter().any(|asset| is_doubtful(asset, &bytes)) {
        return;
    }

    let again = place.release(&place.patient(), id).upload_file(&path).await;
    let again = again.expect("an upload to a server that is well");
    // What was still on its way may have come since.
    assert!(again.already_there || there.is_empty(), "it was there and was sent again");
    let there = mine(place);
    assert!(there.len() == 1 && has(&there[0], &bytes) && there[0].name == name, "{:?}", shown(&there));
    assert!(place.repository.assets(id).iter().all(|asset| !asset.state.is_leftover()));
}

/// Another program has uploaded a file of this name: whatever goes wrong, it stays.
async fn taken(rng: &mut Rng, place: &Place, release: i64, local: &str) {
    let (theirs, name) = (content(rng), file_name::rewritten(local));
    let asset = place.repository.add_asset(release, &name, theirs.clone());
    let path = place.folder().join(local);
    std::fs::write(&path, content(rng)).unwrap();
    faults::inject(rng, &place.repository, &OPERATIONS, theirs.len());
    let result = place.release(&place.hasty(), release).upload_file(&path).await;
    place.mend().await;
    let there = place.complete(release);
    let is_left = there.iter().any(|own| own.id == asset && has(own, &theirs));
    assert!(result.is_err() && is_left, "{result:?} {:?}", shown(&there));
}

/// Another program finishes the upload that an empty asset stands for.
async fn rival(place: Place, release: i64, name: String, after: u64) {
    tokio::time::sleep(Duration::from_millis(after)).await;
    let Some(leftover) = place.repository.asset(release, &name).filter(|asset| asset.state.is_leftover())
    else {
        return;
    };
    if place.repository.remove_asset(leftover.id) {
        place.repository.add_asset(release, &name, RIVAL);
    }
}

/// Whether the server has other bytes, says that it has, or says nothing.
fn is_doubtful(asset: &fault_server::Asset, bytes: &[u8]) -> bool {
    let digest = format!("sha256:{}", asset.sha256);
    !has(asset, bytes) || asset.digest != Some(digest)
}
