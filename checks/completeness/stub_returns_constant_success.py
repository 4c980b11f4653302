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

async def health():
    return {"status": "healthy", "redis": "healthy"}  ← gap
```
```go pkg/verify.go
package pkg

func VerifyToken(token string) (bool, error) {  ← gap
        return true, nil
}
```
```go pkg/agent.go
package pkg

func register(tools map[string]Tool, names []string, validator Validator) {
        for _, name := range names {
                tools[name] = func(ctx context.Context, in map[string]any) (any, error) {  ← gap
                        if err := validator.Validate(in); err != nil {
                                return nil, err
                        }
                        return map[string]string{"status": "ok"}, nil
                }
        }
}

func (s *Supervisor) Start(ctx context.Context) error {  ← gap
        // In production: intercept all messages
        log.Printf("online")
        return nil
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


class Vault(ABC):
    @abstractmethod
    async def delete(self, item: str) -> None: ...

    async def post_delete(self, item: str) -> bool:
        return True


async def health(database):
    await database.ping()
    return {"status": "healthy", "database": "healthy"}
```
```go pkg/server.go
package pkg

func (s *Server) Use(transport Transport) { s.transport = transport }
```
"""

from collections.abc import Iterator

from checks.derived.completeness.stubs import Stubs
from checks.derived.live_code import LiveCode
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=Source, effort=(2.0, 16.0), ranked_by=LiveCode)
def stub_returns_constant_success(snapshot: Snapshot) -> Iterator[Finding]:
    for stub in snapshot.derived(Stubs).stubs:
        evidence = tuple(Evidence(note, stub.path, line) for note, line in stub.notes[:10])
        yield Gap(stub.name, stub.message, stub.path, stub.line, evidence, stub.severity)
