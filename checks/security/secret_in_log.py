"""A secret is written into a log or an address.

Logs, browser histories, proxies and referrer headers are read by many and kept for years: a password or token in them
is a credential handed to everyone with access to any of these.

## Fix

Log that it is there: `logger.info("token loaded: %s", bool(token))`. Hand it over in a response's body, never in a redirect.

## Gap

```python service/login.py
import logging

logger = logging.getLogger(__name__)


def login(user, password):
    logger.info("login of %s with %s", user, password)  ← gap


def finish(target, webhook_secret):
    return RedirectResponse(f"{target}?webhook_secret={webhook_secret}")  ← gap
```
```go pkg/login.go
package pkg

func login(apiKey string) { log.Printf("using %s", apiKey) }  ← gap
```
```typescript src/login.ts
export const login = (accessToken: string) => console.log("token", accessToken);  ← gap
```

## No gap

```python service/login.py
import logging

logger = logging.getLogger(__name__)

def login(user, password, tokens):
    logger.info("login of %s, password given: %s", user, bool(password))
    logger.info("used", tokens=tokens, max_tokens=4, token_count=len(tokens))
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.redirect_addresses import redirect_addresses
from checks.derived.terminal_programs import TerminalPrograms
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

WORD = r"(?:password|passwd|passphrase|secret|(?:api|private|secret|signing|encryption)_?key|(?:access|refresh|auth|bearer|api|id|session)_?token|client_?secret|webhook_?secret)"
VALUE = re.compile(rf"^[&*]?(?:[\w]+(?:\.|->|::))*\w*{WORD}$", re.IGNORECASE)
HOLE = re.compile(rf"\{{(?:\w+\.)*\w*{WORD}(?:![rsa])?\}}", re.IGNORECASE)
LOGS = re.compile(
    r"^(?:\w+\.)?(?:_?log(?:ger)?|logging|console|slog|tracing|zap|sugar)\.(?:debug|info|warn(?:ing)?|error|exception|log|critical|trace|Print\w*|Debug\w*|Info\w*|Warn\w*|Error\w*|Fatal\w*)$"
    r"|^(?:fmt\.Print(?:f|ln)?|print|println!?|eprintln!?|(?:log|tracing)::(?:debug|info|warn|error|trace)!?)$"
)
PRINTS = re.compile(r"^(?:fmt\.Print(?:f|ln)?|print|println!?|eprintln!?|console\.log)$")
ADDRESS = re.compile(rf"[?&]\w*{WORD}\w*=\$?\{{[^}}]*{WORD}\}}", re.IGNORECASE)
NAMES = re.compile(
    r"^[A-Z_.]+$|(?i:name|env|path|file|header|field|param|\b(?:has|is|use|no|with|needs?|missing|invalid)_|\b(?:has|is|use|no)(?=[A-Z]))"
)


@check(severity=Severity.HIGH, about=Source, effort=(0.5, 2.0), ranked_by=LiveCode)
def secret_in_log(snapshot: Snapshot) -> Iterator[Finding]:
    programs = snapshot.derived(TerminalPrograms).paths
    for path, source in snapshot.shipped(Source):
        for call in source.calls:
            secret = None if path in programs and PRINTS.match(call.callee) else _logged(call)
            if secret and not source.in_test(call.line):
                message = f"`{call.callee}` writes `{secret}` into the log."
                yield Gap(f"{call.inside or 'module'}: {secret}", message, path, call.line)
        for literal in redirect_addresses(source):
            # What follows otpauth: is a picture for the user alone.
            if ADDRESS.search(literal.value.partition("otpauth:")[0]):
                message = f"A redirect carries a secret in its address: `{literal.value[:80]}`."
                yield Gap(f"{literal.inside or 'module'}: redirect", message, path, literal.line)


def _logged(call: Call) -> str | None:
    """The name of the secret that a log call is given as a value."""
    for argument in call.arguments if LOGS.match(call.callee) else ():
        text = argument.text
        if argument.literal:
            continue
        if VALUE.match(text) and not NAMES.search(text):
            return text.lstrip("&*")
        if "(" not in text and (hole := HOLE.search(text)):  # a formatted string
            return hole.group().strip("{}")
    return None
