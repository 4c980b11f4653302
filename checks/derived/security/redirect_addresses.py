"""Addresses put together at run time to which a function sends its visitor on."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Source, StringLiteral

_REDIRECTS = re.compile(r"redirect", re.IGNORECASE)


def redirect_addresses(source: Source) -> Iterator[StringLiteral]:
    """The formatted strings that a redirect may be given: by the name they are bound to, where they have one."""
    given: dict[str | None, list[str]] = defaultdict(list)
    for call in source.calls:
        if _REDIRECTS.search(call.callee):
            given[call.inside] += [f"{argument.name}={argument.text}" for argument in call.arguments]
    texts = {inside: "\n".join(arguments) for inside, arguments in given.items()}
    for literal in source.strings if texts else ():
        if literal.formatted and literal.inside in texts and (literal.name or "") in texts[literal.inside]:
            yield literal
