"""What `gauntlet image` and `gauntlet video` share: orders read, agreed to, awaited, and files written."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from gauntlet.cli.output import one_line, print_json, print_table, stderr
from gauntlet.cli.review import ask_on_terminal
from gauntlet.cli.transfers import check_target, save, transfers
from gauntlet.core.errors import Canceled, InvalidInput
from gauntlet.core.money import format_usd
from gauntlet.core.paging import Page
from gauntlet.domain.generations.rules import NOUNS, GenerationStatus
from gauntlet.domain.generations.schemas import GeneratedMedium, GenerationQuery, GenerationRequest

if TYPE_CHECKING:
    from pydantic import JsonValue

    from gauntlet.core.generation import GeneratedType
    from gauntlet.workflows.container import Container

_NAMES_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class MediumOrder:
    """What the command line orders: `client` by name or id, `out` where the file goes (None for nowhere)."""

    prompt: str
    client: str
    model: str
    inputs: "dict[str, JsonValue]"
    out: Path | None
    agreed: bool


def read_inputs(pairs: Sequence[str]) -> "dict[str, JsonValue]":
    """Return inputs of `NAME=VALUE`; a value that is JSON (a number, true, a list, an object) is that, else text."""
    inputs: dict[str, JsonValue] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise InvalidInput(
                f"{pair[:_NAMES_SHOWN]!r} is no input: it is not NAME=VALUE.",
                next_step="Give it as in --input seed=7; gauntlet model show MODEL lists the names.",
                details={"field": "input", "value": pair[:_NAMES_SHOWN]},
            )
        try:
            inputs[name.strip()] = json.loads(text)
        except ValueError:
            inputs[name.strip()] = text
    return inputs


async def create(
    container: "Container", type_: "GeneratedType", order: MediumOrder, *, silent: bool
) -> GeneratedMedium:
    """Order a medium, once its price is agreed to, wait for it and write its file; Ctrl-C cancels the order."""
    from gauntlet.cli.orders import validated
    from gauntlet.cli.places import find_client

    principal = await container.accounts.local_user()
    client = await find_client(container, principal, order.client)
    if order.out is not None:
        check_target(order.out, overwrite=False)
    request = validated(
        GenerationRequest,
        {"client_id": client.id, "model": order.model, "prompt": order.prompt, "inputs": order.inputs},
    )
    estimate_microusd = await container.media.estimate(principal, type_, request)
    if estimate_microusd != 0 and not order.agreed:
        await _agree(estimate_microusd)
    medium = await container.media.order(principal, type_, request)
    try:
        await container.generation_desk.wait(medium.id)
    except asyncio.CancelledError:
        await asyncio.shield(container.media.cancel(principal, type_, medium.id))
        raise
    medium = await container.generations.get(principal, type_, medium.id)
    if medium.status is GenerationStatus.SUCCEEDED and order.out is not None:
        await write(container, type_, medium.id, order.out, overwrite=False, silent=silent)
    return medium


async def write(
    container: "Container",
    type_: "GeneratedType",
    generation_id: int,
    out: Path | None,
    *,
    overwrite: bool,
    silent: bool,
) -> Path:
    """Write a medium's file, whole or not at all; return where it is."""
    principal = await container.accounts.local_user()
    file = await container.generations.file(principal, type_, generation_id, kind="data")
    target = out or Path()
    path = target / file.name if target.is_dir() else target
    check_target(path, overwrite=overwrite)
    with transfers(silent=silent) as shown:
        bar = shown.begin(path.name, total_bytes=file.size_bytes)
        pieces = container.blobs.read(file.digest)
        await save(pieces, path, bar, digest=file.digest, size_bytes=file.size_bytes, overwrite=overwrite)
        bar.end(f"{file.size_bytes:,} bytes")
    return path


async def listed(
    container: "Container", query: GenerationQuery, *, client: str | None, page: Page
) -> list[GeneratedMedium]:
    """Return a page of media, newest first, of a client where one is named."""
    from gauntlet.cli.places import find_client

    principal = await container.accounts.local_user()
    if client is not None:
        found = await find_client(container, principal, client)
        query = query.model_copy(update={"client_id": found.id})
    return (await container.generations.list(principal, query=query, page=page))[0]


def show_all(title: str, media: Sequence[GeneratedMedium], *, as_json: bool) -> None:
    """Print media, a line each."""
    if as_json:
        print_json([medium.model_dump(mode="json") for medium in media])
        return
    rows = [
        (str(medium.id), one_line(medium.prompt), medium.status.value, medium.model, cost_of(medium))
        for medium in media
    ]
    print_table(title, ("id", "prompt", "status", "model", "cost"), rows, empty=f"There are no {title.lower()} yet.")


def show_one(medium: GeneratedMedium, *, as_json: bool) -> None:
    """Print a medium."""
    if as_json:
        print_json(medium.model_dump(mode="json"))
        return
    noun = NOUNS[medium.type].capitalize()
    typer.echo(f"{noun} {medium.id} · {medium.status.value} · {medium.model} · {cost_of(medium)}")
    if medium.prompt:
        typer.echo(one_line(medium.prompt, limit=500))
    if medium.width is not None:
        length = "" if medium.duration is None else f", {medium.duration:.1f} s"
        typer.echo(f"{medium.format}, {medium.width} × {medium.height}{length}, {medium.size:,} bytes")
    if medium.error is not None:
        typer.echo(medium.error.message)
        if medium.error.next_step is not None:
            typer.echo(f"→ {medium.error.next_step}")


def cost_of(medium: GeneratedMedium) -> str:
    """Return what a medium cost, or will cost, in words."""
    if medium.actual_cost_microusd or medium.status is GenerationStatus.SUCCEEDED:
        return format_usd(medium.actual_cost_microusd) + (" (estimated)" if medium.is_cost_estimated else "")
    if medium.reserved_cost_microusd:
        return f"{format_usd(medium.reserved_cost_microusd)} reserved"
    return "nothing"


async def _agree(estimate_microusd: int | None) -> None:
    price = "an amount that is not known" if estimate_microusd is None else f"about {format_usd(estimate_microusd)}"
    answer = (await ask_on_terminal(f"This costs {price}. Order it? [y/N] ")).strip().lower()
    if answer not in {"y", "yes"}:
        raise Canceled("Nothing was ordered.", next_step="Add --yes to order without being asked.")


def tell_ordered(medium: GeneratedMedium, *, as_json: bool) -> None:
    """Print what came of an order; one that did not succeed ends the command with 1."""
    show_one(medium, as_json=as_json)
    if medium.status is not GenerationStatus.SUCCEEDED:
        if not as_json:
            stderr().print(f"The {NOUNS[medium.type]} was not made.", markup=False)
        raise typer.Exit(1)
