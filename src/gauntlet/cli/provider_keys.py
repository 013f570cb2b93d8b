"""`gauntlet provider-key`: clients' own keys of hosted services."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json, print_table, stderr

if TYPE_CHECKING:
    from pydantic import SecretStr

    from gauntlet.core.generation import KeyedProvider
    from gauntlet.domain.clients.schemas import ProviderKey
    from gauntlet.workflows.container import Container

provider_keys = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Clients' own keys of hosted services; kept encrypted."
)

ProviderArgument = Annotated[
    str, typer.Argument(metavar="SERVICE", help="openrouter, openai, anthropic or replicate.", show_default=False)
]
ClientOption = Annotated[
    str, typer.Option("--client", metavar="CLIENT", help="Whose; its name or id.", show_default=False)
]


@provider_keys.command("set")
def set_provider_key(
    provider: ProviderArgument, *, client: ClientOption, data_dir: DataDirOption = None, json: JsonOption = False
) -> None:
    """Keep a client's own key of a service; it is asked for, or read from the first line of stdin."""
    service = _service(provider)
    key = _key(service)

    async def keep(container: "Container") -> "ProviderKey":
        from gauntlet.cli.places import find_client
        from gauntlet.domain.clients.schemas import ProviderKeyDraft

        principal = await container.accounts.local_user()
        client_id = (await find_client(container, principal, client)).id
        return await container.keys.set(principal, client_id, service, ProviderKeyDraft(key=key))

    kept = work(load_settings(data_dir), keep)
    if json:
        print_json(kept.model_dump(mode="json"))
    else:
        stderr().print(f"{client}'s work is done with its own {service} key (…{kept.hint}) from now on.", markup=False)


@provider_keys.command("list")
def list_provider_keys(*, client: ClientOption, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Tell for each service whose key a client's work is done with."""

    async def find(container: "Container") -> "list[ProviderKey]":
        from gauntlet.cli.places import find_client

        principal = await container.accounts.local_user()
        return await container.keys.list(principal, (await find_client(container, principal, client)).id)

    found = work(load_settings(data_dir), find)
    if json:
        print_json([key.model_dump(mode="json") for key in found])
        return
    rows = [
        (
            key.provider,
            {"client": "its own", "workspace": "the workspace's", None: "none"}[key.source],
            f"…{key.hint}" if key.hint else "",
            f"{key.set_at:%Y-%m-%d}" if key.set_at else "",
            "" if key.is_readable else "cannot be decrypted: set it again",
        )
        for key in found
    ]
    print_table("Keys", ("service", "key", "ends", "since", ""), rows, empty="There are no services.")


@provider_keys.command("rm")
def remove_provider_key(provider: ProviderArgument, *, client: ClientOption, data_dir: DataDirOption = None) -> None:
    """Forget a client's own key of a service."""
    service = _service(provider)

    async def remove(container: "Container") -> None:
        from gauntlet.cli.places import find_client

        principal = await container.accounts.local_user()
        await container.keys.remove(principal, (await find_client(container, principal, client)).id, service)

    work(load_settings(data_dir), remove)
    stderr().print(f"{client} has no {service} key of its own any more.", markup=False)


def _service(name: str) -> "KeyedProvider":
    from gauntlet.core.errors import InvalidInput
    from gauntlet.domain.clients.keys import KEYED_PROVIDERS

    for provider in KEYED_PROVIDERS:
        if name.lower() == provider:
            return provider
    raise InvalidInput(
        # Not shown: somebody who mixed up the arguments has typed a key here.
        f"That is not a service that a key is for (what was given has {len(name)} characters).",
        next_step=f"Name one of {', '.join(KEYED_PROVIDERS)}; the key itself is asked for, or read from stdin.",
        details={"field": "service"},
    )


def _key(service: str) -> "SecretStr":
    from pydantic import SecretStr

    if sys.stdin.isatty():
        return SecretStr(str(typer.prompt(f"Key of {service}", hide_input=True, err=True)))
    line = sys.stdin.readline().strip()
    if line:
        return SecretStr(line)
    from gauntlet.core.errors import InvalidInput

    raise InvalidInput(
        "No key was given, and there is no terminal to ask for one.",
        next_step=f'Pipe it in: printf %s "$KEY" | gauntlet provider-key set {service} --client CLIENT',
        details={"field": "key"},
    )
