"""Where variables are set, by what they are read, and what is nobody's business."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.facts.environment_names import EnvironmentFile, EnvironmentUses, ShellExports
from tests.checks.trees import Files
from tests.checks.verdicts import said

COMPOSE = (
    "services:\n  api:\n    build: %s\n    environment:\n      SHOP_MODE: fast\n  other:\n    image: x\n"
)
DOCKERFILE = "FROM python:3.12\nCMD python main.py\n"
POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: reg.example/%s:1\n          env:\n            - name: SHOP_MODE\n              value: fast\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n"
SCRIPT = "#!/bin/sh\nexport SHOP_MODE=fast\nshop\n"
READS = "import os\n\nprint(os.environ['SHOP_A'], os.environ['SHOP_B'], os.environ['SHOP_C'], os.environ['SHOP'])\n"
SETTINGS = "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    %s: str\n    ab: int\n"

PART = "\n\nclass Part(BaseModel):\n    mode: str\n"
RUST = "use crate::%s;\nstruct Settings { mode: String }\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": ""}, ["SHOP_MODE"]),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": "FROM postgres:16\n"}, Outcome.NOT_APPLICABLE),
        ({"compose.yml": COMPOSE % ".."}, Outcome.NOT_APPLICABLE),
        # read in one way or another
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE + "RUN echo $SHOP_MODE\n"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": "get('SHOP_MODE')\n"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": "get('SHOP_' + x)\n"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": "get(x + '_MODE')\n"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "mode"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "name"}, ["SHOP_MODE"]),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "mode", "tests/test_a.py": ""}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "a.rs": RUST % "config"}, ["SHOP_MODE"]),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "a.rs": RUST % "config", "Cargo.toml": "[dependencies]\nconfig = '1'\n"}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "a.rs": RUST % "config", "Cargo.toml": "", "draft/Cargo.toml": "[dependencies]\nconfig = '1'\n"}, ["SHOP_MODE"]),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "a.rs": RUST % "config", "package.json": '{"dependencies": {"config": "1"}}'}, Outcome.PASSED),
        # settings are filled, with what they hold and what is made of them; other classes are not
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "name" + PART}, ["SHOP_MODE"]),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "name" + "    part: Part | None\n" + PART}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "name" + PART.replace("BaseModel", "Settings")}, Outcome.PASSED),
        ({"compose.yml": COMPOSE % ".", "Dockerfile": DOCKERFILE, "main.py": SETTINGS % "name" + PART.replace("BaseModel", "str")}, ["SHOP_MODE"]),
        # pods of our own images only
        ({"k8s/a.yaml": POD % "shop", "shop/main.py": "", "Dockerfile": DOCKERFILE}, ["SHOP_MODE"]),
        ({"k8s/a.yaml": POD % "shop", "main.py": "", "go.mod": "module example.com/shop\n", "Dockerfile": DOCKERFILE}, ["SHOP_MODE"]),
        ({"k8s/a.yaml": POD % "redis", "shop/main.py": "", "Dockerfile": DOCKERFILE}, Outcome.NOT_APPLICABLE),
        ({"k8s/a.yaml": POD % "shop", "shop/main.py": ""}, Outcome.NOT_APPLICABLE),
        ({"k8s/a.yaml": POD % "shop", "shop/Dockerfile": "FROM nginx:1\n", "a/Dockerfile": DOCKERFILE}, Outcome.NOT_APPLICABLE),
        ({".env.example": "SHOP_MODE=fast\nPYTHONPATH=x\n"}, ["SHOP_MODE"]),
        ({"tests/.env": "SHOP_MODE=fast\n"}, Outcome.NOT_APPLICABLE),
        # a script's exports count where the name is one of the project's own
        ({"run.sh": SCRIPT, "main.py": READS}, ["SHOP_MODE"]),
        ({"run.sh": SCRIPT}, Outcome.NOT_APPLICABLE),
        ({"run.sh": SCRIPT, "other.sh": '#!/bin/sh\nshop "$SHOP_A" "$SHOP_B" "${SHOP_C:-c}"\n'}, Outcome.NOT_APPLICABLE),
        ({".hidden/run.sh": SCRIPT, "main.py": READS}, Outcome.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_variables(files: Files, expected: list[str] | Outcome) -> None:
    assert said("env-var-mismatch", files) == expected


STARTS = "#!/bin/sh\n%sexport SHOP_MODE\necho on\n%s"
SETS = "#!/bin/sh\nSHOP_MODE=slow\nshop --mode $SHOP_MODE\n"


@pytest.mark.parametrize(
    ("starts", "sets", "expected"),
    [
        (("", "bash $HERE/shop.sh"), SETS, ["SHOP_MODE"]),
        (("", "exec ./shop.sh"), SETS, ["SHOP_MODE"]),
        (("", "./shop.sh"), SETS.replace("=slow", "=${SHOP_MODE:-slow}"), Outcome.PASSED),
        (("", "./shop.sh"), SETS.replace("SHOP_MODE=slow", "f() { SHOP_MODE=slow; }"), Outcome.PASSED),
        (("", "./shop.sh"), "#!/bin/sh\nother\n", Outcome.PASSED),
        # something else may read it
        (("", "./shop.sh\nother"), SETS, Outcome.NOT_APPLICABLE),
        (("", "bash"), SETS, Outcome.NOT_APPLICABLE),
        (("", "echo done"), SETS, Outcome.NOT_APPLICABLE),
        (("f() { other; }\n", "./shop.sh"), SETS, Outcome.NOT_APPLICABLE),
    ],
)
def test_a_script_that_sets_anew_what_was_exported_for_it(
    starts: tuple[str, str], sets: str, expected: list[str] | Outcome
) -> None:
    assert said("env-var-mismatch", {"run.sh": STARTS % starts, "shop.sh": sets}) == expected


def test_facts() -> None:
    """A file sets, a script exports, a text uses; what only passes a variable on doesn't use it."""
    assert [v.name for v in EnvironmentFile.extract("A_B=1\nexport C_D=2\n# E_F=3\nA_B=4\n").variables] == [
        "A_B",
        "C_D",
    ]
    assert [(v.name, v.line) for v in ShellExports.extract("X_Y=1\n\nexport A_B=2\n").variables] == [
        ("A_B", 3)
    ]
    text = "A_A: ${A_A}\n# ${C_C}\nx: ${B_B:-1} ${{ env.D_D }}\ny: getenv('E_E') %F_F%\n" + "$G_G" * 3000
    assert EnvironmentUses.extract(text).names == {"B_B", "D_D", "E_E", "F_F"}
