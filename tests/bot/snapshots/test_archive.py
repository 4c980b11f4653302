"""Reading an archive that nobody vouches for."""

import gzip
import io
import tarfile
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.snapshots.archive import Archive, BadArchive, Bounds
from bot.snapshots.blob_id import blob_id

Member = tuple[tarfile.TarInfo, bytes]


def member(name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> Member:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(data)
    return info, data


def packed(members: Iterable[Member], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=form) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(archive: bytes, *wanted: bytes, chunk: int = 1000, bounds: Bounds | None = None) -> dict[str, bytes]:
    reader = Archive({blob_id(data): len(data) for data in wanted}, bounds or Bounds())
    found: dict[str, bytes] = {}
    for at in range(0, len(archive), chunk):
        found |= dict(reader.feed(archive[at : at + chunk]))
    return found


def named(*contents: bytes) -> dict[str, bytes]:
    return {blob_id(data): data for data in contents}


@given(st.lists(st.binary(max_size=3000), max_size=12), st.integers(1, 4000))
def test_every_wanted_file_is_found_however_the_bytes_arrive(contents: list[bytes], chunk: int) -> None:
    archive = packed(member(f"r/{number}", data) for number, data in enumerate(contents))
    assert read(archive, *contents, chunk=chunk) == named(*contents)


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_the_forms_of_tar_are_read(form: int) -> None:
    name = "r/" + "long/" * 30 + "name" if form != tarfile.USTAR_FORMAT else "r/short"
    archive = packed([member(name, b"content"), member("r/b", b"other")], form)
    assert read(archive, b"content", b"other") == named(b"content", b"other")


def test_names_links_and_kinds_do_no_harm() -> None:
    """The bytes count, not what the archive says about them; links and devices have none."""
    archive = packed(
        [
            member("../../etc/passwd", b"one"),
            member("/absolute", b"two"),
            member("r/same", b"three"),
            member("r/same", b"four"),
            member("r/line\nbreak \x1b[31m\u202e", b"five"),
            member("r/link", kind=tarfile.SYMTYPE, link="/etc/shadow"),
            member("r/hard", kind=tarfile.LNKTYPE, link="../../outside"),
            member("r/device", kind=tarfile.CHRTYPE),
            member("r/fifo", kind=tarfile.FIFOTYPE),
            member("r/dir", kind=tarfile.DIRTYPE),
        ]
    )
    contents = (b"one", b"two", b"three", b"four", b"five")
    assert read(archive, *contents) == named(*contents)


def test_a_rewritten_or_left_out_file_is_not_found() -> None:
    """What export-subst and export-ignore do."""
    archive = packed([member("r/version", b"commit 123456"), member("r/kept", b"kept")])
    assert read(archive, b"commit $Format$", b"secret", b"kept") == named(b"kept")


def test_a_file_is_given_once_and_reading_ends_with_the_last() -> None:
    archive = packed([member("r/a", b"same"), member("r/b", b"same"), member("r/c", b"x" * 9_000)])
    reader = Archive({blob_id(b"same"): 4}, Bounds())
    assert list(reader.feed(archive)) == [(blob_id(b"same"), b"same")]
    assert reader.done
    assert list(reader.feed(b"anything")) == []


def test_a_sha256_repository() -> None:
    blob = blob_id(b"content", sha256=True)
    reader = Archive({blob: 7}, Bounds())
    assert list(reader.feed(packed([member("r/a", b"content")]))) == [(blob, b"content")]


@pytest.mark.parametrize(
    "bounds",
    [
        pytest.param(Bounds(ratio_from=1_000_000), id="ratio"),
        pytest.param(Bounds(unpacked=2_000_000), id="unpacked"),
        pytest.param(Bounds(packed=10_000), id="packed"),
    ],
)
def test_a_bomb_is_left_alone_and_what_came_before_it_stays(bounds: Bounds) -> None:
    archive = packed([member("r/a", b"good"), member("r/bomb", bytes(20_000_000)), member("r/b", b"late")])
    reader = Archive({blob_id(b"good"): 4, blob_id(b"late"): 4}, bounds)
    found: list[tuple[str, bytes]] = []
    chunks = (archive[at : at + 1000] for at in range(0, len(archive), 1000))
    with pytest.raises(BadArchive):
        found.extend(one for chunk in chunks for one in reader.feed(chunk))
    assert found == [(blob_id(b"good"), b"good")]


def test_members_are_bounded() -> None:
    with pytest.raises(BadArchive, match="members"):
        read(packed(member(f"r/{n}") for n in range(3000)), b"never there", bounds=Bounds(members=1000))


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b"<html>not found</html>", id="no gzip"),
        pytest.param(gzip.compress(b"no tar" * 200), id="no tar"),
        pytest.param(
            gzip.compress(b"name".ljust(124, b"\0") + b"\x80" * 12 + b"0" * 376), id="a size beyond octal"
        ),
        pytest.param(
            gzip.compress(b"name".ljust(124, b"\0") + b"99999999999\0" + b"0" * 376), id="a size in nines"
        ),
        pytest.param(gzip.compress(b"\xff" * 2048), id="all bits set"),
    ],
)
def test_what_is_no_archive_is_refused(broken: bytes) -> None:
    with pytest.raises(BadArchive):
        read(broken, b"content")


def test_an_archive_that_breaks_off_gives_what_it_had() -> None:
    archive = packed([member("r/a", b"first"), member("r/b", bytes(range(256)) * 40)])
    assert blob_id(b"first") in read(archive[: len(archive) // 2 + 100], b"first", bytes(range(256)) * 40)


@given(st.binary(max_size=3000), st.integers(0, 1500), st.integers(0, 255))
def test_one_wrong_byte_never_gives_a_wrong_blob(data: bytes, place: int, value: int) -> None:
    archive = bytearray(packed([member("r/a", data), member("r/b", b"other")]))
    archive[place % len(archive)] = value
    try:
        found = read(bytes(archive), data, b"other")
    except BadArchive:
        return
    assert all(blob_id(content) == blob for blob, content in found.items())
