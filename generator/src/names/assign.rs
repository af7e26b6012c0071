//! Decides every Rust name, once; the only file that knows how names are cased.
//!
//! A name depends on the thing itself and where it stands, never on what else the description holds:
//! two things that come to the same name are an error that says how to pin one of them.

use std::collections::HashMap;

use super::case::{Case, camel, keyword, module, snake, unreserved};
use super::pins::Pins;
use super::spell::with_signs;
use super::{FeatureName, FieldName, MethodName, ModuleName, TypeName, VariantName};
use crate::Options;
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
const BUILDER: [&str; 13] = [
    "accept",
    "auth_scheme",
    "build",
    "clone",
    "connect_timeout",
    "header",
    "http_client",
    "idle_timeout",
    "max_concurrent_requests",
    "retry",
    "timeout",
    "user_agent",
    "write_interval",
];

/// Methods that an emitted request may have itself.
const REQUEST: [&str; 12] = [
    "accept",
    "body",
    "content_type",
    "if_none_match",
    "into_future",
    "items",
    "request",
    "retry",
    "send",
    "send_full",
    "timeout",
    "with_header",
];

/// Methods of a request, and what holds it while it is made, that a field of its body cannot share a name with.
const BODY: [&str; 9] = [
    "accept",
    "if_none_match",
    "into_future",
    "request",
    "retry",
    "send",
    "send_full",
    "timeout",
    "with_header",
];

/// Features that an emitted crate has whatever its API is.
const FEATURES: [&str; 8] = [
    "blocking",
    "default",
    "every-tag",
    "http2",
    "native-tls",
    "rustls",
    "rustls-no-provider",
    "system-proxy",
];

/// Hands out names and remembers who has them.
#[derive(Debug)]
pub(crate) struct Assigner {
    pins: Pins,
    number_collisions: bool,
    tell_collisions: bool,
}

/// A set of names in which no two may be the same.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashMap<String, Pointer>,
    /// The numbers that follow a name were given out up to this one.
    numbered: HashMap<String, usize>,
}

impl Scope {
    /// The name with the first number from 2 on that is free, as `is_taken` says of numbered names.
    fn numbered(&mut self, case: Case, name: &str, is_taken: impl Fn(&Self, &str) -> bool) -> String {
        let mut number = self.numbered.get(name).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = case.numbered(name, number);
            if !is_taken(self, &numbered) {
                self.numbered.insert(name.to_owned(), number);
                return numbered;
            }
        }
    }
}

