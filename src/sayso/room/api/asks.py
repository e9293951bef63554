"""What the API is asked: the parameters and bodies of calls, with their limits.

Parameters are named as in `sayso.record.filters.Filters`. What is not told here is refused.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from sayso.record.filters import Dates, Filters
from sayso.types import Kind, Type, iso_day

MOST = 200
"""Articles that are read in one call."""
LONGEST = 1_000_000
"""Characters of one article."""
LONGEST_DRAFT = 100_000
"""… of one that is checked at once."""
DEEPEST = 2**63 - 1


def _day(value: str) -> str:
    if iso_day(value) != value:
        raise ValueError("write a day as YYYY-MM-DD")
    return value


Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=20)]
Day = Annotated[
    str,
    AfterValidator(_day),
    Field(min_length=10, max_length=10, json_schema_extra={"format": "date"}),
]
Pieces = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=20_000)]],
    Field(max_length=20, description="Words as they stand in the article, piece by piece."),
]
Words = Annotated[
    str,
    Field(
        max_length=1_000,
        description='What to look for: `bridge safe`, `"the bridge is safe"`, `brid*`, '
        "`bridge OR crossing`, `bridge NOT toll`, with brackets.",
    ),
]
Reference = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        description="An article: its key, six digits or more of its beginning, or the id that it "
        "came with.",
    ),
]
StatementReference = Annotated[
    str, Field(min_length=3, max_length=200, description="A statement: `KEY/s3`.")
]
Number = Annotated[int, Field(ge=1, le=DEEPEST)]
Page = Annotated[
    str | SkipJsonSchema[None],
    Field(max_length=2_000, description="The `next` of the page before, which goes on from there."),
]
Limit = Annotated[int, Field(ge=1, le=100, description="At most so many.")]


class Query(BaseModel):
    """The parameters of an address."""

    model_config = ConfigDict(extra="forbid")


class Body(BaseModel):
    """A JSON object."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Stretch(Query):
    """From one day to another, both included."""

    since: Day | SkipJsonSchema[None] = None
    until: Day | SkipJsonSchema[None] = None


class Paged(Query):
    """A page of a list."""

    limit: Limit = 20
    page: Page = None


# ---- asked of the record


class Search(Paged, Stretch):
    words: Words = ""
    by: Annotated[Names, Field(description="Who speaks: a name, or the number of an entry.")] = []
    about: Annotated[Names, Field(description="Whom it is about.")] = []
    outlets: Names = []
    dates: Annotated[
        Dates, Field(description="Whether `since` and `until` are days of printing or of saying.")
    ] = "printed"
    types: Annotated[list[Type], Field(max_length=3)] = []
    said: Annotated[
        bool | SkipJsonSchema[None], Field(description="Said or, if false, thought.")
    ] = None
    unnamed: Annotated[bool, Field(description="Only where nobody is named.")] = False
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    versions: Annotated[bool, Field(description="In superseded versions too.")] = False

    def filters(self) -> Filters:
        """Raises `UsageError`."""
        return Filters(
            by=tuple(self.by),
            about=tuple(self.about),
            outlets=tuple(self.outlets),
            since=self.since,
            until=self.until,
            dates=self.dates,
            types=tuple(self.types),
            said=self.said,
            unnamed=self.unnamed,
            min_confidence=self.min_confidence,
            versions=self.versions,
        )


class Timeline(Paged, Stretch):
    by: Annotated[Name, Field(description="Whose: a name, or the number of an entry.")]
    words: Words = ""


Quotation = Annotated[str, Field(min_length=1, max_length=4_000)]


class Check(Query):
    quotation: Quotation
    by: Annotated[Name | SkipJsonSchema[None], Field(description="Who is to have said it.")] = None


