"""A step of a workflow's job or of a composite action: the action it uses or the script it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.yaml_document import YamlNode

_COMMENT = re.compile(r"\buses\s*:\s*[^#\n]+?\s#\s*(.*)$")
_SHA = re.compile(r"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_POWERSHELLS = ("pwsh", "powershell")
_SHELLS = ("bash", "sh", "zsh")
BRANCHES = frozenset({"main", "master", "HEAD", "head", "develop", "development", "dev", "trunk", "next"})


@dataclass(frozen=True, slots=True)
class ActionReference:
    """What follows `uses:`: owner/repository[/path]@ref, ./local, or docker://image."""

    text: str
    line: int
    comment: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it lies in the same repository."""
        return self.text.startswith(("./", "../", ".\\", "$/"))

    @property
    def is_image(self) -> bool:
        """Whether it is a container image."""
        return self.text.startswith("docker://")

    @property
    def name(self) -> str:
        """Without the ref: "actions/checkout", "./.github/actions/setup", "docker://alpine"."""
        if self.is_image:
            return "docker://" + image_name(self.text.removeprefix("docker://"))
        return self.text.partition("@")[0].rstrip("/")

    @property
    def ref(self) -> str | None:
        """What follows the @."""
        return None if self.is_local or self.is_image else self.text.partition("@")[2] or None

    @property
    def is_pinned(self) -> bool:
        """Whether it can't change under the same name: a full commit, a digest, or a path of this repository."""
        if self.is_local:
            return True
        return "@sha256:" in self.text if self.is_image else bool(self.ref and _SHA.match(self.ref))

    @property
    def is_on_branch(self) -> bool:
        """Whether the ref names a branch that moves with every commit of its authors."""
        return self.ref in BRANCHES


def image_name(image: str) -> str:
    """An image without tag and digest."""
    bare = image.partition("@")[0]
    head, slash, tail = bare.rpartition("/")
    return f"{head}{slash}{tail.partition(':')[0]}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `continue_on_error` is "true", an expression, or None."""

    line: int
    name: str | None = None
    id: str | None = None
    uses: ActionReference | None = None
    run: str | None = None
    run_line: int = 0  # the first line of the script's text
    shell: str | None = None
    inputs: tuple[tuple[str, str], ...] = ()  # with:
    input_lines: tuple[tuple[str, int], ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    condition: str | None = None  # if:
    continue_on_error: str | None = None
    allowance_line: int = 0  # of continue-on-error
    working_directory: str | None = None

    def input(self, name: str) -> str | None:
        """The value of an input of the action."""
        return next((value for key, value in self.inputs if key == name), None)

    def input_line(self, name: str) -> int:
        """The line of an input, or of the step."""
        return next((line for key, line in self.input_lines if key == name), self.line)

    @property
    def commands(self) -> tuple[ShellCommand, ...]:
        """The commands of its script, with the rules of the shell that GitHub starts for it."""
        shell = (self.shell or "").strip()
        first = shell.split(maxsplit=1)[0] if shell else ""
        if not self.run or (first and first not in (*_SHELLS, *_POWERSHELLS)):
            return ()
        explicit = first == "bash" and shell == "bash"
        errexit = "{0}" not in shell or bool(re.search(r"(?:^|\s)-\w*e", shell))
        pipefail = explicit or "pipefail" in shell
        commands = shell_commands(self.run, line=self.run_line, errexit=errexit, pipefail=pipefail)
        if first in _POWERSHELLS:
            return tuple(replace(command, swallowed=None) for command in commands)
        return commands

    @property
    def label(self) -> str:
        """How people call it: its name, its action, or the first line of its script."""
        first = (self.run or "").strip().partition("\n")[0]
        return (self.name or (self.uses.name if self.uses else "") or first)[:120]

    @property
    def is_off(self) -> bool:
        """Whether its condition is plainly false."""
        return is_never(self.condition)


def is_never(condition: str | None) -> bool:
    """`if: false` in any spelling."""
    return re.sub(r"^\$\{\{\s*(.*?)\s*\}\}$", r"\1", (condition or "").strip()).lower() == "false"


def read_steps(
    node: YamlNode, lines: list[str], shell: str | None = None, working_directory: str | None = None
) -> Iterator[Step]:
    """The steps under `steps:`; shell and working directory are the defaults around them."""
    for item in node.list("steps"):
        if item.entries is not None:
            yield _step(item, lines, shell, working_directory)


def _step(item: YamlNode, lines: list[str], shell: str | None, working_directory: str | None) -> Step:
    run, inputs = item.get("run"), item.table("with")
    allowed = item.string("continue-on-error")
    return Step(
        line=item.entries[0].line if item.entries else item.line,
        name=item.string("name"),
        id=item.string("id"),
        uses=action_reference(item, lines),
        run=run.text if run else None,
        run_line=run.text_line if run else 0,
        shell=item.string("shell") or shell,
        inputs=tuple((entry.key, entry.value.text or "") for entry in inputs),
        input_lines=tuple((entry.key, entry.line) for entry in inputs),
        env=read_env(item),
        condition=item.string("if"),
        continue_on_error=None if allowed in (None, "false") else allowed,
        allowance_line=item.line_of("continue-on-error") if allowed else 0,
        working_directory=item.string("working-directory") or working_directory,
    )


def action_reference(node: YamlNode, lines: list[str]) -> ActionReference | None:
    """What `uses:` names, with the comment behind it."""
    text = node.string("uses")
    if text is None:
        return None
    line = node.line_of("uses")
    comment = _COMMENT.search(lines[line - 1]) if line <= len(lines) else None
    return ActionReference(text.strip(), line, comment.group(1).strip() if comment else "")


def read_env(node: YamlNode) -> tuple[tuple[str, str], ...]:
    """The variables under `env:`."""
    return tuple((entry.key, entry.value.text or "") for entry in node.table("env"))
