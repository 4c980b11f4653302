"""Helm templates as YAML: lines of the template language become marks that name the values, so that they can be put in later.

`resources: {{- toYaml .Values.resources | nindent 12 }}` becomes `resources:` and, on a line of its own, `helm-values: resources`;
`{{ .Values.image.tag }}` becomes `(.Values.image.tag)`. Conditions are taken to hold; what no value of values.yaml makes is marked as
unknown. Where both branches of a condition make no YAML together, what stands behind `else` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checks.facts.kinds import UnreadableFile
from checks.facts.yaml_document import TEMPLATE_VALUE, YamlEntry, YamlNode, without_templates, yaml_documents

MARK = "helm-values"
UNKNOWN = "?"
SCALAR = re.compile(r"\((\.Values\.[\w.]+|\.Chart\.Name)(?:\|([\w.-]+))?\)")
_LINE = re.compile(r"^([ \t]*)(- |[\w./-]{1,100}:[ \t]+(?![ \t]))?\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}[ \t]*$")
_LEADING = re.compile(r"^[ \t]*\{\{-?[ \t]*(?:if|else|end|with|range)\b[^{}]*\}\}(?=[^ \t\r])")
_INLINE = re.compile(r"(?<!\$)\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}")
_VALUES = re.compile(r"\.Values\.([\w.]+)")
_INDENT = re.compile(r"\bn?indent\s+(\d{1,2})\b")
_DEFAULT = re.compile(r"\|\s*default\s+\"?(\.Chart\.AppVersion|[\w.-]+)\"?")
_OPENS = frozenset({"if", "with", "range", "define", "block"})
_VERSION = re.compile(r"^apiVersion:[ \t]*[\"']?([\w./-]+)", re.MULTILINE)
_KIND = re.compile(r"^kind:[ \t]*[\"']?(\w+)", re.MULTILINE)
_SILENT = re.compile(r"^(?:else|/\*|\$|fail\b|required\b|set\b|break|continue)|:=")
_LOOK_BACK = 100


@dataclass(slots=True)
class _Marked:
    """The lines with marks, the line of the template that each comes from, and what is open at the line that is read."""

    lines: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    scopes: list[str | None] = field(default_factory=list)  # what `with` makes of the dot
    following: str = ""  # the next line that is written out

    def add(self, line: str, origin: int) -> None:
        self.lines.append(line)
        self.origins.append(origin)


def template_documents(text: str) -> tuple[YamlNode, ...]:
    """The documents with marks for the values; with the template's lines blanked where marks make no YAML of it."""
    lines = _on_one_line(text)
    for written in (lines, _first_branches(lines)):
        try:
            marked = _with_marks(written)
            return yaml_documents("\n".join(marked.lines), marked.origins)
        except UnreadableFile:
            continue
    try:
        return yaml_documents(without_templates(text))
    except UnreadableFile:  # only Helm could tell whether it is broken
        return tuple(_named_documents(text))


def _named_documents(text: str) -> Iterator[YamlNode]:
    """Of a template that can't be read: what each document is, and no more."""
    line = 1
    for document in re.split(r"(?<=\n)---", text):
        version, kind = _VERSION.search(document), _KIND.search(document)
        if version and kind:
            at = line + document.count("\n", 0, kind.start())
            named = (("apiVersion", version.group(1)), ("kind", kind.group(1)))
            entries = tuple(YamlEntry(key, at, YamlNode(at, value)) for key, value in named)
            yield YamlNode(at, entries=entries)
        line += document.count("\n")


def _on_one_line(text: str) -> list[str]:
    """The lines, with what the template language writes over several of them drawn together on the first; none is lost."""
    parts: list[str] = []
    at = owed = 0  # owed are the ends of lines that were drawn together: they come where the line ends
    while (start := text.find("{{", at)) >= 0 and (end := text.find("}}", start)) >= 0:
        before, inner = text[at:start], text[start : end + 2]
        if "\n" in before:
            before, owed = before.replace("\n", "\n" * (owed + 1), 1), 0
        owed += inner.count("\n")
        parts += (before, " ".join(inner.split()) if "\n" in inner else inner)
        at = end + 2
    rest = text[at:].replace("\n", "\n" * (owed + 1), 1)
    return "".join((*parts, rest)).split("\n")


