"""The formats of credentials that tell themselves: a prefix, an alphabet, a length, a checksum. Pure, for facts and for checks.

All patterns are looked for in one pass of one automaton; what is found is then verified as far as its format allows.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import re2

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKSUM = 6
# What only stands for a credential: no real one says so, or counts.
_OBVIOUS = re.compile(
    r"example|sample|dummy|fake|placeholder|redacted|replace|insert|your|x{4}|0{8}|1234567|abcdefg|deadbeef|(.)\1{7}",
    re.IGNORECASE,
)
# Made to be handed to every browser, which can only write events or open a form with them: no secret.
_PUBLIC = re.compile(
    r"^(?:phc_|pk_(?:live|test)_|pk\.eyJ|sb_publishable_|pub[0-9a-f]{32}$|G-[A-Z0-9]{6,12}$)"
)
# Keys that vendors print in their documentation: of Azure's storage emulator, and of that of Cosmos.
_EMULATORS = ("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUz", "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+")
_PUBLIC_CLAIMS = re.compile(r"\"anon\"|publishable|1234567890|John Doe|example|\btest", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(://[^\s:/@]{0,100}:)[^\s@/]{3,200}(?=@)")
_WITHHELD = "(withheld)"


@dataclass(frozen=True, slots=True)
class _Format:
    pattern: str
    what: str
    verify: Callable[[str], bool] = lambda _: True


def checksum(text: str) -> str:
    """What GitHub and npm put at the end of a token: the CRC-32 of its random part, in base 62."""
    number, digits = zlib.crc32(text.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(_CHECKSUM, "0")


def _is_checked(token: str) -> bool:
    random = token.partition("_")[2]
    return checksum(random[:-_CHECKSUM]) == random[-_CHECKSUM:]


def _is_mixed(token: str) -> bool:
    rest = token.rpartition("-")[2]
    return any(c.isdigit() for c in rest) and any(c.isalpha() for c in rest)


def _is_signed(token: str) -> bool:
    """A JSON Web Token whose parts are what they should be, unless it is one for the public."""
    try:
        header, claims = (_decoded(part) for part in token.split(".")[:2])
    except (ValueError, RecursionError, binascii.Error):
        return False
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") in (None, "none"):
        return False
    return _PUBLIC_CLAIMS.search(json.dumps(claims)) is None


def _is_no_emulator(key: str) -> bool:
    return not any(known in key for known in _EMULATORS)


def is_public(text: str) -> bool:
    """Whether a key says by its prefix that its maker hands it to everyone: a product analytics' project, a publishable one."""
    return _PUBLIC.match(text) is not None


def _decoded(part: str) -> object:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


_FORMATS = (
    _Format(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b", "an AWS access key"),
    _Format(r"\bgh[pousr]_[A-Za-z0-9]{36}\b", "a GitHub token", _is_checked),
    _Format(r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b", "a GitHub token"),
    _Format(r"\bglpat-[A-Za-z0-9_-]{20,300}", "a GitLab token"),
    _Format(r"\bxox[abeoprs]-(?:[0-9]+-){1,3}[A-Za-z0-9-]{20,100}|\bxapp-[0-9]-[A-Z0-9]+-[0-9]+-[0-9a-f]{32,100}", "a Slack token"),
    _Format(r"https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{20,40}", "a Slack webhook address"),
    _Format(r"https://discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}", "a Discord webhook address"),
    _Format(r"\b[sr]k_live_[A-Za-z0-9]{20,200}\b", "a Stripe key"),
    _Format(r"\bAIza[0-9A-Za-z_-]{35}", "a Google API key"),
    _Format(r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", "a SendGrid key"),
    _Format(r"\bnpm_[A-Za-z0-9]{36}\b", "an npm token", _is_checked),
    _Format(r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,300}", "a PyPI token"),
    _Format(r"\brubygems_[0-9a-f]{48}\b", "a RubyGems key"),
    _Format(r"\bdckr_[po]at_[A-Za-z0-9_-]{27,40}", "a Docker Hub token"),
    _Format(r"\bhf_[A-Za-z]{34}\b", "a Hugging Face token"),
    _Format(r"\bsk-[A-Za-z0-9_-]{10,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}", "a model provider's key"),
    _Format(r"\bsk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{80,200}|\bsk-or-v1-[0-9a-f]{64}\b", "a model provider's key"),
    _Format(r"\bsk-[A-Za-z0-9]{32,100}\b|\bxai-[A-Za-z0-9]{60,100}\b|\bgsk_[A-Za-z0-9]{52}\b", "a model provider's key", _is_mixed),
    _Format(r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}", "a Telegram bot token"),
    _Format(r"\bdo[opr]_v1_[0-9a-f]{64}\b", "a DigitalOcean token"),
    _Format(r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", "a Shopify token"),
    _Format(r"\bdapi[0-9a-f]{32}\b", "a Databricks token"),
    _Format(r"\bhvs\.[A-Za-z0-9_-]{80,300}", "a Vault token"),
    _Format(r"\blin_api_[A-Za-z0-9]{40}\b", "a Linear key"),
    _Format(r"\bsbp_[0-9a-f]{40}\b", "a Supabase token"),
    _Format(r"\bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b", "a Grafana token"),
    _Format(r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,80}", "a Terraform Cloud token"),
    _Format(r"AccountKey=[A-Za-z0-9+/]{86}==", "an Azure storage key", _is_no_emulator),
    _Format(r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b", "an age key"),
    _Format(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----[\s\\nr]{0,20}[A-Za-z0-9+/]{40}", "a private key"),
    _Format(
        r"LS0tLS1CRUdJTi(?:BQUklWQVRFIEtFWS|BSU0EgUFJJVkFURSBLRVkt|BFQyBQUklWQVRFIEtFWS|BPUEVOU1NIIFBSSVZBVEUgS0VZ)[A-Za-z0-9+/]{40}",
        "a private key",
    ),
    _Format(r"\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,1000}\.[A-Za-z0-9_-]{20,1000}", "a signed token (JWT)", _is_signed),
)  # fmt: skip


@lru_cache(maxsize=1)
def _automaton() -> tuple[re2.Set, tuple[re.Pattern[str], ...]]:
    found = re2.Set.SearchSet()
    for one in _FORMATS:
        found.Add(one.pattern)
    found.Compile()
    return found, tuple(re.compile(one.pattern, re.ASCII) for one in _FORMATS)


def shaped_like(text: str) -> str | None:
    """The verified format that the text holds ("an AWS access key"), or None."""
    return next((what for what, _ in _credentials(text)), None)


def withheld(text: str) -> str:
    """The text without the credentials in it: for everything that is shown to people."""
    for _, token in _credentials(text):
        text = text.replace(token, _WITHHELD)
    return _URL_PASSWORD.sub(rf"\1{_WITHHELD}", text) if "@" in text else text


def _credentials(text: str) -> list[tuple[str, str]]:
    """What is found, and the text of it."""
    automaton, patterns = _automaton()
    found = []
    for index in sorted(automaton.Match(text.encode(errors="replace")) or ()):
        for match in patterns[index].finditer(text):
            token = match.group()
            if entropy(token[-24:]) > 3.0 and not _OBVIOUS.search(token) and _FORMATS[index].verify(token):
                found.append((_FORMATS[index].what, token))
    return found


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0
