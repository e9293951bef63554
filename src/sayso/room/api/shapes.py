"""What the API answers with: the `to_dict`s of the record, as types.

Readings are the contract's own (see `sayso.room.api.contract`). Every field is always there.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sayso.record.check.finding import Wording
from sayso.record.check.names import Standing
from sayso.record.corrections import Verdict
from sayso.types import Kind, RefusalKind, Type

Span = Annotated[
    tuple[int, int],
    Field(description="`[start, end)` in Unicode code points of the article's text."),
]
Number = Annotated[int, Field(ge=0)]
Key = Annotated[str, Field(description="An article's key: 16 hexadecimal digits.")]
Day = Annotated[str, Field(description="YYYY-MM-DD")]
Moment = Annotated[str, Field(description="A time in UTC, as in 2026-03-10T09:30:00Z.")]
Next = Annotated[
    str | None,
    Field(description="The `page` that gets what comes next; null at the end. Opaque."),
]


Tellers = Annotated[
    list[str] | None,
    Field(
        description="Who tells it, where others than the speakers do; empty where nobody is "
        "named who does."
    ),
]


class Shape(BaseModel):
    """Nothing beside the fields told."""

    model_config = ConfigDict(extra="forbid")


# ---- errors


class Fault(Shape):
    """What went wrong."""

    code: Annotated[str, Field(description="For programs: a stable name.")]
    message: Annotated[str, Field(description="For people: what is wrong, and what to do.")]


class Error(Shape):
    """The answer to every call that fails."""

    error: Fault


# ---- statements


class Voice(Shape):
    """Who speaks, as the article has them; `entry` is their number among the people."""

    name: str | None
    kind: Kind
    entry: int | None


class Hit(Shape):
    """A statement with what its article is. `marks` are the words that were looked for."""

    article: Key
    statement: str
    title: str | None
    outlet: str | None
    published: Day | None
    url: str | None
    superseded: bool
    speakers: list[Voice]
    type: Type
    said: bool
    denied: bool
    said_on: str | None
    inside: str | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    checked: Literal["right", "corrected", "added"] | None
    cue: list[Span]
    content: list[Span]
    text: str
    marks: list[Span]
    according_to: Tellers


class Found(Shape):
    """A page of a search. `matched` counts the hits that were ranked: all there are if
    `complete`."""

    hits: list[Hit]
    matched: Number
    complete: bool
    next: Next


class Printing(Shape):
    """One article that has a saying."""

    article: Key
    statement: str
    outlet: str | None
    published: Day | None
    url: str | None


class Saying(Shape):
    """Something said once, with those who printed it. Where `known` is false, `day` is the day
    of printing."""

    day: Day | None
    known: bool
    said_on: str | None
    printed: Number
    outlets: Number
    printings: list[Printing]
    first: Hit


class Timeline(Shape):
    """What somebody said, by day. `names` are those of the entry. Where `complete` is false there
    was too much to put in order."""

    names: list[str]
    sayings: list[Saying]
    complete: bool
    next: Next


# ---- check


class Difference(Shape):
    """A stretch of a quotation, as it was quoted and as it was printed."""

    change: str
    quoted: str
    printed: str


class Named(Shape):
    """A speaker as a reading has them."""

    name: str | None
    kind: Kind
    entity: str | None
    by: list[str]


class Match(Shape):
    """A place in print."""

    article: Key
    statement: Annotated[str | None, Field(description="`KEY/s3`")]
    wording: Wording
    reason: str | None
    printed: str
    span: Span
    diff: list[Difference]
    speaker: Standing
    speakers: list[Named]
    title: str | None
    outlet: str | None
    url: str | None
    published: Day | None
    said_on: str | None
    superseded: bool
    first: bool
    cue: str | None
    according_to: Tellers


class Covers(Shape):
    """What a check has looked through."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    articles: Number
    outlets: Number
    since: Annotated[Day | None, Field(alias="from")]
    until: Annotated[Day | None, Field(alias="to")]


class Checked(Shape):
    """How a quotation stands in print."""

    quotation: str
    by: str | None
    span: Annotated[Span | None, Field(description="Its place in the draft.")]
    wording: Wording
    speaker: Standing
    reason: str | None
    matches: list[Match]
    near: list[Match]
    covers: Covers


class CheckedDraft(Shape):
    """Every quotation of a draft, in order, as it stands in print."""

    quotations: list[Checked]


# ---- audit


class Scope(Shape):
    articles: list[str]
    outlets: list[str]
    sections: list[str]
    since: Day | None
    until: Day | None


class Subject(Shape):
    """An article that was asked for."""

    article: Key
    title: str | None
    outlet: str | None
    published: Day | None
    url: str | None


class _Told(Shape):
    articles: Number
    statements: Number
    words: Number
    direct: Number
    mixed: Number
    indirect: Number


class _Counts(_Told):
    unnamed: Number
    refusals: Number
    one_source: Number


class Totals(_Counts):
    speakers: Number


class Counts(_Counts):
    """What the articles of an outlet, month or section hold; `value` null is unknown."""

    value: str | None


class Heard(_Told):
    """A speaker's share. `person` is their entry."""

    name: str | None
    kind: str
    person: int | None


class Group(_Told):
    """The share of all whose column has this value."""

    value: str | None
    people: Number


