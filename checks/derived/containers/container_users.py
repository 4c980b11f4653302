"""As which user each shipped image's program runs, as far as the Dockerfile and what is known of its base tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.derived.deployments import Deployments
from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import join
from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile, Stage, run_commands
from checks.facts.shell_commands import ShellCommand
from checks.facts.shell_script import ShellScript
from checks.snapshot import Snapshot

# Bases whose image sets another user, or whose entry point gives root up.
_NOT_ROOT = re.compile(
    r"nonroot|rootless|unprivileged|^cgr\.dev/|^(?:docker\.io/)?bitnami(?:legacy|secure)?/|chainguard|^(?:docker\.io/)?(?:library/)?"
    r"(?:postgres|mysql|mariadb|redis|valkey|mongo|rabbitmq|memcached|elasticsearch|kibana|logstash|jenkins|grafana|sonarqube|neo4j|solr|couchdb|influxdb|consul|vault|haproxy)$"
    r"|^grafana/|^prom/|^jenkins/|^postgis/|^pgvector/|^timescale/|^opensearchproject/|elastic\.co/|^apache/(?:airflow|superset|kafka|spark)|^jupyter/|^quay\.io/jupyter/|^kong$|^hashicorp/(?:vault|consul)"
)
# Bases known to run as root unless told otherwise: the official language, distribution and server images and their kin.
_ROOT = re.compile(
    r"^(?:docker\.io/|public\.ecr\.aws/docker/|mirror\.gcr\.io/|registry\.hub\.docker\.com/)?(?:library/)?[a-z0-9_.-]+$|^(?:docker\.io/)?(?:nvidia/cuda|ollama/ollama|oven/bun|denoland/deno|nvcr\.io/nvidia/\w+"
    r"|continuumio/miniconda3|mambaorg/micromamba|rust-lang/rust|eclipse-temurin|amazoncorretto|ruby/ruby|dart|swift|tiangolo/[\w-]+|astral/uv|pytorch/pytorch|tensorflow/tensorflow|cypress/[\w-]+)$"
    r"|^gcr\.io/distroless/|^ghcr\.io/astral-sh/uv|^mcr\.microsoft\.com/|^public\.ecr\.aws/lambda/|^registry\.access\.redhat\.com/ubi\d+/ubi|^quay\.io/centos/|^cimg/"
)
_OWN_USER = re.compile(
    r"^(?:docker\.io/)?mambaorg/micromamba$|^cimg/|^registry\.access\.redhat\.com/ubi\d+/(?!ubi)"
)
_DROPS = (
    "gosu",
    "su-exec",
    "setpriv",
    "runuser",
    "s6-setuidgid",
    "chpst",
    "su",
    "setuidgid",
    "fixuid",
    "chroot",
)
_ROOT_NAMES = frozenset({"root", "0"})
# Other Dockerfiles build on it: as whom the program runs is said there.
_IS_BASE = re.compile(
    r"(?:^|[/._-])base[._-]?dockerfile$|dockerfile[._-]base$|(?:^|/)base/dockerfile$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ContainerUser:
    """The verdict for one Dockerfile; `is_root` is None where it can't be told."""

    path: str
    stage: str
    line: int
    is_root: bool | None
    reason: str
    serves: bool = False  # it exposes a port, or something of the tree deploys it


