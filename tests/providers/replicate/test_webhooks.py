"""Only the service's own webhooks are taken, while they are young."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr

from gauntlet.core.errors import Misconfigured, NotSignedIn
from gauntlet.core.settings import HostedSettings
from gauntlet.providers.base import ProviderUnavailable
from gauntlet.providers.replicate.webhooks import check_signature, signature_of
from tests.clocks import ManualClock
from tests.providers.replicate.service import URL, Service, accounts_of

# The published example of the scheme (Standard Webhooks).
SECRET = SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
BODY = b'{"test": 2432232314}'
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
THEN = datetime.fromtimestamp(1614265330, UTC)


def check(
    body: bytes = BODY,
    *,
    now: datetime = THEN,
    secret: SecretStr = SECRET,
    headers: dict[str, str | None] | None = None,
) -> str:
    """Check the example with some headers changed, or left out (None)."""
    named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
    kept = {name: value for name, value in (HEADERS | named).items() if value is not None}
    return check_signature(secret, headers=kept, body=body, now=now)


def test_the_published_example_is_taken() -> None:
    assert check() == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_header_names_may_be_in_any_case() -> None:
    headers = {name.title(): value for name, value in HEADERS.items()}

    assert check_signature(SECRET, headers=headers, body=BODY, now=THEN) == HEADERS["webhook-id"]


def test_one_of_several_signatures_is_enough() -> None:
    signatures = f"v1,AAAA v2,{HEADERS['webhook-signature'][3:]} {HEADERS['webhook-signature']}"

    assert check(headers={"webhook_signature": signatures}) == HEADERS["webhook-id"]


@pytest.mark.parametrize("seconds", [-300, -1, 0, 300])
def test_a_webhook_of_some_minutes_either_way_is_taken(seconds: int) -> None:
    assert check(now=THEN + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_an_old_or_future_webhook_is_refused(seconds: int) -> None:
    with pytest.raises(NotSignedIn, match="5 minutes away"):
        check(now=THEN + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook_id": None},
        {"webhook_id": ""},
        {"webhook_id": "x" * 201},
        {"webhook_id": "another"},
        {"webhook_timestamp": None},
        {"webhook_timestamp": "yesterday"},
        {"webhook_timestamp": "-1614265330"},
        {"webhook_timestamp": "1614265330.5"},
        {"webhook_timestamp": "9" * 500},
        {"webhook_timestamp": "1614265331"},
        {"webhook_timestamp": "١٦١٤٢٦٥٣٣٠"},
        {"webhook_signature": None},
        {"webhook_signature": ""},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1"},
        {"webhook_signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook_signature": "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook_signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF="},
        {"webhook_signature": "v1,ünsigniert"},
        {"webhook_signature": " ".join(["v1,AAAA"] * 20 + [HEADERS["webhook-signature"]])},
    ],
)
def test_anything_missing_or_changed_is_refused(changes: dict[str, str | None]) -> None:
    with pytest.raises(NotSignedIn):
        check(headers=changes)


@pytest.mark.parametrize("body", [b"", b'{"test": 2432232315}', BODY + b"\n", b'{"test":2432232314}'])
def test_another_body_is_refused(body: bytes) -> None:
    with pytest.raises(NotSignedIn, match="signatures"):
        check(body)


def test_another_secret_is_refused() -> None:
    with pytest.raises(NotSignedIn):
        check(secret=SecretStr("whsec_YW5vdGhlciBzZWNyZXQ="))


def test_a_secret_that_is_none_is_told_of_without_being_told() -> None:
    with pytest.raises(Misconfigured, match="Base64") as raised:
        check(secret=SecretStr("whsec_not base64!"))

    assert "not base64!" not in f"{raised.value.message}{raised.value.next_step}"
    assert raised.value.__cause__ is None


def headers_for(body: bytes, *, secret: SecretStr, clock: ManualClock) -> dict[str, str]:
    timestamp = str(int(clock.now().timestamp()))
    signature = signature_of(secret, delivery="d1", timestamp=timestamp, body=body)
    return {"webhook-id": "d1", "webhook-timestamp": timestamp, "webhook-signature": f"v1,{signature}"}


async def test_the_secret_is_asked_for_once(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, json={"key": SECRET.get_secret_value()}))
    webhooks = await accounts_of(service, clock=clock).webhooks_for(None)
    headers = headers_for(BODY, secret=SECRET, clock=clock)

    for _ in range(2):
        assert await webhooks.verify(headers=headers, body=BODY, now=clock.now()) == "d1"

    assert service.asked == ["GET /v1/webhooks/default/secret"]


async def test_a_secret_that_the_service_renewed_is_asked_for_anew(clock: ManualClock) -> None:
    renewed = SecretStr("whsec_YW5vdGhlciBzZWNyZXQ=")
    service = Service()
    service.will(*(httpx.Response(200, json={"key": key.get_secret_value()}) for key in (SECRET, renewed)))
    webhooks = await accounts_of(service, clock=clock).webhooks_for(None)
    await webhooks.verify(headers=headers_for(BODY, secret=SECRET, clock=clock), body=BODY, now=clock.now())
    clock.advance(hours=1)

    headers = headers_for(BODY, secret=renewed, clock=clock)

    assert await webhooks.verify(headers=headers, body=BODY, now=clock.now()) == "d1"


async def test_a_known_secret_serves_on_while_the_service_does_not_answer(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, json={"key": SECRET.get_secret_value()}), *[httpx.Response(503)] * 3)
    webhooks = await accounts_of(service, clock=clock).webhooks_for(None)
    await webhooks.verify(headers=headers_for(BODY, secret=SECRET, clock=clock), body=BODY, now=clock.now())
    clock.advance(hours=1)

    headers = headers_for(BODY, secret=SECRET, clock=clock)

    assert await webhooks.verify(headers=headers, body=BODY, now=clock.now()) == "d1"


async def test_a_secret_that_cannot_be_asked_for_is_told_of(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(503)] * 3)
    webhooks = await accounts_of(service, clock=clock).webhooks_for(None)

    with pytest.raises(ProviderUnavailable):
        await webhooks.verify(headers=headers_for(BODY, secret=SECRET, clock=clock), body=BODY, now=clock.now())


async def test_nobody_is_asked_for_the_secret_of_a_webhook_that_is_too_old(clock: ManualClock) -> None:
    service = Service()
    webhooks = await accounts_of(service, clock=clock).webhooks_for(None)
    headers = headers_for(BODY, secret=SECRET, clock=clock)
    clock.advance(hours=1)

    with pytest.raises(NotSignedIn):
        await webhooks.verify(headers=headers, body=BODY, now=clock.now())

    assert service.requests == []


async def test_the_secret_of_the_settings_is_the_workspaces_alone(clock: ManualClock) -> None:
    settings = HostedSettings(replicate_url=URL, replicate_webhook_secret=SECRET)
    headers = headers_for(BODY, secret=SECRET, clock=clock)
    service = Service()
    service.will(httpx.Response(200, json={"key": "whsec_YW5vdGhlciBzZWNyZXQ="}))

    own = await accounts_of(service, clock=clock, settings=settings).webhooks_for(None)
    others = await accounts_of(service, clock=clock, settings=settings, workspace_key="another").webhooks_for(None)

    assert await own.verify(headers=headers, body=BODY, now=clock.now()) == "d1"
    with pytest.raises(NotSignedIn):
        await others.verify(headers=headers, body=BODY, now=clock.now())
