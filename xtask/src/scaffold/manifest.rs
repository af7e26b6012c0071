//! A member's `Cargo.toml` without its workspace: what it inherits is put in its place.

use anyhow::{Context, bail};
use toml::{Table, Value};

/// Parts of a manifest that only matter where the package is developed.
const DROPPED: [&str; 5] = ["bench", "dev-dependencies", "example", "lints", "test"];

/// Resolves what `member` inherits from `workspace` (the tables of the two files).
///
/// Fails when something inherited is not there, or when a dependency is a path.
pub(super) fn resolve(mut member: Table, workspace: &Table) -> anyhow::Result<Table> {
    let workspace =
        workspace.get("workspace").and_then(Value::as_table).context("there is no [workspace]")?;
    member.retain(|key, _| !DROPPED.contains(&key));
    if let Some(Value::Table(package)) = member.get_mut("package") {
        package.retain(|key, _| key != "readme");
        for (key, value) in package {
            if inherits(value) {
                *value = inherited(workspace, "package", key)?;
            }
        }
    }
    resolve_dependencies(&mut member, workspace)?;
    if let Some(Value::Table(targets)) = member.get_mut("target") {
        for target in targets.iter_mut().filter_map(|(_, target)| target.as_table_mut()) {
            target.remove("dev-dependencies");
            resolve_dependencies(target, workspace)?;
        }
    }
    Ok(member)
}

fn resolve_dependencies(member: &mut Table, workspace: &Table) -> anyhow::Result<()> {
    for kind in ["dependencies", "build-dependencies"] {
        let Some(Value::Table(dependencies)) = member.get_mut(kind) else { continue };
        for (name, dependency) in dependencies {
            if inherits(dependency) {
                *dependency = merged(inherited(workspace, "dependencies", name)?, dependency);
            }
            if dependency.get("path").is_some() {
                bail!("`{name}` is a path: the runtime may only depend on published crates");
            }
        }
    }
    Ok(())
}

fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn inherited(workspace: &Table, table: &str, key: &str) -> anyhow::Result<Value> {
    let value = workspace.get(table).and_then(|table| table.get(key));
    value.cloned().with_context(|| format!("`{key}` is not in [workspace.{table}]"))
}

/// The workspace's dependency with the member's features added and its other keys put over it.
fn merged(workspace: Value, member: &Value) -> Value {
    if member.as_table().is_some_and(|keys| keys.len() == 1) {
        return workspace;
    }
    let mut dependency = match workspace {
        Value::Table(table) => table,
        version => Table::from_iter([("version".to_owned(), version)]),
    };
    for (key, value) in member.as_table().into_iter().flatten().filter(|(key, _)| *key != "workspace") {
        match (dependency.get_mut(key), value) {
            (Some(Value::Array(features)), Value::Array(more)) => {
                let more: Vec<Value> = more.iter().filter(|it| !features.contains(it)).cloned().collect();
                features.extend(more);
            }
            _ => {
                dependency.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Table(dependency)
}
