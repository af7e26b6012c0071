//! Decides every Rust name, once; the only file that knows how names are cased.
//!
//! A name depends on the thing itself and where it stands, never on what else the description holds:
//! two things that come to the same name are an error that says how to pin one of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::spell::words;
use super::{FieldName, MethodName, ModuleName, TypeName, VariantName};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Names that emitted files of types use themselves, unqualified.
const TYPES: [&str; 13] = [
    "Box", "Default", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String",
    "Vec",
];

/// Names that emitted files of operations use besides.
const REQUESTS: [&str; 5] = ["Client", "ClientBuilder", "Error", "IntoFuture", "Response"];

/// Methods that the emitted client has itself.
const CLIENT: [&str; 5] = ["builder", "clone", "default", "new", "runtime"];

/// Setters that the emitted builder has itself.
const BUILDER: [&str; 10] = [
    "accept",
    "auth_scheme",
    "build",
    "clone",
    "connect_timeout",
    "header",
    "http_client",
    "idle_timeout",
    "timeout",
    "user_agent",
];

/// Methods that an emitted request may have itself.
const REQUEST: [&str; 9] =
    ["accept", "body", "content_type", "into_future", "items", "request", "send", "send_full", "with_header"];

/// Methods of a request, and what holds it while it is made, that a field of its body cannot share a name with.
const BODY: [&str; 6] = ["accept", "into_future", "request", "send", "send_full", "with_header"];

/// Hands out names and remembers who has them.
#[derive(Debug)]
pub(crate) struct Assigner {
    pins: BTreeMap<String, String>,
    used_pins: RefCell<BTreeSet<String>>,
    number_collisions: bool,
}

/// A set of names in which no two may be the same.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashMap<String, Pointer>,
}

impl Assigner {
    /// An assigner that respects names pinned by hand: what is named → its Rust name.
    pub(crate) fn new(pins: &BTreeMap<String, String>, number_collisions: bool) -> Self {
        let pins =
            pins.iter().map(|(key, name)| (key.trim_start_matches('#').to_owned(), name.clone())).collect();
        Self { pins, used_pins: RefCell::default(), number_collisions }
    }

