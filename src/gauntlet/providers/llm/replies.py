"""What comes back from a language model: its answer, or why there is none."""

from dataclasses import dataclass
from typing import Literal

from gauntlet.core.attempts import AttemptOutcome

End = Literal["done", "refused", "truncated"]
Money = Literal["release", "lose"]
"""Of what was reserved: certainly not charged, or not to be told."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A model's whole answer, and what the service says that it took."""

    text: str
    end: End
    input_tokens: int | None
    output_tokens: int | None
    cost_microusd: int | None
    request_id: str | None


class Unanswered(Exception):
    """There is no answer; `money` says whether that is certainly free or cannot be told.

    `is_passing` where the service itself failed in the middle and may well answer when asked again at once.
    """

    def __init__(self, outcome: AttemptOutcome, message: str, *, money: Money, is_passing: bool = False) -> None:
        super().__init__(message)
        self.outcome: AttemptOutcome = outcome
        self.message = message
        self.money: Money = money
        self.is_passing = is_passing
