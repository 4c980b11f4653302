"""Roles: what a path says about its file."""

from __future__ import annotations

import pytest

from checks.facts.roles import Role, role_of


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("app/main.py", "shipped"),
        ("src/testing/client.py", "test"),
        ("src/build/graph.rs", "shipped"),
        ("tests/test_a.py", "test"),
        ("crates/tests-database/src/lib.rs", "test"),
        ("build/shop/Dockerfile", "shipped"),
        ("build/new/shop.Dockerfile", "shipped"),
        ("build/shop/main.js", "generated"),
        ("vendor/shop/Dockerfile", "vendored"),
        ("web/integration/global-setup.ts", "test"),
        ("t/unit/security/__init__.py", "test"),
        ("internal/lib/testutils/server.go", "test"),
        (".semgrep/security/no_requests.py", "tool"),
        ("extra/push-examples/go/index.go", "example"),
        ("pkg/a_test.go", "test"),
        ("web/a.spec.tsx", "test"),
        ("tests/fixtures/app/main.py", "fixture"),
        ("vendor/github.com/x/y.go", "vendored"),
        ("node_modules/a/index.js", "vendored"),
        ("examples/hello/main.go", "example"),
        ("benches/speed.rs", "benchmark"),
        ("proto/a.pb.go", "generated"),
        ("dist/app.js", "generated"),
        ("docs/conf.py", "documentation"),
        ("web/src/client.gen.ts", "generated"),
        ("scripts/release.py", "tool"),
        ("api/scripts/seed.py", "tool"),
        ("checks/ci/no_ci.py", "shipped"),
        ("setup.py", "tool"),
        ("src/tools/hammer.rs", "shipped"),
        ("evaluation/core/client.py", "tool"),
        ("mockserver/main.py", "fixture"),
        ("app/__test__/orders.ts", "test"),
        ("src/_archived/old.py", "archive"),
        ("shop/evals/client.py", "shipped"),
        ("archive/2020/x.py", "archive"),
        ("docker/Dockerfile.j2", "example"),
        ("external/zlib/inflate.c", "vendored"),
        ("backend/app/infrastructure/external/sandbox/docker.py", "shipped"),
        ("backend/app/api/deps/auth.py", "shipped"),
        ("bot/snapshots/store.py", "shipped"),
        ("src/snapshots/app__renders.snap", "fixture"),
        ("tests/ui/snapshots/page.ts", "fixture"),
        ("backend/app/archive/move.py", "shipped"),
        ("docs/src/pages/index.tsx", "documentation"),
        ("examples/shop/src/main.rs", "example"),
    ],
)
def test_role(path: str, role: str) -> None:
    """The first reading that holds decides."""
    assert role_of(path) is Role(role)
