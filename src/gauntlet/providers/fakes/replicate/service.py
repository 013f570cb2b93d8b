"""The double of Replicate without its HTTP: accounts' predictions, and the outputs that they brought."""

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.ledger import Account, digest_of
from gauntlet.providers.fakes.replicate import outputs
from gauntlet.providers.fakes.replicate.files import Files
from gauntlet.providers.fakes.replicate.life import Life
from gauntlet.providers.fakes.replicate.limits import MinuteLimit
from gauntlet.providers.fakes.replicate.models import FakeModel, Json
from gauntlet.providers.fakes.replicate.predictions import FakePrediction, Hook, Script
from gauntlet.providers.fakes.replicate.sources import Sources
from gauntlet.providers.fakes.replicate.validation import filled
from gauntlet.providers.fakes.replicate.webhooks import Courier
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import FATES, OUTPUTS, WEBHOOKS, Fault

_KEPT_OUTPUTS: Final = 32
_DURATION: Final = re.compile(r"^(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?(?:(?P<s>\d+)s?)?$")


@dataclass(frozen=True, slots=True)
class Delivered:
    """An output as it is delivered; `is_cut` where the connection ends before the file does."""

    data: bytes
    media_type: str
    is_cut: bool = False


class ReplicateDouble:
    """All predictions and files of all accounts."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.files = Files(shared.clock)
        self.courier = Courier(shared)
        self.creates = MinuteLimit(shared.options.creates_per_minute)
        self.requests = MinuteLimit(shared.options.requests_per_minute)
        self.predictions: dict[str, FakePrediction] = {}
        self._life = Life(
            shared, courier=self.courier, sources=Sources(self.files, caller=shared.caller, delivered=self._own_output)
        )
        self._made: OrderedDict[str, bytes] = OrderedDict()

    def create(
        self,
        model: FakeModel,
        account: Account,
        given: Json,
        *,
        origin: str,
        hook: Hook | None = None,
        deadline_s: float | None = None,
    ) -> FakePrediction:
        """Take a prediction and begin it."""
        clock = self.shared.clock
        prediction = FakePrediction(
            id=identity.prediction_id(),
            model=model,
            account=account,
            given=given,
            inputs=filled(model, given),
            origin=origin,
            created_at=clock.now(),
            script=self._script(model),
            hook=hook,
            deadline_at=None if deadline_s is None else clock.after(deadline_s),
        )
        self.predictions[prediction.id] = prediction
        self._life.begin(prediction)
        return prediction

    def find(self, account: Account, prediction_id: str) -> FakePrediction | None:
        """Return an account's own prediction."""
        found = self.predictions.get(prediction_id)
        return found if found is not None and found.account is account else None

    def of(
        self, account: Account, *, after: datetime | None = None, before: datetime | None = None
    ) -> list[FakePrediction]:
        """Return an account's predictions, newest first."""
        return [
            prediction
            for prediction in reversed(self.predictions.values())
            if prediction.account is account
            and (after is None or prediction.created_at >= after)
            and (before is None or prediction.created_at < before)
        ]

    def cancel(self, prediction: FakePrediction) -> None:
        """End a prediction; one that has ended stays as it is."""
        self._life.cancel(prediction)

    async def delivered(self, path: str) -> Delivered | None:
        """Return the output of a delivery path, while there is one."""
        found = self._output(path)
        if found is None:
            return None
        prediction, index = found
        rule = prediction.script.output
        fault = rule.fault if rule is not None else None
        if fault is Fault.OUTPUT_GONE or prediction.is_data_removed(self.shared.clock.now()):
            return None
        data = await self._bytes(prediction, index)
        if fault is not None:
            data = await asyncio.to_thread(outputs.spoilt, fault, prediction.model, data)
        ending = path.rsplit(".", 1)[-1]
        return Delivered(data, outputs.MEDIA_TYPES[ending], is_cut=fault is Fault.CUT_OUTPUT)

    def expire(self) -> int:
        """Remove the data of everything that has ended; return of how many predictions."""
        ended = [prediction for prediction in self.predictions.values() if prediction.has_ended]
        for prediction in ended:
            prediction.is_expired = True
        return len(ended)

    def forget(self) -> None:
        """Forget everything."""
        self.predictions.clear()
        self._made.clear()
        self.courier.sent.clear()

    def _script(self, model: FakeModel) -> Script:
        faults = self.shared.faults
        return Script(
            fate=faults.strike(FATES, service="replicate", endpoint="predictions.create", model=model.id),
            output=faults.strike(OUTPUTS, service="replicate", endpoint="predictions.create", model=model.id),
            webhooks=faults.strike_all(WEBHOOKS, service="replicate", endpoint="predictions.create", model=model.id),
        )

    def _output(self, path: str) -> tuple[FakePrediction, int] | None:
        """Return the prediction and the place of the output that a path leads to."""
        parts = path.strip("/").split("/")
        prediction = self.predictions.get(parts[2]) if len(parts) == 5 else None
        if prediction is None:
            return None
        places = (index for index, url in enumerate(prediction.outputs) if url.endswith(path))
        index = next(places, None)
        return None if index is None else (prediction, index)

    async def _own_output(self, path: str) -> bytes | None:
        delivered = await self.delivered(path)
        return None if delivered is None else delivered.data

    async def _bytes(self, prediction: FakePrediction, index: int) -> bytes:
        sources = "".join(f"{name}{hash(data)}" for name, data in prediction.sources.items())
        key = f"{prediction.model.id}:{digest_of(prediction.inputs)}:{index}:{sources}"
        if key not in self._made:
            self._made[key] = await asyncio.to_thread(
                outputs.made, prediction.model, prediction.inputs, sources=prediction.sources, index=index
            )
        self._made.move_to_end(key)
        while len(self._made) > _KEPT_OUTPUTS:
            self._made.popitem(last=False)
        return self._made.get(key, b"")


def duration_s(text: str) -> float | None:
    """Return the seconds of `30s`, `5m` or `1h30m`; None for what is no duration."""
    found = _DURATION.match(text.strip())
    if found is None or not any(found.groups()):
        return None
    return int(found["h"] or 0) * 3_600 + int(found["m"] or 0) * 60 + int(found["s"] or 0)
