"""tsconfig.json and jsconfig.json: where TypeScript looks for modules and what it compiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from checks.facts.json_text import JsonText, json_object, without_comments
from checks.facts.kinds import facts


@dataclass(frozen=True, slots=True)
class PathAlias:
    """`"@/*": ["src/*"]` under compilerOptions.paths."""

    pattern: str
    targets: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ConfigReference:
    """A file or folder that the configuration names: `field` is extends, references, files, rootDir or typeRoots."""

    path: str
    field: str
    line: int


@facts("tsconfig*.json", "jsconfig*.json", version=1)
@dataclass(frozen=True, slots=True)
class TypeScriptConfig:
    """The settings that decide resolution and compilation. Paths are relative to the file's folder."""

    base_url: str | None = None
    aliases: tuple[PathAlias, ...] = ()
    references: tuple[ConfigReference, ...] = ()
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    root_folder: str | None = None  # rootDir
    root_folders: tuple[str, ...] = ()  # rootDirs
    output_folder: str | None = None  # outDir
    strict: bool = False
    allows_javascript: bool = False
    target: str | None = None
    module: str | None = None

    @classmethod
    def extract(cls, text: str) -> Self:
        bare = without_comments(text)
        parsed = json_object(bare) if bare.strip() else {}
        where = JsonText(bare)
        options = parsed.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        return cls(
            base_url=_string(options.get("baseUrl")),
            aliases=_aliases(options, where),
            references=_references(parsed, where),
            include=_strings(parsed["include"]) if isinstance(parsed.get("include"), list) else None,
            exclude=_strings(parsed.get("exclude")),
            root_folder=_string(options.get("rootDir")),
            root_folders=_strings(options.get("rootDirs")),
            output_folder=_string(options.get("outDir")),
            strict=options.get("strict") is True,
            allows_javascript=options.get("allowJs") is True,
            target=_string(options.get("target")),
            module=_string(options.get("module")),
        )

    @property
    def extends(self) -> tuple[str, ...]:
        """What it extends, nearest last as TypeScript applies it."""
        return tuple(reference.path for reference in self.references if reference.field == "extends")


def _aliases(options: dict[str, Any], where: JsonText) -> tuple[PathAlias, ...]:
    paths = options.get("paths")
    return tuple(
        PathAlias(pattern, _strings(targets), where.line("compilerOptions", "paths", pattern))
        for pattern, targets in (paths.items() if isinstance(paths, dict) else ())
    )


def _references(parsed: dict[str, Any], where: JsonText) -> tuple[ConfigReference, ...]:
    extends = parsed.get("extends")
    found = [
        ConfigReference(path, "extends", where.line("extends"))
        for path in ([extends] if isinstance(extends, str) else _strings(extends))
    ]
    references = parsed.get("references")
    for index, item in enumerate(references if isinstance(references, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("path"), str):
            found.append(ConfigReference(item["path"], "references", where.line("references", index, "path")))
    found += [
        ConfigReference(path, "files", where.line("files", index))
        for index, path in enumerate(_strings(parsed.get("files")))
    ]
    return tuple(found)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
