//! What goes wrong, when, and how often.

mod effect;
mod reply;

use std::time::Duration;

use http::Method;

use crate::asset::AssetState;
use crate::operation::{Operation, Origin};
use crate::wire::{Cut, Pace};

pub use effect::Framing;
pub(crate) use effect::{Deed, Effect, Served, StoredAs};
pub use reply::Reply;
pub(crate) use reply::unix_time;
pub(crate) use reply::{Location, ReplyBody};

/// A fault: which requests it waits for, and what it does to them.
///
/// A new fault strikes the first request of its repository that matches, once. A fault with no further matter
/// leaves the operation as it is: a cut response or a delay comes after the operation was carried out, a cut
/// request or another reply takes its place; [`leaving`](Self::leaving), [`carried_out`](Self::carried_out),
/// [`undone`](Self::undone) and [`carried_out_late`](Self::carried_out_late) say otherwise.
#[derive(Debug, Clone)]
#[must_use]
pub struct Fault {
    origin: Option<Origin>,
    operation: Option<Operation>,
    method: Option<Method>,
    part: Option<String>,
    passes: u32,
    /// How often it still strikes; nothing is always.
    left: Option<u32>,
    pub(crate) effect: Effect,
}

/// What faults do.
impl Fault {
    /// Breaks off after this many bytes of the request's body, or at its end if that comes first; the
    /// operation is not carried out.
    pub fn cut_request(after: u64, cut: Cut) -> Self {
        Self::with(Effect { request_cut: Some((after, cut)), deed: Deed::Nothing, ..Effect::default() })
    }

    /// Breaks off after this many bytes of the response, its head included, or at its end if that comes
    /// first. A reset discards what the peer has no room for yet, so fewer bytes may arrive.
    pub fn cut_response(after: u64, cut: Cut) -> Self {
        Self::with(Effect { response_cut: Some((after, cut)), ..Effect::default() })
    }

    /// Answers something else, after the body was read; the operation is not carried out.
    pub fn reply(reply: Reply) -> Self {
        Self::with(Effect { reply: Some(reply), deed: Deed::Nothing, ..Effect::default() })
    }

    /// Waits before it answers; the operation is carried out before that.
    pub fn delay(delay: Duration) -> Self {
        Self::with(Effect { delay, ..Effect::default() })
    }

    /// Sends the head of the response byte by byte, with a pause after each.
    pub fn slow_headers(pause: Duration) -> Self {
        Self::with(Effect { pace: Some(Pace { bytes: 1, pause, head_only: true }), ..Effect::default() })
    }

    /// Sends the response so many bytes at a time, with a pause after each.
    pub fn slow_response(bytes: usize, pause: Duration) -> Self {
        Self::with(Effect { pace: Some(Pace { bytes, pause, head_only: false }), ..Effect::default() })
    }

    /// Redirects every matching request to itself.
    pub fn redirect_loop() -> Self {
        Self::reply(Reply::redirect_to_itself()).always()
    }

    /// Redirects a download to a location that has expired.
    pub fn expired_location() -> Self {
        Self::with(Effect { expired_location: true, ..Effect::default() }).on(Operation::DownloadAsset)
    }

    fn with(effect: Effect) -> Self {
        Self { origin: None, operation: None, method: None, part: None, passes: 0, left: Some(1), effect }
    }

    fn upload(stored_as: StoredAs) -> Self {
        Self::with(Effect { stored_as: Some(stored_as), ..Effect::default() }).on(Operation::UploadAsset)
    }

    fn download(served: Served) -> Self {
        Self::with(Effect { served: Some(served), ..Effect::default() }).on(Operation::FetchBytes)
    }
}

/// What becomes of uploaded bytes.
impl Fault {
    /// Stores the upload, and says a digest that is not that of the bytes.
    pub fn wrong_digest() -> Self {
        Self::upload(StoredAs::WrongDigest)
    }

    /// Stores the upload with `digest: null`.
    pub fn null_digest() -> Self {
        Self::upload(StoredAs::NullDigest)
    }

    /// Stores other bytes of the same length: the one in the middle is another. The digest is that of what
    /// is stored.
    pub fn stored_bytes_differ() -> Self {
        Self::upload(StoredAs::Flipped)
    }

    /// Stores only so many bytes, and says size and digest of those.
    pub fn stored_short(length: u64) -> Self {
        Self::upload(StoredAs::Short(length))
    }
}

/// What becomes of downloaded bytes. These wait for a request at the store; where the API streams the bytes
/// itself, send them [`on`](Fault::on) [`Operation::DownloadAsset`].
impl Fault {
    /// Ends the body after so many bytes, cleanly.
    pub fn truncated(after: u64, framing: Framing) -> Self {
        Self::download(Served::Truncated(after, framing))
    }

