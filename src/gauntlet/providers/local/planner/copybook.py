"""What a copy book holds: lines that say nothing which only the client can know, and forms for what it said."""

from dataclasses import dataclass

from gauntlet.providers.local.planner.categories import CallKind, Category


@dataclass(frozen=True, slots=True)
class Lines:
    """A category's lines. `hooks`: a quiet and a lively one; `second` follows; `feels` carry scenes without facts."""

    hooks: tuple[str, str]
    second: str
    feels: tuple[str, str, str]
    sign_off: str


@dataclass(frozen=True, slots=True)
class CopyBook:
    """One language's copy. Forms take `{name}`, `{brand}`, `{phrase}`, `{audience}`, `{code}`.

    `to_audience` speak to grown-ups; `for_audience` speak of anyone (children, animals), the shortest form last.
    """

    meet: tuple[str, ...]
    launch: tuple[str, ...]
    by_brand: str
    from_brand: str
    to_audience: tuple[str, ...]
    for_audience: tuple[str, ...]
    with_code: str
    launch_hooks: tuple[str, str]
    sale_hooks: tuple[str, str]
    short_beats: tuple[str, ...]
    online: str
    nameless: str
    calls: dict[CallKind, str]
    lines: dict[Category, Lines]
