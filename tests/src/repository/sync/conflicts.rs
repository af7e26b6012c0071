//! Sources that disagree: shown side by side, and nothing is written.

use xtask::console::Status;

use super::World;
use super::edits::{Edit, endpoint, page};

/// Edits after which the sources, or two places of one, contradict each other.
const CONFLICTS: [Edit; 8] = [
    page(
        "- **`caption`** (string)\n",
        "- **`caption`** (string) (required)\n",
        &[
            "library/upload-plan-of-room: query parameter `caption`: required The sources disagree.",
            "says = { reference-page = true, endpoint-page = false }",
        ],
        "- **`caption`** (string) (required)",
    ),
    page(
        "- **`caption`** (string)\n  What to write below it.\n\n",
        "",
        &["query parameter `caption`: listed The sources disagree."],
        "#### Path and query parameters",
    ),
    page(
        "* `state`: required, string, enum: `free`, `taken`",
        "* `state`: required, string, enum: `free`, `taken`, `broken`",
        &["schema `desk`: `state`: enum", "One source contradicts itself"],
        "* `state`: required, string, enum: `free`, `taken`, `broken`",
    ),
    page(
        "  * `label`: required, string or null\n",
        "",
        &["schema `desk`: `label`: listed"],
        "* `label`: required, string or null",
    ),
    page(
        "- **`name`** (string) (required)\n",
        "- **`name`** (string)\n",
        &["query parameter `name`: required The sources disagree, and not as they did when it was decided."],
        "- **`name`** (string)",
    ),
    endpoint(
        "<td>name</td><td>no</td>",
        "<td>name</td><td>yes</td>",
        &["The sources agree now: remove the decision"],
        "<tr><td>name</td><td>yes</td>",
    ),
    endpoint(
        "<td>caption</td><td>no</td>",
        "<td>caption</td><td>yes</td>",
        &["query parameter `caption`: required The sources disagree."],
        "<tr><td>caption</td><td>yes</td>",
    ),
    endpoint(
        "<tr><td>data</td>",
        "<tr><td>width</td><td>no</td><td>\n\n</td></tr>\n<tr><td>data</td>",
        &["query parameter `width`: listed The sources disagree."],
        "<tr><td>width</td><td>no</td>",
    ),
];

#[test]
fn sources_that_disagree_are_shown_side_by_side_and_nothing_is_written() {
    for edit in CONFLICTS {
        let world = World::new();
        world.edit(edit.page, edit.old, edit.new);
        let before = (world.read("spec/desks.yaml"), world.read("spec/upstream.lock"));
        for arguments in [&["--check"][..], &[]] {
            let ran = world.sync(arguments);
            let all = format!("{} {}", ran.report, ran.errors);
            assert_ne!(ran.status, Status::Fine, "{}: {all}", edit.new);
            edit.check(&world, &all);
        }
        assert_eq!((world.read("spec/desks.yaml"), world.read("spec/upstream.lock")), before);
    }
}
