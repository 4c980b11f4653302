"""Compose files: services with their builds, commands, ports, mounts, health checks and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.dockerfile import Image, substituted
from checks.facts.kinds import facts
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.yaml_document import YamlNode, yaml_mapping


@dataclass(frozen=True, slots=True)
class Build:
    """`build:` of a service. `context` is relative to the compose file; `dockerfile` to the context."""

    context: str
    line: int
    dockerfile: str | None = None
    dockerfile_line: int = 0
    target: str | None = None
    args: tuple[tuple[str, str | None], ...] = ()
    args_line: int = 0
    is_inline: bool = False  # dockerfile_inline

    @property
    def is_remote(self) -> bool:
        """Whether the context is a repository or an archive elsewhere."""
        return bool(re.match(r"^(?:https?|git|ssh)://|^git@", self.context))


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume of a service: `source` is a path (bind), a volume's name, or "" for an anonymous one."""

    source: str
    target: str
    line: int
    is_bind: bool
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Port:
    """A port: `host` is "" where none is published on purpose, `address` the interface it is bound to."""

    container: str
    line: int
    host: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class EnvFile:
    """A file of variables. One that is not required may be absent."""

    path: str
    line: int
    required: bool = True


@dataclass(frozen=True, slots=True)
class ComposeVariable:
    """A variable of a service; `value` is None where it is passed through from the shell."""

    name: str
    value: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Service:
    """A service. `command` and `entrypoint` are words in list form or one script in string form."""

    name: str
    line: int
    image: str | None = None
    image_line: int = 0
    build: Build | None = None
    command: tuple[str, ...] | None = None
    command_line: int = 0
    entrypoint: tuple[str, ...] | None = None
    entrypoint_line: int = 0
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    variables: tuple[ComposeVariable, ...] = ()
    env_files: tuple[EnvFile, ...] = ()
    depends_on: tuple[tuple[str, str], ...] = ()  # service, condition
    healthcheck: tuple[str, ...] | None = None
    healthcheck_line: int = 0
    healthcheck_disabled: bool = False
    restart: str | None = None
    user: str | None = None
    read_only: bool = False
    privileged: bool = False
    dropped_capabilities: tuple[str, ...] = ()
    added_capabilities: tuple[str, ...] = ()
    security_options: tuple[str, ...] = ()
    has_limits: bool = False
    replicas: int | None = None
    profiles: tuple[str, ...] = ()
    extends: str | None = None
    network_mode: str | None = None
    keys: tuple[str, ...] = ()

    @property
    def resolved_image(self) -> Image | None:
        """The image with the defaults of its variables put in."""
        return Image(self.image, *substituted(self.image, {})) if self.image else None

    @property
    def commands(self) -> tuple[ShellCommand, ...]:
        """What it starts: entrypoint and command as Docker joins them."""
        found: list[ShellCommand] = []
        for words, line in ((self.entrypoint, self.entrypoint_line), (self.command, self.command_line)):
            if words is not None and len(words) == 1:
                found += shell_commands(words[0], line=line, errexit=False)
            elif words:
                found.append(ShellCommand(words, line, " ".join(words)[:200]))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ComposeFileReference:
    """A file named at the top: include, or `file` of a config or secret."""

    path: str
    line: int
    field: str


