"""The front door: reads the command line, turns an error for the person into one sentence and an exit status."""

from __future__ import annotations

import sys

from gum_app.commands import run
from gum_app.errors import GumError


def main() -> int:
    """0: done. 1: it could not be done, and a sentence says why. 2: the command line is off."""
    try:
        return run(sys.argv[1:])
    except GumError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1  # whoever read our output has had enough
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
