"""Calls that wait and servers that stop: what counts as a limit or an end in each language."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.derived.resilience.http_calls import HttpCalls
from checks.derived.resilience.listeners import Listeners
from tests.checks.trees import snapshot
from tests.checks.verdicts import said

PYTHON = "import requests\n\nsession = requests.Session()\n%s\n"
GO = 'package main\n\nimport (\n\t"context"\n\t"net/http"\n)\n\nfunc main() { %s }\n'
RUST = "use reqwest::%s;\n\nfn main() { %s; }\n"
NODE = 'import express from "express";\nimport axios from "axios";\n\n%s\n'


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", PYTHON % "requests.get(URL)", [False]),
        ("a.py", PYTHON % "requests.get(URL, timeout=5)", [True]),
        ("a.py", PYTHON % "requests.get(URL, timeout=None)", [False]),
        ("a.py", PYTHON % "requests.get(URL, **options)", [True]),
        ("a.py", PYTHON % "session.get(URL)", [False]),
        ("a.py", PYTHON % "session.mount(URL, Adapter())\nsession.get(URL)", [True]),
        ("a.py", PYTHON % "other.get(URL)", []),
        ("a.py", "import httpx\n\nhttpx.get(URL)\nhttpx.get(URL, timeout=None)\n", [True, False]),
        (
            "a.py",
            "from urllib.request import urlopen\n\nurlopen(URL)\nurlopen(URL, None, 5)\n",
            [False, True],
        ),
        ("a.go", GO % "http.Get(address)", [False]),
        ("a.go", GO % "client := &http.Client{}; use(client)", [False]),
        ("a.go", GO % "client := &http.Client{Timeout: limit}; use(client)", [True]),
        ("a.go", GO % "http.NewRequestWithContext(ctx); http.DefaultClient.Do(request)", [True]),
        ("a.go", 'package main\n\nimport "fmt"\n\nfunc main() { http.Get(address) }\n', []),
        ("a.rs", RUST % ("Client", "Client::new()"), [False]),
        ("a.rs", RUST % ("Client", "Client::builder().gzip().build()"), [False]),
        ("a.rs", RUST % ("Client", "Client::builder().timeout(LIMIT).build()"), [True]),
        ("a.rs", RUST % ("Client", "Client::new().get(x).timeout(LIMIT)"), [True]),
        ("a.rs", RUST % ("blocking::Client", "Client::new()"), []),
        ("a.rs", RUST % ("Client", "Other::new()"), []),
        ("a.ts", NODE % "axios.get(URL);", [False]),
        ("a.ts", NODE % "axios.get(URL, { timeout: 5 });", [True]),
        ("a.ts", NODE % "axios.get(URL, options);", [True]),
        ("a.ts", NODE % "axios.post(URL, body);", [False]),
        ("a.ts", NODE % "axios.create(options);", [True]),
        ("a.ts", NODE % "axios.defaults.timeout = 5;\naxios.get(URL);", [True]),
        ("a.ts", NODE % "axios.get(URL, { ...options });", [True]),
        ("a.ts", NODE % "window.location;\naxios.get(URL);", []),
        ("a.js", NODE % "fetch(URL);", [False]),
        ("a.js", NODE % "fetch(URL, { signal: s });", [True]),
        ("a.js", NODE % "fetch(URL, options);", [True]),
        ("a.js", NODE % "fetch();", []),
        ("a.js", "fetch(URL);\n", []),
    ],
)
def test_what_limits_a_call(path: str, text: str, expected: list[bool]) -> None:
    assert [call.limited for call in snapshot({path: text}).derived(HttpCalls).calls] == expected


SERVES = 'import express from "express";\nconst app = express();\n%s\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a/app.js": SERVES % "app.listen(80);"}, [False], id="it serves until it is killed"),
        pytest.param({"a/app.js": "app.listen(80);\n"}, [], id="not a server's listen"),
        pytest.param(
            {"a/app.js": SERVES % "app.listen(80);", "a/stop.js": 'process.on("SIGTERM", stop);\n'},
            [True],
            id="its end is arranged beside it",
        ),
    ],
)
def test_what_ends_a_server(files: dict[str, str], expected: list[bool]) -> None:
    assert [place.stopped for place in snapshot(files).derived(Listeners).places] == expected


LISTENS = 'package web\n\nimport "net/http"\n\nfunc Serve() { server.ListenAndServe() }\n'
ENDS = 'package main\n\nimport (\n\t"os/signal"\n\n\tweb "example.org/shop/%s"\n)\n\nfunc main() {\n\tsignal.Notify(stop)\n\tweb.Serve()\n}\n'


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("http/web", Outcome.PASSED),
        ("http/other", ["server.ListenAndServe"]),
    ],
)
def test_the_package_that_starts_a_server_may_end_it(package: str, expected: list[str] | Outcome) -> None:
    files = {"go.mod": "module example.org/shop\n", "http/web/web.go": LISTENS, "cmd/main.go": ENDS % package}
    assert said("no-graceful-shutdown", files) == expected
