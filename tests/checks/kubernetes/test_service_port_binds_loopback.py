"""Ports that are handed out, and where they are served."""

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

ID = "service-port-binds-loopback"
IMAGE = {"shop/Dockerfile": "FROM debian:13-slim\nCOPY shop /\nEXPOSE 9091\nCMD shop\n"}
POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: acme/shop:1\n          env: [{name: SHOP_PORT, value: '9091'}]\n          ports: [{containerPort: 9091}]\n"
SERVICE = (
    "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec:\n  ports: [{port: 80, targetPort: 9091}]\n"
)
FROM_ENVIRONMENT = 'fn main() { let port = std::env::var("SHOP_PORT"); run(port); }\nfn run(port: u16) { TcpListener::bind(format!("127.0.0.1:{}", port)); }\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**IMAGE, "shop/a.rs": 'fn main() { TcpListener::bind("127.0.0.1:9091"); }\n'}, ["9091"], id="a literal"),
        pytest.param({**IMAGE, "shop/a.go": 'package main\n\nfunc main() { http.ListenAndServe("localhost:9091", nil) }\n'}, ["9091"], id="Go"),
        pytest.param({**IMAGE, "shop/a.rs": 'fn main() { TcpListener::bind("127.0.0.1:9000"); }\n'}, Outcome.PASSED, id="another port"),
        pytest.param({**IMAGE, "shop/a.rs": 'fn main() { TcpStream::connect("127.0.0.1:9091"); }\n'}, Outcome.PASSED, id="calls it"),
        pytest.param({**IMAGE, "shop/a.rs": 'fn main() { TcpListener::bind("127.0.0.1:9091"); }\nfn public() { TcpListener::bind("0.0.0.0:9091"); }\n'}, Outcome.PASSED, id="also openly"),
        pytest.param({**IMAGE, "k8s/a.yaml": POD, "shop/a.rs": FROM_ENVIRONMENT}, ["9091"], id="a variable of the manifest"),
        pytest.param({**IMAGE, "k8s/a.yaml": POD, "shop/a.rs": FROM_ENVIRONMENT + 'const HOST: &str = "0.0.0.0";\n'}, Outcome.PASSED, id="a host that may be open"),
        pytest.param({"shop/a.rs": FROM_ENVIRONMENT}, Outcome.NOT_APPLICABLE, id="nothing hands it out"),
    ],
)  # fmt: skip
def test_addresses(files: Files, expected: list[str] | Outcome) -> None:
    assert said(ID, files) == expected


def test_service_is_named() -> None:
    """Whoever sends requests there is evidence."""
    files = {**IMAGE, "k8s/a.yaml": POD, "k8s/b.yaml": SERVICE, "shop/a.rs": FROM_ENVIRONMENT}
    (gap,) = result_of(ID, files).gaps
    assert {evidence.path for evidence in gap.gap.evidence} >= {"shop/Dockerfile", "k8s/a.yaml", "k8s/b.yaml"}
