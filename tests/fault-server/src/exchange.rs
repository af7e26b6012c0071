//! One request and its response: record, fault, body, deed, answer.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use sha2::{Digest, Sha256};

use crate::answer::Answer;
use crate::body::ServedBody;
use crate::call::{Call, Received};
use crate::content::{Content, Pieces, hex};
use crate::endpoint;
use crate::fault::{Deed, Effect, Location, Reply, ReplyBody};
use crate::json;
use crate::operation::{Operation, Origin};
use crate::record::{Entry, Outcome, Recorded};
use crate::state::{Busy, Keep, Server};
use crate::sync::lock;
use crate::wire::Control;

/// Serves one request.
pub(crate) async fn serve(
    server: Arc<Server>,
    origin: Origin,
    control: Control,
    request: Request<Incoming>,
) -> Result<Response<ServedBody>, Infallible> {
    let (head, incoming) = request.into_parts();
    let call = Arc::new(Call::new(&server, origin, head));
    let entry = record(&call);
    control.begin(entry.clone());
    let struck = call.repo.as_ref().and_then(|repo| call.sight(|sight| repo.strike(sight)));
    let busy = call.repo.as_ref().map(|repo| repo.begin());
    let exchange =
        Exchange { call, entry, control, effect: Arc::new(struck.unwrap_or_default()), _busy: busy };
    Ok(exchange.run(incoming).await)
}

/// Takes the request down, with its repository if it names one.
fn record(call: &Call) -> Entry {
    let entry = Entry::new(Recorded {
        number: call.number,
        origin: call.origin,
        operation: call.operation,
        method: call.method.clone(),
        target: call.target.clone(),
        headers: call.headers.clone(),
        body_length: 0,
        body_sha256: hex(&Sha256::digest([])),
        body: Bytes::new(),
        arrived: Instant::now(),
        request_id: call.request_id.clone(),
        outcome: Outcome::Pending,
    });
    match &call.repo {
        Some(repo) => lock(&repo.state).entries.push(entry.clone()),
        None => lock(&call.server.unclaimed).push(entry.clone()),
    }
    entry
}

/// A request that is being served.
struct Exchange {
    call: Arc<Call>,
    entry: Entry,
    control: Control,
    effect: Arc<Effect>,
    _busy: Option<Busy>,
}

impl Drop for Exchange {
    /// A connection that ends early drops what it serves.
    fn drop(&mut self) {
        if self.entry.outcome() == Outcome::Pending {
            self.entry.ends(Outcome::Abandoned);
        }
    }
}

impl Exchange {
    async fn run(self, mut incoming: Incoming) -> Response<ServedBody> {
        let is_read = !self.answers_unread();
        let mut received = Received::default();
        if is_read {
            match self.receive(&mut incoming).await {
                Some(whole) => received = whole,
                // The client went away: nobody will read this.
                None => return Answer::new(400).respond(&self.control),
            }
        }
        if self.effect.request_cut.is_some() {
            self.act(received);
            return self.break_off().await;
        }
        let mut answer = self.act(received);
        if !self.effect.delay.is_zero() {
            tokio::time::sleep(self.effect.delay).await;
        }
        answer.set("x-github-request-id", &self.call.request_id);
        self.entry.ends(Outcome::Answered(answer.status));
        if let Some(pace) = self.effect.pace {
            self.control.pace(pace);
        }
        if let Some((after, cut)) = self.effect.response_cut {
            self.control.limit(after, cut);
        }
        if self.call.method == http::Method::HEAD {
            self.control.response_ends();
        }
        answer.respond(&self.control)
    }

    /// Whether the answer comes before the body.
    fn answers_unread(&self) -> bool {
        let effect = &self.effect;
        let is_true = effect.reply.is_none() && effect.request_cut.is_none() && effect.deed == Deed::CarryOut;
        effect.before_body || is_true && endpoint::is_refused_by_head(&self.call)
    }

