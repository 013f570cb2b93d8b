"""German copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

GERMAN_COPY: Final = CopyBook(
    meet=("Das ist {name}.", "Hier kommt {name}.", "{name}."),
    launch=("Neu: {name}.", "{name} ist da."),
    by_brand="{phrase} von {brand}.",
    from_brand="Von {brand}.",
    for_audience="Für {audience}.",
    with_code="Code {code}.",
    launch_hooks=("Es gibt etwas Neues.", "Es ist da."),
    sale_hooks=("Gut, dass du gewartet hast.", "Das Warten ist vorbei."),
    short_beats=("Schau genau hin.", "Einfach so.", "Da ist es.", "Los geht's."),
    online="Besuch uns online",
    nameless="Etwas Gutes",
    calls={
        "shop": "Jetzt shoppen",
        "order": "Jetzt bestellen",
        "book": "Jetzt buchen",
        "learn": "Mehr erfahren",
        "start": "Jetzt starten",
        "donate": "Jetzt spenden",
        "visit": "Komm vorbei",
        "tickets": "Tickets sichern",
        "quote": "Angebot anfordern",
        "enrol": "Jetzt lernen",
        "see": "Jetzt ansehen",
    },
    lines={
        Category.COFFEE: Lines(
            ("Der Tag kann warten.", "Werd richtig wach."),
            "Erst das. Dann die Mails.",
            ("Schluck. Pause. Lächeln.", "Manche Morgen duften besser.", "Dafür steht man auf."),
            "Bis zur ersten Tasse.",
        ),
        Category.TEA: Lines(
            ("Langsam. Eingießen.", "Zeit für Grün."),
            "Ein stiller Moment, frisch gegossen.",
            ("Schlagen. Atmen. Trinken.", "Schultern runter, Schale hoch.", "Schale für Schale."),
            "Deine Ruhe ist fertig.",
        ),
        Category.DRINKS: Lines(
            ("Der erste kalte Schluck.", "Schon Durst?"),
            "Langer Tag. Volles Glas.",
            ("Eis rein. Handy weg.", "Darauf stoßen wir an.", "Noch eins, bitte."),
            "Hoch die Gläser.",
        ),
        Category.BAKERY: Lines(
            ("Immer der Nase nach.", "Schon Hunger?"),
            "Dafür stand jemand früh auf.",
            ("Knuspern. Butter. Stille.", "Brechen. Teilen.", "Heb das letzte Stück auf."),
            "Komm hungrig.",
        ),
        Category.FOOD: Lines(
            ("Der erste Bissen.", "Wer hat Hunger?"),
            "Der Tisch ruft.",
            ("Ein Bissen. Noch einer.", "Reich es weiter.", "Nachschlag?"),
            "Lass noch Platz.",
        ),
        Category.SPORT: Lines(
            ("Keiner schaut zu. Los.", "Ein Kilometer geht noch."),
            "Das Schwerste ist die Tür.",
            ("Links. Rechts. Weiter.", "Jag deine eigene Zeit.", "Erst Schweiß. Dann Stolz."),
            "Wir sehen uns draußen.",
        ),
        Category.FASHION: Lines(
            ("Trag, was du meinst.", "Heute zeigst du dich."),
            "Der Spiegel nickt.",
            ("Anziehen. Aufrecht gehen.", "Ganz dein Stil.", "Köpfe drehen sich."),
            "Trag es auf deine Art.",
        ),
        Category.JEWELLERY: Lines(
            ("Manches bleibt.", "Fang das Licht."),
            "Für Tage, die bleiben.",
            ("Etwas Kleines. Ein großes Ja.", "Nah an der Haut.", "Gemacht zum Tragen."),
            "Trag es bei dir.",
        ),
        Category.BEAUTY: Lines(
            ("Guten Morgen, Spiegel.", "Dein Gesicht, deine Regeln."),
            "Zwei Minuten nur für dich.",
            ("Auftragen. Ausatmen.", "Weniger Aufwand. Mehr du.", "Hallo, Haut."),
            "Fühl dich wie du.",
        ),
        Category.PERFUME: Lines(
            ("Vor dem ersten Wort.", "Hinterlass eine Spur."),
            "Der Raum erinnert sich.",
            ("Ein Atemzug. Eine Geschichte.", "Nah auf der Haut.", "Die Nacht hört zu."),
            "Bleib in Erinnerung.",
        ),
        Category.TECH: Lines(
            ("Den willst du anfassen.", "Los, drück drauf."),
            "Manchmal macht es klick.",
            ("Aus der Box. In den Tag.", "Tippen. Fertig.", "Klein. Großes Grinsen."),
            "Schalt es ein.",
        ),
        Category.SOFTWARE: Lines(
            ("Arbeit, nur leichter.", "Noch von Hand?"),
            "Zu viele Tabs. Zu wenig Tag.",
            ("Öffnen. Loslegen.", "Eine Sorge weniger.", "Mach die Tabelle zu."),
            "Hol dir den Tag zurück.",
        ),
        Category.TRAVEL: Lines(
            ("Du brauchst Aussicht.", "Nicht im Büro."),
            "Irgendwo steht ein Fenster offen.",
            ("Ankommen. Ausatmen.", "Bleib noch eine Nacht.", "Nichts im Kalender."),
            "Du bist dran mit Wegfahren.",
        ),
        Category.PROPERTY: Lines(
            ("Stell dir den Schlüssel vor.", "Mach die Tür auf."),
            "Jeder Raum beginnt eine Geschichte.",
            ("Platz zum Atmen.", "Denk an die erste Nacht.", "Mit Morgenlicht."),
            "Komm und sieh selbst.",
        ),
        Category.FINANCE: Lines(
            ("Das Leben ruft nicht vorher an.", "Was, wenn?"),
            "Dann klingelt das Unerwartete.",
            ("Plan B steht.", "Eine Sorge weniger.", "Zurück ins Leben."),
            "Was auch kommt.",
        ),
        Category.EDUCATION: Lines(
            ("Und wenn du es könntest?", "Fang bei null an."),
            "„Später“ hat kein Datum.",
            ("Eine Lektion. Dann die nächste.", "Stell bessere Fragen.", "Neugier genügt."),
            "Bleib neugierig.",
        ),
        Category.KIDS: Lines(
            ("Spielen wir jetzt?", "Auf die Plätze, kichern!"),
            "Regen? Perfekt.",
            ("Bauen. Umwerfen. Nochmal.", "Noch fünf Minuten!", "Kleine Hände, große Ideen."),
            "Komm, wir spielen.",
        ),
        Category.PETS: Lines(
            ("Da wartet jemand.", "Auf die Pfoten, los!"),
            "Sie wissen, wie spät es ist.",
            ("Froh von Nase bis Schwanz.", "Rennen. Fressen. Schlafen.", "Für gute Freunde."),
            "Gönn es ihnen.",
        ),
        Category.HOME: Lines(
            ("Endlich zu Hause.", "Heute bleiben wir."),
            "Diese Ecke wartet noch.",
            ("Füße hoch.", "Platz für den Sonntag.", "Jeder Raum hat Laune."),
            "Mach es zu deinem Zuhause.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Nimm den langen Weg.", "Die Straße ist frei."),
            "Hier holt dich kein Montag ein.",
            ("Fenster runter. Welt an.", "Am Horizont links.", "Hände ans Lenkrad."),
            "Steig ein.",
        ),
        Category.WELLNESS: Lines(
            ("Einatmen. Neu anfangen.", "Hallo, Körper."),
            "Wann war deine letzte Pause?",
            ("Kleine Schritte. Langer Atem.", "Eine ruhige Minute.", "Fang an, wo du bist."),
            "Sei gut zu dir.",
        ),
        Category.CHARITY: Lines(
            ("Jemand wartet.", "Ändere einen Tag."),
            "Es beginnt mit einem Menschen.",
            ("Kleine Gabe. Echte Hände.", "Gemeinsam wird es mehr.", "Güte reist weit."),
            "Sei der Grund.",
        ),
        Category.EVENT: Lines(
            ("Merk dir den Tag.", "Wer kommt mit?"),
            "Erleben, nicht zuschauen.",
            ("Licht aus. Herz an.", "Bring alle mit.", "Hier beginnen Geschichten."),
            "Wir sehen uns dort.",
        ),
        Category.GENERAL: Lines(
            ("Schau zweimal hin.", "Kurz anhalten."),
            "Du wolltest doch schon lange.",
            ("Gönn dir was.", "Heute ist ein guter Tag.", "Für deinen Alltag."),
            "Mach es zu deinem.",
        ),
    },
)
