"""Makefiles, justfiles, Taskfiles, tox, nox, pre-commit, Dependabot, GoReleaser, other pipelines, scripts, licences."""

from __future__ import annotations

import pytest

from checks.facts.dependabot import Dependabot
from checks.facts.goreleaser import Goreleaser
from checks.facts.kinds import UnreadableFile
from checks.facts.makefile import Makefile
from checks.facts.pipeline import Jenkinsfile, Pipeline
from checks.facts.pre_commit import PreCommit
from checks.facts.shell_script import ShellScript
from checks.facts.stated_license import StatedLicense
from checks.facts.task_runner import Justfile, Noxfile, Taskfile, ToxEnvironments

MAKEFILE = """\
PY := python
FLAGS = -v
FLAGS += -q
FLAGS ?= -x
.DEFAULT_GOAL := test
include a.mk $(PY).mk
.PHONY: test lint
all: test lint ## help
test: build | order
\t@$(PY) -m pytest \\
\t  $(FLAGS) || true
\t-$(MAKE) lint

\tcd x && for f in $$(ls); do echo $$f; done
lint: ; ruff check $(shell git ls-files '*.py') $(UNKNOWN)
define text
not: a rule
endef
%.o: %.c
\tcc $<
"""


def test_makefile() -> None:
    """Variables are put in, `-` hides a failure, lines are kept, what can't be known is a word."""
    makefile = Makefile.extract(MAKEFILE)
    test = makefile.target("test")
    assert test is not None
    assert test.prerequisites == ("build", "order")
    found = [(c.line, " ".join(c.words), c.swallowed) for c in test.commands]
    assert found[0] == (10, "python -m pytest -v -q", "|| true")
    assert found[2] == (12, "make lint", "- before the command")
    assert (14, "cd x", None) in found
    lint = makefile.target("lint")
    assert lint is not None
    assert next(lint.commands).words == ("ruff", "check", "make-value", "make-value")
    assert makefile.includes == (("a.mk", 6), ("python.mk", 6))
    assert makefile.first is test
    assert makefile.has_dynamic_targets
    assert makefile.target("not") is None
    assert Makefile.extract("a: b\nb:\n\ttrue\n").first == Makefile.extract("a: b\nb:\n\ttrue\n").targets[0]
    push = Makefile.extract("A ?= 0 # of 3\na:\n\techo $(A) $(if $(B),--push) $(if $(B),x,y) end\n").targets[
        0
    ]
    assert [c.words for c in push.commands] == [("echo", "0", "--push", "x", "end")]
    assert Makefile.extract("A = $(A) x\na:\n\techo $(A)\n").targets


def test_task_runners() -> None:
    just = Justfile.extract(
        "set shell := ['bash']\ndefault: test\ntest arg='x': build && (after)\n    @pytest {{arg}}\n"
    )
    task = just.by_name["test"]
    assert (task.needs, task.commands[0].words, task.commands[0].line) == (
        ("build", "after"),
        ("pytest", "{{arg}}"),
        4,
    )
    tasks = Taskfile.extract(
        "tasks:\n  a: pytest\n  b:\n    deps: [a, {task: c}]\n    cmds:\n      - mypy {{.X}}\n      - {cmd: ruff check}\n      - task: d\n"
        "  c: {cmd: go test}\n  d: [x, y]\n"
    )
    assert [[c.words[0] for c in t.commands] for t in tasks.tasks] == [
        ["pytest"],
        ["mypy", "ruff"],
        ["go"],
        ["x", "y"],
    ]
    assert tasks.tasks[1].needs == ("a", "d", "c")
    tox = ToxEnvironments.extract(
        "[tox]\nenvlist = py311, lint\n[testenv]\ncommands =\n  pytest {posargs}\n  py311: - mypy x \\\n    y\n[testenv:lint]\ncommands = {envpython} -m ruff\n"
    )
    assert tox.default == ("py311", "lint")
    assert [c.swallowed for c in tox.tasks[0].commands] == [None, "- before the command"]
    assert (tox.tasks[1].name, tox.tasks[1].line) == ("lint", 8)
    with pytest.raises(UnreadableFile, match="ini"):
        ToxEnvironments.extract("no section")
    nox = Noxfile.extract(
        "import nox\n@nox.session(name='unit')\n@nox.parametrize('a', [1])\ndef tests(session):\n    session.run('pytest', '-q', *session.posargs)\n"
        '@nox.session\ndef lint(session):\n    session.run("ruff", "check")\n'
    )
    assert [(t.name, t.commands[0].words) for t in nox.tasks] == [
        ("unit", ("pytest", "-q")),
        ("lint", ("ruff", "check")),
    ]


