"""Blobs from GitHub: the fewest calls, and no byte believed that is not proved."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import aclosing

import pytest

from bot.github.errors import RateLimited, ServerError, Unreachable
from bot.github.repository import RepositoryCalls
from bot.snapshots.archive import Bounds
from bot.snapshots.blob_id import blob_id
from bot.snapshots.remote import RemoteContents, Transferred
from checks import Tree
from sandbox import model
from sandbox.faults import FaultOptions
from sandbox.sandbox import Sandbox
from tests.sandbox.trees import Trees

RAW = "/repos/acme/shop/git/blobs/*"
GRAPHQL = "/graphql"
TARBALL = "/repos/acme/shop/tarball/*"
CODELOAD = "/_codeload/*"

AWKWARD: Mapping[str, bytes] = {
    "empty": b"",
    "plain": b"print('hello')\n",
    "bom.py": b"\xef\xbb\xbfprint('bom')\n",
    "two-boms": b"\xef\xbb\xbf\xef\xbb\xbfx",
    "latin.py": "# r\u00e9sum\u00e9\n".encode("latin-1"),
    "windows.txt": b"one\r\ntwo\rthree\n",
    "binary": b"\x89PNG\r\n\x1a\n\0\0\0",
    "late-nul": b"x" * 9000 + b"\0",
    "controls": bytes(range(1, 128)),
    "utf16": "text".encode("utf-16"),
    "surrogate": b"\xed\xa0\x80",
    "astral": "\U0001f600 \u2028 \u0000".encode(),
    "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n",
    "just-below": b"a" * 499_999,
    "just-above": b"a" * 500_000,
    "cut": "\u00e9".encode() * 300_000,
}


class Remote:
    """A commit in the sandbox, to be read back."""

    def __init__(self, sandbox: Sandbox, calls: RepositoryCalls, trees: Trees) -> None:
        self.sandbox = sandbox
        self.contents = RemoteContents(calls)
        self._trees = trees

    async def tree(self, files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> Tree:
        return await self.contents.tree(self._trees.commit(files, links=links))

    async def read(self, tree: Tree, wanted: Collection[str] | None = None) -> dict[str, bytes | None]:
        """Everything wanted (all of the tree), each exactly once."""
        ids = {entry.blob for entry in tree.entries} if wanted is None else wanted
        found: dict[str, bytes | None] = {}
        async with aclosing(self.contents.blobs(tree, ids)) as blobs:
            async for blob, data in blobs:
                assert blob not in found
                found[blob] = data
        assert set(found) == set(ids)
        return found

    def asked(self, *paths: str) -> tuple[int, ...]:
        return tuple(len(self.sandbox.requests.select("*", path)) for path in paths)


@pytest.fixture
def remote(sandbox: Sandbox, calls: RepositoryCalls, trees: Trees) -> Remote:
    return Remote(sandbox, calls, trees)


def many(count: int) -> dict[str, bytes]:
    return {f"src/part{number % 7}/file{number}.py": b"VALUE = %d\n" % number for number in range(count)}


def stored_as(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {blob_id(data): data for data in files.values()}


async def test_three_blobs_are_three_calls(remote: Remote) -> None:
    files = many(3)
    assert await remote.read(await remote.tree(files)) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (3, 0, 0)
    assert remote.contents.transferred == Transferred(raw=3)


@pytest.mark.parametrize(("count", "queries"), [(4, 1), (100, 1), (101, 2), (300, 3)])
async def test_some_blobs_are_a_query_for_each_hundred(remote: Remote, count: int, queries: int) -> None:
    files = many(count)
    assert await remote.read(await remote.tree(files)) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (0, queries, 0)
    assert remote.contents.transferred == Transferred(queried=count)


async def test_many_blobs_are_one_archive(remote: Remote) -> None:
    files = many(1200)
    assert await remote.read(await remote.tree(files)) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL, TARBALL, CODELOAD) == (0, 0, 1, 1)
    assert remote.contents.transferred == Transferred(archived=1200)


async def test_nothing_wanted_is_no_call(remote: Remote) -> None:
    tree = await remote.tree(many(5))
    assert await remote.read(tree, []) == {}
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (0, 0, 0)


async def test_only_what_differs_is_asked_for_on_the_other_side(remote: Remote) -> None:
    """A review: the head's blobs first, then what only the base has."""
    files = many(400)
    head = await remote.tree(files)
    base = await remote.tree({**files, "src/part0/file0.py": b"OLD = 1\n", "gone.py": b"GONE = 1\n"})
    found = await remote.read(head)
    left = {entry.blob for entry in base.entries} - set(found)
    assert await remote.read(base, left) == stored_as({"a": b"OLD = 1\n", "b": b"GONE = 1\n"})
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (2, 0, 1)