@dataclass(frozen=True)
class ContainerUsers:
    """One for each shipped Dockerfile."""

    all: tuple[ContainerUser, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        deployed = snapshot.derived(Deployments).by_dockerfile
        found = []
        for path, dockerfile in snapshot.shipped(Dockerfile):
            user = None if is_for_development(path) else _user(snapshot, path, dockerfile)
            starts = any(dockerfile.effective(keyword) for keyword in ("CMD", "ENTRYPOINT"))
            if user and (starts or path in deployed):
                by = deployed.get(path, ("", None))[0]
                serves = (
                    bool(by and not by.startswith(".github/")) or dockerfile.effective("EXPOSE") is not None
                )
                if serves or not _IS_BASE.search(path):
                    found.append(replace(user, serves=serves))
        return cls(tuple(found))


def _user(snapshot: Snapshot, path: str, dockerfile: Dockerfile) -> ContainerUser | None:
    final = dockerfile.final
    if final is None or _makes_files_only(final):
        return None
    instruction = dockerfile.effective("USER", final)
    bottom = dockerfile.lineage(final)[-1]
    name = instruction.text.partition(":")[0].strip().strip("\"'") if instruction else ""
    if instruction and name and name.lower() not in _ROOT_NAMES:
        return ContainerUser(
            path, final.label, instruction.line, is_root=False, reason=f"USER {instruction.text}"
        )
    if _drops_rights(snapshot, dockerfile, final) or path in set(_with_user(snapshot)):
        return ContainerUser(
            path, final.label, final.line, is_root=False, reason="rights are given up at the start"
        )
    if _is_supervised(dockerfile, final):
        reason = "s6 starts its services, each as the user that its own script names"
        return ContainerUser(path, final.label, final.line, is_root=None, reason=reason)
    if instruction:
        return ContainerUser(
            path, final.label, instruction.line, is_root=True, reason=f"the last USER is {name or 'empty'}"
        )
    return _by_base(path, final, bottom)


def _by_base(path: str, final: Stage, bottom: Stage) -> ContainerUser:
    """No USER anywhere: what the base says holds."""
    base = bottom.base
    tag = base.tag or ""
    if _NOT_ROOT.search(base.name) or "nonroot" in tag or "rootless" in tag or _OWN_USER.search(base.name):
        return ContainerUser(
            path, final.label, final.line, is_root=False, reason=f"{base.name} brings a user"
        )
    if not base.is_known or "$" in base.resolved:
        return ContainerUser(
            path,
            final.label,
            final.line,
            is_root=None,
            reason=f"its base `{base.written}` is set from outside",
        )
    if base.name == "scratch" or _ROOT.search(base.name):
        return ContainerUser(
            path, final.label, final.line, is_root=True, reason=f"no USER, and `{base.name}` runs as root"
        )
    return ContainerUser(
        path,
        final.label,
        final.line,
        is_root=None,
        reason=f"no USER, and the user of `{base.name}` isn't known",
    )


def _makes_files_only(stage: Stage) -> bool:
    """A last stage FROM scratch without anything to start hands out files, as `docker build --output` does."""
    return stage.base.name == "scratch" and not stage.all("CMD", "ENTRYPOINT")


def _is_supervised(dockerfile: Dockerfile, final: Stage) -> bool:
    """Whether the image starts s6-overlay, which has to be root to start services as others."""
    starts = (dockerfile.effective(keyword, final) for keyword in ("ENTRYPOINT", "CMD"))
    return any(re.fullmatch(r'\[?\s*"?/init"?\s*\]?', found.text.strip()) for found in starts if found)


def _drops_rights(snapshot: Snapshot, dockerfile: Dockerfile, final: Stage) -> bool:
    for keyword in ("ENTRYPOINT", "CMD"):
        instruction = dockerfile.effective(keyword, final)
        for command in run_commands(instruction) if instruction else ():
            if command.runs(*_DROPS) or any(c.runs(*_DROPS) for c in _script(snapshot, command, final)):
                return True
    return False


def _script(snapshot: Snapshot, command: ShellCommand, final: Stage) -> Iterator[ShellCommand]:
    """The commands of an entry point's script, found by its name or the one that COPY took it from."""
    names = {word.rpartition("/")[2] for word in command.words if word.endswith((".sh", "entrypoint"))}
    names |= {
        source.rpartition("/")[2]
        for copy in final.copies
        if copy.destination.rpartition("/")[2] in names
        for source in copy.sources
    }
    for script_path, script in snapshot.files(ShellScript):
        if script_path.rpartition("/")[2] in names:
            yield from script.commands


def _with_user(snapshot: Snapshot) -> Iterator[str]:
    """Dockerfiles whose image a compose file starts as another user."""
    for path, compose in snapshot.shipped(Compose):
        for service in compose.services:
            user = (service.user or "").partition(":")[0]
            if service.build and user and user not in _ROOT_NAMES:
                folder = join(path.rpartition("/")[0], service.build.context)
                built = join(folder, service.build.dockerfile or "Dockerfile") if folder is not None else None
                if built:
                    yield built
