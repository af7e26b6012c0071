//! Calls of the runtime's macros: words, and rows between braces.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Macro, MacroDelimiter};

/// The text of a call: what is in braces has a line for each of its rows, which end with a comma.
pub(super) fn print(call: &Macro) -> String {
    let path: Vec<String> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let mut text = format!("{}!", path.join("::"));
    match call.delimiter {
        MacroDelimiter::Brace(_) => {
            text.push_str(" {\n    ");
            write(&mut text, &call.tokens, 1);
            text.push_str("\n}\n");
        }
        _ => text.push_str(&format!("({});\n", call.tokens)),
    }
    text
}

fn write(text: &mut String, tokens: &TokenStream, depth: usize) {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(rows) if rows.delimiter() == Delimiter::Brace && rows.stream().is_empty() => {
                text.push_str("{}");
            }
            TokenTree::Group(rows) if rows.delimiter() == Delimiter::Brace => {
                text.push('{');
                line(text, depth + 1);
                write(text, &rows.stream(), depth + 1);
                line(text, depth);
                text.push('}');
            }
            token => text.push_str(&token.to_string()),
        }
        let is_row = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
        match tokens.peek() {
            None => {}
            Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => {}
            Some(_) if is_row => line(text, depth),
            Some(_) => text.push(' '),
        }
    }
}

fn line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"    ".repeat(depth));
}
