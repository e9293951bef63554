"""Times of saying, worked out from the day of publication (a Wednesday)."""

import pytest

from sayso.reader.dates import date_at, date_of
from sayso.reader.dates.named import time_of, whole_time

PUBLISHED = "2026-03-11"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("on Monday", "2026-03-09"),
        ("Wednesday night", "2026-03-11"),
        ("last Wednesday", "2026-03-04"),
        ("Tuesday's", "2026-03-10"),
        ("at 4am on Friday", "2026-03-06"),
        ("later on Sunday", "2026-03-08"),
        ("yesterday", "2026-03-10"),
        ("the day before yesterday", "2026-03-09"),
        ("last night", "2026-03-10"),
        ("this morning", "2026-03-11"),
        ("two days ago", "2026-03-09"),
        ("three weeks ago", "2026-W08"),
        ("two months ago", "2026-01"),
        ("12 years ago", "2014"),
        ("last week", "2026-W10"),
        ("earlier this week", "2026-W11"),
        ("last month", "2026-02"),
        ("earlier this month", "2026-03"),
        ("last year", "2025"),
        ("at the weekend", "2026-W10"),
        ("March 5", "2026-03-05"),
        ("on 5 March", "2026-03-05"),
        ("Nov. 28", "2025-11-28"),
        ("5 March 2019", "2019-03-05"),
        ("in March 2015", "2015-03"),
        ("in March", "2026-03"),
        ("in June", "2025-06"),
        ("last March", "2025-03"),
        ("in 2012", "2012"),
        ("last summer", "2025"),
        ("17:31", "2026-03-11"),
        ("11:20am", "2026-03-11"),
        ("4 p.m. GMT", "2026-03-11"),
        ("2026-03-02", "2026-03-02"),
        ("recently", None),
        ("earlier", None),
        ("on the eve of the vote", None),
        ("two days after the vote", None),
        ("in the last two weeks", None),
        ("before Monday", None),
        ("30 February 2020", None),
        ("at four", None),
        ("at 7:10 a.m.", None),
        ("between 2009 and 2012", None),
        ("", None),
    ],
)
def test_times_are_dated_as_precisely_as_the_words_allow(
    expression: str, expected: str | None
) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("on Monday before the vote", "2026-03-09"),
        ("Thursday, ahead of next week's vote", "2026-03-05"),
        ("this month before the March 24 vote", "2026-03"),
        ("the Monday before the vote", None),
        ("the weekend before the vote", None),
        ("on Monday after the vote", "2026-03-09"),
        ("after a lunch on Tuesday", "2026-03-10"),
        ("after the fire last month", None),
        ("following a vote in 2001", None),
        ("shortly after the vote in January", "2026-01"),
        ("hours after Monday's vote", None),
        ("the night after Monday's debate", None),
        ("in the days following Monday's vote", None),
        ("during a debate on Monday", "2026-03-09"),
        ("during the 2012 campaign", "2012"),
        ("on Monday at the 2012 memorial", "2026-03-09"),
        ("around noon on Tuesday", "2026-03-10"),
        ("shortly before midnight on Tuesday", "2026-03-10"),
        ("as recently as Friday", "2026-03-06"),
        ("in May of that year", None),
        ("on Monday the following week", None),
        ("the previous day", None),
        ("a week later, on Monday", None),
        ("later that Monday", None),
    ],
)
def test_the_day_of_saying_is_not_that_of_something_else(
    expression: str, expected: str | None
) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Tuesday and Wednesday", None),
        ("Monday through Friday", None),
        ("in April and May", None),
        ("in 2001, 2003 and 2005", None),
        ("the 2015-16 season", None),
        ("March 5 and 6", None),
        ("March 5 to 7", None),
        ("5-6 March 2019", "2019-03"),
        ("1 January to 5 March 2019", None),
        ("the weekend of March 7", None),
        ("every Monday", None),
        ("on Monday nights", None),
        ("over the past week", None),
        ("in the last week of February", "2026-02"),
        ("in his last year", None),
        ("in Ms Reed's first week", None),
    ],
)
def test_several_days_are_not_one(expression: str, expected: str | None) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Monday, March 9", "2026-03-09"),
        ("Tuesday 8 November 2016", "2016-11-08"),
        ("on the first Monday in March", "2026-03"),
        ("on March 5 last year", "2025-03-05"),
        ("February 6 – this year", "2026-02-06"),
        ("March 5 (2019)", "2019-03-05"),
        ("in June of last year", "2025-06"),
        ("in March two years ago", "2024-03"),
        ("four years ago today", "2022"),
        ("later last year", "2025"),
        ("on Monday last week", "2026-03-02"),
        ("last week on Thursday", "2026-03-05"),
        ("on Tuesday this week", "2026-03-10"),
        ("Sunday of last week", None),
        ("a week ago Monday", None),
        ("on Monday two weeks ago", None),
        ("the week before last", "2026-W09"),
        ("on Christmas Day", "2025-12-25"),
        ("on New Year’s Eve 2019", "2019-12-31"),
        ("2019-03-05T10:00Z", "2019-03-05"),
        ("in a Monday interview", "2026-03-09"),
    ],
)
def test_words_that_belong_together_name_one_time(expression: str, expected: str | None) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("two or three years ago", None),
        ("twenty-five years ago", None),
        ("1.5 years ago", None),
        ("half a year ago", None),
        ("more than a year ago", None),
        ("some two weeks ago", None),
        ("90 days ago", None),
        ("18 months ago", None),
        ("twenty years ago", "2006"),
        ("around 2012", None),
        ("in the 1960s", None),
        ("in the 1960's", None),
        ("at 1530 GMT", None),
        ("in 2050", None),
    ],
)
def test_a_rough_number_is_no_date(expression: str, expected: str | None) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("on March 20", None),
        ("on Dec. 20", "2025-12-20"),
        ("in April", None),
        ("last February", None),
        ("last April", "2025-04"),
        ("this June", None),
        ("this Friday", None),
        ("this Monday", "2026-03-09"),
        ("this past Wednesday", "2026-03-04"),
        ("Friday this week", None),
        ("this weekend", None),
        ("this past weekend", "2026-W10"),
        ("last fall", "2025"),
        ("last winter", None),
        ("this summer", "2026"),
        ("later this year", None),
        ("29 February", None),
    ],
)
def test_a_time_that_may_be_another_year_or_yet_to_come_is_none(
    expression: str, expected: str | None
) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "published", "expected"),
    [
        ("last weekend", "2026-03-14", "2026-W10"),
        ("over the weekend", "2026-03-14", "2026-W11"),
        ("this weekend", "2026-03-16", "2026-W11"),
        ("last spring", "2026-10-05", None),
        ("this past spring", "2026-10-05", "2026"),
        ("this past spring", "2026-03-11", None),
        ("on Monday last week", "2026-03-15", None),
        ("on Jan. 10", "2026-12-20", "2026-01-10"),
    ],
)
def test_what_near_words_mean_hangs_on_the_day_of_publication(
    expression: str, published: str, expected: str | None
) -> None:
    assert date_of(expression, published) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("when Theresa May resigned", None),
        ("when Theresa May resigned in May 2019", "2019-05"),
        ("at the Women’s March", None),
        ("after a march on Monday", "2026-03-09"),
        ("in MARCH 2015", "2015-03"),
        ("March the 5th", "2026-03-05"),
        ("when he sat down", None),
        ("in the Sun on Tuesday", "2026-03-10"),
        ("at Mar-a-Lago", None),
        ("on Super Tuesday", None),
        ("on Good Friday", None),
        ("on a Sunday", None),
        ("on the Friday", None),
        ("at the Monday hearing", "2026-03-09"),
        ("after Sept. 11", None),
        ("on Sept. 11, 2001", "2001-09-11"),
    ],
)
def test_words_that_only_look_like_a_day_are_none(expression: str, expected: str | None) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "9" * 200 + " years ago",
        "999 years ago",
        "0000-00-00",
        "99:99",
        "٣ March ٢٠٢٦",
        "\0\ud800",
        "on Monday " * 100_000,
    ],
)
@pytest.mark.parametrize("published", [PUBLISHED, "1500-01-01", "9999-12-31", "٢٠٢٦-03-11", None])
def test_nonsense_has_no_date(expression: str, published: str | None) -> None:
    assert date_of(expression, published) is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("on Monday", None),
        ("in 2012", "2012"),
        ("in March at the 2012 memorial", "2012"),
        ("5 March 2019", "2019-03-05"),
        ("March 5", None),
        ("17:31", None),
    ],
)
@pytest.mark.parametrize("published", [None, "", "spring 2026", "2026-02-31"])
def test_without_a_day_of_publication_only_years_tell(
    expression: str, expected: str | None, published: str | None
) -> None:
    assert date_of(expression, published) == expected


