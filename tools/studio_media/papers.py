"""Documents with real words in them: a PDF of several pages."""

from collections.abc import Sequence
from typing import Final

_TOP: Final = 700
_LEADING: Final = 26


def pdf(title: str, pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with the title and the lines of each page; ASCII only."""
    fonts = 3
    first = fonts + 1
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
        " /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
    ]
    for number, lines in enumerate(pages):
        drawing = _page(title, lines, number=number + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Contents {first + 2 * number + 1} 0 R /Resources << /Font {fonts} 0 R >> >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    return _file(objects)


def _page(title: str, lines: Sequence[str], *, number: int) -> str:
    said = [
        "0.72 0.28 0.16 rg 0 800 595 42 re f",
        f"0.17 0.13 0.19 rg BT /F1 24 Tf 56 {_TOP + 40} Td ({_escaped(title)}) Tj ET",
        f"BT /F2 10 Tf 56 48 Td (Page {number}) Tj ET",
    ]
    said += [f"BT /F2 13 Tf 56 {_TOP - _LEADING * row} Td ({_escaped(line)}) Tj ET" for row, line in enumerate(lines)]
    return "\n".join(said)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[str]) -> bytes:
    data, places = b"%PDF-1.7\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    ending = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + f"{ending}startxref\n{len(data)}\n%%EOF\n".encode("ascii")
