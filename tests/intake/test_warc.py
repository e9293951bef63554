import gzip
import io
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadRecord, NotText, SaysoError, TooLong, Unreadable
from sayso.intake import Options, articles, warc
from sayso.types import Article, Failure
from tests.intake.warcs import (
    MB,
    Hostile,
    answer,
    chunked,
    deflated_zeros,
    digest,
    members,
    outcomes,
    page,
    record,
    write_hostile,
)

REPORTS = [answer(page(n).encode(), kind="text/html; charset=utf-8") for n in range(3)]
RECORDS = [
    record(block, url=f"https://courier.example/{n}", fields=digest(block))
    for n, block in enumerate(REPORTS)
]
CHUNKED = ["Transfer-Encoding: chunked"]
DAMAGED = gzip.compress(b"x" * 999)[:-9] + b"?" * 9
REQUEST = record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
Result = Article | Failure


def results(data: bytes, **options: object) -> list[tuple[int, Result]]:
    return list(warc.articles(BytesIO(data), Options(**options), name="a.warc"))  # type: ignore[arg-type]


def only(block: bytes, **more: object) -> Result:
    ((_, result),) = results(record(block, **more))  # type: ignore[arg-type]
    return result


def outcome(result: Result) -> str:
    """The title of an article, the code of a failure."""
    return result.error.code if isinstance(result, Failure) else str(result.title)


def outcomes_of(data: bytes) -> list[str]:
    return [outcome(result) for _, result in results(data)]


def text_of(block: bytes, **more: object) -> str:
    result = only(block, **more)
    assert isinstance(result, Article), result
    return result.text


def refused(block: bytes, error: type[SaysoError], **more: object) -> str:
    result = only(block, **more)
    assert isinstance(result, Failure)
    assert type(result.error) is error
    return result.error.message


TEXT = text_of(REPORTS[0])


def test_a_page_with_all_that_it_says_of_itself() -> None:
    ((offset, article),) = results(RECORDS[0])
    assert offset == 0
    assert isinstance(article, Article)
    assert article.url == "https://courier.example/0"
    assert article.date == "2026-03-01"  # the page's own, not the day of the crawl
    assert article.title == "Café 0"
    assert "café 3 would stay. “We listened,” she told the council’s" in article.text


def test_the_caller_knows_better_than_the_page() -> None:
    ((_, article),) = results(RECORDS[0], publisher="P", date="2020-01-31", title="T")
    assert isinstance(article, Article)
    assert (article.publisher, article.date, article.title) == ("P", "2020-01-31", "T")


@pytest.mark.parametrize("kind", ["gzip", "zstd", "lz4", "gzip in one", "plain"])
def test_whatever_it_is_packed_with(kind: str) -> None:
    packed, whole = packing(kind)
    data = packed(b"".join(RECORDS)) if whole else b"".join(map(packed, [*RECORDS, REQUEST]))
    found = results(data)
    assert [outcome(result) for _, result in found] == ["Café 0", "Café 1", "Café 2"]
    offsets = [offset for offset, _ in found]
    assert sorted(set(offsets)) == offsets
    assert offsets[0] == 0


def packing(kind: str) -> tuple[Callable[[bytes], bytes], bool]:
    if kind == "plain":
        return bytes, False
    if kind.startswith("gzip"):
        return gzip.compress, kind == "gzip in one"
    stream_io = pytest.importorskip("fastwarc.stream_io")
    writer = stream_io.ZstdWriter if kind == "zstd" else stream_io.Lz4Writer

    def packed(data: bytes) -> bytes:
        out = BytesIO()
        made = writer(out)
        made.write(data)
        made.close()
        return out.getvalue()

    return packed, False


@pytest.fixture(scope="module")
def by_dictionary() -> tuple[bytes, list[bytes]]:
    """A dictionary, and members that can't be unpacked without it."""
    stream_io = pytest.importorskip("fastwarc.stream_io")
    samples = [record(answer(page(n).encode())) for n in range(300)]
    dictionary: bytes = stream_io.zstd_train_dictionary_from_samples(samples, 4_000)
    made = []
    for each in RECORDS:
        out = BytesIO()
        writer = stream_io.ZstdWriter(out, dictionary=dictionary)
        writer.write(each)
        writer.close()
        made.append(out.getvalue().removeprefix(frame(dictionary)))
    return dictionary, made


def frame(content: bytes) -> bytes:
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content


