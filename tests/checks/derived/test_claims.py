"""What documents claim, what their words make of it, and where the tree holds it."""

from __future__ import annotations

import pytest

from checks import Policy
from checks.derived.claim_context import Context, context_of, sentence_with
from checks.derived.claims.claimed_paths import declares_file, read_diagrams, read_path
from checks.derived.claims.claims import Claims
from checks.derived.claims.links import Links
from checks.derived.claims.required_paths import By, RequiredPaths
from checks.derived.documents import Documents, Standing, standing_of
from checks.derived.ignored import IgnoreRules
from checks.derived.tree_index import TreeIndex
from checks.facts.markdown import Form, Passage
from checks.facts.roles import role_of
from checks.policy import Deliverables
from tests.checks.trees import snapshot

CODE = "X = 1\n"


@pytest.mark.parametrize(
    ("path", "standing"),
    [
        ("README.md", Standing.README), ("services/a/Readme.md", Standing.README), ("CLAUDE.md", Standing.AGENT),
        (".claude/claude.md", Standing.AGENT), ("docs/STATUS.md", Standing.STATUS), ("IMPLEMENTATION_SUMMARY.md", Standing.STATUS),
        ("docs/SECURITY_CHECKLIST.md", Standing.STATUS), ("docs/SETUP.md", Standing.GUIDE), ("CONTRIBUTING.md", Standing.GUIDE),
        ("CHANGELOG.md", Standing.HISTORY), ("web/content/blog/gale.md", Standing.HISTORY), ("docs/2025-01-03-notes.md", Standing.HISTORY),
        ("docs/ROADMAP.md", Standing.PLAN), ("docs/new-archi/part1.md", Standing.PLAN), ("MISSING_ELEMENTS_REPORT.md", Standing.PLAN),
        ("docs/INCOMPLETE_FEATURES.md", Standing.PLAN), ("QUICK_FIXES.md", Standing.PLAN), (".github/ISSUE_TEMPLATE/bug.md", Standing.OTHER),
        (".claude/skills/gale.md", Standing.OTHER), ("vendor/x/README.md", Standing.OTHER), ("src/app/prompt.md", Standing.OTHER),
    ],
)  # fmt: skip
def test_a_document_stands_for_what_its_name_says(path: str, standing: Standing) -> None:
    assert standing_of(path, role_of(path)) is standing


def test_documents_know_their_folder() -> None:
    documents = snapshot({"docs/SETUP.md": "# x", "CHANGELOG.md": "# y"}).derived(Documents)
    assert [(d.path, d.folder) for d in documents.counted()] == [("docs/SETUP.md", "docs")]
    assert len(documents) == 1


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("The parser is in `a/wire.py`.", Context.REFERENCE), ("`a/wire.py` is implemented.", Context.DONE), ("✅ `a/wire.py`", Context.DONE),
        ("`a/wire.py` will be added.", Context.PLANNED), ("`a/wire.py` does not exist yet.", Context.MISSING),
        ("Create `a/wire.py` first.", Context.EXAMPLE), ("It lives upstream in `a/wire.py`.", Context.EXTERNAL),
        ("We had plans. The parser is in `a/wire.py`. It may grow.", Context.REFERENCE),
    ],
)  # fmt: skip
def test_the_sentence_decides(text: str, context: Context) -> None:
    assert context_of(Passage(text.replace("`", ""), 1, Form.PARAGRAPH), "a/wire.py") is context


@pytest.mark.parametrize(
    ("passage", "context"),
    [
        (Passage("a/wire.py", 1, Form.ITEM, ("X", "Roadmap")), Context.PLANNED),
        (Passage("a/wire.py", 1, Form.ITEM, ("X", "Files"), "Missing:"), Context.MISSING),
        (Passage("a/wire.py", 1, Form.PARAGRAPH, ("X", "Files"), "Missing:"), Context.REFERENCE),
        (Passage("a/wire.py", 1, Form.ITEM, ("X", "Phase 1 (COMPLETE)")), Context.DONE),
        (Passage("a/wire.py", 1, Form.ITEM, checked=True), Context.DONE),
        (Passage("a/wire.py is missing", 1, Form.ITEM, checked=True), Context.MISSING),
        (Passage("a/wire.py", 1, Form.ITEM, checked=False), Context.PLANNED),
    ],
)
def test_what_stands_around_decides_where_the_sentence_is_silent(passage: Passage, context: Context) -> None:
    assert context_of(passage, "a/wire.py") is context
    assert context.asserts is (context in {Context.DONE, Context.REFERENCE})


def test_a_fragment_that_is_not_there_leaves_the_whole_text() -> None:
    assert sentence_with("One. Two.", "three") == "One. Two."


@pytest.mark.parametrize(
    "text", ["src/core.py", "./src/core.py:12", "src/core.py#L3-L9", "docs/", "src/app/Dockerfile"]
)
def test_paths_are_read(text: str) -> None:
    assert read_path(text) is not None


@pytest.mark.parametrize(
    "text",
    ["core.py", "path/to/file.py", "github.com/x/y", "src/<name>.py", "dist/app.js", "my-app/main.py", "@scope/name", "and then/or", "..", "x" * 300],
)  # fmt: skip
def test_what_is_no_path_of_this_tree_is_not_read(text: str) -> None:
    assert read_path(text) is None


