"""Direct requirements of Go modules, Python projects and Node packages that no file of the tree imports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.go_modules import GoModules
from checks.derived.python_dependencies import PythonDependencies
from checks.derived.python_distributions import BRINGS, offers
from checks.derived.wiring.unused_packages import UnusedPackages
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.python_dependencies import Declared
    from checks.facts.source import Source
    from checks.snapshot import Snapshot

# Distributions that do nothing for who does not import them: no server, driver, plugin, command or parser.
_ONLY_IMPORTED = frozenset({
    "requests", "tenacity", "backoff", "structlog", "loguru", "slowapi", "stripe", "twilio", "paramiko", "jsonschema", "pyjwt", "python-jose",
    "apscheduler", "prometheus-client", "beautifulsoup4", "feedparser", "pendulum", "arrow", "networkx", "tiktoken", "sympy", "xmltodict",
    "tomlkit", "humanize", "cachetools", "kubernetes", "docker", "pygithub", "gitpython", "ratelimit", "typer", "tqdm", "diskcache", "croniter",
    "python-slugify", "minio", "hvac", "neo4j", "elasticsearch", "pika", "aiokafka", "kafka-python", "confluent-kafka", "nats-py", "selenium",
    "pypdf", "reportlab", "python-docx", "python-pptx", "simplejson", "xgboost", "lightgbm", "gensim", "nltk", "langchain", "langgraph",
    "crewai", "chromadb", "qdrant-client", "sentence-transformers", "psutil", "marshmallow", "zeep", "fastapi", "flask", "anthropic",
})  # fmt: skip
# What nobody asks for by name: a list that has several of them was frozen from an environment.
_FROZEN = frozenset({
    "certifi", "idna", "sniffio", "h11", "charset-normalizer", "markupsafe", "six", "annotated-types", "pydantic-core", "urllib3",
})  # fmt: skip
# Needed by code that a generator writes, which may be in no tree.
_GENERATED = re.compile(r"protobuf|grpc|gqlgen|wire$|ent$|mock|genproto|swag")
_NOT_CODE = frozenset({Role.VENDORED, Role.ARCHIVE})


@dataclass(frozen=True, slots=True)
class UnusedRequirement:
    """A requirement with the place that declares it, and the language whose files were looked through."""

    name: str
    manifest: str
    line: int
    language: str


@dataclass(frozen=True)
class UnusedRequirements:
    """The requirements that were looked for, and those that nothing imports."""

    looked_for: int
    unused: tuple[UnusedRequirement, ...]

    def __len__(self) -> int:
        return self.looked_for

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        judged = [*_go(snapshot), *_python(snapshot), *_node(snapshot)]
        return cls(len(judged), tuple(item for item, used in judged if not used))


Judged = tuple[UnusedRequirement, bool]  # and whether anything imports it


def _go(snapshot: Snapshot) -> Iterator[Judged]:
    modules = snapshot.derived(GoModules)
    if _has_other(snapshot, ".go", GoSource):
        return
    imported: dict[str, set[str]] = {}
    for path, source in snapshot.files(GoSource):
        module = modules.module_of(path)
        if module is not None and snapshot.role(path) not in _NOT_CODE:
            prefixes = imported.setdefault(module[0], set())
            for statement in source.imports:
                prefixes.update(_prefixes(statement.module))
    for folder, names in imported.items():
        facts = modules.modules[folder]
        manifest = f"{folder}/go.mod".lstrip("/")
        if snapshot.role(manifest) is not Role.SHIPPED or snapshot.exists(f"{folder}/vendor".lstrip("/")):
            continue
        replaced = {replacement.path for replacement in facts.replacements}
        for needed in facts.requirements:
            by_hand = not (needed.indirect or needed.path in replaced or _GENERATED.search(needed.path))
            if by_hand:
                tool = any(tool.startswith(needed.path) for tool in facts.tools)
                item = UnusedRequirement(needed.path, manifest, needed.line, "Go")
                yield item, tool or needed.path in names


def _has_other(snapshot: Snapshot, suffix: str, language: type[Source]) -> bool:
    """Whether there are files that could not be read, or that a build step makes."""
    read = {path for path, _ in snapshot.files(language)}
    return any(path.endswith(suffix) and path not in read for path in snapshot.paths)


def _prefixes(module: str) -> Iterator[str]:
    parts = module.split("/")
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[:count])


def _python(snapshot: Snapshot) -> Iterator[Judged]:
    dependencies = snapshot.derived(PythonDependencies)
    names = {
        (module.partition(".")[0], module)
        for _, source in snapshot.files(PythonSource)
        for statement in source.imports
        if not statement.level
        for module in (statement.module, *(f"{statement.module}.{name}" for name in statement.names))
    }
    if (
        not names
        or _has_other(snapshot, ".py", PythonSource)
        or any(p.endswith(".ipynb") for p in snapshot.paths)
    ):
        return
    used: dict[str, bool] = {}
    for folder, declared in dependencies.declared.items():
        brought = {name for d in declared for name in BRINGS.get(d.requirement.name, ())}
        frozen = _frozen(declared)
        for one in declared:
            name = one.requirement.name
            own = one.manifest.rpartition("/")[0] == folder and snapshot.role(one.manifest) is Role.SHIPPED
            plain = not (one.development or one.requirement.group or one.manifest in frozen)
            helped = any(d.requirement.name.startswith(f"{name}-") for d in declared)
            if (
                own
                and plain
                and not helped
                and name in _ONLY_IMPORTED
                and name.replace("-", "_") not in brought
            ):
                if name not in used:
                    used[name] = any(offers(name, top, module) for top, module in names)
                yield UnusedRequirement(name, one.manifest, one.requirement.line, "Python"), used[name]


def _node(snapshot: Snapshot) -> Iterator[Judged]:
    packages = snapshot.derived(UnusedPackages)
    for one in packages.looked_for:
        item = UnusedRequirement(one.name, one.manifest, one.line, "JavaScript or TypeScript")
        yield item, one.name in packages.named


def _frozen(declared: tuple[Declared, ...]) -> frozenset[str]:
    """Manifests that list what others need too."""
    listed: dict[str, set[str]] = {}
    for one in declared:
        listed.setdefault(one.manifest, set()).add(one.requirement.name)
    return frozenset(manifest for manifest, names in listed.items() if len(names & _FROZEN) > 1)
