"""Pages: a check's documentation as a page and as examples."""

from __future__ import annotations

from dataclasses import replace

from checks.pages import examples, page
from tests.checks.made_checks import files_named, make_check

DOCUMENTATION = """Something is missing.

It hurts.

## Fix

Do it.

## Gap

```python app.py
x = 1
y = 2  ← gap
```
```toml pyproject.toml
[project]
```

### Another tree

```json a.json
{"a": 1} ← gap
```

## No gap

```python app.py
```
"""
CHECK = replace(make_check(files_named("x")), documentation=DOCUMENTATION)


def test_examples_are_small_trees() -> None:
    """Fences of one section make a tree, a third-level heading begins the next; marks are stripped."""
    first, second, third = examples(CHECK)
    assert first.files == {"app.py": "x = 1\ny = 2\n", "pyproject.toml": "[project]\n"}
    assert first.marks == {("app.py", 2)}
    assert (second.title, second.files, second.marks) == (
        "Another tree",
        {"a.json": '{"a": 1}\n'},
        frozenset({("a.json", 1)}),
    )
    assert (third.section, third.files, third.marks) == ("No gap", {"app.py": ""}, frozenset())


def test_page_says_what_the_registry_knows() -> None:
    """Id, area, severity, stage and effort stand below the title; a trial is named."""
    text = page(CHECK)
    assert text.startswith(
        "# Something is missing.\n\n`made-for-a-test` · area **claims** · severity **high**"
    )
    assert "on trial" not in text
    assert "on trial" in page(replace(CHECK, on_trial=True))


def test_page_shows_the_paths_of_its_files() -> None:
    """A reader sees nothing of a fence's info string: the path stands above each, and a blank line between two."""
    assert "\n`app.py`:\n\n```python\nx = 1" in page(CHECK)
    assert "```\n\n`pyproject.toml`:\n\n```toml\n[project]" in page(CHECK)


def test_page_explains_pinned_actions() -> None:
    """The number that stands for a commit is explained once, where the fix uses one."""
    pinned = DOCUMENTATION.replace("Do it.", f"```yaml\n- uses: a/b@{'0' * 40} # v1\n```")
    assert "is the commit behind the tag" in page(replace(CHECK, documentation=pinned))
    assert "is the commit behind the tag" not in page(CHECK)
