"""An invented report with a statement of each sort, read by hand."""

import pytest

from sayso import Article, Entity, Reading, Refusal, Span, Speaker, Statement

TEXT = (
    "“The bridge is safe,” said Ida Marsh, the county surveyor, on Tuesday. She told reporters "
    "at a public meeting that the ramp would be rebuilt by April. Residents believe it will take "
    "longer. Tom Reed, a baker, said Marsh had promised the work for Christmas. He denied that "
    "he had shouted. The contractor did not respond to a request for comment."
)
ARTICLE = Article(
    TEXT,
    title="Bridge to reopen in April",
    date="2026-03-12",
    publisher="The Fen Courier",
    url="https://fen.example/bridge",
    id="a17",
)
IDA = Speaker("Ida Marsh", "person", "e1")
TOM = Speaker("Tom Reed", "person", "e2")


def at(words: str, article: Article = ARTICLE) -> Span:
    start = article.text.index(words)
    return article.span(start, start + len(words))


def spans(words: str) -> tuple[Span, ...]:
    return (at(words),) if words else ()


def statement(id: str, source: str, cue: str, content: str, **rest: object) -> Statement:
    """A statement by the words that stand in `TEXT`."""
    values: dict[str, object] = {"type": "indirect", "said": True, "confidence": 0.9} | rest
    return Statement(
        id=id,
        source=spans(source),
        cue=spans(cue),
        content=spans(content),
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def reading() -> Reading:
    return Reading(
        model="en-fast-1",
        article=ARTICLE,
        statements=(
            statement(
                "s1",
                "Ida Marsh, the county surveyor",
                "said",
                "“The bridge is safe,”",
                type="direct",
                speakers=(IDA,),
                when=at("on Tuesday"),
                date="2026-03-10",
                confidence=0.97,
            ),
            statement(
                "s2",
                "She",
                "told",
                "that the ramp would be rebuilt by April",
                speakers=(IDA,),
                addressee=at("reporters"),
                channel=at("at a public meeting"),
            ),
            statement(
                "s3",
                "Residents",
                "believe",
                "it will take longer",
                said=False,
                speakers=(Speaker("Residents", "group", "e3"),),
                confidence=0.8,
            ),
            statement(
                "s4",
                "Tom Reed, a baker",
                "said",
                "Marsh had promised the work for Christmas",
                speakers=(TOM,),
                confidence=0.6,
            ),
            statement(
                "s5",
                "Marsh",
                "promised",
                "the work for Christmas",
                speakers=(IDA,),
                inside="s4",
                confidence=0.7,
            ),
            statement(
                "s6",
                "He",
                "denied",
                "he had shouted",
                denied=True,
                type="mixed",
                speakers=(TOM,),
                runner_up=Speaker("The contractor", "unnamed"),
            ),
        ),
        entities=(
            Entity(
                "e1",
                "Ida Marsh",
                "person",
                (at("Ida Marsh"), at("the county surveyor"), at("She"), at("Marsh")),
            ),
        ),
        refusals=(
            Refusal(
                (Speaker("The contractor", "unnamed"),),
                at("did not respond to a request for comment"),
                "no response",
            ),
        ),
    )
