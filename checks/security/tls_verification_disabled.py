"""The check of the other side's certificate is switched off.

The connection is still encrypted, but to whoever answers: anyone between the two can read and change what passes,
credentials included. It is switched off for a test environment and stays off in production.

## Fix

Trust the right authority instead: `verify="/etc/ssl/internal-ca.pem"`, `tls.Config{RootCAs: pool}`,
`NODE_EXTRA_CA_CERTS`, `Client::builder().add_root_certificate(..)`.

## Gap

```python service/api.py
import requests

def fetch(url):
    return requests.get(url, verify=False, timeout=5)  ← gap
```
```go pkg/tls.go
package pkg

var config = &tls.Config{InsecureSkipVerify: true}  ← gap
```
```javascript src/api.js
const agent = new https.Agent({ rejectUnauthorized: false });  ← gap
```
```rust src/api.rs
fn client() { reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }  ← gap
```

## No gap

```python service/api.py
import requests

def fetch(url, settings):
    return requests.get(url, verify=settings.authority, timeout=5)
```
```go pkg/tls.go
package pkg

import "crypto/tls"
func config(options Options) *tls.Config { return &tls.Config{InsecureSkipVerify: options.Insecure} }
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.unchecked_certificates import UncheckedCertificates
from checks.facts.source import Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

BEFORE = re.compile(r"^.*[^\w.:$]\.?", re.DOTALL)  # a chain is named by its last call


@check(severity=Severity.HIGH, about=Source, effort=(0.5, 4.0), ranked_by=LiveCode)
def tls_verification_disabled(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UncheckedCertificates).all:
        message = f"`{BEFORE.sub('', found.call.callee)}` does not check certificates (`{found.how}`)."
        subject = f"{found.call.inside or 'module'}: {found.how}"
        severity = (
            Severity.MEDIUM if found.at_home else None
        )  # hardly anybody stands between a program and itself
        yield Gap(subject, message, found.path, found.call.line, severity=severity)
