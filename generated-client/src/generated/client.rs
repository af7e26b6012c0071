// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! The client and its builder.

use client_runtime as rt;

static API: rt::Api = rt::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    servers: &[
        rt::Server {
            name: "default",
            url: "https://api.github.com",
        },
        rt::Server {
            name: "uploads",
            url: "https://uploads.github.com",
        },
    ],
    headers: &[("X-GitHub-Api-Version", "2026-03-10")],
    security: &[
        rt::SecurityScheme {
            name: "bearer",
            kind: rt::SecurityKind::Bearer,
        },
    ],
};

/// The client: a method for each operation. Cloning it is cheap, and the clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    runtime: rt::Client,
}

impl Client {
    /// Starts a client with everything at its default.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            runtime: rt::Client::builder(&API),
        }
    }

    /// What sends the requests. With it, a [`Request`](rt::Request) of an [`Operation`](rt::Operation) of your own can
    /// be sent, for what the description does not have; both are in the module `runtime` of this crate.
    pub fn runtime(&self) -> &rt::Client {
        &self.runtime
    }
}

/// Sets up a [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    runtime: rt::ClientBuilder,
}

impl ClientBuilder {
    /// Sets the URL of the API; the default is `https://api.github.com`.
    ///
    /// The REST API of github.com. On GitHub Enterprise Server it is at `https://HOST/api/v3`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.runtime = self.runtime.server(0usize, url);
        self
    }

    /// Sets the URL of the server `uploads`; the default is `https://uploads.github.com`. Where the URL of the API is set, this one has to be set, too: nothing is sent to a server that was not named.
    ///
    /// The host that takes uploads for github.com; the host of the API answers them with 404. The
    /// `upload_url` of a release begins with this origin. On GitHub Enterprise Server it is at
    /// `https://HOST/api/uploads`.
    pub fn uploads_url(mut self, url: impl Into<String>) -> Self {
        self.runtime = self.runtime.server(1usize, url);
        self
    }

    /// A token, sent as `Authorization: Bearer <YOUR-TOKEN>`.
    ///
    /// A [`TokenProvider`](rt::TokenProvider) can be given in place of a text, for tokens that expire.
    pub fn token(mut self, token: impl Into<rt::Token>) -> Self {
        self.runtime = self.runtime.bearer(0usize, token);
        self
    }

    /// Sets the word before a token in the `Authorization` header; the default is `Bearer`.
    pub fn auth_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.runtime = self.runtime.auth_scheme(scheme);
        self
    }

    /// Sets the header `X-GitHub-Api-Version`; the default is `2026-03-10`.
    ///
    /// The version of GitHub's REST API to speak, named by its date.
    pub fn api_version(mut self, value: impl Into<String>) -> Self {
        self.runtime = self.runtime.header("X-GitHub-Api-Version", value);
        self
    }

    /// Adds a header to every request, or replaces one that every request has.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.runtime = self.runtime.header(name, value);
        self
    }

    /// Sets the `Accept` header of every request for JSON.
    pub fn accept(mut self, media_type: impl Into<String>) -> Self {
        self.runtime = self.runtime.accept(media_type);
        self
    }

    /// Sets the `User-Agent` header; the default is this crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.runtime = self.runtime.user_agent(user_agent);
        self
    }

    /// Sets when requests are sent again: by default up to three times where that does no harm, and when the server
    /// asks to come back within two minutes.
    pub fn retry(mut self, policy: rt::RetryPolicy) -> Self {
        self.runtime = self.runtime.retry(policy);
        self
    }

    /// Sets how many requests the client and its clones have under way at most; there is no limit by default. A
    /// download is under way until its last byte was read or its stream is dropped.
    pub fn max_concurrent_requests(mut self, most: usize) -> Self {
        self.runtime = self.runtime.max_concurrent_requests(most);
        self
    }

    /// Sets how long the client and its clones wait from one request that changes something to the next; the
    /// default is not to wait.
    pub fn write_interval(mut self, interval: std::time::Duration) -> Self {
        self.runtime = self.runtime.write_interval(interval);
        self
    }

    /// Sets how long connecting may take; the default is 30 seconds.
    pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.runtime = self.runtime.connect_timeout(timeout);
        self
    }

    /// Sets for how long a transfer may stand still; the default is 60 seconds. After the last byte of an upload it
    /// can be up to three times as long, because nobody sees bytes leave the system's buffers.
    pub fn idle_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.runtime = self.runtime.idle_timeout(timeout);
        self
    }

    /// Sets how long a whole request may take, its body included; there is no such limit by default.
    pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
        self.runtime = self.runtime.timeout(timeout);
        self
    }

    /// Sends requests through an HTTP client of your own, such as one with a proxy or a certificate
    /// authority; build it with `redirect(Policy::none())`.
    pub fn http_client(mut self, client: impl Into<rt::HttpClient>) -> Self {
        self.runtime = self.runtime.http_client(client);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If a URL or a header that was set is not valid, or the TLS setup of the machine cannot be read.
    pub fn build(self) -> Result<Client, rt::Error> {
        Ok(Client {
            runtime: self.runtime.build()?,
        })
    }
}
