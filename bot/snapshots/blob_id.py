"""The id that git gives to bytes: how what comes over the network is proved to be what the tree names."""

from __future__ import annotations

import hashlib
import re

OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def is_object_id(text: str) -> bool:
    """Whether the text can be an id in a SHA-1 or a SHA-256 repository."""
    return OBJECT_ID.fullmatch(text) is not None


def is_blob(data: bytes, blob: str) -> bool:
    """Whether these bytes are the blob."""
    return blob_id(data, sha256=len(blob) == 64) == blob


def blob_id(data: bytes, *, sha256: bool = False) -> str:
    """Git's id for the bytes as a file."""
    # SHA-1 is git's choice of a name, not ours of a proof.
    digest = hashlib.sha256() if sha256 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
