"""Which common programs an image holds, as far as its base and what is installed on top tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.facts.dockerfile import Copy, Dockerfile, Image, Stage
from checks.facts.shell_commands import ShellCommand

# What well-known bases bring of the programs that health checks call; None: not known.
_NOTHING = re.compile(r"(?:^|/)distroless/|^scratch$|^cgr\.dev/chainguard/(?!.*-dev)|^chainguard/")
_DEBIAN = re.compile(
    r"^(?:docker\.io/)?(?:library/)?(?:debian|ubuntu)$|^mcr\.microsoft\.com/dotnet/(?:aspnet|runtime)(?:-deps)?$"
)
_LANGUAGES = re.compile(
    r"^(?:docker\.io/|public\.ecr\.aws/docker/)?(?:library/)?(?:python|node|golang|rust|ruby|openjdk|perl|elixir|erlang)$"
)
_UV = re.compile(r"^ghcr\.io/astral-sh/uv$|^astral/uv$")
_ALPINE = re.compile(r"^(?:docker\.io/)?(?:library/)?alpine$")
_PROBES = ("curl", "wget", "nc")
# What no official image of a distribution or language brings, with the words of what may install it.
_RARE: dict[str, str] = {
    **{
        name: name
        for name in (
            "ffmpeg",
            "pandoc",
            "tesseract",
            "wkhtmltopdf",
            "exiftool",
            "kubectl",
            "helm",
            "terraform",
            "docker",
            "jq",
            "rsync",
        )
    },
    "ffprobe": "ffmpeg",
    "claude": "claude|anthropic",
    "codex": "codex|openai",
    "gh": r"gh|github-cli",
    "aws": r"aws\w*",
    "gcloud": r"google-cloud\S*|gcloud|cloud-sdk",
    **dict.fromkeys(("psql", "pg_dump", "pg_restore"), r"postgres\S*|psql|pg_dump"),
    **dict.fromkeys(("mysql", "mysqldump"), r"mysql\S*|mariadb\S*"),
    "redis-cli": r"redis\S*",
    **dict.fromkeys(("pdftotext", "pdftoppm", "pdfinfo"), r"poppler\S*|xpdf\S*"),
    **dict.fromkeys(("soffice", "libreoffice"), r"libreoffice\S*"),
    "dot": r"graphviz\S*",
    **dict.fromkeys(("chromium", "google-chrome"), r"\S*chrom\w*|playwright\S*|puppeteer\S*"),
}
# What the full image of a language brings, and a slim one does not.
_IN_FULL: dict[str, str] = {
    "git": "git",
    "curl": "curl",
    "wget": "wget",
    **dict.fromkeys(("ssh", "scp"), r"openssh\S*"),
    **dict.fromkeys(("convert", "magick", "identify"), r"imagemagick\S*|graphicsmagick\S*"),
}
_NODE: dict[str, str] = dict.fromkeys(("node", "npm", "npx", "yarn"), r"node\S*|npm|nvm|yarn|bun|volta|fnm")
KNOWN_PROGRAMS: dict[str, str] = {**_RARE, **_IN_FULL, **_NODE}
_HAS_NODE = re.compile(r"(?:^|/)node$")
_SYSTEM_FOLDERS = frozenset({"", "/usr", "/usr/bin", "/bin", "/usr/local/bin", "/usr/local", "/busybox"})
_INSTALLERS = frozenset(
    {
        "apt-get",
        "apt",
        "apk",
        "dnf",
        "yum",
        "microdnf",
        "tdnf",
        "zypper",
        "apt-install",
        "install_packages",
        "clean-install",
    }
)


def lacks(dockerfile: Dockerfile, stage: Stage, program: str) -> str | None:
    """Why the image of a stage can't have the program; None where it has it or that can't be told."""
    lineage = dockerfile.lineage(stage)
    base = lineage[-1].base
    if program not in _brought(base, program) and not _is_added(lineage, program):
        return f"`{base.resolved}` has no {program}, and nothing installs it"
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether an image has a program, None where that can't be told, and why."""

    why: str
    has: bool | None = True


