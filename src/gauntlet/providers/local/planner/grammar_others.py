"""German, Japanese and Arabic."""

from typing import Final

from gauntlet.providers.local.planner.grammar import NAME, Grammar, Q

_MONEY = r"(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|Euro))"
_NEVER: Final = r"(?!)"
_DAY_DE = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Wochenende|Werktag)"
_DAYS_DE = (
    rf"(?:(?:nur\s+|immer\s+)?(?:(?:jede[nms]?|am|an)\s+{_DAY_DE}(?:\s+und\s+{_DAY_DE})?|{_DAY_DE}s(?:\s+(?:bis|und)\s+{_DAY_DE}s)?"
    rf"|(?:von\s+)?{_DAY_DE}\s+bis\s+{_DAY_DE})(?:\s*(?:abend|mittag|morgen)s?)?)"
)
_WORD_DE = r"(?!(?:bis|mit|für|und|oder|nur|ab|am|jeden|wenn|code|im|in)\b)[\wäöüß'’-]+"
_PEOPLE_DE = (
    r"Menschen|Leute|Eltern|Mütter|Väter|Familien|Frauen|Männer|Läufer|Läuferinnen|Sportler|Studenten|Studierende"
    r"|Unternehmen|Teams|Selbst(?:st)?ändige|Profis|Liebhaber|Paare|Reisende|Berufstätige|Pendler|Genießer|Forschende"
    r"|Forscher|Gründer|Anfänger|Einsteiger|Erwachsene|Senioren|Betriebe|Agenturen|Freunde|Fans|Leser|Handwerker|Vermieter"
    r"|Azubis|Nachbarn|Fahrer|Lehrkräfte|Lehrer|\w+liebhaber|\w+fans|\w+betriebe|\w+besitzer"
)

