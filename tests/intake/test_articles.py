"""The front of the room: every kind of input, in order, none of them lost."""

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import (
    BadRecord,
    EmptyText,
    FetchFailed,
    FetchRefused,
    NotEnglish,
    NotText,
    SaysoError,
    TooLong,
    Unreadable,
)
from sayso.intake import Options, articles
from sayso.types import Article, Failure
from tests.intake.conftest import REPORT, Server, answer, page
from tests.intake.test_language import GERMAN

Results = list[Article | Failure]


def read(*inputs: str | Path, stdin: bytes = b"", **options: Any) -> Results:
    return list(articles(map(str, inputs), Options(**options), stdin=io.BytesIO(stdin)))


def texts(results: Iterable[Article | Failure]) -> list[str]:
    return [r.text if isinstance(r, Article) else r.error.code for r in results]


def failure(results: Results, error: type[SaysoError]) -> Failure:
    (result,) = results
    assert isinstance(result, Failure)
    assert type(result.error) is error
    return result


def write(path: Path, content: str | bytes = "Yes, he said.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "text", ["One.\r\nTwo.\n", "\0Nul.", "e\u0301 😀.", "{Agency} He said.", "[1]"]
)
def test_text_is_the_same_from_a_file_and_from_standard_input(tmp_path: Path, text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode()
    assert read(write(tmp_path / "a.txt", data), "-", stdin=data) == [Article(text), Article(text)]


def test_text_takes_title_date_and_publisher_from_the_caller() -> None:
    given = {"title": "T", "date": "2021-05-04", "publisher": "P"}
    assert read("-", stdin=b"Yes.", **given) == [Article("Yes.", **given)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.jsonl", "A.NDJSON", "a.json", "a"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    data = '\n{"text": "One.", "id": 1}\n{"text": "Two."}\n{"te'
    first, second, broken = read(write(tmp_path / name, data))
    assert (first, second) == (Article("One.", id=1), Article("Two."))
    assert isinstance(broken, Failure)
    assert (broken.input, broken.line) == (str(tmp_path / name), 4)


def test_json_lines_on_standard_input() -> None:
    assert texts(read("-", stdin=b'{"text": "One."}\n{"text": ')) == ["One.", "bad_record"]


def test_a_text_file_is_text_whatever_it_begins_with(tmp_path: Path) -> None:
    assert texts(read(write(tmp_path / "a.txt", '{"text": "One."}'))) == ['{"text": "One."}']


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "One."}]',
        '[\n  {\n    "text": "One."\n  }\n]',
        '\ufeff{\n  "text": "One."\n}',
        "[{}]",
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a"])
def test_json_that_is_no_json_lines(tmp_path: Path, name: str, text: str) -> None:
    bad = failure(read(write(tmp_path / name, text)), BadRecord)
    assert "one object a line" in bad.error.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize(("name", "error"), [("a.jsonl", NotText), ("a", BadRecord)])
def test_json_lines_in_another_encoding(
    tmp_path: Path, encoding: str, name: str, error: type[SaysoError]
) -> None:
    data = '{"text": "One."}\n{"text": "Two."}\n'.encode(encoding)
    assert "UTF-8" in failure(read(write(tmp_path / name, data)), error).error.message


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?>\n<rss version='2.0'><channel>He said so.</channel></rss>",
        "<rss version='2.0'><channel>He said so.</channel></rss>",
    ],
)
@pytest.mark.parametrize("name", ["a.xml", "a.txt"])
def test_xml_that_is_no_page(tmp_path: Path, name: str, text: str) -> None:
    assert "XML" in failure(read(write(tmp_path / name, text)), NotText).error.message


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.txt", "a"])
def test_pages(tmp_path: Path, name: str) -> None:
    assert texts(read(write(tmp_path / name, page(*REPORT)))) == ["\n\n".join(REPORT)]


def test_a_page_names_its_encoding(tmp_path: Path) -> None:
    head = '<meta charset="windows-1252">'
    path = write(tmp_path / "a.html", page(*REPORT, head=head).encode("cp1252"))
    assert texts(read(path)) == ["\n\n".join(REPORT)]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyText),
        (b" \r\n\t", EmptyText),
        (b"\xef\xbb\xbf", EmptyText),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), NotText),
        (GERMAN.encode() * 5, NotEnglish),
        (b"He said so. " * 1_000, TooLong),
        (b"<html><body></body></html>", EmptyText),
        (b'{"text": ', BadRecord),
    ],
)
def test_bad_input_is_named(data: bytes, error: type[SaysoError]) -> None:
    assert failure(read("-", stdin=data, max_chars=10_000), error).input == "-"


@pytest.mark.parametrize("name", ["a.csv", "A.TSV"])
def test_a_table_is_refused(tmp_path: Path, name: str) -> None:
    bad = failure(read(write(tmp_path / name, "title,text\nBells,One.\n")), BadRecord)
    assert "save it as JSON Lines" in bad.error.message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html"])
def test_an_empty_file_is_one_failure(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "")
    assert failure(read(path), EmptyText).input == str(path)


