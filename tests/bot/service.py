"""The app as it runs in production, in this process, against a sandbox: started, asked, stopped."""

import asyncio
import contextlib
import hashlib
import hmac
import io
import json
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psycopg

from bot.app import serve
from bot.rendering.check_runs import VERDICT_NAME
from bot.rendering.comment import MARKER
from bot.review_worker import Write
from bot.settings import Settings
from bot.written import write
from sandbox.model import CheckRun, Comment, PullRequest
from sandbox.sandbox import Sandbox
from tests.sandbox.trees import Trees

PATIENCE = 150.0  # seconds; waiting ends as soon as it is so, and a machine may be busy
BASE = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\nscripts = {shop = "shop.main:main"}\n',
    "README.md": "# Shop\n\nSee `docs/setup.md`.\n",
    "docs/setup.md": "# Set-up\n",
    "shop/__init__.py": "",
    "shop/main.py": "def main() -> None:\n    print('shop')\n",
}
# Opens gaps: a document that names what is not there, and a shell that takes what it is given.
HEAD = {
    **BASE,
    "README.md": "# Shop\n\nSee `docs/setup.md` and `docs/deploy.md`.\n",
    "shop/main.py": (
        "import subprocess\n\n\ndef main(name: str) -> None:\n"
        '    subprocess.run(f"ls {name}", shell=True, check=True)\n'
    ),
}
# Closes them again.
FIXED = {**HEAD, "README.md": BASE["README.md"], "shop/main.py": BASE["shop/main.py"] + "\n\nX = 1\n"}
# Changes nothing that any check looks at.
HARMLESS = {**BASE, "shop/main.py": BASE["shop/main.py"].replace("'shop'", "'the shop'")}


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """A DATA_DIR. Not below pytest's own folder: each pytest that starts closes that to other accounts, and
    PostgreSQL, started by root, runs under another one.
    """
    with tempfile.TemporaryDirectory(prefix="gonogo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def many_gaps(count: int) -> dict[str, str]:
    """A tree with so many gaps that each deserve an annotation of their own."""
    lines = "".join(f"- see `docs/missing_{number}.md`\n" for number in range(count))
    return {**BASE, "README.md": f"# Shop\n\nSee `docs/setup.md`.\n\n{lines}"}


@dataclass(frozen=True, slots=True)
class Commits:
    """The commits of the test repository, and where it is."""

    trees: Trees
    base: str
    head: str
    fixed: str
    harmless: str
    many: str

    @property
    def path(self) -> Path:
        return self.trees.path


def make_commits(folder: Path) -> Commits:
    """`main`, and what pull requests bring to it."""
    trees = Trees(folder / "origin.git")
    base = trees.commit(BASE, branch="main")
    head = trees.commit(HEAD, branch="change", parents=[base])
    return Commits(
        trees,
        base,
        head,
        fixed=trees.commit(FIXED, parents=[head], message="Fixed"),
        harmless=trees.commit(HARMLESS, branch="harmless", parents=[base]),
        many=trees.commit(many_gaps(120), branch="many", parents=[base]),
    )


def settings_for(sandbox: Sandbox, data_dir: Path, **more: object) -> Settings:
    """What `gonogo serve` is configured with to talk to this sandbox."""
    values = {
        "app_id": sandbox.app_id,
        "private_key": sandbox.private_key,
        "webhook_secret": sandbox.webhook_secret,
        "github_api_url": sandbox.api_url,
        "data_dir": data_dir,
        "port": 0,
        "write_spacing": 0,
        "processes": 1,
        "stalled_seconds": 2,
        **more,
    }
    return Settings.model_validate(values)


@dataclass(frozen=True, slots=True)
class Service:
    """A running app and the sandbox it talks to."""

    sandbox: Sandbox
    settings: Settings
    address: str
    http: aiohttp.ClientSession

    async def post(
        self, event: str, payload: Mapping[str, object], *, guid: str | None = None
    ) -> aiohttp.ClientResponse:
        """A delivery as GitHub would send it."""
        body = json.dumps(payload).encode()
        return await self.send(body, self.headers(body, event, guid))

    def headers(self, body: bytes, event: str, guid: str | None = None) -> dict[str, str]:
        """Those of a genuine delivery of this body."""
        secret = self.sandbox.webhook_secret.encode()
        return {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": guid or str(uuid.uuid4()),
            "X-GitHub-Hook-ID": "77001",
            "X-Hub-Signature-256": "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest(),
        }

    async def send(self, body: bytes, headers: Mapping[str, str]) -> aiohttp.ClientResponse:
        """Any bytes with any headers; the answer is read."""
        async with self.http.post(
            f"{self.address}/webhook", data=io.BytesIO(body), headers=headers
        ) as answer:
            await answer.read()
            return answer

    async def idle(self, seconds: float = PATIENCE) -> None:
        """Until every webhook is delivered and everything that was asked for is handled."""
        await self.sandbox.delivered(seconds)
        await until(lambda: self.waiting() == 0, seconds)
        await self.sandbox.delivered(seconds)

    def waiting(self) -> int:
        """How many requests are not handled."""
        return self.count("requests WHERE handled < requested")

    def count(self, what: str) -> int:
        """How many rows of the app's database."""
        return int(str(self.ask(f"SELECT count(*) FROM {what}")[0]))  # noqa: S608 - our own tests

    def ask(self, query: str) -> tuple[object, ...]:
        """One row of the app's database."""
        assert self.settings.database_url is not None
        with psycopg.connect(self.settings.database_url.get_secret_value()) as connection:
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            return row


@contextlib.asynccontextmanager
async def running(sandbox: Sandbox, settings: Settings, write: Write = write) -> AsyncIterator[Service]:
    """Start the app, point the sandbox's webhook at it, stop it in the end."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(settings, listening=address.set_result, write=write))
    try:
        await until(lambda: serving.done() or address.done())
        if serving.done():
            await serving
        sandbox.webhook_url = f"{address.result()}/webhook"
        async with aiohttp.ClientSession() as http:
            yield Service(sandbox, settings, address.result(), http)
    finally:
        sandbox.webhook_url = None
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Poll until it is so, with a deadline."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        await asyncio.sleep(0.02)


async def eventually(true: Callable[[], Awaitable[bool]], seconds: float = PATIENCE) -> None:
    """The same for what has to be awaited."""
    deadline = time.monotonic() + seconds
    while not await true():
        assert time.monotonic() < deadline, "waited too long"
        await asyncio.sleep(0.02)


def own_comments(sandbox: Sandbox, pull: PullRequest) -> list[Comment]:
    """The app's marked comments; there must never be two."""
    return [one for one in sandbox.comments(pull, own=True) if MARKER in one.body]


def latest_runs(sandbox: Sandbox, pull: PullRequest) -> dict[str, CheckRun]:
    """The newest run of each name on the head, as the checks tab shows them."""
    return {run.name: run for run in sandbox.check_runs(pull)}


def assert_settled(sandbox: Sandbox, pull: PullRequest, *, comments: int = 1) -> None:
    """One verdict, nothing in progress, nothing doubled."""
    runs = sandbox.check_runs(pull)
    assert VERDICT_NAME in {run.name for run in runs}
    assert all(run.status == "completed" for run in runs), [(run.name, run.status) for run in runs]
    assert len(own_comments(sandbox, pull)) == comments
    for run in runs:
        marks = [json.dumps(annotation, sort_keys=True) for annotation in run.annotations]
        assert len(marks) == len(set(marks)), f"doubled annotations on {run.name}"
