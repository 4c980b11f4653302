"""JavaScript's and TypeScript's imports resolved: relative, by alias, by workspace package, by glob."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from typing import TYPE_CHECKING

from checks.derived.node_packages import CODE, NodePackages
from checks.derived.resolution.model import Edge, MissingTarget, Resolution, ThirdPartyImport
from checks.derived.tree_paths import join
from checks.facts.component_source import ComponentSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.typescript_source import TsxSource, TypeScriptSource

if TYPE_CHECKING:
    from checks.facts.source import Import, Source
    from checks.snapshot import Snapshot

_GENERATED = re.compile(
    r"(?:^|/)(?:_*generated_*|gen|dist(?:[-_][\w-]+)?|build|out|\.[\w-]+|\$types|styled-system|pkg|__codegen__|prisma/client)(?:/|$)|\.gen\b|\.generated\b|routeTree"
)
_PACKAGE = re.compile(r"^(@[\w.-]+/[\w.-]+|[\w.-]+)(?:/(.+))?$")


def ecmascript_sources(snapshot: Snapshot) -> dict[str, Source]:
    """Every file of the family."""
    files: dict[str, Source] = dict(snapshot.files(JavaScriptSource))
    files.update(snapshot.files(TypeScriptSource))
    files.update(snapshot.files(TsxSource))
    files.update(snapshot.files(ComponentSource))
    return files


def resolve_ecmascript(snapshot: Snapshot) -> Resolution:
    """Every edge between the files, and every import that leads out of the tree or nowhere."""
    sources = ecmascript_sources(snapshot)
    packages = snapshot.derived(NodePackages)
    result = Resolution(modules=set(sources))
    for path, source in sources.items():
        for statement in source.imports:
            _import(path, statement, packages, result)
        _named(path, source, packages, result)
    return result


def _import(path: str, statement: Import, packages: NodePackages, result: Resolution) -> None:
    specifier = (
        re.split(r"[?#!](?!$)", statement.module, maxsplit=1)[0]
        if not statement.module.startswith("#")
        else statement.module
    )
    if not specifier or ":" in specifier.partition("/")[0]:
        return
    found = _resolve(path, specifier, packages)
    if found is not None:
        result.edges.append(Edge(path, found, statement.line, type_only=statement.type_only))
        return
    if specifier.startswith("."):
        target = join(path.rpartition("/")[0], specifier)
        if target and target not in packages.folders:
            _missing(path, specifier, target, statement, result)
        return
    match = _PACKAGE.match(specifier)
    if match and match.group(1) not in packages.by_name and not _is_alias(path, specifier, packages):
        result.third_party.append(ThirdPartyImport(path, match.group(1), statement))


def _resolve(path: str, specifier: str, packages: NodePackages) -> str | None:
    """The file that a specifier means."""
    if specifier.startswith("."):
        target = join(path.rpartition("/")[0], specifier)
        return packages.file(target) if target is not None else None
    for alias in packages.aliases(path):
        prefix, star, suffix = alias.alias.pattern.partition("*")
        if (
            not specifier.startswith(prefix)
            or not specifier.endswith(suffix)
            or (not star and specifier != prefix)
        ):
            continue
        inner = specifier[len(prefix) : len(specifier) - len(suffix) or None]
        for target in alias.alias.targets:
            candidate = join(alias.folder, target.replace("*", inner))
            if candidate is not None and (found := packages.file(candidate)):
                return found
    own = packages.folder_of(path)
    if own is not None and specifier.startswith(("@/", "~/", "#/", "$lib/", "src/", "~~/", "@@/")):
        inner = specifier.partition("/")[2]
        for place in ("src", ".", "app", "src/lib"):
            candidate = join(own, f"{place}/{inner}")
            if candidate is not None and (found := packages.file(candidate)):
                return found
    match = _PACKAGE.match(specifier)
    folder = packages.by_name.get(match.group(1)) if match else None
    return packages.offered(folder, match.group(2) or "") if match and folder is not None else None


def _is_alias(path: str, specifier: str, packages: NodePackages) -> bool:
    """Whether a name that could be a package's is an alias or a module that a bundler makes up."""
    patterns = (a.alias.pattern for a in packages.aliases(path) if a.alias.pattern != "*")
    known = ("virtual", *(pattern.partition("*")[0] for pattern in patterns))
    return specifier.startswith(known)


def _missing(path: str, specifier: str, target: str, statement: Import, result: Resolution) -> None:
    """Only code can be told to be missing: assets and generated files come from builds."""
    extension = posixpath.splitext(specifier)[1]
    if statement.guarded or statement.type_only or _GENERATED.search(target):
        return
    if extension and extension not in CODE and re.fullmatch(r"\.[a-z0-9]{2,5}", extension):
        return
    expected = (
        (target,) if extension in CODE else tuple(target + suffix for suffix in (".ts", ".js", "/index.ts"))
    )
    result.missing.append(MissingTarget(path, statement.line, specifier, specifier, (), statement, expected))


def _named(path: str, source: Source, packages: NodePackages, result: Resolution) -> None:
    """Files named by strings: workers, globs, configurations."""
    folder = path.rpartition("/")[0]
    for literal in source.strings:
        value = literal.value
        if (
            literal.formatted
            or len(value) < 4
            or not re.match(r"^(?:\.{1,2}/|/?src/|[\w-]+/)[\w./*@{},\[\]-]+$", value)
        ):
            continue
        if "*" in value:
            target = join(folder, value)
            pattern = re.sub(r"\{[^}]*\}", "*", (target or "").replace("**/", "*"))
            hits = (
                [p for p in result.modules if fnmatch.fnmatch(p, pattern)]
                if target and "glob" in str(source.references)
                else []
            )
        else:
            target = join(folder, value.lstrip("/"))
            hit = packages.file(target) if target else None
            hits = [hit] if hit in result.modules and hit else []
        result.edges += [Edge(path, hit, literal.line, by_name=True) for hit in hits if hit != path]
