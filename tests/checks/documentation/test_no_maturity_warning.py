"""READMEs that call software finished which isn't."""

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

README = {"README.md": "# Shop\n\nA production-grade framework.\n"}
WHOLE = {
    "a.go": 'package a\n\nimport "errors"\n\nfunc Send() error { return errors.New("not implemented") }\n'
}
BRANCH = {
    "b.go": 'package a\n\nimport "fmt"\n\nfunc Load(kind string) error {\n\tif kind == "file" {\n\t\treturn fmt.Errorf("file sources not yet implemented")\n\t}\n\treturn load(kind)\n}\n'
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**README, "go.mod": "module example.org/a\n", **WHOLE, **BRANCH}, ["maturity"], id="a whole function and a branch"),
        pytest.param({**README, "go.mod": "module example.org/a\n", **BRANCH}, Outcome.PASSED, id="a branch"),
        pytest.param({**README, "go.mod": "module example.org/a/v2\n", **WHOLE, **BRANCH}, Outcome.PASSED, id="version 2 of a module"),
        pytest.param(README, Outcome.NOT_APPLICABLE, id="no version and nothing unfinished"),
    ],
)  # fmt: skip
def test_unfinished_software(files: Files, expected: list[str] | Outcome) -> None:
    assert said("no-maturity-warning", files) == expected