DIAGRAM = """shop/
├── api/            # HTTP
│   ├── main.py
│   ├── routes.py   # planned
│   └── a, b.py
├── docs/
└── gone/
    └── gale.py

other/
|-- one.py
"""


def test_diagrams_are_read_with_their_roots() -> None:
    first, second = read_diagrams(DIAGRAM, 10)
    assert (first.root, second.root) == ("shop", "other")
    assert [(b.path, b.line) for b in first.branches] == [
        ("api", 11), ("api/main.py", 12), ("api/routes.py", 13), ("docs", 15), ("gone", 16), ("gone/gale.py", 17),
    ]  # fmt: skip
    assert list(read_diagrams("no tree", 1)) == []


def test_only_a_declaration_declares() -> None:
    assert declares_file("File: a/wire.py (< 80 lines)", "a/wire.py")
    assert not declares_file("The file a/wire.py is long", "a/wire.py")


def claimed(files: dict[str, str]) -> list[tuple[str, str, str | None]]:
    unmet = snapshot(files).derived(Claims).unmet
    return [(one.first.document.path, one.first.path.path, one.moved_to) for one in unmet]


def test_a_diagram_of_this_tree_claims_its_entries() -> None:
    """The highest missing entry stands for what is below it; planned ones claim nothing."""
    tree = {
        "shop/api/main.py": CODE,
        "shop/docs/core.md": "# a",
        "README.md": f"# Shop\n\n```\n{DIAGRAM}```\n",
    }
    assert claimed(tree) == [("README.md", "shop/gone", None)]


def test_a_pattern_in_a_diagram_names_no_file() -> None:
    """`prop_*.py` stands for files of that name, not for `prop_.py`; bold names are names."""
    drawn = "```\nsrc/\n├── core.py\n├── view.py\n├── main.py\n├── prop_*.py\n└── **wire.py**\n```\n"
    there = dict.fromkeys(("src/core.py", "src/view.py", "src/main.py", "src/prop_a.py"), CODE)
    assert claimed({"README.md": drawn, **there}) == [("README.md", "src/wire.py", None)]


def test_a_diagram_of_another_tree_claims_nothing() -> None:
    text = "# T\n\n```\n├── README.md\n├── src/\n├── one/\n└── two/\n```\n"
    assert claimed({"docs/guide.md": text, "src/gale.py": CODE, "README.md": "# x"}) == []


def test_a_diagram_under_a_planned_heading_claims_nothing() -> None:
    tree = {
        "shop/api/main.py": CODE,
        "shop/docs/core.md": "# a",
        "README.md": f"# Shop\n\n## Roadmap\n\n```\n{DIAGRAM}```\n",
    }
    assert claimed(tree) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"README.md": "# x\n\nSee `src/wire.py`.", "src/core.py": CODE}, [("README.md", "src/wire.py", None)]),
        ({"README.md": "# x\n\nSee `nowhere/wire.py`.", "src/core.py": CODE}, []),
        ({"docs/g.md": "# x\n\nSee `src/sub/wire.py`.", "src/core.py": CODE}, []),
        ({"docs/g.md": "# x\n\nSee `src/wire.py`.", "src/core.py": CODE}, [("docs/g.md", "src/wire.py", None)]),
        ({"README.md": "# x\n\nSee `src/a`.", "src/core.py": CODE}, []),
        ({"README.md": "# x\n\nSee `cmd/server`.", "cmd/a/main.go": "package main"}, [("README.md", "cmd/server", None)]),
        ({"README.md": "# x\n\nSee `docker/build-push`.", "docker/Dockerfile": "FROM x"}, []),
        ({"README.md": "# x\n\nSee `src/parse.py`.", "src/parse/core.py": CODE}, [("README.md", "src/parse.py", "src/parse")]),
        ({"README.md": "# x\n\nSee `src/tui/`.", "src/ui/tui/core.py": CODE}, [("README.md", "src/tui", "src/ui/tui")]),
        ({"README.md": "# x\n\nSee `src/unusual.py`.", "src/core.py": CODE, "lib/unusual.py": CODE}, [("README.md", "src/unusual.py", "lib/unusual.py")]),
        ({"README.md": "# x\n\n[`src/wire.py`](src/core.py)", "src/core.py": CODE}, []),
        ({"a/README.md": "# x\n\nSee `lib/wire.py`.", "a/setup.py": CODE, "a/lib/tide.py": CODE, "z/lib/wire.py": CODE}, []),
    ],
)  # fmt: skip
def test_paths_in_text(files: dict[str, str], expected: list[tuple[str, str, str | None]]) -> None:
    assert claimed(files) == expected


