"""French copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

FRENCH_COPY: Final = CopyBook(
    meet=("Voici {name}.", "C'est {name}.", "{name}."),
    launch=("Voici {name}, tout juste arrivé.", "{name} est là.", "Nouveau : {name}."),
    by_brand="{phrase} par {brand}.",
    from_brand="Par {brand}.",
    for_audience="Pour {audience}.",
    with_code="Code {code}.",
    launch_hooks=("Il y a du nouveau.", "C'est arrivé."),
    sale_hooks=("Vous avez bien fait d'attendre.", "L'attente est finie."),
    short_beats=("Regardez de près.", "Tout simplement.", "Le voilà.", "C'est parti."),
    online="Retrouvez-nous en ligne",
    nameless="Quelque chose de bon",
    calls={
        "shop": "J'en profite",
        "order": "Commandez",
        "book": "Réservez",
        "learn": "En savoir plus",
        "start": "Commencez",
        "donate": "Faites un don",
        "visit": "Passez nous voir",
        "tickets": "Prenez vos places",
        "quote": "Demandez un devis",
        "enrol": "Commencez à apprendre",
        "see": "Venez voir",
    },
    lines={
        Category.COFFEE: Lines(
            ("La journée peut attendre.", "Debout, pour de bon."),
            "Avant les mails, ceci.",
            ("Une gorgée. Une pause.", "Certains matins sentent meilleur.", "De quoi se lever."),
            "On se voit à la première tasse.",
        ),
        Category.TEA: Lines(
            ("Ralentissez. Versez.", "L'heure du vert."),
            "Un moment calme, en tasse.",
            ("Fouettez. Respirez. Savourez.", "Épaules basses, tasse haute.", "Un bol à la fois."),
            "Votre calme est prêt.",
        ),
        Category.DRINKS: Lines(
            ("La première gorgée.", "Soif ?"),
            "Longue journée. Verre plein.",
            ("Glaçons dedans. Écran posé.", "On trinque à ça.", "Encore un verre."),
            "Levez votre verre.",
        ),
        Category.BAKERY: Lines(
            ("Suivez l'odeur.", "Une petite faim ?"),
            "Quelqu'un s'est levé tôt pour ça.",
            ("Croûte. Mie. Silence.", "Rompez. Partagez.", "Gardez la dernière part."),
            "Venez avec faim.",
        ),
        Category.FOOD: Lines(
            ("La première bouchée.", "Qui a faim ?"),
            "La table vous appelle.",
            ("Une bouchée. Puis une autre.", "Faites passer.", "On se ressert ?"),
            "Gardez de la place.",
        ),
        Category.SPORT: Lines(
            ("Personne ne regarde. Allez.", "Un kilomètre de plus."),
            "Le plus dur, c'est la porte.",
            ("Gauche. Droite. Encore.", "Courez après votre temps.", "Suez. Souriez."),
            "On se retrouve dehors.",
        ),
        Category.FASHION: Lines(
            ("Portez ce que vous pensez.", "Tenue exigée."),
            "Le miroir est d'accord.",
            ("Enfilez. Redressez-vous.", "À votre façon.", "On va se retourner."),
            "Portez-le à votre façon.",
        ),
        Category.JEWELLERY: Lines(
            ("Certaines choses restent.", "Attrapez la lumière."),
            "Pour les jours qu'on garde.",
            ("Petite chose. Grand oui.", "Tout près de la peau.", "À porter, toujours."),
            "Gardez-le près de vous.",
        ),
        Category.BEAUTY: Lines(
            ("Bonjour, miroir.", "Votre peau, vos règles."),
            "Deux minutes rien que pour vous.",
            ("Lissez. Respirez.", "Moins d'effort. Plus de vous.", "Bonjour, peau nue."),
            "Soyez vous-même.",
        ),
        Category.PERFUME: Lines(
            ("Avant le premier mot.", "Laissez une trace."),
            "La pièce s'en souviendra.",
            ("Un souffle. Une histoire.", "À fleur de peau.", "La nuit écoute."),
            "On se souviendra de vous.",
        ),
        Category.TECH: Lines(
            ("On a envie de le tenir.", "Allez, appuyez."),
            "Parfois, ça clique.",
            ("De la boîte à votre journée.", "Un geste. C'est fait.", "Petit objet. Grand sourire."),
            "Allumez.",
        ),
        Category.SOFTWARE: Lines(
            ("Travailler, en plus léger.", "Encore à la main ?"),
            "Trop d'onglets. Trop peu de jour.",
            ("Ouvrez. Avancez.", "Un souci de moins.", "Fermez le tableur."),
            "Reprenez votre journée.",
        ),
        Category.TRAVEL: Lines(
            ("Il vous faut une vue.", "Absent du bureau."),
            "Quelque part, une fenêtre s'ouvre.",
            ("Arrivez. Soufflez.", "Restez une nuit de plus.", "Rien à l'agenda."),
            "À vous de partir.",
        ),
        Category.PROPERTY: Lines(
            ("Imaginez votre clé ici.", "Ouvrez la porte."),
            "Chaque pièce ouvre une histoire.",
            ("De la place pour respirer.", "Imaginez la première nuit.", "Lumière du matin comprise."),
            "Venez voir.",
        ),
        Category.FINANCE: Lines(
            ("La vie ne prévient pas.", "Et si ?"),
            "Et puis l'imprévu sonne.",
            ("Le plan B est prêt.", "Un souci de moins.", "Et la vie reprend."),
            "Quoi qu'il arrive.",
        ),
        Category.EDUCATION: Lines(
            ("Et si vous pouviez ?", "Partez de zéro."),
            "« Plus tard » n'a pas de date.",
            ("Une leçon. Puis une autre.", "Posez mieux vos questions.", "La curiosité suffit."),
            "Restez curieux.",
        ),
        Category.KIDS: Lines(
            ("On joue ?", "À vos marques, riez !"),
            "Il pleut ? Parfait.",
            ("On construit. On renverse.", "Encore cinq minutes !", "Petites mains, grandes idées."),
            "À vous de jouer.",
        ),
        Category.PETS: Lines(
            ("Quelqu'un attend à la porte.", "Prêts ? Remuez !"),
            "Ils savent l'heure qu'il est.",
            ("Heureux du museau à la queue.", "Courir. Manger. Dormir.", "Les amis le méritent."),
            "Faites-leur plaisir.",
        ),
        Category.HOME: Lines(
            ("Enfin chez soi.", "Ce soir, on reste."),
            "Ce coin attend toujours.",
            ("Posez vos pieds.", "Faites place au dimanche.", "Chaque pièce a son humeur."),
            "Faites-en votre maison.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Prenez le chemin long.", "La route est libre."),
            "Ici, le lundi ne rattrape personne.",
            ("Vitres baissées. Monde ouvert.", "À gauche, l'horizon.", "Les mains sur le volant."),
            "Prenez le volant.",
        ),
        Category.WELLNESS: Lines(
            ("Inspirez. Recommencez.", "Rebonjour, le corps."),
            "Votre dernière vraie pause ?",
            ("Petits gestes. Long souffle.", "Une minute de calme.", "Partez d'où vous êtes."),
            "Prenez soin de vous.",
        ),
        Category.CHARITY: Lines(
            ("Quelqu'un attend.", "Changez une journée."),
            "Tout part d'une personne.",
            ("Un geste. De vraies mains.", "Ensemble, ça compte.", "La bonté voyage."),
            "Soyez la raison.",
        ),
        Category.EVENT: Lines(
            ("Notez la date.", "Qui vient ?"),
            "À vivre, pas à regarder.",
            ("Lumières. Frissons.", "Venez à plusieurs.", "Ici naissent des histoires."),
            "On s'y retrouve.",
        ),
        Category.GENERAL: Lines(
            ("Regardez mieux.", "On s'arrête là."),
            "Vous y pensiez depuis un moment.",
            ("Allez, faites-vous plaisir.", "C'est le bon jour.", "Pour vos journées."),
            "Faites-le vôtre.",
        ),
    },
)
