"""English."""

from dataclasses import replace
from typing import Final

from gauntlet.providers.local.planner.grammar import CAPITAL, NAME, Grammar, Q

_AD = (
    r"(?:ads?|adverts?|advertisement|advertising|commercial|spot|video|clip|promo|trailer|teaser|campaign|film|short"
    r"|bumper)"
)
_DAY = (
    r"(?:(?:this|next|the|end\s+of|last)\s+){0,3}(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this\s+|the\s+)?weekend"
    r"|(?:mother|father|valentine)['’]?s['’]?\s+day|labou?r\s+day|easter|new\s+year(?:['’]s)?(?:\s+(?:eve|day))?"
    r"|(?:the\s+)?end\s+of\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:this|the|end\s+of(?:\s+the)?)\s+(?:week|month|year|season|summer|winter|spring|autumn|fall)|midnight|tonight"
    r"|tomorrow|christmas|black\s+friday|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:january|february|march|april"
    r"|may|june|july|august|september|october|november|december)|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?"
)
_MONEY = r"(?:US)?[$€£]\s?\d[\d,]*(?:\.\d{1,2})?"
_OCCASION = (
    r"(?:(?:early|late|this|next|the|our|big|annual|new|final)\s+)*(?:spring|summer|autumn|fall|winter|christmas|xmas|easter"
    r"|halloween"
    r"|(?:now\s+|we['’]?re\s+)?hiring|recruitment|jobs?|real\s+estate|property"
    r"|charity|fundrais(?:er|ing)|thanksgiving|ramadan|eid|diwali|hanukkah|black\s+friday|cyber\s+monday|new\s+year(?:['’]s)?(?:\s+(?:eve|day))?"
    r"|(?:mother|father|valentine)['’]?s['’]?\s+day|bank\s+holiday|back[\s-]to[\s-]school|holidays?|weekend|season|clearance)?"
    r"(?:[\s-]*(?:sales?|seasons?|clearance|promotions?|campaigns?|specials?|deals?|20\d\d))*"
)
_SCOPE = (
    r"(?:\s+(?:(?:on\s+)?(?:all|everything|your|any|the\s+whole|the\s+entire|selected|every|first|site-?wide|storewide"
    r"|in-store)\b(?:\s+(?!until|till|with|when|this|for|and|at|through|before|ends|code|by|from|today)[\w'-]+){0,3}))?"
)

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?"
_DAYS = (
    rf"(?:{_WEEKDAY})(?:(?:\s*(?:,|and|&|to|through|-|–)\s*)(?:{_WEEKDAY}))*"
    r"(?:\s+(?:nights?|mornings?|afternoons?|evenings?|lunch(?:time)?))?"
)
_HOUR = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|h)?"
_ORDERS = r"(?:orders?|purchases?|baskets?|bookings?|stays?|spends?|meals?)"
_STRICT = (
    rf"(?:(?:on|for|with|when\s+you\s+spend)\s+)?(?:(?:all|any|every)\s+)?(?:{_ORDERS}\s+)?(?:over|above|from|of)\s+{_MONEY}"
    rf"(?:\s+or\s+more|\s+and\s+up|\+)?|(?:only\s+)?(?:on|every|each|all)\s+(?:{_DAYS})(?:\s+only)?|per\s+\w+"
    rf"|(?:from|between)\s+{_HOUR}\s*(?:to|and|-|–)\s*{_HOUR}|(?:before|after)\s+{_HOUR}"
    r"|(?:online|in[\s-]store|in\s+(?:the|our)\s+(?:app|store|shop)|at\s+checkout)(?:\s+only)?"
)
_WORD = (
    r"(?!(?:until|till|with|when|if|for|and|at|through|before|ends|ending|code|by|from|today|tonight|this|that|which|on"
    r"|or|is|are|to|in)\b)[\w'’&-]+"
)
_LOOSE = (
    rf"(?:on|off)\s+{_WORD}(?:\s+{_WORD}){{0,4}}|(?:your|any|all|every|everything)(?:\s+{_WORD}){{1,4}}"
    r"|(?:when|if)\s+you\s+[^.,;:!?()\n]{3,40}|with\s+(?:any|every|each|a|your|purchase)\s+[^.,;:!?()\n]{3,30}"
    r"|for\s+(?:(?:all|new|first[\s-]time|existing|returning|loyal|our|club)\s+)*(?:customers|members|students|seniors"
    r"|subscribers|teachers|nurses|locals|residents|groups|kids|children|under[\s-]\d+s)(?:\s+(?:over|under|of)\s+\d+)?"
)
_FOR = r"\bfor\s+(?!the\s+(?:first|launch|opening|release)|a\s+limited|free\b|only\b|just\b|sale\b|example|instance|\d)"
_PEOPLE = (
    r"people|parents|moms?|mums?|dads?|mothers|fathers|families|students|women|men|ladies|teams?|businesses|startups"
    r"|professionals|fans|couples|seniors|adults|millennials|gen\s?z|foodies|cooks|chefs|nurses|companies|agencies|shops"
    r"|restaurants|residents|clients|patients|accountants|consultants|merchants|assistants|neighbou?rs|locals|graduates"
    r"|experts|friends|folks|grandparents|departments|offices|studios|clinics|schools|brides|expats|nomads|newcomers"
    r"|(?!(?:dinn|summ|wint|ord|off|comput|charg|print|trous|sneak|train|burg|flow|pap|numb|col|do|flo|corn|lett|pow|sh"
    r"|cov|tow|riv|wat|should|fing|slipp|draw|weekend|mirr|mot|sens|fav|flav|glaci|hung)(?:er|or)s"
    r"\b)[\w-]*?(?:[ei]rs|ors|ists|ians|ees)(?<!trees)(?<!coffees)(?<!degrees)(?<!fees)(?<!stairs)(?<!chairs)(?<!pairs)"
)
_AND_OTHERS = (
    r"(?:(?:,\s+(?!and\b|or\b)[\w'-]+(?:\s+[\w'-]+)?){0,2},?\s+(?:and|or|&)\s+(?!make\b|show|use\b|get\b|end\b|include|keep|with"
    r"|add\b|have\b|is\b|are\b|it\b|we\b)[a-z][\w'-]*(?:\s+(?!who\b|on\b|in\b|with\b|that\b|aged?\b)[\w'-]+){0,2}"
    r"(?=\s*[.,;:!?()–—\n]|\s*$|\s+(?:who|on|in|with|that|aged?)\s))?"
)

