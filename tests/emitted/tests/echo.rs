//! A server that keeps what it is sent, byte for byte, and gives the answers that it is told to.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use client_runtime::Error;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    /// Method and target.
    pub(crate) line: String,
    /// The headers in their order, the names in small letters.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// All values of a header, which hides none that was sent twice.
    pub(crate) fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(key, _)| key == name);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" & ")
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// An answer: the status line's end, header lines, and the body.
#[derive(Debug, Clone)]
pub(crate) struct Answer(
    pub(crate) &'static str,
    pub(crate) &'static [&'static str],
    pub(crate) &'static str,
);

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<Answer>,
    received: Vec<Received>,
    /// What was not as it should be.
    wrong: Vec<String>,
}

/// The server, and what was found out with it so far.
#[derive(Debug)]
pub(crate) struct Echo {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl Echo {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(BufStream::new(connection), shared.clone()));
            }
        });
        Self { url, state }
    }

    /// Sets the answer to the next request; without one it is 204.
    pub(crate) fn answer(&self, answer: Answer) {
        self.state.lock().unwrap().answers.push_back(answer);
    }

    /// Sends a request that has to succeed, and gives what arrived.
    pub(crate) async fn sent<T: Debug>(
        &self,
        request: impl IntoFuture<Output = Result<T, Error>>,
    ) -> Received {
        let before = self.state.lock().unwrap().received.len();
        let result = request.await;
        let mut state = self.state.lock().unwrap();
        if let Err(error) = result {
            state.wrong.push(format!("{error:?}"));
        }
        let new = state.received.split_off(before);
        if new.len() != 1 {
            state.wrong.push(format!("{} requests arrived, not 1", new.len()));
        }
        new.into_iter().next().unwrap_or_default()
    }

    /// Sends a request whose line has to be this one.
    pub(crate) async fn line<T: Debug>(
        &self,
        request: impl IntoFuture<Output = Result<T, Error>>,
        expected: &str,
    ) {
        let received = self.sent(request).await;
        self.same(&received.line, expected);
    }

    /// Sends a request one of whose headers has to have this value.
    pub(crate) async fn header<T: Debug>(
        &self,
        request: impl IntoFuture<Output = Result<T, Error>>,
        name: &str,
        expected: &str,
    ) {
        let received = self.sent(request).await;
        self.same(&received.header(name), expected);
    }

    /// Sends a request whose media type and body have to be these; its length has to be announced.
    pub(crate) async fn body<T: Debug>(
        &self,
        request: impl IntoFuture<Output = Result<T, Error>>,
        media_type: &str,
        expected: &str,
    ) {
        let received = self.sent(request).await;
        self.same(&received.header("content-type"), media_type);
        self.same(received.text(), expected);
        self.same(&received.header("content-length"), &expected.len().to_string());
        self.same(&received.header("transfer-encoding"), "");
    }

    /// Notes a difference, so that one run of a table tells of all rows that are wrong.
    pub(crate) fn same(&self, found: &str, expected: &str) {
        if found != expected {
            let row = format!("expected {expected:?}\n   found {found:?}");
            self.state.lock().unwrap().wrong.push(row);
        }
    }

    /// Fails if a row was wrong.
    pub(crate) fn done(self) {
        let wrong = &self.state.lock().unwrap().wrong;
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// One request for each connection.
async fn serve(mut connection: BufStream<TcpStream>, state: Arc<Mutex<State>>) -> Option<()> {
    let mut received = Received::default();
    let line = line(&mut connection).await?;
    received.line = line.strip_suffix(" HTTP/1.1")?.to_owned();
    loop {
        let line = self::line(&mut connection).await?;
        match line.split_once(':') {
            Some((name, value)) => {
                received.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
            None => break,
        }
    }
    if received.header("transfer-encoding") == "chunked" {
        while let Ok(length @ 1..) = usize::from_str_radix(&self::line(&mut connection).await?, 16) {
            let mut chunk = vec![0; length];
            connection.read_exact(&mut chunk).await.ok()?;
            received.body.extend(chunk);
            self::line(&mut connection).await?;
        }
    } else if let Ok(length) = received.header("content-length").parse() {
        received.body = vec![0; length];
        connection.read_exact(&mut received.body).await.ok()?;
    }
    let answer = {
        let mut state = state.lock().unwrap();
        state.received.push(received);
        state.answers.pop_front()
    };
    let Answer(status, headers, body) = answer.unwrap_or(Answer("204 No Content", &[], ""));
    let mut head = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
    headers.iter().for_each(|header| head.push_str(&format!("{header}\r\n")));
    if !status.starts_with("204") {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    connection.write_all(format!("{head}\r\n{body}").as_bytes()).await.ok()?;
    connection.flush().await.ok()
}

/// The next line without its end.
async fn line(connection: &mut BufStream<TcpStream>) -> Option<String> {
    let mut line = String::new();
    connection.read_line(&mut line).await.ok()?;
    line.strip_suffix("\r\n").map(str::to_owned)
}
