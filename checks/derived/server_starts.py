"""Where shipped code builds or starts a network server, in any language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checks.derived.tree_paths import SCRIPTS, VIEWS, parents
from checks.facts.source import Source
from checks.snapshot import Snapshot

# Callee -> what the same file must import (by prefix) for the name to be the framework's.
_SERVERS: dict[str, tuple[str, ...]] = {
    "FastAPI": ("fastapi",),
    "Flask": ("flask",),
    "Starlette": ("starlette",),
    "Sanic": ("sanic",),
    "Quart": ("quart",),
    "Litestar": ("litestar",),
    "uvicorn.run": ("uvicorn",),
    "hypercorn.asyncio.serve": ("hypercorn",),
    "web.Application": ("aiohttp",),
    "web.run_app": ("aiohttp",),
    "grpc.server": ("grpc",),
    "grpc.aio.server": ("grpc",),
    "get_wsgi_application": ("django",),
    "get_asgi_application": ("django",),
    "http.ListenAndServe": ("net/http",),
    "http.ListenAndServeTLS": ("net/http",),
    "http.Serve": ("net/http",),
    "gin.Default": ("github.com/gin-gonic/gin",),
    "gin.New": ("github.com/gin-gonic/gin",),
    "echo.New": ("github.com/labstack/echo",),
    "fiber.New": ("github.com/gofiber/fiber",),
    "grpc.NewServer": ("google.golang.org/grpc",),
    "axum::serve": ("axum",),
    "axum::Server::bind": ("axum",),
    "HttpServer::new": ("actix_web",),
    "actix_web::HttpServer::new": ("actix_web",),
    "warp::serve": ("warp",),
    "rocket::build": ("rocket",),
    "rocket::custom": ("rocket",),
    "Server::builder": ("tonic",),
    "express": ("express",),
    "fastify": ("fastify",),
    "Fastify": ("fastify",),
    "Koa": ("koa",),
    "Hono": ("hono",),
    "Elysia": ("elysia",),
    "NestFactory.create": ("@nestjs/core",),
    "http.createServer": ("http", "node:http"),
    "https.createServer": ("https", "node:https"),
}
_WITHOUT_IMPORT = frozenset(
    {
        "Bun.serve",
        "Deno.serve",
        "axum::serve",
        "warp::serve",
        "rocket::build",
        "rocket::custom",
        "actix_web::HttpServer::new",
    }
)
# Rust's macros keep what they run as mere tokens. What is joined there runs as long as the program.
_WAITING = re.compile(r"(?:^|::)(?:try_)?(?:join|select)!$")
_RUST_SERVER = frozenset({"axum", "serve", "TcpListener"})
_RENDERS = re.compile(r"^(?:next|nuxt|vite|@?remix|@sveltejs|react-router|@react-router|astro)(?:/|-|$)")
_MANY_PAGES = 20
_GO_METHODS = ("ListenAndServe", "ListenAndServeTLS")  # of an http.Server, whatever the variable is called


@dataclass(frozen=True, slots=True)
class ServerStart:
    """A place that builds or starts a server."""

    path: str
    line: int
    what: str


def server_starts(snapshot: Snapshot) -> Iterator[ServerStart]:
    """Every server that shipped code starts, by path. Frameworks of web pages that start themselves are not counted,
    nor is a script that hands out the built pages: what runs there is mostly the browser's, and metrics of it are not owed.
    """
    shipped = (path for path, _ in snapshot.shipped(Source) if path.endswith(VIEWS))
    pages = Counter(folder for path in shipped for folder in parents(path))
    for path, source in snapshot.shipped(Source):
        found = (*_in_source(source), *_in_macro(source))
        starts = [ServerStart(path, line, what) for line, what in found]
        if starts and not (path.endswith(SCRIPTS) and _hands_out_pages(path, source, pages)):
            yield from starts


def _hands_out_pages(path: str, source: Source, pages: Counter[str]) -> bool:
    """Whether it stands alone above many pages: it uses no module of its own, and no framework that renders them."""
    alone = not any(i.module.startswith(".") or _RENDERS.match(i.module) for i in source.imports)
    return alone and pages[path.rpartition("/")[0]] >= _MANY_PAGES


def _in_source(source: Source) -> Iterator[tuple[int, str]]:
    imported = tuple(
        statement.module for statement in source.imports if statement.level == 0 and not statement.type_only
    )
    named = {
        module.rpartition("::")[2]: module for module in imported if module in _SERVERS
    }  # use axum::serve
    for call in source.calls:
        if source.in_test(call.line):
            continue
        callee = call.callee.removeprefix("new ").strip()
        callee = named.get(callee, callee)
        wanted = _SERVERS.get(callee) or _SERVERS.get(_last_two(callee)) or _go_method(callee, imported)
        if callee in _WITHOUT_IMPORT or (wanted and any(_is_of(module, wanted) for module in imported)):
            yield call.line, callee


def _in_macro(source: Source) -> Iterator[tuple[int, str]]:
    """The macro that a file with axum's `serve` and a listener waits in, of several the last."""
    if not source.references >= _RUST_SERVER or any(call.callee == "axum::serve" for call in source.calls):
        return
    waiting = [c.line for c in source.calls if _WAITING.search(c.callee) and not source.in_test(c.line)]
    if waiting:
        yield waiting[-1], "axum::serve"


def _last_two(callee: str) -> str:
    """`fastapi.FastAPI` is known as `FastAPI`; `a.b.web.Application` as `web.Application`."""
    parts = callee.split(".")
    return parts[-1] if parts[-1][:1].isupper() and len(parts) == 2 else ".".join(parts[-2:])


def _go_method(callee: str, imported: tuple[str, ...]) -> tuple[str, ...]:
    is_go = "net/http" in imported and callee.rpartition(".")[2] in _GO_METHODS
    return ("net/http",) if is_go else ()


def _is_of(module: str, wanted: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith((f"{name}.", f"{name}/", f"{name}::")) for name in wanted)
