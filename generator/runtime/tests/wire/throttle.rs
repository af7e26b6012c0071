//! The pace of writes and the cap on requests, shared by clones.

use std::time::{Duration, Instant};

use client_runtime::{Client, Request, Value};

use crate::{
    api::{CREATE, DOWNLOAD, LIST, builder},
    server::{Reply, Server},
};

fn list(client: &Client) -> impl Future<Output = ()> + Send + 'static {
    let request = Request::new(client, &LIST);
    async { drop(request.send_json::<Value>().await.unwrap()) }
}

fn create(client: &Client) -> impl Future<Output = ()> + Send + 'static {
    let mut request = Request::new(client, &CREATE);
    request.json("application/json", 1);
    async { drop(request.send_json::<Value>().await.unwrap()) }
}

#[tokio::test]
async fn writes_keep_their_distance_and_reads_do_not_wait() {
    const INTERVAL: Duration = Duration::from_millis(300);
    let server = Server::with((0..7).map(|_| Reply::json("{}"))).await;
    let client = builder(&server).write_interval(INTERVAL).build().unwrap();
    let started = Instant::now();
    let writes: Vec<_> = (0..3).map(|_| tokio::spawn(create(&client.clone()))).collect();
    for _ in 0..4 {
        list(&client).await;
    }
    assert!(started.elapsed() < INTERVAL, "reads waited: {:?}", started.elapsed());
    for write in writes {
        write.await.unwrap();
    }
    let took = started.elapsed();
    assert!(took >= 2 * INTERVAL && took < 4 * INTERVAL, "{took:?}");
}

#[tokio::test]
async fn no_more_requests_than_allowed_are_under_way() {
    const PAUSE: u64 = 200;
    let slow = || Reply::part("200 OK", &[], "").then_pause(PAUSE).then_send(b"{}");
    for (most, least, below) in [(1, 4 * PAUSE, 8 * PAUSE), (2, 2 * PAUSE, 4 * PAUSE)] {
        let server = Server::with((0..4).map(|_| slow())).await;
        let client = builder(&server).max_concurrent_requests(most).build().unwrap();
        let started = Instant::now();
        let requests: Vec<_> = (0..4).map(|_| tokio::spawn(list(&client.clone()))).collect();
        for request in requests {
            request.await.unwrap();
        }
        let took = started.elapsed();
        let (least, below) = (Duration::from_millis(least), Duration::from_millis(below));
        assert!(took >= least && took < below, "{most}: {took:?}");
    }
}

#[tokio::test]
async fn a_download_is_under_way_until_its_end() {
    let replies = [Reply::new("200 OK", &[], "bytes"), Reply::json("{}"), Reply::json("{}")];
    let server = Server::with(replies).await;
    let client = builder(&server).max_concurrent_requests(1).build().unwrap();
    let download = Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap();
    let waiting = tokio::spawn(list(&client));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.received().len(), 1, "the second request waits");
    assert_eq!(download.into_value().bytes().await.unwrap(), "bytes");
    waiting.await.unwrap();
    // One that is dropped in the middle gives its place back, too.
    server.reply(Reply::new("200 OK", &[], "bytes"));
    list(&client).await;
    drop(Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap());
    server.reply(Reply::json("{}"));
    tokio::time::timeout(Duration::from_secs(5), list(&client)).await.unwrap();
}

#[tokio::test]
async fn a_dropped_request_gives_its_place_back() {
    let server = Server::with([Reply::silence().then_pause(5_000), Reply::json("{}")]).await;
    let client = builder(&server).max_concurrent_requests(1).build().unwrap();
    let hanging = tokio::time::timeout(Duration::from_millis(100), list(&client)).await;
    assert!(hanging.is_err());
    tokio::time::timeout(Duration::from_secs(2), list(&client)).await.unwrap();
}

#[tokio::test]
async fn requests_that_wait_for_their_turn_heed_a_limit_that_is_met_meanwhile() {
    let limited = || Reply::new("429 Too Many Requests", &[("retry-after", "1")], "");
    for paced in [false, true] {
        let server = Server::with([limited()].into_iter().chain((0..4).map(|_| Reply::json("{}")))).await;
        let builder = builder(&server);
        let client = match paced {
            false => builder.max_concurrent_requests(1),
            true => builder.write_interval(Duration::from_millis(100)),
        };
        let client = client.build().unwrap();
        let started = Instant::now();
        let requests: Vec<_> = (0..4).map(|_| tokio::spawn(create(&client.clone()))).collect();
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(server.received().len(), 1, "the others wait, too");
        for request in requests {
            request.await.unwrap();
        }
        assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
        assert_eq!(server.received().len(), 5);
    }
}
