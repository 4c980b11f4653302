"""Helm templates as YAML: lines of the template language become marks that name the values, so that they can be put in later.

`resources: {{- toYaml .Values.resources | nindent 12 }}` becomes `resources: {helm-values: resources}`, `{{ .Values.image.tag }}`
becomes `(.Values.image.tag)`. Conditions are taken to hold; what no value of values.yaml makes is marked as unknown.
"""

from __future__ import annotations

import re

from checks.facts.kinds import UnreadableFile
from checks.facts.yaml_document import TEMPLATE_VALUE, YamlNode, without_templates, yaml_documents

MARK = "helm-values"
UNKNOWN = "?"
SCALAR = re.compile(r"\((\.Values\.[\w.]+|\.Chart\.Name)(?:\|([\w.-]+))?\)")
_LINE = re.compile(r"^([ \t]*)(- |[\w./-]{1,100}:[ \t]+(?![ \t]))?\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}[ \t]*$")
_INLINE = re.compile(r"(?<!\$)\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}")
_VALUES = re.compile(r"\.Values\.([\w.]+)")
_INDENT = re.compile(r"\bn?indent\s+(\d{1,2})\b")
_DEFAULT = re.compile(r"\|\s*default\s+\"?(\.Chart\.AppVersion|[\w.-]+)\"?")
_OPENS = frozenset({"if", "with", "range", "define", "block"})
_SILENT = re.compile(r"^(?:else|/\*|\$|fail\b|required\b|set\b|break|continue)|:=")
_LOOK_BACK = 100


def template_documents(text: str) -> tuple[YamlNode, ...]:
    """The documents with marks for the values; with the template's lines blanked where marks make no YAML of it."""
    try:
        if (with_marks := marked(text)) is not None:
            return yaml_documents(with_marks)
    except UnreadableFile:
        pass
    return yaml_documents(without_templates(text))


def marked(text: str) -> str | None:
    """The template with marks, line for line; None where the template language spans lines."""
    lines: list[str] = []
    scopes: list[str | None] = []  # what `with` makes of the dot
    for line in text.split("\n"):
        found = _LINE.match(line)
        done = _control(found, scopes, lines) if found else None
        lines.append(_INLINE.sub(_scalar, line) if done is None else done)
        if "{{" in lines[-1].replace("${{", ""):
            return None
    return "\n".join(lines)


def _control(found: re.Match[str], scopes: list[str | None], lines: list[str]) -> str | None:
    """What stands in the place of a line of the template language; None where it only holds a value."""
    indent, prefix, expression = found.group(1), found.group(2) or "", found.group(3).strip()
    word = expression.partition(" ")[0]
    if not prefix:
        if word in _OPENS:
            named = _VALUES.fullmatch(expression.partition(" ")[2].strip()) if word == "with" else None
            scopes.append(named.group(1) if named else None)
            return ""
        if word == "end":
            del scopes[-1:]
            return ""
        if not expression or _SILENT.search(expression):
            return ""
    is_block = "toYaml" in expression or (
        word in ("include", "template", "tpl") and _INDENT.search(expression)
    )
    if prefix and not is_block:
        return None
    source = _source(expression, scopes)
    if prefix:
        return f'{indent}{prefix}{{{MARK}: "{source}"}}'
    depth = _INDENT.search(expression)
    column = " " * int(depth.group(1)) if depth else indent
    return f'{column}{"- " if _is_in_list(column, lines) else ""}{MARK}: "{source}"'


def _source(expression: str, scopes: list[str | None]) -> str:
    """The path of the values that an expression writes out."""
    if "toYaml" not in expression:
        return UNKNOWN
    if named := _VALUES.search(expression):
        return named.group(1)
    inner = scopes[-1] if scopes else None
    return inner if inner and re.search(r"toYaml\s+\.(?:\s|$)", expression) else UNKNOWN


def _is_in_list(column: str, lines: list[str]) -> bool:
    """Whether what stands before, at the same depth, is an item of a list."""
    for line in reversed(lines[-_LOOK_BACK:]):
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth <= len(column):
            return depth == len(column) and line.lstrip().startswith("- ")
    return False


def _scalar(found: re.Match[str]) -> str:
    expression = found.group(1).strip()
    if named := _VALUES.search(expression):
        default = _DEFAULT.search(expression)
        return f"(.Values.{named.group(1)}{'|' + default.group(1) if default else ''})"
    is_name = re.search(r"name\"?\s", expression) or expression in (".Release.Name", ".Chart.Name")
    return "(.Chart.Name)" if is_name else TEMPLATE_VALUE
