"""Shipped code makes or imports a test double.

A mock answers as if the work were done. Reached in production, by a default, by a fallback when a setting is missing,
or by plain mistake, it turns an outage into silently wrong results.

## Fix

Fail where the real implementation can't be made, and move the double to the tests.

## Gap

```python service/container.py
from unittest.mock import AsyncMock  ← gap


def runner(settings):
    return AsyncMock()
```
```go pkg/inference/mock.go
package inference

type MockService struct{}

func NewMockService(name string) *MockService { return &MockService{} }
```
```go app.go
package app

func service(url string) Service {
        if url == "" {
                return inference.NewMockService("none")  ← gap
        }
        return inference.NewService(url)
}
```

## No gap

```python service/container.py
from service.runner import Runner


def runner(settings):
    return Runner(settings)
```
```python tests/test_container.py
from unittest.mock import AsyncMock
```
"""

import re
from collections.abc import Iterator

from checks.derived.completeness.doubles import doubles
from checks.derived.live_code import LiveCode
from checks.facts.source import ImportForm, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

LIBRARIES = re.compile(
    r"^(?:unittest\.mock|mock|pytest_mock|github\.com/stretchr/testify/mock|go\.uber\.org/mock/.*|sinon|mockall)$"
)
# As words, in snake or camel case: `createStripe` and `latest` are not for tests.
FOR_TESTS = re.compile(
    r"(?<![a-zA-Z])(?:mock|fake|dummy|stub|test|demo|fixture|simulat)|Mock|Fake|Dummy|Stub|Test|Demo|Fixture|Simulat"
)


@check(severity=Severity.CRITICAL, about=Source, effort=(2.0, 16.0), ranked_by=LiveCode)
def mock_implementation_in_production_path(snapshot: Snapshot) -> Iterator[Finding]:
    made = doubles(snapshot)
    for path, source in snapshot.shipped(Source):
        if FOR_TESTS.search(path):
            continue
        for found in source.imports:
            if LIBRARIES.match(found.module) and not (
                found.level
                or found.type_only
                or found.form is ImportForm.MODULE
                or source.in_test(found.line)
            ):
                message = f"Shipped code imports the test doubles of `{found.module}`."
                # `patch` alone switches something off; a Mock answers in its place.
                less = found.names and set(found.names) <= {"patch", "ANY", "sentinel", "call"}
                yield Gap(found.module, message, path, found.line, severity=Severity.MEDIUM if less else None)
        for call in source.calls:
            name = re.split(r"\.|::", call.callee.removesuffix("::new"))[-1]
            # What a file names so for its own use is no double of something else (`requests.cookies.MockRequest`).
            other = name in made and made[name][0] != path
            if other and not FOR_TESTS.search(call.inside or "") and not source.in_test(call.line):
                evidence = (Evidence(f"`{name}` is defined here", *made[name]),)
                yield Gap(name, f"Shipped code makes the double `{name}`.", path, call.line, evidence)
