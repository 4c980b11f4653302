"""What a file is for, told from its path alone: shipped code, test, fixture, example, vendored copy ..."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What a file is for. Only SHIPPED is what the repository puts into production."""

    SHIPPED = "shipped"
    TEST = "test"
    FIXTURE = "fixture"
    EXAMPLE = "example"
    BENCHMARK = "benchmark"
    GENERATED = "generated"
    VENDORED = "vendored"
    ARCHIVE = "archive"
    DOCUMENTATION = "documentation"
    TOOL = "tool"


# In this order: the first that holds decides, so a fixture under tests/ is a fixture and a vendored test is vendored.
_FOLDERS: tuple[tuple[Role, str], ...] = (
    (
        Role.VENDORED,
        r"vendor|vendored|_vendor|third[-_]party|node_modules|site-packages|\.yarn",
    ),
    (
        Role.FIXTURE,
        r"fixtures?|__fixtures__|testdata|test[-_]data|test[-_]files?|golden|__snapshots__|cassettes|(?:mock|fake|stub)[-_]?servers?",
    ),
    (Role.ARCHIVE, r"archives?|archived|_archive|deprecated|legacy|attic|old|backups?|obsolete"),
    (
        Role.TEST,
        r"tests?|tests[-_]\w[\w-]*|__tests?__|testing|test[-_]?(?:utils?|helpers?|support)|spec|specs|(?:[\w-]+[-_])?e2e(?:[-_]tests?)?|(?:[\w-]+[-_])?integration[-_]tests?|system[-_]tests?|cypress|playwright",
    ),
    (Role.BENCHMARK, r"bench|benches|benchmarks?"),
    (
        Role.EXAMPLE,
        r"_?(?:[a-z]+-)?examples?|samples?|demos?|tutorials?|cookbook|playground|quickstarts?|showcase|templates?[-_]repo",
    ),
    (Role.GENERATED, r"generated|__generated__|gen|\.next|dist|build|target|out"),
    (Role.DOCUMENTATION, r"docs?|documentation|website|site"),
)
_BY_FOLDER = tuple((role, re.compile(rf"(?:^|/)(?:{names})(?=/)", re.IGNORECASE)) for role, names in _FOLDERS)
# Further copies and recordings, told by more than the folder's name: code that talks to the outside may stand in `external`.
_BY_PLACE = (
    (Role.ARCHIVE, re.compile(r"(?:^|/)_archived?/")),
    (Role.VENDORED, re.compile(r"^(?:external|deps)/")),
    (Role.FIXTURE, re.compile(r"(?:^|/)(?:tests?|__tests__|specs?)/(?:[^/]+/)*snapshots/")),
    (Role.FIXTURE, re.compile(r"(?:^|/)snapshots/(?:[^/]+/)*[^/]+\.(?:snap|new|ambr|txt|out|stdout|stderr|svg|html|json)$")),
)  # fmt: skip
# A package's own code may well be called `build` or `docs`: below a source root these words are names, not roles.
_CODE_ROOT = re.compile(r"(?:^|/)(?:src|app|lib|pkg|internal)/")
_AMBIGUOUS = frozenset({Role.GENERATED, Role.DOCUMENTATION, Role.ARCHIVE, Role.EXAMPLE})
# An image's build file is written by hand, in a folder called `build` as anywhere.
_BY_HAND = re.compile(r"(?:^|/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$")
_TEST_NAME = re.compile(
    r"^t/|(?:^|/)(?:test_[^/]*\.py|[^/]*_test\.(?:py|go|rs|ts|js|sh)|conftest\.py|[^/]*\.(?:test|spec)\.[cm]?[jt]sx?|tests\.py|global-?[sS]etup\.[cm]?[jt]s|global-?[tT]eardown\.[cm]?[jt]s|(?:\w+_)?tests\.rs)$"
)
_TEMPLATE_NAME = re.compile(
    r"\.(?:j2|jinja2?|tmpl|tpl|template|erb|mustache|ejs|hbs)$"
)  # a program writes the file from it
_GENERATED_NAME = re.compile(
    r"(?:_pb2(?:_grpc)?\.pyi?|\.pb(?:\.gw)?\.go|_grpc\.pb\.go|\.min\.(?:js|css)|\.generated\.[a-z]+|_generated\.go|\.g\.ts|\.gen\.(?:[cm]?[jt]sx?|go|py)|zz_generated[^/]*\.go|bindata\.go)$"
)
_TOOL = re.compile(
    r"^(?:scripts?|tools?|evals?|evaluations?|hack|dev|ci|\.github|\.ci|\.semgrep|devtools|contrib)/|^[^/]+/(?:scripts?|tools|hack)/"
    r"|(?:^|/)(?:setup|noxfile|tasks|fabfile|conftest)\.py$"
)


@lru_cache(maxsize=200_000)
def role_of(path: str) -> Role:
    """The role of the file at this path."""
    if _GENERATED_NAME.search(path):
        return Role.GENERATED
    if (role := _role_of_folder(path)) is not None:
        return role
    if _TEST_NAME.search(path):
        return Role.TEST
    if _TEMPLATE_NAME.search(path):
        return Role.EXAMPLE
    return Role.TOOL if _TOOL.search(path) and not _CODE_ROOT.match(path) else Role.SHIPPED


def _role_of_folder(path: str) -> Role | None:
    root = _CODE_ROOT.search(path)
    code = root.end() - 1 if root else len(path)
    by_hand = _BY_HAND.search(path) is not None
    placed = (role for role, place in _BY_PLACE if place.search(path))
    named = (
        role
        for role, folder in _BY_FOLDER
        if (found := folder.search(path))
        and not (role in _AMBIGUOUS and found.start() >= code)
        and not (role is Role.GENERATED and by_hand)
    )
    return next(placed, None) or next(named, None)
