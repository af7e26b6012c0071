//! The client and its builder: the API's static facts, and a setter for everything that can be set.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, text};
use crate::ir::{ClientHeader, SecurityKind, SecurityScheme, Server};

/// The items of `client.rs`.
pub(super) fn items(emitter: &Emitter<'_>) -> Vec<TokenStream> {
    vec![
        quote!(
            use client_runtime as rt;
        ),
        facts(emitter),
        client(),
        client_methods(),
        builder(),
        builder_methods(emitter),
    ]
}

/// What the runtime needs to know of the API.
fn facts(emitter: &Emitter<'_>) -> TokenStream {
    let servers = emitter
        .api
        .servers
        .iter()
        .map(|Server { name, url, .. }| quote!(rt::Server { name: #name, url: #url }));
    let headers =
        emitter.api.headers.iter().map(|ClientHeader { wire, default, .. }| quote!((#wire, #default)));
    let security = emitter.api.security.iter().map(|SecurityScheme { name, kind, .. }| {
        let kind = match kind {
            SecurityKind::Bearer => quote!(Bearer),
            SecurityKind::Basic => quote!(Basic),
            SecurityKind::Header(header) => quote!(ApiKeyHeader(#header)),
            SecurityKind::Query(parameter) => quote!(ApiKeyQuery(#parameter)),
            SecurityKind::Cookie(cookie) => quote!(ApiKeyCookie(#cookie)),
        };
        quote!(rt::SecurityScheme { name: #name, kind: rt::SecurityKind::#kind })
    });
    quote! {
        static API: rt::Api = rt::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            servers: &[#(#servers),*],
            headers: &[#(#headers),*],
            security: &[#(#security),*],
        };
    }
}

fn client() -> TokenStream {
    quote! {
        /// The client: a method for each operation. Cloning it is cheap, and the clones share their connections.
        #[derive(Debug, Clone)]
        pub struct Client {
            runtime: rt::Client,
        }
    }
}

fn client_methods() -> TokenStream {
    quote! {
        impl Client {
            /// Starts a client with everything at its default.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { runtime: rt::Client::builder(&API) }
            }
            /// What sends the requests. With it, a [`Request`](rt::Request) of an [`Operation`](rt::Operation) of your own can
            /// be sent, for what the description does not have; both are in the module `runtime` of this crate.
            pub fn runtime(&self) -> &rt::Client {
                &self.runtime
            }
        }
    }
}

fn builder() -> TokenStream {
    quote! {
        /// Sets up a [`Client`].
        #[derive(Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder {
            runtime: rt::ClientBuilder,
        }
    }
}

fn builder_methods(emitter: &Emitter<'_>) -> TokenStream {
    let servers = emitter.api.servers.iter().enumerate().map(|(index, server)| server_setter(index, server));
    let security =
        emitter.api.security.iter().enumerate().map(|(index, scheme)| security_setter(index, scheme));
    let headers = emitter.api.headers.iter().map(header_setter);
    let has_bearer = emitter.api.security.iter().any(|scheme| scheme.kind == SecurityKind::Bearer);
    let auth_scheme = has_bearer.then(|| {
        quote! {
            /// Sets the word before a token in the `Authorization` header; the default is `Bearer`.
            pub fn auth_scheme(mut self, scheme: impl Into<String>) -> Self {
                self.runtime = self.runtime.auth_scheme(scheme);
                self
            }
        }
    });
    let common = [header_setters(), policy_setters(), transport_setters()];
    quote! {
        impl ClientBuilder {
            #(#servers)*
            #(#security)*
            #auth_scheme
            #(#headers)*
            #(#common)*
        }
    }
}

/// The setters of headers that every client has.
fn header_setters() -> TokenStream {
    quote! {
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
    }
}

/// The setters of what requests ask of a server that every client has.
fn policy_setters() -> TokenStream {
    quote! {
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
    }
}

/// The setters of the transport that every client has, and its end.
fn transport_setters() -> TokenStream {
    quote! {
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
            Ok(Client { runtime: self.runtime.build()? })
        }
    }
}

fn server_setter(index: usize, server: &Server) -> TokenStream {
    let name = ident(server.setter.as_str());
    let what = if index == 0 {
        "Sets the URL of the API".to_owned()
    } else {
        format!("Sets the URL of the server {}", text::code(&server.name))
    };
    let first = match server.url.as_str() {
        "" => format!("{what}, which has no default."),
        url if index == 0 => format!("{what}; the default is {}.", text::code(url)),
        url => format!(
            "{what}; the default is {}. Where the URL of the API is set, this one has to be set, too: nothing is sent to a server that was not named.",
            text::code(url)
        ),
    };
    let docs = text::attributes(&text::after(first, &server.docs));
    quote! {
        #docs
        pub fn #name(mut self, url: impl Into<String>) -> Self {
            self.runtime = self.runtime.server(#index, url);
            self
        }
    }
}

fn security_setter(index: usize, scheme: &SecurityScheme) -> TokenStream {
    let name = ident(scheme.setter.as_str());
    let docs = text::of(&scheme.docs, &format!("Authenticates by the scheme {}.", text::code(&scheme.name)));
    let also = text::attributes(&[
        String::new(),
        "A [`TokenProvider`](rt::TokenProvider) can be given in place of a text, for tokens that expire."
            .to_owned(),
    ]);
    match scheme.kind {
        SecurityKind::Bearer => quote! {
            #docs
            #also
            pub fn #name(mut self, token: impl Into<rt::Token>) -> Self {
                self.runtime = self.runtime.bearer(#index, token);
                self
            }
        },
        SecurityKind::Basic => quote! {
            #docs
            pub fn #name(mut self, user: impl Into<String>, password: impl Into<rt::Secret>) -> Self {
                self.runtime = self.runtime.basic(#index, user, password);
                self
            }
        },
        SecurityKind::Header(_) | SecurityKind::Query(_) | SecurityKind::Cookie(_) => quote! {
            #docs
            pub fn #name(mut self, key: impl Into<rt::Secret>) -> Self {
                self.runtime = self.runtime.api_key(#index, key);
                self
            }
        },
    }
}

fn header_setter(header: &ClientHeader) -> TokenStream {
    let name = ident(header.setter.as_str());
    let wire = &header.wire;
    let first =
        format!("Sets the header {}; the default is {}.", text::code(wire), text::code(&header.default));
    let docs = text::attributes(&text::after(first, &header.docs));
    quote! {
        #docs
        pub fn #name(mut self, value: impl Into<String>) -> Self {
            self.runtime = self.runtime.header(#wire, value);
            self
        }
    }
}
