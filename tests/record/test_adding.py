"""Each article once, each version kept, whole or not at all."""

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from sayso import Article, BadRecord, Reading, Span, Statement, errors
from sayso.record import Record, adding, articles, projection
from tests.record.build import Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh."
SAFE = Said(content="“The bridge is safe,”", by="Ida Marsh", source="Ida Marsh", cue="said")


def bridge(text: str = TEXT, **article: Any) -> Reading:
    return reading(text, [SAFE], **article)


def count(record: Record, what: str) -> int:
    return int(record.db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608


def test_a_reading_comes_out_as_it_went_in(record: Record) -> None:
    given = bridge(
        id=17,
        title="Bridge safe",
        date="2026-03-12",
        url="https://a.example/1",
        publisher="The Lantern",
        extra={"section": "News", "n": [1, None]},
    )
    added = record.add(given)
    assert (added.outcome, added.statements) == ("new", 1)
    assert record.reading(added.key) == given
    assert record.article(added.key[:6]).section == "News"


def test_the_same_twice_is_one(record: Record) -> None:
    first = record.add(bridge(publisher="The Lantern"))
    again = record.add(bridge(publisher="The Lantern"))
    assert (again.key, again.outcome) == (first.key, "known")
    assert count(record, "article") == count(record, "statement") == 1


def test_the_same_text_from_another_outlet_is_its_own_article(record: Record) -> None:
    keys = {record.add(bridge(publisher=name)).key for name in ("The Lantern", "The Lodestar")}
    assert len(keys) == 2
    assert (count(record, "article"), count(record, "text")) == (2, 1)


def test_another_text_at_the_address_is_a_new_version(record: Record) -> None:
    url = "https://a.example/1"
    old = record.add(bridge(url=url))
    new = record.add(bridge(TEXT + " She smiled.", url=url))
    assert (old.outcome, new.outcome) == ("new", "version")
    assert record.article(old.key).superseded_by == record.article(new.key).id
    assert record.article(new.key).superseded_by is None
    assert record.add(bridge(url=url)).outcome == "known"
    assert record.article(new.key).superseded_by is None


def test_a_version_that_was_printed_earlier_doesn_t_supersede(record: Record) -> None:
    url = "https://a.example/1"
    late = record.add(bridge(url=url, date="2026-03-13"))
    early = record.add(bridge(TEXT + " More soon.", url=url, date="2026-03-12"))
    assert early.outcome == "version"
    assert record.article(early.key).superseded_by == record.article(late.key).id
    assert record.article(late.key).superseded_by is None


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_addresses_are_none(record: Record, blank: str) -> None:
    record.add(bridge(url=blank, publisher=blank))
    other = record.add(bridge(TEXT + " She smiled.", url=blank, publisher=blank))
    assert other.outcome == "new"
    assert record.add(bridge()).outcome == "known"


def test_what_was_not_known_is_filled_in(record: Record) -> None:
    key = record.add(bridge()).key
    assert record.add(bridge(date="2026-03-12", title="Safe")).outcome == "updated"
    assert record.article(key).published == "2026-03-12"
    assert record.db.execute("SELECT day FROM statement").fetchone()["day"] == "2026-03-12"
    found = record.db.execute("SELECT count(*) FROM statement_words('facets:y2026')").fetchone()[0]
    assert found == 1


def test_what_is_known_stays(record: Record) -> None:
    key = record.add(bridge(date="2026-03-12")).key
    assert record.add(bridge(date="2026-03-20")).outcome == "known"
    assert record.add(bridge()).outcome == "known"
    assert record.article(key).published == "2026-03-12"


def test_another_model_s_reading_counts_when_it_comes(record: Record) -> None:
    key = record.add(bridge()).key
    newer = reading(TEXT, [replace(SAFE, content="“The bridge is safe,” said")], model="hand-2")
    assert record.add(newer).outcome == "updated"
    assert record.reading(key).model == "hand-2"
    assert count(record, "reading") == 2
    assert record.add(bridge()).outcome == "updated"
    assert record.reading(key).model == "hand-1"
    assert count(record, "statement") == 1


def test_what_is_known_need_not_be_read(record: Record) -> None:
    article = Article(TEXT, publisher="The Lantern")
    assert record.known(article, "hand-1") is None
    added = record.add(bridge(publisher="The Lantern"))
    found = record.known(article, "hand-1")
    assert found == replace(added, outcome="known")
    assert record.known(article, "hand-2") is None


def test_lone_surrogates_in_names_are_replaced(record: Record) -> None:
    key = record.add(bridge(title="a\ud800b", publisher="c\udfffd", extra={"x": "\ud800"})).key
    assert record.article(key).title == "a�b"
    assert record.reading(key).article.extra == {"x": "�"}


HOSTILE = "\x00\x1b[2J\r\n“It’s 1' OR '1'='1; DROP TABLE text; --,” said Ida Marsh. 🌉\x00"


def test_hostile_text_is_kept_to_the_byte(record: Record) -> None:
    content = "“It’s 1' OR '1'='1; DROP TABLE text; --,”"
    key = record.add(reading(HOSTILE, [Said(content=content, by="Ida Marsh")])).key
    assert record.reading(key).article.text == HOSTILE
    assert list(record.fsck()) == []


def test_what_can_t_be_json_is_no_record(record: Record) -> None:
    with pytest.raises(BadRecord, match="JSON"):
        record.add(bridge(extra={"x": {1, 2}}))


def beyond(text: str) -> Reading:
    span = Span(0, 99, text)
    statement = Statement(id="s1", type="direct", said=True, source=(), cue=(), content=(span,))
    return Reading("hand-1", Article(text), (statement,))


def twice(text: str) -> Reading:
    once = bridge(text)
    return replace(once, statements=once.statements * 2)


@pytest.mark.parametrize(("wrong", "message"), [(beyond, "span from 0 to 99"), (twice, "two of")])
def test_what_is_no_reading_is_refused(record: Record, wrong: Any, message: str) -> None:
    with pytest.raises(BadRecord, match=message):
        record.add(wrong(TEXT))
    assert count(record, "article") == 0


def test_an_article_is_whole_or_not_there(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("torn")

    monkeypatch.setattr(projection, "_index", fail)
    with pytest.raises(errors.RecordFailed):
        record.add(bridge())
    for table in ("article", "text", "reading", "entity", "statement", "person"):
        assert count(record, table) == 0
    monkeypatch.undo()
    assert record.add(bridge()).outcome == "new"


def test_a_full_disk(record: Record) -> None:
    record.add(bridge())
    pages = record.db.execute("PRAGMA page_count").fetchone()[0]
    record.db.execute(f"PRAGMA max_page_count = {pages + 20}")
    stored = 1

    def fill() -> None:
        nonlocal stored
        while True:
            record.add(bridge(f"{TEXT} {stored}" * 50))
            stored += 1

    with pytest.raises(errors.RecordFull, match="what is stored is safe"):
        fill()
    assert count(record, "article") == stored
    assert list(record.fsck()) == []
    record.db.execute("PRAGMA max_page_count = 100000")
    assert record.add(bridge(f"{TEXT} {stored}" * 50)).outcome == "new"


# ---- by the ids that people see


def test_an_article_by_the_beginning_of_its_id(record: Record) -> None:
    key = record.add(bridge()).key
    assert record.article(key[:6].upper()).key == key


@pytest.mark.parametrize("key", ["", "12345", "xyzxyz", "0" * 17, "Ida Marsh", "000000"])
def test_no_such_article(record: Record, key: str) -> None:
    record.add(bridge())
    with pytest.raises(errors.NotInRecord):
        record.article(key)


def test_an_id_that_means_several(record: Record) -> None:
    for n in range(2):
        record.add(bridge(url=f"https://a.example/{n}"))
    record.db.execute("UPDATE article SET key = printf('abcdef%010d', id)")
    with pytest.raises(errors.Ambiguous, match="more digits"):
        record.article("abcdef")


def test_a_statement_by_its_id(record: Record) -> None:
    key = record.add(bridge()).key
    assert articles.find_statement(record.db, f"{key[:8]}/s1")["name"] == "s1"
    with pytest.raises(errors.NotInRecord, match="KEY/s3"):
        articles.find_statement(record.db, f"{key}/s2")


def test_a_damaged_text_is_never_given_out(record: Record) -> None:
    key = record.add(bridge()).key
    record.db.execute("UPDATE text SET body = CAST(replace(body, 'safe', 'sure') AS BLOB)")
    with pytest.raises(errors.RecordDamaged):
        record.reading(key)


def test_the_key_is_the_text_s_the_outlet_s_and_the_address_s() -> None:
    made = {
        adding.article_key(Article(text, url=url, publisher=outlet, title=title))
        for text in ("a", "b")
        for url in (None, "c")
        for outlet in (None, "c")
        for title in ("x", "y")
    }
    assert len(made) == 8


def test_a_reading_made_with_another_day_is_not_kept(record: Record) -> None:
    first = replace(SAFE, date="2026-11-19")
    wrong = replace(SAFE, date="2026-10-01")
    key = record.add(reading(TEXT, [first], date="2026-11-20")).key
    for model in ("hand-1", "hand-2"):
        given = reading(TEXT, [wrong], date="2026-10-02", title="Bridge", model=model)
        added = record.add(given)
        assert added.printed == "2026-11-20"
    found = record.reading(key)
    assert (found.model, found.article.title, found.article.date) == (
        "hand-1",
        "Bridge",
        "2026-11-20",
    )
    assert found.statements[0].date == "2026-11-19"
    assert record.search("bridge").hits[0].title == "Bridge"
    without = record.add(reading(TEXT, [SAFE], model="hand-2"))
    assert (without.outcome, without.printed) == ("known", None)


def test_an_article_is_read_with_the_day_that_is_known(record: Record) -> None:
    record.add(bridge(date="2026-11-20"))
    assert record.dated(Article(TEXT, date="2026-10-02")).date == "2026-11-20"
    assert record.dated(Article(TEXT)).date == "2026-11-20"
    assert record.dated(Article("No.", date="2026-10-02")).date == "2026-10-02"
