"""Names that no file should have."""

from collections.abc import Iterator

from tests import pictures
from tests.corpus.case import Case, Outcome

_DATA = pictures.encoded(pictures.scene(40, 30), "png")
_QUOTED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})  # as browsers write a name into a form


def cases() -> Iterator[Case]:
    """Yield all of them."""
    for name, file_name, outcome, kept in _NAMES:
        yield _case(name, file_name.translate(_QUOTED).encode("utf-8", "surrogatepass"), outcome, kept)
    for name, raw in _RAW.items():
        yield _case(f"raw-{name}", raw, "either", None)


def _case(name: str, disposition: bytes, outcome: Outcome, kept: str | None) -> Case:
    return Case(
        f"name-{name}",
        lambda: _DATA,
        outcome,
        "a name is its last part without what cannot be seen, or refused",
        disposition=b'filename="' + disposition + b'"' if not disposition.startswith(b"filename") else disposition,
        facts={"type": "image", "format": "png", "width": 40, "height": 30, **({"name": kept} if kept else {})},
    )


_NAMES: tuple[tuple[str, str, Outcome, str | None], ...] = (
    ("path-up", "../../../etc/passwd", "accepted", "passwd"),
    ("path-absolute", "/etc/passwd", "accepted", "passwd"),
    ("path-of-windows", "C:\\Windows\\system32\\cmd.exe", "either", None),
    ("path-on-a-share", "\\\\server\\share\\x.png", "either", None),
    ("path-mixed", "..\\..//..\\x.png", "either", None),
    ("path-encoded", "..%2f..%2fx.png", "accepted", None),
    ("path-with-a-nul-encoded", "x.png%00.exe", "accepted", None),
    ("path-alone", "../../", "accepted", None),
    ("dots", "..", "accepted", None),
    ("dot", ".", "accepted", None),
    ("hidden", ".htaccess", "accepted", ".htaccess"),
    ("empty", "", "accepted", None),
    ("spaces", "   ", "accepted", None),
    ("tabs", "\t\t", "either", None),
    ("nul", "a\0b.png", "either", None),
    ("bell", "a\a\b\x1bb.png", "either", None),
    ("delete", "a\x7fb.png", "either", None),
    ("terminal", "\x1b[2J\x1b]0;owned\x07.png", "either", None),
    ("new-lines", "a\r\nSet-Cookie: x=y\r\n\r\n<script>.png", "either", None),
    ("controls-of-the-second-set", "a\x85\x9bb.png", "accepted", None),
    ("right-to-left-override", "gnp.\u202egpj.exe", "accepted", "gnp.gpj.exe"),
    ("direction-isolates", "\u2066a\u2067b\u2068c\u2069.png", "accepted", "abc.png"),
    ("direction-marks", "\u200ea\u200fb\u061c.png", "accepted", "ab.png"),
    ("zero-width", "\u200ba\ufeffb\u2060.png", "accepted", "ab.png"),
    ("joiners-alone", "\u200d\u200c", "accepted", None),
    ("line-separators", "a\u2028b\u2029c.png", "accepted", "a b c.png"),
    ("5000-letters", "x" * 5_000, "refused", None),
    ("5000-emoji", "😀" * 5_000, "refused", None),
    ("200-emoji", "😀" * 196 + ".png", "accepted", "😀" * 196 + ".png"),
    ("family", "👩‍👩‍👧‍👦🏳️‍🌈.png", "accepted", "👩‍👩‍👧‍👦🏳️‍🌈.png"),
    ("marks-upon-marks", "a" + "\u0301" * 150 + ".png", "either", None),
    ("decomposed", "gro\u0308ße.png", "accepted", "größe.png"),
    ("right-to-left", "תמונה.png", "accepted", "תמונה.png"),
    ("full-width-path", "．．／．．／x.png", "accepted", None),
    ("private-use", "\ue000\uf8ff.png", "accepted", None),
    ("not-a-character", "\ufffe\uffff.png", "either", None),
    ("lone-surrogate", "a\ud800b.png", "either", None),
    ("tags-of-language", "a\U000e0041\U000e0042.png", "accepted", "a.png"),
    ("markup", "<img src=x onerror=alert(1)>.png", "accepted", "<img src=x onerror=alert(1)>.png"),
    ("query", "x'; DROP TABLE assets; --.png", "accepted", "x'; DROP TABLE assets; --.png"),
    ("template", "{{7*7}}${7*7}%s%n.png", "accepted", "{{7*7}}${7*7}%s%n.png"),
    ("device", "CON", "accepted", None),
    ("device-with-an-extension", "NUL.png", "accepted", None),
    ("stream", "x.png::$DATA", "accepted", None),
    ("dots-behind", "x.png...", "accepted", None),
    ("quotes", 'a"b";x="y.png', "either", None),
    ("scheme", "javascript:alert(1)", "accepted", None),
    ("option", "-rf", "accepted", "-rf"),
    ("wildcard", "*?.png", "accepted", "*?.png"),
    ("home", "~root", "accepted", "~root"),
)

_RAW = {
    "bytes-that-are-no-utf-8": b"a\xff\xfe\xc0\xafb.png",
    "overlong-slash": b"..\xc0\xaf..\xc0\xafx.png",
    "latin-1": b"gr\xf6\xdfe.png",
    "utf-16": "größe.png".encode("utf-16"),
    "nul-bytes": b"\0\0\0",
    "extended": b"filename=\"x.png\"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd",
    "extended-controls": b"filename*=UTF-8''a%0D%0Ab%00%E2%80%AE.png",
    "extended-in-no-charset": b"filename*=klingon''x.png",
    "extended-broken": b"filename*=%%%%",
    "unquoted": b"filename=a b c.png",
    "unclosed": b'filename="x.png',
    "twice": b'filename="a.png"; filename="b.png"',
    "continued": b'filename*0="a"; filename*1="b.png"',
    "encoded-word": b'filename="=?utf-8?B?Li4vLi4veC5wbmc=?="',
    "escaped": b'filename="a\\"; x=\\"b.png"',
    "parameters-without-end": b'filename="x.png"' + b"; a=b" * 500,
}
