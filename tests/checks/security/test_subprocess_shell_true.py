"""How dangerous a command line is: who puts it together, of what, for whom."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of

NODE = 'import { exec, execSync } from "node:child_process";\n'
PYTHON = "import subprocess\n%s\n\ndef publish(name):\n    subprocess.run(f'deploy {name}', shell=True)\n"
OWN = "function execAsync(line) { return exec(line, {}); }\n\nexport const list = (name) => execAsync(`ls ${name}`);\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "src/a.ts",
            NODE + "execSync(`git clone ${url}`);\n",
            {"module: execSync": Severity.HIGH},
            id="put together",
        ),
        pytest.param(
            "src/a.ts",
            NODE + "execSync(`yarn config get ${old ? 'globalFolder' : 'cacheFolder'}`, { cwd });\n",
            {"module: execSync": Severity.LOW},
            id="a choice of two literals",
        ),
        pytest.param(
            "src/a.js",
            NODE + OWN,
            {"execAsync: exec": Severity.HIGH},
            id="a wrapper is one gap, not one a call",
        ),
        pytest.param("shop/a.py", PYTHON % "", {"publish: subprocess.run": Severity.HIGH}, id="a service"),
        pytest.param(
            "shop/a.py",
            "import os\n\nos.system()\n",
            {"module: os.system": Severity.HIGH},
            id="a call without a command",
        ),
        pytest.param(
            "extra/release/a.py",
            PYTHON % "",
            {"publish: subprocess.run": Severity.MEDIUM},
            id="what a developer runs",
        ),
        pytest.param(
            "a.go",
            'package a\n\nimport "os/exec"\n\nfunc restart() {\n\tscript := `\nsc stop x\nsc start x`\n\texec.Command("powershell.exe", "-Command", script).Run()\n}\n',
            {"restart: exec.Command": Severity.LOW},
            id="a script that is written out before",
        ),
        pytest.param("build.js", NODE + OWN, {"execAsync: exec": Severity.MEDIUM}, id="a build"),
        pytest.param(
            "server/migrations/1.js",
            NODE + "execSync(`node ${script}`);\n",
            {"module: execSync": Severity.MEDIUM},
            id="a migration",
        ),
        pytest.param(
            "shop/a.py",
            PYTHON % "import click",
            {"publish: subprocess.run": Severity.MEDIUM},
            id="a command: who types it has a shell",
        ),
        pytest.param(
            "shop/a.py",
            "import subprocess\n\ndef run(command):\n    subprocess.run(command, shell=True)\n",
            {"run: subprocess.run": Severity.MEDIUM},
            id="the caller's own command line",
        ),
    ],
)
def test_command_lines(path: str, text: str, expected: dict[str, Severity]) -> None:
    result = result_of("subprocess-shell-true", {path: text})
    assert result.outcome is Outcome.GAP
    assert {gap.gap.subject: gap.severity for gap in result.gaps} == expected
