"""Which traits of Rust and interfaces of TypeScript only stand-ins implement."""

from __future__ import annotations

import pytest

from checks.derived.wiring.ports import Ports
from tests.checks.trees import snapshot

CARGO = '[package]\nname = "shop"\n'
TRAIT = "trait Queue {\n    fn push(&self, task: &str);\n}\n"
MEMORY = "struct MemoryQueue;\nimpl Queue for MemoryQueue {\n    fn push(&self, task: &str) {}\n}\n"
REAL = "struct RedisQueue;\nimpl<T> Queue for RedisQueue<T> {\n    fn push(&self, task: &str) {}\n}\n"
TEST = f"#[cfg(test)]\nmod tests {{\n{REAL}}}\n"
USER = "use crate::queue::Queue;\nfn main() {\n    let queue: Box<dyn Queue> = make();\n}\n"


@pytest.mark.parametrize(
    ("queue", "manifest", "library", "bare"),
    [
        (TRAIT + MEMORY, CARGO, False, ["Queue"]),
        (TRAIT + MEMORY + REAL, CARGO, False, []),
        (TRAIT + MEMORY + TEST, CARGO, False, ["Queue"]),
        (TRAIT, CARGO, False, []),  # a macro may write the impl
        (f"pub {TRAIT}{MEMORY}", CARGO, True, []),  # others may implement it
        (f"pub {TRAIT}{MEMORY}", CARGO + "publish = false\n", True, ["Queue"]),
        (TRAIT + MEMORY, CARGO, True, ["Queue"]),
        (f"#[cfg(test)]\nmod tests {{\n{TRAIT}{MEMORY}}}\n", CARGO, False, []),
        (f"pub {TRAIT}{MEMORY}", "", False, []),
    ],
)
def test_rust(queue: str, manifest: str, library: bool, bare: list[str]) -> None:
    files = {"src/main.rs": USER, "src/queue.rs": queue} | ({"Cargo.toml": manifest} if manifest else {})
    files |= {"src/lib.rs": "mod queue;\n"} if library else {}
    assert [port.name for port in snapshot(files).derived(Ports).bare] == bare


PORT = "export interface QueuePort {\n  push(task: string): Promise<void>;\n}\n"
STAND_IN = "export class InMemoryQueue implements QueuePort {\n  async push(task: string) { this.tasks.push(task); }\n}\n"
APP = 'import { QueuePort } from "./queue";\nexport class App {\n  constructor(private queue: QueuePort) {}\n}\n'


@pytest.mark.parametrize(
    ("queue", "package", "bare"),
    [
        (PORT + STAND_IN, '{"name": "shop", "private": true}', ["QueuePort"]),
        (PORT + STAND_IN + STAND_IN.replace("InMemory", "Redis"), '{"name": "shop", "private": true}', []),
        (PORT, '{"name": "shop", "private": true}', []),  # an object may be one
        (
            f"{PORT}{STAND_IN}function make(): QueuePort {{ return {{ push() {{}} }}; }}\n",
            '{"name": "shop", "private": true}',
            [],
        ),
        (PORT + STAND_IN, '{"name": "shop", "version": "1.0.0"}', []),
        (PORT + STAND_IN, None, []),
    ],
)
def test_typescript(queue: str, package: str | None, bare: list[str]) -> None:
    files = {"src/queue.ts": queue, "src/main.ts": APP} | ({"package.json": package} if package else {})
    assert [port.name for port in snapshot(files).derived(Ports).bare] == bare
