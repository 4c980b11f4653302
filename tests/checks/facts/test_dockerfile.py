"""Dockerfiles: directives, continuations, here-documents, stages, and what holds in a stage."""

from __future__ import annotations

from checks.facts.dockerfile import Dockerfile, declared, run_commands, substituted
from checks.facts.dockerfile_reader import directives, instructions

TEXT = """\
# syntax=docker/dockerfile:1
ARG V=3.12
ARG NONE
FROM --platform=$BUILDPLATFORM python:${V}-slim@sha256:abc AS base
RUN apt-get update && \\
    # a comment

    apt-get install -y curl
COPY --chown=app:app --from=other a b /c/
WORKDIR /srv
ENV A=1 B="x y"
ENV OLD old value
USER app

FROM base as final
COPY ["x y", "/z"]
RUN <<EOF
set -e
pip install x
EOF
RUN python - <<END
import os
END
COPY <<EOF /etc/x
FROM nothing
EOF
ADD https://example.org/x.tgz /x/
EXPOSE 80 443/tcp
HEALTHCHECK --interval=30s CMD curl -f http://localhost || exit 1
ENTRYPOINT ["python", "-m", "x"]
CMD not [json
ONBUILD COPY . .
COPY lonely
FROM $NONE
FROM ${MISSING:-alpine:3}
FROM
"""


def test_stages_and_their_bases() -> None:
    """Arguments are put in; a stage may be another's base; what has no value isn't known."""
    dockerfile = Dockerfile.extract(TEXT)
    base, final, unknown, default = dockerfile.stages
    assert dockerfile.syntax == "docker/dockerfile:1"
    assert (base.base.name, base.base.tag, base.base.is_pinned) == ("python", "3.12-slim", True)
    assert (final.base_stage, final.label, base.label) == (0, "final", "base")
    assert (unknown.base.is_known, default.base.resolved) == (False, "alpine:3")
    assert dockerfile.lineage(final) == (final, base)
    assert dockerfile.stage("FINAL") is final
    assert dockerfile.stage("0") is base
    user = dockerfile.effective("USER", final)
    assert user is not None
    assert user.text == "app"
    assert dockerfile.effective("USER") is None
    assert dockerfile.final is default
    assert Dockerfile.extract("").effective("USER") is None
    assert len(list(dockerfile.instructions)) == 17


def test_what_a_stage_holds() -> None:
    """Commands keep their lines through continuations and here-documents."""
    base, final, *_ = Dockerfile.extract(TEXT).stages
    assert [(c.words[0], c.line) for c in base.commands] == [("apt-get", 5), ("apt-get", 8)]
    assert [(c.words[0], c.line) for c in final.commands] == [("set", 18), ("pip", 19), ("python", 21)]
    assert base.env == (("A", "1", 11), ("B", "x y", 11), ("OLD", "old value", 12))
    assert base.workdirs == ("/srv",)
    assert final.ports == (("80", 28), ("443/tcp", 28))
    first = next(base.copies)
    assert (first.source_stage, first.owner, first.sources, first.destination) == (
        "other",
        "app:app",
        ("a", "b"),
        "/c/",
    )
    exec_form, document, remote = final.copies
    assert exec_form.sources == ("x y",)
    assert (document.sources, remote.sources, remote.is_add) == (("",), ("https://example.org/x.tgz",), True)
    assert [i.text for i in final.all("COPY")][-1] == "lonely"
    entry, command = final.last("ENTRYPOINT"), final.last("CMD")
    assert entry is not None
    assert command is not None
    assert (entry.is_exec_form, command.is_exec_form) == (True, False)
    assert run_commands(entry)[0].words == ("python", "-m", "x")
    health = final.last("HEALTHCHECK")
    assert health is not None
    assert (health.flag("interval"), health.flag("x")) == ("30s", None)


def test_escape_directive_and_odd_texts() -> None:
    """Windows' escape; a here-document without an end; an exec form that is none."""
    assert directives("# escape=`\n# not a directive\n# syntax=x") == {"escape": "`"}
    assert [i.text for i in instructions("# escape=`\nRUN a `\n  b\n")] == ["a \n  b"]
    assert [i.keyword for i in instructions("RUN <<EOF\nFROM x\n")] == ["RUN", "FROM"]
    assert next(instructions("CMD [1, 2]")).arguments is None
    assert next(instructions("CMD " + "[" * 50_000)).arguments is None
    assert next(instructions("run\tx")).keyword == "RUN"
    assert substituted("${A:+x}$B", {"A": "1", "B": None}) == ("1$B", False)
    assert list(declared(next(instructions('ARG A="x y" B C=')))) == [("A", "x y"), ("B", None), ("C", "")]


def test_what_stands_before_the_first_stage_is_in_none() -> None:
    found = Dockerfile.extract("RUN early\nARG A=1\nFROM x\nRUN late\n")
    assert [instruction.text for instruction in found.instructions] == ["late"]
    assert found.arguments == (("A", "1"),)


def test_a_file_of_directives_alone() -> None:
    found = Dockerfile.extract("# syntax=docker/dockerfile:1\n# escape=`")
    assert (found.syntax, found.stages, found.final) == ("docker/dockerfile:1", (), None)
