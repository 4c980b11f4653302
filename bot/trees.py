"""The two trees of a review. Commits never change, so what was read of them is kept."""

from dataclasses import dataclass, replace

from cachetools import LRUCache

from bot.github.repository import RepositoryCalls
from bot.snapshots.remote import RemoteContents
from checks import Tree, names_dependencies

_ENTRIES = 500_000
_PAIRS = 4096


@dataclass(frozen=True, slots=True)
class Trees:
    """What a change started from, and what it made."""

    base: Tree
    head: Tree

    @property
    def change_dependencies(self) -> bool:
        """Whether a file that names dependencies differs: else there is nothing to ask GitHub for."""
        before, after = ({(e.path, e.blob) for e in tree.entries} for tree in (self.base, self.head))
        return any(names_dependencies(path) for path, _ in before ^ after)


class TreeReader:
    """Reads trees by commit, and the commit where two parted."""

    def __init__(self) -> None:
        self._trees: LRUCache[tuple[int, str], Tree] = LRUCache(_ENTRIES, getsizeof=_size)
        self._bases: LRUCache[tuple[int, str, str], str] = LRUCache(_PAIRS)

    async def read(self, calls: RepositoryCalls, contents: RemoteContents, base: str, head: str) -> Trees:
        """The tree at the merge base and the tree at the head. Without a common ancestor there was nothing before."""
        parted = await self._merge_base(calls, base, head)
        before = await self._tree(calls, contents, parted) if parted else Tree(base, ())
        trees = Trees(before, await self._tree(calls, contents, head))
        return await _with_dependencies(calls, trees) if parted and trees.change_dependencies else trees

    async def _merge_base(self, calls: RepositoryCalls, base: str, head: str) -> str | None:
        key = (calls.repository.id, base, head)
        known = self._bases.get(key)
        if known is None:
            known = await calls.contents.merge_base(base, head)
            if known is not None:
                self._bases[key] = known
        return known

    async def _tree(self, calls: RepositoryCalls, contents: RemoteContents, commit: str) -> Tree:
        key = (calls.repository.id, commit)
        tree = self._trees.get(key)
        if tree is None:
            tree = await contents.tree(commit)
            if _size(tree) <= self._trees.maxsize:
                self._trees[key] = tree
        return tree


async def _with_dependencies(calls: RepositoryCalls, trees: Trees) -> Trees:
    found = await calls.dependencies.compare(trees.base.commit, trees.head.commit)
    return Trees(
        replace(trees.base, dependencies=found.before), replace(trees.head, dependencies=found.after)
    )


def _size(tree: Tree) -> int:
    return len(tree.entries) + 1
