"""An alert watches a metric that nothing exposes.

The expression has no data, so the alert never fires: it looks like protection in every review, and stays silent in
every outage. Mostly the metric was renamed in the code and nobody told the rule.

## Fix

Name the metric as the code does:

```yaml
expr: rate(orders_failed_total[5m]) > 0.1
```

`promtool`, which comes with Prometheus, runs rules over numbers that you write down: `promtool test rules alerts.test.yml` says
whether the alert would fire.

## Gap

```yaml deploy/rules.yaml
groups:
  - name: orders
    rules:
      - alert: OrdersFailing
        expr: rate(orders_failures_total[5m]) > 0.1  ← gap
```
```python service/metrics.py
from prometheus_client import Counter

FAILED = Counter("orders_failed_total", "Orders that failed")
```

## No gap

```yaml deploy/rules.yaml
groups:
  - name: orders
    rules:
      - alert: OrdersFailing
        expr: sum by (shop) (rate(orders_failed_total{job="orders"}[5m])) > 0.1 and up == 1
```
```python service/metrics.py
from prometheus_client import Counter

FAILED = Counter("orders_failed_total", "Orders that failed")
```
"""

from collections.abc import Iterator

from checks.derived.observability.exposed_metrics import ExposedMetrics
from checks.facts.prometheus_rules import PrometheusRules
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ExposedMetrics, effort=(0.25, 1.0))
def alert_references_unknown_metric(snapshot: Snapshot) -> Iterator[Finding]:
    exposed = snapshot.derived(ExposedMetrics)
    for path, file in snapshot.shipped(PrometheusRules):
        for rule in file.rules:
            own = (name for name in rule.metrics if name.split("_")[0] in exposed.prefixes)
            for metric in own if rule.is_alert else ():
                if not exposed.knows(metric):
                    message = f"The alert `{rule.name}` watches `{metric}`, which no code exposes."
                    looked = (
                        f"looked for the name among {len(exposed.names)} metrics and all texts of the code"
                    )
                    yield Gap(f"{rule.name}: {metric}", message, path, rule.line, (Evidence(looked),))