GERMAN: Final = Grammar(
    stops=(
        rf"mit|d(?:er|ie|as)(?=\s+\w+\s+\w+)|von(?=\s+{NAME.replace('?P<x>', '?:')})|für|namens|genannt"
        rf"|zum\s+Thema|wo|und\s+(?:zeige|ende)"
        r"|ist|sind|im\s+Stil|ab(?=\s+\d)|bis"
    ),
    articles=(r"(?:(?:ein(?:e[nmrs]?)?|de[rnms]|die|das|mein(?:e[nmrs]?)?|unse?r(?:e[nmrs]?)?)\s+)+"),
    lead_ins=(
        r"(?:(?:ein(?:e[nmrs]?)?|de[rnms]|die|das|mein(?:e[nmrs]?)?|unse?r(?:e[nmrs]?)?|ihr(?:e[nmrs]?)?"
        r"|dies(?:e[nmrs]?)|neue[nmrs]?)\s+)+"
    ),
    tail=r"(?:\s+(?:in|von|mit|und|für|auf|an|der|die|das|ein|eine|oder|im|zu))+$",
    conjunction=r"\s*,?\s+(?:und|sowie)\s+|\s*[,;•]\s*",
    product=(
        r"^\W*für\s+unsere?[nmrs]?\s+<X>",
        r"\bProdukt\s*:\s*<X>",
        r"(?:\b(?:Anzeige|Werbung|Spot|Video|Clip|Film|Kampagne|Werbefilm|Reel)|\w*(?:spot|video|clip"
        r"|anzeige|werbung))\b"
        r"(?:\s+(?!für\b|über\b|von\b)[\w-]+){0,4}?\s+(?:für|über|zu|zum|zur)\s+<X>",
        r"\b(?:bewirb|bewerben|verkaufen|wir\s+(?:verkaufen|machen|bieten|backen|rösten)|präsentieren)\s+<X>",
    ),
    named=(rf"\b(?:namens|genannt|heißt|Name:)\s+{NAME}",),
    brand=(rf"\b(?:Marke|der\s+Marke|von\s+der\s+Marke|aus\s+dem\s+Hause|Firma)\s*:?\s*{NAME}", rf"\bvon\s+{NAME}"),
    audience=(
        r"\b(?:Zielgruppe)\s*(?:ist|sind|:)\s*<X>",
        r"\b(?:gemacht\s+für|ideal\s+für|perfekt\s+für|richtet\s+sich\s+an)\s+<X>",
        rf"\bfür\s+(?P<x>(?:[\wäöüß-]+\s+){{0,3}}?(?:Kinder|Jugendliche|Hunde|Katzen|alle|Kleine|{_PEOPLE_DE})(?!\w)"
        r"(?:\s+und\s+(?!zeig|mach|nutz|mit\b)[\wäöüß-]+(?:\s+[\wäöüß-]+)?(?=\s*[.,;:!?()\n]|\s*$|\s+(?:in|mit|ab|über)\s))?"
        r"(?:\s+(?:in|mit|ab|über)\s+[^.,;:!?()\n]{2,30})?)",
    ),
    people=_PEOPLE_DE,
    features=(
        r"\b(?:Merkmale|Vorteile|Eigenschaften|Zutaten|Kernbotschaften)\s*:\s*<L>",
        r"\b(?:betone|hebe\s+hervor|erwähne|bietet|enthält|zeichnet\s+sich\s+aus\s+durch)\s+<L>",
        r"\bmit\s+<L>",
        r"(?:(?<=\w)|(?<=;)|(?<=;\s)|(?<=;\s\s))\s?:\s*<L>",
    ),
    relative=(r",\s*(?:der|die|das)\s+(?P<x>[^.,;:!?()\n]{4,70})",),
    problem=(
        r"\b(?P<x>(?:genug|müde|leid)\s+(?:von|vom)\s+[^.,;:!?()\n]{3,40})",
        r"\b(?P<x>(?:schluss\s+mit|nie\s+wieder|keine?\s+\w+\s+mehr)\s*[^.,;:!?()\n]{0,30})",
    ),
    offers=(
        r"(?P<x>(?:bis\s+zu\s+)?\d{1,2}\s?%\s+(?:Rabatt|günstiger|Nachlass|reduziert)(?:\s+auf\s+(?:alles"
        r"|alle\s+\w+|das\s+\w+\s+\w+))?)",
        r"(?P<x>[-–−]?\d{1,2}\s?%\s+auf\s+(?:alles|alle\s+\w+|das\s+ganze\s+\w+))",
        r"\b(?P<x>(?:kostenlose[rsn]?|gebührenfreie[rsn]?)\s+(?!Versand|Lieferung)[A-ZÄÖÜ][\wäöüß-]+)(?=\s+(?:ab|bei|für|wenn)\b)",
        r"\b(?P<x>(?:kostenlose[rsn]?|gratis|versandkostenfreie?r?)\s*(?:Versand|Lieferung|Probe(?:monat"
        r"|training|stunde)?|Beratung"
        r"|Testphase|Frühstück)|gratis\s*versand|(?:der\s+)?erste[rn]?\s+Monat\s+(?:ist\s+)?(?:gratis"
        r"|kostenlos|geschenkt)"
        r"|\d+\s+(?:Tage|Monate)\s+(?:gratis|kostenlos)(?:\s+testen)?|2\s+für\s+1|zwei\s+für\s+eins"
        r"|zum\s+halben\s+Preis)",
    ),
    conditions=(
        rf"(?:,?\s+(?:{_DAYS_DE}|(?:(?:bei|für)\s+(?:Bestellungen|Einkäufen|Buchungen)\s+)?(?:ab|über)\s+(?:einem\s+\w*wert\s+von"
        rf"\s+)?{_MONEY}(?:\s+[A-ZÄÖÜ]\w+)?|pro\s+(?:Person|Nacht|Monat|Paar)|von\s+\d{{1,2}}\s+bis\s+\d{{1,2}}(?:\s+Uhr)?"
        r"|(?:nur\s+)?(?:online|im\s+Laden|in\s+der\s+App))"
        rf"|\s+(?:auf\s+{_WORD_DE}(?:\s+{_WORD_DE}){{0,4}}|(?:bei|beim|ab\s+dem|zu|zum|zur)\s+{_WORD_DE}(?:\s+{_WORD_DE}){{0,3}}"
        r"|wenn\s+[^.,;:!?()\n]{3,40}|für\s+(?:(?:alle|neue|unsere)\s+)*(?:Neukunden|Kunden|Kundinnen|Mitglieder|Studierende"
        r"|Studenten|Schüler|Senioren|Abonnenten|Gruppen)))"
    ),
    leading_conditions=rf"{_DAYS_DE}[,:]?\s+",
    deadlines=(
        r"\b(?P<x>(?:nur\s+)?(?:noch\s+)?bis\s+(?:zum\s+)?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag"
        r"|Samstag|Sonntag|Mitternacht"
        r"|morgen|Monatsende|Ende\s+\w+|\d{1,2}\.\s*\w+))",
        r"\b(?P<x>nur\s+(?:heute|diese\s+Woche|dieses\s+Wochenende|diesen\s+Monat|für\s+kurze\s+Zeit)"
        r"|solange\s+der\s+Vorrat\s+reicht)",
    ),
    code=rf"(?:mit\s+(?:dem\s+)?)?\b(?:Gutschein)?code:?\s+(?P<x>(?-i:[A-Z][A-Z0-9]{{2,19}})|{Q})",
    prices=(
        rf"(?<!\w)(?P<x>(?:(?:schon\s+ab|ab|nur|für\s+nur|für)\s+)?{_MONEY}(?:\s?(?:/|pro|im)\s?(?:Monat"
        rf"|Nacht|Jahr|Kilo))?)",
    ),
    proofs=(
        r"\b(?P<x>(?:über|mehr\s+als|fast)\s+\d[\d.,]*\s?(?:Tsd\.?|Millionen)?\s*(?:\w+e\s+)?(?:Kunden"
        r"|Nutzer|Familien|Menschen|Bewertungen|Teams))",
        r"\b(?P<x>seit\s+(?:18|19|20)\d\d|preisgekrönt\w*|ausgezeichnet(?:\s+mit\s+[^.,;:!?()\n]{3,30})?"
        r"|\d(?:[.,]\d)?\s+Sterne)",
    ),
    calls=(
        r"jetzt\s+(?:(?!mit|für|und)[\w-]+\s+){0,2}?(?:bestellen|kaufen|buchen|entdecken|testen|ausprobieren|spenden|anmelden|herunterladen"
        r"|reservieren|mitmachen|shoppen"
        r"|sichern|starten|eröffnen|beantragen|bewerben|vereinbaren|anrufen|vorbestellen|informieren|kostenlos\s+testen)|(?:heute"
        r"|gleich)\s+(?:noch\s+)?(?:bestellen|buchen|spenden|testen)"
        r"|mehr\s+erfahren|tisch\s+reservieren|zimmer\s+buchen|app\s+laden|komm(?:t)?\s+vorbei"
        r"|kommen\s+sie\s+vorbei|besuch(?:e|en\s+sie)?\s+uns"
    ),
    slogan=r"(?:slogan|motto|claim|titel|text|sagt|spruch|schlagzeile)\s*(?:ist|lautet|:)?\s*$",
    call_label=r"(?:handlungsaufforderung|call[\s-]to[\s-]action|cta|button|ende(?:t)?\s+mit)\s*(?:ist|:)?\s*$",
    brand_label=r"\b(?:marke|der\s+marke|von|firma)\s*(?:ist|:)?\s*$",
    launch=r"\b(?:launch|neu|neue[nrsm]?|neuheit\w*|eröffnung|eröffnen|markteinführung|premiere|vorstell\w+)\b",
    sale=r"\b(?:angebote?|rabatte?|sale|schlussverkauf|ausverkauf|black\s+friday|aktion)\b",
    orders=(
        r"\s*(?:bitte|mach\w*|erstell\w*|erzeug\w*|generier\w*|ich\s+(?:will|möchte|brauche)"
        r"|wir\s+(?:wollen|möchten|brauchen)|zeige?\b|nutze|verwende"
        r"|beende|beginne|betone|der\s+(?:ton|spot|stil)|die\s+(?:musik|zielgruppe|stimme)|das\s+video"
        r"|ton\b|stil\b|musik|zielgruppe|format|länge"
        r"|ohne\b|mit\b|für\b|und\b|aber\b|von\b|in\b|auf\b|zu\b|vermeide|kein|nicht|besuche)"
    ),
    asides=(
        r"^(?P<b>\S.*?)\s+unsere[sr]\s+(?P<x>\S.*)$",
        r"^(?P<x>\S.*?)\s+(?:am|ab)\s+(?P<b>(?:\d{1,2}\S?\s+)?(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|januar|februar"
        r"|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b.*)$",
    ),
    occasions=(
        r"(?:(?:der|die|das|den|dem|unser[em]?n?|dieser?n?|gro(?:ß|ss)er?n?|neue[rn]?)\s+)*(?:(?:frühlings?|"
        r"frühjahrs?|sommer|herbst|winter|weihnachts?|oster)-?(?:aktion|angebote?|schlussverkauf|sale|"
        r"rabatte?)|frühling|frühjahr|sommer|herbst|winter|weihnachten|ostern|halloween|black\s+friday|"
        r"muttertag|vatertag|valentinstag|saison|schlussverkauf)?"
    ),
    about_the_ad=(
        r"\b(?:ton|tonfall|stil|musik|stimmung|stimme|kamera|licht|farben?|szenen?|einstellung\w*|werbung"
        r"|anzeige|video|text|logo|ende"
        r"|untertitel\w*|schnitte?|hintergrund|tempo|format|spot)\b"
    ),
    with_case="mit ",
)