def test_an_iso_time_of_publication_will_do() -> None:
    assert date_of("yesterday", "2026-03-11T08:00:00Z") == "2026-03-10"


@pytest.mark.parametrize(
    ("published", "expected"), [("2026-01-01", "2025-W52"), ("2021-01-04", "2020-W53")]
)
def test_the_week_before_may_be_of_the_year_before(published: str, expected: str) -> None:
    assert date_of("last week", published) == expected


@pytest.mark.parametrize("expression", ["yesterday", "on Tuesday", "in May", "last year"])
def test_a_date_that_only_fills_a_field_tells_nothing(expression: str) -> None:
    assert date_of(expression, "0001-01-01") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burnt down on Monday. |That evening| she wept.", "2026-03-09"),
        ("The mill burnt down on Monday.\n\n|Later that day| she wept.", "2026-03-09"),
        ("On 5 March 2019 he left. |The next day|", "2019-03-06"),
        ("On 5 March 2019 he left. |the previous night|", "2019-03-04"),
        ("He left on Sunday. |Two days later|", "2026-03-10"),
        ("He left on Sunday. |two weeks earlier|", "2026-W08"),
        ("He left in May. |The next day|", "2025-05"),
        ("He left last week. |A day later|", "2026-W10"),
        ("It fell in 2018. |at the time|", "2018"),
        ("It fell in January. |then|", "2026-01"),
        ("It fell on 5 March 2019. |later that year|", "2019"),
        ("It fell on 5 March 2019. |in the same month|", "2019-03"),
        ("It fell on Monday. |that week|", "2026-W11"),
        ("He rose on Tuesday and wrote |at 4 a.m.|", "2026-03-10"),
        ("17:31 Gates open\nThe ferry said |at noon|", "2026-03-11"),
    ],
)
def test_a_time_may_lean_on_one_told_before(text: str, expected: str) -> None:
    assert _marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She wept |that evening|",
        "He left on Monday.\n\nIt rained.\n\nShe wept |that evening|",
        "The vote is next Tuesday. She wept |that evening|",
        "It fell on Monday. He was ill |at the time|",
        "It employed 2000 people |at the time|",
        "It employed 1600 in all |at the time|",
        "It fell in 2018. |that evening|",
        "It fell in 2018. |that month|",
        "It fell in January. |that week|",
        "It fell in January. |two days later|",
        "It fell yesterday. |two days later|",
        "He rose on Tuesday.\n\nHe wrote |at 4 a.m.|",
        "He rose on Tuesday and wrote |soon|",
    ],
)
def test_what_it_leans_on_must_be_sure(text: str) -> None:
    assert _marked(text) is None


