"""A systemd unit lets its service do whatever its user may.

systemd is Linux's service manager, and can shut a program in: without that, whoever finds a hole in the service reads every
file of the machine that its user may read, leaves programs behind, and gains privileges through any set-uid program.

## Fix

These lines cost a service nothing that keeps its data in `/var/lib`; `systemd-analyze security shop.service` names what is left:

```ini packaging/shop.service
[Unit]
Description=Shop

[Service]
ExecStart=/usr/bin/shop
Restart=always
DynamicUser=yes
StateDirectory=shop
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
CapabilityBoundingSet=
```

An empty `CapabilityBoundingSet=` takes every special right away; a service that listens below port 1024 needs
`CAP_NET_BIND_SERVICE` there and in `AmbientCapabilities=`.

## Gap

```ini packaging/shop.service
[Unit]
Description=Shop

[Service]
ExecStart=/usr/bin/shop  ← gap
Restart=always
```

## No gap

```ini packaging/shop.service
[Service]
ExecStart=/usr/bin/shop
User=shop
NoNewPrivileges=true
ProtectSystem=full
PrivateTmp=true
```
"""

from collections.abc import Iterator

from checks.derived.kubernetes.system_services import SystemServices
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_TOLERATED = 3  # of five walls: some services need what one of them takes away


@check(severity=Severity.LOW, about=SystemServices, blocks=Stage.NONE, effort=(0.5, 2.0))
def systemd_unit_not_hardened(snapshot: Snapshot) -> Iterator[Finding]:
    for service in snapshot.derived(SystemServices).all:
        if len(service.missing) > _TOLERATED or (service.is_root and len(service.missing) > 1):
            user = "runs as root" if service.is_root else "runs"
            yield Gap(
                subject="confinement",
                message=f"The service {user} without {', '.join(service.missing)}.",
                path=service.path,
                line=service.line,
                evidence=(Evidence("looked for these settings in the unit and its drop-ins", service.path),),
                severity=Severity.MEDIUM if service.is_root else None,
            )
