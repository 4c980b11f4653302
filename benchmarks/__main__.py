"""Timings of the engine on trees made from this repository: ratios within one run, since machines differ.

`python -m benchmarks [FILES]`: FILES is the size of the large tree (default 4,000). `python -m benchmarks PATH` audits
the last commit of a repository instead. Both print what each check and each derived fact costs, by itself, of an audit, and
fail where one takes more than a tenth.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygit2

from bot.snapshots.extraction import Extractor, Task
from bot.snapshots.local import LocalRepository
from checks import (
    Entry,
    Policy,
    Report,
    Request,
    Snapshot,
    Tree,
    all_checks,
    audit,
    plan,
    plan_review,
    review,
)
from checks.snapshot import DerivedType

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 1, 1)
TENTH = 0.1  # of an audit: what no check and no derived fact takes more of
Facts = dict[tuple[str, str], bytes]


def own_files() -> list[tuple[str, bytes]]:
    """The files of this repository's last commit."""
    repository = pygit2.Repository(str(ROOT))
    index = pygit2.Index()
    index.read_tree(repository.head.peel().tree)
    return [(entry.path, repository[entry.id].read_raw()) for entry in index]


def tree(files: list[tuple[str, bytes]], size: int) -> tuple[Tree, dict[str, bytes]]:
    """Copies of this repository under folders of their own, each copy's blobs distinct, up to `size` files."""
    entries, blobs = [], {}
    for number in range(size):
        path, data = files[number % len(files)]
        copy = number // len(files)
        mark = (
            f"\n# copy {copy}\n".encode() if copy and path.endswith((".py", ".md", ".toml", ".yml")) else b""
        )
        content = data + mark
        blob = str(pygit2.hash(content))
        blobs[blob] = content
        entries.append(Entry(f"copy{copy}/{path}" if copy else path, 0o100644, blob, len(content)))
    return Tree("0" * 40, tuple(entries)), blobs


def timed(work: Callable[[], object]) -> float:
    """Seconds of the best of two runs."""
    best = float("inf")
    for _ in range(2):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def extracted(requests: tuple[Request, ...], blobs: dict[str, bytes], processes: int) -> Facts:
    with Extractor(processes=processes) as extractor:
        return dict(extractor.run(Task(r.blob, r.kind, blobs[r.blob]) for r in requests))


def audited(made: Tree, facts: Facts) -> Report:
    return audit(Snapshot.build(made.commit, made.entries, facts), TODAY)


class Measured(Snapshot):
    """A snapshot that knows what each check and each derived fact costs, without what they ask of others."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    @contextmanager
    def measuring(self, name: str) -> Iterator[None]:
        started = time.process_time()
        self._inner.append(0.0)
        yield
        took = time.process_time() - started
        self.seconds[name] += took - self._inner.pop()
        self._inner[-1] += took

    def derived(self, kind: type[DerivedType]) -> DerivedType:
        if kind in self._derived:
            return super().derived(kind)
        with self.measuring(f"derived {kind.__name__}"):
            return super().derived(kind)


def shares(made: Tree, facts: Facts) -> list[tuple[str, float]]:
    """Share of one audit's processor time by its parts, largest first."""
    started = time.process_time()
    snapshot = Measured.build(made.commit, made.entries, facts)
    snapshot.seconds["facts read"] = time.process_time() - started
    for check in all_checks():
        with snapshot.measuring(check.id):
            audit(snapshot, TODAY, [check])
    total = sum(snapshot.seconds.values())
    return [
        (name, seconds / total) for name, seconds in sorted(snapshot.seconds.items(), key=lambda one: -one[1])
    ]


def show_shares(made: Tree, facts: Facts) -> bool:
    """Print the largest; whether all but the reading of facts keep to their tenth."""
    found = shares(made, facts)
    print("share of an audit, by check and derived fact:")
    for name, share in found[:12]:
        print(f"  {name:53} {share:6.1%}")
    return all(share <= TENTH for name, share in found if name != "facts read")


def of_repository(path: str) -> bool:
    """Audit the last commit of a repository."""
    repository = LocalRepository(path)
    commit = repository.commit("HEAD")
    made = Tree(commit, repository.entries(commit))
    blobs = {entry.blob: repository.blob(entry.blob) or b"" for entry in made.entries}
    facts = extracted(plan(made.entries), blobs, 2)
    print(f"{len(made.entries)} files, {len(facts)} facts of {sum(map(len, facts.values())) / 1e6:.1f} MB")
    started = time.process_time()
    audited(made, facts)
    print(f"audit from cached facts: {time.process_time() - started:.2f} s of processor time")
    return show_shares(made, facts)


def of_own_files(size: int) -> bool:
    files = own_files()
    large, blobs = tree(files, size)
    small = Tree(large.commit, large.entries[: size // 4])
    requests = plan(large.entries)
    one = timed(lambda: extracted(requests, blobs, 1))
    two = timed(lambda: extracted(requests, blobs, 2))
    facts = extracted(requests, blobs, 2)
    whole, quarter = timed(lambda: audited(large, facts)), timed(lambda: audited(small, facts))
    touched = replace(large, entries=(*large.entries[1:], replace(large.entries[0], path="moved.txt")))
    facts |= extracted(plan_review(large, touched), blobs, 1)
    both = timed(lambda: review(large, touched, facts, Policy(), TODAY))
    print(f"{size} files, {sum(map(len, blobs.values())) / 1e6:.1f} MB, {len(requests)} facts")
    for name, ratio in (
        ("extraction, one process : two", one / two),
        ("extraction (two processes) : audit of what is cached", two / whole),
        ("audit, whole tree : quarter of it", whole / quarter),
        ("review : audit", both / whole),
    ):
        print(f"{name:55} {ratio:6.2f}")
    print(
        f"audit of {size} files from cached facts: {whole:.2f} s; extraction with two processes: {two:.2f} s"
    )
    return show_shares(large, facts)


def main(given: str) -> int:
    kept = of_own_files(int(given)) if given.isdigit() else of_repository(given)
    if not kept:
        print("more than a tenth of the audit in one place", file=sys.stderr)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "4000"))
