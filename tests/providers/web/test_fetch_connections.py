"""Where connections lead, and whom they believe."""

import ssl
from collections.abc import Iterable
from pathlib import Path

import httpcore
import pytest
import uvloop

from gauntlet.core.errors import InvalidInput
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.base import ProviderError, ProviderUnavailable
from gauntlet.providers.web.fetching import RemoteFetcher
from tests.fetching import HERE, INNER, NAMES, fetched, fetcher, refusal, settings
from tests.webservers import Authority, Names, answer_of, redirect_to, serving


async def test_a_port_where_nobody_listens_is_told_of() -> None:
    async with serving(b"") as server:
        pass
    error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert isinstance(error, ProviderUnavailable)
    assert "cannot be connected" in error.message


async def test_where_the_first_address_does_not_answer_the_next_is_tried() -> None:
    async with serving(answer_of(b"x")) as server:
        changed = settings(server).model_copy(
            update={
                "allowed_networks": FetchSettings.model_validate({"allowed_networks": "127.0.0.0/30"}).allowed_networks
            }
        )
        source = RemoteFetcher(changed, resolver=Names({"two.test": [["127.0.0.3", HERE]]}))
        assert (await fetched(source, f"http://two.test:{server.port}/x"))[0] == b"x"


class Detour(httpcore.AsyncNetworkBackend):
    """A network that leads to another address than the one it is asked for, as a redirecting firewall does."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's name and way
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        backend: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()  # pyright: ignore[reportAssignmentType] # declared with a stand-in of no type
        return await backend.connect_tcp(INNER, port, timeout)


async def test_a_connection_that_leads_to_another_address_is_closed_before_a_word_is_said() -> None:
    async with serving(answer_of(b"inner"), host=INNER) as inner:
        source = RemoteFetcher(settings(inner), resolver=Names(NAMES), network=Detour())
        error = await refusal(source, f"http://pictures.test:{inner.port}/x")
        assert inner.heads == []
    assert type(error) is ProviderError
    assert "another address" in error.message


def test_all_of_it_holds_on_the_loop_that_the_server_runs_on() -> None:
    async def fetch() -> None:
        async with serving(answer_of(b"outer")) as outer, serving(answer_of(b"inner"), host=INNER) as inner:
            assert (await fetched(fetcher(outer), f"http://pictures.test:{outer.port}/x"))[0] == b"outer"
            source = RemoteFetcher(settings(inner), resolver=Names(NAMES), network=Detour())
            error = await refusal(source, f"http://pictures.test:{inner.port}/x")
            assert "another address" in error.message
            assert inner.heads == []

    uvloop.run(fetch())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


async def test_tls_is_verified_for_the_name_though_the_connection_goes_to_a_number(
    authority: Authority, tmp_path: Path
) -> None:
    asked: list[str | None] = []
    context = authority.server("pictures.test", tmp_path)
    context.sni_callback = lambda _object, name, _context: asked.append(name)
    async with serving(answer_of(b"sealed"), tls=context) as server:
        source = RemoteFetcher(settings(server), resolver=Names(NAMES), trust=authority.trust)
        data, _ = await fetched(source, f"https://pictures.test:{server.port}/x")
        assert b"Host: pictures.test:" in server.heads[0]
    assert data == b"sealed"
    assert asked == ["pictures.test"]


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_certificate_for_another_name_or_of_nobody_known_is_refused(
    trusted: bool, authority: Authority, tmp_path: Path
) -> None:
    name = "other.test" if trusted else "pictures.test"
    async with serving(answer_of(b"x"), tls=authority.server(name, tmp_path)) as server:
        trust = authority.trust if trusted else None
        source = RemoteFetcher(settings(server), resolver=Names(NAMES), trust=trust)
        error = await refusal(source, f"https://pictures.test:{server.port}/x")
        assert server.heads == []
    assert type(error) is ProviderError
    assert "cannot be secured" in error.message


async def test_a_server_without_tls_is_not_talked_to_over_https(authority: Authority) -> None:
    async with serving(answer_of(b"x")) as server:
        source = RemoteFetcher(settings(server, connect_timeout_s=1), resolver=Names(NAMES), trust=authority.trust)
        error = await refusal(source, f"https://pictures.test:{server.port}/x")
    assert isinstance(error, ProviderError)


async def test_a_redirect_from_https_to_http_is_not_followed(authority: Authority, tmp_path: Path) -> None:
    async with serving(answer_of(b"x")) as plain:
        location = f"http://pictures.test:{plain.port}/x"
        async with serving(redirect_to(location), tls=authority.server("pictures.test", tmp_path)) as server:
            source = RemoteFetcher(settings(server, plain), resolver=Names(NAMES), trust=authority.trust)
            error = await refusal(source, f"https://pictures.test:{server.port}/x")
        assert plain.heads == []
    assert isinstance(error, InvalidInput)


async def test_the_usual_trust_verifies_names_and_chains() -> None:
    from gauntlet.providers.web.connections import usual_trust

    context = usual_trust()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
