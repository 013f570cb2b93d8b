"""What models cost: a list of dated prices with their sources, and what a run comes to by it.

The arithmetic is pure. A price that is not on the list is unknown (None), never zero and never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, HttpUrl, JsonValue, TypeAdapter, ValidationError

from gauntlet.core.errors import Misconfigured
from gauntlet.core.generation import LanguageProvider, is_built_in
from gauntlet.core.schema import Schema
from gauntlet.domain.costs.schemas import Amount

PRICES_FILE_LIMIT_BYTES: Final = 1_000_000
TOKENS_PER_UNIT: Final = 1_000_000

Unit = Literal["image", "output_second", "run", "predict_second"]
"""What is counted: pictures, seconds of film or sound that come out, runs, or seconds that the model ran."""
Scalar = str | int | float | bool

_HTTP_URL: Final = TypeAdapter(HttpUrl)
_DATED: Final = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")
_OUTPUT_SECONDS: Final = "video_output_duration_seconds"
_PREDICT_SECONDS: Final = "predict_time"


def _checked_url(value: str) -> str:
    _HTTP_URL.validate_python(value)
    return value


Url = Annotated[str, AfterValidator(_checked_url)]


class Rate(Schema):
    """A price a unit, for runs whose inputs are as `when` says (any of the values of each)."""

    unit: Unit
    amount_microusd: Amount
    when: dict[str, tuple[Scalar, ...]] = Field(default_factory=dict, max_length=10)


class MediaPrice(Schema):
    """What a model of pictures, films or music costs: the first rate that fits a run's inputs."""

    model: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*/[a-z0-9][a-z0-9._-]*$")
    source: Url
    as_of: date
    rates: tuple[Rate, ...] = Field(min_length=1)
    defaults: dict[str, Scalar] = Field(
        default_factory=dict, description="What the model takes where an input that the price depends on is not given."
    )
    duration_input: str = "duration"
    count_input: str = "num_outputs"
    typical_s: float | None = Field(default=None, gt=0, description="How long it usually runs, to estimate by.")


class TokenPrice(Schema):
    """What a language model costs a million tokens read, and a million written."""

    provider: LanguageProvider
    model: str = Field(min_length=1, max_length=300)
    source: Url
    as_of: date
    input_microusd: Amount
    output_microusd: Amount


class PriceList(Schema):
    """Prices as a file holds them."""

    media: tuple[MediaPrice, ...] = ()
    tokens: tuple[TokenPrice, ...] = ()


