"""gRPC servers without a service, in four languages."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "grpc-server-registers-no-service"
GO = 'package shop\n\nimport "google.golang.org/grpc"\n\nfunc serve(l Listener) error {\n\tserver := grpc.NewServer()\n%s\treturn server.Serve(l)\n}\n'
PYTHON = "import grpc\n\n\ndef serve(pool):\n    server = grpc.server(pool)\n%s    server.start()\n"
NODE = 'import { Server } from "@grpc/grpc-js";\n\nconst server = new Server();\n%sserver.bindAsync("0.0.0.0:1", creds, () => {});\n'
RUST = "use tonic::transport::Server;\n\nasync fn serve(at: Address) {\n    Server::builder()%s.serve(at).await;\n}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.go": GO % ""}, ["server"], id="Go, nothing registered"),
        pytest.param(
            {"a.go": GO % "\tpb.RegisterShopServer(server, s)\n"}, Outcome.PASSED, id="Go, registered"
        ),
        pytest.param({"a.go": GO % "\tfill(server)\n"}, Outcome.PASSED, id="Go, handed to somebody"),
        pytest.param({"a.go": GO % "\tother := server\n"}, Outcome.PASSED, id="Go, under another name"),
        pytest.param(
            {"a.go": GO % "" + "\nfunc (s *S) Server() *grpc.Server { return s.server }\n"},
            Outcome.PASSED,
            id="Go, offered to others",
        ),
        pytest.param({"a_test.go": GO % ""}, Outcome.NOT_APPLICABLE, id="Go, in a test"),
        pytest.param(
            {"a.go": (GO % "").replace("server.Serve(l)", "nil")},
            Outcome.NOT_APPLICABLE,
            id="Go, never started",
        ),
        pytest.param({"a.py": PYTHON % ""}, ["server"], id="Python"),
        pytest.param(
            {"a.py": PYTHON % "    add_ShopServicer_to_server(Shop(), server)\n"},
            Outcome.PASSED,
            id="Python, added",
        ),
        pytest.param({"a.ts": NODE % ""}, ["server"], id="TypeScript"),
        pytest.param(
            {"a.ts": NODE % "server.addService(shop, {});\n"}, Outcome.PASSED, id="TypeScript, added"
        ),
        pytest.param({"src/a.rs": RUST % ""}, ["Server::builder"], id="Rust"),
        pytest.param({"src/a.rs": RUST % ".add_service(shop)"}, Outcome.PASSED, id="Rust, added"),
        pytest.param({"a.py": "import grpc\n"}, Outcome.NOT_APPLICABLE, id="a client"),
    ],
)
def test_servers(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