@pytest.mark.parametrize("pack", [bytes, lambda content: packing("zstd")[0](content)])
def test_zstd_with_a_dictionary_of_the_file(
    pack: Callable[[bytes], bytes], by_dictionary: tuple[bytes, list[bytes]]
) -> None:
    """Which may be packed itself. It is needed wherever the file is taken up."""
    dictionary, made = by_dictionary
    assert outcomes_of(b"".join(made)) != ["Café 0", "Café 1", "Café 2"]
    data = frame(pack(dictionary)) + b"".join(made)
    assert outcomes_of(data) == ["Café 0", "Café 1", "Café 2"]
    cuts = list(warc.cuts(BytesIO(data), len(made[0]) // 2 + len(frame(pack(dictionary)))))
    assert cuts == [len(data) - len(made[1] + made[2]), len(data) - len(made[2])][: len(cuts)]
    assert cuts
    parts = [
        outcome(result)
        for start, end in zip([0, *cuts], [*cuts, None], strict=True)
        for _, result in warc.articles(BytesIO(data), Options(), start=start, end=end)
    ]
    assert parts == ["Café 0", "Café 1", "Café 2"]


def test_damage_does_not_spread_where_there_is_a_dictionary(
    by_dictionary: tuple[bytes, list[bytes]],
) -> None:
    dictionary, (first, second, third) = by_dictionary
    damaged = second[:-20] + bytes(20)
    data = frame(dictionary) + first + damaged + third
    assert outcomes_of(data) == ["Café 0", "bad_record", "Café 2"]


def test_what_can_not_be_unpacked_here_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed, _ = packing("zstd")
    data = packed(RECORDS[0]) + packed(RECORDS[1])
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    ((_, failure),) = results(data)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, Unreadable)
    assert "sayso[scale]" in failure.error.message


@pytest.mark.parametrize(
    "block",
    [
        record(page().encode(), kind="metadata", content_type="text/html"),
        record(REPORTS[0], kind="revisit"),
        record(b"software: x\r\n", kind="warcinfo", content_type="application/warc-fields"),
        record(page().encode(), kind="conversion", content_type="text/plain"),
        record(b"a", content_type="text/dns", url="dns:courier.example"),
        record(answer(page().encode(), status="404 Not Found")),
        record(answer(b"", "Location: /b", status="301 Moved Permanently")),
        record(answer(b"%PDF-", kind="application/pdf")),
        record(answer(page().encode(), kind=None)),
        record(b"\x89PNG", kind="resource", content_type="image/png"),
        REQUEST,
    ],
)
def test_what_is_no_row(block: bytes) -> None:
    assert outcomes_of(RECORDS[0] + block + RECORDS[1]) == ["Café 0", "Café 1"]


def test_what_is_one() -> None:
    body = page().encode()
    assert text_of(body, kind="resource", content_type="text/html; charset=utf-8") == TEXT
    assert text_of(answer(body, kind="application/xhtml+xml")) == TEXT
    identified = "WARC-Identified-Payload-Type: text/html\r\n"
    assert text_of(answer(body, kind=None), fields=identified) == TEXT
    assert text_of(answer(b"He said so.", kind="text/plain")) == "He said so."


def test_a_page_that_the_crawler_cut_is_read_as_far_as_it_goes() -> None:
    block = answer(gzip.compress(page().encode())[:-20], "Content-Encoding: gzip")
    assert "breaks off" in refused(block, BadRecord)
    text = text_of(block, fields="WARC-Truncated: length\r\n")
    assert TEXT.startswith(text)
    assert len(text) > len(TEXT) / 2


@pytest.mark.parametrize(
    ("pack", "headers"),
    [
        (chunked, CHUNKED),
        (bytes, CHUNKED),  # the crawler took the chunks together
        (gzip.compress, ["Content-Encoding: gzip"]),
        (lambda b: gzip.compress(b[:99]) + gzip.compress(b[99:]), ["Content-Encoding: x-gzip"]),
        (lambda b: chunked(gzip.compress(b)), [*CHUNKED, "Content-Encoding: gzip"]),
        (lambda b: gzip.compress(gzip.compress(b)), ["Content-Encoding: gzip, gzip"]),
        (zlib.compress, ["Content-Encoding: deflate"]),
        (lambda b: zlib.compress(b, wbits=-15), ["Content-Encoding: deflate"]),
        (bytes, ["Content-Encoding: gzip"]),
        (bytes, ["Content-Encoding: deflate"]),
        (bytes, ["Content-Encoding: identity"]),
    ],
)
def test_encodings_are_undone(pack: Callable[[bytes], bytes], headers: list[str]) -> None:
    assert text_of(answer(pack(page().encode()), *headers)) == TEXT


def test_brotli_is_undone() -> None:
    stream_io = pytest.importorskip("fastwarc.stream_io")
    out = BytesIO()
    writer = stream_io.BrotliWriter(out)
    writer.write(page().encode())
    writer.close()
    assert text_of(answer(out.getvalue(), "Content-Encoding: br")) == TEXT
    assert text_of(answer(page().encode(), "Content-Encoding: br")) == TEXT
    refused(answer(out.getvalue()[:-40], "Content-Encoding: br"), BadRecord)


@pytest.mark.parametrize(
    ("block", "error", "message"),
    [
        (answer(b"x", "Content-Encoding: compress"), NotText, "compress"),
        (answer(b"x", "Content-Encoding: gzip, gzip, gzip, gzip"), NotText, "more often"),
        (answer(DAMAGED, "Content-Encoding: gzip"), BadRecord, "damaged"),
        (answer(b"5\r\nHe sa", *CHUNKED), BadRecord, "chunks"),
        (answer(b"\0\1\2" * 99), NotText, "no"),
    ],
)
def test_what_can_not_be_undone(block: bytes, error: type[SaysoError], message: str) -> None:
    assert message in refused(block, error)


@pytest.mark.parametrize(
    ("said", "true"), [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("cp1252", "cp1252")]
)
def test_the_encoding_is_what_it_is_and_not_what_is_said(said: str, true: str) -> None:
    assert text_of(answer(page().encode(true), kind=f"text/html; charset={said}")) == TEXT


def test_a_failure_says_where_it_is() -> None:
    ((_, _), (offset, failure)) = results(RECORDS[0] + record(answer(b"<html>")))
    assert isinstance(failure, Failure)
    assert failure.input == "a.warc"
    assert f"byte {offset:,} (https://courier.example/a)" in failure.error.message


BROKEN = {
    "no length": RECORDS[1].replace(b"Content-Length", b"Length"),
    "a length that is none": RECORDS[1].replace(b"Content-Length: ", b"Content-Length: x"),
    "a negative length": RECORDS[1].replace(b"Content-Length: ", b"Content-Length: -"),
    "too short a length": record(REPORTS[1], length=50),
    "too long a length": record(REPORTS[1], length=len(REPORTS[1]) + 400),
    "an endless length": record(REPORTS[1], length=10**14),
    "another beginning": RECORDS[1].replace(b"WARC/1.1", b"WXRC/1.1"),
    "an unknown type": RECORDS[1].replace(b"Type: response", b"Type: responze"),
    "a header without end": RECORDS[1][:70],
    "a line that is none": RECORDS[1].replace(b"WARC-Date: 2026-03-01T10:00:00Z", b"WARC-Date"),
    "another letter": RECORDS[1].replace(b"Quenby", b"Quemby"),
    "garbage": b"\x00garbage\r\n\r\n",
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_broken_record_costs_itself_only(name: str, pack: Callable[[bytes], bytes]) -> None:
    data = b"".join(map(pack, [RECORDS[0], BROKEN[name], RECORDS[2]]))
    assert outcomes_of(data) == ["Café 0", "bad_record", "Café 2"]


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - {"an endless length"}))
def test_so_it_does_among_others_in_one_member(name: str) -> None:
    data = gzip.compress(RECORDS[0] + BROKEN[name] + RECORDS[2]) + gzip.compress(RECORDS[1])
    assert outcomes_of(data) == ["Café 0", "bad_record", "Café 2", "Café 1"]


