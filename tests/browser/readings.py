"""Invented reports with readings made by hand, holding every kind of thing the page shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.types import (
    Article,
    Entity,
    Kind,
    Reading,
    Refusal,
    RefusalKind,
    Span,
    Speaker,
    Statement,
)

HERE = Path(__file__).parent


class Desk:
    """Makes a reading by quoting: a span is given by its words, and where to look for them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.statements: list[Statement] = []
        self.refusals: list[Refusal] = []

    def span(self, words: str, within: str | None = None) -> Span:
        base = 0 if within is None else self.article.text.index(within)
        start = self.article.text.index(words, base)
        return self.article.span(start, start + len(words))

    def spans(self, words: str | Sequence[str], within: str | None) -> tuple[Span, ...]:
        several = (words,) if isinstance(words, str) else words
        return tuple(self.span(each, within) for each in several)

    def say(
        self,
        content: str | Sequence[str],
        *speakers: Speaker,
        type: Any = "direct",
        source: str | Sequence[str] = (),
        cue: str | Sequence[str] = (),
        within: str | None = None,
        **fields: Any,
    ) -> None:
        for role in ("addressee", "channel", "when"):
            if role in fields:
                fields[role] = self.span(fields[role], within)
        self.statements.append(
            Statement(
                id=f"s{len(self.statements) + 1}",
                type=type,
                said=fields.pop("said", True),
                source=self.spans(source, within),
                cue=self.spans(cue, within),
                content=self.spans(content, within),
                speakers=speakers,
                confidence=fields.pop("confidence", 0.94),
                **fields,
            )
        )

    def refuse(self, clause: str, kind: RefusalKind, *speakers: Speaker) -> None:
        self.refusals.append(Refusal(speakers, self.span(clause), kind))

    def reading(self, *entities: Entity) -> Reading:
        return Reading(
            "en-fast-1", self.article, tuple(self.statements), entities, tuple(self.refusals)
        )


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def who(name: str | None, kind: Kind = "person", *by: str, entity: str | None = None) -> Speaker:
    return Speaker(name, kind, entity, by)


def harbour() -> Reading:
    desk = Desk(
        Article(
            text("harbour.txt"),
            title="Harbour dredging “on hold” after mussel beds found",
            date="2025-09-03",
            publisher="The Ellery Post",
            url="https://ellery-post.example/news/harbour-dredging-on-hold",
            id="a17",
        )
    )
    oddie, crake = who("Maren Oddie", entity="e1"), who("Lionel Crake", entity="e2")
    piet = who("Piet Vandersloot")
    joost, quill = who("Joost Vandersloot"), who("Ada Quill")
    official = who("a senior official", "unnamed")
    survey = who("the survey", "document", "Tidewater Associates", "University of Stoke Ferris")
    desk.say(
        "living mussel beds in the channel where the digging was to begin",
        who("surveyors", "group"),
        type="indirect",
        source="surveyors",
        cue="reported",
        confidence=0.88,
    )
    desk.say(
        "“We are not going to dig through a nursery to save three weeks,”",
        oddie,
        source="Maren Oddie, who chairs the harbour committee",
        cue="said",
        within="“We are not",
        confidence=0.99,
    )
    desk.say(
        "the council would publish the full survey “before anybody touches a shovel”",
        oddie,
        type="mixed",
        source="She",
        cue="told",
        addressee="the Ellery Post",
        within="She told",
        confidence=0.97,
    )
    desk.say(
        "the beds cover about four hectares and that they are "
        "“older than any chart of the harbour”",
        survey,
        type="mixed",
        source="The survey, by Tidewater Associates and the University of Stoke Ferris",
        cue="says",
        within="The survey, by",
    )
    desk.say(
        (
            "“Three weeks is what they said in spring. Then it was the summer,”",
            "“Now we are told to wait for mussels.”",
        ),
        piet,
        source="Piet Vandersloot, skipper of the Marigold",
        cue="said",
        within="“Three weeks is",
        confidence=0.98,
    )
    desk.say(
        "the delay will cost each boat a season",
        piet,
        type="indirect",
        said=False,
        source="He",
        cue="believes",
        within="He believes",
        confidence=0.82,
    )
    desk.say(
        "they had been promised compensation by the council’s former leader, Lionel Crake, who had "
        "told a meeting in March that “every boat will be made whole”",
        joost,
        quill,
        type="mixed",
        source="His brother Joost and their neighbour Ada Quill",
        cue="said",
        channel="a joint statement",
        within="His brother Joost",
        confidence=0.91,
    )
    desk.say(
        "“every boat will be made whole”",
        crake,
        source="Lionel Crake",
        cue="told",
        addressee="a meeting",
        when="in March",
        within="Lionel Crake, who",
        date="2025-03",
        inside="s7",
        confidence=0.87,
    )
    desk.say(
        "he made any such promise",
        crake,
        type="indirect",
        denied=True,
        source="Mr Crake",
        cue="denied",
        within="Mr Crake has",
        confidence=0.71,
    )
    desk.say(
        "“I said we would look at it,”",
        crake,
        source="he",
        cue="told",
        channel="Radio Ellery",
        when="last week",
        within="“I said we",
        date="2025-W35",
        confidence=0.96,
    )
    desk.say(
        "the committee was “split down the middle”",
        official,
        type="mixed",
        source="A senior official",
        cue="said",
        within="A senior official",
    )
    desk.say(
        "Ms Oddie had warned colleagues that the minister would step in if the beds were damaged",
        official,
        type="indirect",
        source="the same official",
        cue="According to",
        within="According to",
        confidence=0.9,
        about=("e1",),
    )
    desk.say(
        "the minister would step in if the beds were damaged",
        oddie,
        type="indirect",
        source="Ms Oddie",
        cue="warned",
        addressee="colleagues",
        within="Ms Oddie had warned",
        inside="s12",
        confidence=0.55,
    )
    desk.say(
        "the contractor already wants to leave",
        type="indirect",
        cue="It has been suggested",
        within="It has been",
        confidence=0.77,
    )
    desk.say(
        (
            "“There is a channel to the east that nobody has looked at,”",
            "“and it costs less.”",
        ),
        quill,
        source="Ms Quill",
        cue="said",
        within="“There is a channel",
    )
    desk.say(
        "whether it had ever been measured",
        who("the harbour master", "unnamed"),
        type="indirect",
        denied=True,
        source="He",
        cue="would not say",
        within="He would not say",
        confidence=0.66,
        runner_up=crake,
    )
    desk.say(
        "decide within a month",
        who("the minister", "unnamed"),
        type="indirect",
        said=False,
        source="the minister",
        cue="is expected",
        within="the minister, who",
        confidence=0.58,
    )
    desk.say(
        "“No decision has been taken,”",
        who("Ministry of Ports", "organisation"),
        source="her department",
        cue="said",
        channel="a note on its website",
        within="“No decision",
        confidence=0.93,
        runner_up=who("the minister", "unnamed"),
    )
    desk.refuse(
        "Brightwater Marine, the contractor, declined to comment",
        "declined",
        who("Brightwater Marine", "organisation"),
    )
    desk.refuse(
        "The ministry did not respond to questions from this newspaper",
        "no response",
        who("Ministry of Ports", "organisation"),
    )
    desk.refuse(
        "He would not say whether it had ever been measured",
        "declined",
        who("the harbour master", "unnamed"),
    )
    return desk.reading(
        Entity("e1", "Maren Oddie", "person", desk.spans(["Maren Oddie", "Ms Oddie"], None)),
        Entity(
            "e2",
            "Lionel Crake",
            "person",
            desk.spans(["the council’s former leader", "Lionel Crake", "Mr Crake"], None),
        ),
    )


