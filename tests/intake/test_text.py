import codecs
import hashlib
import logging

import pytest

from sayso.errors import NotText
from sayso.intake.text import decode

ENGLISH = (
    "The ferry costs £4.2m a year, the mayor said. “It’s not much,” she told the council — "
    "“and people want it.” The harbour master had no comment to make on the sum. "
) * 3
FEW = "The ferry will stay where it is, the mayor of the town said on Tuesday. It costs £5m. " * 3
RUSSIAN = "Мэр города сказала во вторник, что паром останется. Совет ещё не собирался. " * 5

EXACT = [
    pytest.param("He said so.\r\nShe\rdid\n\nnot.\x0b\x0c\u2028\x85", id="newlines"),
    pytest.param("Nul: \0 said", id="NUL"),
    pytest.param("Cafe\u0301 👩\u200d🚀 ﬁne \u00a0½", id="combining and emoji"),
    pytest.param("a\ufeffb", id="mark in the middle"),
]


@pytest.mark.parametrize("text", EXACT)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_utf8_is_kept_as_it_is(text: str, mark: bytes) -> None:
    assert decode(mark + text.encode(), "a") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_tells(encoding: str) -> None:
    assert decode(("\ufeff" + ENGLISH).encode(encoding), "a") == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_seen_and_told(
    encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert decode(ENGLISH.encode(encoding), "old.txt") == ENGLISH
    assert [(r.name, r.levelno) for r in caplog.records] == [("sayso.intake", logging.WARNING)]
    assert f"old.txt: no encoding is stated; read as {encoding}" in caplog.text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (FEW, "cp1252"),
        (FEW, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (FEW * 5_000 + "The café stays.", "cp1252"),
    ],
)
def test_a_legacy_encoding_is_guessed_and_told(
    text: str, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert decode(text.encode(encoding), "old.txt") == text
    assert "old.txt: not UTF-8; the encoding is guessed to be" in caplog.text


def test_a_stated_encoding_is_no_guess(caplog: pytest.LogCaptureFixture) -> None:
    assert decode("Łódź said".encode("cp1250"), "a", "windows-1250") == "Łódź said"
    assert not caplog.records


@pytest.mark.parametrize("stated", ["iso-8859-1", "us-ascii"])
def test_latin1_means_what_it_does_in_browsers(stated: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), "a", stated) == ENGLISH


@pytest.mark.parametrize("stated", ["no-such", "base64", "ascii", ""])
def test_utf8_is_utf8_whatever_is_stated(stated: str) -> None:
    assert decode("“Łódź”".encode(), "a", stated) == "“Łódź”"


@pytest.mark.parametrize(
    "stated",
    ["no-such", "base64", "utf-8", "utf-7", "utf-16", "UTF-32LE", "unicode_escape", "idna"],
)
def test_what_python_can_not_decode_is_guessed(stated: str) -> None:
    assert decode(FEW.encode("cp1252"), "a", stated) == FEW


def test_utf8_cut_off_in_a_character(caplog: pytest.LogCaptureFixture) -> None:
    text = "“It’s not much,” she told the council — “and people want it.” " * 2
    assert decode((text + "”").encode()[:-1], "cut.txt") == text + "\ufffd"
    assert "cut.txt: damaged UTF-8" in caplog.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14", "a is a ZIP archive: unpack it"),
        (b"PK\x03\x04\x14 word/document.xml", "a Word document: copy its text, or save it"),
        (b"PK\x03\x04\x14 vnd.oasis.opendocument.text", "an OpenDocument text"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "a Word document"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf1 He said so.}", "rich text"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "not text in any known encoding"),
        (hashlib.shake_256().digest(20_000), "not text in any known encoding"),
        (b"He said so. \xff\xfe\xfd" + bytes(2) + b" It is. " * 20, "not text"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 90, "not text"),
        (bytes(range(256)) * 9, "not text"),
    ],
)
def test_binary(data: bytes, message: str) -> None:
    with pytest.raises(NotText, match=message):
        decode(data, "a")