_JA_PHRASE = r"[^、。！？\n「」『』:：]{1,30}?"

JAPANESE: Final = Grammar(
    stops=_NEVER,
    articles=r"(?:(?:私たちの|当社の|弊社の|うちの)\s*)+",
    lead_ins=r"(?:(?:私たちの|当社の|弊社の|うちの|新しい|新商品の|新発売の|この|the|a)\s*)+",
    tail=r"(?:の|を|に|は|が|で|と|から|まで)+$",
    conjunction=r"\s*[、,・;]\s*|(?<=\w)と(?=\w{2})",
    product=(
        r"(?:商品名?|製品名?|プロダクト)\s*(?:は|:|：)\s*(?P<x>[^、。！？\n]{1,30}?)(?=です|、|。|\n|$)",
        rf"(?P<x>{_JA_PHRASE})(?:の|を)(?:紹介する|宣伝する|PRする|売る)?[^、。\nの]{{0,14}}?(?:広告|CM|コマーシャル|動画|プロモーション|宣伝|ビデオ|映像)",
        rf"(?P<x>{_JA_PHRASE})(?:を(?:宣伝|紹介|発売|販売|PR)|の(?:宣伝|PR))",
    ),
    named=(rf"(?P<x>{Q})(?:という|と呼ばれる)",),
    brand=(
        rf"(?:ブランド名?|メーカー|会社)\s*(?:は|:|：)?\s*(?P<x>{Q}|[A-Za-z][\w&' ]{{1,30}})",
        rf"(?P<x>{Q})(?:社|ブランド)の",
    ),
    audience=(
        r"(?:ターゲット|対象)(?:層)?\s*(?:は|:|：)\s*(?P<x>[^、。\n]{2,24}?)(?=です|、|。|\n|$)",
        r"(?P<x>[^、。！？\n「」の]{1,14}(?:の[^、。！？\n「」の]{1,8})?)(?:のための|向けの|向けに|に向けた|向け)",
    ),
    people=r"親|家族|人|方|学生|女性|男性|大人|パパ|ママ|ランナー|初心者|社会人|経営者|企業|チーム|研究者|旅行者|夫婦|世代|ファン|好き|主婦|会社員|者",
    features=(
        r"(?:特徴|特長|魅力|ポイント|メリット|素材|売り)\s*(?:は|:|：)\s*(?P<x>[^。！？\n]{2,120}?)(?=です|ます|。|\n|$)",
        r"(?P<x>[^、。！？\n]{2,24}(?:[、・][^、。！？\n]{2,24}){0,4}?)(?:が特徴|が魅力|を強調|をアピール|が売り)",
    ),
    relative=(),
    problem=(r"(?P<x>もう[^、。！？\n]{2,14}(?:ない|いらない))", r"(?P<x>[^、。！？\n]{2,12}に(?:悩む|疲れた))"),
    offers=(
        r"(?P<x>(?:(?:全品|全商品|最大|初回)\s*)?\d{1,2}\s?(?:%|パーセント)\s?(?:オフ|OFF|off|引き|割引))",
        r"(?P<x>(?:(?:全品|全商品|最大|初回)\s*)?(?:半額|\d割引|送料無料|初回無料|無料(?:体験|お試し|サンプル)|初月無料|1つ買うと1つ無料|2個で1個分))",
        r"(?P<x>[\d,]+円(?:オフ|OFF|引き))",
    ),
    conditions=r"\s*(?:[（(]?[^、。！？\n（）()]{1,14}(?:のみ|限定|に限る|対象)[）)]?)",
    leading_conditions=(
        r"(?:[\d,]+円以上(?:の?(?:ご)?(?:購入|注文|お買い上げ|お買い物|予約))?(?:で|なら|は)"
        r"|(?:毎週)?(?:[月火水木金土日](?:曜日?)?[・と]?){1,3}(?:曜日?)?(?:は|に|限定で?|なら)|(?:平日|週末|毎週末|土日)(?:は|に|限定で?)"
        r"|(?:会員|学生|初回|新規|アプリ|店頭|オンライン|初めて)(?:の(?:お客様|方|ご注文))?(?:は|限定で?|なら|に限り)"
        r"|\d+(?:個|本|点|名様|杯|袋)(?:以上)?(?:の(?:ご)?(?:購入|注文|予約))?(?:で|から))\s*"
    ),
    deadlines=(
        r"(?P<x>(?:今週|今月|来週|本日|今日|明日|\d{1,2}月\d{1,2}日|[月火水木金土日]曜日?|週末|月末|年末)(?:末)?(?:まで|限り|限定|だけ))",
        r"(?P<x>期間限定|数量限定|なくなり次第終了)",
    ),
    code=rf"(?:クーポン)?コード\s*(?:は|:|：)?\s*(?P<x>[A-Z][A-Z0-9]{{2,19}}|{Q})",
    prices=(r"(?P<x>(?:(?:税込|わずか|たったの)\s*)?(?:[¥￥]\s?\d[\d,]*|\d[\d,]*\s?円)(?:から|〜)?(?:\s?/\s?月)?)",),
    proofs=(
        r"(?P<x>(?:累計|売上)?\d[\d,.]*\s?(?:万|億)?(?:人|個|本|社|件)(?:以上)?(?:が(?:愛用|利用)|突破|の実績))",
        r"(?P<x>創業\s?\d{1,4}年|(?:18|19|20)\d\d年創業|星\s?\d(?:\.\d)?|[^、。\n]{2,12}(?:賞)?受賞)",
    ),
    calls=(
        r"今すぐ(?:購入|注文|予約|登録|ダウンロード|申し込み|申し込む|チェック|試す|体験|寄付)|ご?(?:購入|注文|予約|来店)はこちら(?:から)?|詳しくはこちら"
        r"|お求めはこちら|無料で(?:試す|始める|体験)|アプリをダウンロード|ご予約はこちら|お試しください|ぜひお越しください"
    ),
    slogan=r"(?:キャッチコピー|スローガン|コピー|見出し|テキスト|文言|タグライン)\s*(?:は|:|：|を)?\s*$",
    call_label=r"(?:CTA|行動喚起|ボタン|最後は|最後に)\s*(?:は|:|：|を)?\s*$",
    brand_label=r"(?:ブランド名?|メーカー|会社名?|店名?)\s*(?:は|:|：|の)?\s*$",
    launch=r"新発売|新登場|発売|ローンチ|新しい|新商品|新作|オープン|登場",
    sale=r"セール|割引|特価|バーゲン|オフ|OFF",
    orders=r".*(?:作って|作成|作りたい|ください|下さい|お願い|トーン|雰囲気|音楽|BGM|ターゲット|してほしい|欲しい|使って|見せて|終わ|始め|無視|広告|動画|スタイル)",
    house=(
        r"^(?P<b>.{3,}?(?:屋|店|堂|園|亭|庵|軒|工房|カフェ|ベーカリー|ホテル|酒造|製菓|珈琲|農園|牧場|食堂|スタジオ))の(?P<x>[^の].+)$"
    ),
    for_whom=r"^(?P<b>[^「」]{2,16}?(?:向けの?|のための))(?P<x>.{2,})$",
    about_the_ad=r"トーン|雰囲気|音楽|BGM|スタイル|色|カメラ|字幕|ロゴ|シーン|広告|動画|テキスト|ナレーション|映像|背景|テンポ",
)

