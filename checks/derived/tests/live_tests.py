"""Tests that talk to a service at a fixed address which nothing starts for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.cargo import CargoManifest
from checks.facts.roles import Role
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.ci_commands import CiCommand
    from checks.facts.source import StringLiteral
    from checks.snapshot import Snapshot

_LOCAL = re.compile(
    r"^(?:https?|wss?|redis|postgres(?:ql)?(?:\+\w+)?|amqp|mongodb|nats|mysql)://(?:[^@/]*@)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:/|$)"
)
_TALKS = re.compile(
    r"^(?:requests|httpx)\.(?:get|post|put|patch|delete|request|head)$|(?:^|\.)(?:AsyncClient|Client|ClientSession)$|(?:^|\.)from_url$|^urllib\.request\.urlopen$"
    r"|^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|supertest|request)$|^http\.(?:Get|Post|NewRequest)$|^reqwest::\w+"
)
# What answers in the place of a service, or starts it.
_STANDS_IN = re.compile(
    r"respx|httpretty|requests_mock|aioresponses|httpx_mock|\bnock\b|\bmsw\b|wiremock|mockito|vcr|MockTransport|ASGITransport|WSGITransport|TestClient|test_client"
    r"|fakeredis|testcontainers|live_server|LiveServer|httptest|net\.Listen|subprocess|Popen|uvicorn|HTTPServer|TcpListener|createServer|\.listen\b|docker|\bspawn|patch|Mock|aiohttp_server|webServer"
)
_ASKS_FIRST = re.compile(r"skip|importorskip|xfail", re.IGNORECASE)
_STARTS = re.compile(
    r"\bcompose\b.*\b(?:up|run)\b|\bdocker run\b|\bkubectl apply\b|\bhelm (?:install|upgrade)\b|\b(?:uvicorn|gunicorn|flask run|npm (?:run )?(?:start|dev)|yarn start)\b"
)


@dataclass(frozen=True, slots=True)
class LiveTest:
    """A test file (or what its tests share) that needs a service. `because` are further places: path, line, note."""

    path: str
    line: int
    address: str
    because: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class LiveTests:
    """The tests that need a running service, and how many test files were looked at."""

    all: tuple[LiveTest, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        tests = [
            (path, source)
            for path, source in snapshot.files(Source)
            if role_in(snapshot, path) is Role.TEST
            and not is_hidden(path)
            and not path.endswith((".sh", ".bash"))
        ]
        ci = snapshot.derived(ContinuousIntegration)
        started = any(_STARTS.search(command.text) for command in ci.commands) or any(
            "services" in text for text, *_ in ci.named
        )
        found = [] if started else [live for path, source in tests for live in _live(snapshot, path, source)]
        return cls((*found, *_features(snapshot, dict(tests), ci)), len(tests))

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(test.path for test in self.all)


def _live(snapshot: Snapshot, path: str, source: Source) -> Iterator[LiveTest]:
    if path.endswith((".rs", ".go")) or _is_deselected(snapshot, path):
        return
    conftests = (f"{folder}/conftest.py".lstrip("/") for folder in parents(path))
    around = [source, *(found for one in conftests if (found := snapshot.get(one, Source)))]
    if any(_stands_in(one) or _asks_first(one) for one in around):
        return
    local = [text for text in source.strings if _LOCAL.match(text.value)]
    if local and (text := _asked(source, local)):
        yield LiveTest(path, text.line, text.value)


def _stands_in(source: Source) -> bool:
    if any(one.module.partition(".")[0] == "responses" for one in source.imports):
        return True
    named = (
        *source.references,
        *(one.module for one in source.imports),
        *(name for one in source.imports for name in one.names),
    )
    return any(_STANDS_IN.search(name) for name in named)


def _asks_first(source: Source) -> bool:
    return any(_ASKS_FIRST.search(call.callee) for call in source.calls) or any(
        _ASKS_FIRST.search(decorator) for found in source.definitions for decorator in found.decorators
    )


def _asked(source: Source, local: list[StringLiteral]) -> StringLiteral | None:
    """The first local address that a call of a client is given, as it is or by a name."""
    known = {text.name: text for text in local if text.name} | {text.value: text for text in local}
    words = (
        word
        for call in source.calls
        if _TALKS.search(call.callee)
        for argument in call.arguments
        for word in ((argument.text,) if argument.literal else re.findall(r"[A-Za-z_]\w*", argument.text))
    )
    return next((known[word] for word in words if word in known), None)


def _is_deselected(snapshot: Snapshot, path: str) -> bool:
    """Whether pytest leaves marked tests out by default."""
    settings = snapshot.derived(PythonProjects).pytest_of(path)
    options = " ".join(settings[1].addopts) if settings else ""
    return " not " in options or "--ignore" in options


def _features(snapshot: Snapshot, tests: dict[str, Source], ci: ContinuousIntegration) -> Iterator[LiveTest]:
    """Rust targets behind a feature that need a service, fail without it, and that CI switches on."""
    for manifest, cargo in snapshot.files(CargoManifest):
        home = manifest.rpartition("/")[0]
        for target in cargo.declared("test"):
            runs = [
                run
                for run in ci.running("cargo test", "cargo nextest", "cargo tarpaulin")
                if _enables(run, target.required_features)
            ]
            if not target.required_features or not target.path or not runs or not runs[0].origin.on_changes:
                continue
            folder = f"{home}/{target.path}".lstrip("/").rpartition("/")[0]
            for path, source in tests.items():
                if path.startswith(f"{folder}/") and path.endswith(".rs") and (text := _insists(source)):
                    because = [
                        (run.path, run.line, f"CI switches the tests on: `{run.text[:80]}`")
                        for run in runs[:3]
                    ]
                    yield LiveTest(
                        path, text.line, text.value, (*because, (manifest, target.line, "behind a feature"))
                    )


def _enables(run: CiCommand, features: tuple[str, ...]) -> bool:
    words = " ".join(run.command.words)
    return "--all-features" in words or any(
        re.search(rf"--features[ =][\w,-]*\b{re.escape(one)}\b", words) for one in features
    )


def _insists(source: Source) -> StringLiteral | None:
    """A local address in a file whose tests ask a client and fail in CI where nothing answers."""
    in_ci = any(text.value == "CI" for text in source.strings) and "panic" in source.references
    said = (*source.references, *(text.value for text in source.strings))
    waits = in_ci or not any(_ASKS_FIRST.search(name) for name in said)
    talks = "reqwest" in source.references or any(one.module.startswith("reqwest") for one in source.imports)
    return (
        next((text for text in source.strings if _LOCAL.match(text.value)), None) if talks and waits else None
    )
