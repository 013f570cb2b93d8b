"""What becomes of a prediction: queue, run, end, charge, and the news of it."""

import asyncio
import random
from datetime import datetime
from typing import Final

from gauntlet.core.generation import PredictionStatus
from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.ledger import Charge, digest_of
from gauntlet.providers.fakes.replicate import outputs
from gauntlet.providers.fakes.replicate.predictions import FakePrediction
from gauntlet.providers.fakes.replicate.prices import charge_microusd
from gauntlet.providers.fakes.replicate.sources import Sources, SourceUnreadable
from gauntlet.providers.fakes.replicate.webhooks import Courier
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import Fault

RUN_MAX_S: Final = 30 * 60
_TIMED_OUT: Final = "Prediction interrupted; please retry (code: PA)"
_CRASHED: Final = "CUDA out of memory. Tried to allocate 2.25 GiB (GPU 0; 39.59 GiB total capacity)"


class Life:
    """Runs predictions on the doubles' time."""

    def __init__(self, shared: Shared, *, courier: Courier, sources: Sources) -> None:
        self._shared = shared
        self._courier = courier
        self._sources = sources

    def begin(self, prediction: FakePrediction) -> None:
        """Put a prediction into the queue, and its deadline on the clock."""
        self._shared.clock.spawn(self._run(prediction))
        if prediction.deadline_at is not None:
            self._shared.clock.spawn(self._end_at_deadline(prediction, prediction.deadline_at))

    def cancel(self, prediction: FakePrediction) -> None:
        """End a prediction because somebody asks for it; one that has ended stays as it is."""
        if not prediction.has_ended:
            self._end(prediction, PredictionStatus.CANCELED, at=self._shared.clock.now())

    async def _run(self, prediction: FakePrediction) -> None:
        clock, model, fate = self._shared.clock, prediction.model, prediction.script.fate
        starts_at = clock.after(model.queue_s, since=prediction.created_at)
        await clock.reach(starts_at)
        if prediction.has_ended:
            return
        if fate is not None and fate.fault is Fault.ABORTED:
            self._end(prediction, PredictionStatus.ABORTED, at=starts_at)
            return
        if fate is not None and fate.fault is Fault.NEVER_STARTED:
            starts_at = clock.after(RUN_MAX_S, since=starts_at)
            await clock.reach(starts_at)
            if not prediction.has_ended:
                self._end(prediction, PredictionStatus.ABORTED, at=starts_at)
            return
        prediction.status, prediction.started_at = PredictionStatus.PROCESSING, starts_at
        prediction.logs = f"Using seed: {prediction.inputs.get('seed', '-')}\n"
        self._courier.tell(prediction, "start")
        self._courier.tell(prediction, "logs")
        await self._process(prediction, starts_at)

    async def _process(self, prediction: FakePrediction, starts_at: datetime) -> None:
        clock, fate = self._shared.clock, prediction.script.fate
        whole_s = _duration_s(prediction)
        if fate is not None:
            share_s = RUN_MAX_S if fate.fault is Fault.STUCK else whole_s * fate.at_progress
            ends_at = clock.after(share_s, since=starts_at)
            await clock.reach(ends_at)
            if not prediction.has_ended:
                self._end_badly(prediction, fate.fault, at=ends_at, predict_s=share_s)
            return
        unreadable = await self._read_sources(prediction)
        ends_at = clock.after(whole_s, since=starts_at)
        await clock.reach(ends_at)
        if prediction.has_ended:
            return
        if unreadable is not None:
            self._end(prediction, PredictionStatus.FAILED, at=ends_at, predict_s=whole_s, error=unreadable)
            return
        self._bring_outputs(prediction)
        self._end(prediction, PredictionStatus.SUCCEEDED, at=ends_at, predict_s=whole_s)

    async def _read_sources(self, prediction: FakePrediction) -> str | None:
        """Fetch the files that the inputs name; return why it cannot go on, if it cannot."""
        try:
            prediction.sources = await self._sources.of(prediction)
            await asyncio.to_thread(outputs.check_sources, prediction.model, prediction.sources)
        except (SourceUnreadable, outputs.ModelCrashed) as error:
            return str(error)
        return None

    def _bring_outputs(self, prediction: FakePrediction) -> None:
        rule = prediction.script.output
        if rule is not None and rule.fault is Fault.NO_OUTPUT:
            return
        ending = outputs.extension(prediction.model, prediction.inputs)
        for index in range(outputs.count(prediction.model, prediction.inputs)):
            secret = identity.token()
            prediction.outputs.append(
                f"{prediction.origin}/replicate/delivery/{prediction.id}/{secret}/out-{index}.{ending}"
            )
            self._courier.tell(prediction, "output")

    def _end_badly(self, prediction: FakePrediction, fault: Fault, *, at: datetime, predict_s: float) -> None:
        if fault is Fault.CANCELED:
            self._end(prediction, PredictionStatus.CANCELED, at=at, predict_s=predict_s)
            return
        error = _TIMED_OUT if fault is Fault.STUCK else _CRASHED
        self._end(prediction, PredictionStatus.FAILED, at=at, predict_s=predict_s, error=error)

    async def _end_at_deadline(self, prediction: FakePrediction, deadline_at: datetime) -> None:
        await self._shared.clock.reach(deadline_at)
        if prediction.has_ended:
            return
        has_started = prediction.started_at is not None
        self._end(prediction, PredictionStatus.CANCELED if has_started else PredictionStatus.ABORTED, at=deadline_at)

    def _end(
        self,
        prediction: FakePrediction,
        status: PredictionStatus,
        *,
        at: datetime,
        predict_s: float | None = None,
        error: str | None = None,
    ) -> None:
        prediction.status, prediction.completed_at, prediction.error = status, at, error
        if prediction.started_at is not None:
            ran_s = (at - prediction.started_at).total_seconds() * self._shared.options.speed
            prediction.predict_s = round(predict_s if predict_s is not None else ran_s, 6)
            self._charge(prediction)
        prediction.ended.set()
        self._courier.tell(prediction, "completed")

    def _charge(self, prediction: FakePrediction) -> None:
        """Write down what is billed: what succeeded, and what was canceled while it ran."""
        if prediction.status not in (PredictionStatus.SUCCEEDED, PredictionStatus.CANCELED):
            return
        amount_microusd = charge_microusd(
            prediction.model,
            prediction.inputs,
            predict_s=prediction.predict_s or 0.0,
            outputs=max(len(prediction.outputs), 1),
        )
        charge = Charge(
            service="replicate",
            reference=prediction.id,
            model=prediction.model.id,
            account=prediction.account.name,
            amount_microusd=amount_microusd,
            inputs_digest=digest_of(prediction.given),
            status=prediction.status.value,
            webhook_url=prediction.hook.url if prediction.hook else None,
            charged_at=self._shared.clock.now(),
        )
        self._shared.charges.add(charge, prediction.account)


def _duration_s(prediction: FakePrediction) -> float:
    """Return how long a run takes: what is usual for the model, a fifth more or less by the prediction's id."""
    usual_s = prediction.model.predict_s
    duration = prediction.inputs.get("duration")
    if prediction.model.medium == "audio" and isinstance(duration, int):
        usual_s *= max(duration, 1) / 8
    return round(usual_s * random.Random(prediction.id).uniform(0.8, 1.2), 6)
