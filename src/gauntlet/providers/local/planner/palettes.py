"""Palettes for ads whose brand, logo and pictures name no colours: primary, secondary, accent, background."""

from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.providers.local.planner.categories import Category

Swatches = tuple[str, str, str, str]

CATEGORY_PALETTES: Final[dict[Category, Swatches]] = {
    Category.COFFEE: ("#4A2C1D", "#8C5A3C", "#E08E45", "#F6EDE2"),
    Category.TEA: ("#44582F", "#8FA36B", "#C9A24B", "#F4F1E4"),
    Category.DRINKS: ("#0E5A6B", "#5BB5B0", "#FF7A59", "#F2F8F6"),
    Category.BAKERY: ("#7A4320", "#D9A05B", "#C8472F", "#FBF3E4"),
    Category.FOOD: ("#B3362B", "#F0A63A", "#2F6B4F", "#FFF6EA"),
    Category.SPORT: ("#14171F", "#3A4252", "#E9FF45", "#F2F4F7"),
    Category.FASHION: ("#2B2A33", "#A58F86", "#D9503F", "#F5F1EC"),
    Category.JEWELLERY: ("#1D2433", "#7D7262", "#C9A45C", "#F4F1EA"),
    Category.BEAUTY: ("#8C4A52", "#E4B7A9", "#B8573F", "#FBF1EC"),
    Category.PERFUME: ("#2C1B2E", "#7B4B5E", "#D3A865", "#F6EFEA"),
    Category.TECH: ("#101828", "#475467", "#3D7BFF", "#F3F5F9"),
    Category.SOFTWARE: ("#2A2F6E", "#7A82D6", "#FF8A4C", "#F5F5FC"),
    Category.TRAVEL: ("#0F4C5C", "#6FA8A3", "#E2754A", "#FAF4E8"),
    Category.PROPERTY: ("#2E4034", "#9AA58B", "#C17F4A", "#F6F3EC"),
    Category.FINANCE: ("#123C54", "#5F8CA3", "#F2A65A", "#F3F6F7"),
    Category.EDUCATION: ("#23408E", "#7FA3E0", "#F4B13E", "#F7F7F2"),
    Category.KIDS: ("#2557C7", "#FF6B6B", "#FFC93C", "#FFF8EA"),
    Category.PETS: ("#2F5D50", "#E8A25A", "#E4572E", "#FBF5E9"),
    Category.HOME: ("#4B4A3F", "#A89B84", "#B5603B", "#F5F0E8"),
    Category.AUTOMOTIVE: ("#15181C", "#5B626B", "#E0402F", "#EFF1F3"),
    Category.WELLNESS: ("#3F5E5A", "#A9C0B2", "#D98C6A", "#F4F5EF"),
    Category.CHARITY: ("#1F4E5F", "#79A6A1", "#E9724C", "#FBF5EC"),
    Category.EVENT: ("#2D1457", "#7D3CC8", "#FF4F79", "#F7F2FC"),
    Category.GENERAL: ("#243B53", "#829AB1", "#F0703A", "#F5F7FA"),
}

MOOD_PALETTES: Final[dict[Mood, Swatches]] = {
    Mood.ENERGETIC: ("#16161D", "#42424F", "#FF5A1F", "#F6F5F2"),
    Mood.UPLIFTING: ("#0B5D6E", "#6BC0B8", "#FFB02E", "#F7FAF5"),
    Mood.CALM: ("#4A5D5A", "#A7B8AD", "#C98F6B", "#F5F4EE"),
    Mood.ELEGANT: ("#1C1B22", "#6F6657", "#C8A866", "#F5F2EB"),
    Mood.PLAYFUL: ("#5B2BC9", "#FF7BAC", "#FFD23F", "#FFF9EC"),
    Mood.DRAMATIC: ("#120F17", "#4B2E39", "#D8412F", "#F1ECE8"),
    Mood.WARM: ("#6B3A26", "#C98B5E", "#DE6B35", "#FAF1E4"),
    Mood.TECH: ("#0D1B2A", "#415A77", "#2EC4FF", "#F2F6FA"),
}
