use std::fs;
use std::time::{Duration, SystemTime};

use super::*;

const OLD: &str = "// @generated\nold\n";
const NEW: &str = "// @generated\nnew\n";

/// A folder `src/generated` below a temporary one, with files in it.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let base = tempfile::tempdir().unwrap();
    fs::create_dir_all(base.path().join("src/generated")).unwrap();
    for (path, contents) in files {
        let path = base.path().join("src/generated").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    base
}

fn compare(base: &Path, files: &[(&str, &str)]) -> Plan {
    let mut fileset = Fileset::new(base, "src/generated");
    for (path, contents) in files {
        fileset.insert(path, (*contents).to_owned()).unwrap();
    }
    fileset.compare().unwrap()
}

/// All paths below the base, folders with a `/` at their end.
fn listing(base: &Path) -> Vec<String> {
    disk::walk(base)
        .unwrap()
        .into_iter()
        .map(|(path, entry)| {
            format!("{}{}", path.display(), if matches!(entry, Entry::Folder) { "/" } else { "" })
        })
        .collect()
}

fn changes(plan: &Plan) -> Vec<(ChangeKind, &str)> {
    plan.changes.iter().map(|change| (change.kind, change.path.as_str())).collect()
}

fn reasons(plan: &Plan) -> Vec<(&str, &str)> {
    plan.obstacles.iter().map(|it| (it.path.as_str(), it.reason)).collect()
}

#[test]
fn it_creates_updates_and_removes_what_differs() {
    let base = tree(&[("mod.rs", OLD), ("same.rs", NEW), ("a/b/gone.rs", OLD), ("a/kept.rs", NEW)]);
    let plan =
        compare(base.path(), &[("mod.rs", NEW), ("same.rs", NEW), ("a/kept.rs", NEW), ("c/d/new.rs", NEW)]);
    assert_eq!(
        changes(&plan),
        [
            (ChangeKind::Removed, "src/generated/a/b/gone.rs"),
            (ChangeKind::Created, "src/generated/c/d/new.rs"),
            (ChangeKind::Updated, "src/generated/mod.rs"),
        ]
    );
    assert!(base.path().join("src/generated/a/b/gone.rs").exists(), "comparing writes nothing");

    plan.carry_out().unwrap();
    assert_eq!(
        listing(&base.path().join("src/generated")),
        ["a/", "a/kept.rs", "c/", "c/d/", "c/d/new.rs", "mod.rs", "same.rs"],
        "emptied folders go, and no temporary file stays"
    );
    assert_eq!(fs::read_to_string(base.path().join("src/generated/mod.rs")).unwrap(), NEW);
}

