"""The double of OpenRouter: chat completions with the cost in them, and errors that come with status 200."""

from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.answering import Call, Reception, bearer_of
from gauntlet.providers.fakes.dropping import PlainJson
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.language.answers import Answer, answer, tokens_of
from gauntlet.providers.fakes.language.charging import charge
from gauntlet.providers.fakes.language.chat import Asked, Json, read_chat, responded, within_limit
from gauntlet.providers.fakes.language.openai import completion
from gauntlet.providers.fakes.language.sampling import Unanswerable
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import ANSWERS, Fault

PREFIX: Final = "/openrouter/api/v1"
_NO_CREDIT: Final = (
    "This request requires more credits, or fewer max_tokens. To increase, visit https://openrouter.ai/settings/credits"
    " and add more credits"
)
_MICROUSD_PER_USD: Final = 1_000_000


def error(
    code: int,
    message: str,
    *,
    status: int | None = None,
    metadata: Json | None = None,
    retry_after_s: int | None = None,
) -> Response:
    """Return an error as the service writes it; `status` where HTTP's own is another."""
    body: Json = {"code": code, "message": message}
    if metadata:
        body["metadata"] = metadata
    headers = {} if retry_after_s is None else {"retry-after": str(retry_after_s)}
    return PlainJson({"error": body, "user_id": None}, status_code=status or code, headers=headers)


class OpenRouterRefusals:
    """As `Refusals`."""

    def unauthenticated(self) -> Response:
        """Return 401."""
        return error(401, "No auth credentials found")

    def unreadable(self) -> Response:
        """Return 400."""
        return error(400, "Invalid JSON body")

    def refused(self, rule: FaultRule) -> Response:
        """Return the answer of a fault."""
        match rule.fault:
            case Fault.RATE_LIMITED:
                return error(
                    429,
                    "Rate limit exceeded",
                    metadata={"provider_name": "Double", "raw": "rate-limited upstream"},
                    retry_after_s=rule.retry_after_s,
                )
            case Fault.PAYMENT_REQUIRED:
                return error(402, _NO_CREDIT)
            case Fault.OVERLOADED:
                return error(
                    rule.status or 503,
                    "There is no available model provider that meets your routing requirements",
                    retry_after_s=rule.retry_after_s,
                )
            case _:
                code = rule.status or 502
                return error(code, "Provider returned error", metadata={"provider_name": "Double", "raw": "ERROR"})


class OpenRouterDouble:
    """Answers chat completions of any model."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._reception = Reception(shared, "openrouter", OpenRouterRefusals(), bearer_of)

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route(f"{PREFIX}/chat/completions", self._chat, methods=["POST"]),
            Route(f"{PREFIX}/key", self._key, methods=["GET"]),
        ]

    async def _key(self, request: Request) -> Response:
        return await self._reception.answer(request, "account", self._told_of_key)

    async def _told_of_key(self, call: Call) -> Response:
        charged_microusd = sum(
            charge.amount_microusd
            for charge in self._shared.charges.entries
            if (charge.service, charge.account) == (call.service, call.account.name)
        )
        left_microusd = call.account.credit_microusd
        data: Json = {
            "label": call.account.name,
            "usage": charged_microusd / _MICROUSD_PER_USD,
            "limit": None if left_microusd is None else (charged_microusd + left_microusd) / _MICROUSD_PER_USD,
            "limit_remaining": None if left_microusd is None else left_microusd / _MICROUSD_PER_USD,
            "is_free_tier": False,
        }
        return PlainJson({"data": data})

    async def _chat(self, request: Request) -> Response:
        return await self._reception.answer(request, "completions", self._complete)

    async def _complete(self, call: Call) -> Response:
        if call.model is None:
            return error(400, "No models provided")
        if "/" not in call.model:
            return error(400, f"{call.model} is not a valid model ID")
        if call.account.is_spent:
            return error(402, _NO_CREDIT)
        asked = read_chat(call.body)
        rule = self._shared.faults.strike(ANSWERS, service="openrouter", endpoint="completions", model=call.model)
        call.struck_by = rule
        if rule is not None and rule.fault is Fault.ERROR_IN_200:
            code = rule.status or 502
            return error(code, "Provider returned error", status=200, metadata={"provider_name": "Double"})
        try:
            said = answer(asked.text, asked.schema, fault=rule.fault if rule else None)
        except Unanswerable as unanswerable:
            return error(400, str(unanswerable))
        return responded(self._shared, self._completion(call, asked, said), asked, rule)

    def _completion(self, call: Call, asked: Asked, said: Answer) -> Json:
        said = within_limit(said, asked.max_tokens)
        output_tokens = tokens_of(said.text)
        reference, model = f"gen-{int(self._shared.clock.now().timestamp())}-{identity.token(20)}", call.model or ""
        cost_microusd = charge(
            self._shared,
            call,
            reference=reference,
            model=model,
            input_tokens=asked.input_tokens,
            output_tokens=output_tokens,
        )
        made = completion(
            reference,
            model,
            said,
            asked,
            created=int(self._shared.clock.now().timestamp()),
            output_tokens=output_tokens,
        )
        choices = cast(list[Json], made["choices"])
        choices[0]["native_finish_reason"] = choices[0]["finish_reason"]
        usage = cast(Json, made["usage"])
        usage["cost"] = cost_microusd / _MICROUSD_PER_USD
        usage["is_byok"] = False
        del made["service_tier"]
        return made | {"provider": "Double"}
