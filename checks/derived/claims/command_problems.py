"""What is wrong with a command that a document gives: the file, module, script, target or subcommand it names is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from checks.derived.claims.cargo_problems import Problem, cargo_problem
from checks.derived.claims.claimed_paths import ClaimedPath, read_path
from checks.derived.documented_commands import DocumentedCommand
from checks.derived.documents import Standing
from checks.derived.ignored import IgnoreRules
from checks.derived.own_commands import OwnCommands
from checks.derived.tree_index import TreeIndex, join
from checks.facts.cargo import CargoManifest
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.shell_commands import ShellCommand
from checks.snapshot import Snapshot

_PYTHON = re.compile(r"^(?:python|pypy)[\d.]*$")
_SCRIPT = re.compile(r"\.(?:py|sh|bash|js|mjs|cjs|ts|rb|pl)$")
_READERS_OWN = re.compile(
    r"^(?:main|app|example|hello|server|script|test|demo|my\w*|your\w*|run|client|manage|agent|bot|quickstart|index|foo|bot)\w*\.\w+$"
)
_ELSEWHERE = frozenset(
    {"docker", "docker-compose", "podman", "kubectl", "ssh", "vagrant"}
)  # what they run, they run elsewhere
_BUILTIN_NPM = frozenset({"test", "start", "stop", "restart"})


def problem_of(command: DocumentedCommand, snapshot: Snapshot) -> Problem | None:
    """The first thing wrong with a command, in every folder it may be typed in; None if it may well work."""
    words = _unwrapped(command.words)
    first = command.words[0]
    if first.startswith(("./", "../")) or ("/" in first and _SCRIPT.search(first)):
        return _Judge(command, command.words, snapshot).file(first)
    if not words:
        return None
    judge = _Judge(command, words, snapshot)
    name = "python" if _PYTHON.match(words[0]) else words[0].rpartition("/")[2]
    return _JUDGES[name](judge) if name in _JUDGES else judge.own_command(name)


def _unwrapped(words: tuple[str, ...]) -> tuple[str, ...]:
    """The command behind `sudo`, `uv run` and the like, keeping `python -m` together."""
    if words[0] in _ELSEWHERE:
        return () if {"run", "exec", "cp"} & set(words) else words
    python = next((index for index, word in enumerate(words[:4]) if _PYTHON.match(word)), None)
    return words[python:] if python is not None else ShellCommand(words, 1).unwrapped().words


@dataclass(frozen=True)
class _Judge:
    command: DocumentedCommand
    words: tuple[str, ...]
    snapshot: Snapshot

    def file(self, text: str) -> Problem | None:
        """A file or folder that the command needs."""
        path = read_path(text, bare=True)
        if path is None or "$" in text or not self._is_ours(path) or self._is_there(path):
            return None
        return Problem(path.path, f"needs `{path.path}`, which is not in the tree", path.path)

    def _is_there(self, path: ClaimedPath) -> bool:
        candidates = [join(folder, path.path) for folder in self.command.folders]
        if any(found is not None and self.snapshot.exists(found) for found in candidates):
            return True
        if self.snapshot.derived(TreeIndex).resolve(path.path, self.command.document.folder) is not None:
            return True
        rules = self.snapshot.derived(IgnoreRules)
        return any(found and rules.ignored(found) is not None for found in candidates)

    def _is_ours(self, path: ClaimedPath) -> bool:
        """Whether the path is meant to be in this tree: what is above it is there; a bare script has others beside it."""
        parent = path.path.rpartition("/")[0]
        if parent.strip("./"):
            first = path.path.removeprefix("./").split("/")[0]
            return any(join(folder, first) in self.snapshot.folders for folder in self.command.folders)
        if (
            _READERS_OWN.match(path.name)
            or not _SCRIPT.search(path.name)
            or self.command.document.standing is Standing.GUIDE
        ):
            return False
        suffix = path.name[path.name.rindex(".") :]
        folder = self.command.document.folder
        return any(p.endswith(suffix) and p.rpartition("/")[0] == folder for p in self.snapshot.paths)

    def python(self) -> Problem | None:
        rest = list(self.words[1:])
        if "-m" in rest[:4] and rest.index("-m") + 1 < len(rest):
            at = rest.index("-m") + 1
            return self.pytest(tuple(rest[at + 1 :])) if rest[at] == "pytest" else self._module(rest[at])
        script = next((word for word in rest if not word.startswith("-")), "")
        return self.file(script) if script.endswith(".py") else None

    def _module(self, module: str) -> Problem | None:
        """`python -m a.b`, where `a` is a package of this tree."""
        if not re.match(r"^[A-Za-z_]\w*(?:\.\w+)*$", module):
            return None
        homes = [folder for base in self.command.folders for folder in (base, join(base, "src") or "src")]
        parts = module.split(".")
        roots = [
            home
            for home in homes
            if join(home, parts[0]) in self.snapshot.folders and self._holds_python(join(home, parts[0]))
        ]
        if not roots or any(self._runs(join(root, "/".join(parts)) or "") for root in roots):
            return None
        there = any(join(root, "/".join(parts)) in self.snapshot.folders for root in roots)
        why = "is a package without `__main__.py`" if there else "is not in the tree"
        return Problem(
            module,
            f"runs the module `{module}`, which {why}",
            f"{'/'.join(parts)}.py and {'/'.join(parts)}/__main__.py",
        )

    def _runs(self, path: str) -> bool:
        return f"{path}.py" in self.snapshot.paths or f"{path}/__main__.py" in self.snapshot.paths

    def _holds_python(self, folder: str | None) -> bool:
        return any(path.startswith(f"{folder}/") and path.endswith(".py") for path in self.snapshot.paths)

    def pytest(self, words: tuple[str, ...] | None = None) -> Problem | None:
        given = self.words[1:] if words is None else words
        paths = (
            word.partition("::")[0]
            for word in given
            if not word.startswith("-") and ("/" in word or word.endswith(".py"))
        )
        return next((found for path in paths if (found := self.file(path)) is not None), None)

    def shell(self) -> Problem | None:
        script = next((word for word in self.words[1:] if not word.startswith("-")), "")
        return self.file(script) if _SCRIPT.search(script) else None

    def go(self) -> Problem | None:
        if self.words[1:2] not in (("run",), ("build",), ("test",), ("install",), ("vet",)):
            return None
        paths = (
            word
            for word in self.words[2:]
            if not word.startswith("-") and "..." not in word and "@" not in word
        )
        ours = (
            path
            for path in paths
            if path.startswith(("./", "../", "cmd/", "internal/", "pkg/")) or path.endswith(".go")
        )
        outputs = set(self.command.options("-o", "-coverprofile"))
        return next(
            (
                found
                for path in ours
                if path not in outputs and path != "." and (found := self.file(path)) is not None
            ),
            None,
        )

    def package_script(self) -> Problem | None:
        """`npm run x` in a folder with a package.json that has no such script."""
        if any(
            word.startswith(("-w", "--workspace", "--filter", "-F", "--prefix", "--cwd", "-C", "--dir", "-r"))
            for word in self.words
        ):
            return None
        rest = [word for word in self.words[1:] if not word.startswith("-")]
        script = (
            rest[1]
            if rest[:1] in (["run"], ["run-script"]) and len(rest) > 1
            else rest[0]
            if rest[:1] and rest[0] in _BUILTIN_NPM
            else None
        )
        manifests = [
            m
            for f in self.command.folders
            if (m := self.snapshot.get((join(f, "package.json") or ""), PackageJson)) is not None
        ]
        if script is not None and _SCRIPT.search(script):
            return self.file(script)
        if script is None or script in _BUILTIN_NPM or not manifests or not re.match(r"^[\w:.@/-]+$", script):
            return None
        if self.command.document.standing is Standing.GUIDE and self._makes_a_node_package():
            return None  # a guide of a published package speaks of its user's project
        if any(
            script == one.name for _, manifest in self.snapshot.files(PackageJson) for one in manifest.scripts
        ):
            return None
        return Problem(
            script,
            f"runs the package script `{script}`, which no package.json there defines",
            "scripts in package.json",
        )

    def make(self) -> Problem | None:
        """`make x` where there is a Makefile and none of the tree has the target."""
        targets = [word for word in self.words[1:] if not word.startswith("-") and "=" not in word]
        near = [m for f in self.command.folders if (m := self._makefile(f)) is not None]
        if not near or any(word.startswith(("-C", "-f", "--directory", "--file")) for word in self.words):
            return None
        known = [makefile for _, makefile in self.snapshot.files(Makefile)]
        if any(one.includes or one.has_dynamic_targets for one in near):
            return None
        for target in targets:
            if re.match(r"^[\w./-]+$", target) and not any(one.target(target) for one in known):
                return Problem(
                    f"make {target}", f"asks for the make target `{target}`, which no Makefile has", target
                )
        return None

    def _makefile(self, folder: str) -> Makefile | None:
        names = ("Makefile", "makefile", "GNUmakefile")
        found = (self.snapshot.get(join(folder, name) or "", Makefile) for name in names)
        return next((makefile for makefile in found if makefile is not None), None)

    def _makes_a_node_package(self) -> bool:
        return any(manifest.name and not manifest.private for _, manifest in self.snapshot.files(PackageJson))

    def cargo(self) -> Problem | None:
        manifests = [
            (f, m)
            for f in self.command.folders
            if (m := self.snapshot.get(join(f, "Cargo.toml") or "", CargoManifest)) is not None
        ]
        words = self.words[: self.words.index("--")] if "--" in self.words else self.words
        if not manifests or any(word in {"-p", "--package", "--manifest-path"} for word in words):
            return None
        command = DocumentedCommand(words, self.command.document, self.command.line, self.command.folders)
        for found in (
            cargo_problem(command, folder, manifest, self.snapshot) for folder, manifest in manifests
        ):
            if found is None:
                return None
            problem = found
        return problem

    def compose(self) -> Problem | None:
        """`docker compose -f`, docker build -f, kubectl -f or -k: files that must be there."""
        if self.words[0] == "kubectl" and not {"apply", "create", "delete", "replace", "diff"} & set(
            self.words
        ):
            return None  # NOTE: `kubectl logs -f deployment/web` follows, and names no file
        files = [*self.command.options("-f", "--file", "--filename", "-k", "--kustomize")]
        names = [file for file in files if "/" in file or file.endswith((".yml", ".yaml"))]
        return next(
            (
                found
                for name in names
                if not name.startswith("http") and (found := self._deployment_file(name)) is not None
            ),
            None,
        )

    def _deployment_file(self, name: str) -> Problem | None:
        path = read_path(name, bare=True)
        if path is None or self._is_there(path):
            return None
        is_compose = "compose" in path.name and "/" not in path.path
        beside = is_compose and any("compose" in other.rpartition("/")[2] for other in self.snapshot.paths)
        if not beside and not ("/" in path.path and self._is_ours(path)):
            return None
        return Problem(path.path, f"needs `{path.path}`, which is not in the tree", path.path)

    def own_command(self, name: str) -> Problem | None:
        """A subcommand of a program that this repository makes."""
        known = self.snapshot.derived(OwnCommands).get(name)
        subcommand = self.words[1] if len(self.words) > 1 else ""
        if known is None or not re.match(r"^[a-z][a-z0-9-]+$", subcommand) or known.defines(subcommand):
            return None
        return Problem(
            f"{name} {subcommand}",
            f"uses `{name} {subcommand}`, a subcommand that {known.path} doesn't define",
            subcommand,
        )


_JUDGES: dict[str, Callable[[_Judge], Problem | None]] = {
    "python": _Judge.python,
    "pytest": _Judge.pytest,
    "bash": _Judge.shell,
    "sh": _Judge.shell,
    "node": _Judge.shell,
    "go": _Judge.go,
    "make": _Judge.make,
    "npm": _Judge.package_script,
    "pnpm": _Judge.package_script,
    "yarn": _Judge.package_script,
    "bun": _Judge.package_script,
    "cargo": _Judge.cargo,
    "docker-compose": _Judge.compose,
    "docker": _Judge.compose,
    "kubectl": _Judge.compose,
}
