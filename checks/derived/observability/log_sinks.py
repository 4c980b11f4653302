"""Where logs end: files that code appends to, containers of compose files, audit events that are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.configurations import is_for_development
from checks.derived.operations import Operation, Operations
from checks.facts.compose import Compose
from checks.facts.roles import Role
from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

_FILE_HANDLER = re.compile(r"(?:^|\.)(?:FileHandler|transports\.File)$|^tracing_appender::rolling::never$")
_ROTATING = re.compile(
    r"rotat|lumberjack|timberjack|DailyRotateFile|rolling::(?:daily|hourly|minutely)|WatchedFileHandler",
    re.IGNORECASE,
)
_LOG_FILE = re.compile(
    r"audit|(?:^|[/._-])(?:\w*log(?:s|ger|ging|file)?)(?:[/._-]|$)|event[-_]?log", re.IGNORECASE
)
_AUDIT = re.compile(r"audit", re.IGNORECASE)
_PRINTS = frozenset({"fmt.Println", "fmt.Printf", "fmt.Print", "print", "console.log", "println", "println!"})


@dataclass(frozen=True, slots=True)
class LogSink:
    """A place where log lines end, and whether something limits or collects them."""

    path: str
    line: int
    subject: str
    message: str
    limited: bool
    looked_for: str


@dataclass(frozen=True)
class LogSinks:
    """All of them, by path."""

    all: tuple[LogSink, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        operations = snapshot.derived(Operations)
        shipped = operations.has(Operation.LOG_SHIPPING)
        rotated = operations.has(Operation.LOG_ROTATION)
        sinks = [
            sink
            for path, source in snapshot.shipped(Source)
            for sink in _in_code(path, source, rotated, shipped)
        ]
        return cls((*sinks, *_containers(snapshot, rotated or shipped)))


def _in_code(path: str, source: Source, rotated: bool, shipped: bool) -> Iterator[LogSink]:
    rotating = any(_ROTATING.search(found.module) for found in source.imports) or any(
        _ROTATING.search(call.callee) for call in source.calls
    )
    audits: set[str] = set()
    for call in source.calls:
        if source.in_test(call.line):
            continue
        if _is_file(path, call):
            message = f"`{call.callee}` appends to a log file that nothing rotates."
            looked = "a rotating handler in the file, and for logrotate in all configuration"
            yield LogSink(path, call.line, call.callee, message, rotating or rotated, looked)
        elif call.callee in _PRINTS and call.inside and _AUDIT.search(call.inside.partition(".")[0]):
            owner = call.inside.partition(".")[0]
            if owner not in audits and call.inside != owner:
                audits.add(owner)
                message = f"`{owner}` prints audit events; nothing keeps or ships them."
                looked = "log shippers and their configuration (Fluent Bit, Vector, Promtail, Filebeat, syslog, cloud logging)"
                yield LogSink(path, call.line, owner, message, shipped, looked)


def _is_file(path: str, call: Call) -> bool:
    if _FILE_HANDLER.search(call.callee):
        return not any(
            argument.text in ("w", "os.devnull", "/dev/stdout", "/dev/stderr") for argument in call.arguments
        )
    if call.callee != "os.OpenFile" or not any("O_APPEND" in argument.text for argument in call.arguments):
        return False
    return (
        _LOG_FILE.search(f"{'/'.join(path.split('/')[-2:])} {call.inside or ''} {call.arguments[0].text}")
        is not None
    )


def _containers(snapshot: Snapshot, collected: bool) -> Iterator[LogSink]:
    """Docker's default driver keeps everything for ever; one place for each file that deploys for good."""
    for path, compose in snapshot.files(Compose):
        if snapshot.role(path) is not Role.SHIPPED or is_for_development(path):
            continue
        lasting = [one for one in compose.services if one.restart not in (None, "no", '"no"') or one.replicas]
        services = lasting or [one for one in compose.services if one.build or one.healthcheck]
        open_ended = [one for one in services if "logging" not in one.keys and one.extends is None]
        if open_ended:
            names = ", ".join(f"`{one.name}`" for one in open_ended[:4])
            more = f" and {len(open_ended) - 4} more" if len(open_ended) > 4 else ""
            message = f"{names}{more} log with Docker's default driver, which keeps everything."
            looked = "`logging:` of the services, and for log shippers in all configuration"
            yield LogSink(path, open_ended[0].line, "container logs", message, collected, looked)
        elif services:
            yield LogSink(path, services[0].line, "container logs", "", True, "")
