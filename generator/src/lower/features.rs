//! Features: which operations have a tag in common.

use std::collections::BTreeMap;

use super::Lowerer;
use crate::ir::{Api, Feature, Gate, gate};
use crate::names::FeatureName;

impl Lowerer<'_> {
    /// When an operation with these tags is compiled, as far as they say.
    pub(super) fn gate_of(&self, tags: &[String]) -> Gate {
        if tags.is_empty() {
            return Gate::Always;
        }
        Gate::Any(tags.iter().map(|tag| self.names.feature(tag)).collect())
    }

    /// Decides what is compiled when. Features that leave no choice are none.
    pub(super) fn gate(&self, api: &mut Api) {
        api.features = if self.options.tag_features { self.features(api) } else { Vec::new() };
        if api.features.len() < 2 {
            api.features.clear();
            api.operations.iter_mut().for_each(|operation| operation.gate = Gate::Always);
        }
        gate::resolve(api, self.options.all_schemas);
    }

    fn features(&self, api: &Api) -> Vec<Feature> {
        let mut features: BTreeMap<FeatureName, Vec<String>> = BTreeMap::new();
        for operation in &api.operations {
            let tags = self.resolver.value(&operation.pointer.join("tags"));
            let tags = tags.and_then(|tags| tags.as_array()).into_iter().flatten();
            for tag in tags.filter_map(|tag| tag.as_str()) {
                let known = features.entry(self.names.feature(tag)).or_default();
                if !known.iter().any(|other| other == tag) {
                    known.push(tag.to_owned());
                }
            }
        }
        features.into_iter().map(|(name, tags)| Feature { name, tags }).collect()
    }
}
