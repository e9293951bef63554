"""Words that are looked for in a text, as an expression would find them, and never slowly."""

import random
import re
import time

import pytest

from sayso.record.standing import standing

MARKS, DASHES = "\"'`´‘’‚‛“”„‟«»‹›", "-‐‑‒–—−"


def by_expression(text: str, words: str) -> list[tuple[int, int]]:
    def sign(char: str) -> str:
        alike = next((signs for signs in (DASHES, MARKS) if char in signs), "")
        return f"[{re.escape(alike)}]" if alike else re.escape(char)

    made = r"\s+".join("".join(map(sign, part)) for part in words.split())
    before = r"(?<!\w)" if words.split()[0][0].isalnum() else ""
    after = r"(?!\w)" if words.split()[-1][-1].isalnum() else ""
    return [m.span() for m in re.finditer(f"{before}{made}{after}", text)]


def test_as_an_expression_finds_them() -> None:
    draw = random.Random(5)
    found = 0
    for _ in range(3_000):
        text = "".join(draw.choices("ab  \n\t\u00a0“'-—_9", k=draw.randint(0, 40)))
        words = "".join(draw.choices('ab  \n"’–9', k=draw.randint(1, 6)))
        if not words.split():
            assert list(standing(text, words)) == []
            continue
        spans = list(standing(text, words))
        assert [(s.start, s.end) for s in spans] == by_expression(text, words)
        assert all(s.text == text[s.start : s.end] for s in spans)
        found += len(spans)
    assert found > 1_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a " * 200_000, "a " * 9_000 + "b"),
        ("a " * 200_000 + "ab", "a " * 9_000 + "a"),
        ("a" * 400_000, "a" * 20_000),
        ("a\n \n" * 100_000, "a " * 5_000 + "c"),
        ("--" * 200_000, "-" * 19_999 + "a"),
        ("'a" * 200_000, "'a" * 9_000),
    ],
)
def test_what_repeats_itself_takes_no_longer(text: str, words: str) -> None:
    began = time.process_time()
    list(standing(text, words))
    assert time.process_time() - began < 2
