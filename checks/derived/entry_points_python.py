"""Python's entry points: installed commands, published libraries, framework conventions, scripts, tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.publications import Publications, Published
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProject, PythonProjects
from checks.derived.resolution.python_lookup import find
from checks.derived.test_folders import role_in
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_APPLICATION = re.compile(
    r"(?:^|\.)(?:FastAPI|Flask|Starlette|Quart|Sanic|Litestar|Application|Celery|Robyn|BlackSheep|Dash|FastMCP|Chalice|create_\w*app|get_wsgi_application|get_asgi_application|make_app|App|Typer|Falcon|ServerApp|Bot|DFApp|FunctionApp)$"
)
_STARTED = frozenset({"main.py", "app.py", "asgi.py", "wsgi.py", "server.py", "application.py", "api.py", "web.py", "worker.py",
                      "celery.py", "celery_app.py", "bot.py", "run.py", "index.py"})  # fmt: skip
_TO_INDEX = re.compile(
    r"pypi|\b(?:twine upload|(?:uv|poetry|hatch|flit|pdm|rye|maturin) (?:publish|upload))\b"
)
_BY_NAME = re.compile(
    r"(?:^|/)(?:__main__|manage|wsgi|asgi|lambda_function|function_app|passenger_wsgi|streamlit_app|Home|gunicorn(?:[._]conf(?:ig)?)?|gunicorn_config)\.py$"
    r"|(?:^|/)dags/.+\.py$"
)
_HANDLER = re.compile(r"^(?:lambda_handler|handler|main)$")
_TOOLS = re.compile(
    r"(?:^|/)(?:alembic/env|migrations/env|env|noxfile|tasks|fabfile|conftest|setup|dodo|SConstruct|wscript|conf|pavement|build|locustfile|hatch_build|versioneer|(?:pre|post)_gen_project|gunicorn\.conf)\.py$"
)
_MIGRATION = re.compile(
    r"(?:^|/)(?:migrations|versions|alembic/versions)/(?:[^/]*/)*(?:v?\d[^/]*|[0-9a-f]{8,}_[^/]*)\.py$"
)


def is_migration(path: str) -> bool:
    """Whether a migration tool loads the file by its place and number."""
    return _MIGRATION.search(path) is not None


def python_entry_points(snapshot: Snapshot) -> Iterator[EntryPoint]:
    """Every entry point that Python's own files and manifests declare or imply."""
    projects = snapshot.derived(PythonProjects)
    for project in projects.projects.values():
        yield from _installed(snapshot, project)
        yield from _library(snapshot, project)
    for path, source in snapshot.files(PythonSource):
        if not path.endswith(".pyi") and (found := _of_file(snapshot, path, source)):
            yield found


def _installed(snapshot: Snapshot, project: PythonProject) -> Iterator[EntryPoint]:
    python = snapshot.derived(PythonFiles)
    projects = snapshot.derived(PythonProjects)
    tops = {top.rpartition("/")[0] for top in project.packages}
    roots = [*projects.roots.get(project.folder, ()), *sorted(tops), project.folder]
    for point in project.entry_points:
        found = find(python, roots, tuple(point.module.split(".")))
        if found and found.complete and found.files:
            form = f"{point.name} = {point.module}" + (f":{point.attribute}" if point.attribute else "")
            yield EntryPoint(Rank.INSTALLED, found.files[-1], form, project.manifest, point.line)


def _library(snapshot: Snapshot, project: PythonProject) -> Iterator[EntryPoint]:
    """A published package's modules, those with a leading underscore aside."""
    root = project.folder == "" and not project.entry_points
    if not (project.advertised or (root and (not _deploys(snapshot) or _publishes(snapshot)))):
        return
    python = snapshot.derived(PythonFiles)
    for top in project.packages:
        for path in [top] if top.endswith(".py") else python.below(top):
            inner = path.removeprefix(f"{top}/").removesuffix("/__init__.py").removesuffix(".py")
            if not any(part.startswith("_") and part != "__init__" for part in inner.split("/")):
                form = f"published package {project.name or top}"
                yield EntryPoint(Rank.LIBRARY, path, form, project.manifest, project.line, wildcard=True)


def _publishes(snapshot: Snapshot) -> bool:
    """Whether CI sends a distribution to an index of packages."""
    return any(_TO_INDEX.search(one.how) for one in snapshot.derived(Publications).of(Published.PACKAGE))


def _deploys(snapshot: Snapshot) -> bool:
    """Whether anything in the tree speaks of running something: an image, a compose file, a platform."""
    return any(
        re.search(
            r"(?:^|/)(?:[^/]*Dockerfile[^/]*|(?:docker-)?compose[^/]*\.ya?ml|Procfile|fly\.toml|app\.ya?ml|serverless\.ya?ml)$",
            path,
        )
        for path in snapshot.paths
    )


def _of_file(snapshot: Snapshot, path: str, source: PythonSource) -> EntryPoint | None:
    """What a file is by its name, place and content."""
    role = role_in(snapshot, path)
    name = path.rpartition("/")[2]
    if role is Role.TEST:
        return EntryPoint(Rank.TEST, path, "test", path, wildcard=True)
    if _TOOLS.search(path) or is_migration(path):
        return EntryPoint(Rank.TOOL, path, "loaded by a tool", path, wildcard=True)
    if role is not Role.SHIPPED:
        rank = Rank.SCRIPT if role in (Role.TOOL, Role.EXAMPLE, Role.BENCHMARK) else Rank.TOOL
        return EntryPoint(rank, path, role.value, path, wildcard=True)
    if _BY_NAME.search(path):
        return EntryPoint(Rank.CONVENTION, path, f"{name} by convention", path, 1)
    application = next(
        (b for b in source.bindings if b.inside is None and _APPLICATION.search(b.value)), None
    )
    if application and name in _STARTED:
        return EntryPoint(
            Rank.CONVENTION, path, f"{application.name} = {application.value}()", path, application.line
        )
    if _is_handler(source):
        return EntryPoint(Rank.CONVENTION, path, "serverless handler", path, 1)
    if source.runs_as_main or _runs_at_top(source):
        return EntryPoint(Rank.SCRIPT, path, "runs when started by hand", path, 1, wildcard=True)
    return None


def _is_handler(source: PythonSource) -> bool:
    return any(
        _HANDLER.match(d.name)
        and d.parameters[:2] in (("event", "context"), ("event", "_context"), ("event", "_"))
        for d in source.definitions
    )


def _runs_at_top(source: PythonSource) -> bool:
    """A module without definitions that calls things when it is read: a script without a guard."""
    functions = [d for d in source.definitions if d.kind.value in ("function", "class")]
    calls = [c for c in source.calls if c.inside is None and c.discarded]
    return not functions and len(calls) >= 3  # one or two may be set-up of a module
