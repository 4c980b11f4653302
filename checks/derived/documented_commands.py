"""The commands that the repository's documents tell people to type, with the folders they may be typed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.claim_context import context_of_block
from checks.derived.documents import Document, Documents, Standing
from checks.derived.own_names import OwnNames
from checks.derived.tree_index import folders_up, join
from checks.facts.markdown import Fence
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.snapshot import Snapshot

_SHELLS = frozenset(
    {
        "bash",
        "sh",
        "shell",
        "console",
        "zsh",
        "terminal",
        "shell-session",
        "shellsession",
        "sh-session",
        "commandline",
    }
)
_PROMPT = re.compile(r"^(?:\([\w.-]+\)\s*)?[$%>]\s+")
# Commands that make a project of the reader's own: what follows is about that one, not about this tree.
_MAKES_A_PROJECT = re.compile(
    r"\b(?:cargo (?:new|init|add|install)|go mod init|npm (?:init|create)|(?:npx|pnpm|yarn|bun|bunx|npm|pnpx)(?: dlx)?\s+(?:create|init|degit)[\w@/-]*|create-[\w-]+|"
    r"uv init|poetry (?:new|init)|hatch new|django-admin startproject|rails new|git init|cookiecutter|copier copy|mkdir(?: -p)? (?:my|new|your|hello|example|demo)[\w-]*)"
)
_MAKES_A_FILE = re.compile(r"\btouch |\bcat\s*>|\bcat <<|\btee ")


# Every `cd` may double the folders that one can be in.
_CD_LIMIT = 200
_FOLDER_LIMIT = 200


@dataclass(frozen=True, slots=True)
class DocumentedCommand:
    """One command: its words, where it stands, and the folders it may be typed in, likeliest first."""

    words: tuple[str, ...]
    document: Document
    line: int
    folders: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)[:120]

    @property
    def name(self) -> str:
        return self.words[0].rpartition("/")[2]

    def options(self, *names: str) -> Iterator[str]:
        """The values of an option, written `--name value` or `--name=value`."""
        for index, word in enumerate(self.words):
            name, has_value, value = word.partition("=")
            if name in names:
                if has_value:
                    yield value
                elif index + 1 < len(self.words):
                    yield self.words[index + 1]


@dataclass(frozen=True)
class DocumentedCommands:
    """Every command in a shell block of a document of standing."""

    all: tuple[DocumentedCommand, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        documents = snapshot.derived(Documents).counted()
        return cls(tuple(command for document in documents for command in _in_document(document, snapshot)))

    def __len__(self) -> int:
        return len(self.all)


def _in_document(document: Document, snapshot: Snapshot) -> Iterator[DocumentedCommand]:
    fences = [fence for fence in document.markdown.fences if _is_shell(fence)]
    commands = [(fence, shell_commands(_without_prompts(fence.text))) for fence in fences]
    visited = _visited(document, snapshot, [command for _, some in commands for command in some])
    own_names = snapshot.derived(OwnNames).names
    own_project, section = False, None
    for fence, some in commands:
        makes = _makes_a_project(fence.text, own_names)
        # In a guide until its end, elsewhere until the next heading.
        lasts = document.standing is Standing.GUIDE or fence.section == section
        own_project, section = (own_project and lasts) or makes, fence.section
        if (
            not (own_project or makes or _MAKES_A_FILE.search(fence.text))
            and context_of_block(fence.section, fence.lead).asserts
        ):
            yield from _in_fence(document, fence, some, (*visited, *_named(fence.lead, visited, snapshot)))


def _makes_a_project(text: str, own_names: frozenset[str]) -> bool:
    """Whether it begins a project of the reader's own; who installs this tree's program stays with the tree."""
    for made in _MAKES_A_PROJECT.finditer(text):
        end = text.find("\n", made.end())
        words = text[made.end() : end if end >= 0 else None].split()
        if made[0] != "cargo install" or ("--path" not in words and own_names.isdisjoint(words)):
            return True
    return False


def _is_shell(fence: Fence) -> bool:
    return fence.language in _SHELLS or (fence.language == "" and _PROMPT.match(fence.text) is not None)


def _without_prompts(text: str) -> str:
    """The block as a script of as many lines: prompts taken off and, where there are prompts, output blanked."""
    lines = text.split("\n")
    if not any(_PROMPT.match(line.strip()) for line in lines):
        return text
    script: list[str] = []
    for line in lines:
        continues = bool(script) and script[-1].endswith("\\")
        script.append(_PROMPT.sub("", line.strip()) if continues or _PROMPT.match(line.strip()) else "")
    return "\n".join(script)


def _visited(document: Document, snapshot: Snapshot, commands: Iterable[ShellCommand]) -> tuple[str, ...]:
    """The folders that the document is read in: its own and those above, and wherever it says `cd`."""
    start = folders_up(document.folder)
    cds = [command.words[1] for command in commands if command.program == "cd" and len(command.words) == 2]
    reached = [*start]
    for target in cds[:_CD_LIMIT]:
        reached = list(dict.fromkeys(reached))[:_FOLDER_LIMIT]
        reached += [folder for base in reached if (folder := join(base, target.rstrip("/"))) is not None]
    return tuple(folder for folder in dict.fromkeys(reached) if folder in snapshot.folders or folder == "")[
        :50
    ]


def _named(lead: str, visited: tuple[str, ...], snapshot: Snapshot) -> Iterator[str]:
    """Folders that the words before a block name: "from the `frontend` directory"."""
    for word in re.findall(r"[\w./-]+", lead)[:100]:
        found = (join(folder, word.strip("./")) for folder in visited)
        yield from (
            folder for folder in found if folder and folder in snapshot.folders and folder not in visited
        )


def _in_fence(
    document: Document, fence: Fence, commands: tuple[ShellCommand, ...], visited: tuple[str, ...]
) -> Iterator[DocumentedCommand]:
    """The commands of one block, until a `cd` leads to where the tree doesn't go."""
    clone = ""
    for command in commands:
        if command.program == "git" and "clone" in command.words:
            clone = command.words[-1].rstrip("/").rpartition("/")[2].removesuffix(".git")
        elif command.program == "cd":
            target = command.words[1].rstrip("/") if len(command.words) > 1 else "~"
            if target not in {clone, ".", ".."} and not any(
                f"/{folder}/".endswith(f"/{target.strip('./')}/") for folder in visited
            ):
                return
        else:
            yield DocumentedCommand(command.words, document, fence.line + command.line - 1, visited)
