"""English copy."""

from typing import Final

from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.copybook import CopyBook, Lines

ENGLISH_COPY: Final = CopyBook(
    meet=("Meet {name}.", "This is {name}.", "{name}."),
    launch=("Introducing {name}.", "{name} is here.", "New: {name}."),
    by_brand="{phrase} by {brand}.",
    from_brand="From {brand}.",
    for_audience="For {audience}.",
    with_code="Code {code}.",
    launch_hooks=("Something new is here.", "It's here."),
    sale_hooks=("Good thing you waited.", "The wait is over."),
    short_beats=("Look closer.", "Just like that.", "There it is.", "Here we go."),
    online="Visit us online",
    nameless="Something good",
    calls={
        "shop": "Shop now",
        "order": "Order now",
        "book": "Book now",
        "learn": "Learn more",
        "start": "Get started",
        "donate": "Donate now",
        "visit": "Visit us",
        "tickets": "Get your tickets",
        "quote": "Get a quote",
        "enrol": "Start learning",
        "see": "Take a closer look",
    },
    lines={
        Category.COFFEE: Lines(
            ("The day can wait.", "Wake up properly."),
            "Before the emails, this.",
            ("Sip. Breathe. Begin.", "Some mornings smell better.", "Worth getting up for."),
            "See you at the first cup.",
        ),
        Category.TEA: Lines(
            ("Slow down. Pour.", "Time for green."),
            "A quiet moment, poured.",
            ("Whisk. Breathe. Sip.", "Shoulders down, cup up.", "One bowl at a time."),
            "Your calm is ready.",
        ),
        Category.DRINKS: Lines(
            ("That first cold sip.", "Thirsty yet?"),
            "Long day. Full glass.",
            ("Ice in. Phone down.", "Cheers to that.", "Pour one more."),
            "Raise a glass.",
        ),
        Category.BAKERY: Lines(
            ("Follow the smell.", "Hungry yet?"),
            "Somebody got up early for this.",
            ("Crackle. Butter. Silence.", "Break it. Share it.", "Save the last slice."),
            "Come hungry.",
        ),
        Category.FOOD: Lines(
            ("That first bite.", "Who's hungry?"),
            "The table is calling.",
            ("One bite. Then another.", "Pass it round.", "Seconds, anyone?"),
            "Save room.",
        ),
        Category.SPORT: Lines(
            ("Nobody's watching. Go.", "One more mile."),
            "The hard part is the door.",
            ("Left. Right. Repeat.", "Chase your own time.", "Sweat now. Smile later."),
            "See you out there.",
        ),
        Category.FASHION: Lines(
            ("Wear what you mean.", "Dress for it."),
            "The mirror agrees.",
            ("Put it on. Stand taller.", "Yours to style.", "Heads will turn."),
            "Wear it your way.",
        ),
        Category.JEWELLERY: Lines(
            ("Some things stay.", "Catch the light."),
            "For the days you keep.",
            ("A small thing. A big yes.", "Close to the skin.", "Made to be worn."),
            "Keep it close.",
        ),
        Category.BEAUTY: Lines(
            ("Good morning, mirror.", "Your face, your rules."),
            "Two minutes, just for you.",
            ("Smooth it in. Breathe out.", "Less fuss. More you.", "Hello, bare skin."),
            "Feel like you.",
        ),
        Category.PERFUME: Lines(
            ("Before a word is said.", "Leave a trace."),
            "The room will remember.",
            ("One breath. A whole story.", "Worn close to the skin.", "The night is listening."),
            "Be remembered.",
        ),
        Category.TECH: Lines(
            ("You'll want to hold it.", "Go on. Press it."),
            "Some things just click.",
            ("Out of the box. Into your day.", "Tap. Done.", "Small thing. Big smile."),
            "Switch it on.",
        ),
        Category.SOFTWARE: Lines(
            ("Work, but lighter.", "Still doing it by hand?"),
            "Too many tabs. Too little day.",
            ("Open it. Get on with it.", "One less thing to chase.", "Close the spreadsheet."),
            "Take your day back.",
        ),
        Category.TRAVEL: Lines(
            ("You need a view.", "Out of office."),
            "Somewhere, a window is open.",
            ("Arrive. Exhale.", "Stay one more night.", "Nothing on the calendar."),
            "Your turn to leave.",
        ),
        Category.PROPERTY: Lines(
            ("Picture your key here.", "Open the door."),
            "Every room starts a story.",
            ("Room to breathe.", "Imagine the first night.", "Morning light included."),
            "Come and see it.",
        ),
        Category.FINANCE: Lines(
            ("Life sends no memo.", "What if?"),
            "Then the unexpected rings.",
            ("Plan B, ready.", "One less worry.", "Back to living."),
            "Come what may.",
        ),
        Category.EDUCATION: Lines(
            ("What if you could?", "Start from zero."),
            '"Later" never has a date.',
            ("One lesson. Then the next.", "Ask better questions.", "Curious is enough."),
            "Stay curious.",
        ),
        Category.KIDS: Lines(
            ("Can we play now?", "Ready, set, giggle!"),
            "Rainy day? Perfect.",
            ("Build it. Knock it down.", "Five more minutes!", "Big ideas, little hands."),
            "Let's play.",
        ),
        Category.PETS: Lines(
            ("Someone's at the door.", "Ready, set, wag!"),
            "They know what time it is.",
            ("Happy from nose to tail.", "Run. Eat. Nap. Repeat.", "Good friends deserve it."),
            "Go on, treat them.",
        ),
        Category.HOME: Lines(
            ("Home, at last.", "Stay in tonight."),
            "That corner is still waiting.",
            ("Put your feet up.", "Make room for Sunday.", "Every room has a mood."),
            "Make it home.",
        ),
        Category.AUTOMOTIVE: Lines(
            ("Take the long way.", "The road is open."),
            "Monday can't catch you here.",
            ("Windows down. World on.", "Left at the horizon.", "Hands on the wheel."),
            "Take the wheel.",
        ),
        Category.WELLNESS: Lines(
            ("Breathe in. Start over.", "Hello again, body."),
            "When did you last stop?",
            ("Small habits. Long exhale.", "One calm minute.", "Start where you are."),
            "Be kind to yourself.",
        ),
        Category.CHARITY: Lines(
            ("Someone is waiting.", "You can change a day."),
            "It starts with one person.",
            ("Small gift. Real hands.", "Together adds up.", "Kindness travels."),
            "Be the reason.",
        ),
        Category.EVENT: Lines(
            ("Save the date.", "Who's coming?"),
            "Be there. Not scrolling.",
            ("Lights down. Hearts up.", "Bring your people.", "Stories start here."),
            "See you there.",
        ),
        Category.GENERAL: Lines(
            ("Look twice.", "Stop scrolling."),
            "You've been meaning to.",
            ("Go on. Treat yourself.", "Today is a good day.", "Made for your day."),
            "Make it yours.",
        ),
    },
)
