"""Trees made to be slow: what costs an author a few lines must not cost the review more than moments."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from checks import Change, Entry, Outcome, Snapshot, extract, find_check
from checks.change import candidates
from checks.derived.ci.ci_non_blocking import NonBlockingChecks
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.claims.claims import Claims
from checks.derived.claims.links import Links
from checks.derived.claims.required_paths import RequiredPaths
from checks.derived.command_targets import command_targets
from checks.derived.documented_commands import DocumentedCommands
from checks.derived.images import Images
from checks.derived.python_dependencies import PythonDependencies
from checks.derived.rust_modules import RustModules
from checks.derived.tests.tests_reach import TestsReach
from checks.facts.kinds import kinds
from checks.facts.shell_commands import shell_commands
from checks.facts.yaml_document import without_templates
from tests.checks.trees import Files, report, snapshot

SECONDS = 5.0  # of processor time; the defects these stand for took minutes or never ended
STEPS = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n" + "".join(
    f"    - run: {{0}} t{number}\n" for number in range(40)
)
WORKFLOW = "on: [push, pull_request]\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: {}\n"


def stars() -> Files:
    """A script's name of stars against one that almost matches."""
    scripts = json.dumps({"name": "a", "scripts": {"a" * 60: "x"}})
    return {".github/workflows/a.yml": WORKFLOW.format(f"npm run '{'a*' * 30}b'"), "package.json": scripts}


def ring() -> Files:
    """A requirements file that includes itself sixty times."""
    return {"requirements.txt": "-r requirements.txt\n" * 60 + "flask\n", "a.py": "import zzz\n"}


def folders() -> Files:
    """Every `cd` may be typed in every folder reached before."""
    commands = "\n".join(f"cd d{number}" for number in range(40))
    return {"README.md": f"# a\n\n```bash\n{commands}\nmake x\n```\n", "Makefile": "a:\n\tx\n"}


def lines() -> Files:
    """A block of empty lines, which is no diagram."""
    return {"README.md": f"# a\n\n```\n{chr(10) * 3_000}x\n```\n"}


def headings() -> Files:
    """Many links to anchors of a document with many headings."""
    return {"README.md": "# a\n" + "".join(f"## h{n}\n[a](#x{n})\n" for n in range(5_000))}


def lists() -> Files:
    """Many lists of required paths in one file."""
    text = "\n".join(f'REQUIRED_FILES = ["src/a{number}.py"]' for number in range(8_000))
    return {"a.py": text, "src/a1.py": ""}


def requirements() -> Files:
    """More requirements than anybody installs, and as many imports."""
    listed = "".join(f"pkg{number}>=1\n" for number in range(3_000))
    return {"requirements.txt": listed, "a.py": "".join(f"import other{number}\n" for number in range(3_000))}


def services() -> Files:
    """Very many components, each with requirements and imports of its own."""
    one = {
        "pyproject.toml": "[project]\nname = 's{0}'\ndependencies = ['flask', 'httpx', 'p{0}']\n",
        "app.py": "import flask\nimport redis\nimport p{0}\n",
    }
    return {f"s{number}/{path}": text.format(number) for number in range(800) for path, text in one.items()}


def tasks() -> Files:
    """Tasks that call each other, and every task a step."""
    recipes = "".join(f"t{n}: t{n + 1}\n  just t{n + 1}\n  pytest {n}\n" for n in range(5_000))
    return {".github/workflows/a.yml": STEPS.format("just"), "justfile": recipes}


def targets() -> Files:
    """The same with make."""
    rules = "".join(f"t{n}: t{n + 1}\n\tmake t{n + 1}\n\tpytest {n}\n" for n in range(5_000))
    return {".github/workflows/a.yml": STEPS.format("make"), "Makefile": rules}


def scripts() -> Files:
    """The same with a package's scripts, which call all others by a pattern."""
    called = {f"t{n}": f"npm run t{n + 1} && npm run 't*'" for n in range(5_000)}
    return {
        ".github/workflows/a.yml": STEPS.format("npm run"),
        "package.json": json.dumps({"scripts": called}),
    }


