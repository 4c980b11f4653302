"""Entry points that give root up under another name."""

from __future__ import annotations

from checks import Outcome
from tests.checks.verdicts import said

DOCKERFILE = 'FROM python:3.12\nCOPY ./docker/entry.sh $HOME/run.sh\nENTRYPOINT ["/app/run.sh"]\nEXPOSE 80\n'
ENTRY = '#!/bin/sh\nswitch() {\n  exec %s "$PUID" "$0"\n}\nswitch\nexec python main.py\n'


def test_a_script_that_is_copied_under_another_name_is_read() -> None:
    tree = {"docker/Dockerfile": DOCKERFILE, "docker/entry.sh": ENTRY % "gosu"}
    assert said("container-runs-as-root", tree) is Outcome.PASSED
    assert said("container-runs-as-root", tree | {"docker/entry.sh": ENTRY % "env"}) == ["python"]
