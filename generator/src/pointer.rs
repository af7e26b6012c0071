//! JSON pointers (RFC 6901): where in a description something stands.

use std::borrow::Cow;
use std::fmt::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// A JSON pointer such as `/paths/~1a/get`; the empty pointer is the whole document.
///
/// Every stage before the IR takes the pointer of what it looks at as its first argument.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer of the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text of a pointer; `None` when it is neither empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer of a member of the object, or of an item of the array, that this one names.
    #[must_use]
    pub fn join(&self, key: impl fmt::Display) -> Self {
        let mut text = String::with_capacity(self.0.len() + 32);
        text.push_str(&self.0);
        text.push('/');
        let start = text.len();
        // Writing to a string cannot fail.
        _ = write!(text, "{key}");
        // Most keys have nothing to escape, and every part of a description is joined.
        if text[start..].contains(['~', '/']) {
            let key = text[start..].replace('~', "~0").replace('/', "~1");
            text.truncate(start);
            text.push_str(&key);
        }
        Self(text)
    }

    /// The pointer without its last part, or `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The unescaped parts, outermost first.
    pub fn parts(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|part| unescaped(part).into_owned())
    }

    /// What stands there in a document; like [`Value::pointer`], without a copy of each part.
    pub fn find<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.0.split('/').skip(1).map(unescaped).try_fold(root, |value, part| match value {
            Value::Object(members) => members.get(&*part),
            Value::Array(items) => {
                let is_index = !part.starts_with('+') && (part == "0" || !part.starts_with('0'));
                items.get(part.parse::<usize>().ok().filter(|_| is_index)?)
            }
            _ => None,
        })
    }

    /// The unescaped last part, or an empty string at the root.
    pub fn last(&self) -> String {
        self.parts().last().unwrap_or_default()
    }

    /// What is left of this pointer below `prefix`, when it is at or below it.
    pub fn strip_prefix(&self, prefix: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&prefix.0)?;
        Self::parse(rest)
    }

    /// This pointer followed by the parts of another.
    #[must_use]
    pub fn append(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The text of the pointer.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A part as it is meant.
fn unescaped(part: &str) -> Cow<'_, str> {
    if part.contains('~') { part.replace("~1", "/").replace("~0", "~").into() } else { part.into() }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_escaped_and_unescaped() {
        let pointer = Pointer::root().join("paths").join("/a~b/{c}").join(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{c}/3");
        assert_eq!(pointer.parts().collect::<Vec<_>>(), ["paths", "/a~b/{c}", "3"]);
        assert_eq!(pointer.last(), "3");
    }

    #[test]
    fn a_pointer_finds_what_serde_json_finds() {
        let root = serde_json::json!({ "a/b": [{ "~": 1 }, 2], "": { "": 3 }, "01": [4] });
        for text in [
            "",
            "/",
            "//",
            "/a~1b/0/~0",
            "/a~1b/1",
            "/a~1b/01",
            "/a~1b/+1",
            "/a~1b/2",
            "/01/0",
            "/01/0/x",
            "/~01",
        ] {
            assert_eq!(Pointer::parse(text).unwrap().find(&root), root.pointer(text), "{text}");
        }
    }

    #[test]
    fn a_prefix_ends_at_a_part() {
        let long = Pointer::root().join("paths").join("x");
        let prefix = Pointer::root().join("path");
        assert_eq!(long.strip_prefix(&prefix), None);
        assert_eq!(long.strip_prefix(&Pointer::root().join("paths")), Some(Pointer::root().join("x")));
    }
}
