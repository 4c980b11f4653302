"""State, queues, retries and growth beyond the pages' examples."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

SERVICE = {
    "main.go": 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", nil) }\n',
    "go.mod": "module shop\n",
    "Dockerfile": "FROM scratch\n",
}
STORE = 'package flow\n\nimport "os"\n\n// Store keeps workflow state.\ntype Store interface { Save() error }\n\ntype FileStore struct{}\n\nfunc (s *FileStore) Save() error { %s }\n'
ADAPTER = "class Tasks:\n    def pop(self):\n        return self.client.blpop('tasks')\n\n    def nack(self, task):\n        logger.info('not done', task=task)\n"
WORKER = "def %s(client):\n    return client.blpop('tasks')\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "in-memory-state-only",
            {**SERVICE, "flow/state.go": STORE % 'return os.WriteFile("a", nil, 0600)'},
            ["Store"],
            id="files in place",
        ),
        pytest.param(
            "in-memory-state-only",
            {
                **SERVICE,
                "flow/state.go": STORE % 'os.Rename("b", "a"); return nil',
                "flow/empty.go": "package flow\n",
            },
            ["Store"],
            id="files, renamed",
        ),
        pytest.param(
            "in-memory-state-only",
            {
                **SERVICE,
                "flow/state.go": STORE % "return nil",
                "db.go": 'package main\n\nimport "github.com/jackc/pgx/v5"\n',
            },
            Outcome.PASSED,
            id="a driver elsewhere",
        ),
        pytest.param(
            "in-memory-state-only",
            {**SERVICE, "flow/state.go": (STORE % "return nil").replace("FileStore", "RemoteStore")},
            Outcome.PASSED,
            id="a store of unknown kind",
        ),
        pytest.param(
            "in-memory-state-only",
            {"flow/state.go": STORE % "return nil"},
            Outcome.NOT_APPLICABLE,
            id="no service",
        ),
        pytest.param(
            "no-dead-letter-handling",
            {"queue.py": ADAPTER, "main.py": "tasks.nack(tasks.pop())\n"},
            ["messages of a queue"],
            id="an adapter that gives nothing back",
        ),
        pytest.param(
            "no-dead-letter-handling", {"queue.py": ADAPTER}, Outcome.PASSED, id="which nobody believes"
        ),
        pytest.param(
            "no-dead-letter-handling",
            {"queue.py": ADAPTER, "other/package.json": "{}", "other/main.py": "tasks.nack(1)\n"},
            Outcome.PASSED,
            id="or nobody of its component",
        ),
        pytest.param(
            "no-dead-letter-handling", {"queue.py": WORKER % "work"}, ["messages of a queue"], id="a worker"
        ),
        pytest.param(
            "no-dead-letter-handling",
            {"queue.go": "package queue\n\nfunc f() { c.BLPop(ctx, 0, key) }\n"},
            ["messages of a queue"],
            id="Go",
        ),
        pytest.param(
            "no-dead-letter-handling",
            {
                "a.py": "channel.basic_consume('orders', auto_ack=True)\nchannel.basic_consume('x', auto_ack=False)\n"
            },
            ["messages of a queue"],
            id="acknowledged before the work",
        ),
        pytest.param(
            "no-retry-on-outbound-call",
            {"queue.py": WORKER % "work"},
            ["messages of a queue"],
            id="a task tried once",
        ),
        pytest.param(
            "no-retry-on-outbound-call",
            {
                **SERVICE,
                "a.go": 'package main\n\nimport "net/http"\n\nfunc a() { http.Get("x"); http.Get("y") }\n',
                "b.go": 'package main\n\nimport "net/http"\n\nfunc b() { http.Get("x"); retry() }\n',
                "c.go": 'package main\n\nimport "net/http"\n\nvar policy = "retryPolicy"\n\nfunc c() { http.Get("x") }\n',
                "queue.py": "import asyncio\n\nq = asyncio.Queue()\nq.join()\n",
            },
            ["service"],
            id="retried elsewhere",
        ),
        pytest.param(
            "no-retry-on-outbound-call",
            {
                "main.py": "import httpx\nfrom fastapi import FastAPI\nfrom rates import Rates\n\napp = FastAPI()\nrates = Rates(httpx.Client())\n",
                "rates.py": "from tenacity import retry\n\n\nclass Rates:\n    @retry\n    def today(self): ...\n",
                "Dockerfile": "FROM python:3.12-slim\nCMD python main.py\n",
            },
            Outcome.PASSED,
            id="what the client is made for retries",
        ),
        pytest.param(
            "no-retry-on-outbound-call",
            {
                "main.py": "from fastapi import FastAPI\nfrom again import retry\nfrom rates import today\n\napp = FastAPI()\nretry(today)\n",
                "rates.py": "import httpx\n\n\ndef today():\n    return httpx.get('x')\n",
                "again.py": "def retry(call): ...\n",
                "Dockerfile": "FROM python:3.12-slim\nCMD python main.py\n",
            },
            Outcome.PASSED,
            id="its caller retries",
        ),
        pytest.param(
            "unbounded-in-memory-growth",
            {
                "a.py": "class A:\n    def f(self, user_id):\n        self.users[user_id] = made()\n        self.other = 1\n",
                "b.py": "class A:\n    def f(self, user_id):\n        self.users[user_id] = made()\n\n    def evict(self):\n        pass\n",
                "c.py": "class A:\n    def f(self, user_id):\n        self.users[user_id] = made()\n        self.users.pop(1)\n        other.pop(2)\n",
                "d.go": "package d\n\nfunc f(l *L, clientID string) {\n\tl.clients[clientID] = made()\n\tl.Remove(l.clients)\n}\n",
            },
            ["self.users"],
            id="one that never shrinks",
        ),
    ],
)
def test_check(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    """Subjects of the gaps, or the outcome."""
    assert said(check, files) == expected
