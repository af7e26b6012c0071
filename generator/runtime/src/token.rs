//! Tokens: fixed ones, and those that are asked for when they are needed.

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderValue;
use jiff::Timestamp;
use tokio::sync::Mutex;

use crate::{BoxFuture, Error, ErrorKind, Secret, error::BoxError, secret};

/// How long before its end a token is renewed: requests take a while.
const MARGIN: Duration = Duration::from_secs(60);

/// What a client authorises its requests with: a text, or a [`TokenProvider`].
pub struct Token(pub(crate) Kind);

pub(crate) enum Kind {
    Fixed(Secret),
    Provided(Arc<dyn Provide>),
}

impl From<Secret> for Token {
    fn from(secret: Secret) -> Self {
        Self(Kind::Fixed(secret))
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Secret::from(text).into()
    }
}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Secret::from(text).into()
    }
}

impl<P: TokenProvider> From<P> for Token {
    fn from(provider: P) -> Self {
        Self(Kind::Provided(Arc::new(provider)))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Gives tokens that expire, such as those of an installation of a GitHub App.
///
/// It is asked before the first request, a minute before the time that the token [says](AccessToken::expires_at), and
/// once after the server has refused a token with 401. In between the client keeps the token, and its clones share it.
///
/// ```
/// use client_runtime::{AccessToken, TokenProvider};
///
/// struct Installation { id: u64 }
///
/// impl TokenProvider for Installation {
///     async fn token(&self) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
///         let token = format!("token of {}", self.id); // Here goes the request for it.
///         Ok(token.into())
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Gets a new token.
    ///
    /// # Errors
    /// Any; the request that needed the token fails with it, as [`ErrorKind::Token`].
    fn token(
        &self,
    ) -> impl Future<Output = Result<AccessToken, Box<dyn std::error::Error + Send + Sync>>> + Send;
}

/// A token, and until when it is good.
#[derive(Debug, Clone)]
pub struct AccessToken {
    secret: Secret,
    expires_at: Option<Timestamp>,
}

impl AccessToken {
    /// When the server will no longer take the token.
    #[must_use]
    pub fn expires_at(mut self, at: Timestamp) -> Self {
        self.expires_at = Some(at);
        self
    }

    fn is_fresh(&self) -> bool {
        self.expires_at
            .is_none_or(|at| Timestamp::now().duration_until(at) > MARGIN.try_into().unwrap_or_default())
    }
}

impl<S: Into<Secret>> From<S> for AccessToken {
    fn from(secret: S) -> Self {
        Self { secret: secret.into(), expires_at: None }
    }
}

/// A [`TokenProvider`] behind a pointer.
pub(crate) trait Provide: Send + Sync {
    fn provide(self: Arc<Self>) -> BoxFuture<Result<AccessToken, BoxError>>;
}

impl<P: TokenProvider> Provide for P {
    fn provide(self: Arc<Self>) -> BoxFuture<Result<AccessToken, BoxError>> {
        Box::pin(async move { self.token().await })
    }
}

/// The token of a provider, shared by all requests of a client.
pub(crate) struct Provided {
    provider: Arc<dyn Provide>,
    /// The word before the token.
    auth_scheme: String,
    held: Mutex<Option<(AccessToken, HeaderValue)>>,
}

impl Provided {
    pub(crate) fn new(provider: Arc<dyn Provide>, auth_scheme: &str) -> Self {
        Self { provider, auth_scheme: auth_scheme.to_owned(), held: Mutex::new(None) }
    }

    /// The value of `Authorization`. A token that has expired, or that the server has refused, is renewed; requests
    /// that need it at the same time wait for the same one.
    pub(crate) async fn authorization(&self, refused: Option<&HeaderValue>) -> Result<HeaderValue, Error> {
        let mut held = self.held.lock().await;
        if let Some((token, value)) = &*held
            && token.is_fresh()
            && refused != Some(value)
        {
            return Ok(value.clone());
        }
        *held = None;
        let failed =
            |text: String| Error::new(ErrorKind::Token, format!("the token provider failed: {text}"));
        let token = self
            .provider
            .clone()
            .provide()
            .await
            .map_err(|error| failed(error.to_string()).because(error))?;
        let value = secret::bearer(&self.auth_scheme, &token.secret).map_err(failed)?;
        *held = Some((token, value.clone()));
        Ok(value)
    }
}
