//! What has to be done to the version and the changelog.

use super::{Level, Release, State, raised};
use semver::Version;

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn state(text: &str, changelog: &str) -> State {
    State { version: version(text), manifest: "Cargo.toml".to_owned(), changelog: changelog.to_owned() }
}

#[test]
fn the_next_version_is_that_of_cargo() {
    for (old, patch, minor, major) in [
        ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
        ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
        ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
    ] {
        let next = |level| raised(&version(old), level).to_string();
        assert_eq!([next(Level::Patch), next(Level::Minor), next(Level::Major)], [patch, minor, major]);
        assert_eq!(next(Level::None), old);
    }
}

const RELEASED: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- Cats.\n";
const UNRELEASED: &str = "# Changelog\n\n## [Unreleased]\n\nWhat will be 0.1.0.\n\n- Cats.\n";
const RAISE: &str = "raise `version` in `Cargo.toml` from 0.1.0 to 0.2.0";
const ADD: &str = "add an entry below `## [Unreleased]` in `CHANGELOG.md`";

#[test]
fn what_is_to_do_is_said_exactly() {
    let entry = RELEASED.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Dogs.\n");
    let other_entry = RELEASED.replace("- Cats.\n", "- Cats.\n- Dogs.\n");
    let moved = UNRELEASED.replace("What will be 0.1.0.", "## [0.1.0]");
    let early = UNRELEASED.replace("- Cats.\n", "- Cats and dogs.\n");
    let of_version = RELEASED.replace("## [0.1.0]", "## [0.2.0]\n\n- Dogs.\n\n## [0.1.0]");
    let heading = RELEASED.replace("## [Unreleased]\n", "## [Unreleased]\n\n### Added\n");
    for (old, new, new_version, level, expected) in [
        (RELEASED, RELEASED, "0.1.0", Level::None, &[][..]),
        (RELEASED, RELEASED, "0.1.0", Level::Major, &[RAISE, ADD]),
        (RELEASED, &entry, "0.1.0", Level::Major, &[RAISE]),
        (RELEASED, &entry, "0.2.0", Level::Major, &[]),
        (RELEASED, &entry, "1.0.0-rc.1", Level::Major, &[]),
        (RELEASED, &of_version, "0.2.0", Level::Major, &[]),
        (RELEASED, &of_version, "0.3.0", Level::Major, &[ADD]),
        (RELEASED, &entry, "0.1.1", Level::Minor, &[]),
        (RELEASED, RELEASED, "0.1.1", Level::Patch, &[ADD]),
        (RELEASED, &other_entry, "0.1.1", Level::Patch, &[ADD]),
        (RELEASED, &heading, "0.1.1", Level::Patch, &[ADD]),
        (UNRELEASED, UNRELEASED, "0.1.0", Level::Major, &[ADD]),
        (UNRELEASED, &early, "0.1.0", Level::Major, &[]),
        (UNRELEASED, &moved, "0.1.0", Level::Minor, &[ADD]),
    ] {
        let found = Release::check(&state("0.1.0", old), &state(new_version, new), level);
        assert_eq!(found.todo, expected, "{level:?}, {new_version}:\n{new}");
    }
}

#[test]
fn what_was_released_last_decides_not_what_is_on_its_way() {
    let released = |version: &str| RELEASED.replace("0.1.0", version);
    let older = format!("{}\n## [0.9.0]\n\n- Mice.\n", released("1.0.0"));
    let planned = older.replace("## [1.0.0]", "## [1.0.1] - Unreleased\n\n- Birds.\n\n## [1.0.0]");
    let candidate = older.replace("## [1.0.0]", "## [2.0.0-rc.1]\n\n- Birds.\n\n## [1.0.0]");
    for (changelog, base, level, expected) in [
        (released("1.0.0"), "1.0.0", Level::Major, "2.0.0"),
        (released("1.0.0"), "1.0.1", Level::Major, "2.0.0"),
        (older.clone(), "1.0.1", Level::Major, "2.0.0"),
        (older.clone(), "1.0.1", Level::Minor, "1.1.0"),
        (older.clone(), "1.0.1", Level::Patch, "1.0.1"),
        (older, "2.0.0", Level::Minor, "2.0.0"),
        (planned, "1.0.1", Level::Major, "2.0.0"),
        (candidate, "2.0.0-rc.1", Level::Major, "2.0.0"),
        (released("0.1.0"), "0.1.1", Level::Major, "0.2.0"),
        (released("0.1.0"), "0.1.1", Level::Minor, "0.1.1"),
        (UNRELEASED.to_owned(), "0.1.0", Level::Major, "0.1.0"),
        (String::new(), "0.1.0", Level::Major, "0.1.0"),
    ] {
        let found = Release::check(&state(base, &changelog), &state(base, &changelog), level);
        assert_eq!(found.required, version(expected), "{base}, {level:?}:\n{changelog}");
        let raise = found.todo.iter().any(|step| step.starts_with("raise "));
        let is_lower = super::numbers(&version(base)) < super::numbers(&version(expected));
        assert_eq!(raise, is_lower, "{:?}", found.todo);
    }
}

#[test]
fn without_a_changelog_one_is_asked_for() {
    let found = Release::check(&state("0.1.0", ""), &state("0.1.0", ""), Level::Patch);
    assert_eq!(found.todo, ["write a `CHANGELOG.md` with an entry below `## [Unreleased]`"]);
}
