"""The models that the double of Replicate has, with the forms of their inputs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from pydantic import JsonValue

Json = dict[str, JsonValue]
Medium = Literal["image", "video", "audio"]


@dataclass(frozen=True, slots=True)
class Price:
    """What a run costs, in dollars: per thing that comes out, per second of film, per run, or per second of running."""

    unit: Literal["image", "video_second", "run", "predict_second"]
    usd: Decimal
    by_input: tuple[tuple[str, str, Decimal], ...] = ()
    """Other prices: where this input has this value, this many dollars."""


@dataclass(frozen=True, slots=True)
class FakeModel:
    """A model: who it is, what it takes, what it makes, how long that takes and what it costs."""

    owner: str
    name: str
    description: str
    medium: Medium
    version: str
    created_at: str
    is_official: bool
    run_count: int
    queue_s: float
    predict_s: float
    price: Price
    properties: Json
    required: tuple[str, ...]
    enums: Json
    output: Json

    @property
    def id(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    @property
    def is_list(self) -> bool:
        """Whether the output is a list even of one."""
        return self.output.get("type") == "array"

    def openapi_schema(self) -> Json:
        """Return the OpenAPI document of a version, in the form in which Cog writes it."""
        schemas: Json = {
            "Input": {
                "type": "object",
                "title": "Input",
                "required": list(self.required),
                "properties": self.properties,
            },
            "Output": self.output,
            "Status": {
                "enum": ["starting", "processing", "succeeded", "canceled", "failed"],
                "type": "string",
                "title": "Status",
                "description": "An enumeration.",
            },
            "WebhookEvent": {
                "enum": ["start", "output", "logs", "completed"],
                "type": "string",
                "title": "WebhookEvent",
                "description": "An enumeration.",
            },
            **self.enums,
        }
        return {
            "openapi": "3.0.2",
            "info": {"title": "Cog", "version": "0.1.0"},
            "paths": {},
            "components": {"schemas": schemas},
        }


def enum(title: str, values: list[JsonValue], *, kind: str = "string") -> Json:
    """Return a schema of its own for a closed set, as Cog writes one."""
    return {"enum": values, "type": kind, "title": title, "description": "An enumeration."}


def chosen(name: str, order: int, *, default: JsonValue, description: str) -> Json:
    """Return a property whose values are the schema `name`."""
    return {
        "allOf": [{"$ref": f"#/components/schemas/{name}"}],
        "default": default,
        "x-order": order,
        "description": description,
    }


def prop(kind: str, title: str, order: int, *, description: str, **more: JsonValue) -> Json:
    """Return a property; names of JSON Schema with a hyphen or a reserved word go by `more` as they are."""
    return {"type": kind, "title": title, "x-order": order, "description": description, **more}


def uri(title: str, order: int, *, description: str, **more: JsonValue) -> Json:
    """Return a property that takes a file by its address."""
    return prop("string", title, order, description=description, format="uri", **more)


ONE_FILE: Final[Json] = {"type": "string", "title": "Output", "format": "uri"}
FILES: Final[Json] = {"type": "array", "items": {"type": "string", "format": "uri"}, "title": "Output"}
