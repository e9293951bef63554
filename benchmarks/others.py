"""Who else finds statements and speakers in text, and whether each can be measured.

That is: with what PyPI has and nothing beside it, no models from elsewhere, no accounts.
"""

OTHERS = (
    (
        "textacy",
        "0.13.0",
        "direct quotations with speaker and cue, by rules over spaCy",
        "measured",
    ),
    (
        "sayswho",
        "0.1.4",
        "direct quotations by rules over spaCy, and who is meant by a model of coreference",
        "measured without that model, which no registry has: its finder of quotations over spaCy's "
        "small pipeline, where its guide has the large one",
    ),
    (
        "BookNLP",
        "1.0.8",
        "quotations, speakers and much else in novels",
        "not measured: it fetches its models from its authors' server when it starts",
    ),
    (
        "stanza, for CoreNLP's annotator of quotations",
        "1.15.0",
        "direct quotations and speakers, in Java",
        "not measured: CoreNLP and the models come from a hub, no registry has them",
    ),
    (
        "wowool-quotes",
        "2.1.2",
        "quotations and authors by rules, a commercial toolkit",
        "not measured: it installs, with its English, and then asks for a licence key",
    ),
    ("quotect", "1.1.5", "quotations and speakers in German", "not measured: another language"),
    (
        "direct-speech-extractor-ru",
        "0.0.2",
        "direct speech in Russian",
        "not measured: another language",
    ),
    (
        "Citron",
        "–",
        "quotations of all kinds and speakers in news",
        "not measured: no package",
    ),
    (
        "Gender Gap Tracker, and the Quotation Tool made of it",
        "–",
        "quotations with and without marks, and speakers, in news",
        "not measured: no package",
    ),
    (
        "Quobert, which made Quotebank",
        "–",
        "speakers of quotations in a crawl, on Spark",
        "not measured: no package, and its model is elsewhere",
    ),
)
"""Name, version, what it does, and what came of it."""


def table() -> str:
    rows = ["| | version | what it does | |", "| --- | --- | --- | --- |"]
    return "\n".join([*rows, *(f"| {' | '.join(other)} |" for other in OTHERS)])
