"""Which tests Jest's and Vitest's configurations leave out."""

from __future__ import annotations

import pytest

from checks.derived.tests.test_globs import found_by, matches
from checks.derived.tests.uncollected_tests import UncollectedTests
from tests.checks.trees import snapshot

TEST = "test('adds', () => { expect(1).toBe(1); });\n"
FILES = {"src/a.test.ts": TEST, "server/b.test.ts": TEST}
VITEST = "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { %s } });\n"
JEST = "module.exports = { testEnvironment: 'node', %s };\n"
INCLUDE = "include: ['src/**/*.test.{ts,tsx}']"


@pytest.mark.parametrize(
    ("files", "left_out"),
    [
        ({"vitest.config.ts": VITEST % INCLUDE}, ["server/b.test.ts"]),
        ({"vitest.config.ts": VITEST % "globals: true"}, []),
        (
            {
                "package.json": '{"name": "a"}',
                "server/c/d.test.ts": TEST,
                "server/vitest.config.ts": VITEST % "include: ['server/*.test.ts']",
            },
            ["server/c/d.test.ts"],
        ),
        ({"vitest.config.ts": VITEST % "include: ['**/*.test.ts']"}, []),
        ({"vitest.config.ts": VITEST % f"{INCLUDE}, projects: ['a']"}, []),
        ({"vitest.config.ts": VITEST % f"{INCLUDE}, ...shared"}, []),
        ({"vitest.config.ts": VITEST % "include: [...patterns]"}, []),
        ({"vitest.config.ts": VITEST % "include: ['src/!(x)/*.ts']"}, []),
        ({"vitest.config.ts": (VITEST % INCLUDE).replace("defineConfig(", "mergeConfig(base, ")}, []),
        ({"vitest.config.ts": VITEST % f"coverage: {{ {INCLUDE} }}"}, []),
        ({"vite.config.ts": "export default { test: { include: 'src/**/*.ts' } };\n"}, ["server/b.test.ts"]),
        ({"vite.config.ts": "export default { plugins: [], include: ['x'] };\n"}, []),
        ({"vitest.config.ts": VITEST % INCLUDE, "server/vitest.config.ts": VITEST % "globals: true"}, []),
        ({"vitest.config.ts": VITEST % INCLUDE, "run.sh": "#!/bin/sh\nvitest server\n"}, []),
        (
            {"jest.config.js": JEST % "testMatch: [/* ours */ '<rootDir>/src/**/*.test.ts']"},
            ["server/b.test.ts"],
        ),
        ({"jest.config.js": JEST % "testRegex: '/src/.*\\\\.test\\\\.ts$'"}, ["server/b.test.ts"]),
        ({"jest.config.js": JEST % "testRegex: '(['"}, []),
        ({"jest.config.js": JEST % "roots: ['<rootDir>/src']"}, ["server/b.test.ts"]),
        ({"jest.config.js": JEST % "roots: ['<rootDir>']"}, []),
        ({"jest.config.js": JEST % "rootDir: 'x', testMatch: ['y']"}, []),
        ({"jest.config.json": '{"roots": ["<rootDir>/src"]}'}, ["server/b.test.ts"]),
        ({"jest.config.json": "{"}, []),
        ({"jest.config.json": '{"jest": 1}'}, []),
        ({"package.json": '{"name": "a", "jest": {"testRegex": "src/.*"}}'}, ["server/b.test.ts"]),
        ({"package.json": '{"name": "a"}'}, []),
    ],
)
def test_configurations(files: dict[str, str], left_out: list[str]) -> None:
    groups = snapshot({**FILES, **files}).derived(UncollectedTests).groups
    assert [path for group in groups for path in group.files] == left_out


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("server/b.ts", TEST),
        ("e2e/b.test.ts", f'import {{ test }} from "@playwright/test";\n{TEST}'),
        ("server/b.test.ts", "export const a = 1;\n"),
        ("examples/b.test.ts", TEST),
        (".tool/b.test.ts", TEST),
    ],
)
def test_no_tests_of_this_runner(path: str, text: str) -> None:
    files = {"vitest.config.ts": VITEST % INCLUDE, path: text}
    assert len(snapshot(files).derived(UncollectedTests)) == 0


@pytest.mark.parametrize(
    ("glob", "path", "found"),
    [
        ("**/?(*.)+(spec|test).[jt]s?(x)", "src/a.test.tsx", True),
        ("**/?(*.)+(spec|test).[jt]s?(x)", "src/a.ts", False),
        ("src/**", "src/a/b.ts", True),
        ("src/*.ts", "src/a/b.ts", False),
        ("src/a?.ts", "src/ab.ts", True),
        ("src/(a),b|c].ts", "src/(a),b|c].ts", True),
        ("a" * 400, "a", None),
        ("[z-a]", "a", None),
    ],
)
def test_patterns(glob: str, path: str, found: bool | None) -> None:
    assert matches(glob, path) is found


def test_an_expression_that_is_too_long_is_not_read() -> None:
    assert found_by("a" * 400, "a") is None
