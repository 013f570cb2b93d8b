"""All doubles together."""

from gauntlet.providers.fakes.clock import FakesClock
from gauntlet.providers.fakes.faults import Faults
from gauntlet.providers.fakes.replicate.service import ReplicateDouble
from gauntlet.providers.fakes.shared import FakesOptions, Shared


class Doubles:
    """The doubles of all services, sharing time, faults, accounts and charges."""

    def __init__(self, options: FakesOptions | None = None) -> None:
        options = options or FakesOptions()
        clock = FakesClock(speed=options.speed, standing_at=options.standing_at)
        self.shared = Shared(options=options, clock=clock, faults=Faults(options.seed))
        self.replicate = ReplicateDouble(self.shared)

    def state(self) -> dict[str, object]:
        """Return what there is, in numbers."""
        shared, predictions = self.shared, self.replicate.predictions.values()
        statuses: dict[str, int] = {}
        for prediction in predictions:
            statuses[prediction.status.value] = statuses.get(prediction.status.value, 0) + 1
        return {
            "now": shared.clock.now().isoformat(),
            "speed": shared.options.speed,
            "seed": shared.options.seed,
            "predictions": statuses,
            "requests": len(shared.requests.all()),
            "requestsForgotten": shared.requests.forgotten,
            "charges": len(shared.charges.entries),
            "chargedMicrousd": shared.charges.total_microusd,
            "faults": shared.faults.told(),
        }

    async def reset(self) -> None:
        """Forget predictions, requests, charges, accounts and faults; what runs ends unseen and uncharged."""
        shared = self.shared
        await shared.clock.close()
        shared.faults.set(())
        shared.requests.clear()
        shared.charges.entries.clear()
        shared.accounts.clear()
        self.replicate.forget()

    async def close(self) -> None:
        """End everything that goes on."""
        self.shared.stopping.set()
        await self.shared.clock.close()
        await self.shared.caller.close()
