"""Which routers of Koa, Hono, Fastify and Django nothing mounts."""

from __future__ import annotations

import pytest

from checks.derived.wiring.routers import Routers
from tests.checks.trees import snapshot

PACKAGE = {"package.json": '{"name": "shop", "private": true}'}
KOA = 'import Router from "koa-router";\nconst router = new Router();\nrouter.get("/", list);\nexport default router;\n'
HONO = 'import { Hono } from "hono";\nexport const books = new Hono().get("/", list);\n'
HONO_APP = 'import { Hono } from "hono";\nimport { pens } from "./pens";\nconst app = new Hono();\napp.route("/pens", pens);\nexport default app;\n'
PENS = HONO.replace("books", "pens")
FASTIFY = 'import { FastifyInstance } from "fastify";\nexport async function books(app: FastifyInstance) { app.get("/", list); }\n'
FASTIFY_APP = 'import Fastify from "fastify";\nconst app = Fastify();\napp.listen({ port: 1 });\n'
SETTINGS = 'ROOT_URLCONF = "shop.urls"\n'
URLS = "urlpatterns = [path('', view)]\n"


@pytest.mark.parametrize(
    ("files", "unmounted"),
    [
        ({"src/books.ts": KOA}, ["router"]),
        ({"src/books.ts": f"{KOA}app.use(router.routes());\n"}, []),
        (
            {"src/books.ts": KOA, "src/all.ts": 'import books from "./books";\nadd({ value: { books } });\n'},
            [],
        ),
        ({"src/books.ts": KOA, "src/all.ts": 'export { default } from "./books";\n'}, ["router"]),
        ({"src/books.ts": HONO, "src/app.ts": HONO_APP, "src/pens.ts": PENS}, ["books"]),
        ({"src/pens.ts": PENS, "src/app.ts": HONO_APP}, []),
        ({"src/books.ts": HONO}, []),  # it may be all of the application
        ({"src/index.ts": HONO, "src/app.ts": HONO_APP, "src/pens.ts": PENS}, []),
        ({"src/books.ts": FASTIFY, "src/app.ts": FASTIFY_APP}, ["books"]),
        ({"src/books.ts": FASTIFY}, []),  # nothing starts an application
        ({"src/books.ts": FASTIFY, "src/app.ts": f'import "@fastify/autoload";\n{FASTIFY_APP}'}, []),
        ({"src/books.ts": f"{FASTIFY}export default plugin(books);\n", "src/app.ts": FASTIFY_APP}, []),
        (
            {
                "src/books.ts": FASTIFY,
                "src/app.ts": f'import {{ books }} from "./books";\n{FASTIFY_APP}app.register(books);\n',
            },
            [],
        ),
        (
            {
                "src/books.ts": FASTIFY.replace("app.get", "app.ready"),
                "src/app.ts": FASTIFY_APP,
            },
            [],
        ),
        (
            {
                "src/books.ts": f"{FASTIFY}function list() {{}}\n".replace(
                    "app: FastifyInstance", "fastify"
                ).replace("app.get", "fastify.get"),
                "src/app.ts": FASTIFY_APP,
            },
            ["books"],
        ),
    ],
)
def test_node(files: dict[str, str], unmounted: list[str]) -> None:
    found = snapshot({**PACKAGE, **files}).derived(Routers)
    assert [router.name for router in found.unmounted] == unmounted


def test_a_published_package_may_be_mounted_by_others() -> None:
    files = {"package.json": '{"name": "shop", "version": "1.0.0"}', "src/books.ts": KOA}
    assert len(snapshot(files).derived(Routers)) == 0


@pytest.mark.parametrize(
    ("files", "unmounted"),
    [
        ({"shop/settings.py": SETTINGS, "shop/urls.py": URLS, "books/urls.py": URLS}, ["books/urls.py"]),
        (
            {
                "shop/settings.py": SETTINGS,
                "shop/urls.py": "urlpatterns = [include('books.urls')]\n",
                "books/urls.py": URLS,
            },
            [],
        ),
        (
            {
                "shop/settings.py": SETTINGS,
                "shop/urls.py": f"from books import urls\n{URLS}",
                "books/__init__.py": "",
                "books/urls.py": URLS,
            },
            [],
        ),
        (
            {
                "shop/settings.py": SETTINGS,
                "shop/urls.py": "urlpatterns = [include(f'{app}.urls') for app in apps]\n",
                "books/urls.py": URLS,
            },
            [],
        ),
        ({"books/urls.py": URLS}, []),  # an application for others' projects
        ({"shop/settings.py": SETTINGS, "shop/urls.py": "x = 1\n", "tests/urls.py": URLS}, []),
    ],
)
def test_django(files: dict[str, str], unmounted: list[str]) -> None:
    assert [router.path for router in snapshot(files).derived(Routers).unmounted] == unmounted
