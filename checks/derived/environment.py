"""Environment variables that the tree sets for its own programs, and which of them anything reads."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.images import Images
from checks.derived.own_names import OwnNames
from checks.derived.references import is_test_code
from checks.derived.rust_modules import is_loose
from checks.derived.tree_paths import is_hidden, join
from checks.derived.variables_meant import Read, VariablesRead
from checks.derived.workloads import Manifests
from checks.facts.cargo import CargoManifest
from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile
from checks.facts.environment_names import EnvironmentFile, EnvironmentUses, ShellExports
from checks.facts.package_json import PackageJson
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.snapshot import Snapshot

# Read by an interpreter, a server, an SDK or a platform, without a line of this tree.
WELL_KNOWN = re.compile(
    r"^(?:PATH|HOME|USER|PORT|HOST|HOSTNAME|TZ|LANG|LANGUAGE|TERM|SHELL|EDITOR|DISPLAY|TMPDIR|TEMP|TMP|DEBUG|CI|UID|GID|PUID|PGID|PWD|UMASK|ENV"
    r"|EMAIL|NAME|VERSION|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|WEB_CONCURRENCY|FORWARDED_ALLOW_IPS|DJANGO_SETTINGS_MODULE|NO_COLOR|FORCE_COLOR|TINI_\w+"
    r"|(?:LC|LD|PYTHON|PIP|UV|POETRY|PDM|PIPENV|CONDA|VIRTUAL|NODE|NPM|YARN|PNPM|COREPACK|BUN|DENO|NEXT|NUXT|VITE|REACT|VUE|GATSBY|TURBO|PRISMA"
    r"|GO|CGO|GIN|GRPC_(?:VERBOSITY|TRACE|GO|XDS|DNS|ENABLE)|RUST|RUSTUP|CARGO|CC|CXX|JAVA|JVM|MAVEN|GRADLE|DOTNET|ASPNETCORE|RAILS|RACK|BUNDLE|GEM|PHP|COMPOSER|DEBIAN|DEBCONF|APT"
    r"|DOCKER|COMPOSE|BUILDKIT|BUILDX|KUBERNETES|KUBE|K8S|HELM|OTEL|AWS|GOOGLE|GCLOUD|CLOUDSDK|GCP|AZURE|ARM|GITHUB|GITLAB|GIT|SSH|GPG|SSL|TLS|CURL"
    r"|REQUESTS|SENTRY|DD|DATADOG|NEW_RELIC|ELASTIC|PROMETHEUS|GUNICORN|UVICORN|HYPERCORN|GRANIAN|FLASK|CELERY|AIRFLOW|JUPYTER|STREAMLIT|GRADIO|MLFLOW"
    r"|HF|HUGGINGFACE_HUB|TRANSFORMERS|TORCH|CUDA|NVIDIA|TF|OMP|MKL|OPENBLAS|NUMBA|TOKENIZERS|PLAYWRIGHT|PUPPETEER|CHROME|CHROMIUM|SELENIUM|CYPRESS"
    r"|POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|KAFKA|MINIO|KC|KEYCLOAK|TRAEFIK|NGINX|XDG|LESS|MALLOC|JEMALLOC|LLVM|XCODE|ANDROID|BASH|ZSH"
    r"|S6|SUPERVISOR|WATCHFILES|WATCHPACK|CHOKIDAR|ASDF|MISE|NVM|FLY|RAILWAY|RENDER|HEROKU|VERCEL|NETLIFY|TAILSCALE|CARGO_\w+)(?:_\w*)?"
    r"|PYTHON\w*|GO[A-Z]+|\w*_VERSION|\w*_SHA\d*|\w*_HOME)$"
)
_LANGUAGE_BASE = re.compile(
    r"(?:^|/)(?:python|node|golang|go|rust|alpine|debian|ubuntu|scratch|static|base|cc|distroless|bun|deno|slim|wolfi-base|busybox|uv|nodejs\d*|python3\S*|static-debian\d+|base-debian\d+|cc-debian\d+)(?:[-:@]|$)"
)
_FILLS = re.compile(r"Settings\b|Config\b|\bconfig\b|environ|Conf\b")
_WORD = re.compile(r"[A-Za-z_]\w*")
_WHOLE = re.compile(r"^\$?\{?([A-Z][A-Z0-9_]{2,})\}?$")
_BY_FIELD = re.compile(
    r"\b(?:pydantic_settings|BaseSettings|envconfig|viper|koanf|figment|envy|cleanenv|caarlos0|environ|dynaconf|decouple|prettyconf|goodconf|convict|confy|twelve-factor|serde_env|dotenvy_macro|starlette\.config)\b"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that sets a variable: `what` says for whom."""

    path: str
    line: int
    what: str
    deployed: bool


