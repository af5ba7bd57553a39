"""The commands: thin, each a few lines around functions that anything else can call as well."""

from __future__ import annotations

import os
import sys

from digest.errors import DigestError


def main() -> None:
    """Run the command line; errors of ours become one clear line and an exit code."""
    from digest.cli.app import app

    try:
        app(standalone_mode=True)
    except DigestError as error:
        _say(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (`head`, say) has gone: no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _say(error: DigestError) -> None:
    sys.stderr.write(f"digest: {error.message}\n")
    if error.cure:
        sys.stderr.write(f"        cure: {error.cure}\n")
