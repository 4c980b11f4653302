"""Commands in documents: which are judged, where they are typed, and what is wrong with them."""

from __future__ import annotations

import json

import pytest

from checks.derived.claims.command_problems import problem_of
from checks.derived.documented_commands import DocumentedCommands
from tests.checks.trees import snapshot

CODE = "X = 1\n"
CARGO = """[package]
name = "garden"
version = "0.1.0"

[features]
default = ["log"]
log = []
tui = []

[[example]]
name = "listed"
required-features = ["tui"]
"""
CLI = """#[derive(Subcommand)]
enum Commands { Chat }

fn main() { match x { Commands::Chat => {} } }
"""
TREE = {
    "shop/__init__.py": "",
    "shop/run/__init__.py": "",
    "shop/app.py": CODE,
    "shop/__main__.py": CODE,
    "scripts/build.sh": "set -e\n",
    "tools/one.py": CODE,
    "package.json": json.dumps({"private": True, "scripts": {"build": "tsc"}}),
    "Makefile": "test:\n\tpytest\n",
    "tests/test_shop.py": CODE,
    "cmd/server/main.go": "package main\n",
    "deploy/base/a.yaml": "a: 1\n",
    "docker-compose.yml": "services: {}\n",
    "Cargo.toml": CARGO,
    "src/main.rs": CLI,
    "examples/water.rs": '#[cfg(not(feature = "tui"))]\nfn main() {}\n',
    "examples/plain.rs": "fn main() {}\n",
    "examples/served.rs": "#[tokio::main]\nasync fn main() {}\n",
    "web/shop/late.py": CODE,
    ".gitignore": "local/\n",
}


def problems(
    block: str, path: str = "README.md", before: str = "# Shop\n\n", files: dict[str, str] | None = None
) -> list[str]:
    tree = snapshot({**(TREE if files is None else files), path: f"{before}```bash\n{block}\n```\n"})
    found = (problem_of(command, tree) for command in tree.derived(DocumentedCommands).all)
    return [problem.subject for problem in found if problem is not None]


@pytest.mark.parametrize(
    "command",
    [
        "python -m shop.app", "python -m shop", "python -m json.tool x", "python3 shop/app.py", "python manage.py", "python -m 'odd name'",
        "python -c 'import x'", "pytest tests/test_shop.py::test_x -k y", "python -m pytest tests/", "bash scripts/build.sh", "./scripts/build.sh",
        "sh -c 'ls'", "go run ./cmd/server", "go build -o bin/x cmd/server/main.go", "go test ./...", "go env", "npm run build", "npm test",
        "npm install", "pnpm --filter web run e2e", "make test", "make", "make -C sub other", "make VAR=1 test", "docker compose up",
        "docker compose -f docker-compose.yml up", "docker compose run app bash scripts/gone.sh", "kubectl apply -f deploy/base/a.yaml",
        "kubectl apply -f https://example.org/x.yaml", "kubectl apply -k deploy/base", "cargo run --example plain", "cargo test --features tui",
        "cargo run --example water --features tui", "cargo run --example water --all-features", "cargo build --features serde/derive",
        "cargo run -p other --features gone", "cargo run --bin garden", "cargo run -- --features gone", "garden chat", "garden --help", "garden ./x",
        "uv run python -m shop.app", "sudo bash scripts/build.sh", "python $HOME/x.py", "python local/thing.py", "bash local/run.sh", "ls -la", "",
        "python shop/late.py", "kubectl apply -f platform/core.yaml", "cargo run --features", "cargo run --example served", "bash", "kubectl logs -f deploy/shop", "pytest tests/test_new_feature.py",
    ],
)  # fmt: skip
def test_commands_that_may_work_are_left(command: str) -> None:
    assert problems(command) == []


@pytest.mark.parametrize(
    ("command", "subject"),
    [
        ("python -m shop.gone", "shop.gone"), ("python -m shop.run", "shop.run"), ("python shop/gone.py", "shop/gone.py"),
        ("uv run pytest tests/test_gone.py", "tests/test_gone.py"), ("python -m pytest tests/test_gone.py", "tests/test_gone.py"),
        ("bash scripts/gone.sh", "scripts/gone.sh"), ("./scripts/gone.sh", "scripts/gone.sh"), ("tools/gone.py --x", "tools/gone.py"),
        ("go run cmd/gone/main.go", "cmd/gone/main.go"), ("npm run e2e", "e2e"), ("bun run scripts/gone.ts", "scripts/gone.ts"),
        ("make gone", "make gone"), ("docker compose -f docker-compose.prod.yml up", "docker-compose.prod.yml"),
        ("kubectl apply -f deploy/base/gone.yaml", "deploy/base/gone.yaml"), ("cargo run --features gone", "gone"), ("cargo run --features=gone", "gone"),
        ("cargo run --example gone", "gone"), ("cargo run --example water", "water"), ("cargo run --example listed --features log", "listed"),
        ("garden compress", "garden compress"), ("cd shop && python gone/x.py && python -m shop.gone", "shop.gone"),
        ("$ make gone\noutput of make gone", "make gone"), ("VAR=1 make gone", "make gone"), ("make \\\n  gone", "make gone"),
    ],
)  # fmt: skip
def test_commands_that_cannot_work_are_found(command: str, subject: str) -> None:
    assert problems(command) == [subject]


