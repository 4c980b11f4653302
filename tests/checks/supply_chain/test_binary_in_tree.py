"""Files that were committed by mistake."""

import pytest

from checks import Entry
from checks.change import Change
from checks.derived.supply_chain.stray_files import StrayFiles
from checks.policy import Policy
from checks.snapshot import Snapshot


def stray(path: str, mode: int = 0o100644, size: int = 10) -> str | None:
    tree = Snapshot("0" * 40, [Entry(path, mode, "1" * 40, size)], Policy(), Change())
    return next((file.what for file in tree.derived(StrayFiles).files), None)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("=0.12.0", "the output of a mistyped redirect"),
        ("src/parser.rs.bak", "a backup"),
        ("app.py.old", "a backup"),
        (".DS_Store", "a leftover of a tool"),
        ("bin/shop.exe", "a compiled program"),
        ("Review & Benchmarks.zip", "an archive"),
        ("wheels/shop-1.0-py3-none-any.whl", "a package"),
        ("gradle/wrapper/gradle-wrapper.jar", None),
        ("tests/data/upload.zip", None),
        ("src/assets/icons.zip", None),
        ("src/app.py", None),
        ("release.old", None),
    ],
)
def test_names(path: str, what: str | None) -> None:
    assert stray(path) == what


@pytest.mark.parametrize(
    ("mode", "size", "what"),
    [
        (0o100755, 5_000_000, "a compiled program"),
        (0o100755, 900, None),
        (0o100644, 5_000_000, None),
        (0o120000, 5_000_000, None),
    ],
)
def test_a_large_executable_without_an_extension_is_a_program(mode: int, size: int, what: str | None) -> None:
    assert stray("shop", mode, size) == what
