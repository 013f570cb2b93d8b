"""News of predictions, signed and delivered as the service does it: the last one again and again, the others once."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from urllib.parse import urlsplit
from uuid import uuid5

import structlog

from gauntlet.providers.fakes.calling import is_near
from gauntlet.providers.fakes.identity import NAMESPACE
from gauntlet.providers.fakes.replicate.models import Json
from gauntlet.providers.fakes.replicate.predictions import FakePrediction, WebhookEvent
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import Fault

_PAUSES_S: Final = (2, 4, 8, 16, 30)
"""Between the deliveries of the last event: about a minute altogether."""
_STALE: Final = timedelta(minutes=10)
_FORGER: Final = "whsec_c29tZWJvZHkgZWxzZSwgd2hvIGRvZXMgbm90IGtub3c="

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook's request: the same id, moment and signature each time it is sent."""

    url: str
    id: str
    body: bytes
    headers: dict[str, str]


def signature(secret: str, *, delivery_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature's value with its version."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{delivery_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def is_deliverable(url: str) -> bool:
    """Whether the service sends there: HTTPS, or HTTP on this machine, where the doubles are for trying things."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_near(url)))


class Courier:
    """Delivers webhooks; what a prediction's script says is done to them on the way."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self.sent: list[Json] = []
        self._held: dict[str, list[Delivery]] = {}

    def tell(self, prediction: FakePrediction, event: WebhookEvent) -> None:
        """Send the news of a prediction as it is at this moment, if they were asked for, after those before."""
        hook = prediction.hook
        if hook is None or event not in hook.events:
            return
        self._shared.clock.spawn(self._send(prediction, self._signed(prediction, event), event))

    async def _send(self, prediction: FakePrediction, delivery: Delivery, event: WebhookEvent) -> None:
        async with prediction.courier:
            if event != "completed":
                await self._send_passing(prediction, delivery, event)
                return
            await self._send_last(prediction, delivery)
            for held in self._held.pop(prediction.id, []):
                await self._deliver(held, event="reordered", retries=False)

    async def _send_passing(self, prediction: FakePrediction, delivery: Delivery, event: WebhookEvent) -> None:
        script = prediction.script
        if script.webhook(Fault.WEBHOOK_REORDERED):
            self._held.setdefault(prediction.id, []).append(delivery)
        elif script.webhook(Fault.WEBHOOK_LOST):
            self._note(delivery, event=event, status=None, fault=Fault.WEBHOOK_LOST)
        else:
            await self._deliver(delivery, event=event, retries=False)

    async def _send_last(self, prediction: FakePrediction, delivery: Delivery) -> None:
        script, clock = prediction.script, self._shared.clock
        if script.webhook(Fault.WEBHOOK_FORGED):
            await self._deliver(self._forged(prediction), event="forged", retries=False)
        if script.webhook(Fault.WEBHOOK_LOST):
            self._note(delivery, event="completed", status=None, fault=Fault.WEBHOOK_LOST)
            return
        late = script.webhook(Fault.WEBHOOK_LATE)
        if late is not None:
            await clock.reach(clock.after(late.late_s))
        await self._deliver(delivery, event="completed", retries=True)
        if script.webhook(Fault.WEBHOOK_DOUBLED):
            await self._deliver(delivery, event="completed", retries=False)

    async def _deliver(self, delivery: Delivery, *, event: str, retries: bool) -> None:
        for pause_s in (*_PAUSES_S, None) if retries else (None,):
            status = await self._post(delivery)
            self._note(delivery, event=event, status=status)
            if (status is not None and 200 <= status < 300) or pause_s is None:
                return
            await self._shared.clock.reach(self._shared.clock.after(pause_s))

    async def _post(self, delivery: Delivery) -> int | None:
        if not is_near(delivery.url):
            return None
        import httpx

        try:
            answer = await self._shared.caller.client().post(
                delivery.url, content=delivery.body, headers=delivery.headers
            )
        except httpx.HTTPError as error:
            log.info("fakes.webhook.undelivered", delivery_id=delivery.id, error=type(error).__name__)
            return None
        return answer.status_code

    def _signed(self, prediction: FakePrediction, event: WebhookEvent) -> Delivery:
        is_stale = prediction.script.webhook(Fault.WEBHOOK_STALE) is not None
        moment = self._shared.clock.now() - (_STALE if is_stale else timedelta())
        body = json.dumps(prediction.told(self._shared.clock.now())).encode()
        name = f"{prediction.id}:{event}:{prediction.status}:{len(prediction.outputs)}"
        return _delivery(prediction, body, name=name, moment=moment, secret=self._shared.options.webhook_secret)

    def _forged(self, prediction: FakePrediction) -> Delivery:
        """Return news that somebody else made up: another output, signed with a key that is not the service's."""
        told = prediction.told(self._shared.clock.now()) | {
            "status": "succeeded",
            "output": [f"{prediction.origin}/replicate/delivery/forged/out-0.webp"],
        }
        moment = self._shared.clock.now()
        return _delivery(
            prediction, json.dumps(told).encode(), name=f"{prediction.id}:forged", moment=moment, secret=_FORGER
        )

    def _note(self, delivery: Delivery, *, event: str, status: int | None, fault: Fault | None = None) -> None:
        self.sent.append(
            {
                "id": delivery.id,
                "event": event,
                "url": delivery.url,
                "prediction": cast(Json, json.loads(delivery.body))["id"],
                "status": status,
                "fault": fault,
            }
        )


def _delivery(prediction: FakePrediction, body: bytes, *, name: str, moment: datetime, secret: str) -> Delivery:
    hook = prediction.hook
    assert hook is not None, "only predictions with a webhook have news to deliver"
    delivery_id = f"msg_{uuid5(NAMESPACE, name).hex[:27]}"
    timestamp = str(int(moment.timestamp()))
    headers = {
        "content-type": "application/json",
        "user-agent": "Replicate/1.0 (double)",
        "webhook-id": delivery_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(secret, delivery_id=delivery_id, timestamp=timestamp, body=body),
    }
    return Delivery(url=hook.url, id=delivery_id, body=body, headers=headers)
