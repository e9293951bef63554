"""Whose a document is: its authors, told at any place where the report mentions it.

The places are the words of sources that mean the document and whatever else the resolver
takes for it; each with a noun is a phrase ("the open letter"; "it" tells nothing). A look
goes through the phrases in the order of the text and yields the bounds of words that may
name authors; the first look whose words mean anyone who may write is the answer:

- `behind`: "the bodies behind the letter - the Guild and the Union -"
- `told`: a possessive, "by" and "from" beside the noun, the subject of a verb of making
  ("the Guild published a report"), "it was written by", "its lead author"
- `owned`: "its report", of whom this sentence or one before is about
- `beside`: a body before the noun ("a council leaflet")
- `again`: the same looks where another noun means the document ("a survey ... The study by")
- `around`: who speaks in it ("in a letter, the Guild warned")
- `judge`: the judge named last before a ruling
- `before`: who did earlier what makes the document ("wrote to the minister", "sued")
"""

from collections.abc import Callable, Iterator, Sequence

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.authorship import noun_of
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.looks import Search
from sayso.reader.speakers.parts import describe, is_person
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.sentences import Sentences

Whom = Callable[[int, int], Sequence[Referent]]
"""Whom a phrase of the text means where it stands."""


def authors_of(
    document: Referent, places: Sequence[Bounds], cast: Cast, sentences: Sentences, whom: Whom
) -> tuple[Referent, ...]:
    """The authors of a document that is mentioned at some places, as far as they are told.

    `whom` tells whom a phrase means: names, a pronoun, or a description that may be new.
    """
    search = Search(places, cast, sentences)

    def named(start: int, end: int) -> tuple[Referent, ...]:
        party = [search.known(referent, start) for referent in whom(start, end)]
        return tuple(r for r in party if r is not document and search.may_be(r, start, end))

    def owners() -> tuple[Referent, ...]:
        parties = ((word, named(start, end)) for word, start, end in search.owned())
        return next((party for word, party in parties if party and _fits(word, party)), ())

    def seen(look: Callable[[], Iterator[Bounds]]) -> tuple[Referent, ...]:
        return tuple(dict.fromkeys(r for place in look() for r in named(*place)))

    return (
        seen(search.behind)
        or seen(search.told)
        or owners()
        or seen(search.beside)
        or seen(search.again)
        or seen(search.around)
        or seen(search.judge)
        or seen(search.before)
    )


def _fits(word: str, party: Sequence[Referent]) -> bool:
    """Whether a possessive may mean these."""
    first, single = party[0], len(party) == 1 and not party[0].plural
    fresh = not first.named and not first.kinds
    kind = describe(noun_of(first.name)) if fresh else first.kind
    if word in ("his", "her"):
        gender = "m" if word == "his" else "f"
        return single and kind in ("person", "unnamed") and first.gender in (None, gender)
    if word == "its":
        body = kind == "organisation" or (kind == "unnamed" and not fresh)
        return single and body and not is_person(noun_of(first.name))
    if word == "their":
        return not single or kind in ("group", "organisation")
    return True
