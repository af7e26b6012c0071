//! Changes of a description as a tree: what is left is still a tree, and often still a description.

use std::sync::LazyLock;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Map, Value, json};

/// The words of OpenAPI, which the fuzzer knows as well.
const DICTIONARY: &str = include_str!("../openapi.dict");

/// Texts that want to be something else.
const HOSTILE: [&str; 22] = [
    "",
    " ",
    "*/ fn main() {}",
    "/* //! ```\n```rust\npanic!()\n```",
    "\"#; \"##",
    "a\r\nb\rc\u{2028}d\u{85}e",
    "\u{202e}\u{2066}\u{200b}\u{feff}\u{0}\u{1b}[31m",
    "{",
    "}{a}{",
    "/{a}{b}/{a}",
    "../../etc/passwd",
    "%2e%2e/%2e%2e/x.yaml#/a",
    "http://example.com/x.yaml#/a",
    "#/components/schemas/%F0%9F/~2",
    "Self",
    "crate",
    "r#fn",
    "+1",
    "-1",
    "😀",
    "é\u{301}",
    "(a+)+$",
];

/// Numbers at the edges of their types.
const NUMBERS: [&str; 10] = [
    "0",
    "-1",
    "1.5",
    "1e400",
    "-0.0",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "-9223372036854775809",
    "340282366920938463463374607431768211456",
];

/// Changes a tree in a few places, as the seed decides.
pub fn mutate(document: &mut Value, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    for _ in 0..rng.usize(1..=4) {
        let places = places(document);
        let mut change = Change { places: &places, rng: &mut rng };
        change.apply(document);
    }
}

/// Changes the first `size` bytes as a tree, or as bytes where they are none; gives how many there are then, at most
/// `max_size`.
pub fn in_place(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    match mutate_text(&data[..size], seed.into()) {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

/// Mutates the bytes of a description, and gives its new text; nothing if it is no tree.
///
/// A text that is JSON stays JSON, and YAML becomes JSON, which YAML includes.
pub fn mutate_text(data: &[u8], seed: u64) -> Option<String> {
    let text = std::str::from_utf8(data).ok()?;
    // Readers of YAML take long for what nests deep in brackets, and libFuzzer makes it so.
    if text.bytes().filter(|byte| b"[{".contains(byte)).count() > 10_000 {
        return None;
    }
    let json = serde_json::from_str(text).ok();
    let mut document: Value = json.or_else(|| serde_yaml::from_str(text).ok())?;
    mutate(&mut document, seed);
    serde_json::to_string_pretty(&document).ok()
}

/// The pointers of all values in a tree.
fn places(document: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut next = 0;
    while let Some(place) = places.get(next).cloned() {
        match document.pointer(&place) {
            Some(Value::Array(items)) => {
                places.extend((0..items.len()).map(|index| format!("{place}/{index}")))
            }
            Some(Value::Object(members)) => {
                places.extend(members.keys().map(|key| format!("{place}/{}", escape(key))));
            }
            _ => {}
        }
        next += 1;
    }
    places
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    DICTIONARY.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).collect()
});

/// One change of a tree.
struct Change<'a> {
    places: &'a [String],
    rng: &'a mut Rng,
}