def test_pre_commit_dependabot_goreleaser() -> None:
    hooks = PreCommit.extract(
        "default_stages: [pre-push]\nci: {skip: [b]}\nrepos:\n  - repo: local\n    hooks:\n      - {id: a, entry: pytest -q, args: [x], stages: [commit]}\n"
        "      - {id: b}\n  - {repo: https://github.com/gitleaks/gitleaks, rev: v1, hooks: [{id: gitleaks}]}\n"
    )
    assert hooks.hooks[0].command[0].words == ("pytest", "-q", "x")
    assert [hook.runs_on_commit for hook in hooks.hooks] == [True, False, False]
    assert hooks.hook("gitleaks") is hooks.hooks[2]
    assert (hooks.hooks[1].command, hooks.hook("none")) == ((), None)
    assert (hooks.skipped_in_ci, hooks.has_ci_settings, hooks.line) == (("b",), True, 3)
    bot = Dependabot.extract(
        "updates:\n  - {package-ecosystem: pip, directory: /, schedule: {interval: weekly}, open-pull-requests-limit: 0}\n"
        "  - {package-ecosystem: docker, directories: [/a, /b]}\n"
    )
    assert bot.updates[0].is_off
    assert bot.updates[1].directories == ("/a", "/b")
    assert bot.ecosystems == {"pip", "docker"}
    assert Goreleaser.extract(
        "builds: [{skip: true}]\nsigns: [{}]\nsboms: [{}]\ndockers: [{}]\nx: {{ .Env }}"
    ) == Goreleaser(builds_nothing=True, signs=True, makes_bills=True, makes_images=True)


def test_other_pipelines() -> None:
    """Scripts by their keys; a job that may fail hides its commands' failures; templates don't matter."""
    pipeline = Pipeline.extract(
        "include: [{template: Jobs/SAST.gitlab-ci.yml}]\ntest:\n  image: python:3.12\n  script: [pytest, {x: y}]\nlint:\n  allow_failure: true\n  script: mypy .\n"
        "parameters: {{ x }}\nsteps:\n  - run: {command: go test}\n"
    )
    assert [s.text for s in pipeline.scripts if s.text] == ["pytest", "mypy .", "go test"]
    assert [s.commands[0].swallowed for s in pipeline.scripts] == [None, "the job may fail", None]
    assert ("Jobs/SAST.gitlab-ci.yml", 1) in pipeline.named
    moved = Pipeline.extract(
        "commands: [cd web/, pnpm i, cd api && make, cd ../cli, cargo test, cd ../.., make]\n"
    )
    assert [s.folder for s in moved.scripts] == ["", "web", "web", "web", "cli", "cli", ""]
    jenkins = Jenkinsfile.extract('node {\n  sh \'pytest -q\'\n  sh(script: """\n    make test\n  """)\n}\n')
    assert [(s.text.strip(), s.line) for s in jenkins.scripts] == [("pytest -q", 2), ("make test", 3)]


@pytest.mark.parametrize(
    ("text", "is_script"),
    [
        ("#!/bin/bash -e\npytest | tee x\n", True),
        ("#!/usr/bin/env bash\nset -e\npytest\n", True),
        ("# no shebang\nset -eu\npytest\n", True),
        ("# no shebang\nset x\npytest\n", True),
        ("#!/usr/bin/env python3\nprint()\n", False),
        ("print('x')\n", False),
    ],
)
def test_shell_scripts(text: str, *, is_script: bool) -> None:
    """A file of a scripts folder is a shell script by its first line or by `set -e`."""
    assert ShellScript.extract(text).is_script is is_script


@pytest.mark.parametrize(
    ("text", "license_name"),
    [
        ('{"license": "MIT"}', "MIT"),
        ('{"license": "MIT", "private": true}', None),
        ('[package]\nname = "x"\nlicense = "MIT"', "MIT"),
        ('[package]\nname = "x"\nlicense = "MIT"\npublish = false', None),
        ('[project]\nlicense = {text = "BSD"}', "BSD"),
        ('[project]\nlicense = {file = "LICENSE"}', None),
    ],
)
def test_stated_license(text: str, license_name: str | None) -> None:
    assert StatedLicense.extract(text).license == license_name


def test_of_several_rules_the_one_with_a_recipe_counts() -> None:
    """Wherever it stands; recipe lines without words are none, nor is one before every rule."""
    found = Makefile.extract("\techo lost\na: b\na:\n\trun a\n\t\na: c\nd: e\n").by_name
    assert {name: [line.text for line in target.recipe] for name, target in found.items()} == {
        "a": ["run a"],
        "d": [],
    }


def test_steps_of_a_task_that_run_nothing() -> None:
    task = Taskfile.extract(
        "version: 3\ntasks:\n  a:\n    cmds: [{defer: clean}, {task: b}, {cmd: run}]\n"
    ).by_name["a"]
    assert (task.needs, [command.words for command in task.commands]) == (("b",), [("run",)])
