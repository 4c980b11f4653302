"""Walking a tree that GitHub does not give in one answer."""

from collections.abc import Mapping

from bot.github.walk import Item, Listing, Walk

Directory = Mapping[str, "Directory | int"]


class Trees:
    """Trees as GitHub lists them: a recursive listing of more than `room` entries is cut off."""

    def __init__(self, root: Directory, room: int) -> None:
        self.room = room
        self.trees: dict[str, Directory] = {"root": root}
        self.asked: list[tuple[str, bool]] = []

    async def list_tree(self, tree: str, recursive: bool) -> Listing:
        self.asked.append((tree, recursive))
        items = self._items(tree, "", recursive)
        return Listing(tree, items[: self.room], truncated=len(items) > self.room)

    def _items(self, tree: str, prefix: str, recursive: bool) -> list[Item]:
        items: list[Item] = []
        for name, value in self.trees[tree].items():
            if isinstance(value, int):
                items.append(Item(prefix + name, "100644", "blob", f"blob-{name}", value))
                continue
            below = f"{tree}/{name}"
            self.trees[below] = value
            items.append(Item(prefix + name, "040000", "tree", below))
            if recursive:
                items += self._items(below, f"{prefix}{name}/", recursive)
        return items


def files(count: int) -> Directory:
    return {f"f{number}": number for number in range(count)}


ROOT: Directory = {"a": {"b": files(4), "c": files(4)}, "d": files(2), "top": 1}
PATHS = sorted([*(f"a/b/f{n}" for n in range(4)), *(f"a/c/f{n}" for n in range(4)), "d/f0", "d/f1", "top"])


async def test_a_tree_that_fits_is_one_call() -> None:
    trees = Trees(ROOT, room=100)
    walk = Walk(trees.list_tree)
    await walk.run("root")
    assert sorted(entry.path for entry in walk.entries) == PATHS
    assert trees.asked == [("root", True)]
    assert not walk.truncated


async def test_a_tree_that_does_not_fit_is_walked_to_the_same_files() -> None:
    trees = Trees(ROOT, room=5)
    walk = Walk(trees.list_tree)
    await walk.run("root")
    assert sorted(entry.path for entry in walk.entries) == PATHS
    assert not walk.truncated
    assert ("root/a/b", True) in trees.asked
    assert ("root/d", False) not in trees.asked  # what fits is asked for once


async def test_a_directory_larger_than_an_answer_leaves_the_tree_truncated() -> None:
    trees = Trees({"big": files(9), "small": files(1)}, room=5)
    walk = Walk(trees.list_tree)
    await walk.run("root")
    assert walk.truncated
    assert "small/f0" in {entry.path for entry in walk.entries}


async def test_calls_and_entries_are_bounded() -> None:
    for walk in (
        Walk(Trees(ROOT, room=5).list_tree, most_calls=3),
        Walk(Trees(ROOT, room=100).list_tree, most_entries=4),
        Walk(Trees(ROOT, room=5).list_tree, most_calls=1),
    ):
        await walk.run("root")
        assert walk.truncated
        assert len(walk.entries) <= 4


async def test_a_full_walk_with_nothing_left_is_not_truncated() -> None:
    walk = Walk(Trees(ROOT, room=100).list_tree, most_calls=1, most_entries=len(PATHS))
    await walk.run("root")
    assert not walk.truncated
    assert len(walk.entries) == len(PATHS)
