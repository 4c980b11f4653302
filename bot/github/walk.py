"""All files of a commit, also where GitHub cuts its answer off: then directory by directory, within bounds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks import Entry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

MOST_CALLS = 300
MOST_ENTRIES = 400_000


@dataclass(frozen=True, slots=True)
class Item:
    """One line of GitHub's answer: a file, a submodule or a directory."""

    path: str
    mode: str
    type: str
    sha: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """GitHub's answer: one directory, or all below it."""

    sha: str
    tree: list[Item]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A directory still to be listed: its tree id and where it is."""

    tree: str
    prefix: str


class Walk:
    """Lists a tree. `list_tree(tree, recursive)` is the one call it makes."""

    def __init__(
        self,
        list_tree: Callable[[str, bool], Awaitable[Listing]],
        most_calls: int = MOST_CALLS,
        most_entries: int = MOST_ENTRIES,
    ) -> None:
        self._list_tree = list_tree
        self._calls_left = most_calls
        self._most_entries = most_entries
        self.entries: list[Entry] = []
        self.truncated = False

    async def run(self, root: str) -> None:
        """List everything below the root, the whole at once where GitHub can."""
        places = deque([Place(root, "")])
        while places and not self._exhausted():
            place = places.popleft()
            whole = await self._listed(place, recursive=True)
            if not whole.truncated:
                self._add(place, whole)
                continue
            if self._exhausted():
                break
            children = await self._listed(place, recursive=False)
            self.truncated |= children.truncated
            self._add(place, children)
            places.extend(_directories(place, children))
        self.truncated |= bool(places)

    async def _listed(self, place: Place, *, recursive: bool) -> Listing:
        self._calls_left -= 1
        return await self._list_tree(place.tree, recursive)

    def _add(self, place: Place, listing: Listing) -> None:
        room = self._most_entries - len(self.entries)
        found = [_entry(place, item) for item in listing.tree if item.type != "tree"]
        self.entries += found[:room]
        self.truncated |= len(found) > room

    def _exhausted(self) -> bool:
        """Out of calls or of room; what is left unseen then is said to be."""
        spent = self._calls_left <= 0 or len(self.entries) >= self._most_entries
        self.truncated |= spent
        return spent


def _entry(place: Place, item: Item) -> Entry:
    return Entry(place.prefix + item.path, int(item.mode, 8), item.sha, item.size)


def _directories(place: Place, listing: Listing) -> Iterator[Place]:
    return (Place(item.sha, f"{place.prefix}{item.path}/") for item in listing.tree if item.type == "tree")
