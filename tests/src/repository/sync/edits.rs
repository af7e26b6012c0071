//! One edit of a page at a time: each is told with its line, taken in, and then gone.

use xtask::console::Status;

use super::{PAGES, World};

/// An edit of a page, and what has to be in the report about it.
pub(super) struct Edit {
    pub(super) page: &'static str,
    pub(super) old: &'static str,
    pub(super) new: &'static str,
    says: &'static [&'static str],
    /// A line of the edited page whose number has to be there, too; none when empty.
    at: &'static str,
}

impl Edit {
    /// Whether a report tells what it should, and of the right line.
    pub(super) fn check(&self, world: &World, report: &str) {
        for part in self.says {
            assert!(report.contains(part), "no `{part}` in\n{report}");
        }
        let page = world.read(self.page);
        let lines = page.lines().enumerate().filter(|(_, line)| line.contains(self.at));
        let mut places = lines.map(|(index, _)| format!("{}:{}", self.page, index + 1));
        assert!(
            self.at.is_empty() || places.any(|place| report.contains(&place)),
            "not at `{}`:\n{report}",
            self.at
        );
    }
}

pub(super) const fn page(
    old: &'static str,
    new: &'static str,
    says: &'static [&'static str],
    at: &'static str,
) -> Edit {
    Edit { page: PAGES[0], old, new, says, at }
}

pub(super) const fn endpoint(
    old: &'static str,
    new: &'static str,
    says: &'static [&'static str],
    at: &'static str,
) -> Edit {
    Edit { page: PAGES[1], old, new, says, at }
}

