//! The clients that the generator emits for the descriptions beside this crate, and the examples that these give.
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/clients.rs"));

/// An example in a description.
#[derive(Debug)]
pub struct Example {
    /// The description and the JSON pointer of the example in it.
    pub place: &'static str,
    /// The example, as JSON.
    pub text: &'static str,
    /// Decodes a text into the type that the example is of, and writes that again.
    pub again: fn(&str) -> serde_json::Result<String>,
}

/// All examples of schemas and of media types that have a type.
pub static EXAMPLES: &[Example] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> serde_json::Result<String> {
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}
