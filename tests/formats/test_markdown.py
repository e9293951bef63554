"""Markdown for notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sayso import Article, Entity, Failure, Reading, Span, Speaker, Statement, Unreadable
from sayso.formats.markdown import Markdown, escaped
from sayso.formats.plain import one_line


def test_speakers_with_what_they_said(reading: Reading) -> None:
    assert Markdown().result(reading) == (
        "## Bridge to reopen in April\n"
        "\n"
        "The Fen Courier, 2026-03-12, https://fen.example/bridge\n"
        "\n"
        "- **Ida Marsh** (person)\n"
        "  - *said*: “The bridge is safe,” (direct; on Tuesday, 2026-03-10)\n"
        "  - *told*: that the ramp would be rebuilt by April"
        " (indirect; to reporters; at a public meeting)\n"
        "  - *promised*: the work for Christmas (indirect; told by Tom Reed)\n"
        "- **Residents** (group)\n"
        "  - *believe*: it will take longer (indirect; thought)\n"
        "- **Tom Reed** (person)\n"
        "  - *said*: Marsh had promised the work for Christmas (indirect)\n"
        "  - *denied*: he had shouted (speaker doubtful, or The contractor?; mixed; denied)\n"
        "- **Speakers**\n"
        "  - **Ida Marsh** (person) · 3 statements · also called the county surveyor; Marsh\n"
        "  - **Residents** (group) · 1 statement\n"
        "  - **Tom Reed** (person) · 2 statements\n"
        "- **No answer**\n"
        "  - **The contractor**: did not respond to a request for comment (no response)\n"
        "\n"
    )


def test_an_article_that_quotes_nobody() -> None:
    bare = Reading("m", Article("Rain.", title="Wet"), ())
    assert Markdown().result(bare) == "## Wet\n\nNo statements found.\n\n"


def test_a_failure_stands_in_its_place() -> None:
    failure = Failure(Unreadable("<gone>"), input="a_b.txt")
    assert Markdown().result(failure) == "> **Not read: a\\_b.txt** – &lt;gone&gt;\n\n"


def test_names_in_the_list_of_speakers_are_words_and_short() -> None:
    article = Article("Rain.")
    who = Speaker("*x*" * 2000, "document", "e1", ("[a](b)",))
    said = Statement(
        id="s1", type="direct", said=True, source=(), cue=(), content=(), speakers=(who,),
        runner_up=Speaker("<i>", "person"),
    )  # fmt: skip
    mentions = (article.span(0, 4), Span(0, 4, "<b>" * 2000))
    shown = Markdown().result(
        Reading("m", article, (said,), (Entity("e1", "x", "document", mentions),))
    )
    line = shown.strip().rpartition("\n")[2]
    assert len(line) < 1000
    assert r"\[5,880 more characters\]** (document, by \[a\](b))" in line
    assert "also called Rain; &lt;b&gt;" in line
    assert "or &lt;i&gt;?" in shown
    assert "<" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Rain,” she said.", "“Rain,” she said."),
        ("[click](javascript:alert(1))", r"\[click\](javascript:alert(1))"),
        ("<script>1 & 2</script>", "&lt;script&gt;1 &amp; 2&lt;/script&gt;"),
        ("*bold* _it_ `code` ~no~", r"\*bold\* \_it\_ \`code\` \~no\~"),
        ("$5 and $6 | # x", r"\$5 and \$6 \| \# x"),
        ("back\\slash", r"back\\slash"),
        ("two\n\n# lines", r"two \# lines"),
        ("\x1b[31m", r"␛\[31m"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(st.sampled_from("ab .,!-+1)(\\`*_[]<>&#|~$=:/@\"'\n")))
def test_markdown_reads_it_back_as_it_was(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parseInline(escaped(text))
    (line,) = (token.children or [] for token in tokens)
    assert "".join(token.content for token in line) == one_line(text)
    assert {token.type for token in line} <= {"text", "text_special"}
