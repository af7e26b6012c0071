//! Which files are read, and which never are.

use std::fs;
use std::path::Path;

use generator::{Files, Source};

use super::{Folder, MAX_FILES, collect};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The paths that were asked for, each with the reason why it was not read.
fn read(spec: &Path, root: Option<&Path>) -> Vec<String> {
    let text = source("api.yaml", &fs::read_to_string(spec).unwrap());
    let files = Folder::of(spec, root).unwrap().files(&text, &[]);
    let line = |(path, text): (&String, &Result<Source, String>)| match text {
        Ok(_) => path.clone(),
        Err(reason) => format!("{path}: {reason}"),
    };
    files.texts.iter().map(line).collect()
}

#[test]
fn files_are_read_through_files_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "api/api.yaml", "a: {$ref: 'parts/a.yaml#/x'}\nb: {$ref: './parts/a.yaml'}\n");
    write(
        folder.path(),
        "api/parts/a.yaml",
        "x: {$ref: b.json}\ny: {$ref: ../api.yaml}\nz: {$ref: none.yaml}\n",
    );
    write(folder.path(), "api/parts/b.json", "{\"$ref\": \"a.yaml\"}");
    let read = read(&folder.path().join("api/api.yaml"), None);
    assert_eq!(read, ["parts/a.yaml", "parts/b.json", "parts/none.yaml: there is no such file"]);
}

#[test]
fn nothing_is_read_outside_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let text = "a: {$ref: ../secret.yaml}\nb: {$ref: /etc/hosts}\nc: {$ref: 'https://example.com/x.yaml'}\n\
                d: {$ref: 'a/../../secret.yaml'}\ne: {$ref: '%2e%2e/secret.yaml'}\nf: {$ref: folder}\n";
    write(folder.path(), "api/api.yaml", text);
    write(folder.path(), "secret.yaml", "x: 1\n");
    fs::create_dir(folder.path().join("api/folder")).unwrap();
    let spec = folder.path().join("api/api.yaml");
    assert_eq!(read(&spec, None), ["folder: it is no file"]);
    let around = read(&spec, Some(folder.path()));
    assert_eq!(around, ["api/folder: it is no file", "secret.yaml"]);
    assert!(Folder::of(&spec, Some(&folder.path().join("api/folder"))).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_within_the_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "api/api.yaml",
        "a: {$ref: out.yaml}\nb: {$ref: in.yaml}\nc: {$ref: up/secret.yaml}\n",
    );
    write(folder.path(), "api/real.yaml", "x: 1\n");
    write(folder.path(), "secret.yaml", "x: 1\n");
    let link =
        |to: &str, at: &str| std::os::unix::fs::symlink(to, folder.path().join("api").join(at)).unwrap();
    link("../secret.yaml", "out.yaml");
    link("real.yaml", "in.yaml");
    link("..", "up");
    let refused = "it is a link that leads out of the folder";
    let expected =
        ["in.yaml".to_owned(), format!("out.yaml: {refused}"), format!("up/secret.yaml: {refused}")];
    assert_eq!(read(&folder.path().join("api/api.yaml"), None), expected);
}

#[test]
fn there_is_an_end_to_files() {
    // Every file refers to the next one.
    let next = |path: &str| {
        let number: usize = path.trim_end_matches(".yaml").parse().unwrap();
        Ok(source(path, &format!("$ref: {}.yaml\n", number + 1)))
    };
    let Files { texts, .. } = collect("0.yaml", &source("0.yaml", "$ref: 1.yaml\n"), &[], next);
    assert_eq!(texts.len(), MAX_FILES + 1);
    assert_eq!(texts.values().filter(|text| text.is_err()).count(), 1);
}
