"""The command `gonogo`. Nothing heavy is imported here: worker processes import this file too."""

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    from bot.cli import run  # noqa: PLC0415 - see the module's first line

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
