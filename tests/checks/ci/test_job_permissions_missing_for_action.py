"""Permissions of jobs against what their actions write."""

import pytest

from checks import Outcome
from tests.checks.verdicts import said

WORKFLOW = (
    "on: push\npermissions: %s\njobs:\n  a:\n    runs-on: ubuntu-24.04\n%s    steps:\n      - uses: %s\n%s"
)


@pytest.mark.parametrize(
    ("permissions", "job", "action", "more", "expected"),
    [
        pytest.param("{contents: read}", "", "softprops/action-gh-release@v2", "", ["a: softprops/action-gh-release"], id="may only read"),
        pytest.param("read-all", "", "softprops/action-gh-release@v2", "", ["a: softprops/action-gh-release"], id="may read everything"),
        pytest.param("write-all", "", "softprops/action-gh-release@v2", "", Outcome.PASSED, id="may write everything"),
        pytest.param("{}", "    permissions: {contents: write}\n", "softprops/action-gh-release@v2", "", Outcome.PASSED, id="of the job"),
        pytest.param("{}", "    if: false\n", "softprops/action-gh-release@v2", "", Outcome.PASSED, id="a job that is off"),
        pytest.param("{}", "", "softprops/action-gh-release@v2", "        env: {GITHUB_TOKEN: '${{ secrets.PAT }}'}\n", Outcome.PASSED, id="another token"),
        pytest.param("{}", "", "softprops/action-gh-release@v2", "        env: {GITHUB_TOKEN: '${{ github.token }}'}\n", ["a: softprops/action-gh-release"], id="the job's token"),
        pytest.param("{}", "", "github/codeql-action/analyze@v3", "        with: {upload: never}\n", Outcome.PASSED, id="uploads nothing"),
        pytest.param("{}", "", "actions/checkout@v5", "", Outcome.NOT_APPLICABLE, id="an action that writes nothing"),
        pytest.param("default", "", "softprops/action-gh-release@v2", "", Outcome.PASSED, id="the repository's default"),
    ],
)  # fmt: skip
def test_permissions(
    permissions: str, job: str, action: str, more: str, expected: list[str] | Outcome
) -> None:
    workflow = (WORKFLOW % (permissions, job, action, more)).replace("permissions: default\n", "")
    assert said("job-permissions-missing-for-action", {".github/workflows/a.yml": workflow}) == expected


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        pytest.param("pull_request_target", Outcome.PASSED, id="only labels are set"),
        pytest.param("push", ["a: release-drafter/release-drafter"], id="a release is drafted"),
    ],
)
def test_where_there_is_nothing_to_release(trigger: str, expected: list[str] | Outcome) -> None:
    workflow = WORKFLOW % ("{pull-requests: write}", "", "release-drafter/release-drafter@v7", "")
    files = {".github/workflows/a.yml": workflow.replace("on: push", f"on: {trigger}")}
    assert said("job-permissions-missing-for-action", files) == expected
