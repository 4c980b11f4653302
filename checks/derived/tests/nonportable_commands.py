"""Commands of scripts that mean something on one of Linux and macOS only, where both are promised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.facts.markdown import Markdown
from checks.facts.shell_commands import ShellCommand
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

Words = tuple[str, ...]
_MACOS = re.compile(r"\bmac ?os\b|\bdarwin\b|\bbrew install\b|\bhomebrew\b|\bos x\b", re.IGNORECASE)
_READERS = re.compile(
    r"^(?:docs?/)?(?:readme|contributing|install(?:ation)?|development|getting[-_]started)\.md$",
    re.IGNORECASE,
)
_LINUX = ("apt", "apt-get", "yum", "dnf", "apk", "pacman", "dpkg", "dpkg-deb", "dpkg-buildpackage", "rpmbuild", "systemctl", "journalctl", "useradd", "groupadd",
          "usermod", "setcap", "modprobe", "iptables", "nix-shell", "nix-build", "update-alternatives", "createrepo", "reprepro", "snapcraft", "minikube", "free")  # fmt: skip
_GNU_TOOLS = ("gstat", "gdate", "gsed", "greadlink", "ggrep", "gfind", "gtar")


def _short(letter: str) -> Callable[[Words], bool]:
    """Whether a short option, alone or in a bundle, is given."""
    pattern = re.compile(rf"^-[a-zA-Z]*{letter}")
    return lambda words: any(pattern.match(word) for word in words)


def _in_place(words: Words) -> bool:
    """`sed -i` without a suffix; `-i.bak` is understood by both."""
    return any(
        word == "-i" and words[at + 1 : at + 2] not in ((".bak",), ("",)) for at, word in enumerate(words)
    ) or ("--in-place" in words)


_ALL_BUT = re.compile(r"^(?:-n ?|--lines[= ])-\d")
_GNU: dict[str, tuple[Callable[[Words], bool], str]] = {
    "stat": (lambda words: any(w.startswith(("-c", "--format", "--printf")) for w in words), "`stat -c`"),
    "sed": (_in_place, "`sed -i` without a suffix"),
    "date": (lambda words: any(w in ("-d", "--date") or w.startswith("--date=") for w in words), "`date -d`"),
    "readlink": (_short("[fem]"), "`readlink -f`"),
    "grep": (_short("P"), "`grep -P`"),
    "find": (lambda words: bool({"-printf", "-regextype"} & set(words)), "`find -printf`"),
    "base64": (lambda words: any(w.startswith(("-w", "--wrap")) for w in words), "`base64 -w`"),
    "head": (lambda words: any(_ALL_BUT.match(word) for word in (*words, " ".join(words[:2]))), "`head -n -N`"),
    "cp": (lambda words: "--parents" in words, "`cp --parents`"),
    "realpath": (lambda words: any(w.startswith("--relative") for w in words), "`realpath --relative-to`"),
    "xargs": (lambda words: any(w.startswith("-d") for w in words), "`xargs -d`"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NonPortableCommand:
    """A command, what in it only one system knows, and which."""

    command: ShellCommand
    form: str
    only: str


@dataclass(frozen=True)
class NonPortableCommands:
    """By script and program; `promise` says where macOS is promised."""

    found: dict[tuple[str, str], tuple[NonPortableCommand, ...]]
    promise: str | None

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        promise = next(_promises(snapshot), None)
        by_place: dict[tuple[str, str], list[NonPortableCommand]] = {}
        for script in snapshot.derived(OwnScripts) if promise else ():
            if not _knows_its_system(script):
                for found in _of(script):
                    by_place.setdefault((script.path, found.command.program), []).append(found)
        return cls({place: tuple(found) for place, found in by_place.items()}, promise)


def _promises(snapshot: Snapshot) -> Iterator[str]:
    """Files that say people use or build it on macOS."""
    for path, workflow in snapshot.files(Workflow):
        if any("macos" in runner for job in workflow.jobs for runner in _runners(job)):
            yield path
    for path, document in snapshot.files(Markdown):
        texts = (*(p.text for p in document.passages), *(fence.text for fence in document.fences))
        if _READERS.match(path) and any(_MACOS.search(text) for text in texts):
            yield path


def _runners(job: Job) -> Iterator[str]:
    yield from job.runs_on
    for _, values in job.matrix:
        yield from values


def _knows_its_system(script: OwnScript) -> bool:
    return (
        script.is_in_image
        or script.is_run_by_ci
        or script.structure.asks_platform
        or script.runs(*_LINUX)
        or any(
            set(_GNU_TOOLS) & set(c.words)
            for c in script.commands
            if c.words[0] in ("command", "which", "type", "hash")
        )
    )


def _of(script: OwnScript) -> Iterator[NonPortableCommand]:
    for command in script.commands:
        words = command.unwrapped().words
        rule = _GNU.get(command.program)
        if rule and rule[0](words[1:]) and not _is_guarded(command):
            yield NonPortableCommand(command, rule[1], "GNU")
        elif (
            command.program == "stat"
            and "-f" in words
            and any("%" in w for w in words)
            and command.after != "||"
        ):
            # GNU's stat takes -f as "of the file system" and prints before it fails: a fallback doesn't undo that.
            yield NonPortableCommand(command, "`stat -f`", "BSD")


def _is_guarded(command: ShellCommand) -> bool:
    """Whether something else is done where the command is not understood."""
    return (command.swallowed or "").startswith("||") or command.part == "condition" or command.after == "||"
