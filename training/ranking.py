"""Learns whom a reference means, from annotated reports: the ranker of `speakers.judge`.

The resolver itself is run over each report with the right answers given, and every reference
that it asks about is kept with its options. In reports of our own, pronouns and descriptions
that are no source are asked about as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from sayso.reader.drafts import Draft
from sayso.reader.encoder import Floats
from sayso.reader.sight import VECTOR, Sight
from sayso.reader.speakers.about import DEFINITE, innermost
from sayso.reader.speakers.features import Reference
from sayso.reader.speakers.judge import NEW, NOBODY, Choice, Network, Options, chosen
from sayso.reader.speakers.mentions import THIRD_PERSON, Party
from sayso.reader.speakers.names import bare
from sayso.reader.speakers.nouns import Noun
from sayso.reader.speakers.referents import WORD, Referent
from sayso.reader.speakers.resolve import Resolver
from sayso.types import Article, Kind
from training.evaluate_speakers import to_drafts
from training.naming import Names
from training.reports import Record, Report
from training.states import States
from training.tying import Scorer

HIDDEN = 192
EPOCHS, RATE, DECAY, DROPOUT = 6, 2e-3, 0.05, 0.4
TOGETHER, CHUNK = 64, 16
"""References of a batch, and those of them that stand side by side, often in one report."""
MISTAKEN = 0.1
"""How often the kind that comes with a statement is made wrong, as the encoder's may be."""
_WORDLESS = ("elided", "flow")
"""Forms of what has no words of its own."""
_KINDS: tuple[Kind, ...] = ("person", "organisation", "group", "document", "unnamed")


@dataclass(frozen=True, slots=True)
class Example:
    """A reference with m options, of which those of `right` [m] are.

    `asking` and `meant` [m] are rows of the states of all examples together.
    """

    rows: NDArray[np.float16]
    asking: int
    meant: NDArray[np.int32]
    right: NDArray[np.bool_]


@dataclass
class Examples:
    """What is learnt from, with the states that are shared by examples."""

    found: list[Example] = field(default_factory=list)
    lost: int = 0
    """References whose answer was not among the options."""
    _states: list[NDArray[np.float16]] = field(default_factory=list)
    _numbers: dict[bytes, int] = field(default_factory=dict)

    def add(self, options: Options, right: NDArray[np.bool_]) -> None:
        meant = np.array([self._number(row) for row in options.meant], np.int32)
        asking = self._number(options.asking)
        self.found.append(Example(options.rows.astype(np.float16), asking, meant, right))

    def _number(self, state: Floats) -> int:
        half = state.astype(np.float16)
        key = half.tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self._states)
            self._states.append(half)
        return self._numbers[key]

    def states(self) -> NDArray[np.float16]:
        return np.stack(self._states)


class Oracle:
    """A judge that knows the answers of a report, and keeps what it was asked."""

    def __init__(
        self,
        names: Names,
        who: Scorer,
        report: Report,
        gold: Sequence[Record],
        examples: Examples,
        follow: "Learnt | None" = None,
    ) -> None:
        """`follow`: whose choices stand, right or wrong, for what is no speaker, as they will
        stand where there are no answers."""
        self._names, self._who, self._examples = names, who, examples
        self._text, self._gold = report.text, None if report.read else gold
        self._places = report.meant("mentions") if report.whole else report.means
        self._unplaced: Sequence[Record] | None = () if report.whole else None
        """Whom a place means that is not among these: nobody, or nobody knows."""
        self._follow = follow

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        hidden = np.maximum(hidden + rules @ self._names.rules, 0)
        out: Floats = hidden @ self._names.out + self._names.out_bias
        return out

    def choose(self, asked: Reference, options: Options) -> Choice:
        wanted = self._meant(asked)
        told = Choice((), asked.or_new, 1.0)
        if wanted is not None:
            told = self._answer(asked, options, wanted)
        if self._follow is None or (asked.draft is not None and wanted is not None):
            return told
        return self._follow.choose(options)

    def _answer(self, asked: Reference, options: Options, wanted: Sequence[Record]) -> Choice:
        """The right option; what was asked is kept, but for speakers of what a model read."""
        kept = asked.draft is None or self._gold is not None
        right = self._right(asked, wanted, options.parties)
        fits = np.isin(options.index, right)
        if not fits.any():
            self._examples.lost += kept
            return self._member(wanted, asked, options.parties)
        if kept:
            self._examples.add(options, fits)
        best = right[0]
        return Choice(options.parties[best] if best >= 0 else (), best == NEW, 1.0)

    def _meant(self, asked: Reference) -> Sequence[Record] | None:
        """Whom a reference means; None where that is not known."""
        if asked.draft is not None and self._gold is not None:
            return self._wanted(asked, self._gold[asked.draft])
        end = asked.at if asked.form in _WORDLESS else asked.end
        return self._places.get((asked.at, end), self._unplaced)

    def _wanted(self, asked: Reference, statement: Record) -> Sequence[Record]:
        """Whom a source means, or the one of them that a part of it with a noun may mean."""
        wanted: Sequence[Record] = statement["speakers"]
        if not asked.joint or not asked.head or len(wanted) < 2:
            return wanted
        source = {word for a, b in statement["source"] for word in _words(self._text[a:b])}
        called = [one for one in wanted if asked.head in _words(one["name"])]
        others = [one for one in wanted if not set(_words(one["name"])[-1:]) <= source]
        return called or others or wanted

    def _right(
        self, asked: Reference, wanted: Sequence[Record], parties: Sequence[Party]
    ) -> list[int]:
        """The numbers of the parties that are meant, or NEW or NOBODY."""
        if not wanted:
            return [NEW] if asked.or_new else [NOBODY]
        sets = [[one] for one in wanted] if asked.joint else [wanted]
        found = [n for n, party in enumerate(parties) if any(self._means(party, s) for s in sets)]
        found = [n for n in found if _is_told(parties[n][0]) or parties[n][0].at < asked.at]
        named = [n for n in found if parties[n][0].named]
        if named:
            return named
        described = any(not (one["name"] or "")[:1].isupper() for one in wanted)
        if asked.or_new and described and (not found or not asked.definite):
            return [NEW]
        return found

    def _means(self, party: Party, wanted: Sequence[Record]) -> bool:
        told = [{"name": r.name, "kind": r.kind} for r in party]
        return bool(self._who.same_speakers([{"accept": [], **one} for one in wanted], told))

    def _member(
        self, wanted: Sequence[Record], asked: Reference, parties: Sequence[Party]
    ) -> Choice:
        """One of those who are meant, where they stand nowhere together; else what is new."""
        for party in parties:
            if len(party) == 1 and any(self._means(party, [one]) for one in wanted):
                return Choice(party, new=False, probability=1.0)
        return Choice((), new=asked.or_new, probability=1.0)