@pytest.mark.parametrize(
    ("path", "text", "missing"),
    [
        ("docs/SETUP.md", "`src/wire.py`:\n\n```python\nx = 1\n```\n", []),
        ("docs/SETUP.md", "`src/wire.py`:\n\n- it sends\n", ["src/wire.py"]),
        ("README.md", "`src/wire.py`:\n\n```python\nx = 1\n```\n", ["src/wire.py"]),
    ],
)
def test_what_a_guide_writes_above_code_is_for_the_reader_to_make(
    path: str, text: str, missing: list[str]
) -> None:
    claims = snapshot({path: text, "src/main.py": CODE}).derived(Claims)
    assert [unmet.first.path.path for unmet in claims.unmet] == missing


def test_where_a_path_was_looked_for_is_evidence() -> None:
    unmet = (
        snapshot({"a/README.md": "# x\n\n`lib/wire.py`, `lib/wire.py`", "a/lib/tide.py": CODE})
        .derived(Claims)
        .unmet[0]
    )
    assert [(e.path, e.line) for e in unmet.evidence] == [
        ("a/README.md", 3),
        ("a/README.md", 3),
        ("a/lib/wire.py", None),
    ]


def test_ignore_rules_reach_down_and_can_be_taken_back() -> None:
    rules = snapshot({".gitignore": "*.log\nlocal/\n", "a/.gitignore": "!x.log\n"}).derived(IgnoreRules)
    assert len(rules) == 2
    ignored = rules.ignored("b/local/gale.py")
    assert ignored is not None
    assert (ignored.file, ignored.pattern.line) == (".gitignore", 2)
    assert rules.ignored("a/x.log") is None
    assert rules.ignored("../x.log") is None
    assert snapshot({"core.py": CODE}).derived(IgnoreRules).ignored("core.py") is None


LINKS = """# Top, [heading](docs/heading.md)

[ok](docs/core.md) [anchor](docs/core.md#part-one) [bad anchor](docs/core.md#nope) [gone](docs/wire.md)
[web](https://example.org/x) [root](/docs/core.md) [out](../gale.md) [self](#top) [made](dist/x.js) [case](docs/CORE.md)

The [old guide](docs/old.md) was removed.

<a href="docs/html.md">x</a> [ignored](docs/local.md)

<p><img src="docs/picture.png"></p>
"""


def test_links_that_lead_nowhere() -> None:
    files = {"README.md": LINKS, "docs/core.md": "# A\n\n## Part one", ".gitignore": "docs/local.md"}
    links = snapshot(files).derived(Links)
    assert [(b.target, b.anchor, b.moved_to) for b in links.broken] == [
        ("docs/heading.md", "", None), ("docs/core.md#nope", "nope", None), ("docs/wire.md", "", None), ("docs/CORE.md", "", "docs/core.md"), ("docs/html.md", "", None),
        ("docs/picture.png", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "extra"),
    [
        ("docs/gale.md", "[page](other)", {}), ("docs/x.mdx", "[page](other.md)", {}), ("docs/gale.md", "[page](other.md)", {"mkdocs.yml": ""}),
        ("website/docs/gale.md", "[page](other.md)", {}), ("CLAUDE.md", "[page](./b/tide.md)", {"a/b/tide.md": "# c"}),
    ],
)  # fmt: skip
def test_links_that_something_else_resolves_are_left(path: str, text: str, extra: dict[str, str]) -> None:
    assert snapshot({path: f"# T\n\n{text}", **extra}).derived(Links).broken == ()


def test_required_by_policy_code_and_plan() -> None:
    files = {
        "scripts/check.py": 'REQUIRED_FILES = ["scripts/check.py", "scripts/gone.py", "no path", f"{ROOT}/x.py"]\nEXPECTED = ["x/y.py"]\n',
        "vendor/kit/lists.py": 'REQUIRED_FILES = ["src/lists.py", "src/gone.py"]\n',
        "src/lists.py": 'REQUIRED_FILES = ["x/one.py", "x/two.py"]\n',
        "docs/plan.md": "# Plan\n\n**File: `src/lists.py`**\n\n**File: `src/new.py`**\n",
        "docs/plan-draft.md": "# Plan\n\n**File: `src/lists.py`**\n\n**File: `src/thought.py`**\n",
        "docs/other_plan.md": "# Plan\n\n**File: `elsewhere/core.py`**, as `src/lists.py` is\n\n`src/lists.py` stays.\n",
    }
    policy = Policy(
        deliverables=(Deliverables(category="operations", paths=("docs/runbook.md", "docs/plan.md")),)
    )
    required = snapshot(files, policy).derived(RequiredPaths)
    missing = [(one.by, one.path, one.line, required.counted(one)) for one in required.all if not one.found]
    assert missing == [
        (By.POLICY, "docs/runbook.md", None, (1, 2)),
        (By.CODE, "scripts/gone.py", 1, (1, 2)),
        (By.PLAN, "src/new.py", 5, (1, 2)),
    ]


def test_a_name_that_many_files_have_is_not_said_to_have_moved() -> None:
    index = snapshot({"a/utils.py": CODE, "b/gale.py": CODE, "vendor/y.py": CODE}).derived(TreeIndex)
    assert (index.moved_to("utils.py"), index.moved_to("gale.py"), index.moved_to("y.py")) == (
        None,
        "b/gale.py",
        None,
    )
    assert index.moved_from("zz/b", folder=True) == "b"
    assert index.moved_from("zz/a/", folder=True) is None
