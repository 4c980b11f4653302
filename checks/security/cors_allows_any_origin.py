"""Any web site may call the API from its visitors' browsers.

With credentials allowed, every site a signed-in user visits can read and write in their name. Without, internal and
unauthenticated services behind a firewall are still open to any page that an employee opens.

## Fix

CORS is how a server tells browsers which other sites' pages may call it. List them: `allow_origins=["https://app.example.org"]`.

## Gap

```python app/main.py
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  ← gap
```
```javascript src/app.js
response.setHeader("Access-Control-Allow-Origin", "*");  ← gap
```
```yaml deploy/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    nginx.ingress.kubernetes.io/cors-allow-origin: "*"  ← gap
```

## No gap

```python app/main.py
app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.workloads import Manifests
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

ANY = re.compile(r"^\[?\s*[\"']?\*[\"']?\s*\]?$")
OPTIONS = ("allow_origins", "origins", "AllowOrigins", "AllowedOrigins", "cors_allowed_origins", "allow_origin")  # fmt: skip
HEADER = "a header"
CREDENTIALS = re.compile(r"^Access-Control-Allow-Credentials$", re.IGNORECASE)
# Callee -> what the file must import for the name to be the framework's.
WIDE_OPEN = {
    "cors.AllowAll": "cors",
    "cors.Default": "gin-contrib/cors",
    "CorsLayer::permissive": "tower_http",
    "CorsLayer::very_permissive": "tower_http",
    "Cors::permissive": "actix_cors",
}


@check(severity=Severity.MEDIUM, about=(Source, Manifests), effort=(0.25, 2.0), ranked_by=LiveCode)
def cors_allows_any_origin(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        modules, seen = " ".join(found.module for found in source.imports), set[str]()
        for call in source.calls:
            how = _opens(call, modules)
            subject = f"{call.inside or 'module'}: {call.callee}"
            if how and not source.in_test(call.line) and subject not in seen:
                seen.add(subject)  # three ways into one interface are opened by one decision
                severity = _severity(call, how, source)
                message = f"`{call.callee}` lets any origin call ({how})."
                yield Gap(subject, message, path, call.line, severity=severity)
    for manifest in snapshot.derived(Manifests).objects:
        for name, value in manifest.object.annotations:
            if name.endswith("/cors-allow-origin") and value.strip() == "*":
                line = manifest.object.node.line_of("metadata", "annotations", name)
                message = f"{manifest.object.label} lets any origin call (`{name}`)."
                yield Gap(f"{manifest.object.label}: cors-allow-origin", message, manifest.path, line)


def _severity(call: Call, how: str, source: Source) -> Severity | None:
    credentials = call.argument("allow_credentials") or call.argument("AllowCredentials")
    if credentials and credentials.text in ("True", "true"):
        return Severity.HIGH
    # One answer's header, without the visitor's cookies, is mostly meant.
    return None if how != HEADER or any(CREDENTIALS.search(s.value) for s in source.strings) else Severity.LOW


def _opens(call: Call, modules: str) -> str | None:
    if (needed := WIDE_OPEN.get(call.callee)) and needed in modules:
        return "its defaults"
    if call.callee in ("cors", "CORS", "flask_cors.CORS") and "cors" in modules:
        origin = call.argument("origin") or call.argument("origins") or call.argument("resources")
        positional = [argument for argument in call.arguments if argument.name is None]
        bare = not positional if call.callee == "cors" else len(call.arguments) == 1
        if (origin is None and bare) or (origin is not None and ANY.match(origin.text)):
            return "its defaults" if origin is None else "origin *"
    for name in OPTIONS:
        given = call.argument(name)
        if given is not None and ANY.match(given.text):
            return f"{name} *"
    texts = [argument.text for argument in call.arguments[:2]]
    header = len(texts) == 2 and texts[0].lower() == "access-control-allow-origin" and texts[1] == "*"
    return HEADER if header else None
