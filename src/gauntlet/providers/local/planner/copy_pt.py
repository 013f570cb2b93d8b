"""Portuguese copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

PORTUGUESE_COPY: Final = CopyBook(
    meet=("Conheça {name}.", "Isto é {name}.", "{name}."),
    launch=("Chegou {name}.", "{name} chegou.", "Novo: {name}."),
    by_brand="{brand}: {phrase}.",
    from_brand="{brand}.",
    for_audience="Para {audience}.",
    with_code="Código {code}.",
    launch_hooks=("Tem novidade.", "Chegou."),
    sale_hooks=("Ainda bem que você esperou.", "Acabou a espera."),
    short_beats=("Olhe de perto.", "Simples assim.", "Aí está.", "Vamos lá."),
    online="Visite nosso site",
    nameless="Algo bom",
    calls={
        "shop": "Compre agora",
        "order": "Peça agora",
        "book": "Reserve agora",
        "learn": "Saiba mais",
        "start": "Comece hoje",
        "donate": "Doe agora",
        "visit": "Venha nos visitar",
        "tickets": "Garanta seu ingresso",
        "quote": "Peça uma cotação",
        "enrol": "Comece a aprender",
        "see": "Venha conhecer",
    },
    lines={
        Category.COFFEE: Lines(
            ("O dia pode esperar.", "Acorde de verdade."),
            "Antes dos e-mails, isto.",
            ("Gole. Pausa. Sorriso.", "Há manhãs que cheiram melhor.", "Vale sair da cama."),
            "Até a primeira xícara.",
        ),
        Category.TEA: Lines(
            ("Devagar. Sirva.", "Hora do verde."),
            "Um momento calmo, na xícara.",
            ("Bata. Respire. Beba.", "Ombros baixos, xícara alta.", "Uma tigela por vez."),
            "Sua calma está pronta.",
        ),
        Category.DRINKS: Lines(
            ("Aquele primeiro gole.", "Com sede?"),
            "Dia longo. Copo cheio.",
            ("Gelo dentro. Celular fora.", "Um brinde a isso.", "Sirva mais um."),
            "Levante o copo.",
        ),
        Category.BAKERY: Lines(
            ("Siga o cheiro.", "Bateu a fome?"),
            "Alguém acordou cedo por isto.",
            ("Casca. Miolo. Silêncio.", "Parta. Divida.", "Guarde o último pedaço."),
            "Venha com fome.",
        ),
        Category.FOOD: Lines(
            ("A primeira mordida.", "Quem tem fome?"),
            "A mesa está chamando.",
            ("Uma mordida. Depois outra.", "Passe adiante.", "Vai repetir?"),
            "Deixe um espaço.",
        ),
        Category.SPORT: Lines(
            ("Ninguém está olhando. Vá.", "Mais um quilômetro."),
            "O difícil é sair de casa.",
            ("Esquerda. Direita. De novo.", "Corra atrás do seu tempo.", "Sue agora. Sorria depois."),
            "Nos vemos lá fora.",
        ),
        Category.FASHION: Lines(
            ("Vista o que você pensa.", "Hoje é dia de estrear."),
            "O espelho concorda.",
            ("Vista. Levante o queixo.", "Do seu jeito.", "Vão olhar duas vezes."),
            "Use do seu jeito.",
        ),
        Category.JEWELLERY: Lines(
            ("Há coisas que ficam.", "Pegue a luz."),
            "Para os dias que ficam.",
            ("Algo pequeno. Um grande sim.", "Perto da pele.", "Feito para usar."),
            "Leve com você.",
        ),
        Category.BEAUTY: Lines(
            ("Bom dia, espelho.", "Seu rosto, suas regras."),
            "Dois minutos só seus.",
            ("Espalhe. Respire.", "Menos esforço. Mais você.", "Oi, pele."),
            "Sinta-se você.",
        ),
        Category.PERFUME: Lines(
            ("Antes da palavra.", "Deixe um rastro."),
            "A sala vai lembrar.",
            ("Um suspiro. Uma história.", "À flor da pele.", "A noite escuta."),
            "Seja lembrança.",
        ),
        Category.TECH: Lines(
            ("Dá vontade de tocar.", "Vai, aperta."),
            "Algumas coisas encaixam.",
            ("Da caixa para o seu dia.", "Um toque. Pronto.", "Pequeno. Grande sorriso."),
            "Ligue.",
        ),
        Category.SOFTWARE: Lines(
            ("Trabalho, só que leve.", "Ainda faz à mão?"),
            "Muitas abas. Pouco dia.",
            ("Abra e siga em frente.", "Uma tarefa a menos.", "Feche a planilha."),
            "Seu dia de volta.",
        ),
        Category.TRAVEL: Lines(
            ("Você precisa de vista.", "Fora do escritório."),
            "Em algum lugar, a janela está aberta.",
            ("Chegue. Respire.", "Fique mais uma noite.", "Nada na agenda."),
            "Sua vez de ir.",
        ),
        Category.PROPERTY: Lines(
            ("Imagine sua chave aqui.", "Abra a porta."),
            "Cada cômodo começa uma história.",
            ("Espaço para respirar.", "Imagine a primeira noite.", "Com luz da manhã."),
            "Venha ver.",
        ),
        Category.FINANCE: Lines(
            ("A vida não avisa.", "E se?"),
            "Aí o inesperado liga.",
            ("Plano B, pronto.", "Menos uma preocupação.", "E a vida segue."),
            "Venha o que vier.",
        ),
        Category.EDUCATION: Lines(
            ("E se você pudesse?", "Comece do zero."),
            "“Depois” nunca tem data.",
            ("Uma aula. Depois outra.", "Pergunte melhor.", "Curiosidade basta."),
            "Continue curioso.",
        ),
        Category.KIDS: Lines(
            ("Vamos brincar?", "Preparar, rir, já!"),
            "Chuva? Perfeito.",
            ("Monta. Derruba. De novo.", "Só mais cinco minutos!", "Mãozinhas, grandes ideias."),
            "Bora brincar.",
        ),
        Category.PETS: Lines(
            ("Tem alguém na porta.", "Preparar, abanar, já!"),
            "Eles sabem que horas são.",
            ("Feliz do focinho ao rabo.", "Correr. Comer. Dormir.", "Amigo merece."),
            "Faça esse agrado.",
        ),
        Category.HOME: Lines(
            ("Enfim, em casa.", "Hoje ninguém sai."),
            "Aquele canto ainda espera.",
            ("Pés para cima.", "Abra espaço para o domingo.", "Cada cômodo, um humor."),
            "Faça seu lar.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Vá pelo caminho longo.", "A estrada está livre."),
            "Aqui a segunda não alcança.",
            ("Vidro aberto. Mundo ligado.", "No horizonte, à esquerda.", "Mãos no volante."),
            "Pegue o volante.",
        ),
        Category.WELLNESS: Lines(
            ("Inspire. Recomece.", "Oi de novo, corpo."),
            "Quando foi sua última pausa?",
            ("Pequenos hábitos. Longo ar.", "Um minuto de calma.", "Comece onde está."),
            "Cuide de você.",
        ),
        Category.CHARITY: Lines(
            ("Alguém está esperando.", "Mude um dia."),
            "Começa com uma pessoa.",
            ("Um gesto. Mãos de verdade.", "Juntos, soma.", "A bondade viaja."),
            "Seja o motivo.",
        ),
        Category.EVENT: Lines(
            ("Anote a data.", "Quem vem?"),
            "É para viver, não assistir.",
            ("Luz baixa. Coração alto.", "Traga os seus.", "Histórias começam aqui."),
            "Nos vemos lá.",
        ),
        Category.GENERAL: Lines(
            ("Olhe duas vezes.", "Pare de rolar."),
            "Você já vinha pensando nisso.",
            ("Vai, se dê esse gosto.", "Hoje é um bom dia.", "Para o seu dia."),
            "Faça ser seu.",
        ),
    },
)