#[test]
fn a_file_that_is_right_is_not_touched() {
    let base = tree(&[("mod.rs", NEW)]);
    let path = base.path().join("src/generated/mod.rs");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();

    let plan = compare(base.path(), &[("mod.rs", NEW)]);
    assert_eq!((plan.total, changes(&plan)), (1, vec![]));
    plan.carry_out().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn a_missing_folder_is_made() {
    let base = tempfile::tempdir().unwrap();
    compare(&base.path().join("new"), &[("mod.rs", NEW)]).carry_out().unwrap();
    assert_eq!(listing(base.path()), ["new/", "new/src/", "new/src/generated/", "new/src/generated/mod.rs"]);
}

#[test]
fn a_file_without_the_marker_is_nobodys_to_remove_or_replace() {
    let base = tree(&[("mine.rs", "fn main() {}\n"), ("mod.rs", "// by hand\n"), ("gone.rs", OLD)]);
    let plan = compare(base.path(), &[("mod.rs", NEW)]);
    assert_eq!(reasons(&plan), [("src/generated/mod.rs", UNMARKED), ("src/generated/mine.rs", UNMARKED)]);
    assert!(matches!(plan.carry_out(), Err(FilesetError::Obstructed(_))));
    assert_eq!(
        listing(&base.path().join("src/generated")),
        ["gone.rs", "mine.rs", "mod.rs"],
        "all or nothing"
    );
}

#[test]
fn the_marker_counts_only_in_the_first_lines() {
    let base =
        tree(&[("late.rs", "1\n2\n3\n4\n5\n// @generated\n"), ("early.rs", "1\n2\n3\n4\n// @generated\n")]);
    let plan = compare(base.path(), &[]);
    assert_eq!(reasons(&plan), [("src/generated/late.rs", UNMARKED)]);
    assert_eq!(changes(&plan), [(ChangeKind::Removed, "src/generated/early.rs")]);
}

#[test]
fn what_a_stopped_run_left_is_cleared() {
    let base = tree(&[("mod.rs", ""), (".codegen-Ab12", "half a fi")]);
    compare(base.path(), &[("mod.rs", NEW)]).carry_out().unwrap();
    assert_eq!(listing(&base.path().join("src/generated")), ["mod.rs"]);
}

#[test]
fn a_file_and_a_folder_in_each_others_place_are_obstacles() {
    let base = tree(&[("types", OLD), ("mod.rs/x.rs", OLD)]);
    let plan = compare(base.path(), &[("mod.rs", NEW), ("types/a.rs", NEW)]);
    assert_eq!(
        reasons(&plan),
        [
            ("src/generated/mod.rs", "is a folder where a file has to be"),
            ("src/generated/types", "is a file where a folder has to be"),
        ]
    );
}

#[test]
fn a_path_out_of_the_folder_and_a_file_without_the_marker_are_refused() {
    let mut fileset = Fileset::new("base", "src/generated");
    for path in ["", "/etc/passwd", "../lib.rs", "a/../../b.rs", "a//b.rs", "./a.rs", "a\\b.rs", "C:x.rs"] {
        assert!(matches!(fileset.insert(path, NEW.to_owned()), Err(FilesetError::Path(_))), "{path}");
    }
    assert!(matches!(fileset.insert("mod.rs", "new\n".to_owned()), Err(FilesetError::Unmarked(_))));
}

#[test]
fn a_diff_reads_from_what_is_to_what_should_be() {
    let base = tree(&[("mod.rs", OLD), ("gone.rs", OLD)]);
    let plan = compare(base.path(), &[("mod.rs", NEW), ("new.rs", NEW)]);
    let diffs: Vec<String> = plan.changes.iter().map(|change| change.diff("client/")).collect();
    assert_eq!(
        diffs,
        [
            "--- a/client/src/generated/gone.rs\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-// @generated\n-old\n",
            "--- a/client/src/generated/mod.rs\n+++ b/client/src/generated/mod.rs\n@@ -1,2 +1,2 @@\n // @generated\n-old\n+new\n",
            "--- /dev/null\n+++ b/client/src/generated/new.rs\n@@ -0,0 +1,2 @@\n+// @generated\n+new\n",
        ]
    );
}

#[test]
fn files_of_the_user_are_created_once() {
    let base = tempfile::tempdir().unwrap();
    fs::write(base.path().join("Cargo.toml"), "mine").unwrap();
    let files = vec![("Cargo.toml", "theirs".to_owned()), ("src/lib.rs", "theirs".to_owned())];
    let plan = Plan::create_absent(base.path(), files).unwrap();
    assert_eq!(changes(&plan), [(ChangeKind::Created, "src/lib.rs")]);
    plan.carry_out().unwrap();
    assert_eq!(fs::read_to_string(base.path().join("Cargo.toml")).unwrap(), "mine");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_symbolic_link_is_not_followed() {
        let elsewhere = tree(&[("mod.rs", OLD)]);
        let target = elsewhere.path().join("src/generated");

        let base = tree(&[]);
        symlink(&target, base.path().join("src/generated/types")).unwrap();
        symlink(target.join("mod.rs"), base.path().join("src/generated/mod.rs")).unwrap();
        let plan = compare(base.path(), &[("mod.rs", NEW), ("types/mod.rs", NEW)]);
        assert_eq!(reasons(&plan), [("src/generated/mod.rs", LINK), ("src/generated/types", LINK)]);
        assert!(plan.carry_out().is_err());

        let base = tempfile::tempdir().unwrap();
        symlink(elsewhere.path().join("src"), base.path().join("src")).unwrap();
        let plan = compare(base.path(), &[("mod.rs", NEW)]);
        assert_eq!(reasons(&plan), [("src", LINK)]);
        assert!(plan.carry_out().is_err());

        assert_eq!(fs::read_to_string(target.join("mod.rs")).unwrap(), OLD);
    }

    #[test]
    fn a_replaced_file_is_a_new_one_as_readable_as_others() {
        let base = tree(&[("mod.rs", OLD)]);
        let path = base.path().join("src/generated/mod.rs");
        // A second name of the old file shows that it was replaced, not written over.
        fs::hard_link(&path, base.path().join("old.rs")).unwrap();
        compare(base.path(), &[("mod.rs", NEW)]).carry_out().unwrap();
        assert_eq!(fs::read_to_string(base.path().join("old.rs")).unwrap(), OLD);
        let usual = fs::metadata(base.path().join("old.rs")).unwrap().permissions().mode();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode(), usual);
    }
}
