"""An OAuth callback accepts any state.

The state ties the answer to the browser that asked. Where it is only decoded, or not looked at, an attacker can have a
victim's browser finish the attacker's sign-in, or bind their own account to the victim's installation.

## Fix

Keep the state for the visitor when the flow starts, compare it in the callback, and use it once:

```python oauth/router.py
@router.get("/github/callback")
async def github_callback(request: Request, code: str, state: str):
    if not secrets.compare_digest(request.session.pop("oauth_state", ""), state):
        raise HTTPException(400, "unknown state")
    return await client.exchange_code(code)
```

## Gap

```python oauth/router.py
@router.get("/github/callback")
async def github_callback(code: str, state: str):  ← gap
    target = json.loads(state)["redirect"]
    return await client.exchange_code(code, target)
```
```go oauth/callback.go
package oauth

func Callback(w http.ResponseWriter, r *http.Request) {  ← gap
        token, err := config.Exchange(r.Context(), r.FormValue("code"))
}
```

## No gap

```python oauth/router.py
@router.get("/github/callback")
async def github_callback(request: Request, code: str, state: str):
    if request.session.pop("oauth_state") != state:
        raise HTTPException(400)
    return await client.exchange_code(code)
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.oauth_callbacks import OauthCallbacks
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=OauthCallbacks, effort=(1.0, 4.0), ranked_by=LiveCode)
def oauth_state_not_verified(snapshot: Snapshot) -> Iterator[Finding]:
    for callback in snapshot.derived(OauthCallbacks).all:
        if not callback.verified:
            name = callback.name.rpartition(".")[2]
            does = "compares its `state` with nothing" if callback.reads_state else "never reads the `state`"
            looked = "looked for a session, cookie, cache or signature here and where the state is given to"
            yield Gap(
                name,
                f"`{name}` exchanges the code and {does}.",
                callback.path,
                callback.line,
                (Evidence(looked),),
            )
