"""`gauntlet user` and `gauntlet key`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json, print_table, stderr

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import ApiKey, IssuedApiKey, User
    from gauntlet.workflows.container import Container

users = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The people who may sign in.")
keys = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="API keys, for programs.")

UserOption = Annotated[str, typer.Option("--user", metavar="EMAIL", help="Whose.", show_default=False)]
LimitOption = Annotated[int, typer.Option(min=1, max=100, help="How many at most.")]
OffsetOption = Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")]


@users.command("create")
def create_user(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Their address, which they sign in with.")],
    *,
    admin: Annotated[bool, typer.Option("--admin", help="May reach every client and manage users.")] = False,
    name: Annotated[str | None, typer.Option(help="How they are called.", show_default=False)] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")
    ] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make an account; asks for the password unless it comes on stdin."""
    password = _password(from_stdin=password_stdin)

    async def create(container: "Container") -> "User":
        return await container.accounts.create_user(email, password, role="admin" if admin else "member", name=name)

    user = work(load_settings(data_dir), create)
    if json:
        print_json(user.model_dump(mode="json"))
    else:
        stderr().print(f"Created {user.role} {user.email}.", markup=False)


@users.command("list")
def list_users(
    *, limit: LimitOption = 50, offset: OffsetOption = 0, data_dir: DataDirOption = None, json: JsonOption = False
) -> None:
    """List the accounts, newest first."""
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[User]":
        return (await container.accounts.list_users(page=Page(limit=limit, offset=offset)))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([user.model_dump(mode="json") for user in found])
        return
    rows = [
        (user.email, user.role, user.name or "", f"{user.created_at:%Y-%m-%d}", "disabled" if user.disabled_at else "")
        for user in found
    ]
    print_table("Users", ("email", "role", "name", "since", ""), rows, empty="There are no users yet.")


@keys.command("create")
def create_key(
    *,
    user: UserOption,
    name: Annotated[str, typer.Option(help="What it is for.", show_default=False)],
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make an API key and print it, this once and nothing else."""

    async def create(container: "Container") -> "IssuedApiKey":
        owner = await container.accounts.find_user(user)
        return await container.accounts.create_key(owner.id, name)

    issued = work(load_settings(data_dir), create)
    if json:
        print_json(issued.model_dump(mode="json"))
    else:
        typer.echo(issued.key)


@keys.command("list")
def list_keys(
    *,
    user: UserOption,
    limit: LimitOption = 50,
    offset: OffsetOption = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List somebody's API keys, newest first; the keys themselves are not kept."""
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[ApiKey]":
        owner = await container.accounts.find_user(user)
        return (await container.accounts.list_keys(owner.id, page=Page(limit=limit, offset=offset)))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([key.model_dump(mode="json") for key in found])
        return
    rows = [
        (
            str(key.id),
            key.name,
            f"{key.prefix}…",
            f"{key.created_at:%Y-%m-%d}",
            f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never",
            "revoked" if key.revoked_at else "",
        )
        for key in found
    ]
    print_table("API keys", ("id", "name", "key", "since", "last used", ""), rows, empty=f"{user} has no API keys.")


@keys.command("revoke")
def revoke_key(
    key_id: Annotated[int, typer.Argument(metavar="ID", help="The key's number in `gauntlet key list`.")],
    *,
    user: UserOption,
    data_dir: DataDirOption = None,
) -> None:
    """Make an API key useless from now on."""

    async def revoke(container: "Container") -> None:
        owner = await container.accounts.find_user(user)
        await container.accounts.revoke_key(owner.id, key_id)

    work(load_settings(data_dir), revoke)
    stderr().print(f"Revoked API key {key_id} of {user}.", markup=False)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        from gauntlet.core.errors import InvalidInput

        raise InvalidInput(
            "No password was given, and there is no terminal to ask for one.",
            next_step='Pipe it in: printf %s "$PASSWORD" | gauntlet user create EMAIL --password-stdin',
            details={"field": "password"},
        )
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
