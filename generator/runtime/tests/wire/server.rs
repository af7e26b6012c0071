//! A server that plays replies and keeps every byte that it is sent.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The request line and the headers, as sent.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The request line without the version.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap().trim_end_matches(" HTTP/1.1")
    }

    pub(crate) fn target(&self) -> &str {
        self.line().split_once(' ').unwrap().1
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The names of all headers, sorted.
    pub(crate) fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<_> =
            self.head.lines().skip(1).filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        names.sort_unstable();
        names
    }
}

/// What a server does with one connection.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    steps: Vec<Step>,
    reads_body: bool,
    pause_between_reads: Duration,
}

#[derive(Debug, Clone)]
enum Step {
    Send(Vec<u8>),
    Pause(Duration),
}

impl Reply {
    /// A whole response with its length.
    pub(crate) fn new(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let length = body.as_ref().len().to_string();
        Self::part(status, &[headers, &[("content-length", length.as_str())]].concat(), body)
    }

    pub(crate) fn json(body: &str) -> Self {
        Self::new("200 OK", &[("content-type", "application/json")], body)
    }

    /// A response with exactly these headers.
    pub(crate) fn part(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let mut bytes = format!("HTTP/1.1 {status}\r\nconnection: close\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend(format!("{name}: {value}\r\n").into_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(body.as_ref());
        Self { steps: vec![Step::Send(bytes)], reads_body: true, pause_between_reads: Duration::ZERO }
    }

    /// Nothing at all.
    pub(crate) fn silence() -> Self {
        Self { steps: Vec::new(), reads_body: true, pause_between_reads: Duration::ZERO }
    }

    pub(crate) fn redirect(status: &str, location: &str) -> Self {
        Self::new(status, &[("location", location)], "")
    }

    pub(crate) fn then_pause(mut self, millis: u64) -> Self {
        self.steps.push(Step::Pause(Duration::from_millis(millis)));
        self
    }

    pub(crate) fn then_send(mut self, bytes: &[u8]) -> Self {
        self.steps.push(Step::Send(bytes.to_vec()));
        self
    }

    /// Reads at most 512 KiB each time.
    pub(crate) fn reading_every(mut self, millis: u64) -> Self {
        self.pause_between_reads = Duration::from_millis(millis);
        self
    }

    /// Answers as soon as the head of the request is there.
    pub(crate) fn without_reading_body(mut self) -> Self {
        self.reads_body = false;
        self
    }
}

pub(crate) struct Server {
    address: SocketAddr,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            replies: Arc::default(),
            received: Arc::default(),
        };
        let (replies, received) = (server.replies.clone(), server.received.clone());
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, replies.clone(), received.clone()));
            }
        });
        server
    }

    pub(crate) async fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = Self::start().await;
        replies.into_iter().for_each(|reply| server.reply(reply));
        server
    }

    /// Adds a reply; each request takes one.
    pub(crate) fn reply(&self, reply: Reply) {
        self.replies.lock().unwrap().push_back(reply);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }
}

async fn serve(
    mut connection: TcpStream,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    received: Arc<Mutex<Vec<Received>>>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let body = bytes.split_off(end);
    let request = Received { head: String::from_utf8(bytes).unwrap(), body };
    let reply = replies.lock().unwrap().pop_front();
    let reply = reply.unwrap_or_else(|| Reply::new("599 No Reply Left", &[], request.line()));
    let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    let place = {
        let mut received = received.lock().unwrap();
        received.push(request.clone());
        received.len() - 1
    };
    let mut missing = length.saturating_sub(request.body.len());
    let mut buffer = vec![0; 512 * 1024];
    while reply.reads_body && missing > 0 {
        tokio::time::sleep(reply.pause_between_reads).await;
        let read = connection.read(&mut buffer).await.ok()?;
        if read == 0 {
            return None;
        }
        received.lock().unwrap()[place].body.extend(&buffer[..read]);
        missing -= read;
    }
    let is_chunked = request.header("transfer-encoding") == Some("chunked");
    while is_chunked && !received.lock().unwrap()[place].body.ends_with(b"0\r\n\r\n") {
        let read = connection.read(&mut buffer).await.ok()?;
        if read == 0 {
            return None;
        }
        received.lock().unwrap()[place].body.extend(&buffer[..read]);
    }
    for step in reply.steps {
        match step {
            Step::Send(bytes) => connection.write_all(&bytes).await.ok()?,
            Step::Pause(time) => tokio::time::sleep(time).await,
        }
    }
    connection.shutdown().await.ok()
}
