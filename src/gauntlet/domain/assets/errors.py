"""Errors that only the library raises."""

from gauntlet.core.errors import TooLarge


class QuotaExceeded(TooLarge):
    """A client's files would take more space than it may use."""

    code = "quota_exceeded"
