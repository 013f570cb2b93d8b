"""Structured logs: one event name per line (`video.render.started`), context bound by request and job."""

import logging
import sys
from typing import Literal

import structlog

SECRET_KEYS = frozenset({"password", "token", "secret", "authorization", "api_key", "cookie", "set-cookie"})


def configure_logging(*, level: str, style: Literal["console", "json"]) -> None:
    """Route structlog and the standard library's logging to stderr in the style asked for."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _drop_secrets,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        # The renderer's own choice of traceback shows local variables: secrets among them, and seconds of work each.
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last] if style == "json" else [*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)


def _to_stderr(*_: object) -> structlog.PrintLogger:
    # Looked up for each line: whoever redirects stderr later (a test, a service manager) gets what is said then.
    return structlog.PrintLogger(sys.stderr)


def _drop_secrets(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for key in event.keys() & SECRET_KEYS:
        event[key] = "[hidden]"
    return event
