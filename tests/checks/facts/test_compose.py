"""Compose files in their many forms."""

from __future__ import annotations

from checks.facts.compose import Compose

TEXT = """\
include: [other.yml, {path: [a.yml, b.yml]}]
services:
  api:
    build:
      context: ./api
      dockerfile: Dockerfile.prod
      target: run
      args: {A: "1", B: null}
    command: uvicorn app:app --port 80 && echo done
    entrypoint: ["/entry.sh", "x"]
    ports: ["127.0.0.1:8080:80/tcp", "443", {target: 90, published: "9090", host_ip: 0.0.0.0}]
    volumes:
      - ./src:/app:ro
      - data:/data
      - /anonymous
      - {type: bind, source: ./conf, target: /conf, read_only: true}
    environment: [A=1, PASSED]
    env_file: [.env, {path: opt.env, required: false}]
    depends_on: {db: {condition: service_healthy}, cache: {}}
    healthcheck: {test: [CMD, curl, localhost]}
    deploy: {replicas: 2, resources: {limits: {memory: 1g}}, restart_policy: {condition: any}}
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    read_only: true
    extends: {service: base}
  db:
    image: ${IMAGE:-postgres}:17
    environment: {POSTGRES_PASSWORD: x, EMPTY: null}
    depends_on: [api]
    healthcheck: {test: NONE}
    restart: always
    env_file: db.env
    mem_limit: 1g
  remote: {build: "https://github.com/a/b.git#main"}
  inline: {build: {dockerfile_inline: "FROM x"}}
volumes: {data: {}}
networks: {net: {}}
configs: {c: {file: ./c.conf}}
secrets: {s: {file: ./s.txt}, e: {external: true}}
"""


def test_services() -> None:
    compose = Compose.extract(TEXT)
    api, db = compose.service("api"), compose.service("db")
    assert api is not None
    assert db is not None
    assert api.build is not None
    assert (api.build.context, api.build.dockerfile, api.build.target) == ("./api", "Dockerfile.prod", "run")
    assert api.build.args == (("A", "1"), ("B", None))
    assert [c.words[0] for c in api.commands] == ["/entry.sh", "uvicorn", "echo"]
    assert [(p.address, p.host, p.container) for p in api.ports] == [
        ("127.0.0.1", "8080", "80"),
        ("", "", "443"),
        ("0.0.0.0", "9090", "90"),  # noqa: S104 - a text
    ]
    assert [(m.source, m.is_bind, m.read_only) for m in api.mounts] == [
        ("./src", True, True),
        ("data", False, False),
        ("", False, False),
        ("./conf", True, True),
    ]
    assert [(v.name, v.value) for v in (*api.variables, *db.variables)] == [
        ("A", "1"),
        ("PASSED", None),
        ("POSTGRES_PASSWORD", "x"),
        ("EMPTY", None),
    ]
    assert [(e.path, e.required) for e in (*api.env_files, *db.env_files)] == [
        (".env", True),
        ("opt.env", False),
        ("db.env", True),
    ]
    assert api.depends_on == (("db", "service_healthy"), ("cache", "service_started"))
    assert db.depends_on == (("api", "service_started"),)
    assert (api.healthcheck, db.healthcheck_disabled) == (("CMD", "curl", "localhost"), True)
    assert (api.restart, db.restart, api.replicas, api.has_limits, db.has_limits) == (
        "any",
        "always",
        2,
        True,
        True,
    )
    assert (api.read_only, api.dropped_capabilities, api.extends) == (True, ("ALL",), "base")
    assert db.resolved_image is not None
    assert (db.resolved_image.resolved, api.resolved_image) == ("postgres:17", None)


def test_builds_elsewhere_and_references() -> None:
    compose = Compose.extract(TEXT)
    remote, inline = compose.service("remote"), compose.service("inline")
    assert remote is not None
    assert remote.build is not None
    assert remote.build.is_remote
    assert inline is not None
    assert inline.build is not None
    assert (inline.build.is_inline, inline.build.context) == (True, ".")
    assert [(r.path, r.field) for r in compose.references] == [
        ("other.yml", "include"),
        ("a.yml", "include"),
        ("b.yml", "include"),
        ("./c.conf", "configs"),
        ("./s.txt", "secrets"),
    ]
    assert compose.volumes == ("data",)
    assert compose.service("none") is None


def test_other_forms_and_what_names_nothing() -> None:
    found = Compose.extract("""\
include: [{env_file: .env}, {path: [a.yml, ""]}]
services:
  api:
    build: {context: ., args: [A=1, B]}
    ports: [{published: 80}, {target: 90}]
    command: []
    entrypoint: ["/run"]
""")
    (api,) = found.services
    assert api.build is not None
    assert api.build.args == (("A", "1"), ("B", None))
    assert [(port.container, port.host) for port in api.ports] == [("90", "")]
    assert [command.words for command in api.commands] == [("/run",)]
    assert [reference.path for reference in found.references] == ["a.yml"]
    assert found.service("none") is None
