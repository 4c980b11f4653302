"""What a command line starts: the module, file, script or binary behind launchers and servers."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class TargetKind(StrEnum):
    """What a command names."""

    PYTHON_MODULE = "python module"  # imported by name: uvicorn a.b:app, celery -A a.b
    PYTHON_MAIN = "python -m"  # run by name
    FILE = "file"  # run by path: python x.py, node x.js, ./x.sh
    NODE_SCRIPT = "package script"  # npm run x
    COMMAND = "command"  # an installed command or a built binary


@dataclass(frozen=True, slots=True)
class CommandTarget:
    """One thing that a command line starts."""

    kind: TargetKind
    name: str
    command: str  # the part of the command line that says so


_TOKEN = re.compile(r"&&|\|\||;|\||\n|['\"]")
_MOST_WORDS = 1_000  # of one command; what comes after is its arguments
_MOST_LAUNCHERS = 10
_LONGEST = 20_000  # characters of a command line
_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")
_PYTHON = re.compile(r"^(?:.*/)?(?:python|pypy)[\d.]*$")
_SHELLS = frozenset({"sh", "bash", "ash", "zsh", "dash"})
# Launchers: how many words of their own stand before the command they run.
_LAUNCHERS = {
    "exec": 0, "nohup": 0, "nice": 0, "time": 0, "sudo": 0, "env": 0, "command": 0, "tini": 0, "dumb-init": 0,
    "catchsegv": 0, "ddtrace-run": 0, "opentelemetry-instrument": 0, "xvfb-run": 0, "stdbuf": 0, "setpriv": 0,
    "gosu": 1, "su-exec": 1, "timeout": 1, "chpst": 0, "watchmedo": 1, "watchfiles": 0, "newrelic-admin": 1,
    "uv": 1, "poetry": 1, "pipenv": 1, "pdm": 1, "hatch": 1, "rye": 1, "doppler": 1, "infisical": 1, "conda": 1,
    "coverage": 1, "debugpy": 0, "npx": 0, "pnpx": 0, "bunx": 0, "dotenv": 0, "dotenvx": 1, "s6-setuidgid": 1,
}  # fmt: skip
_RUN_ONLY = frozenset(
    {"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "doppler", "infisical", "conda", "coverage", "dotenvx"}
)
_WITH_VALUE = frozenset({"-e", "-n", "-g", "-s", "--with", "--project", "--directory", "--env-file", "--package", "-p", "--name",
                         "--extra", "--group", "--python", "--signal", "--preserve-env", "-u", "-k", "--config"})  # fmt: skip
_APP_SERVERS = frozenset({"uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "waitress-serve", "sanic", "twistd", "arq",
                          "dramatiq", "huey_consumer", "huey_consumer.py", "taskiq", "saq", "functions-framework"})  # fmt: skip
_APP_OPTION = {"celery": ("-A", "--app"), "flask": ("--app", "-A"), "faust": ("-A", "--app"), "litestar": ("--app",),
               "uwsgi": ("-w", "--module", "--wsgi", "--wsgi-file"), "dagster": ("-m", "--module-name"), "procrastinate": ("--app", "-a"),
               "flower": ("-A", "--app"), "quart": ("--app",)}  # fmt: skip
_FILE_RUNNERS = {"streamlit": 1, "chainlit": 1, "fastapi": 1, "gradio": 0, "locust": 0, "mcp": 1, "node": 0, "nodejs": 0, "tsx": 0,
                 "ts-node": 0, "nodemon": 0, "deno": 1, "pm2": 1, "pm2-runtime": 0, "bun": 0, "marimo": 1, "panel": 1, "bokeh": 1}  # fmt: skip
_OF_WORKSPACE = frozenset({"--filter", "-F", "--workspace", "-w", "--prefix", "--cwd", "-C", "--dir"})
_PACKAGE_MANAGERS = frozenset({"npm", "yarn", "pnpm", "bun"})
_MODULE = re.compile(r"^[A-Za-z_]\w*(?:\.\w+)*(?::[\w.]+(?:\(.*\))?)?$")


def command_targets(command: str) -> Iterator[CommandTarget]:
    """Everything that a shell command line starts, in order."""
    for part in _parts(command[:_LONGEST].replace("\\\n", " ")):
        try:
            words = shlex.split(part, comments=False)
        except ValueError:
            words = part.split()
        yield from word_targets(words)


def _parts(text: str) -> Iterator[str]:
    """The commands of a line: a separator parts them where an even number of quotes follows."""
    quotes = text.count("'") + text.count('"')
    start = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "'\"":
            quotes -= 1
        elif quotes % 2 == 0:
            yield text[start : token.start()]
            start = token.end()
    yield text[start:]


def word_targets(words: list[str], launchers: int = 0) -> Iterator[CommandTarget]:
    """What one command in exec form starts; `launchers` counts those that stand before it."""
    words = words[:_MOST_WORDS]
    while words and (
        _ASSIGNMENT.match(words[0]) or words[0] in ("then", "do", "else", "if", "!", "&", "wait", "--")
    ):
        words = words[1:]
    if not words or launchers > _MOST_LAUNCHERS:
        return
    name = words[0].rpartition("/")[2]
    rest = words[1:]
    text = " ".join(words)[:120]
    if name in _SHELLS or _PYTHON.match(name):
        yield from (_shell if name in _SHELLS else _python)(rest, text)
    elif name in _LAUNCHERS and not (name in _RUN_ONLY and "run" not in rest[:1] and name != "conda"):
        yield from word_targets(_launched(name, rest), launchers + 1)
    elif name in _APP_SERVERS:
        yield from _application(rest, text)
    elif name in _APP_OPTION:
        yield from _by_option(name, rest, text)
    elif name in _PACKAGE_MANAGERS and (script := _package_script(name, rest)):
        yield CommandTarget(TargetKind.NODE_SCRIPT, script, text)
    elif name in _FILE_RUNNERS:
        yield from _file(rest, _FILE_RUNNERS[name], text)
    elif "/" in words[0] or re.search(r"\.(?:sh|py|js|mjs|cjs|ts)$", words[0]):
        yield CommandTarget(TargetKind.FILE, words[0], text)
    else:
        yield CommandTarget(TargetKind.COMMAND, name, text)


def _shell(rest: list[str], text: str) -> Iterator[CommandTarget]:
    for index, word in enumerate(rest):
        if re.match(r"^-\w*c$", word) and index + 1 < len(rest):
            yield from command_targets(rest[index + 1])
            return
        if not word.startswith("-"):
            yield CommandTarget(TargetKind.FILE, word, text)
            return


def _python(rest: list[str], text: str) -> Iterator[CommandTarget]:
    while rest and rest[0].startswith("-") and rest[0] not in ("-m", "-c"):
        rest = rest[2:] if rest[0] in ("-W", "-X") else rest[1:]
    if not rest or rest[0] == "-c":
        return
    if rest[0] != "-m":
        yield CommandTarget(TargetKind.FILE, rest[0], text)
    elif len(rest) > 1:
        if rest[1] in _APP_SERVERS or rest[1] in _APP_OPTION or rest[1] in _FILE_RUNNERS:
            yield from word_targets(rest[1:])
        else:
            yield CommandTarget(TargetKind.PYTHON_MAIN, rest[1], text)


def _launched(name: str, rest: list[str]) -> list[str]:
    """The command behind a launcher's own words and options."""
    skip = _LAUNCHERS[name]
    while rest and (skip or rest[0].startswith("-") or _ASSIGNMENT.match(rest[0])):
        if rest[0] == "--":
            return rest[1:]
        if rest[0].startswith("-"):
            rest = rest[2:] if rest[0] in _WITH_VALUE else rest[1:]
        else:
            skip -= not _ASSIGNMENT.match(rest[0])
            rest = rest[1:]
    return rest