class Unheard(Shape):
    """Somebody who is talked about and not heard."""

    name: str
    kind: str
    person: int | None
    statements: Number
    articles: Number
    asked: Number
    heard_elsewhere: Number


class Asked(Shape):
    """A refusal; `text` is the clause that tells of it."""

    names: list[str]
    kind: RefusalKind
    text: str
    article: Key
    title: str | None
    outlet: str | None
    published: Day | None
    url: str | None


class Resting(Shape):
    """An article that rests on one source."""

    article: Key
    title: str | None
    outlet: str | None
    published: Day | None
    url: str | None
    source: str | None
    statements: Number


class Audit(Shape):
    """Who is heard, how much, and where nobody is named."""

    scope: Scope
    named: list[Subject]
    totals: Totals
    column: str | None
    voices: list[Heard]
    groups: list[Group]
    unheard: list[Unheard]
    unnamed: list[Hit]
    refusals: list[Asked]
    one_source: list[Resting]
    refusals_by_kind: dict[RefusalKind, Number]
    outlets: list[Counts]
    months: list[Counts]
    sections: list[Counts]


# ---- reading


class Progress(Shape):
    """How far a job is. `ahead` others are read before it; `done` of `total` articles are, where
    it is known how many there are."""

    job: str
    state: Literal["waiting", "reading", "read"]
    ahead: Number
    done: Number
    total: Number | None
    statements: Number


# ---- articles


class Entry(Shape):
    """An article of a list."""

    article: Key
    published: Day | None
    outlet: str | None
    title: str | None
    url: str | None
    statements: Number


class Articles(Shape):
    """Current articles, those printed last first."""

    articles: list[Entry]
    next: Next


class Article(Shape):
    """An article, without its text. `superseded_by` is the key of the version after it."""

    article: Key
    title: str | None
    outlet: str | None
    published: Day | None
    url: str | None
    section: str | None
    language: str
    added: Moment
    superseded_by: Key | None


class Particulars(Shape):
    """Those of an article's that were changed; null is not known."""

    title: str | None = None
    publisher: str | None = None
    date: Day | None = None


class Amendment(Shape):
    """What somebody changed of an article."""

    amendment: int
    article: Key
    before: Particulars
    after: Particulars
    who: str
    made: Moment


class Versions(Shape):
    """All texts of the article's address, the one that counts first."""

    versions: list[Article]


# ---- people


class Person(Shape):
    """An entry. `id` and `columns` are the user's own."""

    entry: int
    name: str
    kind: str
    id: str | None
    aliases: list[str]
    columns: dict[str, str]


class Quoting(Shape):
    outlet: str
    statements: Number


class Listed(Person):
    """An entry with how much it says, and the outlets that quote it most."""

    statements: Number
    articles: Number
    outlets: list[Quoting]


class People(Shape):
    """Entries, those who speak most first."""

    people: list[Listed]
    next: Next


class Decision(Shape):
    """Two entries are one (`merge`), one was two (`split`), or one is called otherwise (`rename`,
    the old name first). `entry` is the one that a merge leaves, a split makes, or that is renamed;
    `undone` is when it was taken back. A split of just the articles of somebody who was merged in
    is that merge, taken back."""

    decision: int
    kind: Literal["merge", "split", "rename"]
    names: list[str]
    articles: list[Key]
    entry: int | None
    who: str
    made: Moment
    undone: Moment | None


class Decisions(Shape):
    """Decisions, the last first."""

    decisions: list[Decision]
    next: Next


# ---- corrections


class Bounds(Shape):
    """The words that are a statement's, in pieces."""

    content: list[str]
    cue: list[str]
    source: list[str]


class Told(Shape):
    """A speaker as a correction has them."""

    name: str | None
    kind: Kind
    by: list[str]


class Correction(Shape):
    """What one person says of one statement. `orphan`: the current reading does not have it;
    `together`: the first of those that were made at once with it, and are taken back with it."""

    correction: int
    article: Key
    kind: Verdict
    content: str
    position: Number
    speakers: list[Told] | None
    bounds: Bounds | None
    who: str
    made: Moment
    undone: Moment | None
    orphan: bool
    together: int | None


class Theirs(Shape):
    """A statement of a speaker, with all who speak in it."""

    statement: str
    text: str
    speakers: list[Told]


class Misnamed(Shape):
    """A statement's speaker, and all that the article has them say."""

    article: Key
    speaker: Told
    statements: list[Theirs]
    version: Annotated[
        str, Field(description="Stands for how they are now; another once one was corrected.")
    ]


class AtOnce(Shape):
    """Corrections that were made at once, and are taken back at once."""

    corrections: list[Correction]


class Corrections(Shape):
    """Corrections, the last first."""

    corrections: list[Correction]
    next: Next


# ---- about


class Model(Shape):
    name: str
    id: str


class Stats(Shape):
    """What the record holds, in numbers."""

    articles: Number
    versions: Number
    outlets: Number
    first: Day | None
    last: Day | None
    statements: Number
    said: Number
    types: dict[Type, Number]
    people: Number
    corrections: Number
    orphans: Number
    models: dict[str, Number]
    bytes: Number


class About(Shape):
    """Which Sayso this is, which models it has, what its record holds."""

    version: str
    contract: int
    model: Annotated[str, Field(description="The one that reads here, with its version.")]
    models: list[Model]
    record: Stats
