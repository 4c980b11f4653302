"""app.yml asks for what the code uses: no event or permission more, none less."""

import json

from bot.events import SUBSCRIBED
from bot.github.repository import OPTIONAL_PERMISSIONS, REVIEW_PERMISSIONS
from bot.manifest import read_manifest

# What a subscription needs, as GitHub documents it. The rest needs no more than `metadata`.
_FOR_EVENTS = {
    "check_run": {"checks": "write"},
    "check_suite": {"checks": "write"},
    "issue_comment": {"issues": "read"},
    "merge_group": {"merge_queues": "read"},
    "pull_request": {"pull_requests": "read"},
    "repository": {"metadata": "read"},
}


def test_its_events_are_those_that_the_code_reads() -> None:
    assert read_manifest().events == SUBSCRIBED


def test_its_permissions_are_those_that_calls_and_events_need() -> None:
    needed = {"metadata": "read"}
    for event in SUBSCRIBED:
        needed |= {name: level for name, level in _FOR_EVENTS[event].items() if name not in needed}
    needed |= dict(REVIEW_PERMISSIONS + OPTIONAL_PERMISSIONS)
    assert read_manifest().permissions == needed


def test_the_set_up_page_sends_it_with_this_servers_addresses() -> None:
    sent = read_manifest().at("https://gonogo.example.com", "http://127.0.0.1:8080/setup/done")
    assert sent["hook_attributes"] == {"url": "https://gonogo.example.com/webhook", "active": True}
    assert sent["redirect_url"] == "http://127.0.0.1:8080/setup/done"
    assert sent["url"] == "https://gonogo.example.com"
    assert json.loads(json.dumps(sent)) == sent
