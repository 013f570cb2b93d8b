"""Which language a prompt is written in: by script first, then by its smallest words."""

import re
from typing import Final, Literal

from gauntlet.providers.local.planner.text import clean

FULL_COPY: Final = frozenset({"en", "es", "fr", "de", "pt", "it", "ja", "ar"})
"""Languages in which the planner writes lines of its own."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur"})

_SCRIPTS: Final[tuple[tuple[str, str], ...]] = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af\u1100-\u11ff]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("el", r"[\u0370-\u03ff]"),
    ("ru", r"[\u0400-\u04ff]"),
)
_JAPANESE_FORMS: Final = frozenset("広円売気図対発価価無料様込")
_FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(
        "the a an and for of to with our your my that from is are in on it make create ad video by this new off "
        "advert commercial spot seconds second about we you show at".split()
    ),
    "es": frozenset(
        "el la los las un una unos y de del para con por que en nuestro nuestra mi es su al anuncio vídeo segundos "
        "haz crea hasta más sin nuevo nueva oferta descuento quiero como".split()
    ),
    "fr": frozenset(
        "le la les un une des et de du pour avec par que qui en notre nos mon ma est sur au aux pub publicité vidéo "
        "secondes créez fais jusqu dans nouveau nouvelle sans à annonce spot je ce cette".split()
    ),
    "de": frozenset(
        "der die das ein eine einen einem einer und für mit von vom zum zur ist im in auf unser unsere unseren mein "
        "werbung anzeige werbespot video sekunden mache erstelle bis neue neuen ohne nicht aus den dem".split()
    ),
    "pt": frozenset(
        "o a os as um uma e de do da dos das para com por que em no na nosso nossa meu minha é anúncio vídeo segundos "
        "crie faça até mais sem novo nova não você ao à desconto propaganda".split()
    ),
    "it": frozenset(
        "il lo la i gli le un una uno e di del della dei per con da che in nel nostro nostra mio è annuncio "
        "pubblicità video secondi crea fino più senza nuovo nuova non sconto spot al alla".split()
    ),
    "nl": frozenset(
        "de het een en van voor met op onze ons mijn dat die is in maak advertentie reclame seconden niet zonder "
        "nieuwe tot bij naar ook".split()
    ),
    "sv": frozenset(
        "en ett och för med av på vår vårt som är i det den skapa annons reklam sekunder inte ny till".split()
    ),
    "da": frozenset("en et og for med af på vores som er i det den lav annonce reklame sekunder ikke ny til".split()),
    "pl": frozenset(
        "i w na z do dla nasz nasza nasze jest się reklama reklamę sekund film o od nie oraz stwórz".split()
    ),
    "tr": frozenset("bir ve için ile bu reklam saniye saniyelik bizim yeni olan videosu hazırla çok daha".split()),
    "id": frozenset("yang dan untuk dengan dari di iklan detik kami buat ini baru video sebuah".split()),
    "vi": frozenset("và cho của một quảng cáo giây với là chúng tôi mới video tạo".split()),
}


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language most of the text is in; "en" when nothing speaks for another."""
    words = clean(text)
    return _by_script(words) or _by_function_words(words)


def _by_script(text: str) -> str | None:
    letters = sum(c.isalpha() for c in text)
    counts = {code: len(re.findall(pattern, text)) for code, pattern in _SCRIPTS}
    if counts["ja"] or any(c in _JAPANESE_FORMS for c in text):
        counts["ja"] += counts["zh"]
        counts["zh"] = 0
    code, most = max(counts.items(), key=lambda pair: pair[1])
    # Ideographs say more a character than letters do, and names of platforms stay in Latin script.
    weight = 4 if code in ("ja", "zh", "ko") else 2
    if not most or most * weight < letters:
        return None
    if code == "ar" and re.search(r"[پچژگ]", text):
        return "ur" if re.search(r"[ٹڈڑے]", text) else "fa"
    return code


_HINTS: Final[tuple[tuple[str, str], ...]] = (
    ("es", r"[ñ¿¡]"),
    ("de", r"[äß]|ö|ü"),
    ("pt", r"[ãõ]"),
    ("fr", r"[êœçèù]"),
    ("it", r"[òì]"),
    ("pl", r"[łąęśźż]"),
    ("tr", r"[ğış]"),
    ("vi", r"[ơưđạảấầếệộ]"),
    ("sv", r"å"),
)


def _by_function_words(text: str) -> str:
    lowered = text.lower()
    tokens = re.findall(r"[^\W\d_]+", lowered)
    scores = {code: float(sum(token in words for token in tokens)) for code, words in _FUNCTION_WORDS.items()}
    for code, pattern in _HINTS:
        scores[code] += 0.75 * min(2, len(re.findall(pattern, lowered)))
    code, best = max(scores.items(), key=lambda pair: pair[1])
    return code if best > scores["en"] else "en"


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the way the language's lines run."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
