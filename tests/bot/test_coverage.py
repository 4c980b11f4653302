"""Coverage reports among the artifacts of a head: the real figure, and what nobody may do to us with an archive."""

import io
import zipfile

import pytest

from bot.coverage_reports import LARGEST, MOST_MEMBERS, covered
from sandbox.model import PullRequest, Repository
from tests.bot.service import BASE, Commits, Service, assert_settled, latest_runs
from tests.bot.test_reviews import opened
from tests.sandbox import artifacts

PAY = (
    "def pay(amount):\n"
    + "".join(f"    if amount > {n}:\n        amount -= {n}\n" for n in range(30))
    + "    return amount\n"
)
WORDS = (
    "def greet(name):\n    if not name:\n        return 'hello'\n    words = name + '!'\n    return words\n"
)
MORE = {
    **BASE,
    "shop/main.py": "from shop.pay import pay\nfrom shop.words import greet\n\n\ndef main() -> None:\n    print(greet('shop'), pay(1))\n",
    "shop/pay.py": PAY,
    "shop/words.py": WORDS,
    "tests/test_words.py": "from shop.words import greet\n\n\ndef test_greet():\n    assert greet('') == 'hello'\n",
}
RAN = b"SF:shop/pay.py\nDA:1,1\nDA:2,1\n"
NOT_RUN = b"SF:shop/pay.py\nDA:1,0\nDA:2,0\n"
LISTED = "/repos/acme/shop/actions/artifacts"


