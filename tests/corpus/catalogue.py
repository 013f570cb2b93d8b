"""All of the corpus."""

from collections.abc import Iterator
from itertools import chain

from tests.corpus import bombs, damage, liars, names, polyglots, svgs
from tests.corpus.case import Case


def all_cases() -> Iterator[Case]:
    """Yield every case; their names are unique."""
    return chain(damage.cases(), svgs.cases(), polyglots.cases(), bombs.cases(), liars.cases(), names.cases())
