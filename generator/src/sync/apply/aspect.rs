//! Parts that are there in both and of which a source says something else.

use serde_json::{Value, json};

use crate::edit::{Edit, Position};
use crate::pointer::Pointer;
use crate::sync::adopt::{self, Adoption};
use crate::sync::fact::{Aspect, Fact};
use crate::sync::schema::{self, Schema};

use super::Changes;

/// The types that a keyword alone makes.
const SCALARS: [&str; 4] = ["string", "integer", "number", "boolean"];

impl<'a> Changes<'a> {
    /// Makes one aspect of a part what it is to be; `theirs` is where it stands in the source.
    pub(super) fn change(
        &mut self,
        adoption: &mut Adoption<'a>,
        fact: &Fact,
        says: &Option<Value>,
        theirs: &Pointer,
    ) {
        let at = &fact.at;
        match fact.aspect {
            Aspect::Presence => {}
            Aspect::Path => self.move_operation(at, says),
            Aspect::Required if at.parent().is_some_and(|parent| parent.last() == "properties") => {
                let owner = at.parent().and_then(|properties| properties.parent()).unwrap_or_default();
                self.require(&owner, &at.last(), *says == Some(true.into()));
            }
            Aspect::Required => self.put(at, "required", only_true(says)),
            Aspect::Deprecated => self.put(at, "deprecated", only_true(says)),
            Aspect::Title => self.put(at, "summary", says.clone()),
            Aspect::Keyword(keyword) => self.put(at, keyword, says.clone()),
            Aspect::AdditionalProperties => {
                let value = says.as_ref().map(|_| adoption.schema(theirs));
                self.put(at, "additionalProperties", value);
            }
            Aspect::Type => self.retype(adoption, at, says, theirs),
            Aspect::Nullable => self.allow_null(at, says),
            Aspect::Choice => self.rechoose(at, says),
            Aspect::Enum => self.enumerate(at, says),
            Aspect::Variants => self.replace_schema(adoption, at, theirs),
            Aspect::Server => self.serve(at, says),
            Aspect::Version => self.version(at, says),
        }
    }

    /// Puts an operation below another path, or under another method, as it is.
    fn move_operation(&mut self, at: &Pointer, says: &Option<Value>) {
        let (method, path) =
            says.as_ref().and_then(Value::as_str).and_then(|to| to.split_once(' ')).unwrap_or_default();
        let Some(operation) = self.ours.get(at).cloned() else { return };
        let item = Pointer::root().join("paths").join(path);
        let method = method.to_lowercase();
        self.remove(at);
        if self.ours.get(&item).is_some() {
            self.member(&item, &method, operation);
        } else {
            self.member(&Pointer::root().join("paths"), path, json!({ method: operation }));
        }
    }

    /// Sets a member, or removes it.
    fn put(&mut self, mapping: &Pointer, key: &str, value: Option<Value>) {
        match value {
            Some(value) => self.set(mapping, key, value),
            None => self.remove_at(mapping.join(key)),
        }
    }

    /// Makes a schema one of another type. One that is not of one value, before or after, is replaced.
    fn retype(&mut self, adoption: &mut Adoption<'a>, at: &Pointer, says: &Option<Value>, theirs: &Pointer) {
        let Some(ours) = Schema::at(self.ours, at) else { return };
        let new = says.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (new, is_nullable) = new.strip_suffix(" or null").map_or((new, false), |bare| (bare, true));
        let old = ours.types().unwrap_or_default();
        let is_scalar = |text: &str| SCALARS.contains(&text);
        if old != new && !(is_scalar(&old) && is_scalar(new)) {
            let is_keyword = adoption.theirs.get(theirs).is_some_and(Value::is_string);
            let theirs = if is_keyword { theirs.parent().unwrap_or_default() } else { theirs.clone() };
            return self.replace_schema(adoption, at, &theirs);
        }
        if old != new {
            self.put(at, "type", Some(new.into()));
        }
        if ours.at == *at && is_nullable != ours.nullable {
            self.put(at, "nullable", Some(is_nullable).filter(|is| *is).map(Value::from));
        }
    }

