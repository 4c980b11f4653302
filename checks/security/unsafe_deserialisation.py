"""Data is deserialised in a way that can run code.

Pickle, an unsafe YAML loader and their like build whatever objects the data names: whoever can write the file, the
cache entry or the message decides what runs in the service. Where the same file wrote the bytes, only who can reach their
store can change them, and the gap weighs less.

## Fix

Use a format that holds only data, or verify a signature over the bytes first:

```python
settings = yaml.safe_load(text)  # not yaml.load(text, Loader=yaml.Loader)
job = json.loads(message)  # not pickle.loads(message)
```

## Gap

```python service/jobs.py
import pickle

import yaml

def read(body, config):
    job = pickle.loads(body)  ← gap
    return job, yaml.load(config, Loader=yaml.UnsafeLoader)  ← gap
```

## No gap

```python service/jobs.py
import json

import yaml

def read(body, config):
    return json.loads(body), yaml.safe_load(config), yaml.load(config, Loader=yaml.CSafeLoader)
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

BUILDS_OBJECTS = {
    "pickle": re.compile(r"^(?:c?[pP]ickle|_pickle)\.(?:loads?|Unpickler)$"),
    "dill": re.compile(r"^dill\.loads?$"),
    "cloudpickle": re.compile(r"^cloudpickle\.loads?$"),
    "marshal": re.compile(r"^marshal\.loads?$"),
    "jsonpickle": re.compile(r"^jsonpickle\.decode$"),
    "node-serialize": re.compile(r"\.unserialize$"),
}
_COMPARES = re.compile(
    r"(?:^|\.)(?:compare_digest|timingSafeEqual|verify_signature)$"
)  # whose bytes they are is checked
WRITES = re.compile(r"^(?:c?[pP]ickle|_pickle|dill|cloudpickle|marshal)\.dumps?$")
SAFE_LOADER = re.compile(r"(?:^|\.)C?(?:Safe|Base)Loader$")
YAML_LOAD = re.compile(r"^yaml\.(?:load|load_all|unsafe_load|unsafe_load_all)$")


@check(severity=Severity.HIGH, about=Source, effort=(1.0, 8.0), ranked_by=LiveCode)
def unsafe_deserialisation(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        modules = {found.module for found in source.imports}
        writes = any(WRITES.search(call.callee) for call in source.calls)
        signed = {call.inside for call in source.calls if _COMPARES.search(call.callee)}
        for call in source.calls:
            if (
                not source.in_test(call.line)
                and call.inside not in signed - {None}
                and _is_unsafe(call, modules)
            ):
                # Bytes at hand come from a message or a cache; a file is as safe as the place it lies in.
                own = writes or call.callee.endswith((".load", ".Unpickler"))
                severity = Severity.MEDIUM if own and "yaml" not in call.callee else None
                message = f"`{call.callee}` builds whatever objects its data names."
                yield Gap(
                    f"{call.inside or 'module'}: {call.callee}", message, path, call.line, severity=severity
                )


def _is_unsafe(call: Call, modules: set[str]) -> bool:
    if "yaml" in modules and YAML_LOAD.match(call.callee):
        loader = call.argument("Loader") or (call.arguments[1] if len(call.arguments) > 1 else None)
        named = loader is not None and re.search(r"(?:Full|Unsafe)?Loader$", loader.text) is None
        return "unsafe" in call.callee or not (
            named or (loader is not None and SAFE_LOADER.search(loader.text))
        )
    if call.arguments and ".dumps(" in call.arguments[0].text:  # its own bytes of a moment ago
        return False
    return any(module in modules and callee.search(call.callee) for module, callee in BUILDS_OBJECTS.items())