impl Change<'_> {
    fn apply(&mut self, document: &mut Value) {
        let place = self.place();
        match self.rng.u8(0..16) {
            0 | 1 => self.remove(document, &place),
            2 => self.duplicate(document, &place),
            3 => self.swap(document, &place),
            4 | 5 => self.copy(document, &place),
            6 | 7 => self.retarget(document, &place),
            8 | 9 => self.rename(document, &place),
            10 => self.nest(document, &place),
            11 => self.add(document, &place),
            _ => self.retype(document, &place),
        }
    }

    fn place(&mut self) -> String {
        self.rng.choice(self.places).cloned().unwrap_or_default()
    }

    fn remove(&mut self, document: &mut Value, place: &str) {
        let Some((parent, key)) = place.rsplit_once('/') else { return };
        match document.pointer_mut(parent) {
            Some(Value::Array(items)) => {
                let index = key.parse().unwrap_or(usize::MAX);
                if index < items.len() {
                    items.remove(index);
                }
            }
            Some(Value::Object(members)) => {
                members.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
            }
            _ => {}
        }
    }

    fn duplicate(&mut self, document: &mut Value, place: &str) {
        let Some((parent, key)) = place.rsplit_once('/') else { return };
        let Some(value) = document.pointer(place).cloned() else { return };
        match document.pointer_mut(parent) {
            Some(Value::Array(items)) => items.push(value),
            Some(Value::Object(members)) => {
                let key = match self.rng.u8(0..4) {
                    0 => key.to_uppercase(),
                    1 => format!("{key}_"),
                    2 => format!("{key}2"),
                    _ => self.word().to_owned(),
                };
                members.insert(key, value);
            }
            _ => {}
        }
    }

    fn swap(&mut self, document: &mut Value, place: &str) {
        let other = self.place();
        let (Some(one), Some(two)) = (document.pointer(place).cloned(), document.pointer(&other).cloned())
        else {
            return;
        };
        set(document, place, two);
        set(document, &other, one);
    }

    fn copy(&mut self, document: &mut Value, place: &str) {
        let other = self.place();
        if let Some(value) = document.pointer(&other).cloned() {
            set(document, place, value);
        }
    }

    /// Points a reference elsewhere, one that is there if possible.
    fn retarget(&mut self, document: &mut Value, place: &str) {
        let references: Vec<&String> = self.places.iter().filter(|place| place.ends_with("/$ref")).collect();
        let reference = self.rng.choice(references).cloned();
        let target = match self.rng.u8(0..8) {
            0 => self.hostile().to_owned(),
            _ => format!("#{}", self.place()),
        };
        match reference {
            Some(reference) if self.rng.bool() => set(document, &reference, target.into()),
            _ => set(document, place, json!({ "$ref": target })),
        }
    }

    fn rename(&mut self, document: &mut Value, place: &str) {
        let Some((parent, key)) = place.rsplit_once('/') else { return };
        let name = if self.rng.bool() { self.word() } else { self.hostile() };
        if let Some(Value::Object(members)) = document.pointer_mut(parent) {
            let key = key.replace("~1", "/").replace("~0", "~");
            let renamed = std::mem::take(members).into_iter().map(|(old, value)| match old == key {
                true => (name.to_owned(), value),
                false => (old, value),
            });
            *members = renamed.collect::<Map<_, _>>();
        }
    }

    fn nest(&mut self, document: &mut Value, place: &str) {
        let Some(mut value) = document.pointer(place).cloned() else { return };
        let depth = if self.rng.u8(0..8) == 0 { self.rng.usize(50..120) } else { self.rng.usize(1..4) };
        let kind = self.rng.u8(0..6);
        for _ in 0..depth {
            value = match kind {
                0 => json!({ "type": "array", "items": value }),
                1 => json!({ "allOf": [value] }),
                2 => json!({ "type": "object", "properties": { "a": value } }),
                3 => json!({ "oneOf": [value, { "type": "string" }] }),
                4 => json!({ "additionalProperties": value }),
                _ => json!([value]),
            };
        }
        set(document, place, value);
    }

    fn add(&mut self, document: &mut Value, place: &str) {
        let value = match self.rng.bool() {
            true => document.pointer(&self.place()).cloned().unwrap_or_default(),
            false => self.value(),
        };
        let key = self.word();
        match document.pointer_mut(place) {
            Some(Value::Array(items)) => items.push(value),
            Some(Value::Object(members)) => {
                members.insert(key.to_owned(), value);
            }
            _ => {}
        }
    }

    fn retype(&mut self, document: &mut Value, place: &str) {
        let value = self.value();
        set(document, place, value);
    }

    fn value(&mut self) -> Value {
        match self.rng.u8(0..9) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 => {
                let number = self.rng.choice(NUMBERS).unwrap_or("0");
                serde_json::from_str(number).unwrap_or_else(|_| number.into())
            }
            3 => json!([]),
            4 => json!({}),
            5 => json!([self.word(), self.hostile()]),
            6 | 7 => self.word().into(),
            _ => self.hostile().into(),
        }
    }

    fn word(&mut self) -> &'static str {
        self.rng.choice(WORDS.iter()).copied().unwrap_or_default()
    }

    fn hostile(&mut self) -> &'static str {
        self.rng.choice(HOSTILE).unwrap_or_default()
    }
}

/// Replaces the value at a pointer, if there is one.
fn set(document: &mut Value, place: &str, value: Value) {
    if let Some(found) = document.pointer_mut(place) {
        *found = value;
    }
}
