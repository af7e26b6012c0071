//! A small API.

use std::sync::LazyLock;

use client_runtime::{
    Api, Client, ClientBuilder, Method, Operation, Request, RetryPolicy, SecurityKind, SecurityScheme,
    Server as ApiServer,
};

use crate::server::Server;

pub(crate) static API: Api = Api {
    user_agent: "runtime-test/1",
    servers: &[
        ApiServer { name: "default", url: "https://api.example.org" },
        ApiServer { name: "uploads", url: "https://uploads.example.org" },
    ],
    headers: &[("X-Api-Version", "2026-03-10")],
    security: &[
        SecurityScheme { name: "token", kind: SecurityKind::Bearer },
        SecurityScheme { name: "account", kind: SecurityKind::Basic },
        SecurityScheme { name: "header-key", kind: SecurityKind::ApiKeyHeader("X-Key") },
        SecurityScheme { name: "query-key", kind: SecurityKind::ApiKeyQuery("key") },
        SecurityScheme { name: "cookie-key", kind: SecurityKind::ApiKeyCookie("session") },
    ],
};

pub(crate) const TOKEN: &str = "s3cr3t-token";

const fn operation(id: &'static str, method: Method, path: &'static str) -> Operation {
    Operation { id, method, path, server: 0, accept: "application/json", security: &[&[0], &[]] }
}

pub(crate) static LIST: Operation = operation("things/list", Method::Get, "/things");
pub(crate) static GET: Operation = operation("things/get", Method::Get, "/things/{owner}/{name}");
pub(crate) static CREATE: Operation = operation("things/create", Method::Post, "/things");
pub(crate) static UPDATE: Operation = operation("things/update", Method::Patch, "/things");
pub(crate) static DELETE: Operation = operation("things/delete", Method::Delete, "/things");
pub(crate) static HEAD: Operation = operation("things/head", Method::Head, "/things");
pub(crate) static DOWNLOAD: Operation = Operation {
    accept: "application/octet-stream",
    ..operation("things/download", Method::Get, "/things/7")
};
pub(crate) static UPLOAD: Operation =
    Operation { server: 1, ..operation("things/upload", Method::Post, "/up") };

/// Takes a key in the query.
pub(crate) static KEYED: Operation =
    Operation { security: &[&[3]], ..operation("things/keyed", Method::Get, "/keyed") };

/// Reading the certificates of the system takes time, so most tests share what has read them.
static CONNECTIONS: LazyLock<reqwest::Client> =
    LazyLock::new(|| reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap());

/// A client with a token, all of whose servers are this one; it sends nothing twice.
pub(crate) fn client(server: &Server) -> Client {
    builder(server).retry(RetryPolicy::off()).build().unwrap()
}

/// A builder of such a client, with everything else at its default.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder(&API).server(0, server.url("")).server(1, server.url(""));
    builder.bearer(0, TOKEN).http_client(CONNECTIONS.clone())
}

pub(crate) fn request(server: &Server, operation: &'static Operation) -> Request {
    Request::new(&client(server), operation)
}
