"""Where a path that a document names stands in the tree, also when it is written short or without its extension."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from posixpath import normpath
from typing import Self

from checks.facts.roles import Role
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class TreeIndex:
    """Files and folders by their last name, and by their last name without extension."""

    snapshot: Snapshot
    by_name: dict[str, list[str]]
    by_stem: dict[str, list[str]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        by_name: dict[str, list[str]] = defaultdict(list)
        by_stem: dict[str, list[str]] = defaultdict(list)
        for path in sorted(snapshot.paths | snapshot.folders | snapshot.tree.keys()):
            name = path.rpartition("/")[2]
            by_name[name].append(path)
            by_stem[name.partition(".")[0]].append(path)
        return cls(snapshot, dict(by_name), dict(by_stem))

    def resolve(self, path: str, folder: str) -> str | None:
        """The path in the tree that is meant, read from the folder or any folder above it; None if there is none."""
        for base in folders_up(folder):
            candidate = join(base, path)
            if candidate is not None and candidate and self.snapshot.exists(candidate):
                return candidate
        return self._by_ending(path, self._project(folder))

    def _project(self, folder: str) -> str:
        """The top folder that a document stands in, with a slash, if it is a project of its own; else ""."""
        top = folder.partition("/")[0]
        own = top and any(f"{top}/{name}" in self.snapshot.paths for name in _PROJECT_FILES)
        return f"{top}/" if own else ""

    def _by_ending(self, path: str, project: str) -> str | None:
        """A path of the project that ends with the one that was written, with or without its extension."""
        short = "/" + "/".join(part for part in path.split("/") if part not in {"", ".", ".."})
        name = short.rpartition("/")[2]
        if (
            exact := next(
                (p for p in self.by_name.get(name, ()) if p.startswith(project) and f"/{p}".endswith(short)),
                None,
            )
        ) is not None:
            return exact
        stem, _, extension = name.partition(".")
        if extension not in {"", "js", "mjs", "jsx"}:
            return None
        folder = short.rpartition("/")[0]
        wanted = f"{folder}/{stem}"
        return next(
            (
                p
                for p in self.by_stem.get(stem, ())
                if p.startswith(project) and f"/{p}".partition(".")[0].endswith(wanted)
            ),
            None,
        )

    def other_case(self, path: str) -> str | None:
        """The path that differs only in capitals: it is found on some machines and not on others."""
        folder = path.rpartition("/")[0]
        return next(
            (
                p
                for p in sorted(self.snapshot.paths)
                if p.lower() == path.lower() and p.rpartition("/")[0] == folder
            ),
            None,
        )

    def moved_to(self, name: str) -> str | None:
        """The one file of this name in the tree, leaving out copies that are not the repository's own; else the one that was put away."""
        if name.lower() in _COMMON:
            return None
        files = [p for p in self.by_name.get(name, ()) if p in self.snapshot.paths]
        candidates = [p for p in files if self._is_own(p)]
        candidates = candidates or [p for p in files if self.snapshot.role(p) is Role.ARCHIVE]
        return candidates[0] if len(candidates) == 1 else None

    def moved_from(self, path: str, *, folder: bool) -> str | None:
        """Where what stood at a path is now: a package of its name in its place, or the one thing of its name elsewhere."""
        stem, dot, extension = path.rpartition(".")
        if dot and extension in {"rs", "py", "ts", "js", "go"} and stem in self.snapshot.folders:
            return stem
        name = path.rpartition("/")[2]
        return self._folder_named(name) if folder or "." not in name else self.moved_to(name)

    def _folder_named(self, name: str) -> str | None:
        """The one folder of this name, where the name says something."""
        found = [
            p for p in self.by_name.get(name, ()) if p in self.snapshot.folders and self._is_own(f"{p}/x")
        ]
        return found[0] if len(found) == 1 and name.lower() not in _COMMON_FOLDERS else None

    def _is_own(self, path: str) -> bool:
        return self.snapshot.role(path) not in {Role.VENDORED, Role.FIXTURE, Role.ARCHIVE}


_PROJECT_FILES = (
    *(
        "pyproject.toml",
        "package.json",
        "go.mod",
        "Cargo.toml",
        "Makefile",
        "docker-compose.yml",
        "docker-compose.yaml",
    ),
    *("compose.yaml", "requirements.txt", "setup.py"),
)
_COMMON = frozenset(
    {
        "readme.md",
        "index.md",
        "index.ts",
        "index.js",
        "index.tsx",
        "index.html",
        "__init__.py",
        "main.py",
        "main.go",
        "main.rs",
        "mod.rs",
        "lib.rs",
    }
    | {
        "package.json",
        "tsconfig.json",
        "pyproject.toml",
        "cargo.toml",
        "go.mod",
        "dockerfile",
        "makefile",
        "conftest.py",
        "config.yaml",
        "config.py",
    }
    | {
        "utils.py",
        "models.py",
        "types.ts",
        "types.go",
        "config.toml",
        "config.json",
        "app.py",
        "server.py",
        "cli.py",
        "test.py",
        "setup.py",
        ".gitignore",
    }
)


_COMMON_FOLDERS = frozenset(
    {
        "src",
        "lib",
        "app",
        "tests",
        "test",
        "docs",
        "doc",
        "scripts",
        "utils",
        "common",
        "core",
        "config",
        "models",
        "api",
        "static",
    }
    | {
        "templates",
        "examples",
        "assets",
        "components",
        "tools",
        "internal",
        "pkg",
        "cmd",
        "types",
        "services",
        "data",
        "helpers",
    }
)


def folders_up(folder: str) -> list[str]:
    """A folder and the folders above it, down to the root ("")."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]


def join(base: str, path: str) -> str | None:
    """The path relative to the root, None where it leaves the tree."""
    joined = normpath(f"{base}/{path}" if base else path)
    return None if joined.startswith("..") else "" if joined == "." else joined
