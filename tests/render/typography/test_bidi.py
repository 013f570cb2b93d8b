import pytest

from gauntlet.render.typography.bidi import visual_runs


def shown(text: str, *, base_rtl: bool) -> list[tuple[str, bool]]:
    return [(run.text.strip(), run.rtl) for run in visual_runs(text, base_rtl=base_rtl) if run.text.strip()]


def test_latin_line_is_one_run() -> None:
    assert shown("Hello 20 % world", base_rtl=False) == [("Hello 20 % world", False)]


def test_latin_name_at_an_arabic_lines_end_stands_at_the_left() -> None:
    assert shown("قهوة من Blue Fox", base_rtl=True) == [("Blue Fox", False), ("قهوة من", True)]


def test_percentage_reads_left_to_right_between_arabic_words() -> None:
    assert shown("خصم 20% اليوم", base_rtl=True) == [("اليوم", True), ("20%", False), ("خصم", True)]


def test_arabic_digits_keep_their_order() -> None:
    assert ("٢٠٪", False) in shown("خصم ٢٠٪ اليوم", base_rtl=True)


def test_arabic_word_in_a_latin_line_turns_only_itself() -> None:
    assert shown("say مرحبا بك now", base_rtl=False) == [("say", False), ("مرحبا بك", True), ("now", False)]


@pytest.mark.parametrize("base_rtl", [True, False])
@pytest.mark.parametrize("text", ["", " ", "a", "ش", "شa", "a1ش2b", "(ش) [a]", "1,5 ش", "ش-20", "\u064b"])
def test_no_character_is_lost(text: str, base_rtl: bool) -> None:
    runs = visual_runs(text, base_rtl=base_rtl)
    assert sorted("".join(run.text for run in runs)) == sorted(text)
