"""`gauntlet brief`: plans of ads, made from a prompt, refined in words, compared."""

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, one_line, print_json, print_table, stderr, stdout
from gauntlet.core.creative.formats import AspectRatio, Platform

if TYPE_CHECKING:
    from gauntlet.domain.briefs.diff import BriefDiff
    from gauntlet.domain.briefs.schemas import BriefDetail, BriefSummary, RefinedBrief
    from gauntlet.workflows.container import Container

briefs = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Plans of ads, made from a prompt.")

PlannerName = Literal["hosted", "built-in"]
BriefArgument = Annotated[UUID, typer.Argument(metavar="ID", help="The brief's id.", show_default=False)]


@briefs.command("create")
def create_brief(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What the ad is for and what it shall say.")],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose; its name or id.", show_default=False)],
    campaign: Annotated[
        str | None, typer.Option(metavar="CAMPAIGN", help="One of that client; its name or id.", show_default=False)
    ] = None,
    asset: Annotated[
        list[UUID] | None,
        typer.Option(metavar="ID", help="An asset to show or to hear; may be given again.", show_default=False),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|ID",
            help="An image or a video whose look the ad is to have: a file, or an asset's id.",
            show_default=False,
        ),
    ] = None,
    platform: Annotated[
        Platform | None, typer.Option(help="Where it will run.", show_default="from the prompt")
    ] = None,
    duration: Annotated[
        float | None, typer.Option(metavar="S", help="Seconds, 5 to 180.", show_default="from the prompt")
    ] = None,
    aspect: Annotated[AspectRatio | None, typer.Option(help="Width to height.", show_default="the platform's")] = None,
    planner: Annotated[
        PlannerName, typer.Option(help="Who plans: language models where there is a key, or the built-in rules.")
    ] = "hosted",
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Have a brief planned, and print it."""
    from gauntlet.cli.brief_orders import BriefWish, make_brief

    wish = BriefWish(
        prompt=prompt,
        client=client,
        campaign=campaign,
        asset_ids=tuple(asset or ()),
        reference=reference,
        platform=platform,
        duration_s=duration,
        aspect=aspect,
        planner="built_in" if planner == "built-in" else "hosted",
    )
    brief = work(load_settings(data_dir), lambda container: make_brief(container, wish), role="either")
    _tell(brief, as_json=json)


@briefs.command("list")
def list_briefs(
    *,
    client: Annotated[
        str | None, typer.Option(metavar="CLIENT", help="Only this client's; its name or id.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List the briefs, newest first."""
    from gauntlet.core.money import format_usd
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[BriefSummary]":
        from gauntlet.cli.places import find_client

        principal = await container.accounts.local_user()
        client_id = None if client is None else (await find_client(container, principal, client)).id
        page = Page(limit=limit, offset=offset)
        return (await container.briefs.list(principal, page=page, client_id=client_id))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([brief.model_dump(mode="json") for brief in found])
        return
    rows = [
        (
            str(brief.id),
            one_line(brief.title or brief.prompt, limit=50),
            brief.status,
            str(brief.version),
            brief.provider or "",
            format_usd(brief.cost_microusd),
        )
        for brief in found
    ]
    print_table(
        "Briefs", ("id", "title", "state", "version", "made by", "cost"), rows, empty="There are no briefs yet."
    )


@briefs.command("show")
def show_brief(
    brief_id: BriefArgument,
    *,
    version: Annotated[int | None, typer.Option(min=1, help="Which.", show_default="the newest")] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Print a brief: its scenes, who made it, what each planner answered, what it cost."""

    async def find(container: "Container") -> "BriefDetail":
        return await container.briefs.get(await container.accounts.local_user(), brief_id, version=version)

    _tell(work(load_settings(data_dir), find), as_json=json)


@briefs.command("refine")
def refine_brief(
    brief_id: BriefArgument,
    instruction: Annotated[str, typer.Argument(metavar="WORDS", help="What shall be different.", show_default=False)],
    *,
    scene: Annotated[
        int | None, typer.Option(min=1, max=8, help="Only this scene.", show_default="the whole brief")
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Change a brief in words: a new version; prints what changed."""
    from gauntlet.cli.brief_orders import PATIENCE_S
    from gauntlet.cli.orders import validated
    from gauntlet.domain.briefs.schemas import BriefRefinement

    wish = validated(BriefRefinement, {"instruction": instruction, "scene": scene})

    async def refine(container: "Container") -> "RefinedBrief":
        principal = await container.accounts.local_user()
        return await container.brief_desk.refine(principal, brief_id, wish, patience_s=PATIENCE_S)

    refined = work(load_settings(data_dir), refine, role="either")
    if json:
        print_json(refined.model_dump(mode="json"))
    elif refined.diff is None:
        _tell(refined, as_json=False)
    else:
        _show_diff(refined.diff)


@briefs.command("diff")
def compare_brief_versions(
    brief_id: BriefArgument,
    *,
    from_version: Annotated[
        int | None, typer.Option("--from", min=1, help="The older version.", show_default="the one before")
    ] = None,
    to_version: Annotated[
        int | None, typer.Option("--to", min=1, help="The newer version.", show_default="the newest")
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Tell what changed between two versions of a brief."""

    async def find(container: "Container") -> "BriefDiff":
        principal = await container.accounts.local_user()
        return await container.briefs.diff(principal, brief_id, from_version=from_version, to_version=to_version)

    diff = work(load_settings(data_dir), find)
    if json:
        print_json(diff.model_dump(mode="json"))
    else:
        _show_diff(diff)


def _tell(brief: "BriefDetail", *, as_json: bool) -> None:
    if as_json:
        print_json(brief.model_dump(mode="json"))
        return
    from gauntlet.cli.brief_pages import brief_page

    stdout().print(brief_page(brief), markup=False, soft_wrap=True)
    if brief.error is not None:
        stderr().print(f"{brief.status}: {brief.error.message}", markup=False, soft_wrap=True)
        if brief.error.next_step:
            stderr().print(f"  → {brief.error.next_step}", markup=False, soft_wrap=True)


def _show_diff(diff: "BriefDiff") -> None:
    lines = [f"Version {diff.from_version} → {diff.to_version}. {diff.summary}"]
    lines += [f"  {change.text}" for change in diff.changes]
    stdout().print("\n".join(lines), markup=False, soft_wrap=True)
