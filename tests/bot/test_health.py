"""What the app answers besides webhooks."""

import psycopg
import pytest

from bot.settings import Settings
from checks import all_checks
from sandbox.model import Repository
from tests.bot.service import Service
from tests.bot.test_reviews import opened


async def fetched(service: Service, path: str) -> tuple[int, str, str]:
    async with service.http.get(f"{service.address}{path}") as answer:
        return answer.status, answer.content_type, await answer.text()


async def test_it_is_alive_and_ready(service: Service) -> None:
    assert (await fetched(service, "/healthz"))[0] == 200
    status, _, text = await fetched(service, "/readyz")
    assert status == 200
    assert text.count('"ok"') == 2


@pytest.mark.parametrize(("table", "part"), [("requests", "database"), ("procrastinate_jobs", "queue")])
async def test_it_is_not_ready_when_the_database_or_the_queue_does_not_answer(
    service: Service, settings: Settings, table: str, part: str
) -> None:
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value(), autocommit=True) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO hidden".encode())
        status, _, text = await fetched(service, "/readyz")
        connection.execute(f"ALTER TABLE hidden RENAME TO {table}".encode())
    assert status == 503
    assert f'"{part}": "no answer"' in text
    assert (await fetched(service, "/healthz"))[0] == 200


async def test_metrics_count_deliveries_reviews_and_requests(service: Service, shop: Repository) -> None:
    await opened(service, shop)
    status, kind, text = await fetched(service, "/metrics")
    assert (status, kind) == (200, "text/plain")
    assert 'gonogo_deliveries_total{event="pull_request",outcome="queued"} 1.0' in text
    assert 'gonogo_jobs_total{job="review-pull",outcome="done"} 1.0' in text
    assert "gonogo_review_seconds_count 1.0" in text
    assert 'gonogo_github_requests_total{method="POST",status="201"}' in text
    assert 'gonogo_facts_total{source="extraction"}' in text


async def test_metrics_have_no_label_that_a_stranger_chooses(service: Service) -> None:
    body = b"{}"
    await service.send(
        body, {**service.headers(body, "made_up"), "X-Hub-Signature-256": "sha256=" + "0" * 64}
    )
    assert "made_up" not in (await fetched(service, "/metrics"))[2]


async def test_every_check_has_its_page(service: Service) -> None:
    check = all_checks()[0]
    status, kind, text = await fetched(service, f"/checks/{check.id}")
    assert (status, kind) == (200, "text/html")
    assert check.id in text
    assert (await fetched(service, "/checks/no-such-check"))[0] == 404


async def test_the_front_page_says_who_is_here(service: Service) -> None:
    status, kind, text = await fetched(service, "/")
    assert (status, kind) == (200, "text/html")
    assert "gonogo" in text


async def test_pages_run_no_scripts(service: Service) -> None:
    async with service.http.get(f"{service.address}/checks/{all_checks()[0].id}") as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
