"""A tarball as `git archive` makes it: export-ignore, export-subst and line endings of .gitattributes included.

Therefore not always what the tree holds; a reader has to check each file against the tree.
"""

import io
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pygit2
from pygit2.enums import FileMode

from sandbox.attributes import Attributes

FORMAT = re.compile(rb"\$Format:([^$\n]*)\$")
PLACEHOLDER = re.compile(r"%(%|n|[HhTtPp]|[ac][neEtiI])")
SHORT = 7
IDENT = re.compile(rb"\$Id(?::[^$\n]*)?\$")


def _iso(signature: pygit2.Signature, *, strict: bool) -> str:
    zone = timezone(timedelta(minutes=signature.offset))
    at = datetime.fromtimestamp(signature.time, UTC).astimezone(zone)
    return at.isoformat() if strict else at.strftime("%Y-%m-%d %H:%M:%S %z")


def _person(signature: pygit2.Signature, what: str) -> str:
    values = {
        "n": signature.name,
        "e": signature.email,
        "E": signature.email,
        "t": str(signature.time),
        "i": _iso(signature, strict=False),
        "I": _iso(signature, strict=True),
    }
    return values[what]


def _expand(commit: pygit2.Commit, text: str) -> str:
    """The placeholders of `git log --format` that name the commit and its people; others stay as they are."""
    tree, parents = str(commit.tree_id), [str(one) for one in commit.parent_ids]
    plain = {
        "%": "%",
        "n": "\n",
        "H": str(commit.id),
        "h": str(commit.id)[:SHORT],
        "T": tree,
        "t": tree[:SHORT],
        "P": " ".join(parents),
        "p": " ".join(one[:SHORT] for one in parents),
    }

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in plain:
            return plain[name]
        return _person(commit.author if name[0] == "a" else commit.committer, name[1])

    return PLACEHOLDER.sub(replace, text)


def _substituted(commit: pygit2.Commit, data: bytes) -> bytes:
    def replace(match: re.Match[bytes]) -> bytes:
        return _expand(commit, match.group(1).decode("utf-8", "replace")).encode("utf-8")

    return FORMAT.sub(replace, data)


def _members(
    repository: pygit2.Repository, tree: pygit2.Tree, parent: str, attributes: Attributes
) -> Iterator[tuple[str, pygit2.Object]]:
    for item in tree:
        path = parent + (item.raw_name or b"").decode("utf-8", "surrogateescape")
        if item.filemode != FileMode.TREE:
            if attributes.get(path, "export-ignore") is not True:
                yield path, item
        elif attributes.get(f"{path}/", "export-ignore") is not True:
            yield path, item
            yield from _members(repository, repository[item.id].peel(pygit2.Tree), f"{path}/", attributes)


def _content(path: str, blob: pygit2.Blob, commit: pygit2.Commit, attributes: Attributes) -> bytes:
    """As a checkout would write it, then the commit's values."""
    data = blob.data
    if attributes.get(path, "ident") is True:
        data = IDENT.sub(b"$Id: " + str(blob.id).encode("ascii") + b" $", data)
    if attributes.get(path, "eol") == "crlf" and attributes.get(path, "text") is not False:
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return _substituted(commit, data) if attributes.get(path, "export-subst") is True else data


def _add(archive: tarfile.TarFile, info: tarfile.TarInfo, item: pygit2.Object, data: bytes) -> None:
    mode = FileMode(item.filemode)
    if mode in (FileMode.TREE, FileMode.COMMIT):
        info.type, info.mode = tarfile.DIRTYPE, 0o775
        archive.addfile(info)
    elif mode == FileMode.LINK:
        info.type, info.mode = tarfile.SYMTYPE, 0o777
        info.linkname = data.decode("utf-8", "surrogateescape")
        archive.addfile(info)
    else:
        info.mode, info.size = (0o775 if mode == FileMode.BLOB_EXECUTABLE else 0o664), len(data)
        archive.addfile(info, io.BytesIO(data))


def tarball(repository: pygit2.Repository, commit: pygit2.Commit, prefix: str) -> bytes:
    """gzipped, everything below `prefix`/."""
    tree = commit.peel(pygit2.Tree)
    attributes = Attributes(repository, tree)
    target = io.BytesIO()
    headers = {"comment": str(commit.id)}
    with tarfile.open(
        fileobj=target, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers, compresslevel=4
    ) as archive:
        root = tarfile.TarInfo(prefix)
        root.type, root.mode, root.mtime = tarfile.DIRTYPE, 0o775, commit.commit_time
        archive.addfile(root)
        for path, item in _members(repository, tree, "", attributes):
            info = tarfile.TarInfo(f"{prefix}/{path}")
            info.mtime = commit.commit_time
            data = b""
            if item.filemode == FileMode.LINK:
                data = repository[item.id].peel(pygit2.Blob).data
            elif item.filemode in (FileMode.BLOB, FileMode.BLOB_EXECUTABLE):
                data = _content(path, repository[item.id].peel(pygit2.Blob), commit, attributes)
            _add(archive, info, item, data)
    return target.getvalue()