@facts(
    "docker-compose*.yml",
    "docker-compose*.yaml",
    "compose.yml",
    "compose.yaml",
    "compose.*.yml",
    "compose.*.yaml",
    "compose-*.yml",
    "compose-*.yaml",
    "*.compose.yml",
    "*.compose.yaml",
    "*-compose.yml",
    "*-compose.yaml",
    version=1,
)
@dataclass(frozen=True, slots=True)
class Compose:
    """The services of a compose file."""

    services: tuple[Service, ...] = ()
    volumes: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    references: tuple[ComposeFileReference, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        return cls(
            services=tuple(_service(entry.key, entry.line, entry.value) for entry in root.table("services")),
            volumes=tuple(entry.key for entry in root.table("volumes")),
            networks=tuple(entry.key for entry in root.table("networks")),
            references=tuple(_references(root)),
        )

    def service(self, name: str) -> Service | None:
        """The service of this name."""
        return next((service for service in self.services if service.name == name), None)


def _service(name: str, line: int, node: YamlNode) -> Service:
    test = node.get("healthcheck", "test")
    deploy = node.get("deploy") or YamlNode(0)
    return Service(
        name=name,
        line=line,
        image=node.string("image"),
        image_line=node.line_of("image"),
        build=_build(node),
        command=_words(node, "command"),
        command_line=node.line_of("command"),
        entrypoint=_words(node, "entrypoint"),
        entrypoint_line=node.line_of("entrypoint"),
        ports=tuple(_ports(node)),
        mounts=tuple(_mounts(node)),
        variables=tuple(_variables(node)),
        env_files=tuple(_env_files(node)),
        depends_on=tuple(_depends_on(node)),
        healthcheck=node.strings("healthcheck", "test") if test else None,
        healthcheck_line=node.line_of("healthcheck"),
        healthcheck_disabled=node.flag("healthcheck", "disable") is True
        or node.strings("healthcheck", "test") == ("NONE",),
        restart=node.string("restart") or deploy.string("restart_policy", "condition"),
        user=node.string("user"),
        read_only=node.flag("read_only") is True,
        privileged=node.flag("privileged") is True,
        dropped_capabilities=node.strings("cap_drop"),
        added_capabilities=node.strings("cap_add"),
        security_options=node.strings("security_opt"),
        has_limits=deploy.has("resources", "limits") or any(node.has(key) for key in ("mem_limit", "cpus")),
        replicas=deploy.number("replicas"),
        profiles=node.strings("profiles"),
        extends=node.string("extends") or node.string("extends", "service"),
        network_mode=node.string("network_mode"),
        keys=node.keys,
    )


def _build(node: YamlNode) -> Build | None:
    if not node.has("build"):
        return None
    line = node.line_of("build")
    if text := node.string("build"):
        return Build(text, line)
    build = node.get("build") or node
    return Build(
        context=build.string("context") or ".",
        line=build.line_of("context") if build.has("context") else line,
        dockerfile=build.string("dockerfile"),
        dockerfile_line=build.line_of("dockerfile"),
        target=build.string("target"),
        args=tuple(_pairs(build, "args")),
        args_line=build.line_of("args"),
        is_inline=build.has("dockerfile_inline"),
    )


def _words(node: YamlNode, key: str) -> tuple[str, ...] | None:
    return node.strings(key) if node.has(key) else None


def _pairs(node: YamlNode, key: str) -> Iterator[tuple[str, str | None]]:
    for entry in node.table(key):
        yield entry.key, None if entry.value.is_null else entry.value.text
    for item in node.list(key):
        name, equals, value = (item.text or "").partition("=")
        yield name, value if equals else None


def _variables(node: YamlNode) -> Iterator[ComposeVariable]:
    for entry in node.table("environment"):
        yield ComposeVariable(entry.key, None if entry.value.is_null else entry.value.text, entry.line)
    for item in node.list("environment"):
        name, equals, value = (item.text or "").partition("=")
        yield ComposeVariable(name, value if equals else None, item.line)


def _ports(node: YamlNode) -> Iterator[Port]:
    for item in node.list("ports"):
        if item.text is not None:
            host, _, container = substituted(item.text, {})[0].rpartition(":")
            address, _, published = host.rpartition(":")
            yield Port(container.partition("/")[0], item.line, published, address)
        elif target := item.string("target"):
            yield Port(target, item.line, item.string("published") or "", item.string("host_ip") or "")


def _mounts(node: YamlNode) -> Iterator[Mount]:
    for item in node.list("volumes"):
        if item.text is not None:
            parts = substituted(item.text, {})[0].split(":")
            source, target = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
            read_only = len(parts) > 2 and "ro" in parts[2].split(",")
            yield Mount(source, target, item.line, source.startswith((".", "/", "~", "$")), read_only)
        else:
            source = item.string("source") or ""
            is_bind = item.string("type") == "bind"
            yield Mount(
                source, item.string("target") or "", item.line, is_bind, item.flag("read_only") is True
            )


def _env_files(node: YamlNode) -> Iterator[EnvFile]:
    entry = node.entry("env_file")
    for item in (entry.value, *(entry.value.items or ())) if entry else ():
        if item.text:
            yield EnvFile(item.text, item.line)
        elif path := item.string("path"):
            yield EnvFile(path, item.line, item.flag("required") is not False)


def _depends_on(node: YamlNode) -> Iterator[tuple[str, str]]:
    for item in node.list("depends_on"):
        yield item.text or "", "service_started"
    for entry in node.table("depends_on"):
        yield entry.key, entry.value.string("condition") or "service_started"


def _references(root: YamlNode) -> Iterator[ComposeFileReference]:
    for item in root.list("include"):
        for path in (item.text,) if item.text else item.strings("path"):
            if path:
                yield ComposeFileReference(path, item.line, "include")
    for field in ("configs", "secrets"):
        for entry in root.table(field):
            if file := entry.value.string("file"):
                yield ComposeFileReference(file, entry.value.line_of("file"), field)
