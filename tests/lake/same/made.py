"""A made lake with its truth: which articles are copies, which statements are one utterance.

Utterances and stories are the bundled reports' with other names, numbers and many other words.
Each is printed once or by several outlets, as outlets do: cut, in other quotation marks, turned
into indirect speech, with the speaker named otherwise, rewritten at its start. Beside them stand
what is like them and not the same: another number, a "not", somebody else, another week, stock
phrases, reports from one template, round-ups. The same seed makes the same lake.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from functools import cache
from typing import Any

from sayso.lake.files import encoded
from sayso.lake.manifest import Entry, File, Lake
from sayso.lake.schema import file_name, month
from sayso.lake.store import Store
from sayso.record.check.lexicon import listed
from tests.golden.golden import EXPECTED, REPORTS, lines

Row = dict[str, Any]
Truth = dict[tuple[str, ...], int]

FIRST, DAYS, OUTLETS = Day(2024, 1, 1), 500, 30
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had)\b")
_SMALL = listed(
    """
    about after again against because been before being between both could does doing down
    during each from further have having here into itself more most never nobody nothing once
    only other over same should some such than that their them then there these they this those
    through under until very were what when where which while will with would your
    hundred thousand million half first second third last next three four five seven eight nine
    eleven twelve monday tuesday wednesday thursday friday saturday sunday
    """
)
_SYLLABLES = tuple(
    a + b
    for a in ("b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "r", "st", "t")
    for b in ("a", "e", "i", "o", "u", "ar", "en", "il")
)
STOCK = (
    "We are looking into it",
    "No stone will be left unturned",
    "Our thoughts are with the family",
    "We do not comment on individual cases",
    "Lessons will be learned",
    "This is a matter for the police",
    "We take all complaints very seriously",
    "It would be inappropriate to comment further",
    "Safety is our first priority",
    "An investigation is under way",
)


@dataclass(frozen=True)
class Made:
    """Rows of the lake's tables, and for each the number of what it is a printing of."""

    rows: dict[str, list[Row]]
    truth: dict[str, Truth]


def made(seed: int, *, statements: int, articles: int) -> Made:
    """About so many of each."""
    said, truth_said = _statements(random.Random(f"said {seed}"), statements)
    told, truth_told = _articles(random.Random(f"told {seed}"), articles)
    return Made(
        {"articles": told, "statements": said}, {"articles": truth_told, "statements": truth_said}
    )


def write(made: Made, folder: str, *, shards: int = 3, seed: int = 0) -> Lake:
    """The rows as a lake; another seed deals them to the shards in another way."""
    lake = Lake.create(Store(folder), "made-1")
    draw = random.Random(seed)
    dealt: dict[str, list[tuple[str, Row]]] = {f"{n:016x}": [] for n in range(shards)}
    for table, rows in made.rows.items():
        for row in rows:
            dealt[draw.choice(list(dealt))].append((table, row))
    for key, rows_ in dealt.items():
        files = list(_files(lake.store, key, rows_))
        counts = {t: sum(f.rows for f in files if f.table == t) for t in ("articles", "statements")}
        lake.commit(
            Entry(
                key=key, files=tuple(files), rows=counts["articles"], failures=0, words=0, **counts
            )
        )
    return lake


def _files(store: Store, key: str, rows: Sequence[tuple[str, Row]]) -> Any:
    parts: dict[tuple[str, str | None], list[Row]] = {}
    for table, row in rows:
        printed = row["date"] if table == "articles" else row["printed"]
        parts.setdefault((table, month(printed)), []).append(row)
    for (table, when), part in parts.items():
        name, data = file_name(table, when, key), encoded(table, part)
        store.put(name, data)
        yield File(name, len(part), len(data))


# ---- words


@cache
def _contents() -> list[str]:
    """What is said in the bundled reports, as a careful reader marks it."""
    told = (" ".join(s["content"]) for r in lines(EXPECTED) for s in r["statements"])
    return [text for text in map(_bare, told) if len(text.split()) > 3]


