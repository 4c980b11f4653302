"""The documents start a systemd service whose unit is not in the repository.

A unit file tells Linux's service manager how to start a program, as whom, and to start it again after a crash or a reboot.
Whoever follows the documents gets `Unit shop.service not found`, and writes a worse one by hand.

## Fix

Ship the unit and say where it goes (`/etc/systemd/system/`):

```ini packaging/shop.service
[Unit]
Description=Shop
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/local/bin/shop
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
NoNewPrivileges=yes
Restart=on-failure

[Install]
WantedBy=multi-user.target
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
sudo systemctl enable --now shop  ← gap
~~~
```
```toml Cargo.toml
[package]
name = "shop"
version = "1.0.0"
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
sudo systemctl enable --now shop
~~~
```
```ini packaging/shop.service
[Service]
ExecStart=/usr/bin/shop
```
```toml Cargo.toml
[package]
name = "shop"
version = "1.0.0"
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedUnit
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=PromisedUnit, blocks=Stage.NONE, effort=(0.5, 2.0), proof=Proof.ABSENCE)
def no_systemd_unit(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedUnit).unmet()