class PriceBook:
    """Prices to look up and to compute by. Of two prices of one model the later one in the list holds."""

    def __init__(self, prices: PriceList) -> None:
        self._media = {price.model: price for price in prices.media}
        self._tokens: dict[tuple[str, str], TokenPrice] = {
            (price.provider, price.model): price for price in prices.tokens
        }

    @classmethod
    def of(cls, *lists: PriceList) -> Self:
        """Return a book of several lists; what a later one says holds."""
        return cls(
            PriceList(
                media=tuple(price for prices in lists for price in prices.media),
                tokens=tuple(price for prices in lists for price in prices.tokens),
            )
        )

    def media_price(self, model: str) -> MediaPrice | None:
        """Return the price of `owner/name`, also where a version is named."""
        return self._media.get(model.partition(":")[0])

    def token_price(self, provider: str, model: str) -> TokenPrice | None:
        """Return a language model's price; a dated name costs what the undated one does."""
        return self._tokens.get((provider, model)) or self._tokens.get((provider, _DATED.sub("", model)))

    def estimate_media(self, model: str, inputs: Mapping[str, JsonValue]) -> int | None:
        """Return what a run will probably cost; None where its price or size is not known."""
        if is_built_in(model):
            return 0
        price = self.media_price(model)
        if price is None:
            return None
        given = _given(price, inputs)
        rate = _rate(price, given)
        if rate is None:
            return None
        return _amount(rate, _expected_units(rate, price, given))

    def actual_media(
        self,
        model: str,
        inputs: Mapping[str, JsonValue],
        metrics: Mapping[str, float],
        outputs_count: int,
    ) -> int | None:
        """Return what a run that ended costs; None where that cannot be computed."""
        if is_built_in(model):
            return 0
        price = self.media_price(model)
        if price is None:
            return None
        given = _given(price, inputs)
        rate = _rate(price, given)
        if rate is None:
            return None
        return _amount(rate, _counted_units(rate, price, given, metrics, outputs_count))

    def estimate_tokens(self, provider: str, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """Return what an answer of at most so many tokens costs; None where the price is not known."""
        price = self.token_price(provider, model)
        if price is None:
            return None
        total = Decimal(input_tokens) * price.input_microusd + Decimal(output_tokens) * price.output_microusd
        return _rounded(total / TOKENS_PER_UNIT)

    def actual_tokens(self, provider: str, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """Return what an answer cost by the tokens that the service counted.

        A service that tells the cost itself (OpenRouter) is to be believed before this.
        """
        return self.estimate_tokens(provider, model, input_tokens, output_tokens)


def open_price_book(prices_file: Path | None, *, built_in: PriceList) -> PriceBook:
    """Return the built-in prices, with those of a file added or put in their place.

    Raises `Misconfigured` for a file that cannot be read or holds anything but prices.
    """
    return PriceBook(built_in) if prices_file is None else PriceBook.of(built_in, read_prices(prices_file))


def read_prices(path: Path) -> PriceList:
    """Return the prices of a JSON file; raises `Misconfigured` naming the first fault."""
    setting = "GAUNTLET_COSTS__PRICES_FILE"
    next_step = f"Correct it or unset {setting}; docs/guide/costs.md shows the format."
    try:
        with path.open("rb") as file:
            document = file.read(PRICES_FILE_LIMIT_BYTES + 1)
    except OSError as error:
        raise Misconfigured(
            f"The price list {path} cannot be read: {error.strerror}.",
            next_step=next_step,
            details={"setting": setting},
        ) from error
    if len(document) > PRICES_FILE_LIMIT_BYTES:
        raise Misconfigured(
            f"The price list {path} has more than {PRICES_FILE_LIMIT_BYTES:,} bytes.",
            next_step=next_step,
            details={"setting": setting, "limit": PRICES_FILE_LIMIT_BYTES},
        )
    try:
        prices = PriceList.model_validate_json(document)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the document"
        raise Misconfigured(
            f"The price list {path} is not valid at {where}: {fault['msg']}.",
            next_step=next_step,
            details={"setting": setting, "field": where},
        ) from error
    _check_each_once(path, (price.model for price in prices.media), next_step=next_step)
    _check_each_once(path, (f"{price.provider}:{price.model}" for price in prices.tokens), next_step=next_step)
    return prices


def _check_each_once(path: Path, models: Iterable[str], *, next_step: str) -> None:
    seen = set[str]()
    for model in models:
        if model in seen:
            raise Misconfigured(
                f"The price list {path} names {model} twice.",
                next_step=next_step,
                details={"setting": "GAUNTLET_COSTS__PRICES_FILE", "value": model},
            )
        seen.add(model)


def _given(price: MediaPrice, inputs: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the inputs as the model takes them: what is absent or null is its default."""
    return {**price.defaults, **{name: value for name, value in inputs.items() if value is not None}}


def _rate(price: MediaPrice, given: Mapping[str, JsonValue]) -> Rate | None:
    return next((rate for rate in price.rates if _fits(rate, given)), None)


def _fits(rate: Rate, given: Mapping[str, JsonValue]) -> bool:
    return all(_word(given.get(name)) in {_word(value) for value in values} for name, values in rate.when.items())


def _word(value: JsonValue) -> str:
    """Return a value as prices compare it: 10 and "10" are alike, and so are "1080p" and "1080P"."""
    return str(value).lower()


def _expected_units(rate: Rate, price: MediaPrice, given: Mapping[str, JsonValue]) -> Decimal | None:
    match rate.unit:
        case "run":
            return Decimal(1)
        case "image":
            return _number(given.get(price.count_input, 1))
        case "output_second":
            return _number(given.get(price.duration_input))
        case "predict_second":
            return None if price.typical_s is None else Decimal(str(price.typical_s))


def _counted_units(
    rate: Rate,
    price: MediaPrice,
    given: Mapping[str, JsonValue],
    metrics: Mapping[str, float],
    outputs_count: int,
) -> Decimal | None:
    match rate.unit:
        case "run":
            return Decimal(1)
        case "image":
            return Decimal(outputs_count)
        case "output_second":
            return _number(metrics.get(_OUTPUT_SECONDS, given.get(price.duration_input)))
        case "predict_second":
            return _number(metrics.get(_PREDICT_SECONDS))


def _number(value: JsonValue) -> Decimal | None:
    """Return a count or a time that an input or a metric tells; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and not value.isdecimal():
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and 0 <= number < 1_000_000 else None


def _amount(rate: Rate, units: Decimal | None) -> int | None:
    return None if units is None else _rounded(units * rate.amount_microusd)


def _rounded(amount_microusd: Decimal) -> int:
    return int(amount_microusd.quantize(Decimal(1), rounding=ROUND_HALF_UP))
