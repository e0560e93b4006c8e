"""What starts `kakawari`, before anything heavy is read."""

from __future__ import annotations

import gc
import sys

KEPT = 100_000
"""New objects after which Python looks for dead cycles; nearly all that imports and pictures make is kept."""


def main() -> int:
    """Run the command line with what was typed, and return its exit code."""
    # By its own measure Python looks so often that a tenth of a short command goes there.
    gc.set_threshold(KEPT)
    from viz.cli import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
