"""The app put together: nothing happens at import, everything opened is closed in turn."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

from aiohttp import web

from bot.commands import Commands
from bot.facts import FactsReader
from bot.github.authentication import AppKey
from bot.github.calls import CallRecord
from bot.github.github import GitHub
from bot.github.options import Options
from bot.handler import Handler
from bot.health import Health
from bot.log import get_logger
from bot.metrics import Metrics
from bot.queue import Queue
from bot.review import Reviewer
from bot.review_process import ReviewProcesses
from bot.review_worker import Write
from bot.settings import Credentials, Settings
from bot.setup import Setup
from bot.snapshots.extraction import Extractor
from bot.store.database import open_database
from bot.store.facts import FactsCache
from bot.sweep import Sweep
from bot.webhook import SIZE_LIMIT, Webhook
from bot.written import write
from checks import all_checks

_CLOSING_SECONDS = 5.0

Listening = Callable[[str], None]


def github_options(settings: Settings) -> Options:
    """How the client is to behave towards this GitHub."""
    return Options(api_url=settings.github_api_url, write_spacing=settings.write_spacing)


@contextlib.asynccontextmanager
async def running(
    settings: Settings, credentials: Credentials, write: Write = write
) -> AsyncIterator[web.Application]:
    """The app at work: database, queue, GitHub, worker processes, sweep; and what it answers to.

    `write` is what the worker processes do with a review.
    """
    metrics = Metrics()
    await asyncio.to_thread(
        all_checks
    )  # found and loaded now: a broken one is to stop the start, not the reviews
    async with contextlib.AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        extractor = Extractor(settings.processes)
        stack.push_async_callback(asyncio.to_thread, extractor.close)
        processes = ReviewProcesses(settings.concurrency, settings.review_seconds, write=write)
        stack.push_async_callback(asyncio.to_thread, processes.close)
        github = await stack.enter_async_context(
            GitHub.connect(
                AppKey(credentials.app_id, credentials.private_key),
                github_options(settings),
                _observer(metrics),
            )
        )
        queue = Queue(database, metrics, stalled_seconds=settings.stalled_seconds)
        await stack.enter_async_context(queue.opened())
        facts = FactsCache(database)
        reader = FactsReader(facts, extractor)
        reviewer = Reviewer(github, database, reader, processes, settings, metrics)
        handler = Handler(github, database, queue, reviewer, Commands(github, database, queue))
        await stack.enter_async_context(
            queue.working(handler, reviewer.report, concurrency=settings.concurrency)
        )
        sweep = Sweep(github, database, queue, facts)
        await stack.enter_async_context(_background(sweep.always(settings.sweep_seconds)))
        yield _application(Webhook(credentials, database, queue, metrics), Health(database, queue, metrics))


async def serve(settings: Settings, *, listening: Listening = lambda _: None, write: Write = write) -> None:
    """Serve until told to stop: the set-up page while there are no credentials, then the app."""
    stop = asyncio.Event()
    port = settings.port
    ReviewProcesses.warm()
    with _signals(stop):
        while not stop.is_set():
            credentials = settings.credentials()
            if credentials is None:
                port = await _serve_setup(settings, port, stop, listening)
                continue
            async with running(settings, credentials, write) as application:
                async with _listening(application, settings.host, port) as address:
                    get_logger().info("listening", address=address)
                    listening(address)
                    await stop.wait()
                get_logger().info("stopping")


async def _serve_setup(settings: Settings, port: int, stop: asyncio.Event, listening: Listening) -> int:
    """Until the App is made; the port, so that the browser finds the app where the page was."""
    setup = Setup(settings, github_options(settings))
    async with _listening(setup.application(), settings.host, port) as address:
        where = f"{address}/setup" + (f"?key={setup.key}" if setup.key else "")
        get_logger().warning("no GitHub App is configured: open the address to make one", address=where)
        listening(address)
        waiting = [asyncio.ensure_future(event.wait()) for event in (stop, setup.done)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        return int(address.rpartition(":")[2])


def _application(webhook: Webhook, health: Health) -> web.Application:
    application = web.Application(client_max_size=SIZE_LIMIT)
    application.add_routes([web.post("/webhook", webhook.post), *health.routes()])
    return application


@contextlib.asynccontextmanager
async def _listening(application: web.Application, host: str, port: int) -> AsyncIterator[str]:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_CLOSING_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        actual = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{actual}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _background(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGINT and SIGTERM end us in order. Only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _observer(metrics: Metrics) -> Callable[[CallRecord], None]:
    def observe(record: CallRecord) -> None:
        metrics.requests.labels(record.method, str(record.status)).inc()

    return observe
