"""Words by what they do to the sense of a sentence that they are left out of."""


def listed(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split(","))


NEGATIONS = listed(
    """
    not no never none nobody nothing nowhere neither nor without hardly scarcely barely rarely
    seldom cannot few refuse refuses refused deny denies denied fail fails failed failing prevent
    prevents avoid lack lacks lacked except unable impossible false untrue wrong nonsense myth lie
    lies unlikely
    """
)
"""With all that end in n't."""

SUPPOSING = listed(
    """
    seem seems seemed appear appears appeared suggest suggests suggested think thinks thought
    believe believes believed feel feels felt guess guesses suppose supposes suspect suspects reckon
    reckons imagine imagines assume assumes hope hopes fear fears expect expects expected claimed
    understand understood confident hopeful optimistic convinced estimate estimates estimated tend
    tends afraid
    """
)
"""Hedge what comes after them."""

HEDGES = SUPPOSING | listed(
    """
    perhaps maybe probably possibly apparently allegedly reportedly supposedly seemingly likely
    presumably conceivably arguably potentially hopefully theoretically almost nearly roughly
    approximately virtually sometimes occasionally usually generally normally partly mostly mainly
    largely somewhat relatively comparatively reasonably fairly broadly
    alleged supposed possible potential apparent rumoured purported fake former
    only
    """
)
LOOKS = listed("looks looked sounds sounded feels felt")

PHRASES = _phrases(
    """
    as far as i, as far as we, i gather, we gather, not sure, not certain, i could be wrong,
    i may be wrong, i might be wrong, rumour has it, or so, more or less, at best, at worst,
    at least, in theory, in principle, on paper, in part, in parts, to some extent, to a degree,
    up to a point, for the most part, for now, for the moment, for the time being, 1 day, some day,
    with luck, with any luck, subject to, depending on, dependent on, pending,
    on the face of it, at first sight, at first glance, so to speak
    """
)
"""Hedge the sentence that they stand in, wherever they stand."""

OPINIONS = listed("opinion view estimation judgment reckoning knowledge understanding mind belief")
"""Hedge in an aside: "in our estimation"."""

DEGREES = listed("bit little touch shade")
"""After an `a`: "a bit shy"."""

ALL = listed(
    "all every everything everyone everybody everywhere any anything anyone anybody anywhere no "
    "none nothing nobody nowhere never"
)
"""What an exception is made from: "nobody but the mayor"."""

NOT = listed("not no never none nobody nothing nowhere neither nor cannot")
DENIED = listed("doubt doubts question denying deny denies mistaking disputing dispute")
"""With a negation before them they affirm: "no doubt", "cannot deny"."""
AFFIRMED = DENIED | {"least"}
SCOPED = listed(
    "necessarily always entirely fully completely wholly totally exactly strictly quite really "
    "only just yet everywhere personally solely alone"
)
"""After a negation they tell how far it goes: "not always"."""
RESTRICTING = listed(
    """
    who whom whose which that about after against among around at before behind below beside between
    beyond by during for from in inside into near of off on onto outside over since through toward
    towards under until upon with within without yet personally alone anymore necessarily today
    tomorrow tonight
    """
)
"""Open what tells how far a negation before them goes: "not on a Sunday"."""

DETERMINERS = listed("a an the my our your his her its their this that some any")
MISFITS = listed("false untrue wrong impossible")
"""Negate as predicates; before a noun they only tell which: "the wrong door"."""

POINTING = listed("what this that these those which some any every the same")

DOUBTS = listed(
    """
    doubt doubts doubted wonder wonders wondered unsure uncertain whether unclear
    sceptical skeptical pretend pretends pretended imagine dream dreamed idea notion suggestion
    theory rumour rumor rumours rumors dispute disputes
    """
)
REPORTS = listed(
    """
    say says said tell tells told hear hears heard claim claims claimed argue argues argued insist
    insists insisted allege alleges reported according write writes wrote accuse accuses accused
    called describe describes described warn warns warned promises assure assures assured announce
    announced admit admits admitted mention mentioned stated quote quoted advise advised complain
    complains complained
    """
)
"""Whose word it is."""

CONDITIONS = listed(
    "if unless until till provided providing assuming suppose supposing otherwise except lest"
)
TIMES = listed("when whenever once after before")
MODALS = listed("may might could would should must ought can shall need")
WILL = listed("will going gonna")
WISHES = listed(
    """
    want wants wanted hope hopes hoped wish wishes wished plan plans planned try tries tried trying
    intend intends intended expect expects expected need needs aim aims like love have had going
    used able ready willing prepared about promise promises promised threaten threatened agree
    agreed
    """
)
INCLINED = listed(
    "interested considering thinking talking looking discussing exploring planning hoping"
)
"""Make a wish of a doing: "interested in closing it"."""
QUANTITIES = listed("some many most few several half part parts third quarter majority minority")
BOUNDS = listed("about around nearly almost over under roughly approximately least most up")
COMPARED = listed("more less fewer better worse too")
OF_SEVERAL = frozenset((("1", "of"), ("among", "the")))
"""Without them, one of several is the only one."""
HAVING = listed("have has had")
"""Verbs of their own before "the" or "that", else parts of others."""
BEFORE_VERBS = HAVING | listed(
    "be been being to that not never also still well yet even only soon ever just all both"
)
"""What may stand between a modal and its verb."""
ABSOLUTES = listed("all every always must only also even")

FIRST = listed("i we i'll we'll i've we've i'd we'd i'm we're")
SUBJECTS = listed(
    """
    i we you he she it they there this that these those who somebody someone people the a an my our
    their his her its your everyone everybody nobody no some all both many most i'm i've i'll i'd
    we're we've we'll we'd you're you've they're they've they'll it's that's there's he's she's
    what's who's he'll she'll it'll let's let one
    """
)
COORDINATORS = listed("and but or so yet plus")
SUBORDINATORS = listed("because although though while whereas which who whose since where")
GROUNDS = listed("because since although though")
RELATIVES = listed("which who whose where")
WHICH = listed("who whom whose which that")
CONCESSIVE = listed("even as")
CONCEDING = listed(
    "although though while whereas because since even whatever whoever wherever however"
)
"""Open clauses without which the sentence still says what it says."""
VERBS = listed(
    """
    is are was were am be been being has have had do does did will would can could shall should may
    might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
    can't couldn't shouldn't cannot it's that's there's he's she's i'm we're they're you're i've
    we've you've they've i'll we'll you'll they'll he'll she'll it'll i'd we'd they'd get gets got
    go goes went make makes made take takes took come comes came know knows knew say says said think
    thinks thought see sees saw want wants give gives gave find finds found tell tells told keep
    keeps kept let lets put puts run runs ran need needs mean means meant work works stand stands
    stood believe believes leave leaves left lose loses lost pay pays paid feel feels felt
    """
)
COMMON = (
    SUBJECTS
    | REPORTS
    | VERBS
    | listed(
        "as at by for from in into me him them us on of off out to with yes yeah no not oh ok okay "
        "well then now here very just up down"
    )
)
"""Words so frequent that one or two of them say nothing of whose they are."""
FINITE = listed("is are was were has have had will would can could must should")


def negates(key: str) -> bool:
    """Whether a word denies what it stands in."""
    return key in NEGATIONS or key.endswith("n't")


def turns(key: str) -> bool:
    """Whether a word can turn the sense of a sentence that it is put into or taken from."""
    return negates(key) or key in _TURNING


_TURNING = HEDGES | DOUBTS | CONDITIONS | MODALS | QUANTITIES | ABSOLUTES
