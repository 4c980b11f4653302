"""The .gitattributes of one commit: which attributes a path has. Directories are asked with a trailing slash."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pygit2
from pygit2.enums import FileMode

NAME = b".gitattributes"
Value = bool | str | None
BINARY: Mapping[str, Value] = {"binary": True, "diff": False, "merge": False, "text": False}
PIECE = re.compile(r"\*\*/|/\*\*\Z|\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|.", re.DOTALL)


def _regex(pattern: str) -> str:
    """Wildmatch with WM_PATHNAME: `*` stays within a directory, `**` does not."""
    out = []
    for piece in PIECE.findall(pattern):
        if piece == "**/":
            out.append("(?:.*/)?")
        elif piece == "/**":
            out.append("/.*")
        elif piece[0] == "*":
            out.append("[^/]*")
        elif piece == "?":
            out.append("[^/]")
        elif piece[0] == "[" and len(piece) > 1:
            out.append("[" + re.sub(r"^[!^]", "^", piece[1:-1]).replace("\\", "\\\\") + "]")
        else:
            out.append(re.escape(piece[-1]))
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line. `below` is the directory of its file, with a trailing slash or empty."""

    below: str
    pattern: re.Pattern[str]
    whole_path: bool
    only_directories: bool
    values: Mapping[str, Value]

    def matches(self, path: str) -> bool:
        """A pattern for a directory does not reach what is inside."""
        is_directory, path = path.endswith("/"), path.removesuffix("/")
        if not path.startswith(self.below) or (self.only_directories and not is_directory):
            return False
        inner = path.removeprefix(self.below)
        return self.pattern.fullmatch(inner if self.whole_path else inner.rsplit("/", 1)[-1]) is not None


def _values(words: list[str]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            found[name] = value
        elif word == "binary":
            found.update(BINARY)
        elif word[0] in "-!":
            found[word[1:]] = False if word[0] == "-" else None
        else:
            found[word] = True
    return found


def _rule(below: str, line: str) -> Rule | None:
    quoted = re.match(r'"((?:\\.|[^"\\])*)"\s*', line)
    if quoted is not None:
        pattern, words = re.sub(r"\\(.)", r"\1", quoted.group(1)), line[quoted.end() :].split()
    else:
        pattern, *words = line.split()
    if pattern.startswith(("#", "!", "[attr]")) or not words:
        return None
    bare = pattern.removesuffix("/")
    whole = "/" in bare
    return Rule(
        below, re.compile(_regex(bare.removeprefix("/")), re.DOTALL), whole, bare != pattern, _values(words)
    )


class Attributes:
    def __init__(self, repository: pygit2.Repository, tree: pygit2.Tree) -> None:
        self._rules = tuple(_rules(repository, tree, ""))

    def get(self, path: str, name: str) -> Value:
        """The last matching line decides; files deeper in the tree come after those above."""
        found: Value = None
        for rule in self._rules:
            if name in rule.values and rule.matches(path):
                found = rule.values[name]
        return found


def _rules(repository: pygit2.Repository, tree: pygit2.Tree, below: str) -> Iterator[Rule]:
    for item in tree:
        if item.raw_name == NAME and isinstance(item, pygit2.Blob) and item.filemode != FileMode.LINK:
            for line in item.data.decode("utf-8", "surrogateescape").splitlines():
                rule = _rule(below, line) if line.strip() else None
                if rule is not None:
                    yield rule
    for item in tree:
        if item.filemode == FileMode.TREE:
            name = (item.raw_name or b"").decode("utf-8", "surrogateescape")
            yield from _rules(repository, repository[item.id].peel(pygit2.Tree), f"{below}{name}/")
