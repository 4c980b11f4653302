"""A configuration allows everything that it could restrict.

An allow-list that matches every path, host or command restricts nothing, and a server that listens on all interfaces
with its authentication switched off serves whoever finds it. The setting reads like a safeguard, so nobody looks again.

## Fix

List what is needed, and nothing more:

```toml
[safety]
allowed_paths = ["./**"]
```

## Gap

```toml config.toml
[safety]
allowed_paths = ["/**"]  ← gap
```
```yaml server.yml
host: 0.0.0.0
auth_enabled: false  ← gap
```

## No gap

```toml config.toml
[safety]
allowed_paths = ["./**", "~/work/**"]
denied_paths = ["/**"]
```
```yaml server.yml
host: 127.0.0.1
auth_enabled: false
```
"""

import re
from collections.abc import Iterator

from checks.derived.configurations import Configuration, Configurations
from checks.facts.configuration_text import Setting
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

LIST = re.compile(
    r"^(?:[\w.-]*[._-])?(?:allow(?:ed|list)?|permit(?:ted)?|white_?list(?:ed)?|trusted)[._-]?(?:paths?|dir(?:ectorie)?s?|folders?|hosts?|ips?|cidrs?|networks?|commands?"
    r"|tools?|users?|domains?|urls?|roots?|proxies)$",
    re.IGNORECASE,
)
EVERYTHING = re.compile(
    r"^(?:/|/?\*{1,2}(?:/\*{1,2})?|/\*{1,2}/?|[A-Z]:\\{1,2}\*{0,2}|0\.0\.0\.0/0|::/0|\.\*)$"
)
LISTENS = re.compile(r"(?:^|[._-])(?:host|bind|bind_?addr(?:ess)?|listen|address)$", re.IGNORECASE)
OPEN = re.compile(r"^(?:0\.0\.0\.0|\[?::\]?)(?::\d+)?$")
AUTH = re.compile(
    r"(?:^|[._-])(?:auth(?:entication)?(?:[._-]?enabled)?|(?:enable|require)[._-]?auth(?:entication)?)$",
    re.IGNORECASE,
)
NO_AUTH = re.compile(
    r"(?:^|[._-])(?:(?:disable|no)[._-]?auth(?:entication)?|auth(?:entication)?[._-]?disabled)$",
    re.IGNORECASE,
)


@check(severity=Severity.CRITICAL, about=Configurations, effort=(0.25, 2.0))
def config_allows_everything(snapshot: Snapshot) -> Iterator[Finding]:
    for file in snapshot.derived(Configurations).shipped:
        for setting in file.settings:
            if LIST.match(setting.key) and EVERYTHING.match(setting.value):
                message = f"`{setting.key}` allows `{setting.value}`, which is everything."
                yield Gap(setting.key, message, file.path, setting.line)
        yield from _open_without_authentication(file)


def _open_without_authentication(file: Configuration) -> Iterator[Finding]:
    listens = next((one for one in file.settings if LISTENS.search(one.key) and OPEN.match(one.value)), None)
    off = next((one for one in file.settings if _is_off(one)), None)
    if listens and off:
        evidence = (Evidence(f"`{listens.key}` listens on all interfaces", file.path, listens.line),)
        message = f"`{off.key}` switches authentication off while `{listens.key}` listens on all interfaces."
        yield Gap(off.key, message, file.path, off.line, evidence)


def _is_off(setting: Setting) -> bool:
    value = setting.value.lower()
    off = AUTH.search(setting.key) and value in ("false", "no", "off", "none", "disabled")
    return bool(off or (NO_AUTH.search(setting.key) and value in ("true", "yes", "on")))
