import pytest

from gauntlet.domain.jobs.downloads import file_stem


@pytest.mark.parametrize(
    ("client", "title", "stem"),
    [
        ("Blue Fox", "Wake up!", "blue-fox-wake-up"),
        ("Blue Fox", "Blue Fox Coffee", "blue-fox-coffee"),
        ("Blue", "Bluebird", "blue-bluebird"),
        ("Café Müller & Söhne", "Zuhause, endlich", "café-müller-söhne-zuhause-endlich"),
        ("../..", "a/b\\c", "a-b-c"),
        ("ブルー", "朝の一杯", "ブルー-朝の一杯"),
        ("!?", "…", "ad-7"),
        ("", "x" * 200, "x" * 80),
    ],
)
def test_files_are_called_after_client_and_ad(client: str, title: str, stem: str) -> None:
    assert file_stem(client=client, title=title, job_id=7) == stem
