"""Addresses, origins and redirects."""

import pytest

from bot.github.calls import Call, Effect, address, redirect_of, same_origin
from bot.github.errors import ServerError
from bot.github.options import Options

API = "https://api.github.com"
READ = Call("GET", f"{API}/repos/o/r/tarball/abc")
WRITE = Call("POST", f"{API}/repos/o/r/check-runs", effect=Effect.WRITE)


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://ghe.example/api/v3", "https://ghe.example/api/graphql"),
        ("https://ghe.example/api/v3/", "https://ghe.example/api/graphql"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/graphql"),
    ],
)
def test_graphql_stands_beside_rest(api: str, graphql: str) -> None:
    assert Options(api_url=api).graphql_url == graphql


def test_values_are_encoded_and_missing_ones_left_out() -> None:
    path = "/repos/{owner}/{name}/contents{/segments*}{?ref,page}"
    values = {"owner": "o", "name": "r", "segments": ["a b", "c#?.md"], "ref": "feature/ä&x=1", "page": None}
    assert address(f"{API}/", path, values) == (
        f"{API}/repos/o/r/contents/a%20b/c%23%3F.md?ref=feature%2F%C3%A4%26x%3D1"
    )
    assert address("https://h/api/v3", "/app", {}) == "https://h/api/v3/app"
    assert address(API, "/x/{number}", {"number": 7}) == f"{API}/x/7"


@pytest.mark.parametrize(
    ("status", "location", "target"),
    [
        (301, f"{API}/repositories/1/tarball/abc", f"{API}/repositories/1/tarball/abc"),
        (302, "https://codeload.github.com/o/r?t=a%2Fb", "https://codeload.github.com/o/r?t=a%2Fb"),
        (307, "/repositories/1/x", f"{API}/repositories/1/x"),
        (308, "y", f"{API}/repos/o/r/tarball/y"),
        (200, "https://elsewhere", None),
        (304, None, None),
    ],
)
def test_a_read_follows(status: int, location: str | None, target: str | None) -> None:
    assert redirect_of(READ, status, location, READ.url) == target


@pytest.mark.parametrize(
    "location", [None, "", "http://codeload.github.com/x", "file:///etc/passwd", "https://["]
)
def test_a_redirect_to_nowhere_or_to_an_insecure_place_is_refused(location: str | None) -> None:
    with pytest.raises(ServerError):
        redirect_of(READ, 302, location, READ.url)


def test_a_write_stays_on_its_host() -> None:
    moved = f"{API}/repositories/1/check-runs"
    assert redirect_of(WRITE, 307, moved, WRITE.url) == moved
    with pytest.raises(ServerError, match="another host"):
        redirect_of(WRITE, 307, "https://elsewhere.example/check-runs", WRITE.url)


def test_credentials_stay_with_their_origin() -> None:
    assert same_origin(f"{API}/a", f"{API}/b?c")
    assert not same_origin(f"{API}/a", "https://api.github.com.evil.example/a")
    assert not same_origin(f"{API}/a", "http://api.github.com/a")
    assert not same_origin(f"{API}/a", "https://api.github.com:444/a")


def test_a_call_is_named_without_its_query() -> None:
    assert Call("GET", f"{API}/x?ref=secret-branch").what == f"GET {API}/x"
    assert (
        Call("POST", f"{API}/app-manifests/secret/conversions", label="POST conversions").what
        == "POST conversions"
    )


def test_points_are_github_s() -> None:
    assert READ.points == 1
    assert WRITE.points == 5
