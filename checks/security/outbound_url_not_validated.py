"""A client calls any address it is given, though the repository knows how to check one.

An address that somebody else can set leads the service to the cloud's metadata endpoint, to databases behind the
firewall or to its own admin port, and a redirect leads there from an allowed one. A check that only some clients use
protects none.

## Fix

Call the validator before the client is made, dial only the address that was checked, compare host and port with what
is allowed, and don't follow redirects:

```go pkg/model/client.go
package model

func NewClient(baseURL string) (*Client, error) {
        if err := safe.ValidateURL(baseURL); err != nil {
                return nil, err
        }
        stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
        return &Client{url: baseURL, http: &http.Client{Timeout: time.Minute, CheckRedirect: stay}}, nil
}
```

## Gap

```go pkg/safe/url.go
package safe

func ValidateURL(address string) error {
        parsed, err := url.Parse(address)
        return isPrivate(parsed.Hostname(), err)  ← gap
}
```
```go pkg/model/client.go
package model

import "net/http"

func NewClient(baseURL string) *Client {
        return &Client{url: baseURL, http: &http.Client{Timeout: time.Minute}}  ← gap
}
```

## No gap

```go pkg/safe/url.go
package safe

func ValidateURL(address string) error {
        parsed, err := url.Parse(address)
        return isPrivate(parsed.Hostname(), parsed.Port(), err)
}
```
```go pkg/model/client.go
package model

import "net/http"

func NewClient(baseURL string) (*Client, error) {
        if err := safe.ValidateURL(baseURL); err != nil {
                return nil, err
        }
        return &Client{url: baseURL, http: &http.Client{CheckRedirect: refuse}}, nil
}
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.outbound_urls import OutboundUrls
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=OutboundUrls, effort=(1.0, 4.0), ranked_by=LiveCode)
def outbound_url_not_validated(snapshot: Snapshot) -> Iterator[Finding]:
    urls = snapshot.derived(OutboundUrls)
    for client in urls.clients:
        if client.problem:
            evidence = (Evidence(f"`{urls.validator}` checks addresses", urls.defined_in, urls.defined_at),)
            yield Gap(client.subject, client.problem, client.path, client.line, evidence, client.severity)
