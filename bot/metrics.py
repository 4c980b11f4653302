"""What Prometheus can ask for: deliveries, reviews, their length, what waits, what GitHub answered."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One registry for one app, so that two apps in one process don't share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.deliveries = Counter(
            "gonogo_deliveries_total", "Webhook deliveries.", ["event", "outcome"], registry=self.registry
        )
        self.delivery_seconds = Histogram(
            "gonogo_delivery_seconds",
            "Time to answer a delivery.",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
            registry=self.registry,
        )
        self.jobs = Counter(
            "gonogo_jobs_total", "Jobs by outcome.", ["job", "outcome"], registry=self.registry
        )
        self.review_seconds = Histogram(
            "gonogo_review_seconds",
            "Time from start to published review.",
            buckets=(0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 40, 80, 160),
            registry=self.registry,
        )
        self.facts = Counter(
            "gonogo_facts_total", "Facts asked for, by source.", ["source"], registry=self.registry
        )
        self.waiting = Gauge("gonogo_requests_waiting", "Requests not handled yet.", registry=self.registry)
        self.requests = Counter(
            "gonogo_github_requests_total",
            "Requests to GitHub.",
            ["method", "status"],
            registry=self.registry,
        )

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
