"""What a missing limit means for each client."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of


def test_fetch_of_node_ends_by_itself_some_day() -> None:
    text = 'import fs from "node:fs";\n\nexport const load = (url) => fetch(url);\n'
    (gap,) = result_of("http-call-without-timeout", {"src/load.mjs": text}).gaps
    assert gap.severity is Severity.MEDIUM
    (gap,) = result_of("http-call-without-timeout", {"a.py": "import requests\nrequests.get('x')\n"}).gaps
    assert gap.severity is Severity.HIGH


GO_CALL = 'package cmd\n\nimport "net/http"\n\nfunc fetch(url string) { http.Get(url) }\n'
COBRA = 'package cmd\n\nimport "github.com/spf13/cobra"\n\nvar root = &cobra.Command{}\n'
RUST_WRAPPED = "use reqwest::Client;\nuse reqwest_middleware::ClientBuilder;\nfn wrap(client: Client) { ClientBuilder::new(client).with(retry()).build(); }\n"
RUST_CALL = "fn client() -> reqwest::Client { reqwest::Client::new() }\nfn main() {}\n"
CRATE = {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n', "src/main.rs": RUST_CALL}
LISTENS = "use tokio::net::TcpListener;\npub async fn serve(listener: TcpListener) {}\n"


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        pytest.param({"cmd/fetch.go": GO_CALL}, Severity.HIGH, id="a package"),
        pytest.param({"cmd/fetch.go": GO_CALL, "cmd/root.go": COBRA}, Severity.MEDIUM, id="a package of commands"),
        pytest.param({"pkg/fetch.go": GO_CALL, "cmd/root.go": COBRA}, Severity.HIGH, id="a package beside commands"),
        pytest.param({"a.py": "import click\nimport requests\nrequests.get('x')\n"}, Severity.MEDIUM, id="a file of commands"),
        pytest.param(CRATE, Severity.MEDIUM, id="a command line"),
        pytest.param({**CRATE, "src/server.rs": LISTENS}, Severity.HIGH, id="a program that listens"),
        pytest.param({"src/main.rs": RUST_CALL}, Severity.HIGH, id="nothing says what it is"),
    ],
)  # fmt: skip
def test_a_person_who_waits_can_stop_it(files: Files, severity: Severity) -> None:
    (gap,) = result_of("http-call-without-timeout", files).gaps
    assert gap.severity is severity


def test_what_wraps_a_client_of_reqwest_makes_none() -> None:
    assert (
        result_of("http-call-without-timeout", {"src/a.rs": RUST_WRAPPED}).outcome is Outcome.NOT_APPLICABLE
    )
    own = RUST_WRAPPED.replace("reqwest_middleware", "reqwest")
    assert result_of("http-call-without-timeout", {"src/a.rs": own}).outcome is Outcome.GAP
