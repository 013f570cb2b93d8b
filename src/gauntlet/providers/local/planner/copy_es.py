"""Spanish copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

SPANISH_COPY: Final = CopyBook(
    meet=("Te presentamos {name}.", "Esto es {name}.", "{name}."),
    launch=("Llega {name}.", "{name} ya está aquí.", "Nuevo: {name}."),
    by_brand="{phrase} de {brand}.",
    from_brand="De {brand}.",
    for_audience="Para {audience}.",
    with_code="Código {code}.",
    launch_hooks=("Hay algo nuevo.", "Ya está aquí."),
    sale_hooks=("Menos mal que esperaste.", "Se acabó la espera."),
    short_beats=("Míralo bien.", "Así de fácil.", "Aquí está.", "Allá vamos."),
    online="Visítanos en línea",
    nameless="Algo bueno",
    calls={
        "shop": "Compra ahora",
        "order": "Pide ahora",
        "book": "Reserva ahora",
        "learn": "Más información",
        "start": "Empieza hoy",
        "donate": "Dona ahora",
        "visit": "Ven a vernos",
        "tickets": "Consigue tu entrada",
        "quote": "Pide presupuesto",
        "enrol": "Empieza a aprender",
        "see": "Descúbrelo",
    },
    lines={
        Category.COFFEE: Lines(
            ("El día puede esperar.", "Despierta de verdad."),
            "Antes del correo, esto.",
            ("Sorbo. Pausa. Sonrisa.", "Hay mañanas que huelen mejor.", "Vale el madrugón."),
            "Nos vemos en la primera taza.",
        ),
        Category.TEA: Lines(
            ("Baja el ritmo. Sirve.", "Hora de lo verde."),
            "Un momento tranquilo, en taza.",
            ("Bate. Respira. Bebe.", "Hombros abajo, taza arriba.", "Taza a taza."),
            "Tu calma está lista.",
        ),
        Category.DRINKS: Lines(
            ("Ese primer sorbo frío.", "¿Tienes sed?"),
            "Día largo. Vaso lleno.",
            ("Hielo dentro. Móvil fuera.", "Brindemos por eso.", "Sirve otro."),
            "Levanta el vaso.",
        ),
        Category.BAKERY: Lines(
            ("Sigue el olor.", "¿Hay hambre?"),
            "Alguien madrugó para esto.",
            ("Cruje. Miga. Silencio.", "Pártelo. Compártelo.", "Guarda el último trozo."),
            "Ven con hambre.",
        ),
        Category.FOOD: Lines(
            ("El primer bocado.", "¿Quién tiene hambre?"),
            "La mesa te llama.",
            ("Un bocado. Luego otro.", "Pásalo, que vuela.", "¿Repetimos?"),
            "Deja sitio.",
        ),
        Category.SPORT: Lines(
            ("Nadie mira. Corre.", "Un kilómetro más."),
            "Lo difícil es salir de casa.",
            ("Izquierda. Derecha. Otra vez.", "Persigue tu marca.", "Suda hoy. Sonríe luego."),
            "Nos vemos fuera.",
        ),
        Category.FASHION: Lines(
            ("Vístete de ti.", "Hoy se estrena."),
            "El espejo está de acuerdo.",
            ("Póntelo y levanta la mirada.", "A tu manera.", "Que se giren."),
            "Llévalo a tu manera.",
        ),
        Category.JEWELLERY: Lines(
            ("Hay cosas que se quedan.", "Atrapa la luz."),
            "Para los días que guardas.",
            ("Algo pequeño. Un gran sí.", "Cerca de la piel.", "Para llevar siempre."),
            "Llévalo cerca.",
        ),
        Category.BEAUTY: Lines(
            ("Buenos días, espejo.", "Tu cara, tus reglas."),
            "Dos minutos solo para ti.",
            ("Extiende. Respira. Listo.", "Menos lío. Más tú.", "Hola, piel."),
            "Siéntete tú.",
        ),
        Category.PERFUME: Lines(
            ("Antes de la palabra.", "Deja huella."),
            "La sala lo recordará.",
            ("Un suspiro. Una historia.", "A flor de piel.", "La noche escucha."),
            "Que te recuerden.",
        ),
        Category.TECH: Lines(
            ("Querrás tocarlo.", "Venga, púlsalo."),
            "Hay cosas que encajan.",
            ("De la caja a tu día.", "Un toque. Listo.", "Pequeño. Gran sonrisa."),
            "Enciéndelo.",
        ),
        Category.SOFTWARE: Lines(
            ("Trabajar, más ligero.", "¿Aún lo haces a mano?"),
            "Muchas pestañas. Poco día.",
            ("Abre y a lo tuyo.", "Una tarea menos.", "Cierra la hoja de cálculo."),
            "Recupera tu día.",
        ),
        Category.TRAVEL: Lines(
            ("Necesitas vistas.", "Fuera de la oficina."),
            "En algún lugar, una ventana abierta.",
            ("Llega. Respira.", "Quédate una noche más.", "Nada en la agenda."),
            "Te toca salir.",
        ),
        Category.PROPERTY: Lines(
            ("Imagina aquí tu llave.", "Abre la puerta."),
            "Cada cuarto empieza una historia.",
            ("Sitio para respirar.", "Imagina la primera noche.", "Con luz de mañana."),
            "Ven a verlo.",
        ),
        Category.FINANCE: Lines(
            ("La vida no avisa.", "¿Y si pasa?"),
            "Entonces suena el teléfono.",
            ("Plan B, listo.", "Una preocupación menos.", "Y a seguir viviendo."),
            "Pase lo que pase.",
        ),
        Category.EDUCATION: Lines(
            ("¿Y si pudieras?", "Empieza de cero."),
            "«Luego» nunca tiene fecha.",
            ("Una clase. Luego otra.", "Haz mejores preguntas.", "Basta con la curiosidad."),
            "No dejes de preguntar.",
        ),
        Category.KIDS: Lines(
            ("¿Jugamos ya?", "¡Listos, risas, ya!"),
            "¿Llueve? Perfecto.",
            ("Construye. Derriba. Repite.", "¡Cinco minutos más!", "Manos pequeñas, ideas grandes."),
            "¡A jugar!",
        ),
        Category.PETS: Lines(
            ("Alguien espera en la puerta.", "¡Listos, cola, ya!"),
            "Saben muy bien qué hora es.",
            ("Feliz del hocico a la cola.", "Correr. Comer. Siesta.", "Los amigos lo merecen."),
            "Dale un gusto.",
        ),
        Category.HOME: Lines(
            ("Por fin en casa.", "Hoy no salimos."),
            "Ese rincón sigue esperando.",
            ("Pon los pies en alto.", "Haz sitio al domingo.", "Cada cuarto, un humor."),
            "Hazlo tu casa.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Toma el camino largo.", "La carretera te espera."),
            "Aquí no llega el lunes.",
            ("Ventanas abajo. Mundo arriba.", "En el horizonte, a la izquierda.", "Manos al volante."),
            "Ponte al volante.",
        ),
        Category.WELLNESS: Lines(
            ("Inspira. Empieza de nuevo.", "Hola otra vez, cuerpo."),
            "¿Cuándo paraste por última vez?",
            ("Hábitos pequeños. Aire largo.", "Un minuto de calma.", "Empieza donde estás."),
            "Trátate bien.",
        ),
        Category.CHARITY: Lines(
            ("Alguien espera.", "Puedes cambiar un día."),
            "Todo empieza con una persona.",
            ("Un gesto. Manos de verdad.", "Juntos suma.", "La bondad viaja."),
            "Sé tú la razón.",
        ),
        Category.EVENT: Lines(
            ("Guarda la fecha.", "¿Quién viene?"),
            "Vívelo, no lo mires.",
            ("Luces abajo. Corazón arriba.", "Trae a los tuyos.", "Aquí empiezan historias."),
            "Nos vemos allí.",
        ),
        Category.GENERAL: Lines(
            ("Mira dos veces.", "Deja de deslizar."),
            "Llevabas tiempo pensándolo.",
            ("Venga, date el gusto.", "Hoy es buen día.", "Para tu día a día."),
            "Hazlo tuyo.",
        ),
    },
)
