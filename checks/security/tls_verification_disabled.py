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
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

# Keyword -> (callee that takes it, value that switches the check off).
SWITCHES = {
    "verify": (
        re.compile(
            r"^(?:requests|httpx)\.|(?:session|client|http)\w*\.\w+$|AsyncClient$|Client$", re.IGNORECASE
        ),
        "False",
    ),
    "verify_ssl": (re.compile(r"."), "False"),
    "InsecureSkipVerify": (re.compile(r"^tls\.Config$"), "true"),
    "rejectUnauthorized": (re.compile(r"."), "false"),
}
# A file that names such a setting switches the check off where a person chose so.
CHOICE = re.compile(
    r"(?:ignore|skip|insecure|disable|allow|unsafe|no|verify|accept)_?\w*(?:tls|ssl|cert)|(?:tls|ssl|cert)\w*_?(?:ignore|skip|insecure|verif|unsafe)",
    re.IGNORECASE,
)
SETTING = re.compile(
    r"^(?:InsecureSkipVerify|rejectUnauthorized|danger_accept_invalid_(?:certs|hostnames)|_create_unverified_context)$"
)
METHODS = re.compile(r"\.danger_accept_invalid_(?:certs|hostnames)$")
FUNCTIONS = frozenset({"ssl._create_unverified_context"})


@check(severity=Severity.HIGH, about=Source, effort=(0.5, 4.0), ranked_by=LiveCode)
def tls_verification_disabled(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        optional = any(CHOICE.search(name) and not SETTING.match(name) for name in source.references)
        for call in source.calls if not optional else ():
            how = _switched_off(call)
            if how and not source.in_test(call.line):
                message = f"`{call.callee}` does not check certificates (`{how}`)."
                yield Gap(f"{call.inside or 'module'}: {how}", message, path, call.line)


def _switched_off(call: Call) -> str | None:
    if call.callee in FUNCTIONS:
        return call.callee
    if METHODS.search(call.callee) and call.arguments and call.arguments[0].text == "true":
        return call.callee.rpartition(".")[2]
    for name, (callee, off) in SWITCHES.items():
        given = call.argument(name)
        if given is not None and given.literal and given.text == off and callee.search(call.callee):
            return f"{name}={off}"
    return None