def test_a_broken_request_swallows_no_response() -> None:
    broken = record(b"GET /", kind="request", length=len(RECORDS[1]))
    assert outcomes_of(RECORDS[0] + broken + RECORDS[1]) == ["Café 0", "Café 1"]


@pytest.mark.parametrize("cut", [1, 5, 40, 300])
def test_a_tail_that_breaks_off(cut: int) -> None:
    whole = b"".join(map(gzip.compress, RECORDS))
    assert outcomes_of(whole[:-cut]) == ["Café 0", "Café 1", "bad_record"]
    assert outcomes_of(b"".join(RECORDS)[: -cut - 4]) == ["Café 0", "Café 1", "bad_record"]


@pytest.mark.parametrize("at", ["start", "middle", "end"])
def test_a_damaged_member_costs_itself_only(at: str) -> None:
    packed = [bytearray(gzip.compress(r)) for r in RECORDS]
    packed[1][{"start": 0, "middle": len(packed[1]) // 2, "end": -6}[at]] ^= 0xFF
    assert outcomes_of(b"".join(packed)) == ["Café 0", "bad_record", "Café 2"]


class Pipe(io.RawIOBase):
    """A stream that can't be gone back in."""

    def __init__(self, data: bytes) -> None:
        self._data = BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        return self._data.readinto(buffer)


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_gives_the_same(name: str, pack: Callable[[bytes], bytes]) -> None:
    data = b"".join(map(pack, [RECORDS[0], BROKEN[name], RECORDS[2]]))
    piped = warc.articles(io.BufferedReader(Pipe(data)), Options(), name="a.warc")
    assert [(o, outcome(r)) for o, r in piped] == [(o, outcome(r)) for o, r in results(data)]


def test_a_stream_that_fails_is_no_damage() -> None:
    class Failing(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("gone")

    for data in (RECORDS[0], packing("zstd")[0](RECORDS[0])):
        with pytest.raises(OSError, match="gone"):
            list(warc.articles(Failing(data), Options(), head=data[:8]))


def test_ranges_together_are_the_whole() -> None:
    cases = list(Hostile(3, large=11 * MB, bomb=11 * MB).cases(60))
    small = [case.member for case in cases if "bomb" not in case.kind and "large" not in case.kind]
    data = b"".join(small)
    cuts = list(warc.cuts(BytesIO(data), 2_000))
    assert len(cuts) > 5
    parts = [
        (offset, outcome(result))
        for start, end in zip([0, *cuts], [*cuts, None], strict=True)
        for offset, result in warc.articles(BytesIO(data), Options(), start=start, end=end)
    ]
    assert parts == [(offset, outcome(result)) for offset, result in results(data)]


def test_a_plain_file_is_cut_at_its_records() -> None:
    broken = record(REPORTS[0], length=3)
    data = b"".join([*RECORDS, broken, *RECORDS, b"no record", *RECORDS])
    cuts = list(warc.cuts(BytesIO(data), 2_000))
    assert len(cuts) > 2
    assert all(data[at:].startswith((b"WARC/1", b"no record")) for at in cuts)
    parts = [
        (offset, outcome(result))
        for start, end in zip([0, *cuts], [*cuts, None], strict=True)
        for offset, result in warc.articles(BytesIO(data), Options(), start=start, end=end)
    ]
    assert parts == [(offset, outcome(result)) for offset, result in results(data)]


def test_a_member_of_nothing_but_broken_records_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte of them is packed to a megabyte, and each would be a row."""
    monkeypatch.setattr(warc, "_MOST_LOST", 20)
    bomb = gzip.compress(b"WARC/1.0\r\nX-A" * 5_000)
    good = gzip.compress(RECORDS[0])
    assert outcomes_of(bomb + good) == ["bad_record"] * 20 + outcomes_of(good)


def test_what_has_no_members_is_not_cut() -> None:
    assert list(warc.cuts(BytesIO(gzip.compress(b"".join(RECORDS))), 10)) == []
    assert list(warc.cuts(BytesIO(b""), 10)) == []


def test_rows_that_are_intact_are_known_before_they_are_made() -> None:
    too_large = record(answer(b"x" * 10_000_001), url="https://courier.example/large")
    data = b"".join([*RECORDS, REQUEST, BROKEN["too short a length"], too_large, RECORDS[0]])
    found = [(row.offset, row.url) for row in warc.kept(BytesIO(data), Options()) if row.intact]
    assert found == [(o, r.url) for o, r in results(data) if isinstance(r, Article)]


def test_a_bomb_is_not_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.warc._MOST_SKIPPED", 3 * MB)
    monkeypatch.setattr("sayso.intake.html.MAX_BYTES", MB)
    bomb = answer(deflated_zeros(20 * MB), "Content-Encoding: gzip")
    head = answer(b"")
    endless = head + bytes(20 * MB)
    stream = members(RECORDS[0], record(bomb), record(endless), RECORDS[1])
    found = [result for _, result in warc.articles(stream, Options())]
    assert [outcome(r) for r in found] == ["Café 0", "too_long", "too_long", "Café 1"]
    assert isinstance(found[1], Failure)
    assert isinstance(found[1].error, TooLong)


def test_what_is_not_packed_may_be_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.warc._MOST_SKIPPED", 1_000)
    large = record(answer(bytes(MB), kind="video/mp4"))
    assert outcomes_of(RECORDS[0] + large + RECORDS[1]) == ["Café 0", "Café 1"]


def test_every_record_of_a_hostile_file_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "hostile.warc.gz"
    expected = write_hostile(path, 70, large=30 * MB, bomb=60 * MB)
    assert {row.kind for row in expected} >= {n for n in dir(Hostile) if n.startswith("bad_")}
    found, memory = outcomes(path)
    assert found == [(row.offset, row.code) for row in expected]
    assert memory < 400


DICTIONARY = b"\x5d\x2a\x4d\x18"
MAGICS = [b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"]
BEGINNINGS = [b"", b"WARC/1.1\r\n", DICTIONARY, *MAGICS]
GOOD = b"".join([*RECORDS, REQUEST])
GOOD_PACKED = b"".join(map(gzip.compress, [*RECORDS, REQUEST]))
STARTS = [len(b"".join(RECORDS[:n])) for n in range(4)]
STARTS_PACKED = [len(b"".join(map(gzip.compress, RECORDS[:n]))) for n in range(4)]


@settings(max_examples=60, deadline=None)
@given(
    packed=st.booleans(),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1),
)
def test_flipped_bytes_raise_nothing_and_lose_nothing_before_them(
    packed: bool, flips: list[tuple[float, int]]
) -> None:
    good, starts = (GOOD_PACKED, STARTS_PACKED) if packed else (GOOD, STARTS)
    data = bytearray(good)
    places = [int(place * len(good)) for place, _ in flips]
    for place, (_, mask) in zip(places, flips, strict=True):
        data[place] ^= mask
    found = results(bytes(data))
    whole = sum(1 for start in starts[1:] if start <= min(places))
    expected = [(start, f"Café {n}") for n, start in enumerate(starts[:whole])]
    assert [(o, outcome(r)) for o, r in found[:whole]] == expected
    offsets = [offset for offset, _ in found]
    assert offsets == sorted(set(offsets))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS))
def test_whatever_the_bytes_nothing_is_raised(data: bytes, start: bytes) -> None:
    found = results(start + data)
    assert all(isinstance(result, Failure) for _, result in found)
    assert bool(found) == bool(start + data) or start == DICTIONARY


def test_fastwarc_reads_the_same_of_what_is_whole() -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    theirs = fastwarc.ArchiveIterator(BytesIO(GOOD_PACKED), parse_http=False)
    urls = [
        (r.stream_pos, r.headers["WARC-Target-URI"]) for r in theirs if "resp" in str(r.record_type)
    ]
    assert [(o, r.url) for o, r in results(GOOD_PACKED) if isinstance(r, Article)] == urls


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "A.WARC.GZ"])
def test_files_by_their_ending(tmp_path: Path, name: str) -> None:
    packed = name.lower().endswith("gz")
    (tmp_path / name).write_bytes(GOOD_PACKED if packed else GOOD)
    (tmp_path / "other.gz").write_bytes(GOOD_PACKED)
    for given_name in (tmp_path, tmp_path / name):
        found = list(articles([str(given_name)]))
        assert [outcome(result) for result in found] == ["Café 0", "Café 1", "Café 2"]


def test_standard_input_by_its_beginning() -> None:
    found = list(articles(["-"], stdin=BytesIO(GOOD)))
    assert [outcome(result) for result in found] == ["Café 0", "Café 1", "Café 2"]


@pytest.mark.parametrize("data", [b"", REQUEST])
def test_a_file_without_a_row_is_a_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    (failure,) = articles([str(path)])
    assert outcome(failure) == "empty"


def test_only_a_batch_sifts() -> None:
    words = b"<p>The mayor said that it would stay.</p><p>Subscribe to continue reading</p>"
    data = record(answer(b"<html><body><article>" + words + b"</article></body></html>"))
    assert isinstance(results(data)[0][1], Article)
    ((_, failure),) = results(data, sift=True)
    assert outcome(failure) == "paywall"