    /// Sends so many bytes more than were asked for, with a length that says so.
    pub fn extra_bytes(count: u64) -> Self {
        Self::download(Served::Extra(count))
    }

    /// Flips the byte at this place of the asset.
    pub fn flipped_byte(at: u64) -> Self {
        Self::download(Served::Flipped(at))
    }

    /// Sends the whole asset with 200, whatever range was asked for.
    pub fn ignored_range() -> Self {
        Self::download(Served::IgnoredRange)
    }

    /// Sends the range that was asked for with another entity tag, whatever `If-Range` says.
    pub fn changed_etag() -> Self {
        Self::download(Served::ChangedEtag)
    }

    /// Answers 416, whatever range was asked for.
    pub fn refused_range() -> Self {
        Self::download(Served::RefusedRange)
    }

    /// Sends the range that was asked for with a `Content-Range` that is one byte further.
    pub fn wrong_content_range() -> Self {
        Self::download(Served::WrongContentRange)
    }
}

/// Which requests it strikes.
impl Fault {
    /// Waits for this operation only.
    pub fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Waits for requests at this origin only.
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Waits for this method only.
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Waits for requests whose path and query contain this text. A path that begins with
    /// `/repositories/ID/` is looked at as `/repos/OWNER/REPO/`, too.
    pub fn path_contains(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    /// Lets so many matching requests pass first.
    pub fn after(mut self, requests: u32) -> Self {
        self.passes = requests;
        self
    }

    /// Strikes so many requests.
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Strikes every matching request until the faults are cleared.
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }
}

/// What becomes of the operation, and what else happens.
impl Fault {
    /// Carries the operation out.
    pub fn carried_out(mut self) -> Self {
        self.effect.deed = Deed::CarryOut;
        self
    }

    /// Does not carry the operation out.
    pub fn undone(mut self) -> Self {
        self.effect.deed = Deed::Nothing;
        self
    }

    /// Does not carry the upload out, and leaves an empty asset of this state behind. Nothing is left by
    /// other operations, or where the upload would have been refused.
    pub fn leaving(mut self, state: AssetState) -> Self {
        self.effect.deed = Deed::Leave(state);
        self
    }

    /// Carries the operation out so long after the answer was given or cut; a request that was cut before
    /// its end has nothing to be carried out.
    pub fn carried_out_late(mut self, delay: Duration) -> Self {
        self.effect.deed = Deed::Late(delay);
        self
    }

    /// Waits so long before it answers, or before it breaks the request off.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.effect.delay = delay;
        self
    }

    /// Breaks the response off, too; see [`cut_response`](Self::cut_response).
    pub fn with_cut_response(mut self, after: u64, cut: Cut) -> Self {
        self.effect.response_cut = Some((after, cut));
        self
    }

    /// Answers something else; unlike a fault that is [only that](Self::reply), it leaves open what becomes
    /// of the operation.
    pub fn replying(mut self, reply: Reply) -> Self {
        self.effect.reply = Some(reply);
        self
    }

    /// Answers without reading the body of the request; for [replies](Self::reply).
    pub fn before_body(mut self) -> Self {
        self.effect.before_body = true;
        self
    }
}

impl From<Reply> for Fault {
    fn from(reply: Reply) -> Self {
        Self::reply(reply)
    }
}

/// What a fault looks at.
pub(crate) struct Sight<'a> {
    pub(crate) origin: Origin,
    pub(crate) operation: Operation,
    pub(crate) method: &'a Method,
    /// The target as it was sent, and with the name of the repository.
    pub(crate) targets: [&'a str; 2],
}

impl Fault {
    /// Whether it waits for this request.
    pub(crate) fn matches(&self, sight: &Sight<'_>) -> bool {
        self.origin.is_none_or(|origin| origin == sight.origin)
            && self.operation.is_none_or(|operation| operation == sight.operation)
            && self.method.as_ref().is_none_or(|method| method == sight.method)
            && self.part.as_ref().is_none_or(|part| sight.targets.iter().any(|target| target.contains(part)))
    }

    /// Whether a matching request has to pass; takes note of it.
    pub(crate) fn lets_pass(&mut self) -> bool {
        let passes = self.passes > 0;
        self.passes = self.passes.saturating_sub(1);
        passes
    }

    /// Takes note that it struck.
    pub(crate) fn strikes(&mut self) {
        self.left = self.left.map(|left| left.saturating_sub(1));
    }

    /// Whether it will not strike again.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left == Some(0)
    }

    /// Whether it strikes until it is cleared.
    pub(crate) fn is_endless(&self) -> bool {
        self.left.is_none()
    }
}
