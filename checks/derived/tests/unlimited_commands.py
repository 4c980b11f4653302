"""Programs that a service starts and waits for without a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.entry_point import Rank
from checks.derived.own_scripts import OwnScripts
from checks.derived.reachability import Reachability
from checks.derived.service_code import RunningServices, ServiceCode
from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.shell_structure_reader import Wait
from checks.facts.source import Call, Source
from checks.facts.typescript_source import TypeScriptSource
from checks.snapshot import Snapshot

_PYTHON = re.compile(r"^(?:subprocess\.)?(?:run|call|check_call|check_output)$")
_STARTS = re.compile(r"(?:^|\.)(?:create_subprocess_(?:exec|shell)|Popen)$")
_NODE = re.compile(
    r"^(?:child_process\.|cp\.|childProcess\.)?(?:exec|execSync|execFile|execFileSync|spawnSync)$"
)
_RUST = re.compile(r"(?:^|::)Command::new\b.*\.(?:output|status|wait|wait_with_output)$")
_LIMITS = re.compile(r"(?:^|[.:])(?:wait_for|timeout|timeout_at|fail_after|move_on_after|WithTimeout|WithDeadline|AfterFunc|After|kill|Kill|terminate|killpg|setTimeout)$")  # fmt: skip
_GO_WAITS = re.compile(r"\.(?:Run|Output|CombinedOutput|Wait)$")
_INNER = re.compile(r"([A-Za-z_]\w*)\s*\(")
# Answered at once, from what is on the machine.
_QUICK = re.compile(
    r"--version|\brev-parse\b|\bwhich\b|\bwhoami\b|\bhostname\b|\buname\b|\bconfig\b|\bremote\b|nvidia-smi|\bsw_vers\b"
)
_BY_HAND = re.compile(
    r"(?:^|/)(?:migrations?|alembic|scripts?|cli|commands?)/|(?:^|/)(?:build|gulpfile|Gruntfile|release|postinstall|deploy|cli)[\w.-]*$"
)


@dataclass(frozen=True, slots=True)
class UnlimitedCommand:
    """A call that waits for a program for as long as it runs."""

    path: str
    call: Call
    why: str


@dataclass(frozen=True)
class UnlimitedCommands:
    """By path and line; `looked_at` says how many files of services start programs, and how many scripts there are."""

    commands: tuple[UnlimitedCommand, ...]
    waits: tuple[tuple[str, Wait], ...]  # loops of scripts
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        running = {**dict(_of_services(snapshot)), **dict(_deployed(snapshot))}
        sources = {path: source for path, source in running.items() if _starts_programs(source)}
        limited = _limited_names(running.values()) if sources else set()
        found = [
            command
            for path, source in sources.items()
            if not limited & {definition.name.rpartition(".")[2] for definition in source.definitions}
            for command in _in_file(path, source)
        ]
        scripts = [s for s in snapshot.derived(OwnScripts) if not s.is_in_image and not s.is_run_by_ci]
        waits = tuple((script.path, wait) for script in scripts for wait in script.structure.waits)
        ordered = tuple(sorted(found, key=lambda one: (one.path, one.call.line)))
        return cls(ordered, waits, len(sources) + len(scripts))


def _of_services(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    for service in snapshot.derived(RunningServices):
        for path, source in service.sources:
            if not _is_run_by_hand(path, source, service):
                yield path, source


def _deployed(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    """What a deployed worker reaches: it need not serve anything to hang."""
    best = snapshot.derived(Reachability).best
    for path, source in snapshot.shipped(PythonSource):
        if best.get(path) is Rank.DEPLOYED and not _BY_HAND.search(path):
            yield path, source


def _is_run_by_hand(path: str, source: Source, service: ServiceCode) -> bool:
    """Another program beside the service, a migration, a build: somebody sits before it."""
    starts = {start.path for start in service.component.starts}
    return _BY_HAND.search(path) is not None or (source.runs_as_main and path not in starts)


def _starts_programs(source: Source) -> bool:
    modules = {found.module.removeprefix("node:") for found in source.imports}
    return (
        bool(modules & {"subprocess", "asyncio.subprocess", "os/exec", "child_process"})
        or any(_STARTS.search(call.callee) for call in source.calls)
        or any(module.endswith("process::Command") for module in modules)
    )


def _limited_names(sources: Iterable[Source]) -> set[str]:
    """Functions that somebody calls under a limit: `await asyncio.wait_for(runner.execute(task), 60)`."""
    return {
        name
        for source in sources
        for call in source.calls
        if call.callee.endswith(("wait_for", "timeout")) and call.arguments
        for argument in call.arguments[:2]
        for name in _INNER.findall(argument.text)
    }


def _in_file(path: str, source: Source) -> Iterator[UnlimitedCommand]:
    if any(_LIMITS.search(call.callee) for call in source.calls):  # something there ends what takes too long
        return
    for call, why in _READERS[type(source)](source) if type(source) in _READERS else ():
        quick = _QUICK.search(" ".join(argument.text for argument in call.arguments))
        if not quick and not source.in_test(call.line):
            yield UnlimitedCommand(path, call, why)


Found = Iterator[tuple[Call, str]]


def _python(source: Source) -> Found:
    started = {binding.name for binding in source.bindings if _STARTS.search(binding.value)}
    named = {name for found in source.imports if found.module == "subprocess" for name in found.names}
    for call in source.calls:
        receiver, _, method = call.callee.rpartition(".")
        own = call.callee.startswith("subprocess.") or call.callee in named
        if _PYTHON.match(call.callee) and own and not _is_limited(call):
            yield call, "it gets no `timeout`"
        elif receiver in started and method in ("communicate", "wait") and not _is_limited(call):
            yield call, "nothing ends it when the program hangs"


def _is_limited(call: Call) -> bool:
    return call.argument("timeout") is not None or any(a.text.startswith("**") for a in call.arguments)


def _go(source: Source) -> Found:
    waiting = {call.inside for call in source.calls if _GO_WAITS.search(call.callee)}
    starting = {call.inside for call in source.calls if call.callee.endswith(".Start")}
    for call in source.calls:
        # What is only started, like a browser, holds nobody up.
        if call.callee == "exec.Command" and (call.inside in waiting or call.inside not in starting):
            yield call, "`exec.CommandContext` would end it with its context"


def _node(source: Source) -> Found:
    own = {definition.name for definition in source.definitions}
    for call in source.calls:
        given = call.argument("timeout") or call.argument("signal")
        opaque = any(
            "..." in a.text or (a.name is None and re.match(r"^[a-z]\w*$", a.text))
            for a in call.arguments[1:]
        )
        if _NODE.match(call.callee) and call.callee not in own and not given and not opaque:
            yield call, "it gets neither `timeout` nor `signal`"


def _rust(source: Source) -> Found:
    for call in source.calls:
        if _RUST.search(call.callee):
            yield call, "no `timeout` is around it"


_READERS: dict[type[Source], Callable[[Source], Found]] = {
    PythonSource: _python,
    GoSource: _go,
    RustSource: _rust,
    TypeScriptSource: _node,
    JavaScriptSource: _node,
}
