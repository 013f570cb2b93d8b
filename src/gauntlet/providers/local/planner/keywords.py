"""The words that give a line of business away: folded, in the languages that are read, short ones whole."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category

KEYWORDS: Final[dict[Category, tuple[str, ...]]] = {
    Category.COFFEE: tuple(
        (
            "coffee|espresso|cold brew|latte|cappuccino|barista|roaster|cafe|kaffee|caffe|cafeteria|"
            "rosterei|コーヒー|珈琲|カフェ|エスプレッソ|قهوة|القهوة|بن مختص|☕"
        ).split("|")
    ),
    Category.TEA: tuple(
        (
            "matcha|tea|teas|tea house|herbal tea|the vert|tisane|infusion|gruner tee|krautertee|cha verde|"
            "te verde|chai|抹茶|お茶|緑茶|紅茶|煎茶|شاي|ماتشا|🍵"
        ).split("|")
    ),
    Category.DRINKS: tuple(
        (
            "wine|beer|craft beer|lemonade|juice|soda|kombucha|smoothie|sparkling water|mineral water|"
            "cocktail|whisky|whiskey|gin|rum|vodka|energy drink|vino|cerveza|zumo|jugo|refresco|vin|biere|"
            "jus|wein|bier|saft|limonade|suco|cerveja|vinho|birra|bibita|succo|ビール|日本酒|ジュース|ワイン|عصير|مشروب|"
            "🍷|🍺|🥤"
        ).split("|")
    ),
    Category.BAKERY: tuple(
        (
            "bakery|bakeries|bread|sourdough|croissant|pastry|pastries|cake|cakes|cookie|cookies|cupcake|"
            "donut|brownie|panaderia|pan artesano|pasteleria|bolleria|boulangerie|patisserie|pain au levain|"
            "viennoiserie|backerei|brot|brotchen|konditorei|kuchen|padaria|pao|confeitaria|panificio|"
            "panetteria|pasticceria|pane|パン屋|パン|ベーカリー|ケーキ|مخبز|خبز|حلويات|🥐|🍞|🎂"
        ).split("|")
    ),
    Category.FOOD: tuple(
        (
            "restaurant|pizza|pizzeria|burger|sushi|pasta|taco|tacos|food|meal|meals|meal kit|snack|snacks|"
            "chocolate|ice cream|gelato|cheese|olive oil|honey|sauce|granola|grocery|groceries|"
            "delivery kitchen|ramen|gelateria|heladeria|glacier|eisdiele|sorveteria|bistro|diner|catering"
            "|restaurante|comida|aceite de oliva|queso|helado|"
            "chocolat|fromage|glace|restauration|schokolade|kase|speisen|comida|sorvete|queijo|ristorante|"
            "cibo|formaggio|olio|cioccolato|レストラン|食品|弁当|寿司|ラーメン|チョコ|料理|مطعم|طعام|برجر|شوكولاتة|تمر|🍕|🍔|🍣|🍫|"
            "🍦"
        ).split("|")
    ),
    Category.SPORT: tuple(
        (
            "running|runner|sneaker|sneakers|trainers|sport|sports|gym|fitness|workout|yoga mat|bike|"
            "bicycle|cycling|football|soccer|tennis|hiking|athletic|marathon|protein|zapatillas|deporte|"
            "gimnasio|correr|bicicleta|course a pied|chaussures de course|baskets|velo|salle de sport|"
            "laufschuh|sportschuh|turnschuh|fahrrad|fitnessstudio|tenis de corrida|academia|esporte|corrida|"
            "scarpe da corsa|palestra|bici|ランニング|スニーカー|ジム|スポーツ|自転車|"
            "حذاء رياضي|أحذية رياضية|رياضة|رياضي|جري|"
            "👟|🏃|⚽|🚴"
        ).split("|")
    ),
    Category.FASHION: tuple(
        (
            "fashion|clothing|clothes|dress|dresses|jacket|coat|jeans|shirt|t-shirt|hoodie|sweater|knitwear|"
            "boots|shoes|handbag|bag|bags|backpack|scarf|apparel|streetwear|swimwear|lingerie|sunglasses|"
            "moda|ropa|vestido|zapatos|bolso|camiseta|mode femme|mode homme|vetement|robe|manteau|"
            "chaussures|sac|kleidung|kleid|mantel|schuhe|tasche|roupa|sapatos|bolsa|abbigliamento|vestiti|"
            "scarpe|borsa|borse|ファッション|服|ドレス|靴|バッグ|着物|أزياء|ملابس|عباية|عبايات|فستان|حقيبة|أحذية|👗|👠|👜"
        ).split("|")
    ),
    Category.JEWELLERY: tuple(
        (
            # Not `ring` alone: one rings to book a table.
            "jewelry|jewellery|jeweller|jeweler|rings|a ring|the ring|our ring|engagement ring|wedding ring|"
            "diamond ring|gold ring|silver ring|signet ring|necklace|earring|bracelet|diamond|watch|watches|gold chain|"
            "joyeria|joyas|anillo|collar de|reloj|bijou|bijoux|bague|montres|collier|schmuck|halskette|"
            "armbanduhr|uhren|joias|colar|relogio|gioielli|anello|orologio|collana|ジュエリー|指輪|時計|ネックレス|"
            "مجوهرات|خاتم|ساعة يد|ذهب|💍|⌚"
        ).split("|")
    ),
    Category.BEAUTY: tuple(
        (
            "skincare|skin care|serum|cosmetic|cosmetics|makeup|make-up|lipstick|mascara|moisturizer|"
            "moisturiser|face cream|shampoo|hair care|sunscreen|soap|salon|barber|spa cream|beauty|"
            "crema facial|champu|maquillaje|belleza|jabon|peluqueria|cosmetica|soin|soins|maquillage|beaute|"
            "savon|coiffeur|hautpflege|gesichtscreme|kosmetik|seife|friseur|creme facial|maquiagem|beleza|"
            "sabonete|salao|bellezza|trucco|crema viso|sapone|parrucchiere|"
            "化粧品|スキンケア|美容|コスメ|石鹸|シャンプー|"
            "عناية بالبشرة|مكياج|كريم|تجميل|صابون|💄|💅"
        ).split("|")
    ),
    Category.PERFUME: tuple(
        (
            "perfume|fragrance|eau de parfum|eau de toilette|cologne|scent|oud|parfum|duft|fragancia|"
            "colonia|profumo|fragranza|perfumaria|香水|フレグランス|عطر|عطور|عود|بخور|🌹"
        ).split("|")
    ),
    Category.TECH: tuple(
        (
            "headphones|earbuds|speaker|smartphone|phone|laptop|tablet|camera|drone|smartwatch|smart home|"
            "video game|mobile game|puzzle game|videojuego|jeu video|videospiel|"
            "videogioco|ゲーム|gadget|robot|vacuum|monitor|keyboard|charger|console|gaming|electronics|auriculares|altavoz|"
            "movil|portatil|camara|electronica|casque|enceinte|ecouteurs|telephone|ordinateur|kopfhorer|"
            "lautsprecher|handy|staubsauger|fones|caixa de som|celular|notebook|cuffie|altoparlante|"
            "telefono|イヤホン|ヘッドホン|スマホ|カメラ|パソコン|家電|سماعات|هاتف|كاميرا|حاسوب|🎧|📱|💻|📷"
        ).split("|")
    ),
    Category.SOFTWARE: tuple(
        (
            "app|apps|saas|software|platform for|dashboard|crm|invoicing|accounting software|"
            "project management|productivity|ai assistant|automation|website builder|web app|api|cloud|"
            "aplicacion|programa de facturacion|logiciel|application|appli|anwendung|plattform|aplicativo|"
            "applicazione|gestionale|アプリ|ソフト|サービス管理|クラウド|تطبيق|برنامج|منصة"
        ).split("|")
    ),
    Category.TRAVEL: tuple(
        (
            "hotel|hotels|resort|hostel|travel|trip|trips|tour|tours|holiday|holidays|vacation|cruise|"
            "airline|flight|flights|airbnb|guesthouse|retreat|villa rental|camping|bed and breakfast|viaje|"
            "viajes|vacaciones|vuelo|posada|voyage|voyages|sejour|vacances|croisiere|urlaub|reise|reisen|"
            "ferienwohnung|pension|viagem|ferias|pousada|viaggio|viaggi|vacanze|agriturismo|albergo|ホテル|旅行|"
            "旅館|温泉|ツアー|فندق|سفر|رحلة|رحلات|منتجع|سياحة|✈|🏖|🏨"
        ).split("|")
    ),
    Category.PROPERTY: tuple(
        (
            "real estate|apartment|apartments|condo|house for sale|homes for sale|property|properties|"
            "realtor|estate agent|housing|inmobiliaria|piso|apartamento|departamento|immobilier|appartement|"
            "maison a vendre|immobilien|wohnung|imobiliaria|imovel|imoveis|immobiliare|appartamento|不動産|"
            "マンション|住宅|عقار|عقارات|شقة|شقق|🏠|🏡"
        ).split("|")
    ),
    Category.FINANCE: tuple(
        (
            "financial|girokonto|konto|checking account|current account|"
            "insurance|insurer|bank|banking|loan|mortgage|credit card|invest|investing|investment|savings|"
            "pension plan|fintech|tax|seguro|seguros|banco|prestamo|hipoteca|inversion|assurance|assurances|"
            "banque|credit|epargne|versicherung|bank|kredit|sparen|seguro de vida|emprestimo|assicurazione|"
            "banca|prestito|risparmio|保険|銀行|投資|ローン|تأمين|بنك|استثمار|قرض|تمويل|💳"
        ).split("|")
    ),
    Category.EDUCATION: tuple(
        (
            "course|courses|school|university|learning|language class|lessons|tutoring|tutor|bootcamp|"
            "online class|academy|training|education|curso|cursos|escuela|universidad|academia de|clases|"
            "cours|ecole|formation|universite|kurs|kurse|schule|lernen|nachhilfe|sprachkurs|faculdade|"
            "escola|aulas|corso|corsi|scuola|lezioni|講座|教室|スクール|学習|英会話|دورة|دورات|تعليم|مدرسة|جامعة|📚|🎓"
        ).split("|")
    ),
    Category.KIDS: tuple(
        (
            "toy|toys|kids|baby|babies|toddler|children's|building blocks|stroller|plush|board game|playset|"
            "nursery|juguete|juguetes|ninos|bebe|jouet|jouets|enfant|enfants|spielzeug|kinder|baby|"
            "brinquedo|brinquedos|crianca|criancas|giocattolo|giocattoli|bambini|おもちゃ|玩具|子ども|赤ちゃん|لعبة|"
            "ألعاب|أطفال|🧸|👶"
        ).split("|")
    ),
    Category.PETS: tuple(
        (
            "dog|dogs|cat|cats|puppy|kitten|pet|pets|pet food|dog food|cat food|leash|perro|perros|gato|"
            "gatos|mascota|mascotas|chien|chiens|chats|croquettes|hund|hunde|katze|hundefutter|haustier|"
            "cachorro|cane|cani|gatto|gatti|ペット|犬|猫|ドッグ|حيوان أليف|قطط|كلاب|🐶|🐱|🐕"
        ).split("|")
    ),
    Category.HOME: tuple(
        (
            "furniture|sofa|couch|chair|table lamp|lamp|mattress|bed|bedding|rug|candle|candles|kitchenware|"
            "cookware|home decor|interior|garden|plants|cleaning|detergent|curtain|ceramics|muebles|colchon|"
            "vela|hogar|meuble|meubles|canape|matelas|bougie|mobel|matratze|kerze|lampe|moveis|colchao|"
            "mobili|divano|materasso|candela|arredamento|家具|ソファ|インテリア|布団|掃除|أثاث|أريكة|شموع|منزل|🛋|🕯"
        ).split("|")
    ),
    Category.AUTOMOTIVE: tuple(
        (
            "car|cars|electric car|suv|motorcycle|scooter|truck|ev|tyres|tires|car wash|garage|auto dealer|"
            "dealership|coche|coches|moto|automovil|voiture|voitures|auto|autos|motorrad|werkstatt|carro|"
            "carros|automobile|macchina|車|自動車|バイク|سيارة|سيارات|دراجة نارية|🚗|🚙|🏍"
        ).split("|")
    ),
    Category.WELLNESS: tuple(
        (
            "yoga|meditation|wellness|spa|massage|therapy|vitamins|supplement|supplements|sleep|mindfulness|"
            "clinic|dentist|dental|health|pharmacy|physio|bienestar|meditacion|masaje|clinica|salud|"
            "bien-etre|meditation|massage|sante|dentiste|gesundheit|zahnarzt|entspannung|bem-estar|saude|"
            "benessere|salute|ヨガ|瞑想|健康|マッサージ|歯科|صحة|يوغا|تأمل|عيادة|سبا|🧘"
        ).split("|")
    ),
    Category.CHARITY: tuple(
        (
            "charity|fundraiser|fundraising|donate|donation|donations|nonprofit|non-profit|ngo|volunteer|"
            "food bank|shelter|relief|ong|donar|donacion|recaudacion|solidaria|benefica|"
            "association caritative|faire un don|collecte|spende|spenden|spendenaktion|verein|"
            "hilfsorganisation|doacao|doacoes|caridade|beneficenza|donazione|raccolta fondi|volontariato|寄付|"
            "募金|支援|チャリティ|تبرع|تبرعات|جمعية خيرية|خيري|❤"
        ).split("|")
    ),
    Category.EVENT: tuple(
        (
            "festival|concert|conference|event|events|exhibition|fair|museum|theatre|theater|movie|webinar|"
            "party|workshop|concierto|feria|evento|exposicion|teatro|concert|spectacle|exposition|konzert|"
            "messe|veranstaltung|ausstellung|feira|exposicao|concerto|fiera|evento|フェス|コンサート|イベント|展覧会|ライブ|"
            "مهرجان|حفل|معرض|فعالية|مؤتمر|🎤|🎪|🎟"
        ).split("|")
    ),
}

VACANCIES: Final = tuple(
    (
        "hiring|we are recruiting|job opening|job ad|vacancy|vacancies|recrute|offre d emploi|stellenanzeige|wir suchen"
        "|wir stellen ein|contratamos|buscamos personal|vagas de emprego|estamos contratando|assumiamo"
        "|cerchiamo personale"
        "|採用|求人|スタッフ募集|وظائف|نوظف|وظيفة"
    ).split("|")
)
"""Words of an ad for a job: the house's own line of business has then the wrong lines ("Come hungry.")."""

CLUBS: Final = tuple("gym|gimnasio|salle de sport|fitnessstudio|palestra|academia|ジム|نادي|studio".split("|"))
"""Places of sport that people join rather than buy."""

TABLES: Final = tuple("restaurant|restaurante|ristorante|bistro|trattoria|レストラン|居酒屋|مطعم".split("|"))
"""Places where people book a table."""
