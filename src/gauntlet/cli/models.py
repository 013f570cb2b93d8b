"""`gauntlet model`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, one_line, print_json, print_table, stderr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from pydantic import JsonValue

    from gauntlet.workflows.catalogue import Model, ModelListing
    from gauntlet.workflows.container import Container

models = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Models that make pictures, films and music.")

# Spelled out, because what defines them takes a tenth of a second to load; a test holds both together.
KindName = Literal["text-to-image", "image-to-video", "text-to-video", "text-to-music", "upscale"]

ClientOption = Annotated[
    str | None,
    typer.Option(
        "--client", metavar="CLIENT", help="With the own key of this client, by name or id.", show_default=False
    ),
]


@models.command("list")
def list_models(
    *,
    kind: Annotated[KindName | None, typer.Option(help="Only those of this kind.", show_default=False)] = None,
    client: ClientOption = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List the models to choose from, the built-in ones first."""
    from gauntlet.core.generation import ModelKind

    wanted = None if kind is None else ModelKind(kind)

    async def find(container: "Container") -> "ModelListing":
        return await container.catalogue.list(kind=wanted, client_id=await _id_of(container, client))

    listing = work(load_settings(data_dir), find)
    if listing.note is not None:
        stderr().print(listing.note, markup=False)
    if json:
        print_json([model.model_dump(mode="json") for model in listing.models])
        return
    rows = [(model.id, one_line(model.description), model.kind.value, _price(model)) for model in listing.models]
    print_table("Models", ("model", "what it does", "kind", "price"), rows, empty="There are no models of that kind.")


@models.command("show")
def show_model(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Its name, as in gauntlet/panel.", show_default=False)],
    *,
    client: ClientOption = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Show a model: what it does, what it costs, and which inputs it takes."""

    async def find(container: "Container") -> "Model":
        return await container.catalogue.get(model, client_id=await _id_of(container, client))

    found = work(load_settings(data_dir), find)
    if json:
        print_json(found.model_dump(mode="json"))
        return
    _tell(found)


async def _id_of(container: "Container", client: str | None) -> "UUID | None":
    from gauntlet.cli.places import find_client

    return None if client is None else (await find_client(container, await container.accounts.local_user(), client)).id


def _tell(model: "Model") -> None:
    typer.echo(f"{model.id} · {model.kind.value} · {_price(model)}")
    if model.description:
        typer.echo(one_line(model.description, limit=1_000))
    if model.typical_time_s is not None:
        typer.echo(f"Takes about {model.typical_time_s:.3g} s.")
    if model.price is not None and model.price.source is not None:
        typer.echo(f"Price as of {model.price.as_of}: {model.price.source}")
    typer.echo("")
    print_table("Inputs", ("input", "what it is", "may be", "default"), _inputs(model), empty="It takes no inputs.")


def _inputs(model: "Model") -> list[tuple[str, str, str, str]]:
    properties = model.input_schema.get("properties")
    required = model.input_schema.get("required")
    needed = required if isinstance(required, list) else []
    if not isinstance(properties, dict):
        return []
    rows: list[tuple[str, str, str, str]] = []
    for name, field in properties.items():
        if isinstance(field, dict):
            default = "(needed)" if name in needed else one_line(_shown(field.get("default")), limit=30)
            rows.append((name, one_line(field.get("description", "")), _range(field), default))
    return rows


def _range(field: "Mapping[str, JsonValue]") -> str:
    """Return what an input may be, in a few words."""
    choices = field.get("enum")
    if isinstance(choices, list):
        return one_line(", ".join(_shown(choice) for choice in choices if choice is not None))
    kinds = field.get("type", "")
    kind = " or ".join(str(one) for one in kinds if one != "null") if isinstance(kinds, list) else str(kinds)
    kind = "file" if field.get("format") == "uri" else kind
    low, high = field.get("minimum"), field.get("maximum")
    if low is not None or high is not None:
        kind += f" {'' if low is None else low}…{'' if high is None else high}"
    return kind


def _shown(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _price(model: "Model") -> str:
    return "price not known" if model.price is None else model.price.summary
