"""Timings of the engine on trees made from this repository: ratios within one run, since machines differ.

`python -m benchmarks [FILES]`: FILES is the size of the large tree (default 4,000).
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygit2

from bot.snapshots.extraction import Extractor, Task
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

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 1, 1)
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


def heaviest(made: Tree, facts: Facts) -> list[tuple[str, float]]:
    """Share of one audit's time by check; what is derived counts for the check that first asks for it."""
    snapshot = Snapshot.build(made.commit, made.entries, facts)
    seconds: Counter[str] = Counter()
    for check in all_checks():
        started = time.perf_counter()
        audit(snapshot, TODAY, [check])
        seconds[check.id] = time.perf_counter() - started  # type: ignore[assignment]
    total = sum(seconds.values())
    return [(name, share / total) for name, share in seconds.most_common(5)]


def main(size: int) -> None:
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
    print("heaviest checks:", ", ".join(f"{name} {share:.0%}" for name, share in heaviest(large, facts)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
