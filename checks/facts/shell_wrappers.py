"""What a command really runs behind launchers: sudo, env, uv run, npx, python -m, docker compose run ..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")
_PYTHON = re.compile(r"^(?:python|pypy|py)[\d.]*$")
_VERSIONED = re.compile(r"(?<=.)(?:@[^/]*|==.*)$")
_PREFIX = re.compile(r"^\$\{\w+\}(?=[a-z])")  # ${PREFIX}pytest
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class _Wrapper:
    """How a launcher's own words end: the subcommands that launch, words to skip, options that take a value."""

    subcommands: frozenset[str] = frozenset()
    skip: int = 0
    values: frozenset[str] = frozenset()


def _wrapper(subcommands: str = "", skip: int = 0, values: str = "") -> _Wrapper:
    return _Wrapper(frozenset(subcommands.split()), skip, frozenset(values.split()))


_UV_VALUES = (
    "--with --with-requirements --with-editable --project --directory --env-file --package -p --python --extra"
    " --group --only-group --no-group --no-extra --index --index-url --default-index --from --config-file --cache-dir"
    " --no-binary-package -w -C"
)
_CONTAINER_VALUES = (
    "-e --env -v --volume -w --workdir -u --user -p --publish --name --network --env-file --mount --platform --entrypoint"
    " -f --file --profile --project-name --index --label -l --memory --cpus --add-host --cap-add --cap-drop --tmpfs --hostname"
    " --security-opt --pull --device --gpus --ulimit --shm-size --pid --ipc --restart"
)
_WRAPPERS: dict[str, tuple[_Wrapper, ...]] = {
    **dict.fromkeys(("command", "exec", "nohup", "time", "builtin", "ionice", "catchsegv", "dumb-init"), (_wrapper(),)),
    "sudo": (_wrapper(values="-u -g -p -C -h --user --group"),),
    "env": (_wrapper(values="-u -C --unset --chdir"),),
    "nice": (_wrapper(values="-n"),),
    "timeout": (_wrapper(skip=1, values="-k -s --signal --kill-after"),),
    "retry": (_wrapper(values="-t --times -d --delay"),),
    "xvfb-run": (_wrapper(values="-s -n -e -f -w --server-args --server-num --error-file --auth-file"),),
    "stdbuf": (_wrapper(values="-i -o -e"),),
    "dbus-run-session": (_wrapper(),),
    "xargs": (_wrapper(values="-n -P -I -L -d -s -a -E --max-args --max-procs --delimiter"),),
    "parallel": (_wrapper(values="-j --jobs"),),
    "cross-env": (_wrapper(),),
    "dotenv": (_wrapper(values="-e -f"),),
    "uv": (_wrapper("run", values=_UV_VALUES), _wrapper("tool run", values=_UV_VALUES)),
    "uvx": (_wrapper(values=_UV_VALUES),),
    "pipx": (_wrapper("run", values="--spec --python --index-url --pip-args"),),
    **dict.fromkeys(("poetry", "pdm", "pipenv", "rye", "hatch"), (_wrapper("run", values="-C --directory -P --project -p -e -s"),)),
    **dict.fromkeys(("conda", "mamba", "micromamba"), (_wrapper("run", values="-n --name -p --prefix"),)),
    **dict.fromkeys(("npx", "bunx", "pnpx"), (_wrapper(values="-p --package -w --workspace --prefix -c"),)),
    "pnpm": (_wrapper("exec dlx", values="--filter -F -C --dir --package"),),
    "yarn": (_wrapper("exec dlx", values="--cwd -p"), ),
    "npm": (_wrapper("exec x", values="-p --package -w --workspace --prefix -c"),),
    "bun": (_wrapper("x"),),
    "bundle": (_wrapper("exec"),),
    "coverage": (_wrapper("run", values="--source --rcfile --omit --include --data-file --context --concurrency --debug"),),
    "go": (_wrapper("tool", values="-modfile"),),
    "mise": (_wrapper("exec x", values="-C --cd"),),
    "nix": (_wrapper("develop", values="--command -c"),),
    "rustup": (_wrapper("run", skip=1),),
    "cross-rs": (_wrapper(),),
    "docker-compose": (_wrapper("run exec", skip=1, values=_CONTAINER_VALUES),),
    "docker": (
        _wrapper("compose run", skip=1, values=_CONTAINER_VALUES),
        _wrapper("compose exec", skip=1, values=_CONTAINER_VALUES),
        _wrapper("exec", skip=1, values=_CONTAINER_VALUES),
        _wrapper("run", values=_CONTAINER_VALUES),
    ),
    "podman": (_wrapper("exec", skip=1, values=_CONTAINER_VALUES), _wrapper("run", values=_CONTAINER_VALUES)),
}  # fmt: skip
_PAIRS = frozenset({("docker", "compose"), ("uv", "tool")})
_MODULE_OPTIONS = frozenset({"-m", "--module"})


