"""A page's Fix put where the page says: what an example's tree is once its reader has followed the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import yaml
from markdown_it import MarkdownIt

from checks.pages import Example
from checks.registry import Check
from tests.checks.trees import Files

_SAME = {"sh": "bash"}
_WORKFLOWS = ".github/workflows/"
_OWN = {
    "on": "pull_request",
    "permissions": {"contents": "read"},
    "jobs": {"fix": {"runs-on": "ubuntu-24.04", "steps": []}},
}


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a page's Fix shows to be pasted: a whole file where it has a path, else lines for the place that is marked."""

    language: str
    path: str
    text: str


def snippets(check: Check, section: str = "Fix") -> tuple[Snippet, ...]:
    """Every fence below a second-level heading, in order."""
    text = check.documentation.partition(f"\n## {section}\n")[2]
    found: list[Snippet] = []
    for token in takewhile(
        lambda one: (one.type, one.tag) != ("heading_open", "h2"), MarkdownIt().parse(text)
    ):
        if token.type == "fence":
            language, path = (*token.info.split(maxsplit=1), "")[:2]
            found.append(Snippet(language, path, token.content))
    return tuple(found)


def mended(example: Example, languages: dict[str, str], snippets: Sequence[Snippet]) -> Files | None:
    """The example's tree with every snippet in its place; None if none of them has one.

    One with a path is that file. One without stands for the lines that are marked in a file of its language; steps of
    a workflow, where none is marked, come after the last step of the first workflow, or make one.
    """
    files = dict(example.files)
    for snippet in snippets:
        if snippet.path:
            files[snippet.path] = snippet.text
        elif lines := _marked(example, languages, snippet):
            path = lines[0][0]
            files[path] = _replaced(
                example.files[path], [number for p, number in lines if p == path], snippet
            )
        elif added := steps(snippet):
            path = next((p for p in sorted(files) if p.startswith(_WORKFLOWS)), f"{_WORKFLOWS}fix.yml")
            files[path] = _with_steps(files.get(path), added)
    return None if files == example.files else files


def steps(snippet: Snippet) -> list[dict[str, object]]:
    """The steps of a job that the snippet is made of; none if it is something else."""
    if snippet.language != "yaml":
        return []
    loaded = next(yaml.load_all(snippet.text, yaml.BaseLoader))
    is_steps = isinstance(loaded, list) and all(
        isinstance(s, dict) and {"run", "uses"} & s.keys() for s in loaded
    )
    return loaded if is_steps else []


def _marked(example: Example, languages: dict[str, str], snippet: Snippet) -> list[tuple[str, int]]:
    language = _SAME.get(snippet.language, snippet.language)
    return sorted((p, n) for p, n in example.marks if _SAME.get(languages[p], languages[p]) == language)


def _replaced(text: str, numbers: list[int], snippet: Snippet) -> str:
    """The snippet in the place of the first of the lines, as deep as it is; the others are gone."""
    lines = text.split("\n")
    first = lines[numbers[0] - 1]
    indent = first[: len(first) - len(first.lstrip())]
    new = [f"{indent}{line}" if line else "" for line in snippet.text.rstrip("\n").split("\n")]
    kept = ([line] if n not in numbers else new if n == numbers[0] else [] for n, line in enumerate(lines, 1))
    return "\n".join(line for group in kept for line in group)


def _with_steps(text: str | None, added: list[dict[str, object]]) -> str:
    document = yaml.load(text, yaml.BaseLoader) if text else yaml.safe_load(yaml.safe_dump(_OWN))  # noqa: S506
    job = [job for job in document["jobs"].values() if "steps" in job][-1]
    job["steps"] += added
    return yaml.safe_dump(document, sort_keys=False)
