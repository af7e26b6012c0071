//! JSON pointers (RFC 6901): where in a description something stands.

use std::fmt;

use serde::Serialize;

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
        let key = key.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{key}", self.0))
    }

    /// The pointer without its last part, or `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The unescaped parts, outermost first.
    pub fn parts(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
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
    fn a_prefix_ends_at_a_part() {
        let long = Pointer::root().join("paths").join("x");
        let prefix = Pointer::root().join("path");
        assert_eq!(long.strip_prefix(&prefix), None);
        assert_eq!(long.strip_prefix(&Pointer::root().join("paths")), Some(Pointer::root().join("x")));
    }
}
