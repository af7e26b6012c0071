//! Secrets, and the credentials that are made of them.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    SecurityKind, Token, encode,
    token::{self, Provided},
};

/// A token, password or key, which `Debug` does not show.
///
/// Its own memory is wiped when it is dropped. What it was made of is not, and neither are the copies that the headers
/// and URLs of requests hold.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(SecretString::from(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(SecretString::from(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a client is given for a security scheme.
pub(crate) enum Given {
    Bearer(Token),
    Basic(String, Secret),
    ApiKey(Secret),
}

impl Given {
    /// Whether there is nothing in it; a password may be empty.
    fn is_empty(&self) -> bool {
        match self {
            Self::Bearer(Token(token::Kind::Fixed(secret))) | Self::ApiKey(secret) => is_blank(secret),
            // It is not asked before it is needed.
            Self::Bearer(Token(token::Kind::Provided(_))) => false,
            Self::Basic(user, password) => user.is_empty() && password.expose().is_empty(),
        }
    }
}

fn is_blank(secret: &Secret) -> bool {
    secret.expose().trim().is_empty()
}

/// What is added to a request.
pub(crate) enum Credential {
    Header(HeaderName, HeaderValue),
    /// An `Authorization` that is asked for when it is needed.
    Provided(Arc<Provided>),
    /// The encoded name of a query parameter, and the encoded pair.
    Query(String, Secret),
    /// The pair.
    Cookie(Secret),
}

impl Credential {
    /// Makes a credential; `auth_scheme` is the word before a bearer token.
    pub(crate) fn new(kind: SecurityKind, given: &Given, auth_scheme: &str) -> Result<Self, String> {
        if given.is_empty() {
            // What an unset variable of a build gives; the server would only say that it does not know it.
            return Err(EMPTY.to_owned());
        }
        Ok(match (kind, given) {
            (SecurityKind::Bearer, Given::Bearer(Token(token::Kind::Fixed(token)))) => {
                Self::Header(header::AUTHORIZATION, bearer(auth_scheme, token)?)
            }
            (SecurityKind::Bearer, Given::Bearer(Token(token::Kind::Provided(provider)))) => {
                Self::Provided(Arc::new(Provided::new(provider.clone(), auth_scheme)))
            }
            (SecurityKind::Basic, Given::Basic(user, password)) => {
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                Self::Header(header::AUTHORIZATION, sensitive(format!("Basic {pair}"))?)
            }
            (SecurityKind::ApiKeyHeader(name), Given::ApiKey(key)) => {
                let name = name.parse().map_err(|_| format!("{name} is not the name of a header"))?;
                Self::Header(name, sensitive(key.expose().to_owned())?)
            }
            (SecurityKind::ApiKeyQuery(name), Given::ApiKey(key)) => {
                let name = encode::percent(name);
                let pair = format!("{name}={}", encode::percent(key.expose()));
                Self::Query(name, pair.into())
            }
            (SecurityKind::ApiKeyCookie(name), Given::ApiKey(key)) => {
                Self::Cookie(format!("{}={}", encode::percent(name), encode::percent(key.expose())).into())
            }
            _ => return Err("it does not take a credential of this kind".to_owned()),
        })
    }
}

/// The value of `Authorization` for a token, `auth_scheme` before it.
pub(crate) fn bearer(auth_scheme: &str, token: &Secret) -> Result<HeaderValue, String> {
    match is_blank(token) {
        true => Err(EMPTY.to_owned()),
        false => sensitive(format!("{auth_scheme} {}", token.expose())),
    }
}

const EMPTY: &str = "the token, key or password is empty";

fn sensitive(text: String) -> Result<HeaderValue, String> {
    let invalid = |_| {
        "the token, key or password holds a character that a header cannot hold, such as a line break at its end".to_owned()
    };
    let mut value = HeaderValue::try_from(text).map_err(invalid)?;
    value.set_sensitive(true);
    Ok(value)
}
