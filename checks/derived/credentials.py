"""What makes a string literal a credential: its shape, or the name it is bound to and how random it is."""

from __future__ import annotations

import re

from checks.facts.secret_text import is_local, is_machine_made, is_random
from checks.facts.source import StringLiteral
from checks.facts.token_formats import shaped_like

URL_PASSWORD = re.compile(r"^[a-z][a-z0-9+.-]*://[^\s:/@{}$<>%]*:([^\s@/{}$<>%]{3,})@([^\s/:@]+)")
NAME = re.compile(
    r"(?:^|[_.\-\"'\[a-z])(?:password|passwd|passphrase|secret|secret_?key|api_?key|access_?key|private_?key|signing_?key"
    r"|encryption_?key|auth_?token|access_?token|api_?token|bearer_?token|client_?secret|jwt_?secret|token)[\"'\]]*$",
    re.IGNORECASE,
)
URL_PLACEHOLDER = re.compile(
    r"^(?:pass(?:word)?|pw|pwd|passwd|secret|user(?:name)?|postgres|root|guest|admin|test|example|x+|\*+|token|redacted|changeme"
    r"|your.*|my.*)$",
    re.IGNORECASE,
)
# Named like a secret, and none: the password manager, marks in texts and lists, what is public on purpose.
_NO_SECRET = re.compile(
    r"(?:one|1)_?password$|public|example|sample|dummy|publishable|(?:page|next|sync|csrf|xsrf|pad|eos|bos|unk|sep|mask|cls|stop|special|start|end|continuation|cancel|cancellation|design|cursor)_?token$",
    re.IGNORECASE,
)
# Shown to people in place of what they are to enter.
_SHOWN = re.compile(r"placeholder|(?:data|key|token|secret)_?holder$", re.IGNORECASE)
_CHOSEN = re.compile(r"pass(?:word|wd|phrase)[\"'\]]*$", re.IGNORECASE)


def kind_of_credential(string: StringLiteral) -> str | None:
    """What the literal looks like ("an AWS access key"), or None."""
    value = string.value.strip()
    if string.name and _SHOWN.search(string.name):
        return None
    if shape := shaped_like(value):
        return shape
    url = URL_PASSWORD.match(value)
    if (
        url
        and not URL_PLACEHOLDER.match(url.group(1))
        and not is_local(url.group(2))
        and not string.formatted
    ):
        return "a URL with a password"
    if not string.name or string.formatted or not NAME.search(string.name) or _NO_SECRET.search(string.name):
        return None
    # People choose passwords out of words and years; keys and tokens are made by machines.
    looks = is_random if _CHOSEN.search(string.name) else is_machine_made
    return "a credential" if looks(value) else None