def _is_told(referent: Referent) -> bool:
    """Whether its name tells more than that there is one: "the Pell report", not "a report"."""
    return referent.named or any(word[0].isupper() for word in referent.name.split()[:-1])


def _words(name: str | None) -> list[str]:
    return [bare(word) for word in WORD.findall(name or "")]


def collect(
    reports: Sequence[Report],
    found: Sequence[States],
    names: Names,
    who: Scorer,
    *,
    follow: "Learnt | None" = None,
    seed: int = 0,
) -> Examples:
    """Every reference in the reports that has its answer among its options.

    What is no speaker means from there on whom `follow` chooses, or else whom it does mean.
    """
    random, examples = Random(seed), Examples()
    for report, states in zip(reports, found, strict=True):
        statements = [s for s in report.record["attributions"] if s["content"]]
        drafts = list(to_drafts(report.text, statements, kinds=True))
        if not report.read:
            drafts = [_mistaken(draft, random) for draft in drafts]
        oracle = Oracle(names, who, report, statements, examples, follow)
        resolver = Resolver(_article(report), drafts, raw_sight(states, names), oracle)
        resolver.sources()
        _ask_more(report, resolver)
    return examples


def raw_sight(states: States, names: Names) -> Sight:
    """What would be seen with the names' weights, and the states themselves for vectors."""
    hidden = states.layers[0].astype(np.float32) @ names.states + names.bias
    raw = states.layers[1].astype(np.float32)
    return Sight(states.starts, states.ends, hidden, raw, raw)


def _article(report: Report) -> Article:
    return Article(report.text, title=report.record.get("title"), date=report.record.get("date"))


def _mistaken(draft: Draft, random: Random) -> Draft:
    if draft.kind and random.random() < MISTAKEN:
        return replace(draft, kind=random.choice(_KINDS))
    return draft


def _ask_more(report: Report, resolver: Resolver) -> None:
    """Ask about each pronoun that is no source, and about descriptions that are told."""
    inner = dict(_inner(report.text, resolver.drafts))
    for start, end, what in sorted(_asked(report, resolver), key=lambda row: row[:2]):
        if resolver.is_source(start):
            continue
        setting = resolver.setting_at((start, end), inner.get(start))
        if isinstance(what, Noun):
            party = resolver.references.known(what, setting)
        else:
            party = resolver.references.third_person(what, setting)
        resolver.scene.meant((start, end), party)


def _asked(report: Report, resolver: Resolver) -> Iterator[tuple[int, int, str | Noun]]:
    for match in THIRD_PERSON.finditer(report.text):
        yield *match.span(), match.group().casefold()
    nouns = resolver.scene.nouns
    for noun in nouns.nouns if report.whole else nouns.phrases:
        told = report.whole or (noun.start, noun.end) in report.means
        if told and noun.determiner in DEFINITE:
            yield noun.start, noun.end, noun