_DAY_AR = r"(?:ال)?(?:أحد|اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت)"
_DAYS_AR = rf"(?:(?:فقط\s+)?(?:كل|يوم|أيام|في|كل\s+يوم)\s+{_DAY_AR}(?:\s+و{_DAY_AR})*)"
_MONEY_AR = r"(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:ريال|درهم|دولار|جنيه|دينار)(?:ا|اً)?)"
_PEOPLE_AR = (
    r"أمهات|آباء|عائلات|عائلة|شباب|نساء|رجال|رياضيين|عدائين|طلاب|طلبة|شركات|محترفين|عشاق|مسافرين|سيدات|مهنيين|باحثين"
    r"|موظفين|أزواج|أسر|مبتدئين|رواد|فتيات|كبار|معلمين"
)

ARABIC: Final = Grammar(
    stops=(
        rf"مع|الذي|التي|من|للأشخاص|لل\w+(?=\s+الذين)|لل(?:{_PEOPLE_AR}|أطفال|قطط|كلاب)|يستهدف|موجه|اسمه|اسمها|بعنوان|باسم|حيث|بأسلوب|بنبرة"
        r"|بخصم|خصم|حتى|يحتوي|يتميز|تتميز|ب\w*خصم"
        r"|بمناسبة"
    ),
    articles=r"(?:(?:منتجنا|لدينا)\s+)+",
    lead_ins=r"(?:(?:هذا|هذه|منتجنا|لدينا|جديد|جديدة)\s+)+",
    tail=r"(?:\s+(?:في|من|مع|و|على|إلى|عن|أو))+$",
    conjunction=r"\s*[،,؛•]\s*(?:و)?|\s+و\s?(?=\S{3})",
    product=(
        r"\b(?:المنتج|اسم\s+المنتج)\s*:\s*<X>",
        r"(?:[إا]علان(?:ا|اً|ًا)?|فيديو|مقطع(?:ا|اً)?|حملة|دعاية|برومو)(?:\s+(?!عن"
        r"|ل)[^\s،.]+){0,4}?\s+(?:عن|حول|لصالح|لـ\s?|ل(?!مدة))\s*<X>",
        r"\b(?:نبيع|نقدم|روّج|روج\s+ل|إطلاق|نطلق)\s*<X>",
    ),
    named=(rf"(?:اسمه|اسمها|يسمى|تسمى|يدعى|باسم)\s+(?P<x>{Q}|[^\s،.]+)",),
    brand=(
        rf"(?:علامة|العلامة(?:\s+التجارية)?|ماركة|شركة)\s*:?\s*(?P<x>{Q}|[^\s،.:]+(?:\s+[^\s،.:]+)?)",
        r"من\s+(?P<x>(?:دار|بيت|متجر|مطعم|محمصة)\s+[^\s،.:]+)",
        rf"من\s+(?P<x>{Q})",
    ),
    audience=(
        r"(?:الجمهور(?:\s+المستهدف)?|الفئة\s+المستهدفة)\s*:\s*<X>",
        r"(?:موجه(?:ة)?\s+(?:إلى|ل)|يستهدف|مثالي(?:ة)?\s+ل)\s*<X>",
        rf"(?<!\w)(?P<x>(?:لل|إلى\s+ال)(?:أطفال|قطط|كلاب|{_PEOPLE_AR})(?:\s+ال\w+)?(?:\s+وال\w+){{0,2}})",
    ),
    people=_PEOPLE_AR,
    features=(
        r"(?:المميزات|المزايا|المكونات|الفوائد|الرسائل\s+الرئيسية)\s*:\s*<L>",
        r"(?:يتميز\s+ب|تتميز\s+ب|يحتوي\s+على|تحتوي\s+على|يضم|ركز\s+على|اذكر|(?:مكوناته|مكوناتها|مكونات)\s+)\s*<L>",
        r"(?<!\w)مع\s+<L>",
        r"(?:(?<=\w)|(?<=;)|(?<=;\s)|(?<=;\s\s))\s?:\s*<L>",
    ),
    relative=(r"(?:الذي|التي)\s+(?P<x>[^.،,;:!?()\n]{4,70})",),
    problem=(r"(?P<x>(?:تعبت|مللت|سئمت)\s+من\s+[^.،,;:!?()\n]{3,40})", r"(?P<x>وداعا?ً?\s+ل\S+(?:\s+\S+)?)"),
    offers=(
        r"(?P<x>(?:خصم|تخفيض|تخفيضات)\s*(?:يصل\s+إلى|بنسبة|حتى)?\s*\d{1,2}\s?%(?:\s+على\s+(?:كل|جميع)\s+\S+)?)",
        r"(?P<x>\d{1,2}\s?%\s*(?:خصم|تخفيض))",
        r"(?P<x>(?:توصيل|شحن|تجربة|عينة|استشارة)\s+مجاني(?:ة)?|الشهر\s+الأول\s+مجان(?:ا|اً|ًا|ي)"
        r"|اشتر(?:ي)?\s+واحدا?ً?\s+واحصل\s+على\s+(?:الآخر|واحد)\s+مجان(?:ا|اً|ًا)"
        r"|نصف\s+السعر)",
    ),
    conditions=(
        rf"(?:\s*،?\s+(?:{_DAYS_AR}|(?:(?:على|عند|لل?)\s*(?:ال)?(?:طلبات|طلب|شراء|مشتريات|حجز)\s+)?(?:فوق|بأكثر\s+من|أكثر\s+من"
        rf"|ابتداءً?\s+من|من)\s+{_MONEY_AR}|للشخص(?:\s+الواحد)?|لليلة)"
        r"|\s+(?:على\s+[^\s،.;]+(?:\s+(?!حتى|مع|في|اليوم|كود|لفترة)[^\s،.;]+){0,3}|عند\s+[^\s،.;]+(?:\s+(?!حتى|مع)[^\s،.;]+){0,3}"
        r"|لل(?:عملاء|طلاب|أعضاء|مشتركين|مجموعات)(?:\s+الجدد)?))"
    ),
    leading_conditions=rf"{_DAYS_AR}\s*[،:]?\s+",
    deadlines=(
        r"(?P<x>(?:فقط\s+)?حتى\s+(?:يوم\s+)?(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت"
        r"|منتصف\s+الليل|نهاية\s+\S+|الغد))",
        r"(?P<x>(?:هذا|لهذا)\s+الأسبوع(?:\s+فقط)?|اليوم\s+فقط|لفترة\s+محدودة|حتى\s+نفاد\s+الكمية)",
    ),
    code=rf"(?:كود|رمز)(?:\s+الخصم)?:?\s+(?P<x>[A-Z][A-Z0-9]{{2,19}}|{Q})",
    prices=(
        r"(?P<x>(?:(?:فقط|ابتداء\s+من|ابتداءً\s+من|من|بسعر|ب)\s*)?(?:[$€£]\s?\d[\d.,]*"
        r"|\d[\d.,]*\s?(?:ريال(?:ا|اً)?|درهم(?:ا|اً)?|دولار(?:ا|اً)?|جنيه(?:ا|اً)?|دينار(?:ا|اً)?))"
        r"(?:\s+فقط)?(?:\s+شهري(?:ا|اً|ًا))?)",
    ),
    proofs=(
        r"(?P<x>(?:أكثر\s+من|نحو)\s+\d[\d.,]*\s?(?:ألف|مليون)?\s*(?:عميل|مستخدم|عائلة|تقييم|زبون))",
        r"(?P<x>منذ\s+(?:عام\s+)?(?:18|19|20)\d\d|حائز(?:ة)?\s+على\s+[^.،,;:!?()\n]{3,30}|\d(?:[.,]\d)?\s+نجوم)",
    ),
    calls=(
        r"(?:اطلب(?:ه|ها|وا|يه)?|تسوق(?:ي|وا)?|احجز(?:ي|وا)?|اشتر(?:ي|وا)?|حمّ?ل(?:ي|وا)?|تبرع(?:ي|وا)?"
        r"|سجل(?:ي|وا)?|اكتشف(?:ي|وا)?|جرب(?:ه|ها|ي|وا)?|اشترك(?:ي|وا)?)"
        r"(?:\s+(?:التطبيق|غرفتك|طاولتك|مقعدك))?\s+(?:الآن|اليوم|مجانا|مجاناً)|حمّ?ل\s+التطبيق"
        r"|اعرف\s+المزيد|زورونا(?:\s+اليوم)?|زوروا\s+موقعنا"
    ),
    slogan=r"(?:شعار|الشعار|عنوان|العنوان|نص|النص|عبارة)\s*(?:هو|:)?\s*$",
    call_label=r"(?:دعوة\s+(?:إلى|لل)\s*\S+|زر|اختم\s+ب|ينتهي\s+ب)\s*(?:هو|:)?\s*$",
    brand_label=r"(?:علامة|العلامة|ماركة|شركة|دار|متجر|من)\s*(?:هي|:)?\s*$",
    launch=r"إطلاق|نطلق|جديد(?:ة|نا)?|افتتاح|يصل|وصل",
    sale=r"تخفيضات|تخفيض|خصم|خصومات|عروض|تنزيلات",
    orders=(
        r"\s*(?:من\s+فضلك|اصنع|أنشئ|انشئ|اعمل|أريد|نريد|أحتاج|نحتاج|صمم|اعرض|أظهر|استخدم|اختم|ابدأ|ركز"
        r"|النبرة|الأسلوب|الموسيقى|الجمهور|الفيديو|الإعلان"
        r"|إعلان|اعلان|بدون|مع\s|من\s|عن\s|في\s|على\s|إلى\s|و\s|تجنب|لا\s|بنبرة|بأسلوب|زوروا)"
    ),
    about_the_ad=(
        r"نبرة|أسلوب|موسيقى|أجواء|صوت|كاميرا|إضاءة|ألوان|مشهد|مشاهد|لقطات|إعلان|اعلان|فيديو|نص|شعار|خاتمة"
        r"|ترجمة|خلفية|إيقاع"
    ),
)
