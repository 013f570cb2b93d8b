"""How people say how long a film is, where it runs and what shape it has, in the languages that are read."""

from typing import Final

from gauntlet.core.creative.formats import AspectRatio, Platform

SECOND_UNITS: Final = (
    r"seconds?|secs?|segundos?|segs?|secondes?|sekunden?|sek|secondi|secondo|seconden|sekund\w*|saniye\w*|секунд\w*|сек"
    r"|秒間?|초|giây|detik|ثانية|ثواني|ثوان|שניות|s"
)
MINUTE_UNITS: Final = (
    r"minutes?|mins?|minutos?|minuten?|minuti|minuto|minut\w*"
    r"|dakika\w*|минут\w*|мин|分間?|분|phút|menit|دقيقة|دقائق|דקות"
)
NUMBER_WORDS: Final[dict[str, int]] = {
    "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty-five": 45, "forty five": 45, "forty": 40, "sixty": 60, "ninety": 90,
    "cinco": 5, "seis": 6, "diez": 10, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "sesenta": 60,
    "cinq": 5, "dix": 10, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "soixante": 60,
    "fünf": 5, "sechs": 6, "zehn": 10, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "sechzig": 60,
    "dez": 10, "vinte": 20, "trinta": 30, "quarenta": 40, "sessenta": 60,
    "dieci": 10, "quindici": 15, "venti": 20, "trenta": 30, "sessanta": 60,
    "خمس عشرة": 15, "خمسة عشر": 15, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "ستين": 60,
}  # fmt: skip
PHRASES_S: Final[tuple[tuple[str, float], ...]] = (
    (r"(?:one|a|1)\s+minute\s+and\s+a\s+half|minuto\s+y\s+medio|minute\s+et\s+demie|anderthalb\s+minuten", 90),
    (r"minuto\s+e\s+mezzo|minuto\s+e\s+meio|دقيقة\s+ونصف|1分半", 90),
    (r"half[\s-]+(?:a[\s-]+)?minute|medio\s+minuto|(?:une\s+)?demi[\s-]minute|halbe\s+minute|meio\s+minuto", 30),
    (r"mezzo\s+minuto|halve\s+minuut|نصف\s+دقيقة|полминуты|半分間", 30),
    (r"(?:quarter\s+of\s+a\s+minute|cuarto\s+de\s+minuto|quart\s+de\s+minute|viertel\s*minute|ربع\s+دقيقة)", 15),
    (r"(?:one|a\s+full)[\s-]+minute|un\s+minuto|une\s+minute|eine\s+minute|um\s+minuto|一分間?", 60),
    (r"\ba[\s-]+minute(?=\s+(?:long|ad\b|video|spot|film))|minute-long|دقيقة\s+واحدة", 60),
)
FILM_WORDS: Final = (
    r"ad|ads|advert|advertisement|commercial|spot|spots|video|videos|vídeo|vidéo|film|clip|reel|reels|short|shorts"
    r"|promo|teaser|trailer|bumper|tiktok|instagram|youtube|facebook|anuncio|anúncio|annonce|pub|publicité|werbespot"
    r"|werbevideo|werbung|anzeige|annuncio|pubblicità|comercial|story|stories|إعلان|اعلان|فيديو|広告|動画|CM"
)
"""Words that, near a number of seconds, tell that the number is the film's."""

FIGURES_OF_THE_PRODUCT: Final = (
    r"\b(?:in|within|under|every|after|en|dans|em|ogni|alle|cada|toutes\s+les|jede)\s+"
    r"(?:just\s+|only\s+|under\s+|less\s+than\s+|sólo\s+|solo\s+|seulement\s+|nur\s+|apenas\s+|menos\s+de\s+)?$"
)
"""What stands before a time that belongs to the product ("ready in 30 seconds"), not to the film."""

PLATFORMS: Final[tuple[tuple[Platform, str], ...]] = (
    (Platform.TIKTOK, r"tik[\s-]?tok|ティック?トック|تيك\s?توك|тик[\s-]?ток|抖音|틱톡"),
    (
        Platform.YOUTUBE,
        r"you[\s-]?tube(?:\s+shorts?)?|\bshorts(?=\s+(?:ad|video|clip)\b)|ユーチューブ|يوتيوب|ютуб\w*|유튜브",
    ),
    (Platform.FACEBOOK, r"facebook|\bfb\b|フェイスブック|فيس\s?بوك|فايسبوك|фейсбук\w*|페이스북"),
    (
        Platform.INSTAGRAM,
        r"instagram(?:\s+(?:story|stories|reels?|posts?)\b)?|\breels?\b|\binsta\b|\big\b(?=\s+(?:ad|reel|story|stories|post|video))|インスタ(?:グラム)?|リール"
        r"|[اإأ]نست[غقج]رام|ريلز|инстаграм\w*|인스타그램|릴스",
    ),
)
ASPECTS: Final[tuple[tuple[AspectRatio, str], ...]] = (
    (AspectRatio.VERTICAL, r"\b9\s?[:x×/]\s?16\b|1080\s?[x×]\s?1920"),
    (AspectRatio.LANDSCAPE, r"\b16\s?[:x×/]\s?9\b|1920\s?[x×]\s?1080"),
    (AspectRatio.PORTRAIT, r"\b4\s?[:x×/]\s?5\b|1080\s?[x×]\s?1350"),
    (AspectRatio.SQUARE, r"\b1\s?[:x×/]\s?1\b|1080\s?[x×]\s?1080"),
    (
        AspectRatio.VERTICAL,
        r"\bvertical(?:es|e|i)?\b|\bverticale?s?\b|\bhochkant\w*|\bhochformat\w*|\bshorts\b|\breels?\b"
        r"|\bstor(?:y|ies)\b"
        r"(?=\s+(?:ad|format)\b)|縦型|縦長|縦動画|عمودي\w*|رأسي\w*|вертикальн\w*|竖屏|세로",
    ),
    (
        AspectRatio.LANDSCAPE,
        r"\bwide[\s-]?screen\b|\blandscape(?=\s+(?:format|video|ad|orientation|mode))|\bhorizontal\w*"
        r"|\bquerformat\w*|\borizzontal\w*|\bpaysage(?=\s+format)|\bformat\s+paysage|\bapaisad\w+|横型|横長|横向き"
        r"|أفقي\w*|افقي\w*|горизонтальн\w*|横屏|가로",
    ),
    (
        AspectRatio.SQUARE,
        r"\bsquare(?=\s+(?:format|video|ad|spot|post|clip|for)\b)|\bformato\s+cuadrado|\bcuadrad[oa]\b|\bformat\s+carré"
        r"|\bcarrée?\b|\bquadratisch\w*|\bquadrad[oa]\b|\bquadrat[oa]\b|正方形|スクエア|مربع\w*|квадратн\w*|方形|정사각",
    ),
    (AspectRatio.PORTRAIT, r"\bportrait(?=\s+(?:format|video|ad|orientation|mode))|\bfeed\s+(?:ad|post|format)\b"),
)