def _bare(text: str) -> str:
    return re.sub("[‘’“”\"']+(?=\\W|$)|(?<!\\w)[‘’“”\"']+", "", text).strip(" .,;")


@cache
def _reports() -> list[list[str]]:
    found = (r["text"] for path in REPORTS for r in lines(path))
    return [[p for p in text.split("\n") if p.strip()] for text in found]


@cache
def _vocabulary() -> list[str]:
    every = {w for report in _reports() for p in report for w in _TOKEN.findall(p)}
    return sorted(w for w in every if w.islower() and len(w) > 3 and w not in _SMALL)


def _name(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _person(draw: random.Random) -> tuple[str, str]:
    return _name(draw, 2), _name(draw, 3)


def _varied(text: str, draw: random.Random, share: float, names: dict[str, str]) -> str:
    """With other names, other numbers, and a share of other words."""

    def other(token: re.Match[str]) -> str:
        word = token[0]
        if word.isdigit():
            return str(draw.randrange(2, 10 ** max(2, len(word))))
        if word[0].isupper() and token.start() and word.lower() not in _common():
            return names.setdefault(word, _name(draw, 3))
        if word.islower() and len(word) > 3 and word not in _SMALL and draw.random() < share:
            return draw.choice(_vocabulary())
        return word

    return _TOKEN.sub(other, text)


@cache
def _common() -> frozenset[str]:
    every = (w for report in _reports() for p in report for w in _TOKEN.findall(p))
    return frozenset(w for w in every if w.islower())


# ---- statements


@dataclass(frozen=True)
class _Utterance:
    number: int
    words: str
    first: str
    last: str
    body: str
    day: int


class _Sayings:
    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.rows: list[Row] = []
        self.truth: Truth = {}
        self._people = [
            (*_person(draw), f"{_name(draw, 3)} {draw.choice(_BODIES)}") for _ in range(400)
        ]
        self._count = 0

    def utterance(
        self, words: str, who: _Utterance | None = None, day: int | None = None
    ) -> _Utterance:
        self._count += 1
        first, last, body = (
            self._people[int(len(self._people) * self.draw.random() ** 2)]
            if who is None
            else (who.first, who.last, who.body)
        )
        return _Utterance(
            self._count, words, first, last, body,
            self.draw.randrange(DAYS) if day is None else day,
        )  # fmt: skip

    def print(self, of: _Utterance, words: str, *, later: int = 0, denied: bool = False) -> None:
        draw, number = self.draw, len(self.rows)
        row = f"{number // 1000:08x}{draw.randrange(1 << 32):08x}-{number:06d}"
        day = FIRST + timedelta(days=of.day + later)
        outlet = draw.randrange(OUTLETS)
        known = draw.random() < 0.5
        self.truth[row, "s1"] = of.number
        self.rows.append(
            {
                "row": row,
                "id": "s1",
                "type": "direct",
                "said": True,
                "denied": denied,
                "speakers": _speakers(of, draw),
                "content_text": words,
                "date": (FIRST + timedelta(days=of.day)).isoformat() if known else None,
                "printed": None if draw.random() < 0.01 else day.isoformat(),
                "publisher": f"Outlet {outlet}",
                "url": f"https://outlet-{outlet}.example/{number}",
                "title": None,
            }
        )


_PEOPLE = 400
_BODIES = ("Council", "Trust", "Police", "Association", "Railway")


def _speakers(of: _Utterance, draw: random.Random) -> list[Row]:
    name, kind = f"{of.first} {of.last}", "person"
    chance = draw.random()
    if chance < 0.04:
        return []
    if chance < 0.1:
        name, kind = f"a spokesman for {of.body}", "unnamed"
    elif chance < 0.14:
        name, kind = of.body, "organisation"
    elif chance < 0.24:
        name = of.last
    elif chance < 0.3:
        name = f"{of.first[0]}. {of.last}"
    elif chance < 0.45:
        name = f"{draw.choice(('Dr', 'Councillor', 'Sir', 'Minister'))} {name}"
    return [{"name": name, "kind": kind, "entity": None, "by": []}]


def _statements(draw: random.Random, count: int) -> tuple[list[Row], Truth]:
    sayings = _Sayings(draw)
    while len(sayings.rows) < count:
        if draw.random() < 0.06:
            _stock(sayings)
            continue
        said = sayings.utterance(_content(draw))
        _printed_often(sayings, said)
        if draw.random() < 0.25:
            draw.choice(_DECOYS)(sayings, said)
    return sayings.rows, sayings.truth


def _content(draw: random.Random) -> str:
    """Four to sixty words."""
    parts = [draw.choice(_contents()) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    text = ". ".join(_varied(p, draw, 0.45, {}) for p in parts)
    words = text.split()
    if draw.random() < 0.2:
        words = words[: draw.randrange(4, 8)]
    return " ".join(words[:60])


def _printed_often(sayings: _Sayings, said: _Utterance) -> None:
    draw = sayings.draw
    times = 1 if draw.random() < 0.5 else min(2 + int(draw.expovariate(0.5)), 15)
    sayings.print(said, _quoted(said.words, draw))
    long = len(said.words.split()) > 18
    for _ in range(times - 1):
        later = draw.randrange(4) if not long or draw.random() < 0.85 else draw.randrange(400)
        words = said.words
        for change in draw.sample(_CHANGES, draw.choice((0, 1, 1, 2))):
            words = change(words, draw)
        sayings.print(said, _quoted(words, draw), later=later)


def _stock(sayings: _Sayings) -> None:
    """A phrase that everybody uses: each time it is another utterance, by one outlet or three."""
    draw = sayings.draw
    said = sayings.utterance(draw.choice(STOCK))
    for day in (said.day, said.day + draw.randrange(3, 60)):
        again = sayings.utterance(said.words, said, day)
        for _ in range(draw.choice((1, 1, 2, 3))):
            sayings.print(again, _quoted(again.words, draw))


def _quoted(words: str, draw: random.Random) -> str:
    opening, closing = draw.choice((("“", "”"), ("‘", "’"), ('"', '"'), ("", ""), ("«", "»")))
    words = words.replace("'", "’") if draw.random() < 0.5 else words.replace("’", "'")
    return f"{opening}{words[:1].upper()}{words[1:]}{draw.choice(('', ',', '.', '…'))}{closing}"


def _cut(words: str, draw: random.Random) -> str:
    """A run of the words that holds their middle: so any two cuts have words in common."""
    each = words.split()
    if len(each) < 8:
        return words
    middle = len(each) // 2
    start, end = draw.randrange(0, middle - 2), draw.randrange(middle + 2, len(each) + 1)
    return " ".join(each[start:end])


def _indirect(words: str, _draw: random.Random) -> str:
    turned = {"I": "she", "we": "they", "our": "their", "my": "her", "will": "would", "is": "was",
              "are": "were", "have": "had", "has": "had", "can": "could", "me": "her", "us": "them",
              "we’ve": "they had", "I’m": "she was"}  # fmt: skip
    return " ".join(turned.get(w, w) for w in words.split())


def _fronted(words: str, draw: random.Random) -> str:
    """The report's own words before a part that is quoted."""
    led = draw.choice(("the plan", "that the matter", "what they had done", "the council’s offer"))
    return f"{led} “{words}”"


def _misprinted(words: str, draw: random.Random) -> str:
    each = words.split()
    n = draw.randrange(len(each))
    word = each[n]
    if word.isalpha() and len(word) > 5:
        at = draw.randrange(1, len(word) - 1)
        each[n] = word[:at] + word[at + 1 :]
    return " ".join(each)


def _interrupted(words: str, draw: random.Random) -> str:
    """The attribution set into the middle: two spans."""
    each = words.split()
    at = len(each) // 2
    return f"{' '.join(each[:at])},” … “{' '.join(each[at:])}"


def _contracted(words: str, _draw: random.Random) -> str:
    for long, short in (
        ("do not", "don’t"),
        ("I am", "I’m"),
        ("we are", "we’re"),
        ("not ", "not "),
    ):
        words = words.replace(long, short)
    return words.replace("per cent", "%").replace("ise ", "ize ")


_CHANGES: list[Callable[[str, random.Random], str]] = [
    _cut, _cut, _indirect, _fronted, _misprinted, _interrupted, _contracted,
]  # fmt: skip


# What is like an utterance and is another


def _other_number(sayings: _Sayings, said: _Utterance) -> None:
    draw = sayings.draw
    if re.search(r"\d", said.words):
        words = re.sub(
            r"\d+", lambda m: str(int(m[0]) + draw.randrange(1, 90)), said.words, count=1
        )
    else:
        each = said.words.split()
        each[len(each) // 2 : len(each) // 2] = [str(draw.randrange(2, 99))]
        words = " ".join(each)
    _decoy(sayings, said, words)


def _with_not(sayings: _Sayings, said: _Utterance) -> None:
    words = _AUXILIARY.sub(r"\1 not", said.words, count=1)
    _decoy(sayings, said, words if words != said.words else f"it is not true that {words}")


def _other_weekday(sayings: _Sayings, said: _Utterance) -> None:
    each = said.words.split()
    at = len(each) // 2
    for day in ("Monday", "Thursday"):
        words = " ".join((*each[:at], "on", day, *each[at:]))
        _decoy(sayings, said, words)


def _somebody_else(sayings: _Sayings, said: _Utterance) -> None:
    words = " ".join(said.words.split()[:14])
    other = sayings.utterance(words, day=said.day)
    if other.last != said.last:
        sayings.print(other, _quoted(words, sayings.draw), later=sayings.draw.randrange(3))


def _another_day(sayings: _Sayings, said: _Utterance) -> None:
    """The same few words by the same speaker, weeks later."""
    draw = sayings.draw
    words = " ".join(said.words.split()[: draw.randrange(4, 8)])
    later = sayings.utterance(words, said, said.day + draw.randrange(20, 200))
    sayings.print(later, _quoted(words, draw))


def _denied(sayings: _Sayings, said: _Utterance) -> None:
    other = sayings.utterance(said.words, said, said.day)
    sayings.print(other, _quoted(said.words, sayings.draw), denied=True)


def _decoy(sayings: _Sayings, said: _Utterance, words: str) -> None:
    other = sayings.utterance(words, said, said.day)
    sayings.print(other, _quoted(words, sayings.draw), later=sayings.draw.randrange(3))


_DECOYS = (_other_number, _with_not, _other_weekday, _somebody_else, _another_day, _denied)


# ---- articles


def _articles(draw: random.Random, count: int) -> tuple[list[Row], Truth]:
    stories = _Stories(draw)
    while len(stories.rows) < count:
        kind = draw.random()
        story = stories.story(0.0 if kind < 0.15 else 0.35)
        stories.print(story, story.paragraphs)
        for _ in range(0 if draw.random() < 0.55 else min(1 + int(draw.expovariate(0.5)), 12)):
            stories.copy(story)
        if kind > 0.9:
            stories.follow_up(story)
        if kind > 0.96:
            stories.round_up()
    return stories.rows, stories.truth


@dataclass(frozen=True)
class _Story:
    number: int
    title: str
    paragraphs: list[str]
    day: int


_FOOTERS = [
    f"Sign up to our newsletter for the best of {place}, every morning at seven. Support our "
    "reporting: without readers who pay for it, nobody would sit in the council chamber until "
    "midnight. Write to the editor at our office, giving your name and where you live."
    for place in ("the county", "the coast", "the valley")
]


class _Stories:
    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.rows: list[Row] = []
        self.truth: Truth = {}
        self._count = 0
        self._briefs: list[str] = []

    def story(self, share: float) -> _Story:
        """A report with other names and numbers, and a share of other words: at 0 no more than
        another report from the same template."""
        draw, self._count = self.draw, self._count + 1
        names: dict[str, str] = {}
        paragraphs = [_varied(p, draw, share, names) for p in draw.choice(_reports())]
        self._briefs.append(paragraphs[min(2, len(paragraphs) - 1)])
        return _Story(self._count, paragraphs[0], paragraphs[1:], draw.randrange(DAYS))

    def print(
        self, story: _Story, paragraphs: Sequence[str], title: str = "", later: int = 0
    ) -> None:
        draw, number = self.draw, len(self.rows)
        outlet = draw.randrange(OUTLETS)
        footer = [_FOOTERS[outlet % 3]] if outlet < 9 else []
        row = f"{number // 1000:08x}{draw.randrange(1 << 32):08x}-{number:06d}"
        self.truth[(row,)] = story.number
        printed = FIRST + timedelta(days=story.day + later)
        self.rows.append(
            {
                "row": row,
                "title": title or story.title,
                "date": None if draw.random() < 0.01 else printed.isoformat(),
                "url": f"https://outlet-{outlet}.example/{number}",
                "publisher": f"Outlet {outlet}",
                "language": "en",
                "text": "\n\n".join((title or story.title, *paragraphs, *footer)),
            }
        )

    def copy(self, story: _Story) -> None:
        draw = self.draw
        title = story.title if draw.random() < 0.4 else _varied(story.title, draw, 0.8, {})
        paragraphs = list(story.paragraphs)
        for change in draw.sample(_EDITS, draw.choice((1, 1, 2, 3))):
            paragraphs = change(paragraphs, draw)
        self.print(story, paragraphs, title, draw.choice((0, 0, 0, 1, 1, 2, 9)))

    def follow_up(self, story: _Story) -> None:
        """The next day's report: new, with a third of the last one's paragraphs as background."""
        new = self.story(0.35)
        kept = story.paragraphs[-max(1, len(story.paragraphs) // 3) :]
        half = max(2, 2 * len(new.paragraphs) // 3)
        self.print(_Story(new.number, new.title, [], story.day + 1), new.paragraphs[:half] + kept)

    def round_up(self) -> None:
        """Paragraphs of many reports: a copy of none of them."""
        self._count += 1
        briefs = self.draw.sample(self._briefs, min(8, len(self._briefs)))
        self.print(_Story(self._count, "The day in brief", [], self.draw.randrange(DAYS)), briefs)


def _shortened(paragraphs: list[str], draw: random.Random) -> list[str]:
    return paragraphs[: max(2, int(len(paragraphs) * draw.uniform(0.3, 0.9)))]


def _new_start(paragraphs: list[str], draw: random.Random) -> list[str]:
    return [_varied(paragraphs[0], draw, 0.7, {}), *paragraphs[1:]]


def _credited(paragraphs: list[str], draw: random.Random) -> list[str]:
    return [f"{_name(draw, 3).upper()} (Corvid News) - {paragraphs[0]}", *paragraphs[1:],
            "Reporting by Corvid News; editing by the night desk"]  # fmt: skip


def _edited(paragraphs: list[str], draw: random.Random) -> list[str]:
    """A word in thirty is another."""
    return [_TOKEN.sub(lambda t: draw.choice(_vocabulary()) if draw.random() < 1 / 30 else t[0], p)
            for p in paragraphs]  # fmt: skip


def _joined(paragraphs: list[str], _draw: random.Random) -> list[str]:
    return [" ".join(paragraphs[n : n + 2]) for n in range(0, len(paragraphs), 2)]


def _requoted(paragraphs: list[str], _draw: random.Random) -> list[str]:
    marks = str.maketrans({"‘": "“", "’": "'", "“": '"', "”": '"', "–": "-"})
    return [p.translate(marks) for p in paragraphs]


def _dropped(paragraphs: list[str], draw: random.Random) -> list[str]:
    """A paragraph or two left out in the middle."""
    gone = set(draw.sample(range(len(paragraphs)), min(2, len(paragraphs) - 2)))
    return [p for n, p in enumerate(paragraphs) if n not in gone]


_EDITS: list[Callable[[list[str], random.Random], list[str]]] = [
    _shortened, _shortened, _new_start, _credited, _edited, _joined, _requoted, _dropped,
]  # fmt: skip
