import asyncio

import pytest

from gauntlet.workflows.once import Once


class Maker:
    """Makes things when it is let to, and counts them."""

    def __init__(self) -> None:
        self.made = 0
        self.may = asyncio.Event()

    async def make(self) -> str:
        await self.may.wait()
        self.made += 1
        return f"thing {self.made}"


async def test_all_who_ask_at_once_get_the_same_and_later_ones_another() -> None:
    once, maker = Once[str](), Maker()
    asked = [asyncio.create_task(once.get("key", maker.make)) for _ in range(3)]
    await asyncio.sleep(0)
    maker.may.set()
    assert await asyncio.gather(*asked) == ["thing 1"] * 3
    assert await once.get("key", maker.make) == "thing 2"


async def test_who_goes_away_leaves_it_to_the_others() -> None:
    once, maker = Once[str](), Maker()
    going, staying = (asyncio.create_task(once.get("key", maker.make)) for _ in range(2))
    await asyncio.sleep(0)
    going.cancel()
    maker.may.set()
    assert await staying == "thing 1"
    with pytest.raises(asyncio.CancelledError):
        await going


async def test_failure_is_told_to_all_and_the_next_one_tries_again() -> None:
    once, maker = Once[str](), Maker()

    async def fail() -> str:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            await once.get("key", fail)
    maker.may.set()
    assert await once.get("key", maker.make) == "thing 1"


async def test_closing_breaks_off_what_is_in_progress() -> None:
    once, maker = Once[str](), Maker()
    asked = asyncio.create_task(once.get("key", maker.make))
    await asyncio.sleep(0)
    await once.close()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert maker.made == 0
