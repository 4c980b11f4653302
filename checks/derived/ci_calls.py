"""What a command of CI calls in the tree: a Make target, a package script, a task, a shell script, hooks."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checks.derived.task_tools import OWN_SUBCOMMANDS
from checks.derived.tree_paths import join
from checks.facts.makefile import Makefile, Target
from checks.facts.package_json import PackageJson, Script
from checks.facts.pyproject import Pyproject
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.shell_script import ShellScript
from checks.facts.task_runner import Justfile, Noxfile, Task, TaskFile, Taskfile, ToxEnvironments
from checks.snapshot import Snapshot

_MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
_MANAGERS = frozenset({"npm", "yarn", "pnpm", "bun"})
_IN_FOLDER = frozenset({"--prefix", "--cwd", "-C", "--dir"})
_EVERYWHERE = frozenset(
    {"-r", "--recursive", "--workspaces", "-ws", "--filter", "-F", "-w", "--workspace", "--if-present"}
)
_MONOREPO = {"turbo": ("run",), "nx": ("run-many", "affected", "run"), "lerna": ("run",), "wireit": ()}
_TASK_FILES: dict[str, tuple[type[TaskFile], tuple[str, ...]]] = {
    "just": (Justfile, ("justfile", "Justfile", ".justfile")),
    "task": (Taskfile, ("Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml")),
    "go-task": (Taskfile, ("Taskfile.yml", "Taskfile.yaml")),
    "tox": (ToxEnvironments, ("tox.ini",)),
    "nox": (Noxfile, ("noxfile.py",)),
}
_WORKSPACE = re.compile(r"^\$\{?(?:GITHUB_WORKSPACE|PWD)\}?/")
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "source", "."})


@dataclass(frozen=True, slots=True)
class Called:
    """Commands that another command runs, the file they stand in and the folder they run in.

    The commands are read once, when they are followed: most calls lead to what was followed before.
    """

    path: str
    folder: str
    commands: Iterable[ShellCommand]
    name: str  # of the target, script or task: with the path the key that ends recursion


def called(snapshot: Snapshot, command: ShellCommand, folder: str) -> Iterator[Called]:
    """Everything in the tree that the command runs."""
    for position, words in enumerate(command.chain):
        name = words[0]
        if name in ("make", "gmake"):
            yield from _make(snapshot, words[1:], folder)
        elif name in _MANAGERS:
            yield from _package_script(snapshot, name, words[1:], folder)
        elif name in _MONOREPO:
            yield from _everywhere(snapshot, _after(words[1:], _MONOREPO[name]))
        elif name in ("run-s", "run-p", "npm-run-all", "npm-run-all2", "concurrently"):
            yield from _several(snapshot, words[1:], folder)
        elif name in _TASK_FILES:
            yield from _tasks(snapshot, name, words[1:], folder)
        elif name in _SHELLS or name.endswith(".sh") or (position == 0 and "/" in command.words[0]):
            yield from _script(snapshot, words if position else _placed(command.words), folder)


def _placed(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind variables that are set for this command alone."""
    return words[next((i for i, word in enumerate(words) if "=" not in word), 0) :]


def _make(snapshot: Snapshot, words: tuple[str, ...], folder: str) -> Iterator[Called]:
    file, goals, number = None, [], 0
    while number < len(words):
        word = words[number]
        if word in ("-C", "--directory", "-f", "--file") and number + 1 < len(words):
            number += 1
            moved = join(folder, words[number])
            folder = moved if word in ("-C", "--directory") and moved is not None else folder
            file = words[number] if word in ("-f", "--file") else file
        elif not word.startswith("-") and "=" not in word:
            goals.append(word)
        number += 1
    for path in [join(folder, name) for name in ((file,) if file else _MAKEFILES)]:
        if path and (makefile := snapshot.get(path, Makefile)):
            first = makefile.first
            targets = _with_prerequisites(makefile, goals or ([first.name] if first else []))
            for target in targets:
                yield Called(path, folder, target.commands, target.name)
            return


def _with_prerequisites(makefile: Makefile, goals: list[str]) -> Iterator[Target]:
    found = set()
    known = makefile.by_name
    waiting = list(reversed(goals))
    while waiting:
        target = known.get(waiting.pop())
        if target and target.name not in found:
            found.add(target.name)
            waiting += reversed(target.prerequisites)
            yield target


def _package_script(
    snapshot: Snapshot, manager: str, words: tuple[str, ...], folder: str
) -> Iterator[Called]:
    everywhere = False
    plain: list[str] = []
    number = 0
    while number < len(words):
        word = words[number]
        option = word.partition("=")[0]
        if option in _IN_FOLDER:
            value = word.partition("=")[2] or (words[number + 1] if number + 1 < len(words) else "")
            number += "=" not in word
            folder = join(folder, value) or folder
        elif option in _EVERYWHERE:
            everywhere = option != "--if-present" or everywhere
            number += option in ("--filter", "-F", "-w", "--workspace") and "=" not in word
        elif not word.startswith("-"):
            plain.append(word)
        number += 1
    script = _script_name(manager, plain)
    if script is None:
        return
    if everywhere:
        yield from _everywhere(snapshot, (script,))
    else:
        yield from _of_package(snapshot, folder, script)


def _script_name(manager: str, plain: list[str]) -> str | None:
    if plain[:1] in (["run"], ["run-script"]):
        return plain[1] if len(plain) > 1 else None
    if plain[:1] in (["test"], ["t"], ["start"]):
        return "test" if plain[0] == "t" else plain[0]
    if plain[:1] == ["workspace"] and manager == "yarn" and len(plain) > 2:
        return plain[3] if plain[2] == "run" and len(plain) > 3 else plain[2]
    return (
        plain[0] if plain and manager in ("yarn", "pnpm", "bun") and plain[0] not in OWN_SUBCOMMANDS else None
    )


