//! Time: a transfer may take long, but not stand still; and what nobody waits for is given up.

use std::time::{Duration, Instant};

use github_release_assets::{Body, Client, ErrorKind};
use tokio::io::AsyncReadExt;

use super::{
    Reply, Server, asset, builder,
    peer::{Peer, answer, drain, is_closed, take},
};

const IDLE: Duration = Duration::from_millis(400);
const MIB: u64 = 1 << 20;

fn impatient(url: &str) -> Client {
    builder(url).idle_timeout(IDLE).build().unwrap()
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_left() {
    let server = Server::start().await;
    (0..3).for_each(|_| server.reply(Reply::silence().then_pause(5_000)));
    let client = impatient(&server.url(""));
    let started = Instant::now();
    for error in [
        client.get_release_asset("octo", "demo", 7).await.unwrap_err(),
        client.upload_release_asset("octo", "demo", 1, "a", "x").await.unwrap_err(),
        client.list_release_assets("octo", "demo", 1).items().next().await.unwrap().unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.is_timeout(), error.status()), (ErrorKind::Timeout, true, None));
        assert!(error.to_string().contains("no byte moved for 400ms"), "{error}");
    }
    assert!((3 * IDLE..12 * IDLE).contains(&started.elapsed()), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_body_that_stops_coming_is_left() {
    let server = Server::start().await;
    let half = || Reply::part("200 OK", &[("content-length", "6")], "abc").then_pause(5_000);
    (0..2).for_each(|_| server.reply(half()));
    let client = impatient(&server.url(""));
    let mut bytes = client.download_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(bytes.chunk().await.unwrap().unwrap(), "abc");
    for error in
        [bytes.chunk().await.unwrap_err(), client.get_release_asset("octo", "demo", 7).await.unwrap_err()]
    {
        assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, Some(200)));
    }
}

#[tokio::test]
async fn a_download_that_moves_may_take_long() {
    let mut slow = Reply::part("200 OK", &[("content-length", "8")], "");
    for _ in 0..8 {
        slow = slow.then_pause(100).then_send(b"x");
    }
    let server = Server::with([slow]).await;
    let started = Instant::now();
    let bytes = impatient(&server.url("")).download_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), "xxxxxxxx");
    assert!(started.elapsed() > 2 * IDLE - Duration::from_millis(50));
}

/// Reads an upload slowly: for longer in all than the idle timeout, but never pausing that long.
async fn read_slowly(peer: &Peer, length: u64) {
    let mut connection = peer.accept().await;
    for _ in 0..16 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        take(&mut connection, MIB).await;
    }
    take(&mut connection, length - 16 * MIB).await;
    answer(&mut connection, "201 Created", &asset().to_string()).await;
}

#[tokio::test]
async fn an_upload_that_moves_may_take_long() {
    const LENGTH: u64 = 32 * MIB;
    // Long enough for a busy machine to pause in, and short beside the upload.
    const IDLE: Duration = Duration::from_millis(1_500);
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(LENGTH).unwrap();
    let upload = async |body: Body| {
        let peer = Peer::start().await;
        let client = builder(&peer.url()).idle_timeout(IDLE).build().unwrap();
        let upload = client.upload_release_asset("octo", "demo", 1, "a", body).send();
        let (result, ()) = tokio::join!(upload, read_slowly(&peer, LENGTH));
        result.unwrap();
    };
    let started = Instant::now();
    tokio::join!(
        upload(Body::from_path(file.path()).await.unwrap()),
        upload(Body::from_reader(tokio::io::repeat(7).take(LENGTH), LENGTH)),
        upload(Body::from(vec![7; LENGTH as usize])),
    );
    assert!(started.elapsed() > 2 * IDLE, "too fast to tell anything");
}

#[tokio::test]
async fn an_upload_that_nobody_reads_is_left() {
    const LENGTH: u64 = 64 * MIB;
    let peer = Peer::start().await;
    let client = impatient(&peer.url());
    let body = Body::from_reader(tokio::io::repeat(7).take(LENGTH), LENGTH);
    let upload = client.upload_release_asset("octo", "demo", 1, "a", body).send();
    let (result, mut connection) = tokio::join!(upload, peer.accept());
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout);
    assert!(drain(&mut connection).await < LENGTH);
}

#[tokio::test]
async fn a_total_timeout_ends_what_still_moves() {
    let mut slow = Reply::part("200 OK", &[("content-length", "50")], "");
    for _ in 0..50 {
        slow = slow.then_pause(40).then_send(b"x");
    }
    let server = Server::with([slow]).await;
    let client = builder(&server.url("")).timeout(Duration::from_millis(300)).build().unwrap();
    let bytes = client.download_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_request_that_is_dropped_closes_its_connection() {
    let peer = Peer::start().await;
    let client = builder(&peer.url()).build().unwrap();
    let get = tokio::spawn(client.get_release_asset("octo", "demo", 7).send());
    let mut connection = peer.accept().await;
    get.abort();
    assert!(is_closed(&mut connection).await);

    let body = Body::from_reader(tokio::io::repeat(7).take(64 * MIB), 64 * MIB);
    let upload = tokio::spawn(client.upload_release_asset("octo", "demo", 1, "a", body).send());
    let mut connection = peer.accept().await;
    take(&mut connection, MIB).await;
    upload.abort();
    assert!(is_closed(&mut connection).await);
}

#[tokio::test]
async fn a_download_that_is_dropped_closes_its_connection() {
    let peer = Peer::start().await;
    let client = builder(&peer.url()).build().unwrap();
    let download = tokio::spawn(client.download_release_asset("octo", "demo", 7).send());
    let mut connection = peer.accept().await;
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nabc";
    tokio::io::AsyncWriteExt::write_all(&mut connection, head).await.unwrap();
    let mut bytes = download.await.unwrap().unwrap();
    assert_eq!(bytes.chunk().await.unwrap().unwrap(), "abc");
    drop(bytes);
    assert!(is_closed(&mut connection).await);
}

#[tokio::test]
async fn a_caller_who_reads_slowly_is_not_a_timeout() {
    // The server is slow too, but only the time that it is waited for counts.
    let reply = Reply::part("200 OK", &[("content-length", "6")], "abc").then_pause(1_000).then_send(b"def");
    let server = Server::with([reply]).await;
    let mut bytes = impatient(&server.url("")).download_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(bytes.chunk().await.unwrap().unwrap(), "abc");
    tokio::time::sleep(2 * IDLE).await;
    assert_eq!(bytes.chunk().await.unwrap().unwrap(), "def");
}
