"""A connection may use a TLS version that is broken, or older than promised.

TLS 1.0 and 1.1 are withdrawn: their ciphers can be attacked, and auditors and browsers refuse them. Where the
documents require TLS 1.3, code that accepts 1.2 makes the document wrong.

## Fix

State the floor that the documents promise, at least TLS 1.2:

```go
server := &http.Server{Addr: ":8443", TLSConfig: &tls.Config{MinVersion: tls.VersionTLS13}}
```

Python: `context.minimum_version = ssl.TLSVersion.TLSv1_3`. Node: `https.createServer({ minVersion: "TLSv1.3", key, cert })`.

## Gap

```go pkg/server.go
package pkg

import "crypto/tls"

var config = &tls.Config{MinVersion: tls.VersionTLS10}  ← gap
```
```python service/client.py
import ssl

context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  ← gap
```

### older than the documents promise

```go pkg/server.go
package pkg

import "crypto/tls"

var config = &tls.Config{MinVersion: tls.VersionTLS12}  ← gap
```
````markdown docs/security.md
# Security

All connections require TLS 1.3.
````

## No gap

```go pkg/server.go
package pkg

import "crypto/tls"

var config = &tls.Config{MinVersion: tls.VersionTLS12}
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.tls_versions import TlsVersions
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Source, effort=(0.25, 2.0), ranked_by=LiveCode)
def tls_min_version_too_low(snapshot: Snapshot) -> Iterator[Finding]:
    versions = snapshot.derived(TlsVersions)
    for path, floors in versions.by_file.items():
        low = [floor for floor in floors if floor.version < versions.promised]
        if low:
            told = tuple(
                Evidence(f"TLS 1.{floor.version} is accepted ({floor.callee})", path, floor.line)
                for floor in low
            )
            promise = versions.promise
            said = (Evidence(promise.text, promise.path, promise.line),) if promise else ()
            required = f"; the documents promise TLS 1.{versions.promised}" if promise else ""
            message = f"This accepts TLS 1.{low[0].version}{required}."
            severity = Severity.LOW if low[0].version >= 2 else None
            yield Gap("minimum TLS version", message, path, low[0].line, (*told, *said), severity)
