"""Ids of blobs, as git makes them."""

import pygit2
import pytest

from bot.snapshots.blob_id import blob_id, is_blob, is_object_id


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\xef\xbb\xbfbom\r\n\0\xff", b"x" * 100_000])
def test_the_id_is_git_s(data: bytes) -> None:
    assert blob_id(data) == str(pygit2.hash(data))
    assert is_blob(data, str(pygit2.hash(data)))
    assert not is_blob(data + b" ", str(pygit2.hash(data)))


def test_a_sha256_repository_has_longer_ids() -> None:
    """The id that `git hash-object` gives the empty file in such a repository."""
    empty = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
    assert blob_id(b"", sha256=True) == empty
    assert is_blob(b"", empty)
    assert not is_blob(b"x", empty)


def test_only_hex_of_the_right_length_is_an_id() -> None:
    assert is_object_id("a" * 40)
    assert is_object_id("0" * 64)
    for text in ("", "a" * 39, "a" * 41, "A" * 40, "g" * 40, "a" * 40 + "\n", '") { x } #'):
        assert not is_object_id(text)
