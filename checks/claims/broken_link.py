"""A document links to a file or heading that does not exist.

The reader who needs the page gets "not found": a deleted document, a renamed heading, a file that was never
written. Links that a site generator resolves, and links whose own words say that the target is missing, are
not counted. A target that stands elsewhere in the tree is documented-path-moved.

## Fix

Correct the link, or write what it promises. Anchors are the heading in lower case with hyphens:
`[Limits](operate.md#request-limits)`.

## Gap

````markdown README.md
# Service

See the [tools guide](docs/MCP_TOOLS.md).  ← gap
Or [how to run it](#running-it).  ← gap

## Run
````

## No gap

````markdown README.md
# Service

See the [tools guide](docs/MCP_TOOLS.md), [its end](docs/MCP_TOOLS.md:12), or [how to run it](#running-it).

## Running it
````
````markdown docs/MCP_TOOLS.md
# Tools
````
"""

from collections.abc import Iterator

from checks.derived.claims.links import BrokenLink, Links
from checks.derived.documents import Standing
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Links, blocks=Stage.NONE, effort=(0.1, 1.0))
def broken_link(snapshot: Snapshot) -> Iterator[Finding]:
    for link in snapshot.derived(Links).broken:
        if link.moved_to is None:
            yield _gap(link)


def _gap(link: BrokenLink) -> Gap:
    what = "no heading makes that anchor" if link.anchor else "nothing is there"
    message = f"The document links to `{link.target}`, but {what}."
    looked_for = Evidence(f"looked for {link.target} from the folder of {link.document.path}")
    severity = Severity.MEDIUM if link.document.standing is Standing.README and not link.anchor else None
    return Gap(link.target, message, link.document.path, link.line, (looked_for,), severity)