def crate() -> Files:
    """A crate of very many modules that all name something which isn't theirs."""
    module = "use super::nothing::{{a0, a1}};\nuse crate::other::*;\npub fn a{0}() {{ a{1}(); }}\n"
    modules = {f"src/d{n}/m{n}.rs": module.format(n, n + 1) for n in range(3_000)}
    return {"Cargo.toml": "[package]\nname = 'a'\n", "src/main.rs": "fn main() {}\n", **modules}


@pytest.mark.parametrize(
    ("files", "gaps"),
    [
        pytest.param(requirements, 0, id="where very much is declared nothing can be told"),
        pytest.param(services, 800, id="each component by itself"),
    ],
)
def test_requirements_by_the_thousand(files: Callable[[], Files], gaps: int) -> None:
    check = find_check("third-party-import-not-declared")
    assert check is not None
    assert len(list(check.run(snapshot(files())))) == gaps


def test_a_folder_of_very_many_files_and_a_path_of_very_many_folders() -> None:
    """Every check has its say."""
    files = {f"pkg/f{number}.py": "" for number in range(3_000)}
    deep = {f"{'a/' * 1_500}x.py": "import os\n", f"{'b/' * 1_500}README.md": "# a\n[x](y.md) `c/d.py`\n"}
    found = report({**files, **deep, "README.md": "# a\n`pkg/nothing.py`\n"})
    assert not [result.reasons for result in found.results if result.outcome is Outcome.CRASHED]
    assert "documented-path-missing" in {gap.check.id for gap in found.gaps}


@pytest.mark.parametrize(
    ("files", "derived"),
    [
        (stars, ContinuousIntegration),
        (ring, PythonDependencies),
        (folders, DocumentedCommands),
        (lines, Claims),
        (headings, Links),
        (lists, RequiredPaths),
        (tasks, NonBlockingChecks),
        (targets, NonBlockingChecks),
        (scripts, NonBlockingChecks),
        (crate, RustModules),
    ],
)
def test_joined_in_moments(files: Callable[[], Files], derived: type) -> None:
    tree: Snapshot = snapshot(files())
    started = time.process_time()
    assert tree.derived(derived) is not None
    assert time.process_time() - started < SECONDS


def test_what_is_too_much_to_be_followed_is_said() -> None:
    """Checks that miss something in CI doubt then."""
    assert [what for what, _, _ in snapshot(tasks()).derived(ContinuousIntegration).opaque] == [
        "more than can be followed"
    ]


def test_a_command_of_separators_is_split_in_moments() -> None:
    started = time.process_time()
    assert {target.name for target in command_targets("a;" * 200_000)} == {"a"}
    assert time.process_time() - started < SECONDS


def test_separators_in_quotes_part_nothing() -> None:
    assert [t.name for t in command_targets("sh -c 'python a.py && python b.py' | tee 'x;y'")] == [
        "a.py",
        "b.py",
        "tee",
    ]


def test_launchers_of_launchers_end() -> None:
    assert list(command_targets("sudo " * 3_000 + "x")) == []
    assert [target.name for target in command_targets("sudo exec nice x")] == ["x"]


def test_equal_files_are_paired_in_moments() -> None:
    before = [Entry(f"a/x{number}/f.py", 0o100644, "b" * 40, 9) for number in range(2_000)]
    after = [Entry(f"b/x{number}/f.py", 0o100644, "b" * 40, 9) for number in range(2_000)]
    started = time.process_time()
    change = Change.between(before, after, {})
    assert (candidates(before, after), len(change.moves), change.now("a")) == ((), 2_000, "b")
    assert [change.now(f"a/x{number}") for number in range(2_000)] != []
    assert time.process_time() - started < SECONDS


def test_folders_that_became_the_root_are_nowhere() -> None:
    before = [Entry("a/x.py", 0o100644, "b" * 40, 9), Entry("a/y.py", 0o100644, "c" * 40, 9)]
    after = [Entry("x.py", 0o100644, "b" * 40, 9), Entry("z/y.py", 0o100644, "c" * 40, 9)]
    assert Change.between(before, after, {}).now("a") == "z"


def test_half_a_character_makes_a_file_unreadable() -> None:
    data = extract("package-json", rb'{"name": "\ud800"}')
    assert kinds()["package-json"].read(data) == kinds()["package-json"].read(
        b'{"unreadable":"holds half of a character (a lone surrogate)"}'
    )


