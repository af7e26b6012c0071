//! Connections: accepted, served, ended as a fault demands.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::exchange;
use crate::operation::Origin;
use crate::state::Server;
use crate::wire::{Control, Cut, Wire};

/// Accepts connections until it is dropped, which ends them all.
pub(crate) async fn accept(server: Arc<Server>, origin: Origin, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(converse(Arc::clone(&server), origin, stream));
            }
            // A lack of file descriptors, mostly, which others have to return.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(server: Arc<Server>, origin: Origin, stream: TcpStream) {
    // A peer that is gone already will be noticed below.
    let _ = stream.set_nodelay(true);
    let control = Control::default();
    let wire = Wire::new(stream, control.clone());
    let service = service_fn(|request| {
        Box::pin(exchange::serve(Arc::clone(&server), origin, control.clone(), request))
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(wire), service);
    let struck = poll_fn(|cx| {
        let finished = connection.poll_without_shutdown(cx);
        match (control.struck(), finished) {
            (None, Poll::Pending) => Poll::Pending,
            (struck, _) => Poll::Ready(struck),
        }
    });
    let struck = struck.await;
    end(connection.into_parts().io.into_inner().into_stream(), struck).await;
}

async fn end(mut stream: TcpStream, struck: Option<Cut>) {
    match struck {
        Some(Cut::Reset) => {
            // Dropping the stream is what resets it.
            let _ = stream.set_zero_linger();
        }
        Some(Cut::Stall) => until_gone(&stream).await,
        // The kernel resets a connection that is dropped with unread bytes, and the peer would lose what
        // was sent to it last.
        Some(Cut::Close) | None => {
            let _ = linger(&mut stream).await;
        }
    }
}

/// Waits until the peer has closed the connection, without reading what it sends.
async fn until_gone(stream: &TcpStream) {
    while let Ok(ready) = stream.ready(Interest::READABLE | Interest::ERROR).await {
        if ready.is_read_closed() || ready.is_error() {
            return;
        }
        // Forgets the readiness, so that only the next change wakes this task.
        let _ =
            stream.try_io(Interest::READABLE, || -> io::Result<()> { Err(io::ErrorKind::WouldBlock.into()) });
    }
}

/// Closes one direction, and reads what still comes until the peer closes the other.
async fn linger(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut rest = vec![0; 64 * 1024];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}
