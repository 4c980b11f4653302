"""What a command line starts."""

from __future__ import annotations

import pytest

from checks.derived.command_targets import command_targets


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uvicorn main:app --port 80", [("python module", "main")]),
        ("python workers/task.py", [("file", "workers/task.py")]),
        ("uv run --no-dev python -m shop", [("python -m", "shop")]),
        ("poetry run gunicorn -b :80 app.main:app", [("python module", "app.main")]),
        (
            "sh -c 'alembic upgrade head && exec uvicorn app.main:app'",
            [("command", "alembic"), ("python module", "app.main")],
        ),
        ("node dist/index.js", [("file", "dist/index.js")]),
        ("npm run start:prod", [("package script", "start:prod")]),
        ("npm start", [("package script", "start")]),
        ("npm run", [("command", "npm")]),
        ("npm install", [("command", "npm")]),
        ("pnpm --filter web start", [("package script", "start")]),
        ("tini -- python -u -W error main.py", [("file", "main.py")]),
        ("celery -A app.worker worker", [("python module", "app.worker")]),
        ("celery --app=app.worker worker", [("python module", "app.worker")]),
        ("uwsgi --wsgi-file wsgi.py", [("file", "wsgi.py")]),
        ("flask run", [("command", "flask")]),
        ("/entrypoint.sh web", [("file", "/entrypoint.sh")]),
        ("A=1 env B=2 python -m gunicorn x.y:z", [("python module", "x.y")]),
        ("timeout 5 ./server", [("file", "./server")]),
        ("bash scripts/start.sh", [("file", "scripts/start.sh")]),
        ("python -c 'print(1)'", []),
        ("python", []),
        ("python -m", []),
        ("bash", []),
        ("bash -e scripts/start.sh", [("file", "scripts/start.sh")]),
        ("streamlit run app", []),
        ("streamlit", []),
        ("streamlit run ui.py", [("file", "ui.py")]),
        ("fastapi run --workers 4 web/main.py", [("file", "web/main.py")]),
        ("echo 'unclosed", [("command", "echo")]),
        ("", []),
    ],
)
def test_targets(command: str, expected: list[tuple[str, str]]) -> None:
    found = [(target.kind.value, target.name) for target in command_targets(command)]
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)
