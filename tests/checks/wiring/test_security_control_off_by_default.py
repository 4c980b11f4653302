"""Controls that are there and don't hold."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

AUTH = "package auth\n\ntype TokenAuthenticator struct{}\n\ntype NoAuthAuthenticator struct{}\n"
SERVER = "package server\n\nfunc NewServer() *Server {\n\treturn &Server{authenticator: auth.NewNoAuthAuthenticator(), name: x}\n}\n\nfunc WithAuth(a A) Option {\n\treturn func(s *Server) {\n\t\ts.authenticator = a\n\t}\n}\n"
KEYS = "pub struct EncryptionManager;\n\nimpl EncryptionManager {\n    pub fn init() {}\n    pub fn get() -> Option<u8> { None }\n    fn other(&self) {}\n}\n"
STORE = "fn save() {\n    if let Some(x) = EncryptionManager::get() { x.run(); }\n}\n\nfn main() {\n    save();\n    %s\n}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"auth/auth.go": AUTH, "server/server.go": SERVER}, ["authenticator"]),
        (
            {"auth/auth.go": AUTH, "server/server.go": SERVER, "main.go": "package main\n\nfunc main() {\n\tserver.NewServer(server.WithAuth(t))\n}\n"},
            Outcome.PASSED,
        ),
        # only tests replace it
        (
            {"auth/auth.go": AUTH, "server/server.go": SERVER, "main_test.go": "package main\n\nfunc f() {\n\tserver.NewServer(server.WithAuth(t))\n}\n"},
            ["authenticator"],
        ),
        # without a control that works there is nothing to switch on
        ({"auth/auth.go": AUTH.replace("Token", "Mock"), "server/server.go": SERVER}, Outcome.NOT_APPLICABLE),
        ({"src/keys.rs": KEYS, "src/main.rs": STORE % ""}, ["EncryptionManager"]),
        ({"src/keys.rs": KEYS, "src/main.rs": STORE % "EncryptionManager::init();"}, Outcome.PASSED),
        ({"src/keys.rs": KEYS, "src/main.rs": "fn main() {}\n"}, Outcome.PASSED),
    ],
)  # fmt: skip
def test_controls(files: Files, expected: list[str] | Outcome) -> None:
    assert said("security-control-off-by-default", files) == expected
