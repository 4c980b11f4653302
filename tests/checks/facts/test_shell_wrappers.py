"""What a command really runs behind its launchers."""

from __future__ import annotations

import pytest

from checks.facts.shell_wrappers import chain, program_name


@pytest.mark.parametrize(
    ("command", "inner"),
    [
        ("pytest -q", "pytest -q"),
        ("/usr/local/bin/trivy fs .", "trivy fs ."),
        ("A=1 B=2 pytest", "pytest"),
        ("! pytest", "pytest"),
        ("sudo -u app --group=x pytest", "pytest"),
        ("sudo -- pytest", "pytest"),
        ("env -u A B=1 pytest", "pytest"),
        ("nohup time pytest", "pytest"),
        ("timeout -k 5 60 pytest -x", "pytest -x"),
        ("xargs -n 1 shellcheck", "shellcheck"),
        ("python3.12 -m pytest -q", "pytest -q"),
        ("python -W error -X dev -Im pytest", "pytest"),
        ("python -u script.py", "python -u script.py"),
        ("python -m", "python -m"),
        ("python -Im", "python -Im"),
        ("uv run --with a pytest", "pytest"),
        ("uv run -m pytest", "pytest"),
        ("uv run python -m pytest", "pytest"),
        ("uv tool run ruff check", "ruff check"),
        ("uv tool install ruff", "uv tool install ruff"),
        ("uv sync", "uv sync"),
        ("uvx ruff@0.9 check", "ruff check"),
        ("poetry run -C sub pytest", "pytest"),
        ("coverage run --source a -m pytest", "pytest"),
        ("coverage run --source=a script.py", "script.py"),
        ("npx --yes eslint@9 .", "eslint ."),
        ("npx @biomejs/biome check", "@biomejs/biome check"),
        ("pnpm --filter web exec eslint .", "eslint ."),
        ("npm ci", "npm ci"),
        ("bundle exec rspec", "rspec"),
        ("rustup run nightly cargo test", "cargo test"),
        ("go run github.com/a/cmd/tool@v1 ./...", "tool ./..."),
        ("go run -modfile x.mod github.com/a/tool/v2@latest .", "tool ."),
        ("go run ./cmd/x", "go run ./cmd/x"),
        ("go run", "go run"),
        ("go tool golangci-lint run", "golangci-lint run"),
        ("go test ./...", "go test ./..."),
        ("docker compose run --rm -e A=1 web pytest", "pytest"),
        ("docker compose -f x.yml exec web pytest", "pytest"),
        ("docker compose run web python -m pytest", "pytest"),
        ("docker compose up", "docker compose up"),
        ("docker-compose run web pytest", "pytest"),
        ("docker exec -it web python -m pytest", "pytest"),
        ("docker exec web -m pytest", "pytest"),
        ("docker run --rm -v a:b aquasec/trivy:latest fs .", "fs ."),
        ("docker ps", "docker ps"),
        ("podman run -it zizmor", "zizmor"),
        ("${PREFIX}pytest", "pytest"),
        ("sudo", "sudo"),
        ("sudo -u app", "sudo -u app"),
    ],
)
def test_innermost_command(command: str, inner: str) -> None:
    """Launchers, their options and the values of these are not what is run."""
    assert list(chain(tuple(command.split())))[-1] == tuple(inner.split())


def test_every_layer_is_seen() -> None:
    """Outermost first; a container's image counts as a program, and so do its arguments."""
    assert list(chain(("sudo", "uv", "run", "ruff"))) == [
        ("sudo", "uv", "run", "ruff"),
        ("uv", "run", "ruff"),
        ("ruff",),
    ]
    assert list(chain(("docker", "run", "ghcr.io/a/trivy:1@sha256:0", "fs"))) == [
        ("docker", "run", "ghcr.io/a/trivy:1@sha256:0", "fs"),
        ("trivy", "fs"),
        ("fs",),
    ]


def test_nothing_runs_nothing() -> None:
    assert list(chain(())) == list(chain(("A=1",))) == []


def test_layers_without_end_are_not_followed() -> None:
    assert len(list(chain(("sudo",) * 50))) == 8


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("/usr/bin/trivy", "trivy"),
        ("./script/", "script"),
        ("cspell@8", "cspell"),
        ("ruff==0.9", "ruff"),
        ("@scope/tool", "@scope/tool"),
        ("@scope/tool@1.2", "@scope/tool"),
        ("/", "/"),
    ],
)
def test_names_of_programs(word: str, name: str) -> None:
    assert program_name(word) == name
