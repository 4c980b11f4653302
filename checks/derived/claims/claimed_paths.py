"""Reads paths out of a document's words: code spans, tree diagrams, declarations of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EXTENSIONS_TEXT = (
    "py pyi go rs ts tsx js jsx mjs cjs mts cts java kt kts rb php c h cc cpp hpp cs swift scala ex "
    "exs erl clj lua dart r jl zig nim vue svelte astro sh bash zsh fish ps1 bat md mdx rst adoc txt "
    "json jsonc json5 yaml yml toml ini cfg conf sql proto graphql html css scss tf hcl xml csv lock "
    "dot svg png jpg jpeg gif pdf service timer dockerfile ipynb tmpl tpl j2 nix bzl cmake mk gradle "
    "properties plist rules prisma sol wasm"
)
_EXTENSIONS = frozenset(_EXTENSIONS_TEXT.split())
_NAMES = frozenset(
    {
        "makefile",
        "dockerfile",
        "license",
        "procfile",
        "justfile",
        "containerfile",
        "jenkinsfile",
        "gemfile",
        "rakefile",
        "vagrantfile",
    }
)
_SHAPE = re.compile(r"^(?:\.{1,2}/)*[\w.@+\-]+(?:/[\w.@+\-]+)*/?$")
_POSITION = re.compile(r"(?::\d+(?:[-:]\d+)?|#L\d+(?:-L?\d+)?)$")
_HOST = re.compile(
    r"^[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|dev|net|ai|sh|app|co|in|gov|edu|me|cloud|land|run|info)$"
)
_PLACEHOLDER = re.compile(
    r"^(?:path|to|your.*|my[-_.]?[a-z]*.*|foo.*|bar|baz|qux|quux|x{2,}|some[-_].*|something|sample.*|hello.*|yyyy.*|n{2,}.*|name|.*[-_]name|module|package|file(?:name)?|"
    r"dir(?:ectory)?|folder|x|y|z|a|b|[A-Z]|example.*|example|(?:test[-_])?new[-_].*|feature[-_]?(?:x|name)?|\.\.\.|owner|repo|user(?:name)?|org|abc|demo.*|test[-_]?feature|acme.*|00\d[-_].*|.*nnn.*|.*xxx.*|.*foo.*)(?:\.\w+)*$",
    re.IGNORECASE,
)
# What a build, a run or a machine makes: its absence from the tree says nothing.
_MADE_TEXT = (
    "dist build target out output outputs node_modules .venv venv env .env __pycache__ coverage "
    "htmlcov .next .nuxt .cache cache tmp temp logs log data results reports artifacts bin obj .git "
    ".terraform .pytest_cache .mypy_cache .ruff_cache uploads downloads backups secrets certs "
    "certificates ssl test-results playwright-report public site _site generated gen vendor .idea "
    ".vscode .turbo storybook-static release debug site-packages test_runs runs checkpoints sessions "
    "state models weights"
)
_MADE = frozenset(_MADE_TEXT.split())


@dataclass(frozen=True, slots=True)
class ClaimedPath:
    """A path as a document writes it, without its decoration. `folder` when it ends with a slash."""

    path: str
    folder: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_file(self) -> bool:
        """Its last part looks like a file's name."""
        name = self.name.lower()
        return not self.folder and (
            ("." in name and name.rpartition(".")[2] in _EXTENSIONS) or name in _NAMES
        )


def read_path(text: str, *, bare: bool = False) -> ClaimedPath | None:
    """The path that a code span consists of, if it is one that could be in the tree. `bare` accepts a name without a slash."""
    text = _POSITION.sub("", text.strip())
    if len(text) > 200 or not _SHAPE.match(text):
        return None
    folder = text.endswith("/")
    parts = [part for part in text.split("/") if part not in {"", "."}]
    if not parts or (len(parts) == 1 and not bare and not folder):
        return None
    names = [part for part in parts if part != ".."]
    if not names or _HOST.match(parts[0]) or any(_PLACEHOLDER.match(part) for part in names):
        return None
    if any(part.lower() in _MADE for part in names) or text.startswith("@"):
        return None
    return ClaimedPath("/".join(parts), folder)


_BRANCH = re.compile(r"^(?P<indent>[\s│┃|]*)(?:[├└┣┗]|\+|\||`)[─━\-]{1,3}[╴\s]*(?P<name>\S.*)$")
_COMMENT = re.compile(r"(?<!\s)\s+(?:#|//|←|<-|--|—|\u2013|-|\(|\[|:|➜|→|=>|✅|❌|⭐|🆕|\*).*$")
_DRAWN = re.compile(r"^[│┃|\t \xa0\u3000]*[├└┣┗]", re.MULTILINE)  # one class: no way to split a run in two


@dataclass(frozen=True, slots=True)
class Branch:
    """One entry of a tree diagram: its path under the diagram's root, its line and the words beside it."""

    path: str
    line: int
    words: str
    folder: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A tree of files drawn in a block of code. `root` is the name on top, "" if there is none."""

    root: str
    branches: tuple[Branch, ...]


def read_diagrams(text: str, first_line: int) -> Iterator[Diagram]:
    """The tree diagrams that a block of code draws: a line without branches that follows some starts another."""
    if not _DRAWN.search(text):
        return
    root, drawn = "", list[tuple[int, int, str]]()
    for line, content in enumerate(text.splitlines(), first_line):
        match = _BRANCH.match(content)
        if match is not None:
            drawn.append((line, match.start("name"), match["name"]))
        elif content.strip(" │|\t"):
            yield from _diagram(root, drawn)
            root, drawn = _name_of(content), []
    yield from _diagram(root, drawn)


def _diagram(root: str, drawn: list[tuple[int, int, str]]) -> Iterator[Diagram]:
    """The diagram of the lines drawn under a root: (line, column, words) each."""
    above, branches = [(-1, "")], list[Branch]()
    for line, column, words in drawn:
        while above[-1][0] >= column:
            above.pop()
        name = _name_of(words)
        path = f"{above[-1][1]}/{name.strip('/') if _SHAPE.match(name) else '?'}".lstrip("/")
        above.append((column, path))
        branches.append(Branch(path, line, words[len(name) :], name.endswith("/")))
    if branches:
        yield Diagram(root.strip("./") if _SHAPE.match(root) else "", tuple(_real(branches)))


def _real(branches: list[Branch]) -> Iterator[Branch]:
    """The branches that stand for something a tree could hold."""
    for branch in branches:
        if "?" not in branch.path and read_path(branch.path, bare=True) is not None:
            yield branch


def _name_of(text: str) -> str:
    """A pattern (`prop_*.rs`) keeps its star, and so names no file; emphasis goes."""
    return _COMMENT.sub("", text.replace("`", "").replace("**", "").strip()).split("  ")[0].strip()


_DECLARATION = re.compile(
    r"^(?:\*\*|)?(?:new |create |create file |modify )?files?(?: path| name)?\s*:\s*$", re.IGNORECASE
)


def declares_file(text: str, path: str) -> bool:
    """Whether a passage is the declaration of one file (`**File: path**`) and nothing else."""
    before, _, after = text.partition(path)
    after = re.sub(r"\([^()]*\)", "", after)
    return not after.strip(" *:`.") and bool(_DECLARATION.match(before.strip(" *`")))
