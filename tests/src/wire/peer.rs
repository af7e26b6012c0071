//! A server whose connections a test plays by hand.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};

/// A listener. Its connections take in little that is not read, so that a sender notices a reader who waits.
pub(super) struct Peer(TcpListener);

impl Peer {
    pub(super) async fn start() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(64 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self(socket.listen(16).unwrap())
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// Waits for the next request and reads its head, and nothing else.
    pub(super) async fn accept(&self) -> TcpStream {
        let (mut connection, _) = self.0.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(connection.read_u8().await.unwrap());
        }
        connection
    }
}

/// Reads what comes until there is no more; gives the number of bytes.
pub(super) async fn drain(connection: &mut TcpStream) -> u64 {
    let mut buffer = vec![0; 256 * 1024];
    let mut count = 0;
    while let Ok(read @ 1..) = connection.read(&mut buffer).await {
        count += read as u64;
    }
    count
}

/// Reads this many bytes.
pub(super) async fn take(connection: &mut TcpStream, count: u64) {
    let mut part = connection.take(count);
    let taken = tokio::io::copy(&mut part, &mut tokio::io::sink()).await.unwrap();
    assert_eq!(taken, count);
}

/// Sends a response with a body of JSON.
pub(super) async fn answer(connection: &mut TcpStream, status: &str, body: &str) {
    let length = body.len();
    let response = format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    connection.write_all(response.as_bytes()).await.unwrap();
}

/// Whether the other side closes the connection soon.
pub(super) async fn is_closed(connection: &mut TcpStream) -> bool {
    timeout(Duration::from_secs(5), drain(connection)).await.is_ok()
}
