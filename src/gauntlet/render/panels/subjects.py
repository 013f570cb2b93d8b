"""Which object and which place a scene is about: keywords of several languages, as data."""

import re
import unicodedata
from typing import Final

DEFAULT_OBJECT: Final = "orb"

_OBJECT_WORDS: Final[dict[str, str]] = {
    "cup": (
        "coffee café cafe kaffee caffè espresso cappuccino latte tea tee té thé mug roast قهوة شاي コーヒー "
        "珈琲 お茶 紅茶 抹茶 緑茶 煎茶 ほうじ茶 ラテ カフェ 咖啡 кофе чай กาแฟ कॉफ़ी matcha chai latté ماتشا"
    ),
    "glass": (
        "juice lemonade cocktail smoothie drink soda spritz saft zumo jugo jus succo bebida getränk refresco "
        "عصير ジュース ドリンク 饮料 сок"
    ),
    "bottle": (
        "bottle wine beer water oil vino cerveza bier wein vin bière botella flasche agua wasser aceite "
        "olive hydration kombucha زجاجة ماء ワイン ビール ボトル 水筒 酒 вино пиво"
    ),
    "bowl": (
        "food salad bowl restaurant meal vegan soup ramen sushi pasta recipe kitchen snack comida ensalada "
        "essen salat nourriture cuisine cibo طعام مطعم سلطة 料理 食品 レストラン ラーメン 食事 餐 еда"
    ),
    "burger": "burger hamburguesa pizza sandwich taco kebab fast-food fries برجر バーガー ハンバーガー бургер",
    "bread": (
        "bread bakery bäckerei brot panadería pan pain boulangerie pane forno pastry croissant cake torte "
        "cookie sourdough خبز مخبز パン ベーカリー ケーキ 面包 хлеб"
    ),
    "sneaker": (
        "shoe shoes sneaker sneakers running runner trainer boots footwear zapatilla zapatillas zapatos "
        "correr schuh schuhe laufschuh chaussure chaussures scarpe حذاء أحذية スニーカー 靴 シューズ "
        "ランニング кроссовки"
    ),
    "shirt": (
        "shirt t-shirt fashion clothing clothes apparel dress jacket jeans hoodie wear ropa moda camiseta "
        "vestido kleidung mode vêtement abbigliamento ملابس أزياء 服 ファッション アパレル シャツ 衣 одежда"
    ),
    "bag": (
        "bag handbag tote backpack shop store retail boutique market bolso mochila tienda tasche rucksack "
        "laden sac borsa negozio حقيبة متجر バッグ ショップ 店 鞄 包 сумка магазин"
    ),
    "watch": "watch watches smartwatch reloj uhr uhren montre orologio ساعة 時計 腕時計 手表 часы",
    "headphones": (
        "headphone headphones earbuds headset audio music podcast speaker sound auriculares música kopfhörer "
        "musik casque musique cuffie سماعات موسيقى ヘッドホン イヤホン 音楽 耳机 наушники"
    ),
    "flacon": "perfume fragrance parfum scent cologne eau perfumería duft profumo عطر 香水 духи",
    "jar": (
        "skincare cosmetic cosmetics cream serum beauty makeup lotion soap shampoo crema cosmética belleza "
        "kosmetik creme pflege cosmétique soin beauté بشرة تجميل كريم スキンケア 化粧 コスメ クリーム 护肤 "
        "косметика"
    ),
    "gem": (
        "jewelry jewellery jewel ring necklace diamond gold joya joyería anillo schmuck bijou bijoux "
        "gioielli مجوهرات ジュエリー 指輪 珠宝 украшения"
    ),
    "phone": (
        "tech technology gadget electronics app apps phone smartphone mobile iphone android game gaming "
        "chat social booking aplicación móvil "
        "handy spiel téléphone jeu telefono gioco تطبيق هاتف アプリ スマホ スマートフォン ゲーム 应用 "
        "приложение"
    ),
    "laptop": (
        "software saas platform laptop computer website dashboard crm analytics cloud ai it code developer "
        "tool online plataforma ordenador webseite logiciel برنامج برمجيات حاسوب ソフト パソコン クラウド "
        "システム 软件 программа"
    ),
    "camera": (
        "camera photo photography video lens cámara fotografía kamera foto caméra fotocamera كاميرا تصوير "
        "カメラ 写真 相机 камера"
    ),
    "chart": (
        "finance bank banking invest investing insurance money tax accounting fintech crypto budget savings "
        "loan finanzas banco dinero seguro geld versicherung banque argent assurance banca soldi بنك مال "
        "تأمين استثمار 銀行 金融 保険 投資 банк"
    ),
    "car": (
        "car cars auto automotive vehicle suv ev taxi coche carro automóvil fahrzeug voiture macchina سيارة "
        "車 自動車 クルマ 汽车 машина"
    ),
    "bike": (
        "bike bicycle cycling e-bike ebike scooter bici bicicleta fahrrad vélo دراجة 自転車 バイク 自行车 велосипед"
    ),
    "parcel": (
        "delivery shipping subscription box parcel package logistics moving envío suscripción paquete "
        "lieferung paket livraison colis consegna توصيل شحن اشتراك 配送 宅配 定期便 快递 доставка"
    ),
    "house": (
        "house real-estate estate property apartment mortgage hotel roof solar cleaning casa hogar "
        "inmobiliaria piso haus wohnung immobilien maison immobilier appartement عقار عقارات منزل بيت شقة 家 "
        "住宅 不動産 ホーム 房 дом"
    ),
    "plant": (
        "plant plants garden gardening flower flowers eco organic sustainable nature green planta jardín "
        "flores pflanze garten blumen plante fleur jardin fiori نبات حديقة زهور 植物 花 ガーデン 观葉 花卉 "
        "цветы"
    ),
    "armchair": (
        "furniture home chair table sofa couch interior decor lamp bed mattress desk mueble muebles sofá "
        "colchón möbel "
        "stuhl bett meuble canapé matelas mobili divano أثاث أريكة 家具 ソファ インテリア ベッド 家居 мебель"
    ),
    "suitcase": (
        "travel trip holiday vacation flight airline tourism luggage viaje viajes vuelo turismo reise urlaub "
        "flug voyage vacances viaggio vacanze سفر رحلة سياحة 旅行 旅 ツアー 航空 旅游 путешествие"
    ),
    "mountain": (
        "outdoor hiking camping ski mountain climbing adventure park trail montaña senderismo aventura berg "
        "wandern montagne randonnée montagna جبل تخييم 山 登山 アウトドア キャンプ 户外 горы"
    ),
    "person": (
        "charity volunteer coach coaching course school university education training clinic doctor dentist "
        "therapy health "
        "care job hiring consulting service wellness curso escuela salud médico dentista kurs schule "
        "gesundheit arzt école santé médecin corso scuola salute مدرسة تعليم صحة طبيب دورة 学校 教育 健康 医 "
        "講座 クリニック 教室 求人 школа здоровье"
    ),
    "gift": (
        "gift gifts present birthday christmas valentine regalo navidad geschenk weihnachten cadeau noël "
        "natale هدية عيد ギフト プレゼント 贈 礼物 подарок"
    ),
    "book": (
        "book books novel reading library magazine publisher libro libros lectura buch bücher livre livres "
        "libri كتاب كتب 本 書籍 読書 书 книга"
    ),
    "dumbbell": (
        "gym fitness workout sport sports yoga pilates protein muscle gimnasio entrenamiento deporte "
        "training sportstudio muskel salle musculation palestra رياضة لياقة جيم ジム フィットネス 筋トレ "
        "ヨガ 健身 фитнес"
    ),
    "blocks": (
        "toy toys kids children baby child nursery playground juguete juguetes niños bebé spielzeug kinder "
        "jouet jouets enfant enfants giocattoli bambini ألعاب أطفال おもちゃ 子供 キッズ ベビー 玩具 игрушки "
        "дети"
    ),
    "pet": (
        "pet pets cat dog kitten puppy vet petfood mascota perro gato haustier hund katze animal chien chat "
        "cane gatto حيوان قط كلب ペット 犬 猫 宠物 питомец"
    ),
}