def _first_branches(lines: list[str]) -> list[str]:
    """The lines with those behind an `else` blanked, up to its end."""
    kept: list[str] = []
    branches: list[bool] = []  # of each condition that is open: whether its first branch is over
    over = 0  # how many are
    for line in lines:
        found = _LINE.match(line)
        word = found.group(3).strip().partition(" ")[0] if found and not found.group(2) else ""
        if word in _OPENS:
            branches.append(False)
        elif word == "else" and branches:
            over += not branches[-1]
            branches[-1] = True
        elif word == "end" and branches:
            over -= branches.pop()
        is_control = word in _OPENS or word == "end"
        kept.append(line if is_control or not over else "")
    return kept


def _with_marks(lines: list[str]) -> _Marked:
    marked = _Marked()
    following = _following(lines)
    for number, line in enumerate(lines):
        marked.following = following[number]
        text = _LEADING.sub("", line)
        found = _LINE.match(text)
        done = _control(found, marked) if found else None
        for written in [_INLINE.sub(_scalar, text)] if done is None else done:
            marked.add(written, number + 1)
    return marked


def _following(lines: list[str]) -> list[str]:
    """For each line the next one that is neither empty nor a comment nor written by the template language alone."""
    following, last = [""] * len(lines), ""
    for number in range(len(lines) - 1, -1, -1):
        following[number] = last
        line = lines[number]
        if line.strip() and not line.lstrip().startswith(("#", "{{")):
            last = line
    return following


def _control(found: re.Match[str], marked: _Marked) -> list[str] | None:
    """What stands in the place of a line of the template language; None where it only holds a value."""
    indent, prefix, expression = found.group(1), found.group(2) or "", found.group(3).strip()
    word = expression.partition(" ")[0]
    if not prefix and (word in _OPENS or word == "end" or not expression or _SILENT.search(expression)):
        _scope(word, expression, marked.scopes)
        return [""]
    depth = _INDENT.search(expression)
    is_block = "toYaml" in expression or (word in ("include", "template", "tpl") and depth)
    if prefix and not is_block:
        return None
    mark = f'{MARK}: "{_source(expression, marked.scopes)}"'
    column = " " * int(depth.group(1)) if depth else indent
    if prefix and (prefix == "- " or len(column) <= len(indent)):
        return [f"{indent}{prefix}{{{mark}}}"]
    before = () if prefix else reversed(marked.lines[-_LOOK_BACK:])  # behind a key a collection begins
    is_item = _is_item(marked.following, column) or _follows_item(before, column)
    written = f"{column}{'- ' if is_item else ''}{mark}"
    return [f"{indent}{prefix}", written] if prefix else [written]


def _scope(word: str, expression: str, scopes: list[str | None]) -> None:
    """What opens and closes changes what the dot is."""
    if word in _OPENS:
        named = _VALUES.fullmatch(expression.partition(" ")[2].strip()) if word == "with" else None
        scopes.append(named.group(1) if named else None)
    elif word == "end":
        del scopes[-1:]


def _source(expression: str, scopes: list[str | None]) -> str:
    """The path of the values that an expression writes out."""
    if "toYaml" not in expression:
        return UNKNOWN
    if named := _VALUES.search(expression):
        return named.group(1)
    inner = scopes[-1] if scopes else None
    return inner if inner and re.search(r"toYaml\s+\.(?:\s|$)", expression) else UNKNOWN


def _follows_item(before: Iterable[str], column: str) -> bool:
    """Whether the nearest line before that isn't deeper is an item of a list at this depth."""
    for line in before:
        words = line.lstrip()
        if words and not words.startswith("#") and len(line) - len(words) <= len(column):
            return _is_item(line, column)
    return False


def _is_item(line: str, column: str) -> bool:
    words = line.lstrip()
    return words.startswith("- ") and len(line) - len(words) == len(column)


def _scalar(found: re.Match[str]) -> str:
    expression = found.group(1).strip()
    if named := _VALUES.search(expression):
        default = _DEFAULT.search(expression)
        return f"(.Values.{named.group(1)}{'|' + default.group(1) if default else ''})"
    is_name = re.search(r"name\"?\s", expression) or expression in (".Release.Name", ".Chart.Name")
    return "(.Chart.Name)" if is_name else TEMPLATE_VALUE
