//! Emitted code: it parses, and nothing of a description gets out of a comment or a literal.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use generator::{File, MARKER};
use proc_macro2::{TokenStream, TokenTree};

thread_local! {
    /// The files that were fine; most of them come out of every description.
    static FINE: RefCell<(RandomState, HashSet<u64>)> = RefCell::default();
}

/// Checks an emitted file, unless it was checked before.
pub(crate) fn check(file: &File) {
    let hash = FINE.with_borrow(|(state, _)| state.hash_one((&file.path, &file.contents)));
    if !FINE.with_borrow(|(_, fine)| fine.contains(&hash)) {
        check_new(file);
        FINE.with_borrow_mut(|(_, fine)| fine.insert(hash));
    }
}

fn check_new(File { path, contents }: &File) {
    assert!(contents.starts_with(MARKER), "{path}");
    let is_named_plainly = |char: char| char.is_ascii_alphanumeric() || "_/".contains(char);
    let name = path.strip_suffix(".rs").unwrap_or_default();
    assert!(!name.is_empty() && name.chars().all(is_named_plainly), "{path:?}");
    let hostile = contents.chars().find(|char| is_hostile(*char));
    assert!(hostile.is_none(), "{path}: {hostile:?} in\n{contents}");
    for line in contents.lines().map(str::trim_start) {
        assert!(!line.starts_with("/*"), "{path}: a comment of another kind: {line}");
    }
    let tokens: TokenStream = contents.parse().unwrap_or_else(|error| panic!("{path}: {error}\n{contents}"));
    if let Err(error) = syn::parse2::<syn::File>(tokens.clone()) {
        panic!("{path}: {error}\n{contents}");
    }
    check_tokens(path, tokens);
}

/// A character that rustc denies or a reader does not see: it may stand escaped in a literal only.
fn is_hostile(char: char) -> bool {
    matches!(
        char,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{2028}' | '\u{2029}'
    ) || char.is_control() && char != '\n'
}

/// Emitted code has no use for these names, so only a text that became code can bring them.
fn check_tokens(path: &str, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => check_tokens(path, group.stream()),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                assert!(
                    !["unsafe", "macro_rules", "include", "include_str"].contains(&name.as_str()),
                    "{path}: {name}"
                );
            }
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}