    /// A type's name from the words of where it stands, or as pinned; nothing else in these scopes has it.
    pub(crate) fn type_name(
        &self,
        scopes: &mut [&mut Scope],
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> TypeName {
        let name = self.pin_of(Case::Camel, at).unwrap_or_else(|| camel(raw));
        let name = match name.strip_prefix('_') {
            // A type starts with a capital, so that it cannot be taken for its module.
            Some(rest) => format!("Type{rest}"),
            None if TYPES.contains(&name.as_str()) => format!("{name}Value"),
            None => name,
        };
        TypeName(self.claim_in(scopes, diagnostics, at, name, Case::Camel))
    }

    /// A variant's name.
    pub(crate) fn variant(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> VariantName {
        let name = self.pin(&[at.as_str()]).unwrap_or_else(|| camel(raw));
        let name = if name == "Self" { "SelfValue".to_owned() } else { name };
        VariantName(self.claim(scope, diagnostics, at, name, Case::Camel))
    }

    /// Whether a variant of this name would collide.
    pub(crate) fn has_variant(&self, scope: &Scope, raw: &str) -> bool {
        scope.taken.contains_key(&camel(raw))
    }

    /// The variant for values that are not known: the first of some names that no other variant has.
    pub(crate) fn catch_all(&self, scope: &mut Scope, at: &Pointer) -> VariantName {
        let free = ["Unknown", "Other", "Unrecognized", "UnknownValue"]
            .into_iter()
            .find(|name| !scope.taken.contains_key(*name));
        let name = free.unwrap_or("AnyOtherValue").to_owned();
        scope.taken.insert(name.clone(), at.clone());
        VariantName(name)
    }

    /// A field's name.
    pub(crate) fn field(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> FieldName {
        let name = self.pin_of(Case::Snake, at).unwrap_or_else(|| snake(raw));
        FieldName(keyword(self.claim(scope, diagnostics, at, name, Case::Snake)))
    }

    /// The name of an argument or a setter of a request.
    pub(crate) fn argument(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> FieldName {
        let name = self.pin(&[at.as_str()]).unwrap_or_else(|| unreserved(snake(raw), &REQUEST));
        FieldName(keyword(self.claim(scope, diagnostics, at, name, Case::Snake)))
    }

    /// Whether an argument of this name would collide.
    pub(crate) fn has_argument(&self, scope: &Scope, raw: &str) -> bool {
        scope.taken.contains_key(&unreserved(snake(raw), &REQUEST))
    }

    /// Whether a request has a method of this name, so that no field of its body can.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        BODY.contains(&name)
    }

    /// A reserved name, such as `accept` or `body`, for the one argument that may have it.
    pub(crate) fn fixed_argument(&self, scope: &mut Scope, at: &Pointer, name: &str) -> FieldName {
        scope.taken.insert(name.to_owned(), at.clone());
        FieldName(name.to_owned())
    }

    /// A method of the client; `keys` are what a pin may call it.
    pub(crate) fn method(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        keys: &[&str],
        raw: &str,
    ) -> MethodName {
        let name = self.pin(keys).unwrap_or_else(|| unreserved(snake(raw), &CLIENT));
        MethodName(keyword(self.claim(scope, diagnostics, at, name, Case::Snake)))
    }

    /// A setter of the client's builder.
    pub(crate) fn setter(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> MethodName {
        let name = self.pin(&[at.as_str()]).unwrap_or_else(|| unreserved(snake(raw), &BUILDER));
        MethodName(keyword(self.claim(scope, diagnostics, at, name, Case::Snake)))
    }

    /// A name of the operations' module that comes from a method: its request, its errors, its responses.
    pub(crate) fn request(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> TypeName {
        let name = self.pin_of(Case::Camel, at).unwrap_or_else(|| camel(raw));
        let reserved = TYPES.contains(&name.as_str()) || REQUESTS.contains(&name.as_str());
        let name = if reserved { format!("{name}Request") } else { name };
        TypeName(self.claim(scope, diagnostics, at, name, Case::Camel))
    }

    /// The module of a type.
    pub(crate) fn type_module(&self, name: &TypeName) -> ModuleName {
        ModuleName(module(&snake(name.as_str())))
    }

    /// The module of an operation.
    pub(crate) fn operation_module(&self, method: &MethodName) -> ModuleName {
        ModuleName(module(method.as_str().trim_start_matches("r#")))
    }

    /// The module of something that is named after where it stands.
    pub(crate) fn module_of_words(&self, words: &str) -> ModuleName {
        ModuleName(module(&snake(words)))
    }

    /// Complains of the pins that are no names, and of those that named nothing.
    pub(crate) fn finish(&self, diagnostics: &mut Diagnostics) {
        let used = self.used_pins.borrow();
        for (key, name) in self.pins.iter().filter(|(_, name)| !is_identifier(name)) {
            let at = Pointer::parse(key).unwrap_or_default();
            let message = format!("the name `{name}` is pinned for `{key}`, but Rust has no such names");
            diagnostics.push(
                Diagnostic::error(&at, "invalid-pin", message)
                    .elsewhere()
                    .help("pin a name of letters, digits and `_` that starts with a letter, under `[names]` in codegen.toml"),
            );
        }
        for (key, name) in self.pins.iter().filter(|(key, name)| is_identifier(name) && !used.contains(*key))
        {
            let at = Pointer::parse(key).unwrap_or_default();
            let message = format!("the name `{name}` is pinned for `{key}`, which does not exist");
            diagnostics.push(
                Diagnostic::error(&at, "unused-pin", message)
                    .elsewhere()
                    .help("remove the pin under `[names]` in codegen.toml, or correct what it names"),
            );
        }
    }

    /// The pin of a place where both a field and its inline type stand: a capital tells that it names the type.
    fn pin_of(&self, case: Case, at: &Pointer) -> Option<String> {
        let names_type = self.pins.get(at.as_str())?.starts_with(char::is_uppercase);
        if names_type == matches!(case, Case::Camel) { self.pin(&[at.as_str()]) } else { None }
    }

    fn pin(&self, keys: &[&str]) -> Option<String> {
        let key = keys.iter().find(|key| self.pins.contains_key(**key))?;
        self.used_pins.borrow_mut().insert((*key).to_owned());
        self.pins.get(*key).cloned()
    }

    fn claim(
        &self,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        name: String,
        case: Case,
    ) -> String {
        self.claim_in(&mut [scope], diagnostics, at, name, case)
    }

    fn claim_in(
        &self,
        scopes: &mut [&mut Scope],
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        name: String,
        case: Case,
    ) -> String {
        let owner = |name: &str| scopes.iter().find_map(|scope| scope.taken.get(name));
        let (claimed, other) = match owner(&name) {
            None => (name, None),
            Some(_) if self.number_collisions => {
                let mut numbered = (2..).map(|number| case.numbered(&name, number));
                (numbered.find(|name| owner(name).is_none()).unwrap_or(name), None)
            }
            Some(other) => (name, Some(other.clone())),
        };
        let Some(other) = other else {
            for scope in scopes.iter_mut() {
                scope.taken.insert(claimed.clone(), at.clone());
            }
            return claimed;
        };
        diagnostics.push(
            Diagnostic::error(at, "name-collision", format!("the Rust name `{claimed}` is taken already"))
                .related(&other, format!("`{claimed}` was first needed here"))
                .help(format!(
                    "pin another name: `\"{at}\" = \"…\"` under `[names]` in codegen.toml, or let `--number-collisions` number them"
                )),
        );
        claimed
    }
}

#[derive(Debug, Clone, Copy)]
enum Case {
    Camel,
    Snake,
}

impl Case {
    fn numbered(self, name: &str, number: usize) -> String {
        match self {
            Self::Camel => format!("{name}{number}"),
            Self::Snake => format!("{name}_{number}"),
        }
    }
}

fn camel(raw: &str) -> String {
    start(words(raw).to_upper_camel_case())
}

fn snake(raw: &str) -> String {
    start(words(raw).to_snake_case())
}

/// An identifier cannot be empty, and not start with everything that it can hold, such as a digit.
fn start(name: String) -> String {
    match name.chars().next() {
        None => "_empty".to_owned(),
        Some(first) if first == '_' || unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("_{name}"),
    }
}

/// Whether a text can be a name as it is, or as a raw identifier.
fn is_identifier(name: &str) -> bool {
    name.starts_with(unicode_ident::is_xid_start) && name.chars().all(unicode_ident::is_xid_continue)
}

/// Methods keep away from those that are there already.
fn unreserved(name: String, reserved: &[&str]) -> String {
    if reserved.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Keywords become raw identifiers, except those that cannot be.
fn keyword(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        text if is_keyword(text) => format!("r#{name}"),
        _ => name,
    }
}

/// Modules keep away from keywords by a trailing underscore, so that file names stay plain, and from the letters
/// that not every file system keeps as they are.
fn module(name: &str) -> String {
    let mut plain = String::new();
    for char in name.chars() {
        if char.is_ascii() { plain.push(char) } else { plain.push_str(&format!("u{:x}", u32::from(char))) }
    }
    let reserved = is_keyword(&plain)
        || is_device(&plain)
        || matches!(plain.as_str(), "self" | "super" | "crate" | "types" | "operations");
    if reserved { format!("{plain}_") } else { plain }
}

/// Whether Windows takes a file of this name, whatever its ending, for a device.
fn is_device(name: &str) -> bool {
    let is_numbered = |rest: &str| rest.len() == 1 && rest.starts_with(|char: char| char.is_ascii_digit());
    matches!(name, "aux" | "con" | "nul" | "prn")
        || ["com", "lpt"].iter().any(|port| name.strip_prefix(port).is_some_and(is_numbered))
}

/// The strict and reserved keywords of every edition up to 2024.
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 48] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static",
        "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where",
        "while", "yield",
    ];
    KEYWORDS.contains(&name)
}
