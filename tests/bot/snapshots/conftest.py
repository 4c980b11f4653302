"""The client against the sandbox, as the tests of the client have it."""

from tests.bot.github.conftest import (
    calls,
    github,
    installation,
    options,
    records,
    repository,
    sandbox,
    settings,
    stored,
    trees,
)

__all__ = [
    "calls",
    "github",
    "installation",
    "options",
    "records",
    "repository",
    "sandbox",
    "settings",
    "stored",
    "trees",
]