def _of_package(snapshot: Snapshot, folder: str, name: str) -> Iterator[Called]:
    path = posixpath.join(folder, "package.json") if folder else "package.json"
    package = snapshot.get(path, PackageJson)
    if package is None:
        return
    for script in _scripts_called(package, name):
        yield Called(path, folder, _placed_at(script), script.name)


def _scripts_called(package: PackageJson, name: str) -> list[Script]:
    """Only `*` is a pattern. fnmatch never backtracks over it, so a name full of stars can't make it slow."""
    around = (f"pre{name}", name, f"post{name}")
    if "*" not in name:
        return [package.script_named[one] for one in around if one in package.script_named]
    matches = re.compile(fnmatch.translate(name.replace("[", "[[]").replace("?", "[?]"))).match
    return [script for script in package.scripts if matches(script.name) or script.name in around]


def _placed_at(script: Script) -> Iterator[ShellCommand]:
    for command in shell_commands(script.command, errexit=False):
        yield replace(command, line=script.line)


def _everywhere(snapshot: Snapshot, names: tuple[str, ...]) -> Iterator[Called]:
    """The scripts of these names in every package: what a filter leaves out isn't known here."""
    for path, _ in snapshot.files(PackageJson):
        for name in names:
            yield from _of_package(snapshot, path.rpartition("/")[0], name)


def _after(words: tuple[str, ...], launches: tuple[str, ...]) -> tuple[str, ...]:
    """The tasks that turbo, nx or lerna are asked for."""
    plain = [word for word in words if not word.startswith("-")]
    named = [word.partition("=")[2] for word in words if word.startswith(("--target=", "--targets="))]
    if plain[:1] and plain[0] in launches:
        plain = plain[1:]
    tasks = [part for word in (*plain, *named) for part in word.split(",")]
    return tuple(task.rpartition(":")[2] if "/" in task else task for task in tasks[:20])


def _several(snapshot: Snapshot, words: tuple[str, ...], folder: str) -> Iterator[Called]:
    for word in words:
        if word.startswith("-"):
            continue
        name = re.sub(r"^(?:npm|pnpm|yarn|bun)(?::|\s+run\s+)", "", word)
        if " " in name:
            yield Called(f"{folder}/package.json".lstrip("/"), folder, shell_commands(name), name)
        else:
            yield from _of_package(snapshot, folder, name)


def _tasks(snapshot: Snapshot, runner: str, words: tuple[str, ...], folder: str) -> Iterator[Called]:
    kind, names = _TASK_FILES[runner]
    for name in names:
        path = join(folder, name)
        file = snapshot.get(path, kind) if path else None
        if path and file:
            for task in _wanted(file, runner, words):
                yield Called(path, folder, task.commands, task.name)
            return
    if runner == "tox":
        yield from _tox_in_pyproject(snapshot, words, folder)


def _tox_in_pyproject(snapshot: Snapshot, words: tuple[str, ...], folder: str) -> Iterator[Called]:
    """[tool.tox.env.<name>] of pyproject.toml; every environment where none is named, as `tox run` does."""
    path = join(folder, "pyproject.toml")
    pyproject = snapshot.get(path, Pyproject) if path else None
    tox = pyproject.tool.get("tox") if pyproject else None
    if path is None or pyproject is None or not isinstance(tox, dict):
        return
    environments = tox.get("env")
    tables = {
        **(environments if isinstance(environments, dict) else {}),
        "env_run_base": tox.get("env_run_base"),
    }
    named = {part for word in words for part in word.split(",")} & set(tables)
    for name, table in tables.items():
        written = table.get("commands") if isinstance(table, dict) else None
        if written and (name in named or not named or name == "env_run_base"):
            line = pyproject.line("tool", "tox", *(() if name == "env_run_base" else ("env",)), name)
            commands = tuple(
                ShellCommand(tuple(str(word) for word in command), line, " ".join(map(str, command))[:200])
                for command in (written if isinstance(written, list) else ())
                if isinstance(command, list) and command and all(isinstance(word, str) for word in command)
            )
            yield Called(path, folder, commands, f"tox {name}")


def _wanted(file: TaskFile, runner: str, words: tuple[str, ...]) -> Iterator[Task]:
    """The tasks asked for and those they need; all of them where nothing is named."""
    named = [part for word in words if not word.startswith("-") for part in word.split(",")]
    if runner == "tox":
        found = [task for task in file.tasks if task.name in named]
        yield from found or [task for task in file.tasks if task.name == "testenv" or not named]
    elif runner == "nox":
        yield from (t for t in file.tasks if not named or any(n.startswith(t.name) for n in named))
    else:
        first = file.by_name.get("default") or next(iter(file.tasks), None)
        yield from _with_needs(file, named or ([first.name] if first else []))


def _with_needs(file: TaskFile, names: list[str]) -> Iterator[Task]:
    waiting = deque(names)
    found = set()
    while waiting:
        task = file.by_name.get(waiting.popleft())
        if task and task.name not in found:
            found.add(task.name)
            waiting += task.needs
            yield task


def _script(snapshot: Snapshot, words: tuple[str, ...], folder: str) -> Iterator[Called]:
    name = words[0].rpartition("/")[2]
    named = [word for word in words[1:] if not word.startswith("-")] if name in _SHELLS else [words[0]]
    for word in named[:1]:
        written = _WORKSPACE.sub("", word)
        places = (join(folder, written), join("", written))  # a script often goes to the root first
        for path in dict.fromkeys(places):
            if path and (script := snapshot.get(path, ShellScript)):
                yield Called(path, folder, script.commands, path)
                break
