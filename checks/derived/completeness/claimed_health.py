"""Answers that say a database or a queue is well, in functions that ask nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from checks.facts.source import Source, StringLiteral

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPENDENCY = re.compile(
    r"^(?:database|db|postgres\w*|mysql|mongo\w*|redis|cache|queue|broker|kafka|rabbitmq|nats|storage|s3|elasticsearch|vector_?(?:db|store))$",
    re.IGNORECASE,
)
WELL = re.compile(r"^(?:healthy|ok|up|connected|available|operational|online|ready|running)$", re.IGNORECASE)
# Calls that ask nothing: what builds the answer, and what tells the time.
ASKS_NOBODY = re.compile(
    r"(?:^|[.:])(?:[A-Z]\w*|now|utcnow|time|isoformat|strftime|toISOString|uptime|json|JSON|jsonify|status|getenv|get|Format|Now|UTC|info|debug"
    r"|router\.get|route)!?$"
)


def claimed_health(source: Source) -> Iterator[tuple[str, list[StringLiteral]]]:
    """The functions, with the states they claim."""
    claims: dict[str, list[StringLiteral]] = defaultdict(list)
    for string in source.strings:
        named = string.name is not None and DEPENDENCY.match(string.name.strip("\"'"))
        if named and string.inside and WELL.match(string.value) and not source.in_test(string.line):
            claims[string.inside].append(string)
    if not claims:
        return
    asking = {call.inside for call in source.calls if call.inside and not ASKS_NOBODY.search(call.callee)}
    for name, found in claims.items():
        if name not in asking:
            yield name, found
