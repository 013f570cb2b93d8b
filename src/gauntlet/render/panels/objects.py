"""The objects that an illustrated panel can show, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gauntlet.render.panels import objects_food, objects_life, objects_tech, objects_wear
from gauntlet.render.panels.pen import Paint, Pen


@dataclass(frozen=True, slots=True)
class Drawable:
    """An object: the size of its own coordinates and what draws it, standing on their lower edge."""

    width: float
    height: float
    draw: Callable[[Pen, Paint], None]


OBJECTS: Final[dict[str, Drawable]] = {
    "cup": Drawable(360, 360, objects_food.cup),
    "glass": Drawable(240, 420, objects_food.glass),
    "bottle": Drawable(180, 480, objects_food.bottle),
    "bowl": Drawable(420, 320, objects_food.bowl),
    "burger": Drawable(400, 320, objects_food.burger),
    "bread": Drawable(440, 260, objects_food.bread),
    "sneaker": Drawable(500, 270, objects_wear.sneaker),
    "shirt": Drawable(420, 420, objects_wear.shirt),
    "bag": Drawable(340, 440, objects_wear.bag),
    "watch": Drawable(240, 460, objects_wear.watch),
    "headphones": Drawable(400, 420, objects_wear.headphones),
    "flacon": Drawable(260, 380, objects_wear.flacon),
    "jar": Drawable(420, 340, objects_wear.jar),
    "gem": Drawable(340, 400, objects_wear.gem),
    "phone": Drawable(240, 480, objects_tech.phone),
    "laptop": Drawable(520, 330, objects_tech.laptop),
    "camera": Drawable(420, 310, objects_tech.camera),
    "chart": Drawable(460, 380, objects_tech.chart),
    "car": Drawable(560, 240, objects_tech.car),
    "bike": Drawable(540, 350, objects_tech.bike),
    "parcel": Drawable(380, 340, objects_life.parcel),
    "house": Drawable(460, 400, objects_life.house),
    "plant": Drawable(320, 440, objects_life.plant),
    "armchair": Drawable(440, 400, objects_life.armchair),
    "suitcase": Drawable(320, 440, objects_life.suitcase),
    "mountain": Drawable(520, 380, objects_life.mountain),
    "person": Drawable(400, 460, objects_life.person),
    "gift": Drawable(340, 370, objects_life.gift),
    "book": Drawable(400, 420, objects_life.book),
    "dumbbell": Drawable(500, 260, objects_life.dumbbell),
    "blocks": Drawable(400, 400, objects_life.blocks),
    "pet": Drawable(340, 420, objects_life.pet),
    "orb": Drawable(420, 420, objects_life.orb),
}


def object_size(name: str, *, width: float, height: float) -> tuple[float, float]:
    """Return the largest size of the object that fits a box."""
    thing = OBJECTS[name]
    factor = min(width / thing.width, height / thing.height)
    return thing.width * factor, thing.height * factor


def object_art(name: str, paint: Paint, *, x: float, y: float, width: float, prefix: str = "o") -> str:
    """Return the object as SVG, `width` wide with its top left at (`x`, `y`)."""
    thing = OBJECTS[name]
    pen = Pen(prefix)
    thing.draw(pen, paint)
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({width / thing.width:.4f})">{pen.svg()}</g>'