impl Assigner {
    /// An assigner that respects names pinned by hand, and does with collisions what the options say.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            pins: Pins::new(&options.names),
            number_collisions: options.number_collisions,
            tell_collisions: options.tell_collisions,
        }
    }

    /// A type's name from the words of where it stands, or as pinned; nothing else in these scopes has it.
    pub(crate) fn type_name(
        &self,
        scopes: &mut [&mut Scope],
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        raw: &str,
    ) -> TypeName {
        let name = self.type_words(at, raw);
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
        if let Some(name) = self.pins.get(&[at.as_str()]) {
            return VariantName(self.claim(scope, diagnostics, at, name, Case::Camel));
        }
        let name = camel(raw);
        let name = if name == "Self" { "SelfValue".to_owned() } else { name };
        let Some(other) = scope.taken.get(&name).cloned() else {
            return VariantName(self.claim(scope, diagnostics, at, name, Case::Camel));
        };
        // The texts of an enum often differ by case or a sign only, and are known by their text all the same.
        let numbered = scope.numbered(Case::Camel, &name, |scope, name| scope.taken.contains_key(name));
        if !self.number_collisions || self.tell_collisions {
            let message =
                format!("the Rust name `{name}` is taken already; this value is called `{numbered}`");
            diagnostics.push(
                Diagnostic::warning(at, "numbered-variant", message)
                    .related(&other, format!("`{name}` is this value"))
                    .help(format!("pin a better name: `\"{at}\" = \"…\"` under `[names]` in codegen.toml")),
            );
        }
        VariantName(self.claim(scope, diagnostics, at, numbered, Case::Camel))
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
        let name = self.pins.of(Case::Snake, at).unwrap_or_else(|| match with_signs(raw) {
            // `@id` beside `id` differs by its sign only.
            Some(signs) if scope.taken.contains_key(&snake(raw)) => snake(&signs),
            _ => snake(raw),
        });
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
        let name = self.unless_reserved(diagnostics, at, &[at.as_str()], raw, &REQUEST);
        FieldName(keyword(self.claim(scope, diagnostics, at, name, Case::Snake)))
    }

    /// A wire name with the signs spelled out that a Rust name leaves out, where there are any that mean something.
    pub(crate) fn with_signs(&self, raw: &str) -> Option<String> {
        with_signs(raw)
    }

    /// Whether an argument of this name would collide.
    pub(crate) fn has_argument(&self, scope: &Scope, raw: &str) -> bool {
        scope.taken.contains_key(&unreserved(snake(raw), &REQUEST))
    }

    /// Whether a setter of this name would collide.
    pub(crate) fn has_setter(&self, scope: &Scope, raw: &str) -> bool {
        scope.taken.contains_key(&unreserved(snake(raw), &BUILDER))
    }

    /// The place that has the name which a type would get here.
    pub(crate) fn type_owner(&self, scope: &Scope, at: &Pointer, raw: &str) -> Option<Pointer> {
        scope.taken.get(&self.type_words(at, raw)).cloned()
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
        let name = self.unless_reserved(diagnostics, at, keys, raw, &CLIENT);
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
        let name = self.unless_reserved(diagnostics, at, &[at.as_str()], raw, &BUILDER);
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
        let name = self.pins.of(Case::Camel, at).unwrap_or_else(|| camel(raw));
        let reserved = TYPES.contains(&name.as_str()) || REQUESTS.contains(&name.as_str());
        let name = match name.strip_prefix('_') {
            _ if reserved => format!("{name}Request"),
            // Without a capital it would be taken for its module.
            Some(rest) if name == snake(raw) => format!("Request{rest}"),
            _ => name,
        };
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

    /// The feature of a tag; tags that differ by case or a sign only share one.
    pub(crate) fn feature(&self, tag: &str) -> FeatureName {
        let name = snake(tag).trim_start_matches('_').replace('_', "-");
        FeatureName(if FEATURES.contains(&name.as_str()) { format!("tag-{name}") } else { name })
    }

    /// Complains of the pins that are no names, and of those that named nothing.
    pub(crate) fn finish(&self, diagnostics: &mut Diagnostics) {
        self.pins.finish(diagnostics);
    }

    fn type_words(&self, at: &Pointer, raw: &str) -> String {
        let name = self.pins.of(Case::Camel, at).unwrap_or_else(|| camel(raw));
        match name.strip_prefix('_') {
            // A type starts with a capital, so that it cannot be taken for its module.
            Some(rest) => format!("Type{rest}"),
            None if TYPES.contains(&name.as_str()) => format!("{name}Value"),
            None => name,
        }
    }

    /// A name that nothing emitted has itself: pinned, or made to differ.
    fn unless_reserved(
        &self,
        diagnostics: &mut Diagnostics,
        at: &Pointer,
        keys: &[&str],
        raw: &str,
        reserved: &[&str],
    ) -> String {
        let Some(name) = self.pins.get(keys) else {
            return unreserved(snake(raw), reserved);
        };
        if reserved.contains(&name.as_str()) {
            let message =
                format!("the name `{name}` is pinned here, but the emitted code has a method of that name");
            diagnostics.push(Diagnostic::error(at, "invalid-pin", message).help("pin another name"));
        }
        name
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
        let other = owner(&name).cloned();
        let claimed = match (&other, &mut *scopes) {
            (Some(_), [first, others @ ..]) if self.number_collisions => {
                let is_taken = |first: &Scope, name: &str| {
                    first.taken.contains_key(name)
                        || others.iter().any(|scope| scope.taken.contains_key(name))
                };
                first.numbered(case, &name, is_taken)
            }
            _ => name.clone(),
        };
        if other.is_none() || self.number_collisions {
            for scope in scopes.iter_mut() {
                scope.taken.insert(claimed.clone(), at.clone());
            }
        }
        if let Some(other) = other.filter(|_| !self.number_collisions || self.tell_collisions) {
            diagnostics.push(collision(at, &other, &name, &claimed));
        }
        claimed
    }
}

/// Something comes to a name that something else has: it is called by a number, or cannot be called at all.
fn collision(at: &Pointer, other: &Pointer, name: &str, claimed: &str) -> Diagnostic {
    let pin = format!("pin another name: `\"{at}\" = \"…\"` under `[names]` in codegen.toml");
    let diagnostic = if name == claimed {
        Diagnostic::error(at, "name-collision", format!("the Rust name `{name}` is taken already"))
            .help(format!("let `--number-collisions` number them, or {pin}"))
    } else {
        let message = format!("the Rust name `{name}` is taken already; this is called `{claimed}`");
        Diagnostic::warning(at, "numbered-name", message).help(format!(
            "`--number-collisions` takes the numbers, which can change with the description; to be safe, {pin}"
        ))
    };
    diagnostic.related(other, format!("`{name}` was first needed here"))
}