@dataclass(frozen=True)
class SetVariables:
    """By variable, where it is set for programs of this tree; `unread` are those that nothing reads."""

    places: dict[str, tuple[Setting, ...]]
    unread: tuple[str, ...]
    meant: dict[str, Read]  # of the unread, what the code reads instead and nothing sets

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        reads = variables_read(snapshot)
        read = snapshot.derived(VariablesRead)
        settings = list(_settings(snapshot, _prefixes(snapshot)))
        every = frozenset(name for name, _ in settings)
        places: dict[str, list[Setting]] = defaultdict(list)
        for name, setting in settings:
            # What an SDK may read is none of it, unless the code reads the same thing under another name.
            if not WELL_KNOWN.match(name) or (setting.deployed and read.same(name, every)):
                places[name].append(setting)
        fields = _fields(snapshot)
        first, last = _affixes(snapshot)
        unread = tuple(
            name
            for name in sorted(places)
            if name not in reads
            and not (_is_field(name, fields) or name.startswith(first) or name.endswith(last))
        )
        meant = {name: one for name in unread if (one := read.meant(name, every))}
        return cls({name: tuple(found) for name, found in places.items()}, unread, meant)


def variables_read(snapshot: Snapshot) -> frozenset[str]:
    """What any code, test, script, template or configuration reads by its whole name."""
    names = _read_by(source for _, source in snapshot.files(Source))
    for _, uses in snapshot.files(EnvironmentUses):
        names |= uses.names
    return frozenset(names)


def _read_by(sources: Iterable[Source]) -> set[str]:
    names: set[str] = set()
    for source in sources:
        names |= {read.name for read in source.environment}
        names |= {name for name in source.references if name.isupper()}
        names |= {m.group(1) for text in source.strings if (m := _WHOLE.match(text.value))}
    return names


