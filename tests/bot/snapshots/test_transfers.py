"""Which way blobs come."""

from hypothesis import given
from hypothesis import strategies as st

from bot.snapshots.transfers import LARGEST_QUERY, LARGEST_TEXT, Wanted, archive_pays, queries, sizes_of

MB = 1_000_000


def wanted(count: int, size: int | None) -> tuple[Wanted, ...]:
    return tuple(Wanted(f"{number:040x}", size) for number in range(count))


def test_an_archive_pays_for_many_blobs_out_of_a_tree_that_is_not_much_larger() -> None:
    assert archive_pays(wanted(301, 4_000), 30 * MB)
    assert not archive_pays(wanted(300, 4_000), 30 * MB)
    assert not archive_pays(wanted(301, 4_000), 900 * MB)
    assert archive_pays(wanted(20_000, 4_000), 900 * MB)
    assert not archive_pays(wanted(20_000, 400_000), 2_000 * MB)
    assert not archive_pays(wanted(1000, None), 1 * MB)


@given(st.lists(st.one_of(st.none(), st.integers(0, 2 * LARGEST_TEXT)), max_size=400))
def test_batches_hold_each_text_once_within_the_limits(sizes: list[int | None]) -> None:
    asked = tuple(Wanted(f"{number:040x}", size) for number, size in enumerate(sizes))
    batches = queries(asked)
    assert all(0 < len(batch) <= 100 for batch in batches)
    assert all(sum(one.size or 0 for one in batch) <= LARGEST_QUERY for batch in batches)
    texts = [one for one in asked if one.size is not None and one.size < LARGEST_TEXT]
    assert [one for batch in batches for one in batch] == texts


def test_a_blob_at_many_paths_is_wanted_once() -> None:
    assert sizes_of(["a", "b", "a"], {"a": 1}) == (Wanted("a", 1), Wanted("b", None))
