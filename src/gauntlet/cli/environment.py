"""Settings as a command sees them, and the way into the program's services."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from gauntlet.bootstrap import Role
    from gauntlet.core.settings import Settings
    from gauntlet.workflows.container import Container

Result = TypeVar("Result")

DataDirOption = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        envvar="GAUNTLET_DATA_DIR",
        help="Where database, secret key and work in progress live.",
        show_default="gauntlet-data",
    ),
]


def load_settings(data_dir: Path | None) -> "Settings":
    """Return the settings of the environment, with the data directory that the command was given.

    Raises `Misconfigured` naming the variable and the value's fault.
    """
    from pydantic import ValidationError

    from gauntlet.core.errors import Misconfigured
    from gauntlet.core.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        name = "GAUNTLET_" + "__".join(str(part) for part in fault["loc"]).removeprefix("GAUNTLET_").upper()
        raise Misconfigured(
            f"The setting {name} is not valid: {fault['msg']} (it is {fault['input']!r}).",
            next_step="Correct or unset that environment variable; docs/guide/settings.md lists them all.",
            details={"setting": name},
        ) from error
    return settings if data_dir is None else settings.model_copy(update={"data_dir": data_dir})


def work(settings: "Settings", use: Callable[["Container"], Awaitable[Result]], *, role: "Role" = "client") -> Result:
    """Open the program's services, use them and close them again; only other roles than `client` run workflows."""
    import asyncio

    from gauntlet.bootstrap import open_container
    from gauntlet.core.logging import configure_logging

    configure_logging(level="warning", style=settings.log.style)

    async def opened() -> Result:
        async with open_container(settings, role=role) as container:
            return await use(container)

    return asyncio.run(opened())
