//! Answers that come item by item: lines, sequences and events, whatever pieces they arrive in.

use client_runtime::{ErrorKind, Event, ItemStream, Response, Value};
use serde_json::json;

use crate::{
    api::{LIST, request},
    server::{Reply, Server},
};

/// A server that answers with these pieces, each sent after a moment, and a length.
async fn serving(media_type: &str, pieces: &[&str]) -> Server {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let headers = [("content-type", media_type), ("content-length", &length.to_string())];
    let mut reply = Reply::part("200 OK", &headers, "");
    for piece in pieces {
        reply = reply.then_pause(1).then_send(piece.as_bytes());
    }
    Server::with([reply]).await
}

async fn lines(media_type: &str, pieces: &[&str]) -> Vec<Value> {
    let server = serving(media_type, pieces).await;
    let items: Response<ItemStream<Value>> = request(&server, &LIST).send_json_items().await.unwrap();
    items.into_value().try_collect().await.unwrap()
}

async fn events(pieces: &[&str]) -> Vec<Event<String>> {
    let server = serving("text/event-stream", pieces).await;
    let events = request(&server, &LIST).send_text_events().await.unwrap();
    events.into_value().try_collect().await.unwrap()
}

#[tokio::test]
async fn a_value_on_each_line() {
    let wanted = vec![json!({"n": 1}), json!({"n": 2}), json!([3])];
    let pieces = [
        &["{\"n\":1}\n{\"n\":2}\n[3]\n"][..],
        &["{\"n\":1}\r\n\r\n  \n{\"n\":2}\n[3]"],
        &["{\"n\"", ":1}", "\n{\"n\":2}\n[", "3]"],
    ];
    for pieces in pieces {
        assert_eq!(lines("application/x-ndjson", pieces).await, wanted, "{pieces:?}");
    }
    assert_eq!(lines("application/x-ndjson", &[""]).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_value_after_each_separator() {
    let wanted = vec![json!({"n": 1}), json!([2, 3])];
    let pieces =
        [&["\u{1e}{\"n\":1}\n\u{1e}[2,\n3]\n"][..], &["\u{1e}{\n", "\"n\":1}\n", "\u{1e}\u{1e}[2,\n", "3]"]];
    for pieces in pieces {
        assert_eq!(lines("application/json-seq", pieces).await, wanted, "{pieces:?}");
    }
}

#[tokio::test]
async fn items_come_before_the_end_of_the_answer() {
    for (media_type, first) in [("application/x-ndjson", "1\n"), ("application/json-seq", "\u{1e}1\n")] {
        let headers = [("content-type", media_type), ("content-length", "100")];
        let reply = Reply::part("200 OK", &headers, "").then_send(first.as_bytes()).then_pause(60_000);
        let server = Server::with([reply]).await;
        let items = request(&server, &LIST).send_json_items::<u8>().await.unwrap();
        assert_eq!(items.into_value().next().await.unwrap().unwrap(), 1);
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_ends_the_stream() {
    let server = serving("application/x-ndjson", &["1\nx\n2\n"]).await;
    let mut items = request(&server, &LIST).send_json_items::<u8>().await.unwrap().into_value();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error_after_its_items() {
    let headers = [("content-type", "application/x-ndjson"), ("content-length", "10")];
    let server = Server::with([Reply::part("200 OK", &headers, "1\n2")]).await;
    let mut items = request(&server, &LIST).send_json_items::<u8>().await.unwrap().into_value();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Truncated);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn events_as_browsers_read_them() {
    let text = "\u{feff}: a comment\nretry: 1500\nevent: greeting\nid: 7\ndata: one\ndata:two\ndata\n\n\
         event: lost\n\ndata:  three\nunknown: x\n\nid\ndata: four\n\ndata: no end\n";
    let returns = text.replace('\n', "\r\n");
    let olds = text.replace('\n', "\r");
    for text in [text, &returns, &olds] {
        let bytes: Vec<String> = text.chars().map(String::from).collect();
        let bytes: Vec<&str> = bytes.iter().map(String::as_str).collect();
        for pieces in [&[text][..], &bytes] {
            let got = events(pieces).await;
            let data: Vec<_> = got.iter().map(|event| event.data.as_str()).collect();
            assert_eq!(data, ["one\ntwo\n", " three", "four"]);
            let names: Vec<_> = got.iter().map(|event| event.name.as_deref()).collect();
            assert_eq!(names, [Some("greeting"), None, None]);
            let ids: Vec<_> = got.iter().map(|event| event.id.as_deref()).collect();
            assert_eq!(ids, [Some("7"), Some("7"), Some("")]);
            assert_eq!(got[0].retry.unwrap().as_millis(), 1500);
            assert_eq!(got[1].retry, None);
        }
    }
}

#[tokio::test]
async fn events_of_json() {
    let server = serving("text/event-stream", &["data: {\"n\":\ndata: 1}\n\ndata: [DONE]\n\n"]).await;
    let events = request(&server, &LIST).send_json_events::<Value>().await.unwrap().into_value();
    let events = events.try_collect().await.unwrap();
    assert_eq!(events.iter().map(|event| event.data.clone()).collect::<Vec<_>>(), [json!({"n": 1})]);
    assert_eq!(self::events(&["data: [DONE]\n\n"]).await[0].data, "[DONE]", "text is what it is");
}