def _affixes(snapshot: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last parts of names that code puts together itself."""
    values = {
        text.value
        for path, source in snapshot.files(Source)
        if not is_test_code(snapshot, path)
        for text in source.strings
        if len(text.value) > 3 and text.value.isupper() and (text.value[0] == "_" or text.value[-1] == "_")
    }
    first = tuple(sorted(value for value in values if value[-1] == "_"))
    return first, tuple(sorted(value for value in values if value[0] == "_"))


def _prefixes(snapshot: Snapshot) -> frozenset[str]:
    """First words that at least three variables of the programs share: the project's own. What scripts alone
    share may be meant for somebody else's program, which they start.
    """
    counts: dict[str, int] = defaultdict(int)
    for name in _read_by((s for _, s in snapshot.files(Source) if not isinstance(s, ShellSource))):
        if name.isupper() and "_" in name:
            counts[name.partition("_")[0]] += 1
    return frozenset(prefix for prefix, count in counts.items() if count > 2)


def _fields(snapshot: Snapshot) -> tuple[str, ...]:
    """Names of fields, where a library fills fields from variables of their name."""
    sources = [(p, s) for p, s in snapshot.files(Source) if not is_test_code(snapshot, p)]
    python = _filled_in_python(snapshot)
    filled = any(_BY_FIELD.search(i.module) for _, source in sources for i in source.imports)
    if not filled and not _uses_config(snapshot):
        return ()
    names = {
        field.name.replace("_", "").upper()
        for path, source in sources
        for field in source.fields
        if not path.endswith(".py") or field.inside in python
    }
    return tuple(sorted(name for name in names if len(name) > 2))


def _filled_in_python(snapshot: Snapshot) -> frozenset[str]:
    """The classes that are settings, by their bases or a decorator, those below them and those that their fields are of."""
    filled: set[str] = set()
    held: dict[str, set[str]] = defaultdict(set)
    classes: set[str] = set()
    for _, source in snapshot.files(PythonSource):
        classes |= {d.name for d in source.definitions if d.kind is DefinitionKind.CLASS}
        filled |= {d.name for d in source.definitions if any(map(_FILLS.search, (*d.bases, *d.decorators)))}
        for field in source.fields:
            held[field.inside] |= set(_WORD.findall(field.type or ""))
        for definition in source.definitions:
            for base in definition.bases:
                held[base.rpartition(".")[2]].add(definition.name)
    waiting = list(filled)
    while waiting:
        new = (held.get(waiting.pop(), set()) & classes) - filled
        filled |= new
        waiting += new
    return frozenset(filled)


def _uses_config(snapshot: Snapshot) -> bool:
    """Whether a manifest asks for the library called config: in an import, that is mostly a module of one's own."""
    crates = dict(snapshot.files(CargoManifest))
    asking = (path for path, crate in crates.items() if any(d.name == "config" for d in crate.dependencies))
    return any(not is_loose(crates, path.rpartition("/")[0]) for path in asking) or any(
        package.dependency("config") for _, package in snapshot.files(PackageJson)
    )


def _is_field(variable: str, fields: tuple[str, ...]) -> bool:
    return bool(fields) and variable.replace("_", "").endswith(fields)


def _settings(snapshot: Snapshot, prefixes: frozenset[str]) -> Iterator[tuple[str, Setting]]:
    yield from _compose(snapshot)
    yield from _kubernetes(snapshot)
    for path, listed in snapshot.files(EnvironmentFile):
        if snapshot.role(path) is Role.SHIPPED and path.rpartition("/")[2].startswith((".env", "env")):
            for variable in listed.variables:
                yield variable.name, Setting(path, variable.line, "a file of variables", deployed=False)
    for path, script in snapshot.files(ShellExports):
        for variable in script.variables:
            if variable.name.partition("_")[0] in prefixes and not is_hidden(path):
                yield variable.name, Setting(path, variable.line, "an export of a script", deployed=True)


def _compose(snapshot: Snapshot) -> Iterator[tuple[str, Setting]]:
    for path, compose in snapshot.shipped(Compose):
        for service in compose.services:
            context = join(path.rpartition("/")[0], service.build.context) if service.build else None
            if service.build is None or context is None:
                continue
            built = snapshot.get(join(context, service.build.dockerfile or "Dockerfile") or "", Dockerfile)
            if built is not None and is_own_program(built):
                for variable in service.variables:
                    what = f"the service {service.name}"
                    yield variable.name, Setting(path, variable.line, what, deployed=True)


def _kubernetes(snapshot: Snapshot) -> Iterator[tuple[str, Setting]]:
    """Containers of images that are called as a Dockerfile or command of this tree, or are placeholders for one."""
    own = [image for image in snapshot.derived(Images).images if is_own_program(image.dockerfile)]
    if not own:
        return
    for manifest in snapshot.derived(Manifests).objects:
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            if may_be_own(container.image or "", snapshot):
                for name, _, line in container.variables:
                    what = f"{manifest.object.label}, container {container.name}"
                    yield name, Setting(manifest.path, line, what, deployed=True)


def may_be_own(image: str, snapshot: Snapshot) -> bool:
    """Whether its name is that of a folder or Dockerfile of the tree."""
    name = re.split(r"[@:]", image.rpartition("/")[2])[0].lower()
    words = snapshot.derived(ImageNames).words
    return bool(name) and (name in words or name.replace("-", "_") in words)


@dataclass(frozen=True)
class ImageNames:
    """What an image of this tree may be called: its packages, commands, folders of code and Dockerfiles."""

    words: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        code = {path.rpartition("/")[0] for path, _ in snapshot.shipped(Source)}
        words = {folder.rpartition("/")[2].lower() for folder in code}
        words |= {name.lower() for name in snapshot.derived(OwnNames).names}
        others: set[str] = set()
        for image in snapshot.derived(Images).images:
            folder, _, name = image.path.rpartition("/")
            names = {folder.rpartition("/")[2].lower(), name.lower().replace("dockerfile", "").strip(".")}
            (words if is_own_program(image.dockerfile) else others).update(names)
        return cls(frozenset(words - others - {""}))


def is_own_program(dockerfile: Dockerfile) -> bool:
    """Whether the image is built on a language or a bare system, not on somebody's server."""
    final = dockerfile.final
    return final is not None and bool(_LANGUAGE_BASE.search(dockerfile.lineage(final)[-1].base.resolved))
