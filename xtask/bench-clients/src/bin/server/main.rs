//! A stand-in for GitHub that costs as little as possible: it shares a machine with the clients that are measured.
//!
//! It writes the test file, prints where it listens and what the file's digest is as one JSON line, and answers until
//! its standard input ends. The API takes uploads, which it counts and throws away, and answers with prepared JSON;
//! a download is redirected to the store, another origin, which sends the file.
#![forbid(unsafe_code)]

mod api;
mod data;
mod documents;
mod http;
mod store;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::Parser;

use api::Api;
use store::Store;

/// Serves one release with one real asset.
#[derive(Parser)]
struct Args {
    /// Where to write the test file, which is the asset.
    #[arg(long)]
    file: PathBuf,
    /// Its size in bytes.
    #[arg(long)]
    size: u64,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let digest = data::write(&args.file, args.size)?;
    let (api, store) = (listener()?, listener()?);
    let addresses = (api.local_addr()?, store.local_addr()?);
    let file = Arc::new(Store::new(args.file, args.size, &digest));
    let documents = Arc::new(Api::new(addresses.0, addresses.1, args.size, &digest));
    thread::spawn(move || serve(&store, |stream| file.answer(stream)));
    thread::spawn(move || serve(&api, |stream| documents.answer(stream)));

    println!("{}", serde_json::json!({ "api": url(addresses.0), "digest": digest }));
    std::io::stdout().flush()?;
    // Whoever started the server holds the other end, and lets go of it even when it is killed.
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn listener() -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// Answers each connection in a thread of its own. One that fails is the client's business, which will say so.
fn serve(listener: &TcpListener, answer: impl Fn(TcpStream) -> std::io::Result<()> + Sync) {
    thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            scope.spawn(|| {
                if let Err(error) = stream.set_nodelay(true).and_then(|()| answer(stream)) {
                    eprintln!("server: {error}");
                }
            });
        }
    });
}
