"""Protocol Buffers definitions without the code that is generated from them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.tree_paths import is_hidden
from checks.facts.dockerfile import Dockerfile
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.proto_file import ProtoFile
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

GENERATOR = re.compile(
    r"\bprotoc\b|\bbuf (?:generate|build)\b|grpc_tools|grpc-tools|prost_build|tonic_build|protobuf_codegen|"
    r"proto-loader|protobufjs|\bpbjs\b|ts-proto|connectrpc|betterproto|\bgo generate\b|"
    r"(?:gen\w*[-_.]?proto|proto\w*[-_.]?gen)\w*",
    re.IGNORECASE,
)
_BUILDS = re.compile(
    r"(?:^|/)(?:buf\.gen[\w.-]*\.ya?ml|BUILD(?:\.bazel)?|pom\.xml|build\.gradle(?:\.kts)?|CMakeLists\.txt)$"
)
_USES = re.compile(r"^(?:google\.golang\.org/(?:grpc|protobuf)|grpc|google\.protobuf|@grpc/|tonic|prost)\b")
_WRITTEN = re.compile(r"^([\w.-]+?)(?:_pb2(?:_grpc)?\.pyi?|\.pb(?:\.\w+)*\.\w+|_grpc(?:\.\w+)*\.\w+|_grpc_pb\.\w+|_pb\.\w+(?:\.ts)?)$")  # fmt: skip


@dataclass(frozen=True)
class GeneratedProtos:
    """The folders whose definitions have no generated code, with those files, and how many were judged."""

    bare: tuple[tuple[str, tuple[str, ...]], ...]
    judged: int
    used_at: tuple[str, int] | None  # where shipped code uses the run-time library

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        used = next(_uses(snapshot), None)
        protos = [
            path for path, proto in snapshot.shipped(ProtoFile) if proto.messages and not is_hidden(path)
        ]
        if used is None or not protos:
            return cls((), 0, None)
        if any(_BUILDS.search(path) for path in snapshot.paths) or _is_generated_by_a_step(snapshot):
            return cls((), len(protos), used)
        written = {
            match.group(1)
            for path in snapshot.paths
            if (match := _WRITTEN.match(path.rpartition("/")[2])) is not None
        }
        folders: dict[str, list[str]] = defaultdict(list)
        for path in protos:
            if path.rpartition("/")[2].removesuffix(".proto") not in written:
                folders[path.rpartition("/")[0]].append(path)
        return cls(
            tuple((folder, tuple(found)) for folder, found in sorted(folders.items())), len(protos), used
        )


def _uses(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    for path, source in snapshot.shipped(Source):
        for statement in source.imports:
            if _USES.match(statement.module):
                yield path, statement.line


def _is_generated_by_a_step(snapshot: Snapshot) -> bool:
    """Whether CI, a Makefile, an image, a package script, a build script or `go generate` makes it."""
    return snapshot.derived(ContinuousIntegration).mentions(GENERATOR) or any(
        GENERATOR.search(text) for text in _steps(snapshot)
    )


def _steps(snapshot: Snapshot) -> Iterator[str]:
    for _, makefile in snapshot.files(Makefile):
        yield from (line.text for target in makefile.targets for line in target.recipe)
    for _, image in snapshot.files(Dockerfile):
        yield from (step.text for stage in image.stages for step in stage.instructions)
    for _, package in snapshot.files(PackageJson):
        yield from (script.command for script in package.scripts)
    for path, source in snapshot.files(Source):
        yield from (found.text for found in source.comments if found.text.startswith("go:generate"))
        yield from (found.module for found in source.imports)
        if path.endswith(("build.rs", "setup.py")):
            yield from (call.callee for call in source.calls)
