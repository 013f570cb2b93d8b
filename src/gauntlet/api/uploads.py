"""multipart/form-data read as it arrives: the file's bytes go on piece by piece, and nothing is spooled."""

from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, MultipartState, parse_options_header

from gauntlet.api.bodies import Body
from gauntlet.core.errors import InvalidInput, UnsupportedMedia
from gauntlet.domain.uploads.errors import BrokenOff

FILE_FIELD: Final = "file"
_FIELDS_LIMIT_BYTES: Final = 64 * 1024
_PARTS_LIMIT: Final = 100


@dataclass(slots=True)
class _Part:
    name: str
    file_name: str | None


class _PartEnd:
    pass


_Event = _Part | memoryview | _PartEnd


@dataclass(slots=True)
class _Headers:
    """The headers of the part that is being read."""

    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    disposition: bytes = b""

    def end_of_header(self) -> None:
        if bytes(self.name).lower() == b"content-disposition":
            self.disposition = bytes(self.value)
        self.name.clear()
        self.value.clear()


class UploadForm:
    """A form with one file and some short fields, in any order.

    `to_file`, then `file_pieces` to its end, then `to_end`; `fields` grows on the way. All raise `InvalidInput` for a
    form that is damaged, cut short or over a limit; making one raises `UnsupportedMedia` where the body is no form.
    """

    def __init__(self, request: Request, *, file_field: str) -> None:
        self.fields: dict[str, list[str]] = {}
        self.file_name: str | None = None
        self._file_field = file_field
        self._body = Body(request)
        self._source = self._body.pieces()
        self._events: deque[_Event] = deque()
        self._headers = _Headers()
        self._ended = False
        self._files = self._parts = self._field_bytes = 0
        boundary = _boundary(request)
        self._parser = self._new_parser(boundary)
        self._delimiter = b"\r\n--" + boundary

    async def to_file(self) -> bool:
        """Read up to the file and return True, or False where the form ends without one."""
        while (event := await self._next()) is not None:
            if not isinstance(event, _Part):
                continue
            if event.name == self._file_field:
                self._files += 1
                self.file_name = event.file_name
                return True
            await self._read_field(event.name)
        return False

    async def file_pieces(self) -> AsyncGenerator[memoryview]:
        """Yield the file's bytes as they come."""
        while isinstance(event := await self._expected(), memoryview):
            yield event

    async def to_end(self) -> None:
        """Read the fields after the file."""
        if await self.to_file():
            raise InvalidInput(
                f"The form has more than one part named {self._file_field!r}.",
                next_step="Upload one file a request.",
                details={"field": self._file_field},
            )

    async def drain(self) -> None:
        """Read on, for a while, what is not wanted any more, so that the client comes to read the answer."""
        await self._body.drain()

    async def _read_field(self, name: str) -> None:
        value = bytearray()
        while not isinstance(event := await self._expected(), _PartEnd):
            if isinstance(event, memoryview):
                value += event
                self._field_bytes += len(event)
                if self._field_bytes > _FIELDS_LIMIT_BYTES:
                    raise _bad_form(f"its fields hold more than {_FIELDS_LIMIT_BYTES:,} bytes")
        try:
            self.fields.setdefault(name, []).append(value.decode())
        except UnicodeDecodeError as error:
            raise _bad_form(f"its field {name!r} is not in UTF-8") from error

    async def _expected(self) -> _Event:
        event = await self._next()
        if event is None:
            raise _bad_form("it is cut short")
        return event

    async def _next(self) -> _Event | None:
        while not self._events:
            try:
                piece = await anext(self._source, None)
            except BrokenOff as error:
                raise _bad_form("the client went away while sending it") from error
            if piece is None:
                if not self._ended:
                    raise _bad_form("it is cut short")
                return None
            self._take(piece)
        return self._events.popleft()

    def _take(self, piece: bytes) -> None:
        if self._is_all_data(piece):
            self._events.append(memoryview(piece))
            return
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise _bad_form(str(error)) from error

    def _is_all_data(self, piece: bytes) -> bool:
        """Return whether a piece is a part's data from end to end, so that the parser need not look through it.

        From behind, that is seen in a third of the time.
        """
        if self._parser.state != MultipartState.PART_DATA or self._parser.index:  # some of a delimiter has come
            return False
        may_begin = piece.rfind(b"\r", max(0, len(piece) - len(self._delimiter)))
        is_open = may_begin >= 0 and self._delimiter.startswith(piece[may_begin:])
        return not is_open and piece.rfind(self._delimiter) < 0

    def _new_parser(self, boundary: bytes) -> MultipartParser:
        headers = self._headers

        def end() -> None:
            self._ended = True

        return MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: headers.name.extend(data[start:end]),
                "on_header_value": lambda data, start, end: headers.value.extend(data[start:end]),
                "on_header_end": headers.end_of_header,
                "on_headers_finished": self._begin_part,
                "on_part_data": lambda data, start, end: self._events.append(memoryview(data)[start:end]),
                "on_part_end": lambda: self._events.append(_PartEnd()),
                "on_end": end,
            },
        )

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > _PARTS_LIMIT:
            raise _bad_form(f"it has more than {_PARTS_LIMIT} parts")
        _, options = parse_options_header(self._headers.disposition)
        self._headers.disposition = b""
        if b"name" not in options:
            raise _bad_form("one of its parts has no name")
        file_name = options.get(b"filename")
        self._events.append(
            _Part(
                name=options[b"name"].decode("utf-8", "replace"),
                file_name=None if file_name is None else file_name.decode("utf-8", "replace"),
            )
        )


def _boundary(request: Request) -> bytes:
    sent = request.headers.get("content-type", "")
    kind, options = parse_options_header(sent)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 1 <= len(boundary) <= 70:  # RFC 2046, section 5.1.1
        raise UnsupportedMedia(
            f"An upload is a form (multipart/form-data with a boundary); what came is {sent[:80] or 'nothing'!r}.",
            next_step="Send it as curl does: curl -F file=@picture.png -F clientId=… .",
            details={"field": "Content-Type", "value": sent[:80]},
        )
    return boundary


def no_file() -> InvalidInput:
    """Return the error for a form that brings no file."""
    return InvalidInput(
        f"The form has no part named {FILE_FIELD!r}.",
        next_step="Send the file as curl does: curl -F file=@picture.png -F clientId=… .",
        details={"field": FILE_FIELD},
    )


def _bad_form(reason: str) -> InvalidInput:
    return InvalidInput(
        f"The form cannot be read: {reason}.",
        next_step="Send it again as multipart/form-data.",
        details={"field": "body"},
    )