def _application(rest: list[str], text: str) -> Iterator[CommandTarget]:
    """Every word that may be the application; options' values that are modules of someone else resolve to nothing."""
    named = [word.partition("(")[0] for word in rest]
    for word in named:
        if _MODULE.match(word) and ("." in word or ":" in word or word in (named[0], named[-1])):
            yield CommandTarget(TargetKind.PYTHON_MODULE, word.partition(":")[0], text)


def _by_option(name: str, rest: list[str], text: str) -> Iterator[CommandTarget]:
    for index, word in enumerate(rest):
        option, _, value = word.partition("=")
        if option in _APP_OPTION[name]:
            value = value or (rest[index + 1] if index + 1 < len(rest) else "")
            kind = TargetKind.FILE if value.endswith(".py") else TargetKind.PYTHON_MODULE
            yield CommandTarget(kind, value if kind is TargetKind.FILE else value.partition(":")[0], text)
            return
    yield CommandTarget(TargetKind.COMMAND, name, text)


def _package_script(manager: str, rest: list[str]) -> str | None:
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] in _OF_WORKSPACE else rest[1:]
    words = [word for word in rest if not word.startswith("-")]
    if words[:1] in (["run"], ["run-script"]):
        return words[1] if len(words) > 1 else None
    if words[:1] in (["start"], ["test"]):
        return words[0]
    known = {
        "install",
        "ci",
        "add",
        "exec",
        "dlx",
        "create",
        "init",
        "publish",
        "build",
        "config",
        "cache",
        "prune",
        "global",
        "x",
    }
    return words[0] if words and manager in ("yarn", "pnpm") and words[0] not in known else None


def _file(rest: list[str], skip: int, text: str) -> Iterator[CommandTarget]:
    words = [word for word in rest if not word.startswith("-")]
    if text.startswith("fastapi"):  # without a path it looks in these places
        words += ["main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py"]
        yield from (CommandTarget(TargetKind.FILE, word, text) for word in words[1:] if word.endswith(".py"))
        return
    for word in words[skip:] or words[-1:]:
        if re.search(r"\.\w+$", word) or "/" in word:
            yield CommandTarget(TargetKind.FILE, word, text)
            return
