//! Signatures of the plain kinds, which are nearly all, written straight away; the rest is left to the printer.

use std::fmt::Write;

use syn::punctuated::Punctuated;
use syn::{
    FnArg, GenericArgument, Generics, ItemImpl, Pat, Path, PathArguments, ReceiverKind, ReturnType, Safety,
    Signature, Token, Type, TypeParamBound,
};

/// A function or method, if neither it nor its types have anything unusual.
pub(super) fn function(signature: &Signature, path: &str) -> Option<String> {
    let Signature { constness: None, safety: Safety::Default, abi: None, variadic: None, .. } = signature
    else {
        return None;
    };
    if !is_empty(&signature.generics) {
        return None;
    }
    let mut text = if signature.asyncness.is_some() { "async fn ".to_owned() } else { "fn ".to_owned() };
    text.push_str(path);
    text.push('(');
    list(&signature.inputs, &mut text, argument)?;
    text.push(')');
    if let ReturnType::Type(_, ty) = &signature.output {
        text.push_str(" -> ");
        write_type(ty, &mut text)?;
    }
    Some(text)
}

/// The head of an `impl`, with the path of the type in place of the type.
pub(super) fn implementation(item: &ItemImpl, full: &str) -> Option<String> {
    let is_marked = item.modifiers.defaultness.is_some() || item.modifiers.polarity.is_some();
    if item.unsafety.is_some() || is_marked || !is_empty(&item.generics) {
        return None;
    }
    let mut text = "impl ".to_owned();
    if let Some((interface, _)) = &item.trait_ {
        write_path(interface, &mut text)?;
        text.push_str(" for ");
    }
    text.push_str(full);
    Some(text)
}

/// A type made of paths, references and tuples.
pub(super) fn of_type(ty: &Type) -> Option<String> {
    let mut text = String::new();
    write_type(ty, &mut text)?;
    Some(text)
}

/// Whether there is neither a parameter nor a bound.
pub(super) fn is_empty(generics: &Generics) -> bool {
    generics.params.is_empty() && generics.where_clause.is_none()
}

fn argument(argument: &FnArg, text: &mut String) -> Option<()> {
    match argument {
        FnArg::Receiver(receiver) if receiver.attrs.is_empty() => {
            match &receiver.kind {
                ReceiverKind::Value => {}
                ReceiverKind::Reference(_, None, None) => text.push('&'),
                ReceiverKind::Reference(_, None, Some(_)) => text.push_str("&mut "),
                _ => return None,
            }
            text.push_str(if receiver.mutability.is_some() { "mut self" } else { "self" });
            Some(())
        }
        FnArg::Typed(argument) if argument.attrs.is_empty() => {
            let Pat::Ident(name) = &*argument.pat else {
                return None;
            };
            if !name.attrs.is_empty() || name.by_ref.is_some() || name.subpat.is_some() {
                return None;
            }
            let mutable = if name.mutability.is_some() { "mut " } else { "" };
            write!(text, "{mutable}{}: ", name.ident).ok()?;
            write_type(&argument.ty, text)
        }
        _ => None,
    }
}

fn write_type(ty: &Type, text: &mut String) -> Option<()> {
    match ty {
        Type::Path(path) if path.attrs.is_empty() && path.qself.is_none() => write_path(&path.path, text),
        Type::Reference(reference) if reference.attrs.is_empty() => {
            text.push('&');
            if let Some(lifetime) = &reference.lifetime {
                write!(text, "{lifetime} ").ok()?;
            }
            text.push_str(if reference.mutability.is_some() { "mut " } else { "" });
            write_type(&reference.elem, text)
        }
        Type::Tuple(tuple) if tuple.attrs.is_empty() && tuple.elems.len() != 1 => {
            text.push('(');
            list(&tuple.elems, text, write_type)?;
            text.push(')');
            Some(())
        }
        Type::ImplTrait(bounded) if bounded.attrs.is_empty() && bounded.bounds.len() == 1 => {
            let Some(TypeParamBound::Trait(bound)) = bounded.bounds.first() else {
                return None;
            };
            if bound.paren_token.is_some() || bound.lifetimes.is_some() || bound.maybe.is_some() {
                return None;
            }
            text.push_str("impl ");
            write_path(&bound.path, text)
        }
        _ => None,
    }
}

fn write_path(path: &Path, text: &mut String) -> Option<()> {
    if path.leading_colon.is_some() {
        return None;
    }
    for (index, segment) in path.segments.iter().enumerate() {
        let before = if index > 0 { "::" } else { "" };
        write!(text, "{before}{}", segment.ident).ok()?;
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) if arguments.colon2_token.is_none() => {
                text.push('<');
                list(&arguments.args, text, generic_argument)?;
                text.push('>');
            }
            _ => return None,
        }
    }
    Some(())
}

fn generic_argument(argument: &GenericArgument, text: &mut String) -> Option<()> {
    match argument {
        GenericArgument::Type(ty) => write_type(ty, text),
        GenericArgument::Lifetime(lifetime) => write!(text, "{lifetime}").ok(),
        _ => None,
    }
}

/// All items with commas between them.
fn list<T>(
    items: &Punctuated<T, Token![,]>,
    text: &mut String,
    write: impl Fn(&T, &mut String) -> Option<()>,
) -> Option<()> {
    for (index, item) in items.iter().enumerate() {
        text.push_str(if index > 0 { ", " } else { "" });
        write(item, text)?;
    }
    Some(())
}
