"""Scenes without a picture: an illustrated panel."""

from gauntlet.render.layout.take import Composition, Take
from gauntlet.render.layout.type_scenes import type_only


def panel(take: Take) -> Composition:
    return type_only(take)
