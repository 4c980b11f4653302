"""Code with logic that no test reaches.

No test imports the module, directly or by way of something else, and none asks for a route that it serves: nothing notices
when a change breaks it. This is read from imports: a module that *is* reached may still be untested. With a coverage report
its figures are taken instead; the policy's `limits.coverage_percent` holds for all code and for each critical module.

## Fix

Test what it decides, first of all the branches that production depends on.

```python tests/test_billing.py
from shop.billing import charge
def test_ten_is_added_below_a_hundred():
    assert charge(60) == 70
```

## Gap

```python shop/billing.py
def charge(amount):  ← gap
    total = amount
    if total > 0:
        total += 10
    if total > 100:
        total -= 10
    if total > 200:
        total -= 20
    if total > 300:
        total -= 30
    if total > 400:
        total -= 40
    if total > 500:
        total -= 50
    if total > 600:
        total -= 60
    if total > 700:
        total -= 70
    if total > 800:
        total -= 80
    if total > 900:
        total -= 90
    if total > 1000:
        total -= 100
    if total > 1100:
        total -= 110
    if total > 1200:
        total -= 120
    if total > 1300:
        total -= 130
    if total > 1400:
        total -= 140
    if total > 1500:
        total -= 150
    if total > 1600:
        total -= 160
    if total > 1700:
        total -= 170
    if total > 1800:
        total -= 180
    return total
```

## No gap

```python shop/greeting.py
def greet(name):
    if not name:
        return "hello"
    greeting = f"hello {name}"
    return greeting
```

```python tests/test_greeting.py
from shop.greeting import greet
```
"""

from collections.abc import Iterator

from checks.derived.tests.untested_code import UntestedModules
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM, about=UntestedModules, blocks=Stage.NONE, effort=(1.0, 8.0), proof=Proof.ABSENCE
)
def module_without_test(snapshot: Snapshot) -> Iterator[Finding]:
    untested = snapshot.derived(UntestedModules)
    for code in untested.code:
        message = f"{code.holder} {code.lines} lines of logic, and {code.lack}."
        severity = Severity.HIGH if code.critical else Severity.LOW if code.imported or code.unused else None
        line = code.functions[0][2] if code.files == (code.path,) else None
        subject = "unused code" if code.unused else code.path.rpartition("/")[2]
        yield Gap(subject, message, code.path, line, code.evidence(), severity)
    if untested.short is not None:
        asked = snapshot.policy.limits.coverage_percent
        message = f"Tests run {untested.short.percent} % of the code, and the policy asks for {asked} %."
        yield Gap("coverage", message, None, None, (Evidence("measured, by the coverage report"),))
