"""The documents load an AppArmor or SELinux profile that is not in the repository.

AppArmor and SELinux let the kernel refuse what a program was never meant to touch, even when it runs as root. A profile that is
promised and missing can't be loaded, so the program runs without that wall.

## Fix

Commit the profile and load it with `apparmor_parser -r deploy/shop.apparmor`. `aa-genprof` writes a first one from what the program does:

```text deploy/shop.apparmor
#include <tunables/global>
profile shop /usr/bin/shop {
  #include <abstractions/base>
  network inet stream,
  /var/lib/shop/** rw,
}
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker run --security-opt apparmor=shop shop  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker run --security-opt apparmor=shop shop
~~~
```
```text packaging/apparmor/shop
profile shop { }
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedAccessControl
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=PromisedAccessControl,
    blocks=Stage.NONE,
    effort=(1.0, 6.0),
    proof=Proof.ABSENCE,
)
def no_mandatory_access_control_profile(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedAccessControl).unmet()
