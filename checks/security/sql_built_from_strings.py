"""A SQL statement is put together from strings.

A value that holds a quote changes the statement: it reads other people's rows, or drops them. Escaping by hand fails
on the one encoding nobody thought of.

## Fix

Pass values as parameters: `cursor.execute("SELECT * FROM users WHERE name = %s", (name,))`.

## Gap

```python service/users.py
def find(cursor, name):
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")  ← gap
```
```go pkg/users.go
package pkg

func find(db *sql.DB, name string) {
        db.Query(fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name))  ← gap
}
```
```typescript src/users.ts
export const find = (name: string) => db.query(`DELETE FROM users WHERE name = '${name}'`);  ← gap
```

## No gap

```python service/users.py
TABLE = "users"

def find(cursor, names):
    marks = ", ".join("?" for _ in names)
    cursor.execute(f"SELECT * FROM {TABLE} WHERE name IN ({marks})", names)
    cursor.execute("SELECT * FROM users WHERE name = %s", names[:1])
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Source, StringLiteral
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

STATEMENT = re.compile(
    r"^\s*(?:SELECT\b.+\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|WITH\b.+\bSELECT\b)",
    re.IGNORECASE | re.DOTALL,
)
# A value's place: in quotes, or bare behind "=". A table, a column or a clause is mostly the program's own.
VALUE = re.compile(
    r"'%?(?:\$?\{(?P<quoted>[^{}]*)\}|%[sv])%?'|(?:=|\bLIKE)\s*(?:\$?\{(?P<bare>[^{}]*)\}|%[sv](?![\w(]))",
    re.IGNORECASE,
)
CONCATENATED = re.compile(r"(?:=|\bLIKE)\s*'%?$", re.IGNORECASE)
OWN = re.compile(
    r"place_?holder|marks?\b|param|bind|slots|sql|clause|column|table|query|where|condition|offset|limit"
    r"|^(?-i:[A-Z_]+)$|\bint\(|Number\(|parseInt|join\(|len\(|escape|quote|sanitiz",
    re.IGNORECASE,
)
FORMATTERS = frozenset({"fmt.Sprintf"})


@check(severity=Severity.HIGH, about=Source, effort=(0.5, 4.0), on_trial=True, ranked_by=LiveCode)
def sql_built_from_strings(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        formatted = {call.line for call in source.calls if call.callee in FORMATTERS}
        for string in source.strings:
            if (
                (string.formatted or string.line in formatted)
                and _is_open(string)
                and not source.in_test(string.line)
            ):
                statement = " ".join(string.value.split()[:3])
                message = f"A `{statement} ...` statement takes a value into its text."
                yield Gap(f"{string.inside or 'module'}: {statement}", message, path, string.line)


def _is_open(string: StringLiteral) -> bool:
    if not STATEMENT.search(string.value):
        return False
    if CONCATENATED.search(string.value):
        return True
    names = [match.group("quoted") or match.group("bare") or "" for match in VALUE.finditer(string.value)]
    return any(not OWN.search(name) for name in names)
