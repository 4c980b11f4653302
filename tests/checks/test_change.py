"""What a change does to the tree: moves with and without edits, removals, folders."""

from __future__ import annotations

from checks.change import Change, candidates
from checks.review import Tree, plan_review
from tests.checks.trees import Files, entries, facts_of


def change(before: Files, after: Files) -> Change:
    base, head = Tree("a", entries(before)), Tree("b", entries(after))
    facts = facts_of(plan_review(base, head), before, after)
    return Change.between(base.entries, head.entries, facts)


TEXT = "\n".join(f"line {number}" for number in range(20))


def test_same_blob_elsewhere_is_a_move() -> None:
    """A moved file is neither removed nor new."""
    seen = change({"a/x.txt": TEXT}, {"b/x.txt": TEXT})
    assert seen.moves == {"a/x.txt": "b/x.txt"}
    assert seen.removed == frozenset()
    assert seen.now("a/x.txt") == "b/x.txt"


def test_edited_on_the_way_is_still_a_move() -> None:
    """Half of the lines in common is what git calls a rename."""
    assert change({"a.txt": TEXT}, {"b.txt": TEXT.replace("line 3", "edited")}).moves == {"a.txt": "b.txt"}


def test_another_text_is_no_move() -> None:
    """A deletion beside an unrelated new file stays a deletion."""
    seen = change({"a.txt": TEXT}, {"b.txt": "something\nelse"})
    assert (seen.moves, seen.removed) == ({}, frozenset({"a.txt"}))


def test_twins_are_paired_by_their_folders() -> None:
    """Equal files are told apart by what their paths have in common."""
    seen = change({"old/a/x": "same", "old/b/x": "same"}, {"new/b/x": "same", "new/a/x": "same"})
    assert seen.moves == {"old/a/x": "new/a/x", "old/b/x": "new/b/x"}


def test_empty_files_are_not_moves_of_one_another() -> None:
    """Every empty __init__.py has the same blob; that says nothing."""
    assert change({"a/__init__.py": ""}, {"b/__init__.py": ""}).moves == {}


def test_best_likeness_wins() -> None:
    """One old file, two heirs: the nearer one is the move."""
    near = TEXT.replace("line 1\n", "x\n")
    far = near.replace("line 2\n", "y\n")
    assert change({"a": TEXT}, {"far": far, "near": near}).moves == {"a": "near"}


def test_folder_moves_with_its_files() -> None:
    """A gap that names a folder follows it, when all that left it went to one place."""
    seen = change({"a/p/x": "1", "a/p/y": "2"}, {"b/q/x": "1", "b/q/y": "2"})
    assert seen.now("a/p") == "b/q"
    scattered = change({"p/x": "1", "p/y": "2"}, {"q/x": "1", "r/y": "2"})
    assert scattered.now("p") == "p"


def test_unmoved_path_is_itself() -> None:
    """Nothing moved: now is then; no path has no place."""
    seen = change({"a": "1"}, {"a": "2"})
    assert (seen.now("a"), seen.now(None), seen.touched) == ("a", None, frozenset({"a"}))


def test_too_many_pairs_are_not_compared_by_content() -> None:
    """The work is bounded: beyond the limit only files that keep their name, and identical ones, count as moved."""
    before = {f"old/{n}": f"{n}\nold" for n in range(201)}
    after = {f"new/{n}.py": f"{n}\nnew" for n in range(201)}
    assert candidates(entries(before), entries(after)) == ()
    many = {f"old/{n}/index.ts": f"{n}\nold" for n in range(201)}
    renamed = {f"new/a{n}/index.ts": f"{n}\nnew" for n in range(201)}
    assert candidates(entries(many), entries(renamed)) == ()


def test_a_great_move_with_edits() -> None:
    """Files keep their names and their folders' names, as when a whole tree goes down one level."""
    texts = {
        f"pkg{n}/{name}": TEXT.replace("line 1\n", f"{n}{name}\n")
        for n in range(101)
        for name in ("a.go", "b.go")
    }
    after = {
        f"internal/{path}": text.replace("line 2\n", "import internal\n") for path, text in texts.items()
    }
    assert change(texts, after).moves == {path: f"internal/{path}" for path in texts}


def test_a_new_file_has_one_origin() -> None:
    """Two old files, one heir: the nearer one moved, the other is gone."""
    near = TEXT.replace("line 1\n", "x\n")
    far = near.replace("line 2\n", "y\n")
    seen = change({"far": far, "near": near}, {"new": TEXT})
    assert (seen.moves, seen.removed) == ({"near": "new"}, frozenset({"far"}))
