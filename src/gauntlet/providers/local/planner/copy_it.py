"""Italian copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

ITALIAN_COPY: Final = CopyBook(
    meet=("Ecco {name}.", "Questo è {name}.", "{name}."),
    launch=("Arriva {name}.", "{name} è qui.", "Novità: {name}."),
    by_brand="{phrase} di {brand}.",
    from_brand="Di {brand}.",
    for_audience="Per {audience}.",
    with_code="Codice {code}.",
    launch_hooks=("C'è una novità.", "Eccoci."),
    sale_hooks=("Hai fatto bene ad aspettare.", "L'attesa è finita."),
    short_beats=("Guarda da vicino.", "Semplice così.", "Eccolo.", "Si parte."),
    online="Vieni a trovarci online",
    nameless="Qualcosa di buono",
    calls={
        "shop": "Acquista ora",
        "order": "Ordina ora",
        "book": "Prenota ora",
        "learn": "Scopri di più",
        "start": "Inizia ora",
        "donate": "Dona ora",
        "visit": "Vieni a trovarci",
        "tickets": "Prendi i biglietti",
        "quote": "Chiedi un preventivo",
        "enrol": "Inizia a imparare",
        "see": "Vieni a vedere",
    },
    lines={
        Category.COFFEE: Lines(
            ("Il giorno può aspettare.", "Svegliati davvero."),
            "Prima delle mail, questo.",
            ("Un sorso. Una pausa.", "Certe mattine profumano di più.", "Vale la sveglia."),
            "Ci vediamo alla prima tazza.",
        ),
        Category.TEA: Lines(
            ("Rallenta. Versa.", "È l'ora del verde."),
            "Un momento calmo, in tazza.",
            ("Frusta. Respira. Bevi.", "Spalle giù, tazza su.", "Una ciotola alla volta."),
            "La tua calma è pronta.",
        ),
        Category.DRINKS: Lines(
            ("Quel primo sorso.", "Hai sete?"),
            "Giornata lunga. Bicchiere pieno.",
            ("Ghiaccio sì. Telefono no.", "Brindiamo a questo.", "Versane un altro."),
            "Alza il bicchiere.",
        ),
        Category.BAKERY: Lines(
            ("Segui il profumo.", "Hai fame?"),
            "Qualcuno si è alzato presto.",
            ("Crosta. Mollica. Silenzio.", "Spezza. Condividi.", "Tieni l'ultima fetta."),
            "Vieni con appetito.",
        ),
        Category.FOOD: Lines(
            ("Il primo assaggio.", "Chi ha fame?"),
            "La tavola chiama.",
            ("Un morso. Poi un altro.", "Passa il piatto.", "Facciamo il bis?"),
            "Lascia un posto.",
        ),
        Category.SPORT: Lines(
            ("Nessuno guarda. Vai.", "Ancora un chilometro."),
            "Il difficile è la porta.",
            ("Sinistra. Destra. Ancora.", "Insegui il tuo tempo.", "Suda ora. Sorridi poi."),
            "Ci vediamo fuori.",
        ),
        Category.FASHION: Lines(
            ("Indossa quello che pensi.", "Oggi si vede."),
            "Lo specchio è d'accordo.",
            ("Indossa. Testa alta.", "Con il tuo stile.", "Si volteranno."),
            "Portalo a modo tuo.",
        ),
        Category.JEWELLERY: Lines(
            ("Certe cose restano.", "Cattura la luce."),
            "Per i giorni da tenere.",
            ("Una cosa piccola. Un grande sì.", "A fior di pelle.", "Fatto per essere portato."),
            "Tienilo vicino.",
        ),
        Category.BEAUTY: Lines(
            ("Buongiorno, specchio.", "Il tuo viso, le tue regole."),
            "Due minuti solo per te.",
            ("Stendi. Respira.", "Meno fatica. Più tu.", "Ciao, pelle."),
            "Sentiti te.",
        ),
        Category.PERFUME: Lines(
            ("Prima di una parola.", "Lascia una traccia."),
            "La stanza ricorderà.",
            ("Un respiro. Una storia.", "A fior di pelle.", "La notte ascolta."),
            "Fatti ricordare.",
        ),
        Category.TECH: Lines(
            ("Vorrai toccarlo.", "Dai, premi."),
            "Certe cose fanno clic.",
            ("Dalla scatola alla giornata.", "Un tocco. Fatto.", "Piccolo. Gran sorriso."),
            "Accendilo.",
        ),
        Category.SOFTWARE: Lines(
            ("Lavorare, più leggeri.", "Ancora a mano?"),
            "Troppe schede. Poco giorno.",
            ("Apri e vai.", "Un pensiero in meno.", "Chiudi il foglio di calcolo."),
            "Riprenditi la giornata.",
        ),
        Category.TRAVEL: Lines(
            ("Ti serve una vista.", "Fuori ufficio."),
            "Da qualche parte, una finestra aperta.",
            ("Arriva. Respira.", "Resta un'altra notte.", "Niente in agenda."),
            "Tocca a te partire.",
        ),
        Category.PROPERTY: Lines(
            ("Immagina qui la tua chiave.", "Apri la porta."),
            "Ogni stanza inizia una storia.",
            ("Spazio per respirare.", "Immagina la prima notte.", "Luce del mattino inclusa."),
            "Vieni a vederla.",
        ),
        Category.FINANCE: Lines(
            ("La vita non avvisa.", "E se?"),
            "Poi chiama l'imprevisto.",
            ("Piano B, pronto.", "Un pensiero in meno.", "E si torna a vivere."),
            "Qualunque cosa accada.",
        ),
        Category.EDUCATION: Lines(
            ("E se potessi?", "Parti da zero."),
            "«Dopo» non ha mai una data.",
            ("Una lezione. Poi un'altra.", "Fai domande migliori.", "Basta la curiosità."),
            "Resta curioso.",
        ),
        Category.KIDS: Lines(
            ("Giochiamo adesso?", "Pronti, risate, via!"),
            "Piove? Perfetto.",
            ("Costruisci. Butta giù. Ancora.", "Altri cinque minuti!", "Mani piccole, idee grandi."),
            "Giochiamo.",
        ),
        Category.PETS: Lines(
            ("Qualcuno è alla porta.", "Pronti, coda, via!"),
            "Loro sanno che ore sono.",
            ("Felice dal naso alla coda.", "Corri. Mangia. Dormi.", "Gli amici lo meritano."),
            "Fai loro un regalo.",
        ),
        Category.HOME: Lines(
            ("Finalmente a casa.", "Stasera si resta."),
            "Quell'angolo aspetta ancora.",
            ("Piedi in alto.", "Fai posto alla domenica.", "Ogni stanza, un umore."),
            "Falla tua.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Prendi la strada lunga.", "La strada è libera."),
            "Qui il lunedì non arriva.",
            ("Finestrini giù. Mondo su.", "All'orizzonte, a sinistra.", "Mani sul volante."),
            "Mettiti al volante.",
        ),
        Category.WELLNESS: Lines(
            ("Inspira. Ricomincia.", "Bentornato, corpo."),
            "L'ultima vera pausa?",
            ("Piccole abitudini. Lungo respiro.", "Un minuto di calma.", "Parti da dove sei."),
            "Trattati bene.",
        ),
        Category.CHARITY: Lines(
            ("Qualcuno aspetta.", "Cambia una giornata."),
            "Comincia da una persona.",
            ("Un gesto. Mani vere.", "Insieme conta.", "La gentilezza viaggia."),
            "Sii il motivo.",
        ),
        Category.EVENT: Lines(
            ("Segna la data.", "Chi viene?"),
            "Da vivere, non da guardare.",
            ("Luci giù. Cuore su.", "Porta i tuoi.", "Qui nascono storie."),
            "Ci vediamo lì.",
        ),
        Category.GENERAL: Lines(
            ("Guarda due volte.", "Fermati un attimo."),
            "Ci pensavi da un po'.",
            ("Dai, fatti un regalo.", "Oggi è il giorno buono.", "Per le tue giornate."),
            "Fallo tuo.",
        ),
    },
)