    /// Reads the body, or as much of it as a fault lets through. Gives nothing if the client goes away.
    async fn receive(&self, incoming: &mut Incoming) -> Option<Received> {
        let is_upload = self.call.operation == Operation::UploadAsset;
        let keep = self.call.repo.as_ref().map_or(Keep::Bytes, |repo| lock(&repo.state).settings.keep);
        let keeps = !is_upload || keep == Keep::Bytes;
        let limit = self.effect.request_cut.map(|(after, _)| after);
        let (mut hasher, mut bytes, mut length) = (Sha256::new(), BytesMut::new(), 0);
        let finished = loop {
            if limit.is_some_and(|limit| length >= limit) {
                break true;
            }
            let frame = match incoming.frame().await {
                None => break true,
                Some(Err(_)) => break false,
                Some(Ok(frame)) => frame,
            };
            let Ok(mut data) = frame.into_data() else { continue };
            if let Some(left) = limit.map(|limit| limit - length) {
                data.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            }
            length += data.len() as u64;
            hasher.update(&data);
            if keeps {
                bytes.extend_from_slice(&data);
            }
        };
        let (sha256, bytes) = (hex(&hasher.finalize()), bytes.freeze());
        self.entry.receives(length, sha256.clone(), if is_upload { Bytes::new() } else { bytes.clone() });
        finished.then_some(Received { length, sha256, bytes: keeps.then_some(bytes) })
    }

    /// Breaks the request off.
    async fn break_off(&self) -> Response<ServedBody> {
        if !self.effect.delay.is_zero() {
            tokio::time::sleep(self.effect.delay).await;
        }
        if let Some((_, cut)) = self.effect.request_cut {
            self.control.strike(cut);
        }
        // The connection's task sees the cut as soon as this is polled, and drops it.
        pending().await
    }

    /// Does what is to be done, and gives the answer.
    fn act(&self, received: Received) -> Answer {
        let mut left = None;
        let is_whole = self.call.content_length().is_none_or(|length| length == received.length);
        let truth = match &self.effect.deed {
            Deed::CarryOut if is_whole || self.effect.request_cut.is_none() => Some(self.truth(&received)),
            Deed::Late(delay) if is_whole => {
                self.act_later(*delay, received);
                None
            }
            Deed::Leave(state) => {
                left = endpoint::leave(&self.call, state.clone());
                None
            }
            Deed::CarryOut | Deed::Late(_) | Deed::Nothing => None,
        };
        match (&self.effect.reply, truth) {
            (Some(reply), _) => self.render(reply, left),
            (None, Some(truth)) => truth,
            (None, None) => self.render(&Reply::bad_gateway_html(), left),
        }
    }

    /// The true answer, with the headers that all answers of the origin have.
    fn truth(&self, received: &Received) -> Answer {
        let mut answer = endpoint::operate(&self.call, received, &self.effect);
        if matches!(self.call.origin, Origin::Api | Origin::Uploads) {
            answer.set("server", "github.com");
            answer.set("x-github-media-type", "github.v3; format=json");
        }
        if let (Origin::Api, Some(repo)) = (self.call.origin, &self.call.repo) {
            let mut state = lock(&repo.state);
            // An answer that has not changed is free.
            if answer.status != 304 {
                state.rate.count();
            }
            state.rate.write(&mut answer);
        }
        answer
    }

    fn act_later(&self, delay: Duration, received: Received) {
        let (call, effect) = (Arc::clone(&self.call), Arc::clone(&self.effect));
        let busy = call.repo.as_ref().map(|repo| repo.begin());
        self.call.server.later(async move {
            tokio::time::sleep(delay).await;
            endpoint::operate(&call, &received, &effect);
            drop(busy);
        });
    }

    /// The answer that takes the place of the true one.
    fn render(&self, reply: &Reply, left: Option<i64>) -> Answer {
        let mut answer = Answer::new(reply.status);
        for (name, value) in &reply.headers {
            answer.set(name, value);
        }
        match &reply.location {
            Some(Location::Itself) => answer.set("location", &self.call.target),
            Some(Location::To(url)) => answer.set("location", url),
            None => {}
        }
        answer.pieces = match &reply.body {
            ReplyBody::Bytes(bytes) => Pieces::from(bytes.clone()),
            ReplyBody::PartialAsset => Pieces::from(self.partial_asset(left)),
            ReplyBody::Filler(size) => {
                let mut pieces = Pieces::default();
                pieces.push(Content::repeating(b"Something went wrong. ", *size).part(0..*size));
                pieces
            }
        };
        answer
    }

    /// The JSON of what an upload left behind, or would have.
    fn partial_asset(&self, left: Option<i64>) -> Bytes {
        let Some(repo) = &self.call.repo else { return Bytes::new() };
        let state = lock(&repo.state);
        let asset = match left.and_then(|id| state.assets.get(&id)) {
            Some(asset) => asset.clone(),
            None => endpoint::made_up(&self.call),
        };
        json::asset(&self.call.server, &state, &asset).to_string().into()
    }
}