def _inner(text: str, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Of each place within a content, the innermost statement."""
    for start, end, n in innermost(drafts):
        yield from ((at, n) for at in range(start, end))


class Ranker(torch.nn.Module):
    """What `judge.Network.scores` reckons, with the projections of the states before it."""

    def __init__(self, width: int, rows: int) -> None:
        super().__init__()
        linear = torch.nn.Linear
        self.to_asking = linear(width, VECTOR, bias=False)
        self.to_meant = linear(width, VECTOR, bias=False)
        self.rows = linear(rows, HIDDEN)
        self.both = linear(VECTOR, HIDDEN, bias=False)
        self.asking = linear(VECTOR, HIDDEN, bias=False)
        self.meant = linear(VECTOR, HIDDEN, bias=False)
        self.out = linear(HIDDEN, 1, bias=False)
        self.drop = torch.nn.Dropout(DROPOUT)

    def forward(
        self, rows: torch.Tensor, asked: torch.Tensor, asking: torch.Tensor, meant: torch.Tensor,
        which: torch.Tensor,
    ) -> torch.Tensor:  # fmt: skip
        """Scores [m] of all options of a batch: `asked` [m] says whose option each is, `which`
        [m] which of the states `meant` it has."""
        asking = self.drop(self.to_asking(asking))
        meant = self.drop(self.to_meant(meant))
        hidden = self.rows(rows) + self.both(asking[asked] * meant[which])
        hidden = hidden + self.asking(asking)[asked] + self.meant(meant)[which]
        out: torch.Tensor = self.out(torch.relu(self.drop(hidden)))[:, 0]
        return out


def train(examples: Examples, seed: int = 1, epochs: int = EPOCHS) -> Ranker:
    """By the likelihood of the right options together."""
    torch.manual_seed(seed)
    random, states = Random(seed), torch.from_numpy(examples.states())
    found = examples.found
    net = Ranker(states.shape[1], found[0].rows.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (len(found) // TOGETHER)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1, (k + 1) / 100) * max(0.02, 1 - k / steps)
    )
    for _ in range(epochs):
        for batch in _batches(found, random):
            loss = _loss(net, batch, states)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net.eval()


def _batches(found: Sequence[Example], random: Random) -> Iterator[list[Example]]:
    shift = random.randrange(CHUNK)
    chunks = [found[i : i + CHUNK] for i in range(shift, len(found), CHUNK)]
    random.shuffle(chunks)
    many = TOGETHER // CHUNK
    for i in range(0, len(chunks) - many + 1, many):
        yield [example for chunk in chunks[i : i + many] for example in chunk]


def _loss(net: Ranker, batch: Sequence[Example], states: torch.Tensor) -> torch.Tensor:
    asked = torch.from_numpy(np.repeat(np.arange(len(batch)), [len(x.meant) for x in batch]))
    meant, which = np.unique(np.concatenate([x.meant for x in batch]), return_inverse=True)
    scores = net(
        torch.from_numpy(np.concatenate([x.rows for x in batch])).float(),
        asked,
        states[torch.tensor([x.asking for x in batch])].float(),
        states[torch.from_numpy(meant)].float(),
        torch.from_numpy(which),
    )
    right = torch.from_numpy(np.concatenate([x.right for x in batch]))
    every = _totals(scores, asked, len(batch))
    return (every - _totals(scores.masked_fill(~right, -1e9), asked, len(batch))).mean()


def _totals(scores: torch.Tensor, asked: torch.Tensor, many: int) -> torch.Tensor:
    """The logarithm of the sum of exponents of each reference's options."""
    top = torch.full((many,), -1e9).scatter_reduce(0, asked, scores.detach(), "amax")
    sums = torch.zeros(many).scatter_add(0, asked, torch.exp(scores - top[asked]))
    return top + torch.log(sums + 1e-30)


@dataclass(frozen=True)
class Learnt:
    """The judge, and the projections of the states [width, VECTOR] to both vectors."""

    judge: Network
    asking: Floats
    meant: Floats

    def choose(self, options: Options) -> Choice:
        """Whom a reference means whose vectors are the states themselves."""
        seen = replace(
            options, asking=options.asking @ self.asking, meant=options.meant @ self.meant
        )
        return chosen(seen, self.judge.scores(seen))


def network(net: Ranker, names: Names) -> Learnt:
    """What a ranker has learnt, as it is kept."""

    def of(linear: Any) -> Floats:
        out: Floats = linear.weight.detach().numpy().T.copy()
        return out

    judge = Network(
        names_rules=names.rules,
        names_out=names.out,
        names_bias=names.out_bias,
        rank_rows=of(net.rows),
        rank_both=of(net.both),
        rank_asking=of(net.asking),
        rank_meant=of(net.meant),
        rank_bias=net.rows.bias.detach().numpy(),
        rank_out=of(net.out)[:, 0],
    )
    return Learnt(judge, of(net.to_asking), of(net.to_meant))
