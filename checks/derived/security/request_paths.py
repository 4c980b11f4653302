"""Files that requests name: what a handler opens by a name that came with the request, and whether anything checks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.request_handlers import RequestHandler, RequestHandlers
from checks.facts.python_source import PythonSource
from checks.facts.source import Call
from checks.snapshot import Snapshot

_REQUEST = re.compile(
    r"\brequest\.(?:args|form|values|query_params|path_params|match_info|GET|POST)\b"
    r"|\b(?:r|req|request)\.(?:FormValue|PathValue|PostFormValue)\b|\bURL\.(?:Query\(\)\.Get|Path)\b|\bchi\.URLParam\b|\bmux\.Vars\b"
    r"|\bc\.(?:Query|DefaultQuery|Param|Params|QueryParam|FormValue|PostForm)\b"
    r"|\breq(?:uest)?\.(?:params|query|body)\b|\bsearchParams\.get\b|\bctx\.(?:params|query)\b|\bc\.req\.(?:param|query)\b"
)
_OPENS = re.compile(
    r"^(?:open|io\.open|aiofiles\.open|FileResponse|(?:flask\.)?send_file|shutil\.(?:copy\w*|rmtree|move)|os\.(?:remove|unlink|listdir))$"
    r"|^os\.(?:Open|OpenFile|ReadFile|WriteFile|Create|Remove|RemoveAll)$|^ioutil\.(?:ReadFile|WriteFile)$"
    r"|^(?:fs|fsp|fs\.promises|promises)\.(?:readFile|writeFile|createReadStream|createWriteStream|unlink|rm)(?:Sync)?$|^(?:res|reply)\.(?:sendFile|download)$"
    r"|(?:^|::)(?:fs::(?:read|read_to_string|write|remove_file|remove_dir_all)|File::(?:open|create)|NamedFile::open(?:_async)?)$"
)
_JOINS = re.compile(r"(?:^|[.:])(?:join|Join|joinpath|push|Path|resolve|format!|Sprintf)$")
_GUARDS = re.compile(
    r"safe|valid|sanit|secure|check|clean|allow|verif|resolve|relative|canonical|normpath|normalize|realpath|abspath|basename|\bBase$|IsLocal|Root$|commonpath"
    r"|starts_?with|has_?prefix|contains|includes|components|file_?name$|match|regex|uuid|\bisin\b|exists_in",
    re.IGNORECASE,
)
_RUST = re.compile(r"^(?:Path|Query)\((\w+)\)$")
_INNER = re.compile(r"(?:^|::)(?:Path|Query)<String>$")
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class RequestPath:
    """A file that a handler opens by a name out of the request."""

    handler: RequestHandler
    call: Call
    name: str
    is_checked: bool


@dataclass(frozen=True)
class RequestPaths:
    """All of them."""

    all: tuple[RequestPath, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(found for handler in snapshot.derived(RequestHandlers).all for found in _opened(handler))
        )


def _opened(handler: RequestHandler) -> Iterator[RequestPath]:
    opens = [call for call in handler.calls if _OPENS.search(call.callee)]
    if not opens:
        return
    names = _tainted(handler)
    checked = _is_guarded(handler)
    for call in opens:
        texts = [argument.text for argument in call.arguments if not argument.literal]
        direct = next((m.group(0) for text in texts if (m := _REQUEST.search(text))), None)
        named = next((word for text in texts for word in _WORD.findall(text) if word in names), None)
        if found := direct or named:
            yield RequestPath(handler, call, found, checked)


def _tainted(handler: RequestHandler) -> set[str]:
    """Names that hold what the request says, and paths that are put together from them."""
    names = set(_given(handler))
    for binding in handler.bindings:
        if _REQUEST.search(binding.value):
            names.update(_WORD.findall(binding.name))
    joined = {call.line for call in handler.calls if _JOINS.search(call.callee) and _holds(call, names)}
    return names | {
        binding.name
        for binding in handler.bindings
        if binding.line in joined and _JOINS.search(binding.value)
    }


def _holds(call: Call, names: set[str]) -> bool:
    texts = [argument.text for argument in call.arguments if not argument.literal]
    return any(_REQUEST.search(text) or not names.isdisjoint(_WORD.findall(text)) for text in texts)


def _given(handler: RequestHandler) -> Iterator[str]:
    """Parameters that a framework fills from the path or the query; a part of the path holds no slash in Python's."""
    for name, written in handler.parameters:
        if isinstance(handler.source, PythonSource):
            in_path = re.search(rf"[{{<](?:[\w()]+:)?{re.escape(name)}(?::\w+)?[}}>]", handler.route)
            whole = in_path and "path" in in_path.group(0).replace(name, "")
            if written == "str" and (whole or not in_path):
                yield name
        elif (found := _RUST.match(name)) and "String" in written:
            yield found.group(1)
        elif _INNER.search(written):
            yield name


def _is_guarded(handler: RequestHandler) -> bool:
    names = (
        call.callee for call in handler.calls if not _JOINS.search(call.callee) or "resolve" in call.callee
    )
    if any(_GUARDS.search(name) for name in names) or "root:" in " ".join(
        argument.text for call in handler.calls for argument in call.arguments
    ):
        return True
    return any(".." in literal.value for literal in handler.source.strings if literal.inside == handler.name)
