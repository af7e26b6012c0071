//! A relay to the server that adds what was recorded and is not for the client to send.
//!
//! The recorded `Content-Type` of JSON has a `charset`, which JSON does not have (RFC 8259, section 11).

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};

pub(super) struct Relay(String);

impl Relay {
    /// Starts to relay connections to an origin; each is for one request.
    pub(super) async fn start(origin: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = origin.strip_prefix("http://").unwrap().to_owned();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                relay(connection, &server).await;
            }
        });
        Self(url)
    }

    pub(super) fn url(&self) -> &str {
        &self.0
    }
}

async fn relay(mut connection: TcpStream, server: &str) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let (sent, recorded) = ("application/json\r\n", "application/json; charset=utf-8\r\n");
    assert_eq!(head.matches(sent).count(), 1, "{head}");
    let mut server = TcpStream::connect(server).await.unwrap();
    server.write_all(head.replace(sent, recorded).as_bytes()).await.unwrap();
    // Both sides hang up in their own way when the answer has come.
    copy_bidirectional(&mut connection, &mut server).await.ok();
}
