import socket
from ipaddress import IPv4Address, ip_network
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.providers.web.targets import Target, read_redirect, read_target

PORTS = (80, 443)


def target(url: str) -> Target:
    return read_target(url, allowed_ports=PORTS)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://example.com", "example.com", "/"),
        ("HTTPS://Example.COM/Lamp.JPG", "example.com", "/Lamp.JPG"),
        ("http://example.com:80/a", "example.com", "/a"),
        ("http://example.com:443/a", "example.com:443", "/a"),
        ("https://example.com:/a", "example.com", "/a"),
        ("https://example.com?x=1", "example.com", "/?x=1"),
        ("https://example.com/a b/ü.png?q=%41#part", "example.com", "/a%20b/%C3%BC.png?q=%41"),
        (" https://example.com/x \n", "example.com", "/x"),
        ("https://bücher.example/", "xn--bcher-kva.example", "/"),
        ("https://BÜCHER.example/", "xn--bcher-kva.example", "/"),
        ("https://a_b.example.com/", "a_b.example.com", "/"),
        ("https://8.8.8.8/x", "8.8.8.8", "/x"),
        ("https://[2606:4700::1]/x", "[2606:4700::1]", "/x"),
        ("https://[2606:4700:0:0::1]:443/x", "[2606:4700::1]", "/x"),
    ],
)
def test_a_plain_address_is_read_as_browsers_read_it(url: str, authority: str, path: str) -> None:
    read = target(url)
    assert (read.authority, read.path) == (authority, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lamp.jpg",
        "//example.com/x",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "gopher://example.com/",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "http:example.com",
        "http:/example.com",
        "http:\\\\example.com",
        "https://",
        "https:///x",
        "https://:443/x",
        "https://example.com:x/",
        "https://example.com:-1/",
        "https://example.com:99999/",
        "https://example.com:123456/",
        "https://example.com:٤٤٣/",
        "https://exa mple.com/",
        "https://exa\tmple.com/",
        "https://example.com/\r\nHost: inner",
        "https://example.com/\0",
        "https://example.com/\ud800",
        "https://example.com\\@127.0.0.1/",
        "https://example.com\\.evil.com/",
        "https://example..com/",
        "https://.example.com/",
        "https://example.com./",
        "https://localhost./",
        "https://-example.com/",
        "https://example-.com/",
        "https://exam%70le.com/",
        "https://127.0.0.1%00.example.com/",
        "https://" + "a" * 64 + ".com/",
        "https://" + "a." * 130 + "com/",
        "https://[::1/",
        "https://::1/",
        "https://[example.com]/",
        "https://[127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://example。com/",
        "https://example．com/",
        "https://ⓔxample.com/",
        "https://１２７.0.0.1/",
        "https://exämple\u200b.com/",
        "https://example.com／@127.0.0.1/",
        "https://example.com/" + "x" * 4_100,
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        target(url)
    assert caught.value.details["field"] == "url"
    assert caught.value.next_step


@pytest.mark.parametrize("url", ["http://me:secret@example.com/", "http://me@example.com/", "http://@example.com/"])
def test_credentials_in_an_address_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InvalidInput, match="user name or password") as caught:
        target(url)
    assert "secret" not in f"{caught.value.message}{caught.value.details}"


def test_what_may_be_secret_in_a_refused_address_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as caught:
        target("ftp://me:secret@example.com/x?signature=hidden")
    assert "ftp://example.com/x" in caught.value.message
    assert "secret" not in caught.value.message
    assert "hidden" not in caught.value.message


def test_a_port_that_is_not_allowed_is_named_with_those_that_are() -> None:
    with pytest.raises(InvalidInput, match=r"port 22; .* 80, 443"):
        target("http://example.com:22/")
    assert read_target("http://example.com:8080/", allowed_ports=(8080,)).authority == "example.com:8080"