def library() -> Reading:
    desk = Desk(
        Article(text("library.txt"), title="Library hours to be cut by a third", date="2025-10-03")
    )
    akande, marsh = who("Ruth Akande"), who("Denzil Marsh")
    cabinet = who("the cabinet", "organisation")
    borough = who("Lower Wexcombe borough", "organisation")
    report = who("the borough’s report", "document", "Lower Wexcombe borough")
    desk.say("cuts 'a quiet closure'", marsh, type="mixed", source="Opposition", cue="calls")
    desk.say(
        "Opening hours at all nine libraries in Lower Wexcombe will be cut by a third from January",
        borough,
        type="indirect",
        source="the borough",
        cue="confirmed",
        when="on 3 October 2025",
        date="2025-10-03",
    )
    desk.say(
        (
            "the change was 'the least bad of four bad options'",
            "'I would rather keep nine doors open for fewer hours "
            "than lock three of them for ever,'",
        ),
        akande,
        type="mixed",
        source="Ruth Akande",
        cue="said",
        within="Cabinet member",
    )
    desk.say(
        ("it 'a quiet closure'", "hiding the figures"),
        marsh,
        type="mixed",
        source="The opposition leader, Denzil Marsh",
        cue=("called", "accused"),
        within="The opposition",
    )
    desk.say(
        ("'They said in May that \"not one hour\" would go,'", "'I have the minutes.'"),
        marsh,
        source="he",
        cue="said",
        within="'They said",
    )
    desk.say(
        '"not one hour" would go',
        cabinet,
        type="mixed",
        source="They",
        cue="said",
        when="in May",
        within="They said",
        date="2025-05",
        inside="s5",
    )
    desk.say(
        "evening visits had risen by a fifth since 2023",
        report,
        type="indirect",
        source="The borough's own report",
        cue="found",
        within="The borough's",
    )
    desk.say("Did you read that report before the vote?", who("Tamsin Rook", "author"), cue=":")
    desk.say(
        "I did, and it does not say what Mr Marsh thinks it says.",
        akande,
        source="Akande",
        cue=":",
        within="Akande:",
    )
    desk.say(
        "they felt ignored",
        who("residents at the Mill Lane branch", "group"),
        type="indirect",
        source="Residents at the Mill Lane branch",
        cue="said",
        within="Residents",
    )
    desk.say(
        "'Nobody came here to ask,'",
        who("one of the residents", "unnamed"),
        source="one of them",
        cue="said",
        within="'Nobody",
    )
    return desk.reading()
