"""PDFs through PDFium: how many pages, and how the first one looks. The one place that touches its untyped binding."""

import math
import time
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

import numpy as np
import pypdfium2 as _untyped
import pypdfium2.raw as _untyped_raw
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput

_pdfium: Final = cast(Any, _untyped)
_raw: Final = cast(Any, _untyped_raw)

_DRAWN_WITHIN_S: Final = 2.5
"""A page that takes longer (a map, a plan) goes without a picture; most take some hundredths."""

_NEEDS_PASSWORD: Final = frozenset({_raw.FPDF_ERR_PASSWORD, _raw.FPDF_ERR_SECURITY})
_WHITE: Final = 0xFFFFFFFF
_DRAWING: Final = (
    # No form is filled and nothing runs; colours come in the order of red, green, blue.
    _raw.FPDF_ANNOT | _raw.FPDF_REVERSE_BYTE_ORDER | _raw.FPDF_RENDER_LIMITEDIMAGECACHE
)


@dataclass(frozen=True, slots=True, eq=False)
class PdfLook:
    """What a PDF is; `first_page` is H×W×4 sRGB on white, None where it is locked or takes too long to draw."""

    page_count: int | None
    is_encrypted: bool
    first_page: NDArray[np.uint8] | None


def look_at_pdf(file: BinaryIO, *, longest_px: int) -> PdfLook:
    """Return the number of pages (null where the file claims pages that it does not have) and the first page, drawn.

    A PDF that needs a password is told as such. Raises InvalidInput for one that is damaged or has no page.
    """
    file.seek(0)
    try:
        document = _pdfium.PdfDocument(file)
    except _pdfium.PdfiumError as error:
        if error.err_code in _NEEDS_PASSWORD:
            return PdfLook(page_count=None, is_encrypted=True, first_page=None)
        raise _damaged(error) from error
    try:
        count = len(document)
        if count < 1:
            raise _damaged("it has no page")
        first = _page(document, 0)
        if first is None:
            raise _damaged("its first page cannot be read")
        # The number stands in the file, and is believed only if the last page of so many is there.
        is_true = count == 1 or _page(document, count - 1) is not None
        return PdfLook(count if is_true else None, is_encrypted=False, first_page=_drawn(first, longest_px))
    finally:
        document.close()


def _page(document: Any, index: int) -> Any | None:
    try:
        return document.get_page(index)
    except _pdfium.PdfiumError:
        return None


def _drawn(page: Any, longest_px: int) -> NDArray[np.uint8] | None:
    width, height = (float(side) for side in page.get_size())
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        return None
    scale = longest_px / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    bitmap = _pdfium.PdfBitmap.new_native(*size, _raw.FPDFBitmap_BGRx, rev_byteorder=True)
    try:
        _raw.FPDFBitmap_FillRect(bitmap, 0, 0, *size, _WHITE)
        if not _is_drawn_in_time(page, bitmap, size):
            return None
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    pixels[..., 3] = 255
    return pixels


def _is_drawn_in_time(page: Any, bitmap: Any, size: tuple[int, int]) -> bool:
    until = time.monotonic() + _DRAWN_WITHIN_S

    def is_late(_pause: object) -> bool:
        return time.monotonic() > until

    pause = _raw.IFSDK_PAUSE(version=1, NeedToPauseNow=_field_type(_raw.IFSDK_PAUSE, "NeedToPauseNow")(is_late))
    try:
        return _raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, _DRAWING, pause) == _raw.FPDF_RENDER_DONE
    finally:
        _raw.FPDF_RenderPage_Close(page)


def _field_type(structure: Any, name: str) -> Any:
    return dict(structure._fields_)[name]


def _damaged(reason: object) -> InvalidInput:
    return InvalidInput(
        f"The PDF is damaged or cut short ({' '.join(str(reason).split())[:160]}).",
        next_step="Save it again and upload that.",
        details={"field": "file"},
    )