async def test_awkward_files_by_graphql_arrive_byte_for_byte(remote: Remote) -> None:
    assert await remote.read(await remote.tree(AWKWARD)) == stored_as(AWKWARD)
    assert remote.asked(GRAPHQL, TARBALL) == (1, 0)
    transferred = remote.contents.transferred
    assert transferred.queried >= 6
    assert transferred.queried + transferred.raw == len(AWKWARD)


async def test_awkward_files_by_archive_arrive_byte_for_byte(remote: Remote) -> None:
    files = {**AWKWARD, **many(400)}
    assert await remote.read(await remote.tree(files)) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (0, 0, 1)


async def test_an_author_can_t_hide_or_change_files_by_attributes(remote: Remote) -> None:
    """export-ignore leaves files out of the archive, export-subst and eol change them in it."""
    files = {
        **many(400),
        ".gitattributes": b"secret/* export-ignore\nversion.py export-subst\n*.bat eol=crlf\n",
        "secret/backdoor.py": b"import os\n",
        "secret/more.py": b"import sys\n",
        "version.py": b"VERSION = '$Format:%H$'\n",
        "run.bat": b"echo one\necho two\n",
    }
    assert await remote.read(await remote.tree(files)) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (0, 1, 1)
    assert remote.contents.transferred == Transferred(archived=401, queried=4)


async def test_names_links_and_modes_are_of_no_matter(remote: Remote) -> None:
    files = {
        **many(350),
        "-rf": b"dash",
        "a\nb": b"line",
        "\x1b[31m\u202etxt": b"terminal",
        "x" * 250: b"long",
        "d/" * 80 + "deep": b"deep",
        "CON.": b"windows",
    }
    tree = await remote.tree(files, links={"passwd": "../../../etc/passwd", "loop": "loop"})
    wanted = {**files, "l": b"../../../etc/passwd", "m": b"loop"}
    assert await remote.read(tree) == stored_as(wanted)


async def test_a_blob_that_is_not_there_is_said_to_be_unreadable(remote: Remote) -> None:
    tree = await remote.tree(many(6))
    wanted = [tree.entries[0].blob, "0" * 40, "not an id", '") { id } #', "f" * 64]
    found = await remote.read(tree, wanted)
    assert [blob for blob, data in found.items() if data is None] == wanted[1:]
    assert remote.contents.transferred.unreadable == 4
    assert all(
        '") {' not in entry.request.decode() for entry in remote.sandbox.requests.select("POST", GRAPHQL)
    )


async def test_what_graphql_says_is_proved(remote: Remote) -> None:
    files = many(5)
    tree = await remote.tree(files)
    lie = {f"b{number}": {"text": "VALUE = 99\n", "isTruncated": False} for number in range(5)}
    remote.sandbox.fault(path=GRAPHQL, status=200, body={"data": {"repository": lie}})
    assert await remote.read(tree) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL) == (5, 1)


async def test_what_raw_says_is_proved(remote: Remote) -> None:
    files = many(3)
    tree = await remote.tree(files)
    remote.sandbox.fault(path=RAW, status=200, body="VALUE = 99\n")
    remote.sandbox.fault(path=RAW, status=200, body="far longer than the tree has said it is")
    found = await remote.read(tree)
    assert sorted(data is None for data in found.values()) == [False, True, True]


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"repository": None}},
        {"data": None},
        {
            "data": {
                "repository": {"b0": None, "b1": {}, "b2": {"text": None, "isTruncated": True}, "x": None}
            }
        },
        {
            "data": {"repository": {"b0": None}},
            "errors": [{"type": "NOT_FOUND", "path": ["repository", "b0"], "message": "m"}],
        },
    ],
)
async def test_what_graphql_leaves_out_is_fetched(remote: Remote, answer: dict[str, object]) -> None:
    files = many(5)
    tree = await remote.tree(files)
    remote.sandbox.fault(path=GRAPHQL, status=200, body=answer)
    assert await remote.read(tree) == stored_as(files)


LOST_ARCHIVES: tuple[FaultOptions, ...] = (
    {"path": TARBALL, "status": 404},
    {"path": TARBALL, "status": 500},
    {"path": TARBALL, "status": 403},
    {"path": TARBALL, "status": 401},
    {"path": TARBALL, "drop": "before", "times": 2},
    {"path": CODELOAD, "status": 404},
    {"path": CODELOAD, "status": 200, "body": "<html>maintenance</html>"},
    {"path": CODELOAD, "truncate": 5_000},
    {"path": CODELOAD, "drop": "after", "times": 2},
)


