//! Tokens to text: the only file that names the pretty printer.

mod table;

use syn::{File, ImplItem, Item};

use crate::emit::{MARKER, Sheet};

/// The text of an emitted file: the marker, its docs, and its items with an empty line between them.
pub(crate) fn sheet(sheet: Sheet) -> crate::File {
    let mut contents = format!("{MARKER}\n");
    for line in sheet.about {
        contents.push_str(format!("//! {line}").trim_end());
        contents.push('\n');
    }
    let mut was_short = false;
    for item in sheet.items {
        let is_short = matches!(item.items.as_slice(), [Item::Use(_) | Item::Mod(_)]);
        let printed = print(item);
        if !(was_short && is_short) {
            contents.push('\n');
        }
        contents.push_str(&printed);
        was_short = is_short;
    }
    crate::File { path: sheet.path, contents }
}

/// The text of a file, with an empty line between the functions of an `impl` that stands alone in it.
pub(crate) fn print(mut file: File) -> String {
    match file.items.as_mut_slice() {
        [Item::Impl(item)] if item.items.len() > 1 => {
            let items = std::mem::take(&mut item.items);
            spaced(file, items)
        }
        [.., Item::Macro(_)] => with_table(file),
        _ => prettyplease::unparse(&file),
    }
}

/// Prints the call of a macro that ends a file as a table: the pretty printer does not know what is in it.
fn with_table(mut file: File) -> String {
    let Some(Item::Macro(call)) = file.items.pop() else {
        return prettyplease::unparse(&file);
    };
    let before = if file.items.is_empty() { String::new() } else { prettyplease::unparse(&file) + "\n" };
    before + &table::print(&call.mac)
}

/// Prints each item of an `impl` by itself and joins what is between the braces.
fn spaced(mut file: File, items: Vec<ImplItem>) -> String {
    let empty = prettyplease::unparse(&file);
    let head = empty.trim_end().trim_end_matches('}').to_owned();
    let mut text = format!("{head}\n");
    let mut after_function = None;
    for item in items {
        let is_function = matches!(item, ImplItem::Fn(_));
        if after_function.is_some_and(|after| after || is_function) {
            text.push('\n');
        }
        after_function = Some(is_function);
        if let [Item::Impl(block)] = file.items.as_mut_slice() {
            block.items = vec![item];
        }
        let printed = prettyplease::unparse(&file);
        let body = printed.strip_prefix(&head).unwrap_or(&printed).trim_start_matches('\n');
        text.push_str(body.trim_end().strip_suffix('}').unwrap_or(body));
    }
    text.push_str("}\n");
    text
}