def chain(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The command, then the command inside it, and so on inwards; program names lose their folder and version."""
    for _ in range(_DEPTH):
        words = words[next((i for i, word in enumerate(words) if not _is_before(word)), len(words)) :]
        if not words:
            return
        words = (program_name(words[0]), *words[1:])
        yield words
        inner = _inner(words)
        if inner is None:
            return
        if (
            words[0] in ("docker", "podman") and "run" in words[:2]
        ):  # the image's own program, then its arguments
            yield (_image_name(inner[0]), *inner[1:])
            inner = inner[1:]
        words = inner


def _is_before(word: str) -> bool:
    """Whether the command's own name comes later."""
    return word in ("--", "!") or _ASSIGNMENT.match(word) is not None


def program_name(word: str) -> str:
    """`/usr/bin/trivy` and `cspell@8` as people call them; npm scopes stay."""
    word = _PREFIX.sub("", word)
    name = word if word.startswith("@") and word.count("/") == 1 else word.rstrip("/").rpartition("/")[2]
    return _VERSIONED.sub("", name) or word


def _image_name(image: str) -> str:
    """`aquasec/trivy:latest` is trivy."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _inner(words: tuple[str, ...]) -> tuple[str, ...] | None:
    name, rest = words[0], words[1:]
    if _PYTHON.match(name):
        return _module(rest)
    if name == "go" and rest[:1] == ("run",):
        return _go_run(rest[1:])
    return next(
        (inner for wrapper in _WRAPPERS.get(name, ()) if (inner := _unwrap(name, wrapper, rest))), None
    )


def _unwrap(name: str, wrapper: _Wrapper, rest: tuple[str, ...]) -> tuple[str, ...] | None:
    if wrapper.subcommands:
        found = _after_subcommand(name, wrapper, rest)
        if found is None:
            return None
        rest = found
    if rest[:1] and rest[0] in _MODULE_OPTIONS:  # coverage run -m pytest, uv run -m pytest
        return rest[1:]
    rest = _after_options(rest, wrapper.values)
    for _ in range(wrapper.skip):
        rest = _after_options(rest[1:], wrapper.values if wrapper.skip > 1 else frozenset())
    if rest[:1] and rest[0] in _MODULE_OPTIONS:
        return rest[1:]
    return rest or None


def _after_subcommand(name: str, wrapper: _Wrapper, rest: tuple[str, ...]) -> tuple[str, ...] | None:
    rest = _after_options(rest, wrapper.values)
    if rest[:1] and (name, rest[0]) in _PAIRS:
        if rest[0] not in wrapper.subcommands:
            return None
        rest = _after_options(rest[1:], wrapper.values)
        return rest[1:] if rest[:1] and rest[0] in wrapper.subcommands else None
    if any(pair in wrapper.subcommands for owner, pair in _PAIRS if owner == name):
        return None
    return rest[1:] if rest[:1] and rest[0] in wrapper.subcommands else None


def _after_options(rest: tuple[str, ...], values: frozenset[str]) -> tuple[str, ...]:
    number = 0  # slices of very many words, one for each, take long
    while number < len(rest) and _is_option(rest[number]):
        if rest[number] == "--":
            return rest[number + 1 :]
        number += 2 if rest[number] in values else 1
    return rest[number:]


def _is_option(word: str) -> bool:
    return word not in _MODULE_OPTIONS and (word.startswith("-") or _ASSIGNMENT.match(word) is not None)


def _module(rest: tuple[str, ...]) -> tuple[str, ...] | None:
    """`python -W error -m pytest -q` runs pytest."""
    number = 0
    while number < len(rest) and rest[number].startswith("-"):
        if re.fullmatch(r"-\w*m", rest[number]):  # -Im
            return rest[number + 1 :] or None
        number += 2 if rest[number] in ("-W", "-X") else 1
    return None


def _go_run(rest: tuple[str, ...]) -> tuple[str, ...] | None:
    """`go run github.com/a/cmd/tool@v1 ./...` runs tool; `go run ./cmd/x` runs nothing known."""
    rest = _after_options(rest, frozenset({"-C", "-modfile", "-tags", "-exec"}))
    if not rest or "@" not in rest[0]:
        return None
    name = re.sub(r"/v\d+$", "", rest[0].partition("@")[0])
    return (name.rpartition("/")[2], *rest[1:])