def zipped(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as `upload-artifact` makes it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", kind) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


async def untested(service: Service, shop: Repository, commits: Commits, **about: bool) -> PullRequest:
    """A pull request with a module that no test reaches, as imports say."""
    head = commits.trees.commit(MORE, parents=[commits.base], message="More")
    pull = await opened(service, shop, head, **about)
    assert "no test reaches it" in shown(service, pull)
    return pull


def shown(service: Service, pull: PullRequest) -> str:
    """All that the Check Runs say."""
    assert_settled(service.sandbox, pull)
    runs = latest_runs(service.sandbox, pull).values()
    return "\n".join(f"{run.summary} {run.text} {run.annotations}" for run in runs)


async def workflows_done(service: Service, pull: PullRequest) -> None:
    """What GitHub sends when the last job of the head's workflows ends."""
    service.sandbox.add_foreign_run(pull, "test", app="github-actions")
    await service.idle()


@pytest.mark.parametrize("fork", [False, True])
async def test_the_real_figure_replaces_the_bound(
    service: Service, shop: Repository, commits: Commits, fork: bool
) -> None:
    pull = await untested(service, shop, commits, fork=fork)
    artifacts.add(service.sandbox.hub, pull, "coverage-report", zipped({"lcov.info": RAN}))
    await workflows_done(service, pull)
    assert "no test" not in shown(service, pull)


async def test_a_figure_of_nothing_is_told_as_measured(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await untested(service, shop, commits)
    artifacts.add(service.sandbox.hub, pull, "lcov", zipped({"out/lcov.info": NOT_RUN, "notes.txt": b"-"}))
    await workflows_done(service, pull)
    assert "no test runs a line of it" in shown(service, pull)


async def test_without_an_artifact_nothing_is_reviewed_again(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await untested(service, shop, commits)
    artifacts.add(service.sandbox.hub, pull, "wheels", zipped({"lcov.info": RAN}))
    service.sandbox.requests.clear()
    await workflows_done(service, pull)
    assert [entry.path for entry in service.sandbox.requests.entries] == [LISTED]
    assert "no test reaches it" in shown(service, pull)


async def test_workflows_of_what_was_never_reviewed_cost_no_call(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await untested(service, shop, commits)
    pull.head_sha = commits.fixed
    service.sandbox.requests.clear()
    await workflows_done(service, pull)
    assert not service.sandbox.requests.entries


@pytest.mark.parametrize(
    ("archive", "about"),
    [
        pytest.param(zipped({"lcov.info": RAN + b"\n" * (LARGEST + 1)}), {}, id="a bomb"),
        pytest.param(zipped({"lcov.info": RAN}), {"head_sha": "1" * 40}, id="of another head"),
        pytest.param(zipped({"lcov.info": RAN}), {"size": 21_000_000}, id="said to be 21 MB"),
        pytest.param(
            zipped({"a.bin": b"0" * 21_000_000, "lcov.info": RAN}, zipfile.ZIP_STORED),
            {"size": 1},
            id="21 MB all the same",
        ),
        pytest.param(b"PK\3\4 no more than the beginning", {}, id="not a zip file"),
        pytest.param(zipped({"lcov.info": RAN}), {"expired": True}, id="expired"),
    ],
)
async def test_what_can_not_be_used_leaves_the_bound(
    service: Service, shop: Repository, commits: Commits, archive: bytes, about: dict[str, object]
) -> None:
    pull = await untested(service, shop, commits)
    artifacts.add(service.sandbox.hub, pull, "coverage", archive, **about)  # type: ignore[arg-type]
    await workflows_done(service, pull)
    assert "no test reaches it" in shown(service, pull)


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_an_artifact_that_may_not_be_had_leaves_the_bound(
    service: Service, shop: Repository, commits: Commits, status: int
) -> None:
    pull = await untested(service, shop, commits)
    service.sandbox.fault(path=f"{LISTED}/*", status=status, times=20)
    artifacts.add(service.sandbox.hub, pull, "coverage", zipped({"lcov.info": RAN}))
    await workflows_done(service, pull)
    assert "no test reaches it" in shown(service, pull)


async def test_a_list_that_may_not_be_had_leaves_the_bound(
    service: Service, shop: Repository, commits: Commits
) -> None:
    service.sandbox.fault(path=LISTED, status=403, times=20)
    await untested(service, shop, commits)


async def test_without_the_permission_nothing_is_asked(
    service: Service, shop: Repository, commits: Commits
) -> None:
    granted = service.sandbox.installation(shop).permissions
    service.sandbox.installation(shop).permissions = {
        name: level for name, level in granted.items() if name != "actions"
    }
    await untested(service, shop, commits)
    assert not service.sandbox.requests.select("GET", LISTED)


def test_reports_are_read_together() -> None:
    both = covered(
        [zipped({"a/lcov.info": NOT_RUN, "b/lcov.info": b"SF:b.py\nDA:1,1\n"}), zipped({"x.info": RAN})]
    )
    assert both is not None
    assert {path: file.covered for path, file in both.files.items()} == {"shop/pay.py": 2, "b.py": 1}


@pytest.mark.parametrize(
    "archive",
    [
        pytest.param(zipped({}), id="empty"),
        pytest.param(zipped({"lcov.info/": b"", "page.html": RAN, "package.json": b"{}"}), id="no report"),
        pytest.param(zipped({"lcov.info": RAN}, zipfile.ZIP_LZMA), id="packed in no usual way"),
        pytest.param(
            zipped({f"{n}.html": b"" for n in range(MOST_MEMBERS)} | {"lcov.info": RAN}), id="too many files"
        ),
        pytest.param(
            zipped({"lcov.info": RAN}, zipfile.ZIP_STORED).replace(b"SF:shop", b"SF:shot"),
            id="changed on the way",
        ),
    ],
)
def test_other_archives_say_nothing(archive: bytes) -> None:
    assert covered([archive]) is None


def test_what_is_unpacked_is_counted_over_all_archives() -> None:
    half = zipped({"big.txt": b" " * (LARGEST // 2 + 1)})
    assert covered([half, half, zipped({"lcov.info": RAN})]) is not None
    assert covered([half, zipped({"big.txt": b" " * (LARGEST // 2 + 1), "lcov.info": RAN})]) is None
