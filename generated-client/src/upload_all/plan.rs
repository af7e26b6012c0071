//! Which of many files are uploaded, and what became of each.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{UploadItem, UploadReport};
use crate::{Release, TransferError, Uploaded, replace::new_name, types::ReleaseAsset, upload::Delivery};

/// Which of many files are uploaded, and what became of each.
#[derive(Debug)]
pub(super) struct Plan {
    /// What is to be sent, by the index of its file.
    deliveries: Vec<(usize, Delivery)>,
    results: Vec<Option<Result<Uploaded, TransferError>>>,
}

impl Plan {
    /// Checks every file by itself, and all names together.
    pub(super) async fn of(release: &Release, items: &[UploadItem]) -> Self {
        let mut plan = Self { deliveries: Vec::new(), results: Vec::new() };
        let mut first_of: HashMap<String, usize> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let delivery = match item.options.clone().delivery(release.clone(), &item.path).await {
                Ok(delivery) => delivery,
                Err(error) => {
                    plan.results.push(Some(Err(error)));
                    continue;
                }
            };
            let name = delivery.name.predicted().to_owned();
            let first = *first_of.entry(name.clone()).or_insert(index);
            plan.results.push(None);
            plan.deliveries.push((index, delivery));
            if first != index {
                for index in [first, index] {
                    let (first, second) = (items[first].path.clone(), item.path.clone());
                    let name = name.clone();
                    plan.settle(index, Err(TransferError::SameName { first, second, name }));
                }
            }
        }
        let Self { deliveries, results } = &mut plan;
        deliveries.retain(|(index, _)| results[*index].is_none());
        plan.introduce();
        plan
    }

    /// Tells each delivery of the names that assets of the others can have.
    fn introduce(&mut self) {
        let names = |delivery: &Delivery| {
            let (predicted, requested) = (delivery.name.predicted(), delivery.name.requested());
            [predicted.to_owned(), requested.to_owned(), new_name(predicted), new_name(requested)]
        };
        let all: HashSet<String> = self.deliveries.iter().flat_map(|(_, delivery)| names(delivery)).collect();
        let all = Arc::new(all);
        for (_, delivery) in &mut self.deliveries {
            delivery.others = all.clone();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.deliveries.is_empty()
    }

    /// Makes sure that there is room for all files that are new to the release.
    pub(super) fn check_room(&self, listed: &[ReleaseAsset]) -> Result<(), TransferError> {
        let is_new = |delivery: &Delivery| !listed.iter().any(|asset| delivery.name.is_of(asset));
        let adding = self.deliveries.iter().filter(|(_, delivery)| is_new(delivery)).count();
        if listed.len() + adding > TransferError::MAX_ASSETS {
            return Err(TransferError::ReleaseFull { count: listed.len(), adding });
        }
        Ok(())
    }

    /// What is to be sent.
    pub(super) fn take(&mut self) -> Vec<(usize, Delivery)> {
        std::mem::take(&mut self.deliveries)
    }

    /// Keeps what became of a file.
    pub(super) fn settle(&mut self, index: usize, result: Result<Uploaded, TransferError>) {
        self.results[index] = Some(result);
    }

    pub(super) fn reports(self, items: Vec<UploadItem>) -> Vec<UploadReport> {
        let result = |result: Option<_>| result.unwrap_or(Err(TransferError::ShutDown));
        items
            .into_iter()
            .zip(self.results)
            .map(|(item, it)| UploadReport { path: item.path, result: result(it) })
            .collect()
    }
}
