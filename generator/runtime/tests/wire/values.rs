//! Values: what goes in comes out.

use std::collections::BTreeMap;

use client_runtime::{Base64, DateTime, Maybe, Value, jiff::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{from_str, to_string};

use crate::{
    api::{LIST, request},
    server::{Reply, Server},
};

#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
struct Update {
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    label: Maybe<String>,
}

#[test]
fn absent_null_and_value_are_three_things() {
    for (json, label) in [
        ("{}", Maybe::Absent),
        (r#"{"label":null}"#, Maybe::Null),
        (r#"{"label":"x"}"#, "x".to_owned().into()),
    ] {
        let update = Update { label };
        assert_eq!(to_string(&update).unwrap(), json);
        assert_eq!(from_str::<Update>(json).unwrap(), update);
    }
    assert_eq!(Maybe::<i64>::from(None), Maybe::Null);
    assert_eq!((Maybe::Value(1).value(), Maybe::<i64>::Null.into_value()), (Some(&1), None));
    assert!(Maybe::<i64>::default().is_absent() && Maybe::<i64>::Null.is_null());
}

#[test]
fn a_date_time_keeps_its_text() {
    for text in ["2013-02-27T19:35:32Z", "2013-02-27T20:35:32.50+01:00", "soon"] {
        let json = format!("{text:?}");
        let value: DateTime = from_str(&json).unwrap();
        assert_eq!(
            (to_string(&value).unwrap(), value.as_str(), value.to_string()),
            (json, text, text.to_owned())
        );
    }
    let value: DateTime = "2013-02-27T20:35:32+01:00".parse().unwrap();
    assert_eq!(value.timestamp().unwrap(), "2013-02-27T19:35:32Z".parse::<Timestamp>().unwrap());
    assert_eq!(DateTime::from(value.timestamp().unwrap()).as_str(), "2013-02-27T19:35:32Z");
    assert_eq!("soon".parse::<DateTime>().unwrap_err().to_string(), r#"not a date and time: "soon""#);
}

#[test]
fn base64_decodes_what_servers_send() {
    assert_eq!(to_string(&Base64::encode(b"\xff\xfe")).unwrap(), r#""//4=""#);
    let wrapped: Base64 = from_str(r#""aGVs\nbG8=\n""#).unwrap();
    assert_eq!((wrapped.decode().unwrap(), wrapped.as_str()), (b"hello".to_vec(), "aGVs\nbG8=\n"));
    assert!(from_str::<Base64>("\"*\"").unwrap().decode().is_err());
}

#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
enum State {
    Uploaded,
    Unknown(String),
}

impl State {
    fn as_str(&self) -> &str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Unknown(text) => text,
        }
    }
}

impl From<String> for State {
    fn from(text: String) -> Self {
        match text.as_str() {
            "uploaded" => Self::Uploaded,
            _ => Self::Unknown(text),
        }
    }
}

client_runtime::string_enum!(State);

#[test]
fn an_open_enum_keeps_what_it_does_not_know() {
    for (text, state) in [("uploaded", State::Uploaded), ("starter", State::Unknown("starter".to_owned()))] {
        let json = format!("{text:?}");
        assert_eq!(from_str::<State>(&json).unwrap(), state);
        assert_eq!(to_string(&state).unwrap(), json);
        assert_eq!((text.parse::<State>().unwrap(), State::from(text)), (state.clone(), state.clone()));
        assert_eq!((state.to_string().as_str(), state.as_ref()), (text, text));
    }
    assert!(from_str::<State>("1").is_err());
}

#[tokio::test]
async fn headers_are_read_as_types() {
    let headers = [
        ("content-type", "application/json"),
        ("x-number", "5"),
        ("x-flag", "true"),
        ("x-quoted", "\"a\""),
        ("x-list", "a, 2,,b"),
        ("x-numbers", "1,2"),
        ("x-json", "{\"n\":1}"),
    ];
    let server = Server::with([Reply::new("200 OK", &headers, "{}")]).await;
    let response = request(&server, &LIST).send_json::<Value>().await.unwrap();
    let headers = response.headers();
    assert_eq!(headers.read("X-Number"), Some(5));
    assert_eq!(headers.read("x-number"), Some("5".to_owned()), "text stays text");
    assert_eq!(headers.read("x-flag"), Some(true));
    assert_eq!(headers.read("x-quoted"), Some("\"a\"".to_owned()));
    assert_eq!(headers.read("x-list"), Some(["a", "2", "b"].map(str::to_owned).to_vec()));
    assert_eq!(headers.read("x-numbers"), Some(vec![1, 2]));
    assert_eq!(headers.read("x-json"), Some(BTreeMap::from([("n".to_owned(), 1)])));
    assert_eq!(headers.read::<u8>("x-quoted"), None);
    assert_eq!(headers.read::<String>("x-none"), None);
}
