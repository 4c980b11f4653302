"""What counts as generated code, and as a step that makes it."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "proto-without-generated-code"
PROTO = 'syntax = "proto3";\npackage shop;\nimport "other.proto";\noption go_package = "example.com/shop";\nmessage Order { string id = 1; }\n'
USE = {"proto/shop.proto": PROTO, "client.py": "import os\nimport grpc\n"}
GAP = ["proto"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(USE, GAP, id="nothing"),
        pytest.param({"shop.proto": PROTO, "client.py": "import grpc\n"}, ["protos"], id="at the top"),
        pytest.param({"proto/shop.proto": PROTO}, Outcome.NOT_APPLICABLE, id="nothing uses it"),
        pytest.param({"client.py": "import grpc\n"}, Outcome.NOT_APPLICABLE, id="no definitions"),
        pytest.param(
            {"proto/a.proto": "package a;\n", "client.py": "import grpc\n"},
            Outcome.NOT_APPLICABLE,
            id="no messages",
        ),
        pytest.param(USE | {"gen/shop_pb2.py": "Order = 1\n"}, Outcome.PASSED, id="generated"),
        pytest.param(USE | {"buf.gen.yaml": "version: v2\n"}, Outcome.PASSED, id="buf"),
        pytest.param(USE | {"Makefile": "proto:\n\tprotoc --go_out=. a.proto\n"}, Outcome.PASSED, id="make"),
        pytest.param(
            USE | {"Dockerfile": "FROM a\nRUN python -m grpc_tools.protoc a.proto\n"},
            Outcome.PASSED,
            id="an image",
        ),
        pytest.param(
            USE | {"package.json": '{"name": "a", "scripts": {"b": "pbjs a.proto"}}'},
            Outcome.PASSED,
            id="npm",
        ),
        pytest.param(
            USE | {"a.go": "package a\n\n//go:generate protoc a.proto\n"}, Outcome.PASSED, id="go generate"
        ),
        pytest.param(
            USE | {"build.rs": 'fn main() { tonic_build::compile_protos("a").unwrap(); }\n'},
            Outcome.PASSED,
            id="build.rs",
        ),
        pytest.param(
            USE
            | {
                ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: buf generate\n"
            },
            Outcome.PASSED,
            id="CI",
        ),
        pytest.param(USE | {"scripts/make.sh": "protoc a.proto\n"}, GAP, id="a script for people"),
    ],
)
def test_steps(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