def test_what_leans_has_no_date_without_a_day_of_publication() -> None:
    assert _marked("On 5 March 2019 he left. |The next day|", None) is None


def test_only_the_end_of_a_long_text_is_looked_at() -> None:
    assert _marked("On Monday he left. " + "x " * 500 + "|that day|") is None


def test_no_day_comes_before_the_first() -> None:
    assert _marked("On 1 January 1500, |30 weeks earlier|") == "1499-W23"


def _marked(text: str, published: str | None = PUBLISHED) -> str | None:
    """The date of what stands between bars."""
    before, words, after = text.split("|")
    place = len(before), len(before) + len(words)
    return date_at(before + words + after, place, published)


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        ("said last week that", "last", "last week"),
        ("said earlier this month", "earlier this", "earlier this month"),
        ("said on March 3 in", "March", "on March 3"),
        ("dated 3 February last year", "last year", "3 February last year"),
        ("told them on Tuesday night", "Tuesday", "on Tuesday night"),
        ("17:48 - Gates open", "17:", "17:48"),
        ("said two weeks ago", "two", "two weeks ago"),
        ("said in July. He", "July", "in July"),
        ("before the vote on Monday", "before the vote", "before the vote"),
    ],
)
def test_a_time_that_was_cut_is_made_whole(text: str, cut: str, expected: str) -> None:
    start = text.index(cut)
    low, high = whole_time(text, start, start + len(cut))
    assert text[low:high] == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("a report published on Tuesday by the guild", "on Tuesday"),
        ("the lawsuit, filed Wednesday", "Wednesday"),
        ("The deed, dated 3 February 2019,", "3 February 2019"),
        ("a letter from last July", "last July"),
        ("in his budget reply of 4 November", "4 November"),
        ("In a letter of 1911 to her sister", "1911"),
        ("a report of 1911 deaths", None),
        ("on the flood of 1911", None),
        ("a 2014 study", "2014"),
        ("In a May 4 letter", "May 4"),
        ("at Monday night’s debate", "Monday night’s"),
        ("the Friday ruling", "Friday"),
        ("the 1951 Harbour Convention", None),
        ("a poll to be released Friday", None),
        ("a note from Monday’s meeting", None),
        ("on Harbour Sunday", None),
        ("the report", None),
    ],
)
def test_a_document_or_an_occasion_names_its_time(phrase: str, expected: str | None) -> None:
    found = time_of("x" + phrase, [None, (1, 1 + len(phrase))])
    assert (found and ("x" + phrase)[slice(*found)]) == expected


@pytest.mark.parametrize(
    ("phrase", "after", "expected"),
    [
        ("in a report dated", " 4 March, which is long", "4 March"),
        ("in a report", " dated 4 March", None),
        ("in a report", " published on Monday", None),
    ],
)
def test_a_phrase_may_be_cut_before_its_time(phrase: str, after: str, expected: str | None) -> None:
    text = phrase + after
    found = time_of(text, [(0, len(phrase))])
    assert (found and text[slice(*found)]) == expected
