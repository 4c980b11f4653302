"""A signed token or request is trusted without its signature being checked.

Anyone can write a token that says who they are; the signature is all that makes it true. Where it isn't checked,
authentication is a text field.

## Fix

Verify first, with the issuer's key and a fixed list of algorithms, then read the claims:
`jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE)`. Refuse the token where the key can't be had.

## Gap

```python service/auth.py
import jwt

def current_user(token):
    return jwt.decode(token, options={"verify_signature": False})["sub"]  ← gap
```
```go pkg/auth.go
package auth

func Principal(r *http.Request) (*User, error) {
        token := r.Header.Get("X-Assertion")
        if token == "" {
                return nil, errMissing
        }
        // TODO: Verify JWT signature with the issuer's keys  ← gap
        return &User{Email: r.Header.Get("X-Email")}, nil
}

func verifySignature(message string, signature []byte) error {  ← gap
        return nil
}
```
```rust src/auth.rs
fn claims(token: &str) -> Claims {
    let mut validation = Validation::default();
    validation.insecure_disable_signature_validation();  ← gap
    decode::<Claims>(token, &key(), &validation).unwrap().claims
}
```
```typescript src/auth.ts
import jwt from "jsonwebtoken";

export function authenticate(request: Request) {
  return jwt.decode(request.headers.authorization);  ← gap
}
```

## No gap

```python service/auth.py
import jwt

def current_user(token, key):
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    return jwt.decode(token, key(issuer), algorithms=["RS256"])["sub"]
```
```go pkg/auth.go
package auth

func peekIssuer(token string) string {
        parsed, _, _ := parser.ParseUnverified(token, &claims)
        return parsed.Issuer
}
```
"""

from collections.abc import Iterator

from checks.derived.completeness.unverified_signatures import UnverifiedSignatures
from checks.derived.live_code import LiveCode
from checks.facts.source import Source
from checks.model import Finding, Gap, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=Source, blocks=Stage.STAGING, effort=(2.0, 12.0), ranked_by=LiveCode)
def signature_verification_skipped(snapshot: Snapshot) -> Iterator[Finding]:
    for place in snapshot.derived(UnverifiedSignatures).places:
        if not place.sure:
            yield Undecided(f"{place.what}; another function of the file verifies something", place.path)
            continue
        message = f"`{place.name}` trusts what it hasn't verified: {place.what}."
        yield Gap(place.name, message, place.path, place.line)
