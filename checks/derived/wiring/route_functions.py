"""Functions of Go and Rust that set up routes and that nothing calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.entry_point import Rank
from checks.derived.reachability import Reachability
from checks.derived.references import References, SpelledNames, is_test_code
from checks.derived.tree_paths import parents
from checks.derived.wiring.python_routers import UnmountedRouter
from checks.facts.go_source import GoSource
from checks.facts.rust_source import RustSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Definition, Source
    from checks.snapshot import Snapshot

_GO = re.compile(
    r"^\*?(?:gin\.(?:Engine|RouterGroup|IRouter|IRoutes)|chi\.(?:Router|Mux)|echo\.(?:Echo|Group)|mux\.Router|http\.ServeMux|fiber\.(?:Router|App))$"
)
_RUST = re.compile(
    r"(?:^|::)Router(?:<.*>)?$|^impl HttpServiceFactory|\bweb::ServiceConfig$|(?:^|&mut )ServiceConfig$"
)
_ROUTE = re.compile(
    r"(?:^|\.)(?:GET|POST|PUT|PATCH|DELETE|Any|Get|Post|Put|Patch|Delete|Handle|HandleFunc|Method|MethodFunc|Mount|route|service|nest|merge|resource)$"
)


def route_functions(snapshot: Snapshot) -> Iterator[tuple[str, UnmountedRouter | None]]:
    """Each function that makes or fills a router, with itself where nothing uses it."""
    references, spelled = snapshot.derived(References), snapshot.derived(SpelledNames)
    for path, source, types in _sources(snapshot):
        routing = {call.inside for call in source.calls if _ROUTE.search(call.callee)}
        for definition in source.definitions:
            name = definition.name.rpartition(".")[2]
            if (
                definition.name not in routing
                or not _routes(definition, types)
                or source.in_test(definition.line)
            ):
                continue
            used = name in references.users or name in spelled.words or definition.abstract or name == "main"
            found = UnmountedRouter(path, definition.line, name, name)
            yield path, None if used or _fills_a_trait(definition) else found


def _sources(snapshot: Snapshot) -> Iterator[tuple[str, Source, re.Pattern[str]]]:
    """The sources of programs: in a library, users call what nothing in it calls."""
    reach = snapshot.derived(Reachability)
    for path, source in snapshot.shipped(GoSource):
        folder = path.rpartition("/")[0]
        if reach.rank(folder) is not Rank.LIBRARY and not is_test_code(snapshot, path):
            yield path, source, _GO
    for path, rust in snapshot.shipped(RustSource):
        crate = next((f for f in parents(path) if f"{f}/Cargo.toml".lstrip("/") in snapshot.paths), None)
        if crate is not None and f"{crate}/src/main.rs".lstrip("/") in snapshot.paths:
            yield path, rust, _RUST


def _routes(definition: Definition, types: re.Pattern[str]) -> bool:
    return any(
        types.search(written) for written in (*definition.parameter_types, definition.return_type or "")
    )


def _fills_a_trait(definition: Definition) -> bool:
    """Whether a Rust method belongs to the implementation of a trait."""
    return any(definition.bases)