ENGLISH: Final = Grammar(
    stops=(
        rf"with|that|which|who|whose|featuring|by(?=\s+{CAPITAL})|from(?=\s+{CAPITAL})|for|aimed|targeting|targeted"
        r"|called|named|including|where|because|so\s+that|on\s+sale|running\s+on|show(?:ing)?"
        r"|opens|takes|delivers|helps|lets|saves|lasts|fits|makes|gives|teaches|serves|brings|turns|keeps|comes|goes"
        r"|protects|empties|cleans|and\s+(?:we|you|they|it)|can"
        r"|and\s+(?:make|show|get|end"
        r"|include|use|keep)|to\s+(?:run|post|show|be)|in\s+an?\s+\w+\s+(?:tone|style|mood|voice)|is|are|it"
    ),
    articles=r"(?:(?:an?|the|our|my|some|us|me)\s+)+",
    lead_ins=r"(?:(?:an?|the|our|my|your|their|his|her|this|these|some|us|me|(?:brand[- ])?new)\s+)+",
    tail=r"(?:\s+(?:on|in|at|for|with|and|by|from|of|to|a|an|the|as|or|is|can|will|should|must))+$",
    conjunction=r"\s*,?\s+(?:and|plus|&|as\s+well\s+as)\s+|\s*[,;•]\s*",
    product=(
        r"\b(?:fundraiser|fundraising(?:\s+(?:ad|campaign|drive|appeal))?|appeal|donation\s+drive)\s+for\s+<X>",
        r"^\W*for\s+<X>",
        r"(?:^|\b)product(?:\s+name)?\s*:\s*<X>",
        r"\b(?:(?:real\s+estate|property|recruitment|hiring|job|explainer|product|brand|game|book|app)\s+)?"
        rf"\b{_AD}\b(?:\s+(?!for\b|about\b|that\b|promoting\b|by\b|from\b)[\w-]+){{0,4}}?\s+(?:(?:for|about|on)\s+the"
        r"\s+(?:launch|opening|release)\s+of|that\s+(?:sells|promotes|advertises|introduces)|for|about|promoting"
        r"|advertising|showcasing|selling|introducing|announcing|launching|to\s+(?:promote|advertise|launch|sell"
        r"|announce|introduce))\s+<X>",
        r"\b(?:make|create|produce|generate|build|write|design|need|want|give)\s+(?:me\s+"
        r"|us\s+)?(?:an?\s+)?(?:[\w-]+\s+)"
        r"{0,3}?for\s+<X>",
        r"\b(?:need|want|like|make|create)\s+(?:me\s+|us\s+)?something\s+(?:[\w-]+,?\s+){0,6}?(?:for|about)\s+<X>",
        r"\b(?:promote|promoting|advertise|advertising|launch|launching|introduce|introducing|announce|announcing|sell"
        r"|market|showcase|meet)\s+<X>",
        r"\bshow\w*\s+(?:how|why|what|off)\s+(?:our|my|the)\s+(?P<x>[^\n.,;:!?()]{2,60}?)"
        r"(?=\s+(?:lets?|makes?|helps?|can|will|works?|saves?|keeps?|gives?|turns?|brings?|is|are|has|have|do|does|fits?)\b)",
        r"\b(?:that|which|to)\s+(?:shows?|presents?|introduces?|features?|promotes?|advertises?)\s+(?:our|my)\s+<X>",
        r"\b(?:we\s+are|we['’]re)\s+(?:looking\s+for|hiring|seeking|recruiting|opening|launching|introducing)\s+<X>",
        r"\bwe\s+(?:sell|make|offer|build|run|bake|brew|craft|design|are(?!\s+(?:not|now|open|closed|here|proud|happy|excited"
        r"|launching|opening|looking|based)\b))\s+<X>",
        rf"^\W*(?:(?:make|create|produce|i\s+need|we\s+need|i\s+want)\s+)?(?:an?\s+)?"
        rf"(?P<x>\w[^\n.,;:!?()]{{2,50}}?)\s+{_AD}\b(?!\s*:)",
        rf"^\W*(?P<x>\w+[ -][^\n.,;:!?()]{{2,50}}?)\s+{_AD}\s*:",
    ),
    named=(rf"\b(?:called|named|known\s+as)\s+{NAME}", rf"\bname(?:d)?\s*(?:is|:)\s*{NAME}"),
    brand=(
        rf"\b(?:brand|client|company)(?:\s+name)?\s*(?:is|:)\s*{NAME}",
        rf"\b(?:by|from|at)\s+(?:the\s+brand\s+)?{NAME}",
        rf"\b(?:at|our\s+brand)\s+(?P<x>{Q})",
    ),
    audience=(
        r"\b(?:target(?:ed)?(?:\s+audience|\s+group|\s+market)?|audience)\s*(?:is|:|at|to)\s*<X>",
        r"\b(?:aimed\s+at|targeting|geared\s+(?:to|towards?)|made\s+for|perfect\s+for|ideal\s+for"
        r"|appeal(?:s|ing)?\s+to)"
        r"\s+<X>",
        rf"{_FOR}(?P<x>(?:[\w'-]+\s+){{0,4}}?(?:{_PEOPLE}|kids|children|teens|teenagers|toddlers|babies|girls|boys|dogs|cats"
        rf"|pets|everyone|anyone|those|minds|hands|skin|feet)(?!\w){_AND_OTHERS}"
        r"(?:\s+(?:who|on|in|over|under|with|aged?)\s+[^.,;:!?()\n]{2,30})?)",
    ),
    people=_PEOPLE,
    features=(
        r"\b(?:key\s+)?(?:features|benefits|highlights|usps|selling\s+points|ingredients|key\s+messages?)"
        r"(?:\s+(?:are|include)\s*:?|\s*:)\s*<L>",
        r"\b(?:highlight(?:ing)?|emphasi[sz]e|emphasi[sz]ing|mention(?:ing)?|(?<!you\s)focus(?:ing)?\s+on"
        r"|stress(?:ing)?|featuring"
        r"|comes?\s+with|includes?|including|offers|offering|has|have(?!\s+(?:never|ever|not|been|to|always|already|just)\b))\s+<L>",
        r"\b(?:it|they|it['’]s|they['’]re)\s*(?:is|are)?\s+(?=\w+(?:,|\s+and))(?!has|comes|should|must|can|need)<L>",
        r"\bwith\s+<L>",
        r"(?:(?<=\w)|(?<=;)|(?<=;\s)|(?<=;\s\s))\s?:\s*<L>",
    ),
    relative=(
        r"\b(?:that|which)\s+(?:is|are)\s+<L>",
        r"\b(?:that|which)\s+(?!shows?\b|feels?\b|looks?\b|sells?\b|highlights?\b|promotes?\b|says?\b|ends?\b|starts?\b"
        r"|drives?\b|targets?\b|appeals?\b|captures?\b|conveys?\b|tells?\b|we\b|you\b|i\b|they\b|the\b|our\b|people\b"
        r"|is\b|are\b|will\b|should\b|would\b|makes?\s+(?:people|viewers))(?P<x>[^.,;:!?()\n]{4,70})",
    ),
    problem=(
        r"\b(?P<x>(?:tired|sick|fed\s+up)\s+(?:of|with)\s+[^.,;:!?()\n]{3,40})",
        r"\b(?P<x>no\s+more\s+[^.,;:!?()\n]{3,30})",
        r"\b(?P<x>struggling\s+(?:with|to)\s+[^.,;:!?()\n]{3,40})",
    ),
    offers=(
        rf"\b(?P<x>(?:(?:get|save|take|enjoy|everything)\s+)?(?:(?:up\s+to|an?\s+extra"
        rf"|extra)\s+)?\d{{1,2}}\s?%\s?(?:off|discount)"
        rf"{_SCOPE})",
        r"\b(?P<x>save\s+(?:up\s+to\s+)?\d{1,2}\s?%)",
        rf"(?P<x>(?:save\s+(?:up\s+to\s+)?){_MONEY}|{_MONEY}\s+off{_SCOPE})",
        r"\b(?P<x>buy\s+(?:one|two|1|2|3),?\s+get\s+(?:one|1|two|2)(?:\s+(?:free|half\s+(?:off|price)))?|2\s?x\s?1|bogo"
        r"|(?:two|2|3|three)[\s-]for[\s-](?:one|1|2|two)"
        r"|(?:(?:your\s+)?first\s+(?:\w+\s+){1,2}(?:is\s+|at\s+|for\s+)?)?half[\s-](?:the\s+)?price|half\s+off|happy\s+hour"
        r"|(?:kids|children|under[\s-]\d+s)\s+(?:eat|go|stay|travel|get\s+in)\s+free|free\s+(?:entry|admission))",
        r"\b(?P<x>(?:your\s+)?first\s+(?:month|week|class|lesson|order|box|visit|session|year)\s+(?:is\s+)?free"
        r"|(?:\d+[\s-](?:days?|months?|weeks?)\s+)?free\s+(?:shipping|delivery|trial|gift|sample"
        r"|consultation|tasting|quote"
        r"|estimate|breakfast|installation)(?:\s+(?:on\s+(?:all|every|your)\s+orders?|for\s+\d+\s+\w+"
        r"|over\s+[$€£]\d+))?"
        r"|\d+\s+(?:days?|months?|weeks?)\s+free)",
    ),
    conditions=rf"(?:,?\s+(?:{_STRICT})|\s+(?:{_DAYS}|{_LOOSE}))",
    leading_conditions=rf"(?<!black\s)(?:(?:every|each|on|all)\s+)?(?:{_DAYS})[,:]?\s+",
    deadlines=(
        rf"\b(?P<x>(?:only\s+|just\s+)?(?:until|till|through|before|by|ends?|ending|valid\s+until)\s+(?:{_DAY}))",
        r"\b(?P<x>(?:today|tonight|tomorrow|this\s+(?:week|weekend|month|friday|saturday|sunday))(?:\s+only)?(?=\W|$)"
        r"|(?:for\s+)?(?:the\s+next|only)\s+\d+\s+(?:days|hours)|(?:for\s+)?a?\s*limited\s+time(?:\s+only)?"
        r"|while\s+(?:stocks?|supplies)\s+lasts?)",
    ),
    code=r"(?:\b(?:with|use|using)\s+)?(?:the\s+)?\b(?:promo\s+|discount\s+"
    r"|coupon\s+)?code:?\s+(?P<x>(?-i:[A-Z][A-Z0-9]{2,19})|"
    rf"{Q})",
    prices=(
        rf"(?P<x>(?:(?:only|just|from|starting\s+(?:at|from)|for\s+(?:only|just)|for|at)\s+)?{_MONEY}"
        r"(?:\s?(?:/|per|a|an)\s?(?:month|mo|year|yr|night|person|day|week|kg|bag|box|bottle|pair"
        r"|cup)\b)?)(?![\d.,]*(?:\s+(?:a|per|each|every)\s+\w+)?\s+(?:feeds?|buys?|gives?|helps?|covers?|pays?|provides?|plants?|keeps?"
        r"|sends?)\b)",
    ),
    proofs=(
        r"\b(?P<x>(?:rated\s+)?\d(?:\.\d)?\s?(?:/\s?5\s*)?(?:[- ]?stars?)(?:\s+(?:rating|reviews?|on\s+\w+"
        r"|by\s+[\d,.]+\+?\s+\w+))?)",
        r"\b(?P<x>(?:loved|trusted|used|chosen|recommended|worn|approved|built|made)\s+by\s+[^.,;:!?()\n]{4,45})",
        r"\b(?P<x>(?:over|more\s+than|almost|nearly)\s+\d[\d,.]*\s?(?:k|m|million"
        r"|thousand)?\+?\s+(?:happy\s+)?(?:customers"
        r"|users|teams|families|people|runners|guests|reviews|downloads|members|students|clients|companies"
        r"|meals|trees))",
        r"(?<!first\s)\b(?P<x>\d[\d,.]*\s?(?:k|m|million|thousand)?\+?\s+(?:happy\s+)?(?:customers|users|teams"
        r"|families|guests|reviews"
        r"|downloads|members|students|clients|companies))",
        r"\b(?P<x>(?:multi[- ])?award[- ]winning|winner\s+of\s+[^.,;:!?()\n]{4,40}|since\s+(?:18|19|20)\d\d"
        r"|(?:family[- ]owned|family[- ]run)(?:\s+since\s+\d{4})?|est(?:ablished|\.)?\s+(?:in\s+)?(?:18|19|20)\d\d)",
    ),
    calls=(
        r"(?:order|shop|buy|book|donate|subscribe|download|register|join|enrol|enroll|apply|call|reserve"
        r"|pre-?order|start|watch|stream|listen|play|read"
        r"|give|visit)\s+(?:(?:us|yours?|it|the\s+app|a\s+(?:table|room|demo|seat|call|test\s+drive|free\s+trial)"
        r"|your\s+(?:table|room|seat|stay|spot|free\s+trial|trial|tickets?|place|demo))\s*)?(?:now|today|online|here)"
        r"|get\s+(?:started|yours|your\s+tickets?|the\s+app|a\s+(?:free\s+)?quote"
        r"|your\s+(?:free\s+)?quote)(?:\s+(?:now|today))?"
        r"|sign\s+up(?:\s+(?:now|today|for\s+free|free))?|learn\s+more|find\s+out\s+more|try\s+(?:it|us)?\s*(?:for\s+)?"
        r"(?:free|now|today)|download\s+the\s+app|book\s+(?:your\s+stay|(?:a|your)\s+(?:free\s+)?(?:table|room|demo|test\s+drive|call|viewing|visit|tour|consultation|appointment|class|session|check-up))"
        r"|reserve\s+(?:your|a)\s+(?:table|spot|room|seat)|start\s+your\s+free\s+trial|come\s+(?:visit|by|see\s+us)"
        r"|watch\s+the\s+(?:film|trailer|show|series)|visit\s+us|join\s+us|swipe\s+up|tap\s+to\s+shop|donate\s+today|request\s+a\s+demo|pre-?order"
    ),
    slogan=r"(?:slogan|tagline|headline|claim|motto|catch\s?phrase|(?:the\s+)?text|saying|says|say|line)\s*(?:is"
    r"|:|of)?\s*$",
    call_label=r"(?:call[\s-]to[\s-]action|cta|button|end(?:ing)?\s+with|finish\s+with|close\s+with)\s*(?:is|:"
    r"|text)?\s*$",
    brand_label=r"\b(?:by|from|brand|company|at|for\s+the\s+brand)\s*(?:is|:|named|called)?\s*$",
    launch=r"\b(?:launch\w*|introduc\w+|brand[- ]new|announc\w+|new|now\s+open|opening|debut\w*|unveil\w*"
    r"|coming\s+soon)\b",
    sale=r"\b(?:sale|sales|clearance|discounts?|black\s+friday|cyber\s+monday|deals?)\b",
    orders=(
        r"\s*(?:please|make|create|produce|generate|build|write|design|i\s+(?:need|want|would)|we\s+(?:need|want|would)"
        r"|show|use|include|end|start|open|close|finish|focus|target|keep|add|avoid|don['’]?t|do\s+not"
        r"|never|no\b|the\s+(?:ad"
        r"|video|tone|mood|style|audience|music|target|goal|film|spot|scene|first|last|final|voice|look|call)|tone|mood"
        r"|style|music|audience|target|goal|format|duration|length|platform|think|imagine|ignore|disregard"
        r"|forget|system"
        r"|you\s+are|can\s+you|could\s+you|it\s+should|should|must|let['’]?s|give|feel|visit|cta"
        r"|ring(?=\s+(?:us|now|today|\+?\d))|call(?=\s+(?:us|now|today|\+?\d))|phone(?=\s+(?:us|\+?\d))"
        r"|book(?=\s+(?:a|your|now|online)\b)|order(?=\s+(?:now|online|your)\b)"
        r"|call\s+to\s+action|with\b"
        r"|for\b|and\b|but\b|that\b|on\b|in\s+an?\b|by\b|from\b|to\b|at\b|of\b|advertise|promote|sell|deliver|develop)(?!\w)"
    ),
    asides=(
        r"^(?P<b>\S.*?)\s+of\s+(?:our|my)\s+(?P<x>\S.*)$",
        rf"^(?P<x>\S.*?)\s+on\s+(?P<b>(?:{_DAY}|{_WEEKDAY})(?!\w).*)$",
    ),
    occasions=_OCCASION,
    about_the_ad=(
        r"\b(?:tone|mood|vibe|vibes|music|style|styling|feel|feeling|look|voice|voice-?over|narration"
        r"|shots?|camera|lighting"
        r"|colou?rs?|palette|scenes?|transitions?|cuts?|captions?|subtitles?|logo|ending|cta"
        r"|call\s+to\s+action|soundtrack"
        r"|ads?|advert|commercial|spot|video|film|footage|viewers?|brief|prompt|instructions?|script"
        r"|storyboard|aesthetic"
        r"|b-?roll|energy(?!\s+(?:drinks?|bars?|gels?|suppl\w+|provider|compan\w+|tariffs?|saving))"
        r"|background|text|budget|aspect|ratio|format|clip)\b"
    ),
)

