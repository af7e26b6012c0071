//! Tokens that are asked for when they are needed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use client_runtime::{
    AccessToken, Body, Client, ErrorKind, Request, RetryPolicy, TokenProvider, Value, jiff,
};

use crate::{
    api::{CREATE, DOWNLOAD, LIST, UPLOAD, builder},
    server::{Reply, Server},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Gives `token-1`, `token-2` and so on.
#[derive(Clone, Default)]
struct Counting {
    asked: Arc<AtomicU32>,
    lives_for: Option<Duration>,
}

impl TokenProvider for Counting {
    async fn token(&self) -> Result<AccessToken, BoxError> {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let token = AccessToken::from(format!("token-{number}"));
        Ok(match self.lives_for {
            Some(time) => token.expires_at(jiff::Timestamp::now() + time),
            None => token,
        })
    }
}

struct Failing;

impl TokenProvider for Failing {
    async fn token(&self) -> Result<AccessToken, BoxError> {
        Err("the key is gone".into())
    }
}

fn client(server: &Server, provider: impl TokenProvider) -> Client {
    builder(server).bearer(0, provider).retry(RetryPolicy::off()).build().unwrap()
}

fn tokens(server: &Server) -> Vec<String> {
    let received = server.received();
    received.iter().map(|got| got.header("authorization").unwrap_or("none").to_owned()).collect()
}

fn unauthorized() -> Reply {
    Reply::new("401 Unauthorized", &[], r#"{"message": "Bad credentials"}"#)
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_shared() {
    let server = Server::with((0..6).map(|_| Reply::json("{}"))).await;
    let provider = Counting::default();
    let client = client(&server, provider.clone());
    assert_eq!(provider.asked.load(Ordering::SeqCst), 0, "not before it is needed");
    let sends = (0..6).map(|_| tokio::spawn(Request::new(&client.clone(), &LIST).send_json::<Value>()));
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap().unwrap();
    }
    assert_eq!(tokens(&server), ["Bearer token-1"; 6]);
    assert_eq!(provider.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let server = Server::with([unauthorized(), Reply::json("{}"), Reply::json("{}")]).await;
    let client = client(&server, Counting::default());
    for _ in 0..2 {
        Request::new(&client, &LIST).send_json::<Value>().await.unwrap();
    }
    assert_eq!(tokens(&server), ["Bearer token-1", "Bearer token-2", "Bearer token-2"]);

    let server = Server::with([unauthorized(), unauthorized()]).await;
    let client = self::client(&server, Counting::default());
    let error = Request::new(&client, &LIST).send_json::<Value>().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 2));
    assert_eq!(tokens(&server), ["Bearer token-1", "Bearer token-2"]);
}

#[tokio::test]
async fn a_write_is_repeated_with_a_new_token_and_its_whole_body() {
    let server = Server::with([unauthorized(), Reply::json("{}"), unauthorized()]).await;
    let client = client(&server, Counting::default());
    let mut create = Request::new(&client, &CREATE);
    create.json("application/json", "content");
    create.send_json::<Value>().await.unwrap();
    let received = server.received();
    assert!(received.iter().all(|got| got.body == b"\"content\""), "{received:?}");

    let mut upload = Request::new(&client, &UPLOAD);
    upload.body("text/plain", Body::from_reader(std::io::Cursor::new(b"abc"), 3));
    assert_eq!(upload.send_json::<Value>().await.unwrap_err().status(), Some(401));
    assert_eq!(server.received().len(), 3, "what was read cannot be sent again");
}

#[tokio::test]
async fn a_fixed_token_that_is_refused_is_an_error_at_once() {
    let server = Server::with([unauthorized()]).await;
    let client = builder(&server).build().unwrap();
    assert_eq!(Request::new(&client, &LIST).send_json::<Value>().await.unwrap_err().status(), Some(401));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    for (seconds, expected) in [(30, ["Bearer token-1", "Bearer token-2"]), (3_600, ["Bearer token-1"; 2])] {
        let server = Server::with([Reply::json("{}"), Reply::json("{}")]).await;
        let provider = Counting { lives_for: Some(Duration::from_secs(seconds)), ..Counting::default() };
        let client = client(&server, provider);
        for _ in 0..2 {
            Request::new(&client, &LIST).send_json::<Value>().await.unwrap();
        }
        assert_eq!(tokens(&server), expected);
    }
}

#[tokio::test]
async fn a_store_sees_no_token_and_its_401_renews_none() {
    let store = Server::with([Reply::new("401 Unauthorized", &[], "")]).await;
    let server = Server::with([Reply::redirect("302 Found", &store.url("/blob"))]).await;
    let provider = Counting::default();
    let client = client(&server, provider.clone());
    let error = Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap_err();
    assert_eq!((error.status(), provider.asked.load(Ordering::SeqCst)), (Some(401), 1));
    assert_eq!(tokens(&store), ["none"]);
}

#[tokio::test]
async fn a_header_of_the_caller_s_own_is_kept() {
    let server = Server::with([Reply::json("{}")]).await;
    let client = client(&server, Counting::default());
    let mut request = Request::new(&client, &LIST);
    request.header("Authorization", "Basic own");
    request.send_json::<Value>().await.unwrap();
    assert_eq!(tokens(&server), ["Basic own"]);
}

#[tokio::test]
async fn a_provider_that_fails_is_the_error_and_nothing_is_sent() {
    let server = Server::start().await;
    let error = Request::new(&client(&server, Failing), &LIST).send_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert!(error.to_string().contains("the key is gone"), "{error}");
    assert!(server.received().is_empty());
}
