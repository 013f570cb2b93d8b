"""The copy books by language."""

from typing import Final

from gauntlet.providers.local.planner.copy_ar import ARABIC_COPY
from gauntlet.providers.local.planner.copy_de import GERMAN_COPY
from gauntlet.providers.local.planner.copy_en import ENGLISH_COPY
from gauntlet.providers.local.planner.copy_es import SPANISH_COPY
from gauntlet.providers.local.planner.copy_fr import FRENCH_COPY
from gauntlet.providers.local.planner.copy_it import ITALIAN_COPY
from gauntlet.providers.local.planner.copy_ja import JAPANESE_COPY
from gauntlet.providers.local.planner.copy_pt import PORTUGUESE_COPY
from gauntlet.providers.local.planner.copybook import CopyBook

BOOKS: Final[dict[str, CopyBook]] = {
    "ar": ARABIC_COPY,
    "de": GERMAN_COPY,
    "en": ENGLISH_COPY,
    "es": SPANISH_COPY,
    "fr": FRENCH_COPY,
    "it": ITALIAN_COPY,
    "ja": JAPANESE_COPY,
    "pt": PORTUGUESE_COPY,
}
