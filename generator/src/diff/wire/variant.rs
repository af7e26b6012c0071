//! Unions: which types a value can be of, and the member that tells which.

use serde_json::Value;

use super::description::{Description, Part};
use super::kind::{Kind, plainly};
use super::pairs::{Direction, Pairs, Task};
use super::rules;
use super::schema::Schema;

/// A type of a union.
struct Variant<'a> {
    part: Part<'a>,
    schema: Schema<'a>,
}

/// Compares two unions.
pub(super) fn judge<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    judge_variants(pairs, task, variants(pairs.old, &task.old), variants(pairs.new, &task.new));
    judge_tag(pairs, task);
}

/// Compares unions that stand beside properties, unless they only say which properties go together.
pub(super) fn judge_beside_properties<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let (mut old, mut new) = (variants(pairs.old, &task.old), variants(pairs.new, &task.new));
    for variants in [&mut old, &mut new] {
        if variants.iter().all(only_validates) {
            variants.clear();
        }
    }
    if !old.is_empty() || !new.is_empty() {
        judge_variants(pairs, task, old, new);
        judge_tag(pairs, task);
    }
}

fn variants<'a>(description: Description<'a>, schema: &Schema<'a>) -> Vec<Variant<'a>> {
    let options = schema.options().into_iter();
    let read =
        |part: Part<'a>| Some(Variant { schema: Schema::read(description, vec![part.clone()])?, part });
    options.filter_map(read).collect()
}

fn only_validates(variant: &Variant<'_>) -> bool {
    !variant.schema.is_shared
        && matches!(Kind::of(&variant.schema), Kind::Any | Kind::Map)
        && matches!(variant.schema.type_name(), None | Some("object"))
}

fn judge_variants<'a>(
    pairs: &mut Pairs<'a>,
    task: &Task<'a>,
    mut old: Vec<Variant<'a>>,
    mut new: Vec<Variant<'a>>,
) {
    for is_match in [is_same, has_same_name, has_same_title, is_alike] {
        let mut left = Vec::new();
        for after in new {
            match old.iter().position(|before| is_match(before, &after)) {
                Some(index) => {
                    let before = old.remove(index);
                    pairs.inside(task, "", vec![before.part], vec![after.part], true);
                }
                None => left.push(after),
            }
        }
        new = left;
    }
    for after in new {
        let name = plainly(&after.schema);
        let (rule, message) = match task.direction {
            Direction::Request => (rules::SENT_VARIANT_ADDED, format!("{name} is accepted now")),
            Direction::Response => (rules::GOT_VARIANT_ADDED, format!("{name} may come now")),
        };
        pairs.found(task, rule, message, None, Some(after.schema.at()));
    }
    for before in old {
        let name = plainly(&before.schema);
        let (rule, message) = match task.direction {
            Direction::Request => (rules::SENT_VARIANT_REMOVED, format!("{name} is no longer accepted")),
            Direction::Response => (rules::GOT_VARIANT_REMOVED, format!("{name} no longer comes")),
        };
        pairs.found(task, rule, message, Some(before.schema.at()), None);
    }
}

fn is_same(old: &Variant<'_>, new: &Variant<'_>) -> bool {
    old.part.value == new.part.value || old.schema.key().len() == 1 && first(old) == first(new)
}

fn first<'a>(variant: &Variant<'a>) -> Option<&'a Value> {
    variant.schema.parts.first().map(|part| part.value)
}

fn has_same_name(old: &Variant<'_>, new: &Variant<'_>) -> bool {
    old.schema.name().is_some() && old.schema.name() == new.schema.name()
}

fn has_same_title(old: &Variant<'_>, new: &Variant<'_>) -> bool {
    let title = |variant: &Variant<'_>| {
        variant.schema.outer_keyword("title").and_then(Value::as_str).map(str::to_owned)
    };
    title(old).is_some() && title(old) == title(new)
}

/// Whether two types are probably the same one, changed: of one kind and, if objects, with half of the properties.
fn is_alike(old: &Variant<'_>, new: &Variant<'_>) -> bool {
    let kind = Kind::of(&old.schema);
    if kind != Kind::of(&new.schema) {
        return false;
    }
    let (before, after) = (old.schema.properties(), new.schema.properties());
    let shared = after.keys().filter(|name| before.contains_key(*name)).count();
    kind != Kind::Object || shared * 2 >= before.len().max(after.len())
}

/// The member that tells which type a value has, and which text tells of which.
fn judge_tag<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let key = "discriminator";
    let name = |schema: &Schema<'a>| schema.place(key).get(key).and_then(|tag| tag.text("propertyName"));
    match (name(&task.old), name(&task.new)) {
        (Some(old), Some(new)) if old != new => {
            let message = format!("`{old}` → `{new}` tells which type it is");
            pairs.found_keyword(task, key, rules::TAG_CHANGED, message);
        }
        (Some(_), Some(_)) => judge_mapping(pairs, task),
        (None, Some(new)) => {
            pairs.found_keyword(task, key, rules::TAG_ADDED, format!("`{new}` tells which type it is now"));
        }
        (Some(old), None) => {
            let message = format!("`{old}` no longer tells which type it is");
            pairs.found_keyword(task, key, rules::TAG_REMOVED, message);
        }
        (None, None) => {}
    }
}

fn judge_mapping<'a>(pairs: &mut Pairs<'a>, task: &Task<'a>) {
    let key = "discriminator";
    let mapping = |schema: &Schema<'a>| {
        let tag = schema.place(key).get(key);
        tag.map(|tag| tag.members("mapping")).unwrap_or_default()
    };
    let (old, new) = (mapping(&task.old), mapping(&task.new));
    let find = |list: &[(&str, Part<'a>)], text: &str| {
        list.iter().find(|(name, _)| *name == text).map(|(_, part)| last(part.value))
    };
    for (text, part) in &new {
        match find(&old, text) {
            None => {
                let message = format!("`{text}` tells of `{}` now", last(part.value));
                pairs.found_keyword(task, key, rules::TAG_VALUE_ADDED, message);
            }
            Some(before)
                if before != last(part.value) && !is_renamed(pairs, task, before, last(part.value)) =>
            {
                let message = format!("`{text}` tells of `{}` instead of `{before}`", last(part.value));
                pairs.found_keyword(task, key, rules::TAG_VALUE_CHANGED, message);
            }
            Some(_) => {}
        }
    }
    for (text, part) in old.iter().filter(|(text, _)| find(&new, text).is_none()) {
        let message = format!("`{text}` no longer tells of `{}`", last(part.value));
        pairs.found_keyword(task, key, rules::TAG_VALUE_REMOVED, message);
    }
}

/// The name of the schema that an entry of a mapping leads to.
fn last(value: &Value) -> &str {
    value.as_str().and_then(|text| text.rsplit('/').next()).unwrap_or_default()
}

/// Whether a schema only has another name: the old one is gone from the union, and the new one was not there.
fn is_renamed<'a>(pairs: &Pairs<'a>, task: &Task<'a>, old: &str, new: &str) -> bool {
    let has = |description, schema: &Schema<'a>, name: &str| {
        variants(description, schema).iter().any(|variant| variant.schema.name().as_deref() == Some(name))
    };
    !has(pairs.new, &task.new, old) && !has(pairs.old, &task.old, new)
}
