"""The sample pull request, and the sandbox as a program."""

import ast
import asyncio
import json
import sys
import tomllib
from pathlib import Path

import aiohttp
import pygit2
import yaml

from sandbox import sample
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller


def test_the_sample_is_always_the_same_commits(tmp_path: Path) -> None:
    first, second = sample.build(tmp_path / "one"), sample.build(tmp_path / "two")
    assert (first.merge_base, first.head, first.next) == (second.merge_base, second.head, second.next)


def test_the_sample_s_files_are_what_they_claim(tmp_path: Path) -> None:
    made = sample.build(tmp_path / "one")
    repository = pygit2.Repository(str(made.path))
    for sha in (made.merge_base, made.head, *made.next):
        index = pygit2.Index()
        index.read_tree(repository[sha].peel(pygit2.Tree))
        files = {entry.path: repository[entry.id].peel(pygit2.Blob).data for entry in index}
        assert not [path for path in files if "cache" in path]
        for path, data in files.items():
            if path.endswith(".py"):
                ast.parse(data)
            elif path.endswith((".yml", ".yaml")):
                assert yaml.safe_load(data)
            elif path.endswith(".toml"):
                assert tomllib.loads(data.decode())
    assert (
        str(repository.merge_base(repository.branches["main"].target, pygit2.Oid(hex=made.head)))
        == made.merge_base
    )
    assert str(repository.branches["main"].target) != made.merge_base
    repository.free()


async def test_the_sample_is_served_and_has_a_next_commit(sandbox: Sandbox, caller: Caller) -> None:
    pull = sandbox.open_sample()
    files = {one["filename"] for one in (await compared(caller, sandbox))["files"]}
    assert {"Dockerfile.worker", "parcels/notifications.py", ".github/dependabot.yml", "README.md"} <= files
    before = pull.head_sha
    sandbox.push(pull)
    assert (pull.head_sha != before, pull.prepared) == (True, [])
    assert "docs/notifications.md" in {one["filename"] for one in (await compared(caller, sandbox))["files"]}


async def compared(caller: Caller, sandbox: Sandbox) -> dict[str, list[dict[str, str]]]:
    pull = sandbox.state.pull_requests[0]
    answer = await caller.call(pull.repository, "GET", f"/compare/{pull.base_ref}...{pull.head_sha}")
    assert answer.json["behind_by"] == 1
    found: dict[str, list[dict[str, str]]] = answer.json
    return found


async def test_the_sandbox_as_a_program() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        shown = json.loads(line)
        assert set(shown) == {"page", "api_url", "app_id", "installation_id", "private_key", "webhook_secret"}
        async with aiohttp.ClientSession() as session:
            async with session.get(shown["page"]) as response:
                assert sample.TITLE in await response.text()
            url = {"url": "http://127.0.0.1:1/webhook"}
            async with session.put(f"{shown['api_url']}/_sandbox/webhook", json=url) as response:
                assert response.status == 204
            async with session.get(f"{shown['api_url']}/_sandbox/deliveries") as response:
                assert await response.json() == []
    finally:
        process.terminate()
        await process.communicate()
