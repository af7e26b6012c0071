//! Spans and events, and what they never show.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use client_runtime::{Request, RetryPolicy, Value};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::{format::FmtSpan, time};

use crate::{
    api::{DOWNLOAD, GET, TOKEN, builder},
    server::{Reply, Server},
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps all that this thread traces, of every crate, from now on.
    fn keep(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_timer(time::uptime())
            .with_writer(move || log.clone());
        tracing::subscriber::set_default(subscriber.finish())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn each_attempt_is_a_span_that_tells_what_became_of_it() {
    let log = Log::default();
    let _guard = log.keep();
    let server = Server::with([Reply::new("503 Service Unavailable", &[], ""), Reply::json("{}")]).await;
    let policy = RetryPolicy::default().first_delay(Duration::from_millis(10));
    let mut request = Request::new(&builder(&server).retry(policy).build().unwrap(), &GET);
    request.path("owner", "o-in-the-path");
    request.path("name", "n");
    request.send_json::<Value>().await.unwrap();
    let text = log.text();
    let closed: Vec<_> =
        text.lines().filter(|line| line.contains("client_runtime") && line.contains("close")).collect();
    assert_eq!(closed.len(), 2, "{text}");
    for (line, attempt, status) in [(closed[0], 1, 503), (closed[1], 2, 200)] {
        for field in [
            "operation=\"things/get\"".to_owned(),
            "method=GET".to_owned(),
            "path=\"/things/{owner}/{name}\"".to_owned(),
            format!("attempt={attempt}"),
            format!("status={status}"),
            "duration_ms=".to_owned(),
        ] {
            assert!(line.contains(&field), "{field}: {line}");
        }
    }
    assert!(text.contains("sending the request again"), "{text}");
}

#[tokio::test]
async fn no_trace_shows_a_token_or_the_query_of_a_location() {
    let log = Log::default();
    let _guard = log.keep();
    let store = Server::with([Reply::new("403 Forbidden", &[], ""), Reply::silence()]).await;
    let server = Server::start().await;
    for _ in 0..2 {
        server.reply(Reply::redirect("302 Found", &store.url("/blob?signature=hidden")));
    }
    server.reply(Reply::new("404 Not Found", &[], ""));
    let client = builder(&server).api_key(3, "hidden-key").retry(RetryPolicy::off()).build().unwrap();
    for _ in 0..2 {
        Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap_err();
    }
    let mut keyed = Request::new(&client, &crate::api::KEYED);
    keyed.query("secret", "hidden");
    keyed.send_json::<Value>().await.unwrap_err();
    let text = log.text();
    assert!(text.contains("things/download") && text.contains("things/keyed"), "{text}");
    assert!(!text.contains("hidden") && !text.contains(TOKEN), "{text}");
}
