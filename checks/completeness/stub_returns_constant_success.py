"""A function reports success without doing anything.

Its name promises an effect, its inputs are used for nothing but a log line, and it says that all went well. Callers,
tests and dashboards believe it: what was to be sent, stored or verified is lost without a trace.

## Fix

Do the work, or refuse loudly until it is done. A deliberate no-op belongs in a type whose name says so (`NullSender`).

## Gap

```python service/mcp.py
class Client:
    async def invoke_server(self, server: str, arguments: dict):  ← gap
        logger.info("invoking", server=server)
        return {"success": True}
```
```go pkg/verify.go
package pkg

func VerifyToken(token string) (bool, error) {  ← gap
        return true, nil
}
```

## No gap

```python service/mcp.py
class NullClient:
    async def invoke_server(self, server: str, arguments: dict):
        return {"success": True}


class Client:
    async def invoke_server(self, server: str, arguments: dict):
        await self.connection.send(server, arguments)
        return {"success": True}


def supports(kind):
    return True
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import BodyForm, Definition, DefinitionKind, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

PROMISE = re.compile(
    r"^_*(?i:send|post|publish|invoke|execute|run|process|save|store|delete|update|create|deploy|verify|validate|authenticate"
    r"|authori[sz]e|upload|download|sync|notify|persist|charge|refund|encrypt|decrypt|call|register|submit|transfer|import|export"
    r"|migrate|backup|restore|connect|write|fetch|index|train|check)(?:_|[A-Z]|$)",
)
SUCCESS = re.compile(
    r"^(?:Ok\()?(?:[Tt]rue)\b|[\"'](?:ok|success|succeeded|healthy|completed|done|sent|delivered|valid|verified)[\"']"
    r"|\b[\"']?(?:success|ok|valid|verified|sent|healthy|authenticated)[\"']?\s*[:=]\s*[Tt]rue\b",
    re.IGNORECASE,
)
DECLARED = re.compile(
    r"(?:^|[._])_?(?:Mock|Fake|Stub|Dummy|No[Oo]p|Null|Unimplemented|Abstract|Base|InMemory|Test|Always|AllowAll|Nop|Default)"
    r"|(?:Base|Mixin|Stub|Mock)(?:\.|$)|no_?op",
)


@check(severity=Severity.CRITICAL, about=Source, effort=(2.0, 16.0), ranked_by=LiveCode)
def stub_returns_constant_success(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        for definition in source.definitions:
            if _is_stub(definition) and not source.in_test(definition.line):
                name, said = definition.name, definition.returns or ""
                message = f"`{name}` does nothing with what it is given and returns `{said[:80]}`."
                evidence = (
                    Evidence(f"parameters: {', '.join(definition.parameters)}", path, definition.line),
                )
                yield Gap(name, message, path, definition.line, evidence)


def _is_stub(definition: Definition) -> bool:
    given = [name for name in definition.parameters if name not in ("ctx", "context", "_", "self")]
    return bool(
        definition.body is BodyForm.CONSTANT
        and definition.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
        and given
        and not all(name.startswith("_") for name in given)
        and not (definition.abstract or definition.inside in definition.bases)
        and PROMISE.match(definition.name.rpartition(".")[2])
        and SUCCESS.search(definition.returns or "")
        and not DECLARED.search(definition.name)
    )
