"""Finds the browser that tests drive, or installs Debian's: `python -m tools.browser`.

Ends with 0 where there is one and with 3 where there is none and none may be installed, unless `GAUNTLET_E2E=required`:
then that is an error.
"""

import os
import shutil
import subprocess
import sys
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER: Final = 3
_INSTALL_WITHIN_S: Final = 300


def find_browser() -> str | None:
    """Return the browser's path: `GAUNTLET_CHROMIUM`, else the first of the usual names."""
    return os.environ.get("GAUNTLET_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install_browser() -> str | None:
    """Install Debian's package where that is permitted; return the path, or None."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    print("No Chromium is here; installing Debian's for the browser tests.", file=sys.stderr)  # noqa: T201  # a tool
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]):
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                timeout=_INSTALL_WITHIN_S,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            return None
    return find_browser()


def main() -> int:
    """Return the exit code."""
    if find_browser() or install_browser():
        return 0
    is_required = os.environ.get("GAUNTLET_E2E") == "required"
    said = "cannot be run" if is_required else "are SKIPPED"
    print(  # noqa: T201  # a tool's words
        f"The browser tests {said}: there is no Chromium and none could be installed."
        " On Debian: apt install chromium; elsewhere set GAUNTLET_CHROMIUM to its path.",
        file=sys.stderr,
    )
    return 1 if is_required else NO_BROWSER


if __name__ == "__main__":
    sys.exit(main())
