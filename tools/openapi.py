"""Writes the API's description into a file: `python -m tools.openapi web/src/api/openapi.json`.

The same code gives the same bytes, so that a difference in the file is a difference of the API. Needs no database.
"""

import argparse
import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from gauntlet.api.app import create_app
from gauntlet.workflows.container import Container


def description() -> str:
    """Return the API's description as JSON: keys sorted, two spaces, a newline at the end."""
    # Describing calls no service, so that none is opened.
    app = create_app(cast(Container, SimpleNamespace()))
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write where the command line says; a file that says the same already is left alone."""
    parser = argparse.ArgumentParser(description="Write the API's description into a file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="only tell whether the file says the same")
    asked = parser.parse_args()
    file: Path = asked.file
    written = description()
    if file.exists() and file.read_text(encoding="utf-8") == written:
        return
    if asked.check:
        raise SystemExit(f"{file} is not the API's description any more. Run: python -m tools.openapi {file}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
