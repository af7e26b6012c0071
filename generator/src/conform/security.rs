//! Mending security schemes: the fields that a scheme cannot be read without.

use serde_json::{Map, Value};

use super::{Conformer, default_text, text_of};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

impl Conformer<'_> {
    /// Whether a scheme says what is to be sent; what one that gives tokens says of how to come to them is left out,
    /// because that is not for the client to do.
    pub(super) fn security_scheme(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) -> bool {
        let missing = match object.get("type").map(text_of).as_deref() {
            Some("oauth2") => {
                object.insert("flows".to_owned(), Value::Object(Map::new()));
                None
            }
            Some("openIdConnect") => {
                default_text(object, "openIdConnectUrl");
                None
            }
            Some("http") => (!is_text(object, "scheme")).then_some("has no `scheme`"),
            Some("apiKey") if !is_text(object, "name") => Some("has no `name`"),
            Some("apiKey") => {
                let place = object.get("in").map(text_of).unwrap_or_default();
                let is_known = ["query", "header", "cookie"].contains(&place.as_str());
                (!is_known).then_some("needs an `in` of query, header, cookie")
            }
            Some("mutualTLS") => None,
            _ => Some("needs a `type` of apiKey, http, mutualTLS, oauth2, openIdConnect"),
        };
        let Some(missing) = missing else { return true };
        let message = format!("the security scheme {missing}; it is left out");
        self.diagnostics.push(
            Diagnostic::warning(pointer, "invalid-security-scheme", message)
                .help("correct it; until then the client cannot authenticate by it"),
        );
        false
    }
}

fn is_text(object: &Map<String, Value>, field: &str) -> bool {
    object.get(field).is_some_and(Value::is_string)
}
