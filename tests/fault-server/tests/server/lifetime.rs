//! How the server begins and ends.

use std::time::Duration;

use fault_server::{Cut, Fault, Github, Outcome, Recorded, Reply};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::raw::{SOON, Scene, ask, until};

async fn is_refused(url: &str) {
    let refused = async {
        while TcpStream::connect(url.strip_prefix("http://").unwrap()).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(SOON, refused).await.expect("the listener is closed");
}

#[tokio::test]
async fn everything_ends_with_the_server() {
    let scene = Scene::start().await;
    let url = scene.list_url();
    let mut open = Vec::new();
    let faults = [
        Some(Fault::cut_response(10, Cut::Stall)),
        Some(Fault::delay(SOON * 100)),
        Some(Fault::cut_request(1, Cut::Stall)),
        Some(Fault::reply(Reply::new(502)).carried_out_late(SOON * 100)),
        None,
    ];
    for fault in faults {
        if let Some(fault) = fault {
            scene.repository.inject(fault);
        }
        open.push(scene.upload("?name=a", "abc").without("connection").open().await);
    }
    until("the requests", || scene.repository.requests().len() == open.len()).await;
    let urls = [
        scene.github.api_url(),
        scene.github.uploads_url(),
        scene.github.store_url(),
        scene.github.elsewhere_url(),
    ];
    let urls = urls.map(ToOwned::to_owned);
    drop(scene.github);
    for stream in &mut open {
        let end = async { while !matches!(stream.read(&mut [0; 1000]).await, Ok(0) | Err(_)) {} };
        timeout(SOON, end).await.expect("the connection is closed");
    }
    timeout(SOON, scene.repository.settled()).await.expect("no late operation is outstanding");
    for url in urls.iter().chain([&url[..url.find("/repos").unwrap()].to_owned()]) {
        is_refused(url).await;
    }
}

#[tokio::test]
async fn a_stalled_exchange_ends_when_the_client_goes_away() {
    let scene = Scene::start().await;
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    for fault in [
        Fault::cut_request(1, Cut::Stall),
        Fault::cut_response(1, Cut::Stall),
        Fault::cut_response(1, Cut::Close),
    ] {
        scene.repository.inject(fault);
        let stream = scene.upload("?name=a", vec![1; 100_000]).open().await;
        let is_cut = |request: &Recorded| matches!(request.outcome, Outcome::Cut { .. });
        until("the cut", || scene.repository.requests().iter().any(is_cut)).await;
        assert!(tasks() > before, "it is still there");
        drop(stream);
        until("the end of its task", || tasks() == before).await;
        assert_eq!(scene.repository.take_requests().len(), 1);
    }
}

#[test]
fn a_server_on_its_own_thread_serves_any_runtime() {
    let github = Github::start_on_thread().unwrap();
    let repository = github.repository("octo", "demo");
    repository.add_release("v1.0.0");
    let url = format!("{}/repos/octo/demo/releases/latest", github.api_url());
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        assert_eq!(runtime.block_on(ask("GET", &url).send()).status, 200);
    }
    let api = github.api_url().to_owned();
    drop(github);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(is_refused(&api));
}

#[tokio::test]
async fn ports_can_be_chosen_and_are_told_when_taken() {
    let taken = Github::start().await.unwrap();
    let port = taken.api_url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(Github::start_at(port).await.is_err());
}
