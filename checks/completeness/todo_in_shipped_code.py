"""Shipped code holds a TODO.

A note to finish something later is a piece of the product that its author knew to be missing. Where it stands
beside authentication, verification or validation, the missing piece is a hole. Notes in comments are also what
nobody sees in a backlog: they are found after the incident.

## Fix

Do it, or move it to the issue tracker and describe the limitation where users read it.

## Gap

```python service/auth.py
def login(address, password):
    # TODO: validate the address  ← gap
    return session(address, password)
```
```go pkg/server.go
package pkg

// FIXME(ann) the pool leaks under load  ← gap
func serve() {}
```

## No gap

The function is a gap of its own already, with what the note says:

```python service/pay.py
def refund(charge):
    # TODO: call the bank
    raise NotImplementedError
```
```python service/notes.py
def count_notes(text):
    # Counts the lines that hold a TODO or FIXME marker.
    return sum("TODO" in line for line in text.splitlines())
```
"""

import re
from collections.abc import Iterator

from checks.derived.completeness.told_functions import ToldFunctions
from checks.derived.live_code import LiveCode
from checks.facts.source import Source
from checks.model import Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

# At the beginning of a comment's line: prose about such notes names them further on.
NOTE = re.compile(r"^[\s*@!#/;-]*(?:SECURITY[ :-]+)?(TODO|FIXME|HACK|XXX)\b(?![_/.=-]\w)(.*)$", re.MULTILINE)
PROSE = re.compile(r"^[\s:]*(?:comments?|markers?|items?|notes?|tags?|lists?|and|or|/)\b", re.IGNORECASE)
SENSITIVE = re.compile(
    r"secur|\bauth(?:n|z)?\b|\bauth(?:enticat|oriz|oris)|credential|signature|permission|vulnerab|sanitiz|sanitis"
    r"|\b(?:verif|validat)\w* (?:the |this |that |all |user )?(?:input|token|user|request|certificate|identity|caller|origin|jwt|hash|checksum)"
    r"|\bssrf|\bxss|\b(?:sql|code|command|script|header|prompt|log)[ -]injection|encrypt|\bbypass|\bcsrf",
    re.IGNORECASE,
)


@check(severity=Severity.LOW, about=Source, blocks=Stage.NONE, effort=(0.5, 8.0), ranked_by=LiveCode)
def todo_in_shipped_code(snapshot: Snapshot) -> Iterator[Finding]:
    told = snapshot.derived(ToldFunctions)
    for path, source in snapshot.shipped(Source):
        for comment in source.comments:
            for match in NOTE.finditer(comment.text):
                line = comment.line + comment.text.count("\n", 0, match.start(1))
                if not (source.in_test(line) or PROSE.match(match.group(2)) or told.hold(path, line)):
                    yield _gap(path, line, match.group(1), match.group(2).strip(" :.-"))


def _gap(path: str, line: int, marker: str, text: str) -> Gap:
    sensitive = SENSITIVE.search(text) is not None
    message = f"A comment in shipped code says `{marker}`: {text[:120] or 'without a word on what'}."
    return Gap(
        f"{marker} {text[:60]}".strip(), message, path, line, severity=Severity.MEDIUM if sensitive else None
    )
