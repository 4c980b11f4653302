"""The documents run a container under a seccomp profile that is not in the repository.

A seccomp profile lists the system calls that a container may make. With the file missing Docker refuses to start the
container, and people leave the option out: the program then runs with less confinement than was promised.

## Fix

Commit the profile. Docker's own default (`profiles/seccomp/default.json` in the repository `moby/profiles`) is the place to start;
take away what the program doesn't call. Smallest form, which allows all but the calls named:

```json seccomp.json
{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["ptrace", "mount"], "action": "SCMP_ACT_ERRNO"}]}
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker run --security-opt seccomp=seccomp.json shop  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker run --security-opt seccomp=seccomp.json shop
~~~
```
```json seccomp.json
{"defaultAction": "SCMP_ACT_ERRNO"}
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedSeccomp
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=PromisedSeccomp, blocks=Stage.NONE, effort=(1.0, 6.0), proof=Proof.ABSENCE
)
def no_seccomp_profile(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedSeccomp).unmet()