# A prompt in a language that has no grammar here: its film word and what follows it, quoted names and bare lists.
PLAIN: Final = replace(
    ENGLISH,
    stops=r"met|voor|dat|die|med|för|som|til|z|dla|który|с|для|которы\w+|ile|için|dengan|untuk|với|cho",
    articles=r"(?:(?:een|de|het|onze|ons|en|ett|vår|vårt|vores|nasz\w*|наш\w*|bir|bizim|my)\s+)+",
    lead_ins=r"(?:(?:een|de|het|onze|ons|en|ett|vår|vårt|vores|nasz\w*|наш\w*|bir|bizim|my|nieuwe|ny|nya|nye)\s+)+",
    product=(
        r"(?:advertentie|reclame\w*|annons|reklam\w*|реклам\w*|ролик\w*|annonce|iklan|quảng\s+cáo|video\w*|spot|film)"
        r"\s+(?:[\w-]+\s+){0,2}?(?:voor|över|om|för|for|til|dla|o|для|о|про|untuk|cho|về)\s+<X>",
        r"(?P<x>[^、。，！？\n:：]{1,20}?)(?:的|의)?\s*(?:广告|廣告|광고)",
        r"(?P<x>\w+)\s+(?:için|reklamı)",
    ),
    audience=(),
    features=(r"(?:met|med|z|с|со|dengan|với)\s+<L>", r"(?<=\w)[:：]\s*<L>"),
    relative=(),
    conjunction=r"\s*[,;•、，]\s*|\s+(?:en|och|og|i|и|ve|dan|và)\s+",
    orders=ENGLISH.orders
    + r"|\s*(?:maak|skapa|gör|lav|stwórz|zrób|сделай\w*|создай\w*|hazırla|yap|buat\w*|tạo|制作|做|만들어)",
)
