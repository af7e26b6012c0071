//! Random faults.

use std::time::Duration;

use fastrand::Rng;
use fault_server::{AssetState, Cut, Fault, Framing, Operation, Reply, Repository};

/// A few faults on random requests of these operations, and sometimes the end of the world: from some request on,
/// nothing gets through any more, as after the death of the client.
pub(super) fn inject(rng: &mut Rng, repository: &Repository, operations: &[Operation], length: usize) {
    if rng.u8(0..6) == 0 {
        let last = rng.u32(0..12);
        // The last request that arrives may be carried out although nobody hears of it.
        if rng.bool() {
            repository.inject(Fault::cut_response(0, Cut::Reset).after(last));
        }
        repository.inject(Fault::cut_request(0, Cut::Reset).after(last).always());
    }
    for _ in 0..rng.u8(0..5) {
        let Some(operation) = rng.choice(operations) else { continue };
        let fault = fault(rng, repository, *operation, length as u64).on(*operation);
        repository.inject(fault.after(rng.u32(0..3)).times(rng.u32(1..3)));
    }
}

fn fault(rng: &mut Rng, repository: &Repository, operation: Operation, length: u64) -> Fault {
    match (operation, rng.u8(0..10)) {
        (Operation::UploadAsset, 0..3) => {
            let fault = Fault::cut_request(rng.u64(0..=length), cut(rng));
            if rng.bool() { fault.leaving(leftover(rng)) } else { fault }
        }
        (Operation::UploadAsset, 3) => stored(rng, length),
        (Operation::FetchBytes, 0..5) => served(rng, length),
        (Operation::DownloadAsset, 0..2) => Fault::expired_location(),
        (_, 0..4) => Fault::cut_response(rng.u64(0..2_000), cut(rng)),
        (_, 4) => Fault::delay(Duration::from_millis(rng.u64(1..30))),
        (_, 5) if rng.u8(0..8) == 0 => Fault::slow_headers(Duration::from_millis(1)),
        _ => replied(rng, repository),
    }
}

fn replied(rng: &mut Rng, repository: &Repository) -> Fault {
    let reply = match rng.u8(0..14) {
        0..2 => Reply::bad_gateway_html(),
        2..4 => Reply::bad_gateway_json(),
        4..6 => Reply::bad_gateway_partial_asset(),
        6 => Reply::malformed_json(if rng.bool() { 200 } else { 201 }),
        7 => Reply::too_many_requests(),
        8 => Reply::secondary_limit(rng.bool().then_some(0)),
        9 => Reply::rate_limited_primary(0).status(if rng.bool() { 403 } else { 429 }),
        10 => Reply::error_body(if rng.u8(0..8) == 0 { 100 << 20 } else { 200_000 }),
        11 => Reply::redirect_to_itself(),
        12 => Reply::redirect_to(repository.elsewhere_url()),
        _ => Reply::new(503),
    };
    let fault = Fault::reply(reply);
    match rng.u8(0..6) {
        0 => fault.carried_out(),
        1 => fault.carried_out_late(Duration::from_millis(rng.u64(0..40))),
        2 => fault.leaving(leftover(rng)),
        3 => fault.before_body(),
        _ => fault,
    }
}

/// What becomes of an upload.
fn stored(rng: &mut Rng, length: u64) -> Fault {
    match rng.u8(0..4) {
        0 => Fault::wrong_digest(),
        1 => Fault::null_digest(),
        2 => Fault::stored_bytes_differ(),
        _ => Fault::stored_short(rng.u64(0..length)),
    }
}

/// What becomes of a download.
fn served(rng: &mut Rng, length: u64) -> Fault {
    let framings = [Framing::Promised, Framing::Consistent, Framing::Chunked, Framing::Unannounced];
    match rng.u8(0..10) {
        0..3 => Fault::truncated(rng.u64(0..length), framings[rng.usize(0..4)]),
        3 => Fault::extra_bytes(rng.u64(1..10_000)),
        4 => Fault::flipped_byte(rng.u64(0..length)),
        5 => Fault::ignored_range(),
        6 => Fault::changed_etag(),
        7 => Fault::refused_range(),
        8 => Fault::wrong_content_range(),
        _ => Fault::cut_response(rng.u64(0..length + 500), cut(rng)),
    }
}

fn cut(rng: &mut Rng) -> Cut {
    // A stall takes as long as the client's patience.
    match rng.u8(0..8) {
        0 => Cut::Stall,
        1..4 => Cut::Close,
        _ => Cut::Reset,
    }
}

fn leftover(rng: &mut Rng) -> AssetState {
    if rng.bool() { AssetState::Starter } else { AssetState::New }
}
