"""What is there is documented, and what is documented is there."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

import gauntlet
from gauntlet.cli.main import app
from gauntlet.core.errors import GauntletError
from gauntlet.core.settings import Settings

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide"
ADR = ROOT / "docs" / "adr"

# Every option is told of where its command is, but these everywhere alike.
_EVERYWHERE = {"--help"}


def _variables(model: type[BaseModel], prefix: str = "GAUNTLET_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _variables(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield from _names(name, field, prefix)


def _names(name: str, field: FieldInfo, prefix: str) -> Iterator[str]:
    if isinstance(field.validation_alias, AliasChoices):
        yield from (str(choice) for choice in field.validation_alias.choices if str(choice).isupper())
    else:
        yield f"{prefix}{name.upper()}"


def _commands() -> dict[str, set[str]]:
    """Every command's way, as in `gauntlet key list`, with its options."""
    found: dict[str, set[str]] = {}

    def visit(command: object, way: str) -> None:
        group: dict[str, object] | None = getattr(command, "commands", None)
        if group is not None:
            for name, child in group.items():
                visit(child, f"{way} {name}")
            return
        params: list[object] = getattr(command, "params", [])
        options = {opt for param in params for opt in getattr(param, "opts", []) if opt.startswith("--")}
        found[way] = options - _EVERYWHERE

    visit(typer.main.get_command(app), "gauntlet")
    return found


def _sections() -> dict[str, str]:
    """The command line guide's sections by command, arguments left out of the heading."""
    text = (GUIDE / "command-line.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `([^`]+)`$", text, flags=re.MULTILINE)
    return {re.sub(r"( [A-Z]+)+$", "", heading): body for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def _all_error_codes() -> set[str]:
    for module in pkgutil.walk_packages(gauntlet.__path__, "gauntlet."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)

    def below(error: type[GauntletError]) -> Iterator[type[GauntletError]]:
        yield error
        for child in error.__subclasses__():
            yield from below(child)

    return {error.code for error in below(GauntletError) if error.__module__.startswith("gauntlet.")}


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    text = (GUIDE / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]{5,})`", text))
    assert documented == set(_variables(Settings))


def test_every_documented_default_of_a_number_is_the_real_one() -> None:
    text = (GUIDE / "settings.md").read_text(encoding="utf-8")
    settings = Settings.model_construct()
    checked = 0
    for section, name, shown in re.findall(r"^\| `GAUNTLET_([A-Z]+)__([A-Z0-9_]+)` \| `(\d+)`", text, re.MULTILINE):
        assert str(getattr(getattr(settings, section.lower()), name.lower())) == shown, name
        checked += 1
    assert checked >= 8


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert set(_sections()) == set(_commands())


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_option_of_a_command_is_documented(command: str) -> None:
    documented = set(re.findall(r"--[a-z][a-z-]*", _sections()[command]))
    options = _commands()[command]
    assert options <= documented
    # An example may hold options of other commands only where it says so; none does today.
    assert documented <= options | _EVERYWHERE


def test_every_error_code_is_documented_and_every_documented_one_exists() -> None:
    text = (GUIDE / "errors.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+)` \| \d{3} \|", text, re.MULTILINE))
    assert documented == _all_error_codes()


def test_every_decision_is_listed_and_numbered_once() -> None:
    pages = sorted(page.name for page in ADR.glob("[0-9]*.md"))
    listed = re.findall(r"^\| \[\d+\]\(([^)]+)\)", (ADR / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == pages
    numbers = [page.split("-")[0] for page in pages]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    "page", [path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))]
)
def test_every_local_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
    assert missing == []
