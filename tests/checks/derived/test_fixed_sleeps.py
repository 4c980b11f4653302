"""Which waits of tests are of a fixed length and long enough to matter."""

from __future__ import annotations

import pytest

from checks.derived.tests.fixed_sleeps import FixedSleeps
from tests.checks.trees import snapshot

GO = "package a\n\nfunc TestIt(t *testing.T) {{\n\t{}\n}}\n"
RUST = "#[tokio::test]\nasync fn it_works() {{\n    {}\n}}\n"
PAUSED = "#[tokio::test(start_paused = true)]\nasync fn it_waits() {\n    sleep(Duration::from_secs(2)).await;\n}\n"
LONG = "time.Sleep(2 * time.Second)"


@pytest.mark.parametrize(
    ("path", "text", "waits"),
    [
        ("tests/test_a.py", "def test_it():\n    with x:\n        time.sleep(2)\n", [2.0]),
        ("tests/test_a.py", "async def test_it():\n    await asyncio.sleep(0.5)\n", [0.5]),
        ("tests/test_a.py", "def test_it():\n    time.sleep(0.1)\n    time.sleep(pause)\n", []),
        ("tests/test_a.py", "def test_it():\n    for _ in x:\n        time.sleep(2)\n", []),
        ("tests/test_a.py", "def test_it():\n    run(lambda: time.sleep(2))\n", []),
        ("a_test.go", GO.format(LONG), [2.0]),
        ("a_test.go", GO.format(f't.Run("x", func(t *testing.T) {{ {LONG} }})'), [2.0]),
        ("a_test.go", GO.format(f"go func() {{ {LONG} }}()"), []),
        ("a_test.go", GO.format(f"for !done() {{ {LONG} }}"), []),
        ("a_test.go", GO.format("time.Sleep(pause)"), []),
        ("e2e/a.spec.ts", "test('x', async () => { await page.waitForTimeout(2_000); });\n", [2.0]),
        ("cypress/a.cy.js", "it('x', () => { cy.wait(1500); cy.wait('@saved'); cy.wait(); });\n", [1.5]),
        ("src/a.test.ts", "it('x', async () => { await sleep(1000); await delay(100); });\n", [1.0]),
        ("src/a.test.ts", "it('x', async () => { await new Promise((r) => setTimeout(r, 900)); });\n", [0.9]),
        (
            "src/a.test.ts",
            "it('x', async () => { await new Promise((r) => { setTimeout(r, 900); }); });\n",
            [0.9],
        ),
        ("src/a.test.ts", "it('x', async () => { new Promise((r) => setTimeout(r, 900)); });\n", []),
        ("src/a.test.ts", "it('x', async () => { later(() => setTimeout(r, 900)); });\n", []),
        ("src/a.test.ts", "it('x', async () => { while (busy) { await sleep(1000); } });\n", []),
        ("src/a.test.ts", "const slow = async () => { await sleep(1000); };\n", []),
        ("src/a.test.ts", "await sleep(1000);\n", []),
        ("src/a.test.ts", "vi.useFakeTimers(); it('x', async () => { await sleep(1000); });\n", []),
        ("tests/a.rs", RUST.format("sleep(Duration::from_millis(1_500)).await;"), [1.5]),
        ("src/a.rs", RUST.format("std::thread::sleep(std::time::Duration::from_secs(2));"), [2.0]),
        ("src/a.rs", RUST.format("loop { thread::sleep(Duration::from_secs(2)); }"), []),
        ("src/a.rs", RUST.format("spawn(|| thread::sleep(Duration::from_secs(2)));"), []),
        ("src/a.rs", RUST.format("tokio::time::pause(); sleep(Duration::from_secs(2)).await;"), []),
        ("src/a.rs", RUST.format("let later = sleep(Duration::from_secs(2)); sleep(pause).await;"), []),
        ("src/a.rs", PAUSED + RUST.format("sleep(Duration::from_millis(1)).await;"), []),
        ("src/a.rs", f"const X: A = thread::sleep(Duration::from_secs(2));\n{RUST.format('')}", []),
        ("src/plain.rs", "fn a() {}\n", []),
        ("src/a.ts", "page.waitForTimeout(2000);\n", []),
        (".cache/test_a.py", "def test_it():\n    time.sleep(2)\n", []),
    ],
)
def test_fixed_waits(path: str, text: str, waits: list[float]) -> None:
    found = snapshot({path: text}).derived(FixedSleeps)
    assert [seconds for one in found.files.values() for seconds, _ in one] == waits
    assert len(found) == (path not in ("src/plain.rs", "src/a.ts", ".cache/test_a.py"))
