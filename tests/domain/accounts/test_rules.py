import pytest

from gauntlet.core.errors import InvalidInput
from gauntlet.domain.accounts import rules


@pytest.mark.parametrize(
    "text", ["", "nobody", "a@", "@b", "a b@example.com", "a@b@c", "a\0@example.com", "a@exa\nmple.com"]
)
def test_text_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rules.normal_email(text)
    assert caught.value.details["field"] == "email"


def test_address_is_kept_in_one_form() -> None:
    assert rules.normal_email("  Ana.Díaz@Example.COM ") == "ana.díaz@example.com"


def test_address_of_255_characters_is_refused_with_the_limit() -> None:
    with pytest.raises(InvalidInput, match="255 characters; at most 254"):
        rules.normal_email("a" * 243 + "@example.com")
    assert rules.normal_email("a" * 242 + "@example.com")


@pytest.mark.parametrize(("length", "limit"), [(0, 10), (9, 10), (201, 200)])
def test_password_outside_the_limits_is_refused_and_not_repeated(length: int, limit: int) -> None:
    password = "x7" * length
    with pytest.raises(InvalidInput, match=f"{length} characters.*{limit}") as caught:
        rules.check_password(password[:length])
    assert caught.value.details == {"field": "password", "limit": limit}


@pytest.mark.parametrize("length", [10, 200])
def test_password_at_the_limits_is_taken(length: int) -> None:
    rules.check_password("x" * length)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_attempts_are_counted_by_subscriber(address: str | None, counted_as: str) -> None:
    assert rules.network_of(address) == counted_as


def test_keys_are_fresh_and_start_with_what_may_be_shown() -> None:
    (first, prefix), (second, _) = rules.new_api_key(), rules.new_api_key()
    assert first != second
    assert first.startswith(f"{prefix}_")
    assert prefix.startswith("gk_")
    assert len(first) - len(prefix) > 40
