"""The tree of errors: drawn in full, and nothing of aiohttp's gets past it."""

from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp.http_exceptions import HttpProcessingError

from bot.github import errors
from bot.github.calls import Call
from bot.github.errors import GitHubError, Permanent, Rejected, Transient, Unreachable
from bot.github.transport import FAULTS, translated

CALL = Call("GET", "https://api.example/repos/o/r?token=secret")


def below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


AIOHTTP = sorted(
    {aiohttp.ClientError, HttpProcessingError, *below(aiohttp.ClientError), *below(HttpProcessingError)},
    key=lambda kind: kind.__qualname__,
)


@pytest.mark.parametrize("kind", [*AIOHTTP, TimeoutError, ConnectionResetError, OSError])
def test_every_fault_of_a_connection_is_unreachable(kind: type[Exception]) -> None:
    with pytest.raises(Unreachable) as caught, translated(CALL):
        raise kind.__new__(kind)
    assert str(caught.value) == f"GET https://api.example/repos/o/r: {kind.__name__}"


def test_the_public_errors_of_aiohttp_s_client_are_all_known() -> None:
    """A new kind that is none of FAULTS would be found here, not in production. We open no web sockets."""
    public = {
        value
        for name in aiohttp.client.__all__
        if not name.startswith("WS")
        and isinstance(value := getattr(aiohttp, name, None), type)
        and issubclass(value, Exception)
    }
    assert len(public) > 10
    assert {kind for kind in public if not issubclass(kind, FAULTS)} == set()


def test_our_own_errors_pass_through() -> None:
    with pytest.raises(Rejected), translated(CALL):
        raise Rejected("no")


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    names = [GitHubError.__name__, *(kind.__name__ for kind in below(GitHubError))]
    lines = [line.split()[0] for line in (line.lstrip(" │├└─") for line in drawn.splitlines()) if line]
    assert sorted(name for name in lines if name in names) == sorted(names)


def test_each_error_says_who_can_act() -> None:
    roots = (Transient, Permanent, Rejected)
    for kind in below(GitHubError):
        assert sum(issubclass(kind, root) for root in roots) == 1
