"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"


RepositoryOption = Annotated[
    Path, typer.Option("--repo", metavar="PATH", help="A local git repository; a bare one will do.")
]
FormatOption = Annotated[
    Format, typer.Option("--format", metavar="FORMAT", help="text, markdown, json or sarif.")
]
PolicyOption = Annotated[
    Path | None,
    typer.Option(
        "--policy", metavar="FILE", help="A policy to apply instead of the repository's .github/gonogo.yml."
    ),
]
CoverageOption = Annotated[
    Path | None,
    typer.Option(
        "--coverage",
        metavar="FILE",
        help="A coverage report of this commit (Cobertura XML, coverage.py JSON, LCOV, Go cover profile): its figures replace what imports say.",
    ),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.001, help="Give up after so many seconds.")
]
