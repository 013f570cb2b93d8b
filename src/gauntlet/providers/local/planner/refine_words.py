"""How people ask for a change to a scene, in the languages that are read: patterns as data."""

from typing import Final

from gauntlet.core.creative.brief import CameraMovement, ShotType, Transition

TEXT: Final = (
    r"(?:change|set|make|update|replace|put)\s+(?:the\s+)?(?:text|headline|title|words?|copy|overlay|line"
    r"|hook)\s+(?:to|with|say|read|into)\s*:?\s*(?P<x>.+)",
    r"(?:new\s+)?(?:text|headline|title|copy)\s*(?::|should\s+(?:say|read|be)|to)\s*(?P<x>.+)",
    r"(?:^|\b)(?:it\s+should\s+say|say|says|write|instead\s+say)\s*:?\s+(?P<x>.+)",
    r"(?:cambia|pon)\s+(?:el\s+)?(?:texto|titular|título)\s+(?:a|por)\s*:?\s*(?P<x>.+)|(?:que\s+)?(?:diga"
    r"|di|pon)\s*:?\s+(?P<y>.+)",
    r"(?:change|remplace|mets)\s+(?:le\s+)?(?:texte|titre)\s+(?:en|par|à)\s*:?\s*(?P<x>.+)|(?:écris"
    r"|dis)\s*:?\s+(?P<y>.+)",
    r"(?:ändere|setze)\s+(?:den\s+)?(?:text|titel)\s+(?:zu|in|auf)\s*:?\s*(?P<x>.+)|(?:schreib\w*"
    r"|sag\w*)\s*:?\s+(?P<y>.+)",
    r"(?:mude|troque|altere)\s+(?:o\s+)?(?:texto|título)\s+(?:para|por)\s*:?\s*(?P<x>.+)|(?:diga"
    r"|escreva)\s*:?\s+(?P<y>.+)",
    r"(?:cambia|sostituisci)\s+(?:il\s+)?(?:testo|titolo)\s+(?:in|con)\s*:?\s*(?P<x>.+)|(?:scrivi"
    r"|di['’])\s*:?\s+(?P<y>.+)",
    r"(?:テキスト|見出し|文字|コピー)を\s*(?P<x>.+?)\s*に(?:変更|変えて|して)",
    r"(?:غير|غيّر|اجعل)\s+(?:النص|العنوان)\s+(?:إلى|الى)\s*:?\s*(?P<x>.+)|(?:اكتب)\s*:?\s+(?P<y>.+)",
)
SUPPORTING: Final = (
    r"(?:supporting|second|sub|smaller|small)\s*-?(?:\s*(?:line|text|title|copy))+\s*(?:to|:|say|says"
    r"|should\s+(?:say|be)|with)?\s*:?\s*(?P<x>.+)"
    r"|subtitle\s*(?:to|:|say)?\s*:?\s*(?P<y>.+)",
    r"(?:segunda\s+línea|subtítulo|texto\s+secundario|sous-titre|deuxième\s+ligne|unterzeile"
    r"|zweite\s+zeile|segunda\s+linha|subtítulo"
    r"|sottotitolo|seconda\s+riga|サブ(?:コピー|テキスト)|السطر\s+الثاني)\s*(?:a|en|zu|para|in|を|:)?\s*:?\s*(?P<x>.+)",
)
NO_TEXT: Final = (
    r"\b(?:no|without|remove|delete|drop|hide|clear)\s+(?:the\s+|all\s+|any\s+)?(?:text|words|headline"
    r"|title|copy|overlay)\b"
    r"|\b(?:sin\s+texto|quita\s+el\s+texto|sans\s+texte|enlève\s+le\s+texte|ohne\s+text|kein\s+text"
    r"|text\s+weg|sem\s+texto"
    r"|tire\s+o\s+texto|senza\s+testo|togli\s+il\s+testo)\b|テキストなし|文字なし|(?:テキスト|文字)を(?:消|削除)|بدون\s+نص|احذف\s+النص"
)
LONGER: Final = (
    r"\b(?:longer|lengthen|extend|stretch|hold\s+(?:it\s+)?longer|slower\s+cut|más\s+larg[oa]|más\s+tiempo"
    r"|alarga\w*|plus\s+long(?:ue)?"
    r"|allonge\w*|länger|verläng\w*|mais\s+long[oa]|alongue|più\s+lung[oa]|allunga\w*)\b|長く|延ば|伸ば|أطول|أطل"
)
SHORTER: Final = (
    r"\b(?:shorter|shorten|trim|tighter\s+cut|cut\s+down|quicker|más\s+cort[oa]|acorta\w*|plus\s+courte?"
    r"|raccourci\w*|kürzer|kürze"
    r"|mais\s+curt[oa]|encurte|più\s+cort[oa]|più\s+breve|accorcia\w*)\b|短く|短縮|縮め|أقصر|قصر"
)
SHOTS: Final[tuple[tuple[ShotType, str], ...]] = (
    (ShotType.EXTREME_CLOSE_UP, r"\bextreme\s+close[- ]?up|\bmacro\b|primerísimo\s+plano|très\s+gros\s+plan|超アップ"),
    (
        ShotType.OVERHEAD,
        r"\boverhead\b|\btop[- ]down\b|\bfrom\s+above\b|\bflat\s?lay\b|\bbird['’]s[- ]eye|\bcenital\b"
        r"|\bdesde\s+arriba\b"
        r"|vue\s+de\s+dessus|\bd['’]en\s+haut\b|von\s+oben|de\s+cima|dall['’]alto|真上|俯瞰|من\s+(?:فوق|الأعلى)",
    ),
    (ShotType.DETAIL, r"\bdetail\b|\bdetalle\b|\bdétail\b|\bdetalhe\b|\bdettaglio\b|ディテール|細部|تفصيل"),
    (
        ShotType.CLOSE_UP,
        r"\bclose[r]?(?:[- ]?up)?\b|\btighter\b|\bnearer\b|más\s+cerca|primer\s+plano|plus\s+près"
        r"|gros\s+plan|näher|nahaufnahme"
        r"|mais\s+perto|mais\s+próxim\w+|più\s+vicino|primo\s+piano|アップ|近く|寄って|أقرب|قريبة",
    ),
    (
        ShotType.WIDE,
        r"\bwider?\b|\bfurther\s+(?:away|out)\b|\bestablishing\b|más\s+lejos|plano\s+general|plus\s+large"
        r"|plan\s+large|weiter\s+weg"
        r"|\btotale\b|mais\s+longe|plano\s+aberto|più\s+largo|campo\s+largo|引いて|広く|ワイド|أبعد|أوسع|واسعة",
    ),
    (
        ShotType.MEDIUM,
        r"\bmedium(?:\s+shot)?\b|\bmid\s+shot\b|plano\s+medio|plan\s+moyen|halbnah|plano\s+médio|mezzo\s+busto|ミディアム",
    ),
)
MOVES: Final[tuple[tuple[CameraMovement, str], ...]] = (
    (
        CameraMovement.STATIC,
        r"\b(?:hold\s+(?:it\s+)?still|static|no\s+(?:camera\s+)?mo(?:vement|tion)|stay\s+still"
        r"|keep\s+(?:it\s+)?still|don['’]t\s+move"
        r"|locked)\b|\b(?:quiet[oa]|fij[oa]|sin\s+movimiento|immobile|fixe|sans\s+mouvement|stillhalten"
        r"|ohne\s+bewegung|fest"
        r"|parad[oa]|sem\s+movimento|ferm[oa]|senza\s+movimento)\b|固定|動かさ|ثابت|بدون\s+حركة",
    ),
    (
        CameraMovement.PUSH_IN,
        r"\b(?:zoom(?:s|ing)?[- ]?in|push(?:es|ing)?[- ]in|dolly[- ]in|move\s+in|acercar|acércate"
        r"|zoom\s+avant|heranfahren|reinzoomen"
        r"|aproxim\w+|avvicina\w*)\b|ズームイン|寄る|قرّ?ب\s+الكاميرا|تقريب",
    ),
    (
        CameraMovement.PULL_OUT,
        r"\b(?:zoom(?:s|ing)?[- ]?out|pull(?:s|ing)?[- ]?(?:out|back)|dolly[- ]out|move\s+out|alejar"
        r"|aléjate|zoom\s+arrière"
        r"|herausfahren|rauszoomen|afast\w+|allontana\w*)\b|ズームアウト|引く|إبعاد",
    ),
    (
        CameraMovement.PAN_LEFT,
        r"\b(?:pan|move|slide)\w*\s+(?:to\s+the\s+)?left\b|hacia\s+la\s+izquierda|vers\s+la\s+gauche"
        r"|nach\s+links|para\s+a\s+esquerda"
        r"|verso\s+sinistra|左(?:に|へ)|إلى\s+اليسار|يسارا",
    ),
    (
        CameraMovement.PAN_RIGHT,
        r"\b(?:pan|move|slide)\w*\s+(?:to\s+the\s+)?right\b|hacia\s+la\s+derecha|vers\s+la\s+droite"
        r"|nach\s+rechts|para\s+a\s+direita"
        r"|verso\s+destra|右(?:に|へ)|إلى\s+اليمين|يمينا",
    ),
    (
        CameraMovement.TILT_UP,
        r"\btilt\w*\s+up\b|hacia\s+arriba|vers\s+le\s+haut|nach\s+oben|para\s+cima|verso\s+l['’]alto|上(?:に"
        r"|へ)|إلى\s+الأعلى",
    ),
    (
        CameraMovement.TILT_DOWN,
        r"\btilt\w*\s+down\b|hacia\s+abajo|vers\s+le\s+bas|nach\s+unten|para\s+baixo|verso\s+il\s+basso"
        r"|下(?:に|へ)|إلى\s+الأسفل",
    ),
)
TRANSITIONS: Final[tuple[tuple[Transition, str], ...]] = (
    (
        Transition.DISSOLVE,
        r"\b(?:dissolve|cross[- ]?fade|fade(?:\s+in)?|fundido|disuelve|fondu|überblend\w*|dissolver"
        r"|esmaec\w+|dissolvenza)\b|ディゾルブ|フェード|تلاش",
    ),
    (
        Transition.PUSH,
        r"\bpush(?:\s+(?:transition|from|over|across))?(?![- ](?:in|out|back))\b|\b(?:slide\s+in|swipe"
        r"|empuj\w+|poussée|schiebe\w*|empurr\w+|spinta)\b"
        r"|プッシュ|スライド|دفع",
    ),
    (
        Transition.CUT,
        r"\b(?:hard\s+cut|straight\s+cut|just\s+cut|cut\s+(?:to|in|straight)|use\s+a\s+cut|cut|corte"
        r"|coupe\s+franche|harter\s+schnitt|schnitt|stacco)\b|カット|قطع",
    ),
)
CALMER: Final = (
    r"\b(?:calm\w*|quiet\w*|softer|gentler|less\s+(?:energy|energetic|intense|loud)|tone\s+it\s+down"
    r"|más\s+(?:tranquil|suave|calm)\w*"
    r"|plus\s+(?:calme|doux|douce)|ruhiger|sanfter|leiser|mais\s+(?:calm|suave|tranquil)\w*|più\s+(?:calm"
    r"|tranquill|dolce)\w*)\b"
    r"|静か|穏やか|落ち着|أهدأ|هادئ"
)
LIVELIER: Final = (
    r"\b(?:(?:more\s+)?energetic|more\s+energy|livelier|louder|more\s+(?:intense|upbeat|exciting|dynamic"
    r"|punch\w*)|punchier|más\s+"
    r"(?:energía|enérgic\w*|intens\w*|fuerte)|plus\s+(?:énergique|intense|dynamique|fort)|energischer"
    r"|lauter|lebhafter|mais\s+"
    r"(?:energia|enérgic\w*|intens\w*)|più\s+(?:energic\w*|intens\w*|energia))\b|元気|盛り上げ|激し|أقوى|حماسا|أكثر\s+حماس\w*"
)
NO_PICTURE: Final = (
    r"\b(?:illustrat\w*|(?:no|without|remove\s+the|drop\s+the)\s+(?:photo|picture|image)|draw\s+(?:it"
    r"|this)|ilustra\w*|sin\s+foto\w*"
    r"|sans\s+photo|illustrer|ohne\s+(?:foto|bild)|illustrier\w*|sem\s+foto|senza\s+foto|illustra\w*)\b"
    r"|イラスト|写真なし|بدون\s+صورة|رسم"
)
PICTURE: Final = (
    r"\b(?:use|show|take|put|swap\s+(?:in|for|to)|switch\s+to|with|replace\s+(?:it|the\s+(?:picture|photo"
    r"|image))\s+(?:with|by))\s+"
    r"(?:the\s+|a\s+|an\s+|another\s+|this\s+)?(?:(?:picture|photo|image|shot|asset)\s*(?:of|with|called"
    r"|named|showing)?\s*)?(?P<x>.+)",
    r"\b(?:usa|utiliza|muestra|pon)\s+(?:la\s+|otra\s+)?(?:foto|imagen)\s*(?:de\s+(?:la\s+|los\s+|las\s+)?"
    r"|del\s+)?(?P<x>.+)",
    r"\b(?:utilise|prends|montre|mets)\s+(?:la\s+|l['’]|une\s+autre\s+)?(?:photo|image)\s*(?:de\s+la\s+"
    r"|des?\s+|du\s+)?(?P<x>.+)",
    r"\b(?:nimm|nutze|zeige?|verwende)\s+(?:das\s+|ein\s+anderes\s+)?(?:bild|foto)\s*(?:von\s+(?:den\s+"
    r"|der\s+)?|mit\s+(?:den\s+|der\s+)?)?(?P<x>.+)",
    r"\b(?:use|mostre)\s+(?:a\s+|outra\s+)?(?:foto|imagem)\s*(?:d[aeo]s?\s+)?(?P<x>.+)",
    r"\b(?:usa|mostra)\s+(?:la\s+|un['’]altra\s+)?(?:foto|immagine)\s*(?:d(?:i|el|ella|ei|elle)\s+)?(?P<x>.+)",
    r"(?P<x>[^、。\n]{1,30}?)の?(?:写真|画像)(?:を|に)(?:使|変え|して)",
    r"(?:استخدم|اعرض)\s+(?:صورة)\s+(?P<x>.+)",
)
EXAMPLES: Final = (
    'Say for instance: change the text to "Fresh every morning" · 2 seconds longer · closer · zoom in · calmer · '
    "no text · use the picture of the beans · illustrate instead · dissolve."
)
