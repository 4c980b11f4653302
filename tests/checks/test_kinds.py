"""Facts: which paths a kind speaks of, and what an unreadable file becomes."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.facts.kinds import Unreadable, _regex, extract, facts, kinds, kinds_of, unreadable

PATTERNS = sorted({pattern for kind in kinds().values() for pattern in kind.cls.patterns})
PIECES = sorted({piece for pattern in PATTERNS for piece in re.findall(r"\w+|[^\w*]", pattern)})
PATHS = st.lists(st.sampled_from([*PIECES, "/", "a", "é", "\n", "\udce9"]), max_size=12).map("".join)


def _speaks_of(pattern: str, path: str) -> bool:
    """A second, slower reading of a glob, part by part."""
    folders, parts = path.split("/"), pattern.split("/")
    return _parts_speak_of(parts, folders if "/" in pattern else folders[-1:])


def _parts_speak_of(parts: list[str], folders: list[str]) -> bool:
    if parts[0] == "**":
        return any(_parts_speak_of(parts[1:], folders[skipped:]) for skipped in range(len(folders)))
    if not fnmatchcase(folders[0], parts[0]):
        return False
    if len(parts) == 1 or len(folders) == 1:
        return len(parts) == len(folders)
    return _parts_speak_of(parts[1:], folders[1:])


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("Dockerfile", "Dockerfile", True),
        ("Dockerfile", "services/api/Dockerfile", True),
        ("Dockerfile", "Dockerfile.dev", False),
        ("*.py", "a/b.py", True),
        ("*.py", "a.py/b", False),
        ("Dockerfile.*", "a/Dockerfile.dev", True),
        (".github/workflows/*.yml", ".github/workflows/ci.yml", True),
        (".github/workflows/*.yml", ".github/workflows/sub/ci.yml", False),
        (".github/workflows/*.yml", "copy/.github/workflows/ci.yml", False),
        ("**/k8s/**/*.yaml", "deploy/k8s/base/api.yaml", True),
        ("**/k8s/**/*.yaml", "k8s/api.yaml", True),
        ("**/k8s/**/*.yaml", "k9s/api.yaml", False),
    ],
)
def test_pattern_matches(pattern: str, path: str, *, matches: bool) -> None:
    """A glob without a slash speaks of names, one with a slash of whole paths."""
    assert bool(re.fullmatch(_regex(pattern), path)) is matches
    assert _speaks_of(pattern, path) is matches


@settings(deadline=None)
@given(PATHS)
def test_all_patterns_at_once_answer_as_each_alone(path: str) -> None:
    """One automaton reads a path for every kind; it says what trying pattern after pattern would, in the same order."""
    each = [
        name
        for name, kind in kinds().items()
        if any(_speaks_of(pattern, path) for pattern in kind.cls.patterns)
    ]
    assert [kind.name for kind in kinds_of(path)] == each


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_in_the_automaton(pattern: str) -> None:
    """A path made after the pattern belongs to the pattern's kinds."""
    path = pattern.replace("**/", "some/where/").replace("*", "x")
    wanted = {kind.name for kind in kinds().values() if pattern in kind.cls.patterns}
    assert wanted <= {kind.name for kind in kinds_of(path)}


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe", "é".encode("latin-1")])
def test_what_is_no_text_is_unreadable(data: bytes) -> None:
    """NUL bytes and invalid UTF-8 cost the file, with a reason."""
    assert isinstance(kinds()["sketch"].read(extract("sketch", data)), Unreadable)


def test_byte_order_mark_and_line_ends_are_no_difference() -> None:
    """A file saved on another system has the same facts."""
    assert extract("sketch", b"\xef\xbb\xbfa\r\nb\r\n") == extract("sketch", b"a\nb\n")


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("package-json", "{", "not JSON"),
        ("package-json", '{"a": ' + "[" * 200_000, "nested too deeply"),
        ("package-json", '{"name": "\\ud800"}', "lone surrogate"),
    ],
)
def test_extractor_that_gives_up_costs_the_file(kind: str, text: str, reason: str) -> None:
    """Whatever an extractor meets, the answer is a reason."""
    found = kinds()[kind].read(extract(kind, text.encode()))
    assert isinstance(found, Unreadable)
    assert reason in found.unreadable


def test_reason_survives_the_cache() -> None:
    """A blob that never reached an extractor keeps the reason why."""
    assert kinds()["sketch"].read(unreadable("the parser died")) == Unreadable("the parser died")


def test_kind_without_pattern_speaks_of_no_path() -> None:
    """A sketch is made only when a change asks for it."""
    assert all(kind.name != "sketch" for kind in kinds_of("anything.md"))


def test_names_derive_from_the_class() -> None:
    """A kind is known by its class's name in kebab case."""

    @facts("*.x", version=3)
    class PlainText:
        pass

    assert (PlainText.kind, PlainText.version) == ("plain-text", 3)  # type: ignore[attr-defined]
