"""`gauntlet` on a real data directory, for tests of the library's commands."""

import json
import os
from pathlib import Path
from typing import Any

import typer.testing

from gauntlet.cli.main import app


class Gauntlet:
    """Runs commands on one data directory, each as a process would: services opened and closed."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.data_dir = folder / "data"
        self.settings = settings

    def __call__(self, *arguments: str | Path, code: int = 0) -> typer.testing.Result:
        """Run a command that ends with that code."""
        result = self.run(*arguments)
        assert result.exit_code == code, f"{result.exit_code}: {result.output}\n{result.exception!r}"
        return result

    def run(self, *arguments: str | Path) -> typer.testing.Result:
        env = {
            **{name: "" for name in os.environ if name.startswith("GAUNTLET_")},
            "GAUNTLET_DATA_DIR": str(self.data_dir),
            "GAUNTLET_MEDIA__PROCESSES": "1",
            "DATABASE_URL": "",
            "COLUMNS": "160",
            **self.settings,
        }
        return typer.testing.CliRunner().invoke(app, [str(argument) for argument in arguments], env=env)

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """Run a command for its JSON document, which is all that stdout holds."""
        return json.loads(self(*arguments, "--json", code=code).stdout)

    def client(self, name: str = "Kvelda") -> str:
        return str(self.json("client", "create", name)["id"])

    def add(self, *sources: Path, client: str = "Kvelda", options: tuple[str, ...] = ()) -> list[str]:
        """Add files; return the assets' ids in their order."""
        added = self.json("asset", "add", *sources, "--client", client, *options)
        return [asset["id"] for asset in added["assets"]]
