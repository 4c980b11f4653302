"""A service whose behaviour under load was never tried.

The first load test is then its first busy day: pool sizes, timeouts, memory and the slowest query are found out while
users wait.

## Fix

Keep one scenario of the busiest path beside the code, and run it before a release.

```javascript load/orders.js
export const options = { thresholds: { http_req_duration: ["p(95)<300"] } };
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

```markdown HIGH_PERFORMANCE_DEPLOYMENT.md
800 requests a second.
```

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

```python load/locustfile.py
from locust import HttpUser
```
"""

import re
from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.project_kind import Services
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_FILES = re.compile(
    r"(?:^|/|[._-])(?:k6|locust\w*|artillery|vegeta|gatling|jmeter|load[-_]?tests?|loadtests?|load|stress|perf(?:ormance)?(?:[-_]tests?)?|bench\w*)(?:/|[._-])|\.jmx$",
    re.IGNORECASE,
)
_SAID = (
    ".md",
    ".mdx",
    ".rst",
    ".txt",
    ".adoc",
)  # a report of how fast it is, by somebody who measured elsewhere
_TOOLS = re.compile(
    r"\b(?:k6 run|locust|artillery|vegeta|gatling|jmeter|wrk2?|hey|ghz|oha|autocannon|bombardier|ab -n|drill)\b"
)
_IMPORTS = frozenset({"locust", "k6", "k6/http", "artillery", "autocannon"})


@check(severity=Severity.LOW, about=Services, blocks=Stage.NONE, effort=(4.0, 16.0), proof=Proof.ABSENCE)
def no_load_tests(snapshot: Snapshot) -> Iterator[Finding]:
    tried = any(_FILES.search(path) and not path.endswith(_SAID) for path in snapshot.paths)
    tried = tried or any(
        _TOOLS.search(command.text) for command in snapshot.derived(ContinuousIntegration).commands
    )
    tried = tried or any(
        one.module in _IMPORTS for _, source in snapshot.files(Source) for one in source.imports
    )
    if not tried:
        services = [one.name for one in snapshot.derived(Services).components]
        serve = "serves" if len(services) == 1 else "serve"
        message = f"{', '.join(services[:3])} {serve} requests, and no load test is in the tree."
        yield Gap(
            "load tests",
            message,
            None,
            None,
            (
                Evidence(
                    "looked for k6, Locust, Artillery, Vegeta, Gatling, JMeter, wrk and folders of load tests"
                ),
            ),
        )
