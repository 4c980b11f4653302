"""Workflows and composite actions: triggers, permissions, jobs, steps, and the shell that GitHub starts for them."""

from __future__ import annotations

from checks.facts.composite_action import CompositeAction
from checks.facts.workflow import Workflow
from checks.facts.workflow_step import ActionReference, Step

TEXT = """\
name: CI
on:
  push: {branches: [main], tags: ["v*"]}
  # schedule:
  #   - cron: "0 4 * * *"
  pull_request:
    paths: [src/**]
permissions: {contents: read, id-token: write}
env: {A: "1"}
defaults: {run: {shell: bash, working-directory: app}}
jobs:
  test:
    name: Tests
    # older glibc
    runs-on: ubuntu-22.04 # on purpose
    needs: [build]
    timeout-minutes: 10
    continue-on-error: true
    container: python:3.12
    services:
      db: {image: "postgres:17"}
    strategy:
      matrix:
        py: ["3.11", "3.12"]
        include: [{py: "3.13", os: mac}]
        exclude: [{py: "3.11"}]
    environment: {name: production}
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: {fetch-depth: 0}
      - name: Run
        id: run
        run: |
          pytest | tee out
          mypy .
        env: {B: "2"}
        continue-on-error: ${{ matrix.experimental }}
      - run: Get-Item x | Out-Null
        shell: pwsh
      - run: print("x")
        shell: python
      - {run: "a | b", shell: "bash -e {0}"}
      - {run: a, if: "${{ false }}"}
      - just a text
  build: {uses: ./.github/workflows/build.yml, with: {a: b}, if: false}
  other: text
"""


def test_triggers_permissions_and_jobs() -> None:
    """`on` is a key like any other; what is commented out is noted."""
    workflow = Workflow.extract(TEXT)
    assert [trigger.name for trigger in workflow.triggers] == ["push", "pull_request"]
    assert workflow.trigger("push") is not None
    assert workflow.switched_off == (("schedule", 4),)
    assert workflow.permissions is not None
    assert workflow.permissions.writes("id-token")
    assert not workflow.permissions.writes("contents")
    assert (workflow.runs_on_changes, workflow.is_automatic, workflow.is_only_called) == (True, True, False)
    test = workflow.job("test")
    assert test is not None
    assert (test.needs, test.timeout, test.environment, test.continue_on_error) == (
        ("build",),
        "10",
        "production",
        "true",
    )
    assert test.comment == " on purpose # older glibc"
    assert test.matrix == (("py", ("3.11", "3.12", "3.13")), ("os", ("mac",)))
    assert [(c.name, c.image) for c in test.containers] == [
        ("container", "python:3.12"),
        ("db", "postgres:17"),
    ]
    build = workflow.job("build")
    assert build is not None
    assert build.is_off
    assert [reference.name for reference in workflow.references] == [
        "actions/checkout",
        "./.github/workflows/build.yml",
    ]


def test_steps_and_their_shells() -> None:
    """Bash named outright has pipefail; PowerShell's failures aren't judged; other languages hold no commands."""
    _, run, powershell, python, custom, off = (step for _, step in Workflow.extract(TEXT).steps)
    assert run.working_directory == "app"
    assert [(c.words[0], c.line, c.swallowed) for c in run.commands] == [
        ("pytest", 34, None),
        ("tee", 34, None),
        ("mypy", 35, None),
    ]
    assert run.continue_on_error == "${{ matrix.experimental }}"
    assert [command.swallowed for command in powershell.commands] == [None, None]
    assert python.commands == ()
    assert custom.commands[0].swallowed == "| b"
    assert off.is_off
    assert run.label == "Run"
    assert custom.label == "a | b"
    checkout = next(step for _, step in Workflow.extract(TEXT).steps)
    assert checkout.uses is not None
    assert checkout.uses.comment == "v5.0.0"
    assert (checkout.input("fetch-depth"), checkout.input("x")) == ("0", None)
    assert (checkout.input_line("fetch-depth"), checkout.input_line("x")) == (30, 29)
    assert checkout.commands == ()


def test_other_forms_of_on_and_permissions() -> None:
    assert [t.name for t in Workflow.extract("on: [push, workflow_call]").triggers] == [
        "push",
        "workflow_call",
    ]
    called = Workflow.extract(
        "on: workflow_call\npermissions: read-all\njobs: {a: {runs-on: {labels: [x]}, steps: []}}"
    )
    assert called.is_only_called
    assert called.permissions is not None
    assert called.permissions.scopes == (("*", "read-all"),)
    assert called.jobs[0].runs_on == ("x",)
    assert Workflow.extract("jobs: {}").triggers == ()
    tags = Workflow.extract('on: {push: {tags: ["v*"]}, schedule: [{cron: "1 2 * * *"}]}')
    assert not tags.runs_on_changes
    assert tags.triggers[1].schedules == ("1 2 * * *",)


def test_what_a_reference_names() -> None:
    """Local paths and full commits are fixed; tags and branches move."""
    local, image, pinned_image = (
        ActionReference(text, 1)
        for text in ("./.github/actions/x", "docker://alpine:3", "docker://alpine@sha256:abc")
    )
    assert (local.is_local, local.ref, local.is_pinned) == (True, None, True)
    assert (image.name, image.is_pinned, image.is_image) == ("docker://alpine", False, True)
    assert pinned_image.is_pinned
    assert ActionReference("a/b/c@main", 1).is_on_branch
    assert (ActionReference("a/b@v1", 1).name, ActionReference("a/b@v1", 1).is_pinned) == ("a/b", False)
    assert Step(1).label == ""


def test_composite_action() -> None:
    action = CompositeAction.extract(
        "inputs: {a: {}}\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n"
    )
    assert (action.using, action.inputs, action.steps[0].run) == ("composite", ("a",), "make")
    assert CompositeAction.extract("name: x").steps == ()


def test_what_is_no_word_is_passed_over() -> None:
    """In lists of events, in services and in a matrix."""
    found = Workflow.extract("""\
on: [push, {schedule: no}]
jobs:
  test:
    runs-on: x
    services: {db: {image: postgres:17}, bare: {ports: [80]}}
    strategy:
      matrix:
        image: [{file: a, tags: [b]}, {file: c}]
        include: [{os: linux, extra: {a: 1}}, word]
  word: no job
""")
    assert [trigger.name for trigger in found.triggers] == ["push"]
    (job,) = found.jobs
    assert [container.name for container in job.containers] == ["db"]
    assert job.matrix == (("image", ()), ("image.file", ("a", "c")), ("os", ("linux",)))
