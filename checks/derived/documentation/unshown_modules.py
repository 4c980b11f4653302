"""Public modules of a Rust library that the README speaks of and that none of its examples shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.tree_index import folders_up
from checks.facts.cargo import CargoManifest
from checks.facts.markdown import Markdown
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind, ImportForm
from checks.snapshot import Snapshot

FEWEST = 3  # examples: then showing things by example is a custom of the library
_DEEPEST = 2
_PLUMBING = re.compile(
    r"^(?:cli|t?ui|api|apps?|args|errors?|utils?|helpers|common|prelude|types|type_def|macros|internal|private|testing|test_helpers|tests|version|const\w*|"
    r"config|input|output|logging|main|core|traits|ffi|sys|_\w*)$"
)
_FENCE = re.compile(r"[!/*\s]*```\s*(\S*)")
_CODE = re.compile(
    r"(?:rust|no_run|ignore|should_panic|compile_fail|edition\d+|[{,])|$"
)  # what rustdoc takes for Rust
_ITEMS = frozenset(
    {DefinitionKind.FUNCTION, DefinitionKind.CLASS, DefinitionKind.INTERFACE, DefinitionKind.TYPE}
)


@dataclass(frozen=True, slots=True)
class PublicModule:
    """A `pub mod` with items of its own; `places` are its file, and the folder with its parts."""

    name: str
    places: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ExampleCoverage:
    """A library with its examples, and the public modules of which its README speaks."""

    crate: str
    manifest: str
    examples: tuple[str, ...]
    modules: tuple[PublicModule, ...]


@dataclass(frozen=True)
class ShownModules:
    """Every Rust library that has some examples."""

    all: tuple[ExampleCoverage, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(_libraries(snapshot)))


def _libraries(snapshot: Snapshot) -> Iterator[ExampleCoverage]:
    examples = {p: s for p, s in snapshot.files(RustSource) if snapshot.role(p) is Role.EXAMPLE}
    namesakes = Counter(manifest.crate for _, manifest in snapshot.files(CargoManifest))
    for path, manifest in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        root = f"{folder}/src/lib.rs".lstrip("/")
        crate = manifest.crate
        if crate is None or not manifest.publish or snapshot.get(root, RustSource) is None:
            continue
        # Of two crates of one name an example uses the one that it stands in.
        near = f"{folder}/examples/".lstrip("/") if namesakes[crate] > 1 else ""
        own = {p: words for p, s in examples.items() if p.startswith(near) and crate in (words := _words(s))}
        if len(own) >= FEWEST:
            shown = frozenset().union(*own.values()) | _documented(snapshot, folder, crate)
            modules = tuple(_modules(snapshot, root, shown, _spoken(snapshot, folder)))
            yield ExampleCoverage(crate, path, tuple(sorted(own)), modules)


def _words(source: RustSource) -> frozenset[str]:
    """The names that an example uses of crates, and types by themselves: variables have the names of modules too."""
    segments = {part for statement in source.imports for part in statement.module.split("::")}
    names = {name for statement in source.imports for name in statement.names}
    paths = (call.callee for call in source.calls if "::" in call.callee)
    called = {part for path in paths for part in path.split("::")}
    return frozenset(segments | names | called | {name for name in source.references if name[0].isupper()})


def _readmes(snapshot: Snapshot, folder: str) -> Iterator[Markdown]:
    for above in folders_up(folder):
        if readme := snapshot.get(f"{above}/README.md".lstrip("/"), Markdown):
            yield readme


def _documented(snapshot: Snapshot, folder: str, crate: str) -> frozenset[str]:
    """The names in the README's own pieces of code."""
    fences = (
        fence.text
        for readme in _readmes(snapshot, folder)
        for fence in readme.fences
        if fence.language.startswith("rust") and crate in fence.text
    )
    return frozenset(word for text in fences for word in re.findall(r"\w+", text))


def _spoken(snapshot: Snapshot, folder: str) -> frozenset[str]:
    """The words of the README, in the singular."""
    readmes = tuple(_readmes(snapshot, folder))
    texts = [passage.text for readme in readmes for passage in readme.passages]
    texts += [fence.text for readme in readmes for fence in readme.fences]
    return frozenset(word.lower().rstrip("s") for text in texts for word in re.findall(r"[A-Za-z]{3,}", text))


def _modules(
    snapshot: Snapshot, root: str, shown: frozenset[str], spoken: frozenset[str]
) -> Iterator[PublicModule]:
    """Modules in modules too; one whose parent isn't shown at all is told with it."""
    waiting = [(root, 1)]
    while waiting:
        path, depth = waiting.pop()
        for name, file in _children(snapshot, path):
            if _PLUMBING.match(name):
                continue
            below = _family(snapshot, file) if depth < _DEEPEST else ()
            is_shown = name in shown or any(_is_shown(snapshot, one, shown) for one in (file, *below))
            if is_shown and depth < _DEEPEST:
                waiting.append((file, depth + 1))
            if name.partition("_")[0].rstrip("s") in spoken and _offers(snapshot, (file, *below)):
                places = (file.removesuffix("/mod.rs"), file.removesuffix(".rs"))
                kept = tuple(p for p in places if p in snapshot.folders or p in snapshot.paths)
                yield PublicModule(name, kept, is_shown)


def _children(snapshot: Snapshot, path: str) -> Iterator[tuple[str, str]]:
    source = snapshot.get(path, RustSource)
    home = path.rpartition("/")[0] if path.endswith(("/lib.rs", "/mod.rs")) or path == "lib.rs" else path[:-3]
    for statement in source.imports if source else ():
        if statement.form is ImportForm.MODULE and statement.exported and statement.inside is None:
            name = statement.module
            files = (f"{home}/{name}.rs".lstrip("/"), f"{home}/{name}/mod.rs".lstrip("/"))
            if found := next((file for file in files if file in snapshot.paths), None):
                yield name, found


def _family(snapshot: Snapshot, path: str) -> tuple[str, ...]:
    return tuple(file for _, file in _children(snapshot, path))


def _items(snapshot: Snapshot, path: str) -> frozenset[str]:
    """What the module offers: its own items, and what it passes on from modules that are its own affair."""
    source = snapshot.get(path, RustSource) or RustSource(lines=0)
    own = {
        d.name
        for d in source.definitions
        if d.exported and d.kind in _ITEMS and d.inside is None and not source.in_test(d.line)
    }
    passed_on = (i for i in source.imports if i.form is ImportForm.REEXPORT)
    return frozenset(
        own | {name for one in passed_on for name in (one.names or (one.module.rpartition("::")[2],))}
    )


def _is_shown(snapshot: Snapshot, path: str, shown: frozenset[str]) -> bool:
    """Whether an example names one of its items, or the module explains itself with code."""
    source = snapshot.get(path, RustSource)
    return bool(_items(snapshot, path) & shown) or (source is not None and _explains(source))


def _explains(source: RustSource) -> bool:
    """Whether its documentation holds code: a fence of another language is a picture or a file's content."""
    is_open = False
    for line in (line for comment in source.comments for line in comment.text.splitlines()):
        if fence := _FENCE.match(line):
            if not is_open and _CODE.match(fence[1]):
                return True
            is_open = not is_open
    return False


def _offers(snapshot: Snapshot, paths: tuple[str, ...]) -> bool:
    return any(_items(snapshot, path) for path in paths)
