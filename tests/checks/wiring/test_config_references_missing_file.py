"""Requirements that are paths, and those that only look like one."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said


@pytest.mark.parametrize(
    ("line", "expected"), [("./libs/shop", ["./libs/shop"]), ("gopher:/foo/com", Outcome.PASSED)]
)
def test_local_requirements(line: str, expected: list[str] | Outcome) -> None:
    files = {"requirements.txt": f"-r base.txt\n{line}\n", "base.txt": "httpx\n"}
    assert said("config-references-missing-file", files) == expected


IMAGE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n%s\n"
UVICORN = 'CMD ["uvicorn", "shop.main:app"]'


@pytest.mark.parametrize(
    ("image", "files", "expected"),
    [
        (UVICORN, {}, ["shop.main"]),
        (UVICORN, {"shop/main.py": "app = 1\n"}, Outcome.PASSED),
        (UVICORN, {"shop/__init__.py": ""}, Outcome.PASSED),
        (UVICORN, {"requirements.txt": "Shop==1\n"}, Outcome.PASSED),
        (UVICORN, {"pyproject.toml": '[project]\nname = "shop"\n'}, Outcome.PASSED),
        (UVICORN, {".gitignore": "shop/\n"}, Outcome.PASSED),
        ("RUN make-service shop\n" + UVICORN, {}, Outcome.PASSED),
        ("RUN git clone https://example.com/shop\n" + UVICORN, {}, Outcome.NOT_APPLICABLE),
        ("CMD python serve.py", {}, ["serve.py"]),
        ("CMD python make.py && python serve.py", {}, ["make.py", "serve.py"]),
        ("CMD python $PROGRAM.py", {}, Outcome.PASSED),
        ("CMD python -m serve", {}, Outcome.NOT_APPLICABLE),
        ('ENTRYPOINT ["python"]\nCMD ["serve.py"]', {}, ["serve.py"]),
        ('ENTRYPOINT ["serve"]\nCMD ["serve.py"]', {}, Outcome.NOT_APPLICABLE),
    ],
)
def test_what_an_image_starts(image: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    files = {"Dockerfile": IMAGE % image, "client.py": "URL = 1\n", **files}
    assert said("config-references-missing-file", files) == expected


def test_an_image_of_a_few_files() -> None:
    """The others may be mounted."""
    files = {"Dockerfile": "FROM python:3.12\nCOPY client.py .\nCMD python serve.py\n", "client.py": ""}
    assert said("config-references-missing-file", files) == Outcome.NOT_APPLICABLE


def test_an_image_that_only_its_developers_see() -> None:
    files = {".devcontainer/Dockerfile": IMAGE % UVICORN, ".devcontainer/client.py": ""}
    assert said("config-references-missing-file", files) == Outcome.NOT_APPLICABLE
