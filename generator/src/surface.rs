//! The public API of Rust source files, one signature per line: what a reviewer reads.

mod attributes;
mod direct;
mod scope;
mod signature;

use std::collections::HashSet;

use syn::{ImplItem, Item, TraitItem, UseTree, Visibility};

use crate::File;
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Sheet};
use crate::ir::Api;
use crate::pointer::Pointer;
use scope::Scope;

/// Lists the public items of a crate's files; paths are relative to `src`.
///
/// One line for each item, field, variant, method and implementation, with its path in the crate. Files stand
/// in the order of their modules, and their lines in the order of the items' paths. Whether the modules
/// themselves are public is not looked at: that is the crate's choice.
pub fn surface(files: &[File]) -> Result<String, syn::Error> {
    let chapters = files.iter().map(|file| {
        let parsed = syn::parse_file(&file.contents)
            .map_err(|error| syn::Error::new(error.span(), format!("{}: {error}", file.path)))?;
        Chapter::of(&file.path, &parsed.items)
    });
    Ok(bind(chapters.collect::<syn::Result<_>>()?))
}

/// Lists the public items of a client as [`surface`] does for its files, which are not even printed for it.
pub(crate) fn of_api(api: &Api, crate_name: &str) -> Result<String, Diagnostic> {
    of_api_without(api, crate_name, &HashSet::new())
}

/// Like [`of_api`], without the files of these paths.
pub(crate) fn of_api_without(
    api: &Api,
    crate_name: &str,
    skipped: &HashSet<String>,
) -> Result<String, Diagnostic> {
    emit::sheets(api, crate_name, skipped, Chapter::of_sheet).map(bind)
}

/// The public API of one file.
struct Chapter {
    module: Vec<String>,
    path: String,
    lines: Vec<Line>,
}

impl Chapter {
    /// Lists the public items of a file.
    fn of(path: &str, items: &[Item]) -> syn::Result<Self> {
        let module = scope::module(path);
        let mut listing = Listing::default();
        listing.items(&module, items)?;
        let mut lines = listing.lines;
        lines.sort_by(|a, b| (&a.path, a.rank).cmp(&(&b.path, b.rank)));
        Ok(Self { module, path: path.to_owned(), lines })
    }

    /// Lists the public items of an emitted file.
    fn of_sheet(sheet: Sheet) -> Result<Self, Diagnostic> {
        let items: Vec<Item> = sheet.items.into_iter().flat_map(|part| part.items).collect();
        Self::of(&sheet.path, &items).map_err(|error| {
            let message = format!("{}: the public API cannot be listed: {error}", sheet.path);
            Diagnostic::error(&Pointer::root(), "internal", message)
        })
    }
}

