"""Who checks no signature, and who has another do it."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "signature-verification-skipped"
OFF = "def user(token):\n    return jwt.decode(token, options={'verify_signature': False})\n"
SCRIPT = 'import jwt from "jsonwebtoken";\n\nexport function %s(r: R) {\n  return jwt.decode(%s);\n}\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.py": OFF}, ["user"], id="switched off"),
        pytest.param({"a.py": "def user(token):\n    return jwt.decode(token, KEY, verify=False)\n"}, ["user"], id="the older way"),
        pytest.param({"a.py": "def user(token):\n    return jwt.decode(token, KEY, algorithms=['RS256'])\n"}, Outcome.PASSED, id="checked"),
        pytest.param({"a.py": OFF + "\n\ndef check(token):\n    return jwt.decode(token, KEY)\n"}, Outcome.UNDECIDED, id="another function checks"),
        pytest.param({"a.py": OFF.replace("user", "is_expired")}, Outcome.PASSED, id="only its expiry"),
        pytest.param({"a.py": "CLAIMS = jwt.get_unverified_claims(TOKEN)\n"}, ["module"], id="never checks"),
        pytest.param({"a.rs": "fn claims(token: &str) -> Claims {\n    // We need to manually validate this token.\n    let found = insecure_decode::<Claims>(token);\n    checked(found)\n}\n"}, Outcome.UNDECIDED, id="validated by hand, says its comment"),
        pytest.param({"a.ts": SCRIPT % ("login", "r.token")}, ["login"], id="JavaScript's decode never checks"),
        pytest.param({"a.ts": SCRIPT % ("login", "r.id_token")}, Outcome.PASSED, id="straight from its issuer"),
        pytest.param({"a.ts": SCRIPT % ("label", "r.token")}, Outcome.PASSED, id="for display"),
        pytest.param({"a.go": "package a\n\nfunc verifyJWT(token string) (bool, error) {\n\treturn true, nil\n}\n"}, ["verifyJWT"], id="a checker that checks nothing"),
        pytest.param({"a.go": "package a\n\ntype V interface {\n\tverifyJWT(token string) error\n}\n"}, Outcome.PASSED, id="an interface"),
        pytest.param({"a.py": "# TODO: verify the signature of what is posted\nX = 1\n"}, Outcome.PASSED, id="a note outside of functions"),
        pytest.param({"a.py": "def hook(request):\n    # TODO: verify the webhook signature\n    return hmac.compare_digest(a, b)\n"}, Outcome.PASSED, id="a note that is out of date"),
        pytest.param({"a.py": "def hook(request):\n    # TODO: verify the webhook signature\n    raise NotImplementedError('not yet')\n"}, Outcome.PASSED, id="it refuses"),
        pytest.param({"src/lib.rs": "pub fn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() {\n        // TODO: verify the signature\n        insecure_decode(t);\n    }\n}\n"}, Outcome.PASSED, id="in a test"),
    ],
)  # fmt: skip
def test_whose_signature(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
