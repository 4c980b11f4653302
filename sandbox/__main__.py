"""A sandbox on its own: `python -m sandbox --port 8081`. Prints one line of JSON with what an app has to be told."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from sandbox.sandbox import Sandbox


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--webhook", help="where the app listens (can be set later by PUT /_sandbox/webhook)")
    parser.add_argument("--repo", type=Path, help="a local git repository instead of the sample")
    parser.add_argument("--base", default="main")
    parser.add_argument("--head", default="HEAD")
    return parser.parse_args()


async def serve(arguments: argparse.Namespace) -> None:
    async with Sandbox.running(port=arguments.port, webhook_url=arguments.webhook) as sandbox:
        if arguments.repo is None:
            pull = sandbox.open_sample()
        else:
            pull = sandbox.from_repository(arguments.repo, arguments.base, arguments.head)
        shown = {
            "page": sandbox.page_url(pull),
            "api_url": sandbox.api_url,
            "app_id": sandbox.app_id,
            "installation_id": sandbox.installation(pull.repository).id,
            "private_key": sandbox.private_key,
            "webhook_secret": sandbox.webhook_secret,
        }
        sys.stdout.write(json.dumps(shown) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    try:
        asyncio.run(serve(_arguments()))
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")


if __name__ == "__main__":
    main()
