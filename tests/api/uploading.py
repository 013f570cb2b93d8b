"""An upload as a browser's form sends it."""

import httpx

from tests.pictures import encoded, scene

PNG = encoded(scene(), "png")


async def upload(
    caller: httpx.AsyncClient, data: bytes = PNG, *, file_name: str = "bottle.png", **fields: str | list[str]
) -> httpx.Response:
    return await caller.post("/upload-asset", data=fields, files={"file": (file_name, data)})
