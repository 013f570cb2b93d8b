"""SVG from strangers: read without ever resolving an entity or a reference outward, and made harmless or refused."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia

SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_XHTML_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_PLAIN_DOCTYPE: Final = "-//W3C//DTD SVG "
_START_BYTES: Final = 4_096
_DEPTH_LIMIT: Final = 100
# What a drawing may come to once every <use>, mask, pattern and marker is spelled out; real logos have some thousands.
_DRAWN_ELEMENTS_LIMIT: Final = 200_000
_ACTIVE: Final = frozenset({"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler"})
_PICTURE_LOADERS: Final = frozenset({"image", "feImage", "use"})
_POINTERS: Final = frozenset(
    {"a", "set", "animate", "animateMotion", "animateTransform", "mpath"}
)  # href draws nothing
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp)\s*(;[^,]*)?,(.*)", re.IGNORECASE | re.DOTALL)
_OUTSIDE_URL: Final = re.compile(r"""url\(\s*["']?\s*(?!\s*["']?\s*#)[^)]*\)""", re.IGNORECASE)
_INSIDE_URL: Final = re.compile(r"""url\(\s*["']?\s*#([^"')\s]+)""", re.IGNORECASE)
_IMPORT: Final = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_CSS_CLASS: Final = re.compile(r"\.([\w-]+)[^{}]*\{([^}]*)\}")

ElementTree.register_namespace("", SVG_NAMESPACE)


@dataclass(frozen=True, slots=True)
class SafeSvg:
    """A drawing that may be handed to a renderer.

    `text` has no document type, scripts, handlers or references outward; `removed` names what was taken out of the
    original, empty where that may be kept byte for byte.
    """

    text: str
    removed: tuple[str, ...]


def read_svg(data: bytes, *, check_embedded: Callable[[bytes], object]) -> SafeSvg:
    """Return the drawing made harmless; `check_embedded` is called with every raster picture inside it and may raise.

    Raises UnsupportedMedia for what is not SVG or needs something from outside itself, InvalidInput for XML that is
    broken or declares entities, TooLarge for one that unfolds to more than can be drawn.
    """
    root = _parsed(data)
    if root.tag not in {f"{{{SVG_NAMESPACE}}}svg", "svg"}:
        raise UnsupportedMedia(
            f"The file is XML with the root element <{_local(root.tag)[:40]}>, not an SVG drawing.",
            next_step="Upload an SVG, PNG, JPEG, WebP or GIF picture.",
            details={"field": "file", "value": _local(root.tag)[:40]},
        )
    removed = _made_harmless(root)
    for element in root.iter():
        _check_picture_reference(element, check_embedded)
    _refuse_explosions(root)
    if root.tag == "svg":  # without its namespace no renderer would take it, though it is clear what is meant
        root.set("xmlns", SVG_NAMESPACE)
        removed.add("missing namespace")
    if not _is_utf8(data):
        removed.add("encoding other than UTF-8")
    if b"<svg" not in data[:_START_BYTES]:  # other readers tell a drawing by its start
        removed.add("unusual start")
    return SafeSvg(ElementTree.tostring(root, encoding="unicode"), tuple(sorted(removed)))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


class _TreeReader:
    """Builds the tree from what the parser tells."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise InvalidInput(
                f"The SVG nests elements more than {_DEPTH_LIMIT} deep.",
                next_step="Flatten its groups and upload it again.",
                details={"field": "file", "limit": _DEPTH_LIMIT},
            )
        self._builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_clark(name))

    def data(self, text: str) -> None:
        self._builder.data(text)

    def root(self) -> Element:
        return self._builder.close()


def _parsed(data: bytes) -> Element:
    """Return the root; no entity is ever expanded, nothing outside is read."""
    reader = _TreeReader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _check_doctype
    parser.EntityDeclHandler = _refuse_entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InvalidInput(
            f"The SVG is damaged or cut short: {expat.ErrorString(error.code)} in line {error.lineno}.",
            next_step="Export the drawing again and upload that.",
            details={"field": "file", "line": error.lineno},
        ) from error
    return reader.root()


def _check_doctype(name: str, system_id: str | None, public_id: str | None, has_internal_subset: bool) -> None:
    # Old drawing programs write the W3C's plain document type, which says nothing and is never fetched.
    if has_internal_subset or (system_id and not (public_id or "").startswith(_PLAIN_DOCTYPE)):
        raise _forbidden_dtd()


def _refuse_entity(*_declaration: object) -> None:
    raise _forbidden_dtd()


def _forbidden_dtd() -> InvalidInput:
    return InvalidInput(
        "The SVG brings its own document type (DTD) with entities, which can be made to read files or to fill memory.",
        next_step="Export it as plain SVG (in Illustrator: SVG 1.1 without “preserve editing capabilities”).",
        details={"field": "file", "value": "DOCTYPE"},
    )


def _made_harmless(root: Element) -> set[str]:
    """Take out what runs or loads something, in place; return the names of what was taken out."""
    removed: set[str] = set()
    for parent in root.iter():
        for child in list(parent):
            if _is_active(child):
                removed.add(f"<{_local(child.tag)}>")
                parent.remove(child)
    for element in root.iter():
        removed |= _attributes_made_harmless(element)
        if _local(element.tag) == "style" and element.text:
            cleaned = _without_outside_urls(element.text)
            if cleaned != element.text:
                removed.add("outside reference in a style sheet")
                element.text = cleaned
    return removed


def _is_active(element: Element) -> bool:
    local = _local(element.tag)
    sets_address = local in {"set", "animate"} and _local(element.get("attributeName", "")).endswith("href")
    return local in _ACTIVE or element.tag.startswith(f"{{{_XHTML_NAMESPACE}}}") or sets_address


def _attributes_made_harmless(element: Element) -> set[str]:
    removed: set[str] = set()
    for name, value in list(element.attrib.items()):
        local = _local(name).lower()
        if local.startswith("on"):
            del element.attrib[name]
            removed.add(local)
        elif local == "href" and _local(element.tag) not in _PICTURE_LOADERS:
            if not value.strip().startswith("#"):
                del element.attrib[name]
                removed.add(f"{local} of <{_local(element.tag)}>")
        elif local == "base":
            del element.attrib[name]
            removed.add("xml:base")
        elif (cleaned := _without_outside_urls(value)) != value:
            element.attrib[name] = cleaned
            removed.add(f"outside reference in {local}")
    return removed


def _without_outside_urls(css: str) -> str:
    return _OUTSIDE_URL.sub("none", _IMPORT.sub("", css))


def _check_picture_reference(element: Element, check_embedded: Callable[[bytes], object]) -> None:
    if _local(element.tag) not in _PICTURE_LOADERS:
        return
    for name, value in element.attrib.items():
        if _local(name) != "href" or value.strip().startswith("#"):
            continue
        embedded = _EMBEDDED.match(value.strip())
        if embedded is None or _local(element.tag) == "use":
            raise UnsupportedMedia(
                f"The SVG loads “{value.strip()[:80]}”, which is not a PNG, JPEG, GIF or WebP embedded in it.",
                next_step="Embed that picture in the drawing (as a data: URI), or remove it.",
                details={"field": "file", "value": value.strip()[:80]},
            )
        check_embedded(_embedded_bytes(embedded[1] or "", embedded[2]))


def _embedded_bytes(parameters: str, body: str) -> bytes:
    raw = unquote_to_bytes(body)
    if "base64" not in parameters.lower():
        return raw
    try:
        return b64decode(b"".join(raw.split()) + b"==")
    except (Base64Error, ValueError) as error:
        raise InvalidInput(
            "A picture embedded in the SVG is not valid base64.",
            next_step="Export the drawing again and upload that.",
            details={"field": "file"},
        ) from error


def _refuse_explosions(root: Element) -> None:
    """Raise TooLarge when references unfold to more elements than can be drawn, InvalidInput when without end."""
    try:
        drawn = _Unfolded(root).elements_drawn(root)
    except RecursionError:
        drawn = _DRAWN_ELEMENTS_LIMIT + 1
    if drawn > _DRAWN_ELEMENTS_LIMIT:
        raise TooLarge(
            f"The SVG unfolds to more than {_DRAWN_ELEMENTS_LIMIT:,} elements when it is drawn.",
            next_step="Simplify the drawing, or upload it as PNG.",
            details={"field": "file", "limit": _DRAWN_ELEMENTS_LIMIT},
        )


class _Unfolded:
    """Reckons how much is drawn when every reference is followed, without following one twice."""

    def __init__(self, root: Element) -> None:
        self._by_id = {element.get("id", ""): element for element in root.iter() if element.get("id")}
        self._by_class = _references_by_class(root)
        self._known: dict[Element, int] = {}
        self._open: set[Element] = set()

    def elements_drawn(self, element: Element) -> int:
        """Return the number for an element, capped just over the limit."""
        if element in self._known:
            return self._known[element]
        if element in self._open:  # resvg would follow it until its memory for nodes is used up
            raise InvalidInput(
                f"In the SVG, <{_local(element.tag)} id={element.get('id', '')[:40]!r}> is made of itself.",
                next_step="Remove the circular reference and upload the drawing again.",
                details={"field": "file", "value": element.get("id", "")[:40]},
            )
        self._open.add(element)
        total = 1 + sum(self.elements_drawn(child) for child in element)
        for name, repeats in _references(element, self._by_class).items():
            if name in self._by_id:
                total += repeats * self.elements_drawn(self._by_id[name])
        self._open.discard(element)
        self._known[element] = min(total, _DRAWN_ELEMENTS_LIMIT + 1)
        return self._known[element]


def _references(element: Element, by_class: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return the ids that drawing the element draws as well, and how often."""
    found: dict[str, int] = {}
    for name, value in element.attrib.items():
        if _local(name) == "href" and value.strip().startswith("#") and _local(element.tag) not in _POINTERS:
            found[value.strip()[1:]] = 1
        for target in _INSIDE_URL.findall(value):
            found[target] = _vertices(element) if "marker" in _local(name) + value else 1
    for class_ in element.get("class", "").split():
        for target in by_class.get(class_, ()):
            found.setdefault(target, 1)
    return found


def _references_by_class(root: Element) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for element in root.iter():
        if _local(element.tag) == "style":
            for class_, body in _CSS_CLASS.findall(element.text or ""):
                found[class_] = found.get(class_, frozenset()) | set(_INSIDE_URL.findall(body))
    return found


def _vertices(element: Element) -> int:
    # A vertex takes at least two characters to write.
    return max(1, len(element.get("d", "") + element.get("points", "")) // 2)


def _clark(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
