"""What no entry point reaches, and what need not be reached by one."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "module-never-imported"
MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"
FIX = "def repair(text):\n    return text\n\n\nwith open('a.rs') as source:\n    text = source.read()\nopen('a.rs', 'w').write(repair(text))\n"
CRATE = {
    "Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n',
    "src/main.rs": "mod billing;\n\nfn main() {}\n",
    "src/billing.rs": "pub fn charge() {}\n",
}
LIBRARY = {"src/lib.rs": "pub mod billing;\n"}
PRIVATE = {"Cargo.toml": CRATE["Cargo.toml"] + "publish = false\n"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"service/main.py": MAIN, "fix_it.py": FIX},
            Outcome.PASSED,
            id="a script of no project at the top",
        ),
        pytest.param(
            {"service/main.py": MAIN, "requirements.txt": "fastapi\n", "fix_it.py": FIX},
            ["fix_it.py"],
            id="the same file at the top of a project",
        ),
        pytest.param(
            {"service/main.py": MAIN, "service/__init__.py": "", "service/fix_it.py": FIX},
            ["fix_it.py"],
            id="the same file in a package",
        ),
    ],
)
def test_scripts(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        pytest.param("def charge(amount):\n    return amount\n", Severity.HIGH, id="a function"),
        pytest.param("from pydantic import BaseModel\n\n\nclass Charge(BaseModel):\n    amount: int\n", Severity.MEDIUM, id="a shape"),
        pytest.param("CURRENCIES = {'EUR', 'USD'}\nRATES = {}\n", Severity.MEDIUM, id="names"),
    ],
)  # fmt: skip
def test_no_feature_is_missing_without_a_function(text: str, severity: Severity) -> None:
    (gap,) = result_of(CHECK, {"app/main.py": MAIN, "app/__init__.py": "", "app/billing.py": text}).gaps
    assert gap.severity is severity


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        pytest.param(CRATE, Severity.HIGH, id="a program"),
        pytest.param(CRATE | LIBRARY, Severity.MEDIUM, id="a program published with a library"),
        pytest.param(CRATE | LIBRARY | PRIVATE, Severity.HIGH, id="a library that nobody else can get"),
    ],
)
def test_public_modules_of_a_library_weigh_less(files: Files, severity: Severity) -> None:
    (gap,) = result_of(CHECK, files).gaps
    assert (gap.gap.subject, gap.severity) == ("billing.rs", severity)
    assert not gap.gap.message.startswith("src/")


@pytest.mark.parametrize(
    ("folder", "imports", "expected"),
    [
        ("billing", "fmt", ["internal"]),
        ("billingtest", "fmt", Outcome.PASSED),
        ("mockbilling", "fmt", Outcome.PASSED),
        ("billing", "testing", Outcome.PASSED),
    ],
)
def test_go_packages_for_tests(folder: str, imports: str, expected: list[str] | Outcome) -> None:
    files = {
        "go.mod": "module example.com/shop\n",
        "main.go": "package main\n\nfunc main() {}\n",
        f"internal/{folder}/a.go": f'package {folder}\n\nimport "{imports}"\n\nfunc Charge() {{}}\n',
    }
    assert said(CHECK, files) == expected


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        pytest.param("", Outcome.NOT_APPLICABLE, id="a crate inside another that nothing names"),
        pytest.param('[workspace]\nmembers = ["draft"]\n', ["billing.rs"], id="a member of its workspace"),
        pytest.param(
            '[dependencies]\ndraft = { path = "draft" }\n', ["billing.rs"], id="a dependency by its path"
        ),
    ],
)
def test_a_loose_crate_ships_with_nothing(manifest: str, expected: list[str] | Outcome) -> None:
    draft = {f"draft/{path}": text for path, text in CRATE.items()}
    root = {"Cargo.toml": '[package]\nname = "root"\n\n' + manifest, "src/lib.rs": "pub fn run() {}\n"}
    assert said(CHECK, draft | root) == expected


TRAIT = "pub trait Rounds {\n    fn round(&self) -> u8;\n}\n\npub struct Till;\n\n"


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        pytest.param(
            TRAIT + "impl Rounds for Till {\n    fn round(&self) -> u8 { 1 }\n}\n",
            ["billing.rs"],
            id="for its own types",
        ),
        pytest.param(
            TRAIT + "impl Rounds for f64 {\n    fn round(&self) -> u8 { 1 }\n}\n",
            Outcome.NOT_APPLICABLE,
            id="for the types of others",
        ),
        pytest.param(
            "pub trait Rounds {\n    fn round(&self) -> u8 { 1 }\n}\n",
            Outcome.NOT_APPLICABLE,
            id="with a body of its own",
        ),
    ],
)
def test_a_trait_works_unnamed_on_the_types_of_others(module: str, expected: list[str] | Outcome) -> None:
    assert said(CHECK, CRATE | {"src/billing.rs": module}) == expected


@pytest.mark.parametrize(
    ("declared", "test", "expected"),
    [
        pytest.param("pub mod testing;", "", ["billing.rs"], id="the program compiles it"),
        pytest.param("pub mod testing;", "use shop::testing::billing::charge;", Outcome.PASSED, id="it helps tests"),
        pytest.param("#[cfg(test)]\nmod testing;", "", Outcome.NOT_APPLICABLE, id="only tests compile it"),
        pytest.param("mod other { mod testing; }", "", Outcome.NOT_APPLICABLE, id="another module's"),
    ],
)  # fmt: skip
def test_a_folder_called_as_tests_are(declared: str, test: str, expected: list[str] | Outcome) -> None:
    """Moving a module there does nothing for it."""
    files = {
        "Cargo.toml": CRATE["Cargo.toml"],
        "src/main.rs": f"{declared}\n\nfn main() {{}}\n",
        "src/testing/mod.rs": "pub mod billing;\n",
        "src/testing/billing.rs": CRATE["src/billing.rs"],
        "src/testing/mock_bank.rs": "pub fn pay() {}\n",
        "tests/all.rs": f"{test}\n#[test]\nfn works() {{}}\n",
    }
    assert said(CHECK, files) == expected


def test_another_crate_of_the_workspace_uses_it() -> None:
    """A crate with a program of its own may be there for others too."""
    user = {
        "api/Cargo.toml": '[package]\nname = "api"\n',
        "api/src/lib.rs": "use shop::billing::charge;\n\npub fn run() { charge(); }\n",
    }
    shop = {f"shop/{path}": text for path, text in CRATE.items()}
    root = {"Cargo.toml": '[workspace]\nmembers = ["shop", "api"]\n'}
    assert said(CHECK, shop | root) == ["billing.rs"]
    assert said(CHECK, shop | root | user) == Outcome.PASSED


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        pytest.param("src/ui/view.rs", ["typed.rs"], id="beside it: super is another module"),
        pytest.param("src/config/user.rs", Outcome.PASSED, id="in its folder"),
        pytest.param("src/config/other.rs", ["typed.rs"], id="in its folder, for another name"),
    ],
)
def test_super_leads_up_and_nowhere_else(user: str, expected: list[str] | Outcome) -> None:
    files = CRATE | {
        "src/billing.rs": "",
        "src/main.rs": "mod config;\nmod ui;\n\nfn main() {}\n",
        "src/config/mod.rs": "pub mod typed;\npub use typed::Constraint;\n",
        "src/config/typed.rs": "pub struct Constraint;\n",
        user: "use super::*;\n\nfn draw() { print(Constraint); }\n"
        if not user.endswith("other.rs")
        else "use super::Other;\n\nfn draw() { print(Other); }\n",
    }
    assert said(CHECK, files) == expected


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        pytest.param("use crate::view::Part;", ["plan.rs"], id="by the second name, what another has too"),
        pytest.param("use crate::drawn::view::Part;", ["plan.rs"], id="by the first name"),
        pytest.param("use crate::screen::Part;", ["plan.rs"], id="by another name"),
        pytest.param("use crate::plan::Part;", ["view.rs"], id="the other one"),
        pytest.param("use crate::drawn::plan;", ["view.rs"], id="the other one itself"),
        pytest.param("use other::Part;", ["plan.rs", "view.rs"], id="of another crate"),
    ],
)
def test_a_module_that_is_passed_on_keeps_its_place(user: str, expected: list[str]) -> None:
    """A module that has a second name is the one that it was: two with an item of the same name stay two."""
    files = {
        "Cargo.toml": CRATE["Cargo.toml"],
        "src/main.rs": "mod lib;\nmod app;\n\nfn main() {}\n",
        "src/lib.rs": "pub mod drawn;\npub use drawn::view;\npub use drawn::view as screen;\npub use self::drawn::plan;\n",
        "src/drawn/mod.rs": "pub mod plan;\npub mod view;\n",
        "src/drawn/plan.rs": "pub struct Part;\n",
        "src/drawn/view.rs": "pub struct Part;\n",
        "src/app/main.rs": f"{user}\n\npub fn draw() {{ print(Part); }}\n",
    }
    assert said(CHECK, files) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        pytest.param(
            "pub struct Scanned;\n\npub fn run() { let scanner = Scanned; show(scanner); }\n",
            ["scanner.rs"],
            id="its own",
        ),
        pytest.param("pub fn run(found: crate::scanner::Scanned) {}\n", Outcome.PASSED, id="the module's"),
    ],
)
def test_a_name_that_a_file_defines_itself_is_its_own(model: str, expected: list[str] | Outcome) -> None:
    files = {
        "Cargo.toml": CRATE["Cargo.toml"],
        "src/main.rs": "mod scanner;\nmod model;\n\nfn main() { model::run(); }\n",
        "src/scanner.rs": "pub struct Scanned;\n",
        "src/model.rs": model,
    }
    assert said(CHECK, files) == expected


def test_templates_of_a_code_generator_are_no_modules() -> None:
    files = {
        "service/main.py": MAIN,
        "requirements.txt": "fastapi\n",
        "codegen/templates/api.py": "def a():\n    return 1\n",
    }
    assert said(CHECK, files) == Outcome.PASSED


def test_a_service_that_nothing_deploys() -> None:
    image = 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n'
    files = {
        "docker-compose.yml": "services:\n  shop:\n    build: ./shop\n",
        "shop/Dockerfile": image,
        "shop/main.py": "print(1)\n",
        "till/Dockerfile": image,
        "till/main.py": "print(1)\n",
    }
    (gap,) = result_of(CHECK, files).gaps
    assert (gap.gap.subject, gap.gap.path) == ("till", "till/Dockerfile")
    assert [evidence.path for evidence in gap.gap.evidence] == ["docker-compose.yml", None]


@pytest.mark.parametrize(
    ("module", "user", "expected"),
    [
        pytest.param("pub struct Wire;", "fn run() -> api::Wire { todo() }", Outcome.PASSED, id="a type, by the module above"),
        pytest.param("pub fn decode() {}", "fn run() { api::decode(); }", Outcome.PASSED, id="a call, by the module above"),
        pytest.param("pub fn decode() {}", "fn run() { elsewhere::parse(); }", ["wire.rs"], id="another function"),
        pytest.param("#[typetag::serde]\npub struct Wire;", "", Outcome.NOT_APPLICABLE, id="an attribute may register it"),
        pytest.param("pub struct Wire;\ninventory::submit!(Wire);", "", Outcome.NOT_APPLICABLE, id="a macro may register it"),
        pytest.param("#[derive(Debug)]\npub struct Wire;\nthread_local!(static A: u8 = 1);", "", ["wire.rs"], id="plain attributes and macros"),
    ],
)  # fmt: skip
def test_rust_modules_that_are_passed_on(module: str, user: str, expected: object) -> None:
    """What a parent passes on is used through the parent; what registers itself needs no user."""
    files = CRATE | {
        "src/billing.rs": "",
        "src/main.rs": f"mod api;\n\n{user}\n\nfn main() {{}}\n",
        "src/api/mod.rs": "mod wire;\npub use wire::*;\n",
        "src/api/wire.rs": f"{module}\n",
    }
    assert said(CHECK, files) == expected


def test_rust_modules_named_in_a_type() -> None:
    """A path in a signature is a use, also where a glob may bring the name from elsewhere."""
    files = CRATE | {
        "src/billing.rs": "",
        "src/main.rs": "mod api;\nmod other;\n\nfn main() { other::run(); }\n",
        "src/api/mod.rs": "pub mod wire;\n",
        "src/api/wire.rs": "pub struct Wire;\n",
        "src/other/mod.rs": "mod run;\n",
        "src/other/run.rs": "use std::fmt::*;\n\npub fn run() -> wire::Wire { todo() }\n",
    }
    assert said(CHECK, files) == Outcome.PASSED


@pytest.mark.parametrize(
    ("name", "lines", "severity"),
    [
        pytest.param("badge.tsx", 3, Severity.MEDIUM, id="a badge"),
        pytest.param("badge.tsx", 80, Severity.HIGH, id="a whole page"),
        pytest.param("use.ts", 3, Severity.MEDIUM, id="a hook"),
        pytest.param("use.ts", 40, Severity.HIGH, id="more than a hook"),
    ],
)
def test_a_small_part_of_a_page_was_left_behind(name: str, lines: int, severity: Severity) -> None:
    part = "export function Badge() {\n" + "  work();\n" * lines + "}\n"
    files = {
        "package.json": '{"name": "web", "private": true, "scripts": {"start": "node src/main.tsx"}}',
        "src/main.tsx": "start();\n",
        f"src/{name}": part,
    }
    (gap,) = result_of(CHECK, files).gaps
    assert gap.severity is severity


def test_what_ci_publishes_is_a_library() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0"\n[build-system]\nbuild-backend = "hatchling.build"\n',
        "shop/__init__.py": "",
        "shop/proxy.py": "def send(request):\n    return request\n",
        "server/Dockerfile": "FROM python:3.12\nCOPY main.py .\nCMD python main.py\n",
        "server/main.py": MAIN,
    }
    assert said(CHECK, files) == ["proxy.py"]
    release = "on: push\njobs: {a: {runs-on: x, steps: [{run: %s}]}}\n"
    assert said(CHECK, files | {".github/workflows/cd.yml": release % "npm publish"}) == ["proxy.py"]
    assert said(CHECK, files | {".github/workflows/cd.yml": release % "hatch publish"}) is Outcome.PASSED
