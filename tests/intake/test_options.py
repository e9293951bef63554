import pytest

from sayso.errors import UsageError
from sayso.intake import Options
from sayso.types import iso_day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-05-04", "2021-05-04"),
        ("2021-05-04T09:30:00Z", "2021-05-04"),
        ("2021-05-04 09:30:00 +0100", "2021-05-04"),
        (" 2021-05-04\n", "2021-05-04"),
        ("2021-02-29", None),
        ("2021-13-01", None),
        ("20210504", None),
        ("2021-W18-2", None),
        ("2021-05-04x", None),
        ("4 May 2021", None),
        ("٢٠٢١-٠٥-٠٤", None),
        ("", None),
    ],
)
def test_iso_day(value: str, day: str | None) -> None:
    assert iso_day(value) == day


@pytest.mark.parametrize("date", ["4 May 2021", "2021-05", "2021-05-04T09:30", ""])
def test_the_date_must_be_a_day(date: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        Options(date=date)


def test_the_limit_must_be_positive() -> None:
    with pytest.raises(UsageError, match="positive"):
        Options(max_chars=0)
