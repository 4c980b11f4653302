"""What does nothing, and what only looks as if it did."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "stub-returns-constant-success"
GO = "package a\n\n"
REPOSITORY = """class {name}:
    def __init__(self, pool):
        self.pool = pool

    def get(self, key):
        return self.pool.fetch(key)

    def get_by_owner(self, owner):
        return None

    def update(self, key, data):
        return None

    def delete(self, key):{doc}
        return False
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.py": "def send(message):\n    if not message:\n        raise ValueError\n    return True\n"}, ["send"], id="checks its input and does nothing"),
        pytest.param({"a.py": "from fastapi import Depends\n\n\ndef validate_key(key: str = Depends(known)):\n    return {'success': True}\n\n\ndef send(message):\n    return True\n"}, ["send"], id="what it depends on does the work"),
        pytest.param({"a.py": "from fastapi import Depends\n\nrouter = create(dependencies=[Depends(known)])\n\n\n@router.get('/', dependencies=[Depends(known)])\ndef validate_key(key: str):\n    return {'success': True}\n"}, Outcome.PASSED, id="its decorator depends on what does the work"),
        pytest.param({"a.py": "def validate(message):\n    if not message:\n        raise ValueError\n    return True\n"}, Outcome.PASSED, id="a validation is done when it didn't refuse"),
        pytest.param({"a.py": "def send(message):\n    return Result(success=True)\n"}, ["send"], id="a value of its own type"),
        pytest.param({"a.py": "def verify_signature(message):\n    return True\n"}, Outcome.PASSED, id="the check of signatures says so"),
        pytest.param({"a.py": "def send(_message):\n    return True\n"}, Outcome.PASSED, id="it says that it ignores what it is given"),
        pytest.param({"a.py": "def send(message):\n    return False\n"}, Outcome.PASSED, id="it says that it failed"),
        pytest.param({"a.go": GO + "func (s *Server) Serve(t Transport) error {\n\ts.transport = t\n\treturn nil\n}\n"}, ["Server.Serve"], id="it only keeps what it is to serve"),
        pytest.param({"a.go": GO + "func (s *Server) Start(t Transport) error {\n\ts.transport = t\n\t// For now, nobody listens\n\treturn nil\n}\n"}, ["Server.Start"], id="it only keeps, and says so"),
        pytest.param({"a.go": GO + "func (d *Def) UnmarshalKey(key string, v any) error {\n\t// TODO: unmarshal\n\treturn nil\n}\n"}, ["Def.UnmarshalKey"], id="left for later"),
        pytest.param({"a.go": GO + "func (d *Def) Close(ctx context.Context) error {\n\treturn nil\n}\n"}, Outcome.PASSED, id="nothing to close"),
        pytest.param({"a.go": GO + "func (d *Def) Name(x int) string {\n\t// TODO: shorter\n\treturn `a`\n}\n"}, Outcome.PASSED, id="nothing was promised"),
        pytest.param({"a.go": GO + "func register(s *Server) {\n\thandler := func(ctx context.Context, args Args) (any, error) {\n\t\t// TODO: unmarshal args\n\t\tvar input In\n\t\treturn do(ctx, input)\n\t}\n\ts.add(handler)\n}\n"}, ["handler"], id="a handler that leaves its input out"),
        pytest.param({"a.go": GO + "func register(s *Server) {\n\thandler := func(ctx context.Context, args Args) (any, error) {\n\t\treturn do(ctx)\n\t}\n\ts.add(handler)\n}\n"}, Outcome.PASSED, id="a handler without need of its input"),
        pytest.param({"a.go": GO + 'func register(s *Server) {\n\ttool := func(args Args) (any, error) { return "ok", nil }\n\ttool = func(args Args) (any, error) { return "ok", nil }\n}\n'}, ["tool"], id="two of one cause"),
        pytest.param({"a.go": GO + 'func NewMockServer(s *Server) {\n\ttool := func(args Args) (any, error) { return "ok", nil }\n}\n'}, Outcome.PASSED, id="a double"),
        pytest.param({"src/lib.rs": "#[cfg(test)]\nmod tests {\n    fn send(x: u8) -> bool { true }\n    fn g() { let tool = |x: u8| true; }\n}\npub fn f() {}\n"}, Outcome.PASSED, id="in a test"),
        pytest.param({"a.py": REPOSITORY.format(name="Postgres", doc="")}, ["Postgres"], id="half a class"),
        pytest.param({"a.py": REPOSITORY.format(name="NullRepository", doc="")}, Outcome.PASSED, id="a class that says so"),
        pytest.param({"a.py": REPOSITORY.format(name="Postgres", doc='\n        """Rows are never deleted."""')}, Outcome.PASSED, id="two, for the third says why"),
        pytest.param({"a.py": "def health():\n    return {'database': 'healthy', 'at': datetime.now().isoformat()}\n"}, ["health"], id="nobody was asked"),
        pytest.param({"a.py": "def health(db):\n    db.ping()\n    return {'database': 'healthy'}\n"}, Outcome.PASSED, id="the database was asked"),
        pytest.param({"a.py": "def health():\n    return {'status': 'healthy'}\n"}, Outcome.PASSED, id="only that it lives"),
        pytest.param({"a.py": "STATES = {'database': 'healthy'}\n"}, Outcome.PASSED, id="a table"),
    ],
)  # fmt: skip
def test_what_does_nothing(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_what_is_admitted_weighs_less() -> None:
    text = "def send(message):\n    # TODO: call the gateway\n    pass\n"
    (gap,) = result_of(CHECK, {"a.py": text}).gaps
    assert gap.severity is Severity.HIGH
    assert "TODO: call the gateway" in gap.gap.message


def test_a_capability_that_only_others_have_weighs_less() -> None:
    base = "class Store: ...\n\n"
    other = REPOSITORY.format(name="Redis(Store)", doc="")
    for nothing in ("return None", "return False"):
        other = other.replace(nothing, "return self.pool.run(1)")
    half = REPOSITORY.format(name="Local(Store)", doc="")
    assert [gap.severity for gap in result_of(CHECK, {"a.py": base + half, "b.py": other}).gaps] == [
        Severity.MEDIUM
    ]
    assert [gap.severity for gap in result_of(CHECK, {"a.py": half, "b.py": other}).gaps] == [Severity.HIGH]
