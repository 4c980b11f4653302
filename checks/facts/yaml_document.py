"""YAML as small frozen trees with line numbers: what every kind of facts written in YAML reads.

Built from libyaml's events, which are read one at a time, so depth and size are bounded exactly where they arise: the
composer of PyYAML dies of 100,000 nested brackets. Aliases become shared nodes; a document whose aliases would expand
without end is unreadable. Merge keys (`<<`) are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import yaml

from checks.facts.kinds import UnreadableFile, broken

DEPTH_LIMIT = 200
SIZE_LIMIT = 200_000  # nodes, aliases expanded
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_TEMPLATE = re.compile(r"(?<!\$)\{\{")
_CONTROL_LINE = re.compile(r"^[ \t]*(?:- )?\{\{.*\}\}[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"(?<!\$)\{\{.*?\}\}", re.DOTALL)
TEMPLATE_VALUE = "template-value"


@dataclass(frozen=True, slots=True)
class YamlNode:
    """A scalar (`text`), a sequence (`items`) or a mapping (`entries`). `style` is that of a scalar: "", ', ", | or >."""

    line: int
    text: str | None = None
    style: str = ""
    items: tuple[YamlNode, ...] | None = None
    entries: tuple[YamlEntry, ...] | None = None
    tag: str = ""

    @property
    def is_null(self) -> bool:
        """Nothing is written there, or null is."""
        return self.text is not None and not self.style and self.text in ("", "null", "~", "Null", "NULL")

    @property
    def text_line(self) -> int:
        """The line on which a scalar's text begins: the one after the mark of a block."""
        return self.line + 1 if self.style in ("|", ">") else self.line

    @property
    def keys(self) -> tuple[str, ...]:
        """A mapping's keys in order."""
        return tuple(entry.key for entry in self.entries or ())

    def entry(self, key: str) -> YamlEntry | None:
        """The mapping's entry of this key; the last one where a key is written twice."""
        return next((entry for entry in reversed(self.entries or ()) if entry.key == key), None)

    def get(self, *keys: str) -> YamlNode | None:
        """The node behind a path of keys."""
        node: YamlNode | None = self
        for key in keys:
            found = node.entry(key) if node else None
            node = found.value if found else None
        return node

    def has(self, *keys: str) -> bool:
        """Whether something that isn't null is written there."""
        node = self.get(*keys)
        return node is not None and not node.is_null

    def string(self, *keys: str) -> str | None:
        """The text of a scalar that isn't null."""
        node = self.get(*keys)
        return None if node is None or node.is_null else node.text

    def strings(self, *keys: str) -> tuple[str, ...]:
        """The texts of a sequence of scalars; a lone scalar counts as a sequence of one."""
        node = self.get(*keys)
        if node is None or node.is_null:
            return ()
        if node.text is not None:
            return (node.text,)
        return tuple(item.text for item in node.items or () if item.text is not None)

    def flag(self, *keys: str) -> bool | None:
        """True or false as written without quotes; None for anything else."""
        node = self.get(*keys)
        word = node.text.lower() if node and node.text and not node.style else ""
        return True if word in _TRUE else False if word in _FALSE else None

    def number(self, *keys: str) -> int | None:
        """A whole number."""
        text = self.string(*keys)
        return int(text) if text and re.fullmatch(r"-?\d{1,15}", text) else None

    def list(self, *keys: str) -> tuple[YamlNode, ...]:
        """The items of a sequence."""
        node = self.get(*keys)
        return (node.items or ()) if node else ()

    def table(self, *keys: str) -> tuple[YamlEntry, ...]:
        """The entries of a mapping."""
        node = self.get(*keys)
        return (node.entries or ()) if node else ()

    def line_of(self, *keys: str) -> int:
        """The line of a path's key, or of its nearest parent."""
        node, line = self, self.line
        for key in keys:
            found = node.entry(key)
            if found is None:
                return line
            node, line = found.value, found.line
        return line

    def pruned(self, depth: int) -> YamlNode:
        """The same tree with what lies deeper left empty, so that it can be stored."""
        if self.items is not None:
            return replace(self, items=tuple(item.pruned(depth - 1) for item in self.items) if depth else ())
        if self.entries is not None:
            kept = tuple(replace(e, value=e.value.pruned(depth - 1)) for e in self.entries) if depth else ()
            return replace(self, entries=kept)
        return self

    def walk(self) -> Iterator[YamlNode]:
        """The node and everything in it; bounded, since the document's expanded size is."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed([*(node.items or ()), *(entry.value for entry in node.entries or ())])


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """A key of a mapping with its line and value."""

    key: str
    line: int
    value: YamlNode


def yaml_documents(text: str, origins: Sequence[int] = ()) -> tuple[YamlNode, ...]:
    """The documents of a YAML text; UnreadableFile where it is none, or too deep or too large.

    `origins` are the lines to name in the place of the text's own, where it was made of another one.
    """
    builder = _Builder(origins)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        mark = getattr(error, "problem_mark", None)
        raise broken(text, f"not YAML: {_reason(error)}", mark.line + 1 if mark else None) from None
    return tuple(builder.documents)


def yaml_mapping(text: str) -> YamlNode:
    """The first document that is a mapping; UnreadableFile where there is none. An empty file is an empty mapping."""
    documents = yaml_documents(text)
    found = next((document for document in documents if document.entries is not None), None)
    if found is None and any(not document.is_null for document in documents):
        raise UnreadableFile("not a YAML mapping")
    return found or YamlNode(1, entries=())


def is_template(text: str) -> bool:
    """Whether a template language (Helm, Jinja) writes the YAML; `${{ }}` of workflows is none."""
    return _TEMPLATE.search(text) is not None


def without_templates(text: str) -> str:
    """The text with template lines blanked and template values replaced by TEMPLATE_VALUE; lines stay where they are."""
    blanked = _CONTROL_LINE.sub("", text)
    end = blanked.rfind("}}") + 2  # behind the last end no template begins, so none is looked for in vain
    head, rest = (blanked[:end], blanked[end:]) if end > 1 else ("", blanked)
    return _INLINE.sub(lambda match: TEMPLATE_VALUE + "\n" * match.group().count("\n"), head) + rest


def _reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    line: int
    anchor: str | None
    is_mapping: bool
    tag: str
    items: list[YamlNode] = field(default_factory=list)
    size: int = 1


class _Builder:
    def __init__(self, origins: Sequence[int]) -> None:
        self._origins = origins
        self.documents: list[YamlNode] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[YamlNode, int]] = {}

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            style = "" if event.style in (None, "") else str(event.style)
            node = YamlNode(self._line(event), event.value, style, tag=event.tag or "")
            self._put(node, 1, event.anchor)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self._open) >= DEPTH_LIMIT:
                raise UnreadableFile(f"nested deeper than {DEPTH_LIMIT}")
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self._open.append(_Open(self._line(event), event.anchor, is_mapping, event.tag or ""))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            self._put(_closed(done), done.size, done.anchor)
        elif isinstance(event, yaml.AliasEvent):
            anchor = event.anchor or ""
            if anchor not in self._anchors:
                raise UnreadableFile(f"alias of an unknown or unfinished anchor: {anchor[:80]}")
            self._put(*self._anchors[anchor], None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()

    def _line(self, event: yaml.Event) -> int:
        line = event.start_mark.line if event.start_mark else 0
        return self._origins[line] if line < len(self._origins) else line + 1

    def _put(self, node: YamlNode, size: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = (node, size)
        if not self._open:
            self.documents.append(node)
            return
        parent = self._open[-1]
        parent.items.append(node)
        parent.size += size
        if parent.size > SIZE_LIMIT:
            raise UnreadableFile(f"more than {SIZE_LIMIT} values, aliases expanded")


def _closed(done: _Open) -> YamlNode:
    if not done.is_mapping:
        return YamlNode(done.line, items=tuple(done.items), tag=done.tag)
    pairs = list(zip(done.items[::2], done.items[1::2], strict=True))
    entries = [YamlEntry(key.text, key.line, value) for key, value in pairs if key.text is not None]
    merged = [entry for entry in entries if entry.key != "<<"]
    written = {entry.key for entry in merged}
    for entry in entries:
        if entry.key == "<<":
            for source in (entry.value, *(entry.value.items or ())):
                fresh = [inherited for inherited in source.entries or () if inherited.key not in written]
                written.update(inherited.key for inherited in fresh)
                merged += fresh
    return YamlNode(done.line, entries=tuple(merged), tag=done.tag)