SPELLINGS = [
    "2130706433",
    "0x7f000001",
    "0X7F000001",
    "017700000001",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.0.0.01",
    "127.0.0.0x1",
    "127.0.0.1.",
    "127.0.0.1..",
    "0",
    "0x",
    "1.2.3.4.5",
    "256.0.0.1",
    "4294967297",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[::]",
    "[::1]",
    "0.0.0.0",
    "127.127.127.127",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_an_inner_address_is_fetched_from(host: str) -> None:
    with pytest.raises(InvalidInput):
        RemoteFetcher(FetchSettings()).check(f"http://{host}/")


INNER = st.sampled_from(
    [ip_network(text) for text in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")]
).flatmap(lambda network: st.ip_addresses(network=network))
NUMBER_FORMATS = st.sampled_from(["{}", "{:#x}", "{:#X}", "{:#010x}", "0{:o}", "00{:o}", "0{}", "000{}"])
DIGITS = {"plain": "0123456789", "wide": "０１２３４５６７８９", "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "arabic": "٠١٢٣٤٥٦٧٨٩"}


@given(
    address=INNER,
    bytes_of_parts=st.sampled_from([(4,), (1, 3), (1, 1, 2), (1, 1, 1, 1)]),
    formats=st.lists(NUMBER_FORMATS, min_size=4, max_size=4),
    digits=st.sampled_from(list(DIGITS.values())),
    dot=st.sampled_from([".", ".", "。", "．", "｡", "%2e"]),
    end=st.sampled_from(["", ".", "..", "%00", "%20", "\u00ad"]),
)
def test_no_number_that_stands_for_an_inner_address_is_fetched_from(
    address: IPv4Address, bytes_of_parts: tuple[int, ...], formats: list[str], digits: str, dot: str, end: str
) -> None:
    packed, parts = address.packed, list[str]()
    for size, format_ in zip(bytes_of_parts, formats, strict=False):
        parts.append(format_.format(int.from_bytes(packed[:size])))
        packed = packed[size:]
    host = dot.join(parts).translate(str.maketrans("0123456789", digits)) + end
    with pytest.raises(InvalidInput):
        RemoteFetcher(FetchSettings()).check(f"http://{host}/")


@given(st.text(alphabet="0123456789abcdefxX.", min_size=1, max_size=20))
def test_a_host_that_the_system_takes_for_a_number_is_never_taken_for_a_name(host: str) -> None:
    try:
        read = target(f"http://{host}/")
    except InvalidInput:
        return
    try:
        packed = socket.inet_aton(read.host)
    except OSError:
        assert read.literal is None
    else:
        assert read.literal == IPv4Address(packed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.com/{text}", f"https://example.com:{text}/"):
        try:
            read = target(url)
        except InvalidInput:
            continue
        assert read.host.isascii()
        assert read.path.isascii()
        assert read.path.isprintable()
        assert " " not in read.path
        assert read_target(read.url, allowed_ports=PORTS) == read


@given(st.text(max_size=60))
def test_any_location_is_followed_to_an_address_that_passes_itself_or_refused(location: str) -> None:
    base = target("https://example.com/a/b?c")
    try:
        read = read_redirect(location, base=base, allowed_ports=PORTS)
    except InvalidInput:
        return
    assert read.scheme == "https"
    assert read_target(read.url, allowed_ports=PORTS) == read


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("lamp.jpg", "https://example.com/a/lamp.jpg"),
        ("/lamp.jpg", "https://example.com/lamp.jpg"),
        ("?d", "https://example.com/a/b?d"),
        ("//cdn.example/lamp.jpg", "https://cdn.example/lamp.jpg"),
        ("https://cdn.example/lamp.jpg#top", "https://cdn.example/lamp.jpg"),
    ],
)
def test_a_location_is_read_relative_to_where_it_was_told(location: str, url: str) -> None:
    base = target("https://example.com/a/b?c")
    assert read_redirect(location, base=base, allowed_ports=PORTS).url == url


def test_a_redirect_from_https_to_http_is_refused() -> None:
    base = target("https://example.com/a")
    with pytest.raises(InvalidInput, match="from https to http"):
        read_redirect("http://example.com/a", base=base, allowed_ports=PORTS)
    assert read_redirect("https://b.example/", base=target("http://a.example/"), allowed_ports=PORTS).scheme == "https"


@given(st.text())
def test_percent_escapes_in_a_path_are_kept(text: str) -> None:
    assume(not any("\ud800" <= character <= "\udfff" for character in text))
    escaped = quote(text, safe="")
    assume(len(escaped) < 3_000)
    assert target(f"https://example.com/{escaped}").path == f"/{escaped}"