@pytest.mark.parametrize("fault", LOST_ARCHIVES)
async def test_without_an_archive_the_rest_comes_by_graphql(remote: Remote, fault: FaultOptions) -> None:
    """Aiohttp itself tries a GET once more when a kept connection turns out to be dead, hence the faults in pairs."""
    files = many(320)
    tree = await remote.tree(files)
    remote.sandbox.fault(**fault)
    assert await remote.read(tree) == stored_as(files)
    assert remote.asked(RAW) == (0,)
    assert remote.contents.transferred.queried > 0


async def test_a_bomb_is_put_down_and_the_rest_comes_by_graphql(
    sandbox: Sandbox, calls: RepositoryCalls, trees: Trees
) -> None:
    remote = Remote(sandbox, calls, trees)
    remote.contents = RemoteContents(calls, Bounds(ratio_from=1_000_000))
    files = {**many(320), "a-bomb": bytes(30_000_000)}
    tree = await remote.tree(files)
    wanted = {entry.blob for entry in tree.entries if entry.path != "a-bomb"}
    assert await remote.read(tree, wanted) == stored_as(many(320))
    assert remote.asked(RAW, GRAPHQL, TARBALL) == (0, 4, 1)


async def test_a_batch_that_is_too_much_for_github_comes_in_pieces(remote: Remote) -> None:
    files = many(45)
    tree = await remote.tree(files)
    remote.sandbox.fault(path=GRAPHQL, status=502, times=4)
    assert await remote.read(tree) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL) == (0, 4 + 5)


async def test_a_poisoned_piece_comes_one_by_one(remote: Remote) -> None:
    files = many(45)
    tree = await remote.tree(files)
    remote.sandbox.fault(path=GRAPHQL, status=502, times=8)
    assert await remote.read(tree) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL) == (10, 4 + 4 + 4)


async def test_a_small_query_that_fails_is_left_to_the_other_way(remote: Remote) -> None:
    files = many(8)
    tree = await remote.tree(files)
    remote.sandbox.fault(path=GRAPHQL, status=502, times=4)
    assert await remote.read(tree) == stored_as(files)
    assert remote.asked(RAW, GRAPHQL) == (8, 4)


async def test_a_graphql_that_is_down_is_an_error_soon(remote: Remote) -> None:
    tree = await remote.tree(many(100))
    remote.sandbox.fault(path=GRAPHQL, status=503, times=999)
    with pytest.raises(ServerError):
        await remote.read(tree)
    assert remote.asked(GRAPHQL) == (16,)


async def test_a_limit_ends_it_and_nothing_is_left_running(
    remote: Remote, sandbox: Sandbox, stored: model.Repository
) -> None:
    tree = await remote.tree(many(250))
    before = asyncio.all_tasks()
    sandbox.exhaust(stored, "graphql")
    with pytest.raises(RateLimited):
        await remote.read(tree)
    assert not [task for task in asyncio.all_tasks() - before if "RemoteContents" in repr(task.get_coro())]


async def test_a_connection_that_stays_broken_is_an_error(remote: Remote) -> None:
    tree = await remote.tree(many(2))
    remote.sandbox.fault(path=RAW, drop="before", times=99)
    with pytest.raises(Unreachable):
        await remote.read(tree)


async def test_a_reader_may_stop_at_any_time(remote: Remote) -> None:
    tree = await remote.tree(many(400))
    wanted = {entry.blob for entry in tree.entries}
    async with aclosing(remote.contents.blobs(tree, wanted)) as blobs:
        async for _ in blobs:
            break
    assert len(await remote.read(tree)) == 400


async def test_an_author_can_t_spend_the_hour_on_blobs_that_must_be_fetched_one_by_one(
    remote: Remote,
) -> None:
    """Left out of the archive, and not to be had as text: so many are fetched, the rest is unreadable."""
    files = {f"f{number}.py": b"# \xe9 %d\n" % number for number in range(330)}
    tree = await remote.tree({**files, ".gitattributes": b"*.py export-ignore\n"})
    found = await remote.read(tree, {entry.blob for entry in tree.entries if entry.path != ".gitattributes"})
    assert sum(data is None for data in found.values()) == 30
    assert remote.asked(RAW) == (300,)
    assert remote.contents.transferred.unreadable == 30