@pytest.mark.parametrize(
    ("block", "before"),
    [
        ("make gone", "# Shop\n\n## Roadmap\n\n"), ("make gone", "# Shop\n\nThis will be added:\n\n"), ("npm create vite\nmake gone", "# Shop\n\n"),
        ("cat > x.py\nmake gone", "# Shop\n\n"), ("cd /elsewhere\nmake gone", "# Shop\n\n"), ("cd\nmake gone", "# Shop\n\n"),
    ],
)  # fmt: skip
def test_blocks_about_something_else_are_not_judged(block: str, before: str) -> None:
    assert problems(block, before=before) == []


def test_a_guide_that_makes_a_project_speaks_of_that_from_then_on() -> None:
    block = "npm create vite\n```\n\n```bash\nmake gone"
    assert problems(block, path="docs/guide.md") == []
    assert problems(block, path="README.md") == []
    later = block.replace("```\n\n", "```\n\n## Development\n\n")
    assert problems(later, path="docs/guide.md") == []
    assert problems(later, path="README.md") == ["make gone"]


@pytest.mark.parametrize(
    ("installs", "expected"),
    [
        pytest.param("cargo install garden", ["make gone"], id="the tree's own program"),
        pytest.param("cargo install --path .", ["make gone"], id="from the tree"),
        pytest.param("cargo install cargo-generate", [], id="a tool that makes projects"),
    ],
)
def test_who_installs_this_program_stays_with_the_tree(installs: str, expected: list[str]) -> None:
    assert problems(f"{installs}\n```\n\n```bash\nmake gone") == expected


def test_a_clone_leads_to_the_root() -> None:
    assert problems(
        "git clone https://example.org/a/shop.git\ncd shop\nbash scripts/gone.sh", path="docs/setup.md"
    ) == ["scripts/gone.sh"]


def test_the_folder_that_the_words_name_counts() -> None:
    files = {"web/package.json": json.dumps({"scripts": {"dev": "x"}}), "package.json": "{}"}
    assert problems("npm run dev", before="# Shop\n\nFrom the `web` directory:\n\n", files=files) == []


def test_a_bare_script_is_judged_beside_others_of_its_kind() -> None:
    files = {"bench/one.py": CODE, "bench/README.md": ""}
    assert problems("python compare_runs.py", path="bench/README.md", files=files) == ["compare_runs.py"]
    assert problems("python compare_runs.py", path="bench/README.md", files={"x.py": CODE}) == []
    assert problems("python main.py", path="bench/README.md", files=files) == []


def test_guides_of_a_published_package_speak_of_their_readers_project() -> None:
    files = {"package.json": json.dumps({"name": "kit", "scripts": {"build": "tsc"}})}
    assert problems("npm run preview", path="docs/guide.md", files=files) == []


def test_makefiles_with_generated_targets_are_not_judged() -> None:
    assert problems("make gone", files={"Makefile": "include other.mk\nx:\n\ttrue\n"}) == []


def test_a_virtual_workspace_is_not_judged() -> None:
    assert problems("cargo run --example gone", files={"Cargo.toml": '[workspace]\nmembers = ["a"]\n'}) == []


def test_python_programs_have_subcommands_too() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n[project.scripts]\nshop = "shop.cli:app"\n',
        "shop/cli.py": "import typer\napp = typer.Typer()\n\n@app.command()\ndef sync_all():\n    pass\n",
    }
    assert problems("shop sync-all\nshop compress", files=files) == ["shop compress"]
    files["shop/notes.py"] = (
        f"NOTE = '{'compress ' * 10}'\n"  # long text tells of words, it makes no subcommand
    )
    assert problems("shop compress", files=files) == ["shop compress"]
    files["pyproject.toml"] = files["pyproject.toml"].replace("scripts", "entry-points.plugins")
    assert problems("shop compress", files=files) == []
    files["shop/cli.py"] = "def main():\n    pass\n"
    assert problems("shop compress", files=files) == []
    files["pyproject.toml"] = files["pyproject.toml"].replace("entry-points.plugins", "scripts")
    files["shop/cli.py"] = "def main(parser):\n    parser.add_parser('sync')\n"
    assert problems("shop sync\nshop compress", files=files) == ["shop compress"]


def test_a_prompt_in_a_block_without_language_makes_it_a_shell() -> None:
    tree = snapshot({**TREE, "README.md": "# Shop\n\n```\n$ make gone\n```\n\n```\nmake other\n```\n"})
    assert [(c.text, c.line, c.name) for c in tree.derived(DocumentedCommands).all] == [
        ("make gone", 4, "make")
    ]
