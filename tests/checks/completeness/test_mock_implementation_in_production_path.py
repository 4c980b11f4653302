"""Whose double it is: of something else, or only a name."""

from __future__ import annotations

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

CHECK = "mock-implementation-in-production-path"
ADAPTER = "class MockRequest:\n    def __init__(self, request):\n        self.request = request\n"


def test_a_class_that_only_its_own_file_makes_is_its_own_business() -> None:
    own = ADAPTER + "\n\ndef cookies(jar, request):\n    jar.add(MockRequest(request))\n"
    assert said(CHECK, {"cookies.py": own}) is Outcome.PASSED
    other = "from cookies import MockRequest\n\n\ndef send(request):\n    return MockRequest(request)\n"
    assert said(CHECK, {"cookies.py": ADAPTER, "client.py": other}) == ["MockRequest"]


def test_an_own_module_is_no_library() -> None:
    assert said(CHECK, {"src/lib.rs": "pub mod mock;\n", "src/mock.rs": ""}) is Outcome.PASSED


def test_patch_alone_is_no_double() -> None:
    (gap,) = result_of(CHECK, {"data.py": "from unittest.mock import patch\n"}).gaps
    assert gap.severity is Severity.MEDIUM
    (gap,) = result_of(CHECK, {"data.py": "from unittest.mock import Mock, patch\n"}).gaps
    assert gap.severity is Severity.CRITICAL


def test_a_dummy_that_makes_nothing_up_is_for_going_without() -> None:
    nothing = "export class DummyHistory {\n  add(event: string): void {\n    return;\n  }\n  all(): string[] {\n    return [];\n  }\n}\n"
    made = "import { DummyHistory } from './history';\n\nexport const history = () => new DummyHistory();\n"
    assert said(CHECK, {"src/history.ts": nothing, "src/shop.ts": made}) is Outcome.PASSED
    answers = nothing.replace("return [];", "return ['paid'];")
    assert said(CHECK, {"src/history.ts": answers, "src/shop.ts": made}) == ["DummyHistory"]
    without_methods = "export class DummyHistory {\n  events = ['paid'];\n}\n"
    assert said(CHECK, {"src/history.ts": without_methods, "src/shop.ts": made}) == ["DummyHistory"]