def stages() -> Files:
    """Stages that copy everything of each other, and one of itself."""
    ring = "".join(f"FROM a AS s{n}\n" + f"COPY --from=s{(n or 1) - 1} / /\n" * 60 for n in range(6))
    return {"Dockerfile": f"FROM a AS s0\nCOPY x /x\n{ring}COPY x /y\n", "x": "y"}


def deep_imports() -> Files:
    """Many tests that each reach a long chain of modules."""
    chain = {f"p/m{n}.py": f"import p.m{n + 1}\nx = 1\n" for n in range(2_000)}
    test = "import p.m0\nimport pytest\n@pytest.fixture\ndef a(): pass\ndef test_a(a):\n    assert p\n"
    return {"p/__init__.py": "", **chain, **{f"tests/test_{n}.py": test for n in range(1_500)}}


@pytest.mark.parametrize(("files", "derived"), [(stages, Images), (deep_imports, TestsReach)])
def test_followed_in_moments(files: Callable[[], Files], derived: type) -> None:
    tree: Snapshot = snapshot(files())
    started = time.process_time()
    assert len(tree.derived(derived)) > 0
    assert time.process_time() - started < SECONDS


def test_a_dockerfile_without_end_is_unreadable() -> None:
    data = extract("dockerfile", b"FROM a\n" + b"COPY x /x\n" * 5_000)
    assert b"too many to be read" in data


def test_errors_swallowed_by_the_thousand_are_judged_in_moments() -> None:
    """Each is looked at with the calls and comments near it only."""
    handler = "def f{0}():\n    try:\n        pay{0}(x)\n    except Exception: pass\n"
    tree = snapshot({"a.py": "\n".join(handler.format(number) for number in range(8_000))})
    check = find_check("error-swallowed")
    assert check is not None
    started = time.process_time()
    assert len(list(check.run(tree))) == 8_000
    assert time.process_time() - started < SECONDS


def test_asking_a_command_for_every_tool_unwraps_it_once() -> None:
    command = next(iter(shell_commands("sudo docker run " + "-e A=b " * 2_000 + "image pytest --x a")))
    started = time.process_time()
    assert command.runs("pytest")
    assert not any(command.runs(f"tool{number}") for number in range(20_000))
    assert time.process_time() - started < SECONDS


def test_templates_that_never_end_are_passed_over_in_moments() -> None:
    started = time.process_time()
    assert without_templates("a: {{ b }}\n" + "{{" * 400_000).startswith("a: ")
    assert time.process_time() - started < SECONDS
    assert without_templates("a: {{ b }}{{ c") == without_templates("a: {{ b }}") + "{{ c"
    assert without_templates("a: b") == "a: b"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("git-ignore", "x" * 200_000),
        ("git-ignore", "**a**" * 40_000),
        ("shell-script", "sudo " + "-a " * 60_000),
        ("shell-script", "A=b " * 50_000 + "x"),
        ("shell-script", "python " + "-a " * 60_000),
        ("java-script-source", "function a(b){return c.d(b)+`x${1}`};" * 10_000),
        ("type-script-source", "const a=(b:string)=>{return c.d(b)};" * 10_000),
        ("python-source", "x = [" + "f(1, 'a'), " * 36_000 + "]"),
        ("go-source", "package a; func a() { b.c(d) }; " * 12_000),
        ("rust-source", "fn a(b:u8)->u8{ c::d(b) } " * 15_000),
    ],
)
def test_one_long_line_is_read_in_moments(kind: str, text: str) -> None:
    started = time.process_time()
    assert extract(kind, text.encode())
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("python-source", "x = " + "- " * 400_000 + "1"),
        ("go-source", "package a\nvar a = " + "~" * 900_000),
        ("java-script-source", "x = " + "!" * 900_000 + "1"),
        ("rust-source", "<" * 400_000),
        ("go-source", "/*" * 200_000),
    ],
)
def test_operators_upon_operators_are_refused_in_moments(kind: str, text: str) -> None:
    started = time.process_time()
    assert b"operators nested too deeply" in extract(kind, text.encode())
    assert time.process_time() - started < SECONDS