/// Edits after which the description can be brought up to date without asking anybody.
const DRIFT: [Edit; 32] = [
    page(
        "DELETE /rooms/{room}/desks/{desk_id}/reservations",
        "DELETE /rooms/{room}/desks/{desk_id}/claims",
        &[
            "library/give-desk-back: path: here DELETE /rooms/{room}/desks/{desk_id}/reservations; there DELETE /rooms/{room}/desks/{desk_id}/claims",
        ],
        "## Give a desk back",
    ),
    page(
        "- **`per_page`** (integer)",
        "- **`sort`** (string)\n  Default: `label`\n  Can be one of: `label`, `id`\n\n- **`per_page`** (integer)",
        &[
            "library/list-desks: query parameter `sort` is new: string, one of label, id, default label, optional",
        ],
        "- **`sort`** (string)",
    ),
    page(
        "- **`caption`** (string)\n",
        "- **`caption`** (integer)\n",
        &["`caption`: type: here string; there integer"],
        "- **`caption`** (integer)",
    ),
    page(
        "- **`near`** (string)\n  Only desks near this place.\n  Can be one of: `window`, `door`\n\n",
        "",
        &["query parameter `near` is gone"],
        "#### Path and query parameters",
    ),
    page(
        "- **`near`** (string)\n",
        "- **`near`** (string) (required)\n",
        &["`near`: required: here optional; there required"],
        "- **`near`** (string) (required)",
    ),
    page(
        "`window`, `door`",
        "`window`, `door`, `stairs`",
        &["`near`: enum: here window, door; there window, door, stairs"],
        "Can be one of: `window`, `door`, `stairs`",
    ),
    page(
        "`window`, `door`",
        "`window`",
        &["`near`: enum: here window, door; there window"],
        "Can be one of: `window`",
    ),
    page("Default: `20`", "Default: `50`", &["`per_page`: default: here 20; there 50"], "Default: `50`"),
    page(
        "\n  Default: `20`",
        "",
        &["`per_page`: default: here 20; there none"],
        "- **`per_page`** (integer)",
    ),
    page(
        "- **404** - There is no such room.",
        "- **404** - There is no such room.\n\n- **410** - Gone",
        &["library/list-desks: response 410 is new: Gone"],
        "- **410** - Gone",
    ),
    page(
        "- **409** - Somebody else has the desk.\n\n",
        "",
        &["library/reserve-desk: response 409 is gone"],
        "### HTTP response status codes",
    ),
    page(
        "https://pictures.library.example/rooms",
        "https://images.library.example/rooms",
        &[
            "library/upload-plan-of-room: server: here https://pictures.library.example; there https://images.library.example",
        ],
        "https://images.library.example/rooms/ROOM/plan",
    ),
    page(
        "https://pictures.library.example/rooms",
        "https://api.library.example/rooms",
        &["server: here https://pictures.library.example; there https://api.library.example"],
        "## Upload a plan of a room",
    ),
    page(
        "## Reserve a desk",
        "## Keep a desk",
        &["library/reserve-desk: title: here Reserve a desk; there Keep a desk"],
        "## Keep a desk",
    ),
    page(
        "## Give a desk back",
        "## Closing down - Give a desk back",
        &["library/give-desk-back: deprecated: here no; there yes", "library/give-desk-back: title:"],
        "## Closing down - Give a desk back",
    ),
    page(
        "- **`hours`** (integer) (required)",
        "- **`hours`** (integer)",
        &["library/reserve-desk: body, `hours`: required: here required; there optional"],
        "- **`hours`** (integer)",
    ),
    page(
        "- **`hours`** (integer) (required)",
        "- **`hours`** (number) (required)",
        &["body, `hours`: type: here integer; there number"],
        "- **`hours`** (number) (required)",
    ),
    page(
        "- **`note`** (string or null)",
        "- **`note`** (string)",
        &["body, `note`: type: here string or null; there string"],
        "- **`note`** (string)",
    ),
    page(
        "- **`note`** (string or null)\n  What the librarian should know.\n\n",
        "",
        &["body, `note` is gone"],
        "#### Body parameters",
    ),
    page(
        "- **`books`** (array of objects)",
        "- **`quiet`** (boolean) (required)\n\n- **`books`** (array of objects)",
        &["library/reserve-desk: body, `quiet` is new: boolean, required"],
        "- **`quiet`** (boolean) (required)",
    ),
    page(
        "  - **`copies`** (integer)\n    How many.\n    Default: `1`\n",
        "  - **`copies`** (integer)\n    How many.\n    Default: `2`\n",
        &["body, `books`[], `copies`: default: here 1; there 2"],
        "Default: `2`",
    ),
    page(
        "  - **`isbn`** (string) (required)",
        "  - **`isbn`** (string)",
        &["`isbn`: required: here required; there optional"],
        "- **`isbn`** (string)",
    ),
    page(
        "* `url`: required, string, format: uri",
        "* `url`: required, string",
        &["library/upload-plan-of-room: response 201, `url`: format: here uri; there none"],
        "* `url`: required, string",
    ),
    page(
        "* `url`: required, string, format: uri",
        "* `url`: required, string, format: uri\n* `size`: integer",
        &["response 201, `size` is new: integer, optional"],
        "* `size`: integer",
    ),
    page(
        "* `url`: required, string, format: uri",
        "* `url`: string or null, format: uri",
        &["`url`: type: here string; there string or null", "`url`: required: here required; there optional"],
        "* `url`: string or null, format: uri",
    ),
    page(
        "X-GitHub-Api-Version: 2026-01-15",
        "X-GitHub-Api-Version: 2026-06-01",
        &["header `X-GitHub-Api-Version` of all requests: version: here 2026-01-15; there 2026-06-01"],
        "X-GitHub-Api-Version: 2026-06-01",
    ),
    page(
        "It is shown to readers.",
        "It is shown to nobody.",
        &[
            "prose of library/upload-plan-of-room changed, 1 sentence: 1 new, 1 gone (desks.md)",
            ": It is shown to nobody.",
        ],
        "",
    ),
    page(
        "  For how long.\n",
        "  For how many hours.\n",
        &["prose of library/reserve-desk changed, 1 sentence", ": For how many hours."],
        "",
    ),
    endpoint(
        "The address is told by the room itself.",
        "The room tells the address. Ask it.",
        &[
            "prose of library/upload-plan-of-room changed, 2 sentences: 2 new, 1 gone (upload-plan.md)",
            ": Ask it.",
        ],
        "",
    ),
    endpoint(
        "<tr><td>data</td><td>yes</td>",
        "<tr><td>data</td><td>no</td>",
        &["library/upload-plan-of-room: body: required: here required; there optional"],
        "<tr><td>data</td><td>no</td>",
    ),
    page(
        "- **`per_page`** (integer)",
        "- **`per_page`** (integer or null)",
        &["`per_page`: type: here integer; there integer or null"],
        "- **`per_page`** (integer or null)",
    ),
    page(
        "### HTTP response status codes\n\n- **204** - No Content\n",
        "### HTTP response status codes\n\n- **204** - No Content\n\n- **404** - Nothing\n",
        &["library/give-desk-back: response 404 is new: Nothing"],
        "- **404** - Nothing",
    ),
];

