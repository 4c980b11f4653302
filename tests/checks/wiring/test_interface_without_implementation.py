"""Interfaces with real, with memory-only and without implementations, in Python and Go."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "interface-without-implementation"
PORT = "from typing import Protocol\n\n\nclass Task:\n    pass\n\n\nclass TaskQueuePort(Protocol):\n    def push(self, task: Task) -> None: ...\n"
USER = {"main.py": "from ports import TaskQueuePort\n\n\ndef run(queue: TaskQueuePort):\n    queue.push(1)\n"}
MEMORY = {"memory.py": "class InMemoryQueue:\n    def push(self, task):\n        self.tasks = [task]\n"}
REAL = {"real.py": "class RedisQueue:\n    def push(self, task):\n        self.redis.push(task)\n"}
DERIVED = {
    "fakes.py": "from ports import TaskQueuePort\n\n\nclass FakeQueue(TaskQueuePort):\n    def put(self, task):\n        return 1\n\n\nclass FakeFast(FakeQueue):\n    pass\n\n\nclass Loop(TaskQueuePort, Loop):\n    pass\n"
}
SELECTOR = {
    "main.py": "from ports import TaskQueuePort\nfrom memory import InMemoryQueue\n\n\ndef make(kind) -> TaskQueuePort:\n    if kind == 'redis':\n        raise NotImplementedError('redis')\n    return InMemoryQueue()\n"
}
PUBLIC = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndescription = "x"\nclassifiers = ["a"]\n[build-system]\nrequires = []\n',
    "shop/__init__.py": "",
    "shop/ports.py": PORT,
    "shop/main.py": USER["main.py"].replace("ports", "shop.ports"),
}


def python(*more: Files) -> Files:
    """The port with its user and more."""
    files: dict[str, str | bytes] = {"ports.py": PORT, **USER}
    for one in more:
        files |= one
    return files


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(python(), ["TaskQueuePort"], id="nothing"),
        pytest.param(python(MEMORY), ["TaskQueuePort"], id="memory only"),
        pytest.param(python(MEMORY, REAL), Outcome.PASSED, id="a real one"),
        pytest.param(
            python(MEMORY, {"tests/test_a.py": REAL["real.py"]}), ["TaskQueuePort"], id="a real one in tests"
        ),
        pytest.param(python(DERIVED), Outcome.PASSED, id="a real one by its bases"),
        pytest.param(
            python({"fakes.py": DERIVED["fakes.py"].partition("class Loop")[0]}),
            ["TaskQueuePort"],
            id="doubles by their bases",
        ),
        pytest.param(
            python({"push_it.py": "def push(task):\n    return task\n"}), Outcome.PASSED, id="a module"
        ),
        pytest.param(
            python(
                {
                    "wide.py": "from ports import TaskQueuePort\nfrom typing import Protocol\n\n\nclass WidePort(TaskQueuePort, Protocol):\n    pass\n"
                }
            ),
            ["TaskQueuePort"],
            id="a wider interface",
        ),
        pytest.param({"ports.py": PORT}, Outcome.PASSED, id="nobody needs it"),
        pytest.param(
            {"ports.py": PORT.replace(": Task)", ": str)"), **USER},
            Outcome.PASSED,
            id="a library's type may have it",
        ),
        pytest.param(
            {
                "ports.py": "from typing import Protocol\n\n\nclass Hook(Protocol):\n    def __call__(self) -> None: ...\n"
            },
            Outcome.NOT_APPLICABLE,
            id="a callable",
        ),
        pytest.param(PUBLIC, Outcome.NOT_APPLICABLE, id="a library's users implement it"),
    ],
)
def test_python(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_evidence() -> None:
    """Who depends on it, where the real one is refused, what goes around it."""
    around = {
        "worker.py": "from core import RedisTaskQueue\n\nqueue = RedisTaskQueue()\n\nif __name__ == '__main__':\n    queue.add()\n",
        "core.py": "class RedisTaskQueue:\n    def add(self):\n        return work()\n\n\nclass SlowTaskQueue:\n    pass\n",
        "idle/slow.py": "from core import SlowTaskQueue\n\nqueue = SlowTaskQueue()\n",
    }
    (gap,) = result_of(CHECK, python(MEMORY, SELECTOR, around)).gaps
    notes = [(evidence.path, evidence.note) for evidence in gap.gap.evidence]
    assert ("memory.py", "`InMemoryQueue` is no more than a stand-in") in notes
    assert ("main.py", "the real one is refused here") in notes
    assert (None, "`RedisTaskQueue` is made in worker.py:3 without going through the interface") in notes


def test_a_vue_file_that_uses_the_name_is_no_python() -> None:
    (gap,) = result_of(CHECK, python({"a.ts": "const a = TaskQueuePort;\n"})).gaps
    assert {"main.py", "a.ts"} <= {evidence.path for evidence in gap.gap.evidence}


MOD = {
    "go.mod": "module example.com/shop\n",
    "main.go": 'package main\n\nimport "example.com/shop/internal/queue"\n\nfunc main() { queue.Run() }\n',
}
GO = "package queue\n\ntype Task struct{}\n\n// Queue keeps tasks.\ntype Queue interface {\n\tPush(t Task) error\n\tPop() (Task, error)\n}\n\nfunc Run() {}\n"
GO_TYPE = "package queue\n\ntype %s struct{}\n\nfunc (q *%s) Push(t Task) error { return nil }\n"
GO_POP = "package queue\n\nfunc (q *%s) Pop() (Task, error) { return Task{}, nil }\n"
GO_ELSEWHERE = 'package other\n\nimport "example.com/shop/internal/queue"\n\nfunc use(q queue.Queue) {}\n'
GO_USER = "package queue\n\nfunc use(q Queue) { q.Push(Task{}) }\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, [Severity.MEDIUM], id="declared, documented, neither filled nor used"),
        pytest.param({"internal/queue/use.go": GO_USER}, [Severity.HIGH], id="used, not filled"),
        pytest.param(
            {"internal/other/use.go": GO_USER.replace("package queue", "package other")},
            [Severity.MEDIUM],
            id="another package's name",
        ),
        pytest.param(
            {"internal/other/use.go": GO_ELSEWHERE}, [Severity.HIGH], id="used where it is imported"
        ),
        pytest.param(
            {"vendor/x.io/queue/use.go": GO_USER}, [Severity.MEDIUM], id="a vendored package's name"
        ),
        pytest.param(
            {"internal/queue/a.go": GO_TYPE % ("Redis", "Redis")}, [Severity.MEDIUM], id="half of the methods"
        ),
        pytest.param(
            {"internal/queue/a.go": GO_TYPE % ("Redis", "Redis"), "internal/queue/b.go": GO_POP % "Redis"},
            [],
            id="methods in two files",
        ),
        pytest.param(
            {
                "internal/queue/a.go": GO_TYPE % ("MemoryQueue", "MemoryQueue"),
                "internal/queue/b.go": GO_POP % "MemoryQueue",
                "internal/queue/use.go": GO_USER,
            },
            [Severity.HIGH],
            id="memory only",
        ),
    ],
)
def test_go(more: Files, expected: list[Severity]) -> None:
    files = {**MOD, "internal/queue/queue.go": GO, **more}
    assert [gap.gap.severity or Severity.HIGH for gap in result_of(CHECK, files).gaps] == expected
