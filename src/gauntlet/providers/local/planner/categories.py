"""Lines of business, the words that give them away, and what a camera finds there (in English, for image models)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Category(StrEnum):
    """The line of business an ad is for; `general` when nothing tells."""

    COFFEE = "coffee"
    TEA = "tea"
    DRINKS = "drinks"
    BAKERY = "bakery"
    FOOD = "food"
    SPORT = "sport"
    FASHION = "fashion"
    JEWELLERY = "jewellery"
    BEAUTY = "beauty"
    PERFUME = "perfume"
    TECH = "tech"
    SOFTWARE = "software"
    TRAVEL = "travel"
    PROPERTY = "property"
    FINANCE = "finance"
    EDUCATION = "education"
    KIDS = "kids"
    PETS = "pets"
    HOME = "home"
    AUTOMOTIVE = "automotive"
    WELLNESS = "wellness"
    CHARITY = "charity"
    EVENT = "event"
    GENERAL = "general"


CallKind = Literal["shop", "order", "book", "learn", "start", "donate", "visit", "tickets", "quote", "enrol", "see"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a category looks like: subjects by the part they play, two places, and the ask that fits."""

    hook: str
    context: str
    detail: str
    use: str
    place: str
    other_place: str
    hero: str
    call: CallKind
    has_problem: bool = False


