"""Ways of deployment that the repository promises: a document tells people to type its commands or calls it done, or the policy names the check.

That a repository has no chart or no unit says nothing; that its own guide ends in `helm install ./chart` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from checks.derived.claim_context import Context, context_of
from checks.derived.documented_commands import DocumentedCommand, DocumentedCommands
from checks.derived.documents import Document, Documents
from checks.derived.own_names import OwnNames
from checks.facts.kubernetes import KubernetesManifest
from checks.model import Evidence, Finding, Gap, Met
from checks.snapshot import Snapshot

_FETCHED = re.compile(r"\b(?:curl|wget)\b[^\n]*(?:compose|\.ya?ml|\.tf|\.service|chart|\.json)")
_SHOWN = 5  # places that a gap names


@dataclass(frozen=True)
class Promised:
    """Where the way is promised, and where it is in the tree. `check` is the check that answers for it."""

    promises: tuple[Evidence, ...]
    there: str | None

    check: ClassVar[str]
    name: ClassVar[str]
    files: ClassVar[re.Pattern[str]]
    commands: ClassVar[re.Pattern[str]]  # as a document tells people to type them
    words: ClassVar[re.Pattern[str] | None]  # what a document calls done
    text: ClassVar[re.Pattern[str]]  # the file itself, shown in a document for people to write

    def __len__(self) -> int:
        return len(self.promises)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        promises = (*cls._asked(snapshot), *cls._typed(snapshot), *cls._done(snapshot))
        return cls(promises, cls._there(snapshot) if promises else None)

    @classmethod
    def _asked(cls, snapshot: Snapshot) -> Iterator[Evidence]:
        if cls.check in snapshot.policy.checks:
            yield Evidence(f"the policy asks for it: it names `{cls.check}`")

    @classmethod
    def _typed(cls, snapshot: Snapshot) -> Iterator[Evidence]:
        silent: dict[str, bool] = {}
        for command in snapshot.derived(DocumentedCommands).all:
            if not cls._speaks_of(command, snapshot):
                continue
            path = command.document.path
            if path not in silent:
                silent[path] = cls._brings(command.document)
            if not silent[path]:
                yield Evidence(f"says to type `{command.text[:60]}`", path, command.line)

    @classmethod
    def _speaks_of(cls, command: DocumentedCommand, _: Snapshot) -> bool:
        return cls.commands.search(command.text) is not None

    @classmethod
    def _brings(cls, document: Document) -> bool:
        """Whether the reader is shown the file, or told to fetch it: then it needn't be in the tree."""
        fences = document.markdown.fences
        return any(cls.text.search(fence.text) or _FETCHED.search(fence.text) for fence in fences)

    @classmethod
    def _done(cls, snapshot: Snapshot) -> Iterator[Evidence]:
        for document in snapshot.derived(Documents).counted() if cls.words else ():
            for passage in document.markdown.passages:
                found = cls.words.search(passage.text) if cls.words else None
                if found and context_of(passage, found[0]) is Context.DONE:
                    yield Evidence(f"calls {found[0]} done", document.path, passage.line)

    @classmethod
    def _there(cls, snapshot: Snapshot) -> str | None:
        return next((path for path in sorted(snapshot.paths) if cls.files.search(path)), None)

    def unmet(self) -> Iterator[Finding]:
        """The one gap of a way that is promised and isn't there."""
        first = self.promises[0]
        if self.there is not None:
            yield Met(self.name, (Evidence(f"is a {self.name}", self.there),), first.path)
            return
        who = f"`{first.path}` {first.note}" if first.path else first.note[0].upper() + first.note[1:]
        looked = Evidence(f"looked for {self.name} in the whole tree")
        yield Gap(
            self.name,
            f"{who}, and the tree holds no {self.name}.",
            first.path,
            first.line,
            (*self.promises[:_SHOWN], looked),
        )


class PromisedCompose(Promised):
    """A file that the command names (`-f`) is for documented-command-broken."""

    check, name = "no-compose-file", "compose file"
    files = re.compile(r"(?:^|/|[\w-])compose[^/]*\.ya?ml(?:\.\w+)?$|(?:^|/)devcontainer\.json$")
    commands = re.compile(
        r"(?:^|sudo )(?:docker[ -]compose|podman[ -]compose)\b(?!.*\s(?:-f|--file)\b).*\b(?:up|run|start|build)\b"
    )
    words = re.compile(r"\bdocker[- ]compose (?:files?|stacks?|set-?up|configurations?)\b", re.IGNORECASE)
    text = re.compile(r"^services:", re.MULTILINE)


