"""Which keys of a schema of the environment nothing reads."""

from __future__ import annotations

import pytest

from checks.derived.wiring.settings import SettingsTypes
from tests.checks.trees import snapshot

IMPORT = 'import { z } from "zod";\n'
SCHEMA = "const schema = z.object({ SHOP_URL: z.string(), SHOP_MODE: z.string() });\n"
ENV = "export const env = schema.parse(process.env);\n"
USE = 'import { env } from "./env";\nserve(env.SHOP_URL);\n'


@pytest.mark.parametrize(
    ("settings", "use", "unread"),
    [
        (SCHEMA + ENV, USE, ["SHOP_MODE"]),
        (SCHEMA + ENV, USE + "run(env.SHOP_MODE);\n", []),
        (SCHEMA + ENV, USE + 'run(env["SHOP_MODE"]);\n', []),
        (SCHEMA + ENV, USE + "const { SHOP_MODE } = env;\nrun(SHOP_MODE);\n", []),
        (SCHEMA + ENV + "run(Object.entries(env));\n", USE, []),
        (SCHEMA + ENV + "run({ ...env });\n", USE, []),
        (SCHEMA + ENV + "run(env);\n", USE, ["SHOP_MODE"]),
        (SCHEMA + "export default schema.safeParse(process.env);\n", USE, ["SHOP_MODE"]),
        (SCHEMA + "export const env = schema.parse(body);\n", USE, []),
        ("export const env = other.parse(process.env);\n", USE, []),
        (SCHEMA + ENV.replace("schema", "other"), USE, []),
        ("export const env = z.object({ SHOP_MODE: z.string() }).parse(process.env);\n", USE, ["SHOP_MODE"]),
        ("const schema = z.object({ NODE_ENV: z.string(), ...more });\n" + ENV, USE, []),
    ],
)
def test_keys(settings: str, use: str, unread: list[str]) -> None:
    files = {"src/env.ts": IMPORT + settings, "src/app.ts": use, "src/app.test.ts": "run(env.SHOP_MODE);\n"}
    found = snapshot(files).derived(SettingsTypes).unread
    assert [one.field.name for one in found] == unread


def test_a_variable_that_a_schema_of_prisma_reads() -> None:
    files = {
        "src/env.ts": IMPORT + SCHEMA + ENV,
        "src/app.ts": USE,
        "run.sh": "#!/bin/sh\necho $SHOP_MODE\n",
    }
    assert not snapshot(files).derived(SettingsTypes).unread
