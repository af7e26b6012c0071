//! `replace_file`: the old asset or the new one is there at every moment, and never both for long.

use std::time::Duration;

use fastrand::Rng;
use fault_server::Operation;
use github_release_assets::file_name;

use super::{NAMES, Place, content, faults, has, shown};

const OPERATIONS: [Operation; 6] = [
    Operation::UploadAsset,
    Operation::UpdateAsset,
    Operation::UpdateAsset,
    Operation::DeleteAsset,
    Operation::GetAsset,
    Operation::ListAssets,
];

pub(super) async fn run(rng: &mut Rng, place: &Place) {
    let id = place.repository.add_release("v1.0.0");
    let local = *rng.choice(&NAMES).unwrap();
    let name = file_name::rewritten(local);
    let (first, path) = (content(rng), place.folder().join(local));
    place.repository.add_asset(id, &name, first.clone());
    let mut contents = vec![first];
    // Each round may begin with what the one before has left.
    for _ in 0..rng.u8(1..4) {
        let new = content(rng);
        std::fs::write(&path, &new).unwrap();
        contents.push(new.clone());
        faults::inject(rng, &place.repository, &OPERATIONS, new.len());
        let replace = place.release(&place.hasty(), id).replace_file(&path).attempts(rng.u32(1..4));
        let patience = if rng.u8(0..5) == 0 { rng.u64(0..60) } else { 60_000 };
        let watched = watch(place, id, &name, &contents, async {
            tokio::time::timeout(Duration::from_millis(patience), replace.into_future()).await
        });
        if let Ok(Ok(done)) = watched.await {
            let asset = place.repository.asset(id, &name).expect("the asset that was promised");
            assert!(asset.id == done.asset.id && has(&asset, &new), "{done:?}");
        }
        place.mend().await;
        check(place, id, &name, &contents);
    }
    // One that was dropped may still be at its renames; this one waits for it.
    let new = content(rng);
    std::fs::write(&path, &new).unwrap();
    let done = place.release(&place.patient(), id).replace_file(&path).await;
    done.expect("a replacement at a server that is well");
    let assets = place.repository.assets(id);
    assert!(assets.len() == 1 && assets[0].name == name && has(&assets[0], &new), "{:?}", shown(&assets));
}

/// Looks at the server all the while.
async fn watch<T>(
    place: &Place,
    release: i64,
    name: &str,
    contents: &[Vec<u8>],
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        check(place, release, name, contents);
        if let Ok(result) = tokio::time::timeout(Duration::from_millis(2), &mut work).await {
            return result;
        }
    }
}

/// Under the name is a file that was to be there at some time, complete; or nothing, for the moment between the two
/// renames, and then the old asset waits under the name that it is put aside with.
fn check(place: &Place, release: i64, name: &str, contents: &[Vec<u8>]) {
    let assets = place.complete(release);
    let find = |name: &str| assets.iter().find(|asset| asset.name == name);
    let current = find(name).or_else(|| find(&format!("{name}.replacement-old")));
    let is_one = current.is_some_and(|asset| contents.iter().any(|content| has(asset, content)));
    assert!(is_one, "neither the old asset nor the new one: {:?}", shown(&assets));
}