_PLACE_WORDS: Final[dict[str, str]] = {
    "window": (
        "kitchen home table window morning breakfast room living interior indoor bedroom counter cocina casa "
        "mesa ventana mañana küche zuhause tisch fenster morgen cuisine maison matin مطبخ منزل صباح 部屋 "
        "キッチン 朝 家 食卓"
    ),
    "city": (
        "city street urban downtown skyline road traffic office ciudad calle oficina stadt straße büro "
        "ville rue bureau città مدينة شارع مكتب 街 都市 オフィス"
    ),
    "hills": (
        "mountain nature forest field park beach sea outdoor trail hill garden farm landscape sky montaña "
        "campo playa bosque naturaleza berg wald natur strand wiese montagne forêt plage natura جبل طبيعة "
        "بحر حديقة 山 森 海 自然 公園"
    ),
    "arch": (
        "hotel spa boutique temple villa gallery architecture courtyard elegant luxury arch lujo elegante "
        "فندق فخم ホテル 高級"
    ),
    "studio": (
        "studio backdrop seamless podium plinth pedestal white plain clean estudio hintergrund スタジオ استوديو"
    ),
}


_NIGHT: Final = ("night", "midnight", "noche", "nuit", "nacht", "notte", "noite", "ليل", "夜", "ночь", "ночн")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _entries(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    # Longest first: `hamburguesa` before `sua`, so that a specific word wins over one that it contains.
    pairs = [(_normal(word), name) for name, words in table.items() for word in words.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_OBJECTS: Final = _entries(_OBJECT_WORDS)
_PLACES: Final = _entries(_PLACE_WORDS)


def object_for(*texts: str) -> str:
    """Return the name of the object that the texts (in order of trust) speak of, or the abstract one."""
    return _found(_OBJECTS, texts) or DEFAULT_OBJECT


def place_for(*texts: str) -> str | None:
    """Return the place that the texts (in order of trust) speak of, or None."""
    return _found(_PLACES, texts)


def is_night(text: str) -> bool:
    """Tell whether a description of a place speaks of the night."""
    return any(word in _normal(text) for word in _NIGHT)


def _found(entries: tuple[tuple[str, str], ...], texts: tuple[str, ...]) -> str | None:
    for text in texts:
        normal = _normal(text)
        words = set(re.findall(r"[\w'-]+", normal))
        singular = {word[:-1] for word in words if word.endswith("s")}
        for word, name in entries:
            # Scripts without spaces are searched inside; words of alphabets only whole, so that `cart` is no car.
            spaced = word.isascii() or unicodedata.name(word[0], "").startswith(("LATIN", "CYRILLIC"))
            if (spaced and (word in words or word in singular)) or (not spaced and word in normal):
                return name
    return None