SETTINGS: Final[dict[Category, Setting]] = {
    Category.COFFEE: Setting(
        "steam curling up from a freshly poured cup",
        "a quiet kitchen as the day begins",
        "crema and bubbles on the surface, beads of condensation",
        "a hand lifting the cup from a saucer",
        "oak counter beside a window, ceramic cup, linen napkin",
        "small café corner with brass and dark wood",
        "{product}",
        "order",
    ),
    Category.TEA: Setting(
        "a whisk turning in a stoneware bowl",
        "a low wooden table in a calm room",
        "fine froth and powder on the rim of the bowl",
        "two hands around a warm bowl",
        "tatami room with paper screens, one branch in a vase",
        "garden veranda after rain",
        "{product}",
        "order",
    ),
    Category.DRINKS: Setting(
        "ice dropping into a tall glass, drops frozen in the air",
        "a table on a terrace in late sun",
        "condensation running down cold glass",
        "glasses meeting in a toast",
        "stone bar top with cut citrus and crushed ice",
        "rooftop at dusk with blurred lights",
        "{product}",
        "order",
    ),
    Category.BAKERY: Setting(
        "a crust breaking open, crumbs falling",
        "a bakery counter before opening, trays on racks",
        "blistered crust and flour dust",
        "a hand tearing a piece off",
        "floured wooden bench, wicker baskets, oven glow behind",
        "breakfast table with butter and jam",
        "{product}",
        "visit",
    ),
    Category.FOOD: Setting(
        "a fork lifting the first bite",
        "a table being set for friends",
        "glistening texture, herbs and salt",
        "hands passing a plate across the table",
        "rustic table with ceramic plates and a linen runner",
        "open kitchen with copper pans",
        "{product}",
        "order",
    ),
    Category.SPORT: Setting(
        "a foot striking wet asphalt, drops flying",
        "an empty road at first light",
        "weave, tread and stitching",
        "a runner in full stride",
        "city street at dawn with long shadows",
        "stadium steps under a clear sky",
        "{product}",
        "shop",
    ),
    Category.FASHION: Setting(
        "fabric caught in a gust of wind",
        "a mirror by the door on a bright morning",
        "seam, weave and button",
        "someone turning in stride on the pavement",
        "plain plaster wall in raking light",
        "quiet street with pale stone façades",
        "{product}",
        "shop",
    ),
    Category.JEWELLERY: Setting(
        "a single glint in the dark",
        "a dressing table before an evening out",
        "facets and polished metal",
        "a hand resting, the piece catching light",
        "black velvet and brushed stone",
        "window seat at blue hour",
        "{product}",
        "shop",
    ),
    Category.BEAUTY: Setting(
        "a drop falling from a pipette",
        "a bathroom shelf in morning light",
        "cream texture swept across glass",
        "fingertips smoothing cream on a cheek",
        "travertine ledge with soft towels and water ripples",
        "vanity by a bright window",
        "{product}",
        "shop",
    ),
    Category.PERFUME: Setting(
        "a fine mist catching a beam of light",
        "silk moving in a dim corridor",
        "cut glass edges and golden liquid",
        "a wrist raised to the neck",
        "dark marble plinth with draped silk",
        "balcony over a city at night",
        "{product}",
        "shop",
    ),
    Category.TECH: Setting(
        "a status light coming on in the dark",
        "a tidy desk with a window behind",
        "edge, grille and brushed metal",
        "a thumb pressing a button",
        "matte grey surface with a single line of light",
        "living room in the evening",
        "{product}",
        "shop",
    ),
    Category.SOFTWARE: Setting(
        "a cursor hovering over a crowded screen",
        "a desk buried in notes and open tabs",
        "a clean interface reflected in glasses",
        "someone leaning back from a laptop, done",
        "bright studio office with plants and pale wood",
        "café table with a laptop",
        "{product} on the screen of a laptop",
        "start",
        True,
    ),
    Category.TRAVEL: Setting(
        "curtains opening on a wide view",
        "a suitcase by the door",
        "folded linen, a key and a glass of water",
        "someone walking barefoot towards the window",
        "sunlit terrace with sea or hills beyond",
        "lobby with warm lamps and stone floor",
        "the view from {product}",
        "book",
    ),
    Category.PROPERTY: Setting(
        "a key turning in a new lock",
        "an empty room filling with morning light",
        "grain of the floor and the handle of a door",
        "someone opening wide balcony doors",
        "bright living room with high ceiling",
        "front garden at golden hour",
        "{product}",
        "see",
    ),
    Category.FINANCE: Setting(
        "a cup stopped on the edge of a table",
        "a family kitchen on an ordinary evening",
        "two hands clasped on a table",
        "parents watching a child ride a bicycle",
        "warm living room with lamps lit",
        "front door with an umbrella and boots",
        "{product}, shown through a calm scene at home",
        "quote",
        True,
    ),
    Category.EDUCATION: Setting(
        "a pencil making the first line",
        "a desk with a blank page",
        "ink on paper and a worn book spine",
        "someone explaining with moving hands",
        "bright reading room with long tables",
        "kitchen table with a laptop and notebook",
        "{product}, a learner absorbed in it",
        "enrol",
        True,
    ),
    Category.KIDS: Setting(
        "a tower of blocks about to topple",
        "a living-room floor on a rainy afternoon",
        "rounded edges and bright paint",
        "small hands building something tall",
        "colourful playroom rug with soft daylight",
        "garden lawn with a picnic blanket",
        "{product}",
        "shop",
    ),
    Category.PETS: Setting(
        "a wet nose right at the lens",
        "an animal waiting by the door",
        "soft fur and an attentive ear",
        "a tail wagging beside a bowl",
        "sunny kitchen floor",
        "park path with autumn leaves",
        "{product}",
        "shop",
    ),
    Category.HOME: Setting(
        "sunlight moving across an empty corner",
        "a room that is almost finished",
        "grain, weave and joinery",
        "someone sinking into a chair",
        "airy living room with plants and a wool rug",
        "hallway with a bench and coats",
        "{product}",
        "shop",
    ),
    Category.AUTOMOTIVE: Setting(
        "headlights waking in the dark",
        "an empty coastal road",
        "light sliding along a body line",
        "hands easing round a steering wheel",
        "mountain road at sunrise",
        "concrete garage with one strip of light",
        "{product}",
        "see",
    ),
    Category.WELLNESS: Setting(
        "a slow breath seen in cold morning air",
        "an unmade bed and a phone face down",
        "dew on a leaf",
        "someone stretching by an open window",
        "quiet room with a mat and plants",
        "forest path in soft light",
        "{product}",
        "start",
        True,
    ),
    Category.CHARITY: Setting(
        "a hand reaching for another",
        "a queue of people on an ordinary street",
        "hands packing a box",
        "volunteers laughing as they work",
        "community hall with open doors",
        "neighbourhood square in soft daylight",
        "{product}, people helping one another",
        "donate",
    ),
    Category.EVENT: Setting(
        "stage lights coming up through haze",
        "an empty hall before the doors open",
        "a hand stamped at the entrance",
        "a crowd with arms raised",
        "stage with beams of light",
        "queue outside under a marquee",
        "{product}, the crowd and the stage",
        "tickets",
    ),
    Category.GENERAL: Setting(
        "a hand unwrapping something new",
        "an ordinary table on an ordinary day",
        "texture and edge in raking light",
        "a person using it, content",
        "plain studio sweep with soft shadow",
        "bright everyday interior",
        "{product}",
        "learn",
    ),
}
