"""Metrics, and what counts as recording one."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

GO = 'package main\n\nimport "github.com/prometheus/client_golang/prometheus"\n\nvar (\n\torders = prometheus.NewCounter(opts)\n\terrors = prometheus.NewCounter(opts)\n)\n\nfunc main() {\n\tprometheus.MustRegister(orders, errors)\n\terrors.Inc()\n%s}\n\nfunc Record() {\n\torders.Inc()\n}\n'
PYTHON = "from prometheus_client import Counter\n\nORDERS = Counter('orders', 'Orders')\n%s"
IMAGE = 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "main.py"]\n'


def go(more: str = "") -> Files:
    return {"go.mod": "module shop\n", "main.go": GO % more, "Dockerfile": 'FROM golang:1.22\nCOPY . .\nRUN go build -o /shop .\nCMD ["/shop"]\n'}  # fmt: skip


def python(more: str) -> Files:
    return {"Dockerfile": IMAGE, "main.py": PYTHON % more}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (go(), ["main.go"]),
        (go("\tRecord()\n"), Outcome.PASSED),
        (go("\tcount(orders)\n"), Outcome.PASSED),
        (go("\tx := orders\n\tx.Inc()\n"), Outcome.PASSED),
        (python(""), ["main.py"]),
        (python("register(ORDERS)\n"), ["main.py"]),
        (python("\n\ndef run():\n    register(ORDERS)\n"), ["main.py"]),
        (python("\n\ndef run():\n    count(ORDERS)\n"), ["main.py"]),
        (python("\n\ndef run():\n    count(ORDERS)\n\n\nrun()\n"), Outcome.PASSED),
        (python("ERRORS = Counter('e', 'E')\n"), ["main.py"]),
        (python("ORDERS.inc()\n"), Outcome.PASSED),
        (python("total = ORDERS\n"), Outcome.PASSED),
        (python("if ORDERS: pass\n"), Outcome.PASSED),
        (python("\n\n@ORDERS.count_exceptions()\ndef run():\n    pass\n"), Outcome.PASSED),
        (python("\n\n@app.get('/')\ndef run():\n    ORDERS.inc()\n"), Outcome.PASSED),
        ({**python(""), "other.py": "from main import ORDERS\n\nORDERS.inc()\n"}, Outcome.PASSED),
        # nothing starts it
        ({"main.py": PYTHON % ""}, Outcome.PASSED),
    ],
)  # fmt: skip
def test_metrics(files: Files, expected: list[str] | Outcome) -> None:
    assert said("metric-defined-but-never-recorded", files) == expected
