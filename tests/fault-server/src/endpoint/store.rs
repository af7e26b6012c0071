//! The store: signed locations, ranges, entity tags.

use std::ops::Range;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::answer::Answer;
use crate::asset::Stored;
use crate::body::Ending;
use crate::call::Call;
use crate::content::{Content, Piece, sha256_hex};
use crate::fault::{Effect, Framing, Served};
use crate::json::encode;
use crate::operation::Place;
use crate::state::{Repo, Server};
use crate::sync::lock;
use crate::wire::Cut;

/// A signed location of an asset's bytes.
pub(super) fn location(
    server: &Server,
    repo: &Repo,
    asset: &Stored,
    lifetime: Duration,
    is_expired: bool,
) -> String {
    let end = if is_expired { unix_millis().saturating_sub(1) } else { unix_millis() + lifetime.as_millis() };
    let signature = sign(server, repo.id, asset.id, &end.to_string());
    let disposition = encode(&format!("attachment; filename={}", asset.name));
    format!(
        "{}/{}/{}?sp=r&sr=b&se={end}&rscd={disposition}&sig={signature}",
        server.urls.store, repo.id, asset.id
    )
}

fn sign(server: &Server, repo: i64, asset: i64, end: &str) -> String {
    sha256_hex(format!("{} {repo} {asset} {end}", server.secret).as_bytes())
}

fn unix_millis() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_millis())
}

/// Answers at the store.
pub(super) fn fetch(call: &Call, repo: Option<&Repo>, effect: &Effect) -> Answer {
    let (Some(repo), Place::Blob(id)) = (repo, &call.route.place) else {
        return Answer::xml(404, "ResourceNotFound", "The specified resource does not exist.");
    };
    if call.headers.contains_key("authorization") {
        return Answer::xml(400, "InvalidArgument", "Only one auth mechanism allowed");
    }
    let end = call.parameter("se").unwrap_or_default();
    let is_signed =
        call.parameter("sig").is_some_and(|given| given == sign(&call.server, repo.id, *id, &end));
    let is_expired = end.parse::<u128>().map_or(true, |end| end < unix_millis());
    if !is_signed || is_expired {
        let why = if is_signed {
            "Signature not valid in the specified time frame"
        } else {
            "Signature did not match"
        };
        return Answer::xml(403, "AuthenticationFailed", why);
    }
    let asset = lock(&repo.state).assets.get(id).cloned();
    match asset.filter(|asset| !asset.state.is_leftover()) {
        Some(asset) => deliver(call, &asset, effect.served),
        None => Answer::xml(404, "BlobNotFound", "The specified blob does not exist."),
    }
}

/// Sends the bytes of an asset, or the part that was asked for.
pub(super) fn deliver(call: &Call, asset: &Stored, served: Option<Served>) -> Answer {
    if matches!(asset.content, Content::Dropped { .. }) {
        return Answer::xml(404, "BlobNotFound", "The bytes of this asset were not kept.");
    }
    let size = asset.content.size();
    let etag = match served {
        Some(Served::ChangedEtag) => "\"0xC0FFEE0000000000\"".to_owned(),
        _ => asset.etag(),
    };
    let changed = DateTimePrinter::new().timestamp_to_rfc9110_string(&asset.updated_at).unwrap_or_default();
    let if_range = call.header("if-range");
    let is_same = if_range.is_none_or(|given| given == etag || given == changed);
    let asked = call.header("range").filter(|_| is_same || served == Some(Served::ChangedEtag));
    let range = match served {
        Some(Served::IgnoredRange) => None,
        Some(Served::RefusedRange) => Some(Err(())),
        _ => asked.and_then(|range| satisfy(range, size)),
    };
    let answer = match range {
        None => with_body(Answer::new(200), &asset.content, 0..size, served),
        Some(Ok(range)) => {
            let shift = u64::from(served == Some(Served::WrongContentRange));
            let (first, last) = (range.start + shift, range.end - 1 + shift);
            with_body(Answer::new(206), &asset.content, range, served)
                .header("content-range", format!("bytes {first}-{last}/{size}"))
        }
        Some(Err(())) => {
            Answer::xml(416, "InvalidRange", "The range specified is invalid for the size of the resource.")
                .header("content-range", format!("bytes */{size}"))
                .header("etag", &etag)
                .header("accept-ranges", "bytes")
        }
    };
    if answer.status == 416 {
        return answer;
    }
    answer
        .header("etag", etag)
        .header("accept-ranges", "bytes")
        .header("last-modified", changed)
        .header("content-type", &asset.content_type)
        .header("content-disposition", format!("attachment; filename={}", asset.name))
}

/// The range that a header asks for: nothing if it is to be ignored, an error if it cannot be satisfied.
fn satisfy(header: &str, size: u64) -> Option<Result<Range<u64>, ()>> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() {
        let count: u64 = last.parse().ok()?;
        return Some(if count == 0 || size == 0 { Err(()) } else { Ok(size.saturating_sub(count)..size) });
    }
    let first: u64 = first.parse().ok()?;
    let end = if last.is_empty() { size } else { last.parse::<u64>().ok()?.saturating_add(1).min(size) };
    match last.parse::<u64>() {
        Ok(last) if last < first => None,
        _ if first >= size => Some(Err(())),
        _ => Some(Ok(first..end)),
    }
}

fn with_body(mut answer: Answer, content: &Content, range: Range<u64>, served: Option<Served>) -> Answer {
    let whole = range.end - range.start;
    match served {
        Some(Served::Truncated(after, framing)) => {
            answer.pieces.push(content.part(range.start..range.end.min(range.start.saturating_add(after))));
            answer.ending = match framing {
                Framing::Consistent => Ending::Length,
                Framing::Chunked => Ending::Chunked,
                Framing::Unannounced => Ending::Connection,
                Framing::Promised => Ending::Cut(Cut::Close),
            };
            if framing == Framing::Promised {
                answer.set("content-length", whole);
            }
        }
        Some(Served::Extra(count)) => {
            answer.pieces.push(content.part(range));
            answer.pieces.push(Content::repeating(b"extra ", count).part(0..count));
        }
        Some(Served::Flipped(at)) if range.contains(&at) => {
            let flipped = content.byte(at).map_or(Bytes::new(), |byte| vec![!byte].into());
            answer.pieces.push(content.part(range.start..at));
            answer.pieces.push(Piece::Bytes(flipped));
            answer.pieces.push(content.part(at + 1..range.end));
        }
        _ => answer.pieces.push(content.part(range)),
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::satisfy;

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        let table = [
            ("bytes=0-3", Some(Ok(0..4))),
            ("bytes=4-", Some(Ok(4..10))),
            ("bytes=4-99", Some(Ok(4..10))),
            ("bytes=-3", Some(Ok(7..10))),
            ("bytes=-99", Some(Ok(0..10))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=5-4", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
            ("bytes=x-", None),
        ];
        for (header, expected) in table {
            assert_eq!(satisfy(header, 10), expected, "{header}");
        }
    }
}