class Audit(Stretch):
    articles: Annotated[
        list[Reference], Field(max_length=50, description="These; else all that fit the rest.")
    ] = []
    outlets: Names = []
    sections: Names = []
    by: Annotated[
        Name | SkipJsonSchema[None], Field(description="A column of the imported people.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=1_000, description="At most so many in each list.")] = 50


class Articles(Paged, Stretch):
    words: Words = ""
    outlets: Names = []


class People(Paged):
    words: Annotated[
        Name | SkipJsonSchema[None], Field(description="Those whose name or alias has these.")
    ] = None


class Corrections(Paged):
    article: Reference | SkipJsonSchema[None] = None


class Corrected(Query):
    corrected: Annotated[bool, Field(description="With what people have corrected.")] = True
    text: Annotated[bool, Field(description="With the article's text.")] = True


# ---- read


class Article(BaseModel):
    """An article as `sayso read` takes it. Other fields come back under `article.extra`."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, Any]

    text: Annotated[str, Field(max_length=LONGEST)]
    id: str | int | Annotated[float, Field(allow_inf_nan=False)] | None = None
    title: str | None = None
    date: Annotated[str | None, Field(description="YYYY-MM-DD, or a time that begins so.")] = None
    url: str | None = None
    publisher: str | None = None


class Read(Body):
    articles: Annotated[list[Article], Field(min_length=1, max_length=MOST)]
    wait: Annotated[float, Field(ge=0, le=60, description="Seconds to wait for the results.")] = 30


class Checkable(Article):
    """An article that is not too long to be checked at once."""

    text: Annotated[str, Field(max_length=LONGEST_DRAFT)]


class Draft(Body):
    draft: Checkable


# ---- decided


class Merge(Body):
    """`other` becomes one with `kept`, whose name stays."""

    kind: Literal["merge"]
    kept: Name
    other: Name
    force: Annotated[bool, Field(description="Even if one is a person, the other a body.")] = False


class Split(Body):
    """Whom these articles call `name` is somebody else."""

    kind: Literal["split"]
    name: Name
    articles: Annotated[list[Reference], Field(min_length=1, max_length=100)]


class Renaming(Body):
    """The full name that it has."""

    name: Name


Decision = Annotated[Merge | Split, Field(discriminator="kind")]


class Right(Body):
    """The statement is right as it is."""

    kind: Literal["right"]
    statement: StatementReference


class Wrong(Body):
    """Nobody is told to have said that."""

    kind: Literal["wrong"]
    statement: StatementReference


class Speaker(Body):
    """Others say it; of `speakers` none, nobody is named."""

    kind: Literal["speaker"]
    statement: StatementReference
    speakers: Names
    speaker_kind: Kind | None = None


class Misnamed(Body):
    """Who says all that the article has the statement's speaker say; somebody has to be named."""

    version: Annotated[
        str, Field(max_length=100, description="As GET gave it: nothing is done if it is another.")
    ]
    speakers: Annotated[Names, Field(min_length=1)]
    speaker_kind: Kind | None = None


class _Near(Body):
    at: Annotated[
        int | None,
        Field(ge=0, le=LONGEST, description="An offset near the words, if they come again."),
    ] = None


class Bounds(_Near):
    """It is these words; what is not given stays. An empty list: there is no such cue or source."""

    kind: Literal["bounds"]
    statement: StatementReference
    content: Annotated[Pieces, Field(min_length=1)] | SkipJsonSchema[None] = None
    cue: Pieces | SkipJsonSchema[None] = None
    source: Pieces | SkipJsonSchema[None] = None


class Missing(_Near):
    """The article has this statement too."""

    kind: Literal["missing"]
    article: Reference
    content: Annotated[Pieces, Field(min_length=1)]
    cue: Pieces = []
    source: Pieces = []
    speakers: Names = []
    speaker_kind: Kind | None = None
    said: bool = True


Correction = Annotated[Right | Wrong | Speaker | Bounds | Missing, Field(discriminator="kind")]


class Amendment(Body):
    """What the article has; what is left out stays, and what is null is not known."""

    title: Annotated[str | None, Field(max_length=1_000)] = None
    publisher: Annotated[str | None, Field(max_length=200)] = None
    date: Day | None = None


class Undo(Body):
    """Nothing: an empty object."""
