"""The pull request page: plain answers, and a browser that reads, types and presses."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller

NOTE = {
    "path": "src/new.py",
    "start_line": 1,
    "end_line": 1,
    "annotation_level": "warning",
    "message": "Nothing <b>imports</b> it.",
    "title": "module-never-imported",
}


async def report(caller: Caller, pull: PullRequest, title: str = "1 new gap") -> None:
    output = {
        "title": title,
        "summary": "## No-go\n\n<details><summary>More</summary>\n\nText.\n\n</details>",
    }
    body = {
        "name": "gonogo",
        "head_sha": pull.head_sha,
        "conclusion": "failure",
        "output": {**output, "annotations": [NOTE]},
    }
    assert (await caller.call(pull.repository, "POST", "/check-runs", json=body)).status == 201


async def test_pages_are_linked_from_the_first_one(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    await report(caller, pull)
    index = await caller.send("GET", f"{sandbox.html_url}/")
    assert b'href="/acme/shop/pull/1"' in index.data
    page = await caller.send("GET", sandbox.page_url(pull))
    for part in (
        b"Change the app",
        b"1 new gap",
        b"src/new.py:1",
        b"Nothing &lt;b&gt;imports",
        b"Push next commit",
    ):
        assert part in page.data
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    blob = await caller.send("GET", f"{sandbox.html_url}/acme/shop/blob/{pull.head_sha}/src/new.py")
    assert b"NEW = 1" in blob.data
    commit = await caller.send("GET", f"{sandbox.html_url}/acme/shop/commit/{pull.head_sha}")
    assert b"src/new.py" in commit.data
    run = sandbox.check_runs(pull)[0]
    at = await caller.send("GET", f"{sandbox.html_url}/acme/shop/runs/{run.id}")
    assert at.headers["Location"] == f"/acme/shop/pull/1#check-{run.id}"
    style = await caller.send("GET", f"{sandbox.html_url}/_page/page.css")
    assert style.status == 200
    assert {entry.path.split("/")[1] for entry in sandbox.requests.entries} == {"repos", "app"}


@pytest.mark.parametrize(
    "path",
    [
        "acme/shop/pull/99",
        "acme/shop/pull/x",
        "no/body/pull/1",
        "acme/shop/blob/main/none",
        "acme/shop/commit/x",
        "acme/shop/runs/1",
    ],
)
async def test_what_is_not_there_is_not_found(
    sandbox: Sandbox, caller: Caller, repository: Repository, path: str
) -> None:
    assert (await caller.send("GET", f"{sandbox.html_url}/{path}")).status == 404


async def test_buttons_do_not_obey_other_sites(sandbox: Sandbox, caller: Caller, pull: PullRequest) -> None:
    page = sandbox.page_url(pull)
    evil = {"Origin": "https://evil.example"}
    for path in ("comments", "rerun/all", "push"):
        assert (await caller.send("POST", f"{page}/{path}", headers=evil, data={"body": "x"})).status == 403
    assert (sandbox.comments(pull), len(pull.prepared)) == ([], 1)
    assert (await caller.send("POST", f"{page}/comments", data={"body": " ", "user": "owner"})).status == 400
    assert (await caller.send("POST", f"{page}/comments", data={"body": "x", "user": "root"})).status == 400
    assert (await caller.send("POST", f"{page}/rerun/1")).status == 404


@pytest.fixture
async def browser_page(sandbox: Sandbox, pull: PullRequest) -> AsyncIterator[Page]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path is not None, "the page's tests need Chromium or Chrome on the PATH"
    async with async_playwright() as playwright:
        flags = [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
        ]
        browser = await playwright.chromium.launch(executable_path=path, args=flags)
        page = await browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        await page.goto(sandbox.page_url(pull))
        yield page
        await browser.close()
        assert problems == []


async def test_a_person_at_the_page(
    sandbox: Sandbox, caller: Caller, pull: PullRequest, browser_page: Page
) -> None:
    page = browser_page
    await expect(page.get_by_text("No check has reported")).to_be_visible()
    await page.fill("#body", "/gonogo rec")
    await report(caller, pull)
    check = page.locator(".check")
    await expect(check).to_contain_text("1 new gap")
    await check.locator("summary").first.click()
    await expect(check.locator(".annotation")).to_contain_text("module-never-imported")
    sandbox.comment(pull, "While you were typing")
    await expect(page.get_by_text("While you were typing")).to_be_visible()
    await expect(page.locator("#body")).to_have_value("/gonogo rec")
    await expect(check).to_have_attribute("open", "")
    await page.fill("#body", "/gonogo recheck")
    await page.select_option("#user", "reader")
    await page.get_by_role("button", name="Comment", exact=True).click()
    await expect(page.locator("#body")).to_have_value("")
    await expect(page.get_by_text("/gonogo recheck", exact=True)).to_be_visible()
    assert [(one.user.login, one.body) for one in sandbox.comments(pull)][-1] == ("reader", "/gonogo recheck")
    suite = sandbox.suite(pull)
    for name in ("Re-run", "Re-run all"):
        suite.status, suite.conclusion = "completed", "failure"
        await page.get_by_role("button", name=name, exact=True).click()
        await expect(page.locator(".checks .head .quiet")).to_have_text("queued")
    await page.get_by_role("button", name="Push next commit").click()
    await expect(page.get_by_role("button", name="Push next commit")).to_have_count(0)
    await expect(page.get_by_text("No check has reported")).to_be_visible()
    assert pull.prepared == []


async def test_buttons_send_webhooks(
    sandbox: Sandbox, caller: Caller, pull: PullRequest, shas: object
) -> None:
    await report(caller, pull)
    run = sandbox.check_runs(pull)[0]
    sandbox.webhook_url = "http://127.0.0.1:1/"
    page = sandbox.page_url(pull)
    for path in (f"rerun/{run.id}", "rerun/all", "push"):
        assert (await caller.send("POST", f"{page}/{path}")).status == 303
    assert (await caller.send("POST", f"{page}/push")).status == 409
    await sandbox.delivered()
    assert [(one.event, one.action) for one in sandbox.deliveries] == [
        ("check_run", "rerequested"),
        ("check_suite", "rerequested"),
        ("check_suite", "requested"),
        ("pull_request", "synchronize"),
    ]