/// Puts the files into the order of their modules, and their lines one after the other.
fn bind(mut chapters: Vec<Chapter>) -> String {
    chapters.sort_by(|one, other| (&one.module, &one.path).cmp(&(&other.module, &other.path)));
    let mut text = String::new();
    for line in chapters.iter().flat_map(|chapter| &chapter.lines) {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

/// The lines of a file.
#[derive(Default)]
struct Listing {
    lines: Vec<Line>,
}

struct Line {
    /// The path of the item that it is about.
    path: String,
    rank: Rank,
    text: String,
}

/// The order of the lines about one item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Item,
    Derive,
    Inherent,
    Trait,
}

impl Listing {
    fn add(&mut self, path: &str, rank: Rank, text: String) {
        self.lines.push(Line { path: path.to_owned(), rank, text });
    }

    fn items(&mut self, module: &[String], items: &[Item]) -> syn::Result<()> {
        let scope = Scope::new(module, items);
        for item in items.iter().filter(|item| attributes::is_shown(attributes::of(item))) {
            self.item(&scope, item)?;
        }
        Ok(())
    }

    fn item(&mut self, scope: &Scope<'_>, item: &Item) -> syn::Result<()> {
        let marks = attributes::marks(attributes::of(item));
        let (path, text) = match item {
            Item::Struct(item) if is_public(&item.vis) => return self.structure(scope, item),
            Item::Enum(item) if is_public(&item.vis) => return self.enumeration(scope, item),
            Item::Trait(item) if is_public(&item.vis) => return self.interface(scope, item),
            Item::Impl(item) => return self.implementation(scope, item),
            Item::Macro(item) => {
                self.table(scope, &item.mac);
                return Ok(());
            }
            Item::Mod(item) if is_public(&item.vis) => return self.module(scope, item),
            Item::Use(item) if is_public(&item.vis) => {
                self.reexports(scope, &marks, &item.tree);
                return Ok(());
            }
            Item::Const(item) if is_public(&item.vis) => {
                let path = scope.path_of(&item.ident);
                let text = format!("const {path}: {}", signature::of_type(&item.ty)?);
                (path, text)
            }
            Item::Static(item) if is_public(&item.vis) => {
                let path = scope.path_of(&item.ident);
                let text = format!("static {path}: {}", signature::of_type(&item.ty)?);
                (path, text)
            }
            Item::Type(item) if is_public(&item.vis) => {
                let path = scope.path_of(&item.ident);
                let text = signature::alias(item, &path)?;
                (path, text)
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let path = scope.path_of(&item.sig.ident);
                let text = signature::function(&item.sig, &path)?;
                (path, text)
            }
            _ => return Ok(()),
        };
        self.add(&path, Rank::Item, format!("{marks}pub {text}"));
        Ok(())
    }

    fn structure(&mut self, scope: &Scope<'_>, item: &syn::ItemStruct) -> syn::Result<()> {
        let path = scope.path_of(&item.ident);
        let marks = attributes::marks(&item.attrs);
        self.add(&path, Rank::Item, format!("{marks}pub {}", signature::structure(item, &path)?));
        for (index, field) in item.fields.iter().enumerate() {
            if is_public(&field.vis) && attributes::is_shown(&field.attrs) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                let marks = attributes::marks(&field.attrs);
                let text = format!("{marks}pub {path}::{name}: {}", signature::of_type(&field.ty)?);
                self.add(&path, Rank::Item, text);
            }
        }
        self.derives(&path, &item.attrs);
        Ok(())
    }

    fn module(&mut self, scope: &Scope<'_>, item: &syn::ItemMod) -> syn::Result<()> {
        let path = scope.path_of(&item.ident);
        let marks = attributes::marks(&item.attrs);
        self.add(&path, Rank::Item, format!("{marks}pub mod {path}"));
        let inner: Vec<String> = path.split("::").map(str::to_owned).collect();
        item.content.as_ref().map_or(Ok(()), |(_, items)| self.items(&inner, items))
    }

    fn derives(&mut self, path: &str, attributes: &[syn::Attribute]) {
        let derives = attributes::derives(attributes);
        if !derives.is_empty() {
            self.add(path, Rank::Derive, format!("derive {} for {path}", derives.join(", ")));
        }
    }

    fn enumeration(&mut self, scope: &Scope<'_>, item: &syn::ItemEnum) -> syn::Result<()> {
        let path = scope.path_of(&item.ident);
        let marks = attributes::marks(&item.attrs);
        self.add(&path, Rank::Item, format!("{marks}pub {}", signature::enumeration(item, &path)?));
        for variant in item.variants.iter().filter(|variant| attributes::is_shown(&variant.attrs)) {
            let marks = attributes::marks(&variant.attrs);
            let text = format!("{marks}pub {path}::{}", signature::variant(variant)?);
            self.add(&path, Rank::Item, text);
        }
        self.derives(&path, &item.attrs);
        Ok(())
    }

    fn interface(&mut self, scope: &Scope<'_>, item: &syn::ItemTrait) -> syn::Result<()> {
        let path = scope.path_of(&item.ident);
        let marks = attributes::marks(&item.attrs);
        self.add(&path, Rank::Item, format!("{marks}pub {}", signature::interface(item, &path)?));
        for member in &item.items {
            let (attributes, text) = match member {
                TraitItem::Fn(member) => {
                    let name = format!("{path}::{}", member.sig.ident);
                    (&member.attrs, signature::function(&member.sig, &name)?)
                }
                TraitItem::Const(member) => {
                    let ty = signature::of_type(&member.ty)?;
                    (&member.attrs, format!("const {path}::{}: {ty}", member.ident))
                }
                TraitItem::Type(member) => (&member.attrs, format!("type {path}::{}", member.ident)),
                _ => continue,
            };
            if attributes::is_shown(attributes) {
                self.add(&path, Rank::Item, format!("{}{text}", attributes::marks(attributes)));
            }
        }
        Ok(())
    }

    fn implementation(&mut self, scope: &Scope<'_>, item: &syn::ItemImpl) -> syn::Result<()> {
        let written = signature::of_type(&item.self_ty)?;
        let head = written.split('<').next().unwrap_or_default().trim().to_owned();
        if scope.is_private(&head) {
            return Ok(());
        }
        let path = scope.resolve(&head);
        let full = format!("{path}{}", written.strip_prefix(&head).unwrap_or_default());
        let text = signature::implementation(item, &written, &full)?;
        if let Some((interface, _)) = &item.trait_ {
            if !interface.get_ident().is_some_and(|name| scope.is_private(&name.to_string())) {
                self.add(&path, Rank::Trait, format!("{}{text}", attributes::marks(&item.attrs)));
            }
            return Ok(());
        }
        let before = self.lines.len();
        for member in &item.items {
            let (attributes, text) = match member {
                ImplItem::Fn(member) if is_public(&member.vis) => {
                    let name = format!("{full}::{}", member.sig.ident);
                    (&member.attrs, signature::function(&member.sig, &name)?)
                }
                ImplItem::Const(member) if is_public(&member.vis) => {
                    let ty = signature::of_type(&member.ty)?;
                    (&member.attrs, format!("const {full}::{}: {ty}", member.ident))
                }
                _ => continue,
            };
            if attributes::is_shown(attributes) {
                self.add(&path, Rank::Inherent, format!("{}pub {text}", attributes::marks(attributes)));
            }
        }
        // The bounds that all its methods share.
        if self.lines.len() > before && !item.generics.params.is_empty() {
            let line = Line { path, rank: Rank::Inherent, text };
            self.lines.insert(before, line);
        }
        Ok(())
    }

    /// What a call of one of the runtime's macros implements: the type that it names first is read and written.
    fn table(&mut self, scope: &Scope<'_>, call: &syn::Macro) {
        let is_runtime = call.path.segments.len() == 2 && call.path.segments[0].ident == "rt";
        let tokens = call.tokens.to_string();
        let Some(name) =
            tokens.split_whitespace().next().filter(|name| is_runtime && !scope.is_private(name))
        else {
            return;
        };
        let path = scope.resolve(name);
        for interface in ["rt::FromJson", "rt::ToJson", "serde::Deserialize", "serde::Serialize"] {
            self.add(&path, Rank::Trait, format!("impl {interface} for {path}"));
        }
    }

    /// One line for each name that a `pub use` brings in.
    fn reexports(&mut self, scope: &Scope<'_>, marks: &str, tree: &UseTree) {
        scope::leaves(&[], tree, &mut |name, source| {
            let path = scope.path_of(name);
            self.add(&path, Rank::Item, format!("{marks}pub use {path} = {}", source.join("::")));
        });
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

#[cfg(test)]
mod tests;
