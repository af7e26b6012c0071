//! A server on a real socket for the tests of this crate.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// Answers one request after the other with a status and a body. Gives the origin of the server, and the first lines
/// of the requests once all were answered.
pub(crate) fn answering(answers: Vec<(u16, &'static str)>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let answer = move |(status, body): (u16, &str)| {
        let (mut socket, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(socket.try_clone().unwrap());
        let first = skip_request(&mut reader);
        let length = body.len();
        write!(socket, "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .unwrap();
        first
    };
    (origin, thread::spawn(move || answers.into_iter().map(answer).collect()))
}

/// Reads a request to its end, for a system resets a connection that is closed before, and gives the first line.
fn skip_request(reader: &mut impl BufRead) -> String {
    let head: Vec<String> = reader.lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
    let length =
        head.iter().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    head[0].clone()
}