class PromisedKubernetes(Promised):
    check, name = "no-kubernetes-manifests", "Kubernetes manifest"
    files = re.compile(r"(?:^|/)(?:Chart\.yaml|[Kk]ustomization(?:\.ya?ml)?)$|\.(?:jsonnet|libsonnet|cue)$")
    commands = re.compile(
        r"(?:^|sudo )kubectl (?:apply|create) (?:.* )?(?:-[fk]|--filename|--kustomize)[ =](?!\S*://|-)"
    )
    words = re.compile(r"\b(?:kubernetes|k8s) manifests?\b", re.IGNORECASE)
    text = re.compile(r"^apiVersion:", re.MULTILINE)

    @classmethod
    def _there(cls, snapshot: Snapshot) -> str | None:
        written = (path for path, manifest in snapshot.files(KubernetesManifest) if manifest.objects)
        return super()._there(snapshot) or next(written, None)


class PromisedHelm(Promised):
    check, name = "no-helm-chart", "Helm chart"
    files = re.compile(r"(?:^|/)Chart\.ya?ml$")
    commands = re.compile(
        r"(?:^|sudo )helm (?:install|upgrade|template|lint|package|dependency \w+) (?:.* )?(?:\.{0,2}/|charts?/|helm/|deploy\w*/)(?!/)"
    )
    words = re.compile(r"\bhelm charts?\b", re.IGNORECASE)
    text = re.compile(r"^appVersion:", re.MULTILINE)


class PromisedInfrastructure(Promised):
    check, name = "no-infrastructure-as-code", "infrastructure code"
    files = re.compile(
        r"\.(?:tf|tf\.json|tofu|bicep|hcl)$|(?:^|/)(?:Pulumi[\w.-]*\.ya?ml|cdk\.json|serverless\.ya?ml|samconfig\.toml)$"
        r"|(?:^|/)(?:ansible|terraform|pulumi|cloudformation)/|cloudformation[^/]*\.(?:ya?ml|json)$"
    )
    commands = re.compile(
        r"(?:^|sudo )(?:terraform|tofu|pulumi|cdk|sam) (?:-chdir=\S+ )?(?:apply|plan|up|deploy)\b"
    )
    words = re.compile(r"\b(?:terraform|pulumi|cloudformation) (?:modules?|stacks?|code)\b", re.IGNORECASE)
    text = re.compile(r'^(?:resource|module|provider) "', re.MULTILINE)


class PromisedUnit(Promised):
    check, name = "no-systemd-unit", "systemd unit"
    files = re.compile(r"\.(?:service|container)(?:\.(?:in|j2|tmpl|tpl|template|example))?$|(?:^|/)systemd/")
    commands = re.compile(r"(?:^|sudo )systemctl (?:--\S+ )*(?:enable|start|restart|reload)\b")
    words = re.compile(r"\bsystemd (?:units?|services?)(?: files?)?\b", re.IGNORECASE)
    text = re.compile(r"^\[Service\]", re.MULTILINE)

    @classmethod
    def _speaks_of(cls, command: DocumentedCommand, snapshot: Snapshot) -> bool:
        """Only units of the repository's own programs: `systemctl start docker` promises nothing."""
        if not super()._speaks_of(command, snapshot):
            return False
        own = snapshot.derived(OwnNames).names
        return any(word.removesuffix(".service") in own for word in command.words)


class PromisedSeccomp(Promised):
    check, name = "no-seccomp-profile", "seccomp profile"
    files = re.compile(r"seccomp[^/]*(?:/[^/]+)?\.(?:json|ya?ml)$", re.IGNORECASE)
    commands = re.compile(r"--security-opt[ =]seccomp[=:](?!unconfined|builtin)(?!/)\S")
    words = None
    text = re.compile(r'"defaultAction"')


class PromisedAccessControl(Promised):
    check, name = "no-mandatory-access-control-profile", "AppArmor or SELinux profile"
    files = re.compile(r"apparmor|selinux|\.(?:te|cil|fc)$", re.IGNORECASE)
    commands = re.compile(
        r"\b(?:apparmor_parser|aa-enforce|semodule) |--security-opt[ =]apparmor[=:](?!unconfined|docker-default)\S"
    )
    words = None
    text = re.compile(r"^\s*(?:profile [\w/.-]+ .*\{|policy_module\()", re.MULTILINE)