#[test]
fn each_edit_of_a_page_is_told_with_its_line_then_taken_in() {
    for edit in DRIFT {
        let world = World::new();
        world.edit(edit.page, edit.old, edit.new);
        let before = world.read("spec/desks.yaml");
        let checked = world.sync(&["--check"]);
        assert_eq!(checked.status, Status::Differs, "{}: {}", edit.new, checked.report);
        edit.check(&world, &checked.report);
        assert_eq!(world.read("spec/desks.yaml"), before, "--check wrote");

        let written = world.sync(&[]);
        assert_eq!(written.status, Status::Fine, "{}: {}{}", edit.new, written.report, written.errors);
        let again = world.sync(&["--check"]);
        assert_eq!(again.status, Status::Fine, "{}: {}", edit.new, again.report);
        let after = world.read("spec/desks.yaml");
        let kept = before.lines().filter(|line| after.lines().any(|other| other == *line)).count();
        assert!(kept + 8 >= before.lines().count(), "{}: too much changed:\n{after}", edit.new);
        assert!(
            after.starts_with("# Desks of a library") && after.contains("# A place to read at."),
            "{after}"
        );
    }
}

#[test]
fn an_edit_of_every_place_that_says_it_changes_the_shared_schema() {
    let edits = [
        (
            "enum: `free`, `taken`",
            "enum: `free`, `taken`, `broken`",
            "schema `desk`: `state`: enum: here free, taken; there free, taken, broken",
        ),
        (
            "`bright`: boolean",
            "`bright`: required, boolean",
            "schema `lamp`: `bright`: required: here optional; there required",
        ),
        ("maximum: 240", "maximum: 300", "schema `desk`: `width`: maximum: here 240; there 300"),
        (
            "`label`: required, string or null",
            "`label`: required, string",
            "schema `desk`: `label`: type: here string or null; there string",
        ),
        ("array of `Lamp`:", "array of `Light`:", "schema `lamp`: title: here Lamp; there Light"),
        (
            "(integer) (required)\n  The number on the desk.",
            "(string) (required)\n  The number on the desk.",
            "path parameter `desk_id`: type: here integer; there string",
        ),
    ];
    for (old, new, says) in edits {
        let world = World::new();
        while world.read(PAGES[0]).contains(old) {
            world.edit(PAGES[0], old, new);
            if new.contains(old) {
                break;
            }
        }
        if new.contains(old) {
            let text = world.read(PAGES[0]).replace(new, old).replace(old, new);
            std::fs::write(world.path(PAGES[0]), text).expect("a writable file");
        }
        let checked = world.sync(&["--check"]);
        assert_eq!(checked.status, Status::Differs, "{}", checked.report);
        assert!(checked.report.contains(says), "no `{says}` in\n{}", checked.report);
        assert_eq!(world.sync(&[]).status, Status::Fine);
        assert_eq!(world.sync(&["--check"]).status, Status::Fine);
    }
}

#[test]
fn an_operation_that_is_gone_from_its_page_is_gone() {
    let world = World::new();
    let page = world.read(PAGES[0]);
    let (kept, gone) = page.split_at(page.find("## Give a desk back").expect("the last operation"));
    assert!(!gone.is_empty());
    std::fs::write(world.path(PAGES[0]), kept).expect("a writable file");
    let checked = world.sync(&["--check"]);
    assert_eq!(checked.status, Status::Differs);
    assert!(checked.report.contains("library/give-desk-back is gone"), "{}", checked.report);
    assert_eq!(world.sync(&[]).status, Status::Fine);
    assert!(!world.read("spec/desks.yaml").contains("give-desk-back"));
    assert_eq!(world.sync(&["--check"]).status, Status::Fine);
}