def holds(dockerfile: Dockerfile, stage: Stage, program: str) -> Answer:
    """Whether the image of a stage has one of the known programs."""
    lineage = dockerfile.lineage(stage)
    base = lineage[-1].base
    if _is_added(lineage, program, KNOWN_PROGRAMS[program]):
        return Answer(f"the Dockerfile names {program}")
    if not base.is_known or not _is_official(base):
        return Answer(f"whether `{base.resolved}` has {program} isn't known", None)
    if _brings(base, program):
        return Answer(f"`{base.resolved}` has {program}")
    return Answer(f"`{base.resolved}` has no {program}, and nothing installs it", False)


def _is_official(base: Image) -> bool:
    known = (_NOTHING.search, _ALPINE.match, _DEBIAN.match, _LANGUAGES.match)
    return "debug" not in (base.tag or "") and any(test(base.name) for test in known)


def _brings(base: Image, program: str) -> bool:
    """Whether a base that is known has one of the known programs."""
    tag = base.tag or ""
    if program in _NODE and _HAS_NODE.search(base.name):
        return True
    if _ALPINE.match(base.name) or "alpine" in tag:
        return program == "wget"
    return program in _IN_FULL and "slim" not in tag and _LANGUAGES.match(base.name) is not None


def has_no_shell(dockerfile: Dockerfile, stage: Stage) -> str | None:
    """The base without a shell, if the stage stands on one and nothing copies a shell in."""
    lineage = dockerfile.lineage(stage)
    base = lineage[-1].base
    debug = "debug" in (base.tag or "") or "dev" in (base.tag or "")
    if base.is_known and _NOTHING.search(base.name) and not debug and not _is_added(lineage, "sh"):
        return base.resolved
    return None


def _brought(base: Image, program: str) -> frozenset[str]:
    """Those of the probing programs that the base has; the program itself where the base isn't known."""
    tag = base.tag or ""
    if program not in _PROBES or not base.is_known or "$" in base.resolved:
        return frozenset({program})
    if _NOTHING.search(base.name) and "debug" not in tag:
        return frozenset()
    if "alpine" in tag or _ALPINE.match(base.name):
        has_curl = not (_ALPINE.match(base.name) or _LANGUAGES.match(base.name) or _UV.match(base.name))
        return frozenset({"wget", "nc", *(["curl"] if has_curl else ())})
    if _DEBIAN.match(base.name):
        return frozenset()
    if _LANGUAGES.match(base.name) or _UV.match(base.name):
        return frozenset() if "slim" in tag else frozenset({program})
    return frozenset({program})


def _is_added(lineage: tuple[Stage, ...], program: str, words: str = "") -> bool:
    """Whether a package, a file or a script may bring it: anything that names it, or one of the words, counts."""
    word = re.compile(rf"(?<![\w-])(?:{words or '(?!)'}|{re.escape(program)})(?!\w)", re.IGNORECASE)
    for stage in lineage:
        if any(
            word.search(f"{' '.join(copy.sources)} {copy.destination}") or _is_whole(copy)
            for copy in stage.copies
        ):
            return True
        if any(_may_add(command, word) for command in stage.commands):
            return True
    return False


def _is_whole(copy: Copy) -> bool:
    """A copy of a whole system folder, or of everything, from another stage or image."""
    return copy.source_stage is not None and copy.destination.rstrip("/") in _SYSTEM_FOLDERS


def _may_add(command: ShellCommand, word: re.Pattern[str]) -> bool:
    words = command.words
    if words[0].endswith(".sh") or command.program.endswith(".sh"):
        return True
    installs = _INSTALLERS & set(words) and any("$" in text or text.startswith("@") for text in words[1:])
    return bool(installs) or any(word.search(text) for text in words[1:])


def image_lacks(image: Image, program: str) -> str | None:
    """The same for a ready-made image."""
    if program in _brought(image, program):
        return None
    return f"`{image.resolved}` has no {program}"
