"""Documents that quote a credential: one gap a file and kind, with no value in it."""

from __future__ import annotations

import json

from checks import all_checks
from tests.checks.trees import report

PASSWORD = "q7Wd2Kx9RmLp4TzB"
GUIDE = f"# Deploy\n\nmongodb://shop:{PASSWORD}@db.acme.io/a\n\nor mongodb://shop:{PASSWORD}@db.acme.io/b\n"


def test_a_guide_and_a_configuration() -> None:
    files = {
        "docs/deploy.md": GUIDE,
        "deploy/app.toml": f'url = "amqps://shop:{PASSWORD}@mq.acme.io/shop"\n',
        "tests/fixtures/app.toml": f'url = "amqps://shop:{PASSWORD}@mq.acme.io/shop"\n',
        "app.py": "import os\n",
    }
    (check,) = (check for check in all_checks() if check.id == "hardcoded-credential")
    gaps = [found.gap for found in report(files, check).results[0].gaps]
    assert [(g.path, g.line, g.subject, len(g.evidence)) for g in gaps] == [
        ("deploy/app.toml", 1, "a URL with a password for mq.acme.io", 1),
        ("docs/deploy.md", 3, "a URL with a password for db.acme.io", 2),
    ]
    assert PASSWORD not in json.dumps([str(gap) for gap in gaps])