    /// Allows null in the place of a schema, or not.
    fn allow_null(&mut self, site: &Pointer, says: &Option<Value>) {
        let is_reference = self.ours.get(site).is_some_and(|value| value.get("$ref").is_some());
        match (is_reference, *says == Some(true.into())) {
            (true, true) => {
                let value = adopt::nullable(self.ours.get(site).cloned().unwrap_or_default());
                self.edits.push(Edit::Replace { at: site.clone(), value });
            }
            (false, true) => self.put(site, "nullable", Some(true.into())),
            (_, false) => {
                self.remove_at(site.join("nullable"));
                let ours = Schema::at(self.ours, site);
                ours.into_iter().filter(|ours| ours.at != *site).for_each(|ours| {
                    self.remove_at(ours.at.join("nullable"));
                });
                self.remove_null(site);
            }
        }
    }

    /// Removes the alternative that is null.
    fn remove_null(&mut self, site: &Pointer) {
        for key in ["oneOf", "anyOf"] {
            let list = site.join(key);
            for index in 0..self.ours.count(&list) {
                let at = list.join(index);
                if self.ours.get(&at).is_some_and(schema::is_null) {
                    self.edits.push(Edit::Remove { at });
                }
            }
        }
    }

    /// Moves the alternatives to another keyword.
    fn rechoose(&mut self, schema: &Pointer, says: &Option<Value>) {
        let new = says.as_ref().and_then(Value::as_str).unwrap_or_default();
        for old in ["oneOf", "anyOf"].into_iter().filter(|old| *old != new) {
            let variants = self.ours.get(&schema.join(old)).cloned();
            if let Some(variants) = variants {
                self.member_at(schema, new, variants, Position::After(old.to_owned()));
                self.remove_at(schema.join(old));
            }
        }
    }

    /// Puts the source's schema in the place of ours, whose words stay.
    fn replace_schema(&mut self, adoption: &mut Adoption<'a>, site: &Pointer, theirs: &Pointer) {
        let mut value = adoption.schema(theirs);
        let words = self.ours.text(site, "description");
        if let Some((words, object)) =
            words.zip(value.as_object_mut()).filter(|(_, object)| !object.contains_key("$ref"))
        {
            object.insert("description".to_owned(), words.into());
        }
        self.edits.push(Edit::Replace { at: site.clone(), value });
    }

    /// Makes the values of an enum those given, in their order where it matters to nobody but the reader.
    fn enumerate(&mut self, schema: &Pointer, says: &Option<Value>) {
        let at = schema.join("enum");
        let new = says.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(old) = self.ours.get(&at).and_then(Value::as_array) else {
            let has_type = self.ours.text(schema, "type").is_some();
            let position = if has_type { Position::After("type".to_owned()) } else { Position::Last };
            return self.member_at(schema, "enum", new.into(), position);
        };
        if new.is_empty() {
            return self.remove_at(at);
        }
        if !old.iter().any(|value| new.contains(value)) {
            self.edits.push(Edit::Replace { at, value: new.into() });
            return;
        }
        for (index, value) in old.iter().enumerate() {
            if !value.is_null() && !new.contains(value) {
                self.remove_at(at.join(index));
            }
        }
        for value in new.into_iter().filter(|value| !old.contains(value)) {
            self.edits.push(Edit::AddItem { sequence: at.clone(), index: old.len(), value });
        }
    }

    fn serve(&mut self, operation: &Pointer, says: &Option<Value>) {
        let root = self.ours.text(&Pointer::root().join("servers").join(0), "url");
        let own = operation.join("servers");
        let Some(url) = says.as_ref().and_then(Value::as_str) else { return };
        if root.is_some_and(|root| root.trim_end_matches('/') == url) {
            self.remove_at(own);
        } else if self.ours.get(&own.join(0)).is_some() {
            self.set(&own.join(0), "url", url.into());
        } else {
            self.member(operation, "servers", json!([{ "url": url }]));
        }
    }

    /// The version stands in the header that asks for it, and is the version of the description.
    fn version(&mut self, header: &Pointer, says: &Option<Value>) {
        self.put(header, "default", says.clone());
        if let Some(says) = says {
            self.set(&Pointer::root().join("info"), "version", says.clone());
        }
    }
}

/// A flag that is false is left out.
fn only_true(says: &Option<Value>) -> Option<Value> {
    says.clone().filter(|says| *says == Value::Bool(true))
}
