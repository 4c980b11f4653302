"""The policy of a repository: its base branch's file over its owner's over the defaults; the head's file has no say."""

from dataclasses import dataclass

from cachetools import TTLCache

from bot.github.errors import Forbidden, NotFound
from bot.github.github import GitHub
from bot.github.models import FileContent, Repository
from bot.github.repository import RepositoryCalls
from checks import Policy, PolicyProblem, PolicyRead, parse_policy

PATH = ".github/gonogo.yml"
OWNER_REPOSITORY = ".github"
OWNER_PATH = "gonogo.yml"
_KEPT_FOR = 600.0


@dataclass(frozen=True, slots=True)
class Applied:
    """The policy that applies, and what is wrong in the file it should have come from."""

    policy: Policy
    problems: tuple[PolicyProblem, ...] = ()
    source: str = PATH


def overlay(owner: PolicyRead | None, own: PolicyRead | None, owner_source: str) -> Applied:
    """The repository's keys over its owner's. A broken file counts as absent, and is reported. Pure."""
    below = owner.policy if owner is not None else Policy()
    if own is not None and own.problems:
        return Applied(below, own.problems, PATH)
    if own is not None:
        below = below.model_copy(
            update={name: getattr(own.policy, name) for name in own.policy.model_fields_set}
        )
    if owner is not None and owner.problems:
        return Applied(below, owner.problems, owner_source)
    return Applied(below)


class Policies:
    """Reads policies; an owner's is kept for ten minutes, since finding it lists the installation."""

    def __init__(self, github: GitHub) -> None:
        self._github = github
        self._owners: TTLCache[tuple[int, str], PolicyRead | None] = TTLCache(1024, _KEPT_FOR)

    async def read(self, calls: RepositoryCalls, installation: int, ref: str) -> Applied:
        """What applies to a change that goes into `ref`."""
        owner = calls.repository.owner
        own = _parsed(await calls.contents.file(PATH, ref))
        return overlay(
            await self._of_owner(installation, owner), own, f"{owner}/{OWNER_REPOSITORY}/{OWNER_PATH}"
        )

    async def _of_owner(self, installation: int, owner: str) -> PolicyRead | None:
        key = (installation, owner)
        if key not in self._owners:
            self._owners[key] = await self._read_owner(installation, owner)
        return self._owners[key]

    async def _read_owner(self, installation: int, owner: str) -> PolicyRead | None:
        repository = await self._owner_repository(installation, owner)
        if repository is None:
            return None
        calls = self._github.repository(installation, repository, (("contents", "read"),))
        try:
            return _parsed(await calls.contents.file(OWNER_PATH, repository.default_branch or "HEAD"))
        except (NotFound, Forbidden):
            return None

    async def _owner_repository(self, installation: int, owner: str) -> Repository | None:
        name = f"{owner}/{OWNER_REPOSITORY}".lower()
        seen = await self._github.installation(installation).repositories()
        return next((one for one in seen if one.full_name.lower() == name), None)


def _parsed(file: FileContent | None) -> PolicyRead | None:
    if file is None:
        return None
    if file.data is None:
        return PolicyRead(Policy(), (PolicyProblem("the file is too large to be a policy", 1),))
    try:
        return parse_policy(file.data.decode("utf-8"))
    except UnicodeDecodeError:
        return PolicyRead(Policy(), (PolicyProblem("the file is not UTF-8", 1),))
