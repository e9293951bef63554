"""A judge that stands in for the network: names by the rules alone, and simple preferences."""

import re
from collections.abc import Mapping, Sequence

from sayso.reader.drafts import Draft, RefusalDraft
from sayso.reader.encoder import Floats
from sayso.reader.speakers import Resolution, resolve
from sayso.reader.speakers.features import OF_REFERENCE, PARTY, PLACED, Reference
from sayso.reader.speakers.judge import NEW, NOBODY, Choice, Options
from sayso.reader.speakers.mentions import Party
from sayso.types import Article

_THINGS = ("organisation", "document")


class Preferring:
    """Takes the likely party that was mentioned last; of its kind, gender and number."""

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        raise AssertionError("without sight nothing is labelled")

    def choose(self, asked: Reference, options: Options) -> Choice:
        best = max(range(len(options.index)), key=lambda i: self._score(asked, options, i))
        number = int(options.index[best])
        rest = [n for n in dict.fromkeys(options.index.tolist()) if n not in (number, NEW, NOBODY)]
        party = options.parties[number] if number >= 0 else ()
        return Choice(
            party,
            number == NEW,
            0.95 if not rest else 0.7,
            options.parties[rest[0]] if rest else (),
        )

    def _score(self, asked: Reference, options: Options, i: int) -> float:
        number = int(options.index[i])
        if number == NEW:
            return 0.0
        if number == NOBODY:
            return -4.0
        row = options.rows[i, OF_REFERENCE:]
        told = dict(zip((*PARTY, *PLACED), row.tolist(), strict=True))
        score = -2 * told["away"] - 3 * told["after"] - 9 * told["asks"]
        score -= 4 * told["in its own content"] + told["possessive"]
        return float(score + told["source"] + self._suits(asked, options.parties[number], told))

    def _suits(self, asked: Reference, party: Party, told: Mapping[str, float]) -> float:
        first = party[0]
        if asked.or_new:
            known = told["role's words"] > told["words beside the role's"]
            head = re.split(r" (?:of|for|by) ", first.name.casefold())[0].split()[-1:]
            again = (
                not (first.named or asked.owned) and first.at < asked.at and head == [asked.head]
            )
            return 9.0 if known or again else -9.0
        fits = {
            "he or she": len(party) == 1
            and first.kind in ("person", "unnamed")
            and not told["gender clashes"],
            "they": len(party) > 1 or first.plural or first.kind == "group",
            "it": len(party) == 1 and first.kind in _THINGS,
            "we": first.kind == "organisation",
            "elided": bool(told["same sentence"]),
        }
        return 0.0 if fits.get(asked.form, True) else -9.0


def resolved(
    article: Article, drafts: Sequence[Draft], refusals: Sequence[RefusalDraft] = ()
) -> Resolution:
    """The resolution without a network."""
    return resolve(article, drafts, refusals, None, Preferring())