def test_a_file_is_read_up_to_a_bound_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.html.MAX_BYTES", 1_000)
    bad = failure(read(write(tmp_path / "a.txt", b"\xff" * 2_000), max_chars=10), TooLong)
    assert "1,000 bytes" in bad.error.message


def test_a_folder_in_order_with_its_folders(tmp_path: Path) -> None:
    for name in ("b/2.md", "a.txt", "b/10.text", "b/c/x.jsonl", "z.html", "b.txt"):
        content = {"jsonl": '{"text": "b/c/x.jsonl"}', "html": page("z.html")}
        write(tmp_path / name, content.get(name.rpartition(".")[2], name))
    for name in (".hidden.txt", ".git/a.txt", "notes.pdf", "b/Makefile", "script.py"):
        write(tmp_path / name, "never")
    expected = ["a.txt", "b/10.text", "b/2.md", "b/c/x.jsonl", "b.txt", "z.html"]
    assert texts(read(tmp_path)) == expected


def test_one_unreadable_file_costs_itself_only(tmp_path: Path) -> None:
    for n in range(1, 13):
        write(tmp_path / f"{n:02}.txt", f"Report {n}.")
    (tmp_path / "05b.txt").symlink_to("nowhere")
    results = read(tmp_path)
    bad = failure([results.pop(5)], Unreadable)
    assert bad.input == str(tmp_path / "05b.txt")
    assert texts(results) == [f"Report {n}." for n in range(1, 13)]


def test_links_that_go_round_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a/x.txt", "Once.")
    (tmp_path / "a/round").symlink_to(tmp_path, target_is_directory=True)
    assert texts(read(tmp_path)) == ["Once."]


def test_a_folder_that_will_not_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a/x.txt")
    write(tmp_path / "b.txt", "B.")
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if path.endswith("a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    bad, good = read(tmp_path)
    assert failure([bad], Unreadable).input == str(tmp_path / "a")
    assert texts([good]) == ["B."]


def test_an_error_in_the_middle_of_a_file_keeps_what_was_read(tmp_path: Path) -> None:
    class Torn(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().readline(size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.open", lambda *_: Torn(b'{"text": "One."}\n{"text": "Two."}'))
        results = read(write(tmp_path / "a.jsonl"))
    assert texts(results) == ["One.", "unreadable"]


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf")
    assert ".jsonl" in failure(read(tmp_path), Unreadable).error.message


def test_globs(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.txt", "e.md", ".f.txt"):
        write(tmp_path / name, name)
    assert texts(read(tmp_path / "*.txt")) == ["a.txt", "b.txt"]
    assert texts(read(tmp_path / "**/*.txt")) == ["a.txt", "b.txt", "c/d.txt"]
    assert texts(read(tmp_path / "[ce]*")) == ["c/d.txt", "e.md"]


def test_a_name_that_only_looks_like_a_glob(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Another.")
    assert texts(read(write(tmp_path / "[a].txt", "Brackets."))) == ["Brackets."]


@pytest.mark.parametrize("name", ["missing.txt", "missing*", "a\0b", "", "x" * 5_000])
def test_nothing_there(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert failure(read(name), Unreadable).input == name


def test_a_device_is_no_file() -> None:
    assert failure(read(os.devnull), Unreadable).input == os.devnull


@pytest.mark.skipif(sys.platform == "win32", reason="names there are always text")
def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    assert failure(read(name), Unreadable).input == f"{tmp_path}/\ufffd.txt"


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert failure(list(articles(["-"])), Unreadable).input == "-"


def test_standard_input_that_breaks() -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    bad = failure(list(articles(["-"], stdin=Broken())), Unreadable)
    assert "Is a directory" in bad.error.message


def test_an_address(server: Server) -> None:
    address = server.give("/a", answer(page(*REPORT).encode()))
    text = "\n\n".join(REPORT)
    host = address.split("/")[2]
    assert read(address, allow_private=True) == [Article(text, url=address, publisher=host)]
    assert failure(read(address), FetchRefused).input == address


def test_plain_text_at_an_address(server: Server) -> None:
    address = server.give("/a", answer("Café, he said.".encode("cp1252"), kind="text/plain"))
    assert read(address, allow_private=True) == [Article("Café, he said.", url=address)]


def test_data_at_an_address(server: Server) -> None:
    address = server.give("/a", answer(b'[{"text": "One."}]', kind="text/plain"))
    assert failure(read(address, allow_private=True), BadRecord).input == address


def test_an_address_with_no_page(server: Server) -> None:
    address = server.give("/a", answer(status="404 Not Found"))
    assert failure(read(address, allow_private=True), FetchFailed).input == address


def test_inputs_are_opened_one_by_one(tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", "One.")

    def inputs() -> Iterable[str]:
        yield str(first)
        yield str(write(tmp_path / "b.txt", "Two."))

    results = articles(inputs())
    assert texts([next(results)]) == ["One."]
    assert not (tmp_path / "b.txt").exists()
    assert texts(results) == ["Two."]


def test_a_very_long_article_is_read_whole(tmp_path: Path) -> None:
    text = "The mayor said that the ferry would stay. " * 21_428
    path = write(tmp_path / "a.txt", text)
    assert texts(read(path)) == [text]
