//! `download_to`: the file is right or not there, and is had in the end.

use std::{
    fs::{self, File},
    io::ErrorKind::NotFound,
    path::Path,
    time::Duration,
};

use fastrand::Rng;
use fault_server::{NewAsset, Operation};

use super::{NAMES, Place, content, faults};

const OPERATIONS: [Operation; 4] =
    [Operation::FetchBytes, Operation::FetchBytes, Operation::DownloadAsset, Operation::GetAsset];

pub(super) async fn run(rng: &mut Rng, place: &Place) {
    let id = place.repository.add_release("v1.0.0");
    let (bytes, path) = (content(rng), place.folder().join("download"));
    let asset = NewAsset::new(*rng.choice(&NAMES).unwrap(), bytes.clone());
    let has_digest = rng.u8(0..8) > 0;
    let asset = place.repository.put_asset(id, if has_digest { asset } else { asset.digest(None) });
    place.repository.set_streams_bytes(rng.u8(0..5) == 0);
    let before = (rng.u8(0..3) == 0).then(|| content(rng));
    clear(place.folder());
    if let Some(before) = &before {
        fs::write(&path, before).unwrap();
    }
    // Each round may go on with what the one before has left.
    for _ in 0..rng.u8(1..4) {
        faults::inject(rng, &place.repository, &OPERATIONS, bytes.len());
        let name = place.repository.name();
        let download = place.hasty().download_to("octo", &name, asset, &path);
        let patience = if rng.u8(0..5) == 0 { rng.u64(0..40) } else { 60_000 };
        let result = tokio::time::timeout(Duration::from_millis(patience), download.into_future()).await;
        let there = fs::read(&path).ok();
        match &result {
            // Without a digest a flipped byte of the right length cannot be seen.
            Ok(Ok(_)) if !has_digest => assert_eq!(there.map(|there| there.len()), Some(bytes.len())),
            Ok(Ok(done)) => assert!(there.as_ref() == Some(&bytes), "{done:?}"),
            _ if !has_digest => {}
            _ => assert!(there == before || there.as_ref() == Some(&bytes), "a wrong file: {result:?}"),
        }
        place.mend().await;
        if matches!(result, Ok(Ok(_))) {
            break;
        }
    }
    let name = place.repository.name();
    if !has_digest {
        // A part that holds a flipped byte would be gone on with.
        clear(place.folder());
    }
    let done = place.patient().download_to("octo", &name, asset, &path).await;
    done.expect("a download from a server that is well");
    assert!(fs::read(&path).unwrap() == bytes);
    let left: Vec<_> =
        fs::read_dir(place.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["download"], "nothing else is left");
}

/// Empties a folder. A download that was dropped may be at its last step still, and holds its part until that is done.
fn clear(folder: &Path) {
    while let Some(entry) = fs::read_dir(folder).unwrap().next() {
        let path = entry.unwrap().path();
        let removed = File::open(&path).and_then(|held| {
            held.lock()?;
            fs::remove_file(&path)
        });
        let gone = removed.or_else(|error| if error.kind() == NotFound { Ok(()) } else { Err(error) });
        gone.expect("a file that nobody needs");
    }
}
