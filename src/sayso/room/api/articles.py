"""Articles of the record, what was read in them, and single statements."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import JSONResponse

from sayso.record.articles import Stored
from sayso.room.api import asks, contract, shapes
from sayso.room.api.asking import hit
from sayso.room.api.desk import Desk, Who, json_only
from sayso.room.api.errors import fails

router = APIRouter(tags=["articles"], responses=fails(404, 409))

Reference = Annotated[asks.Reference, Path()]
StatementId = Annotated[
    str, Path(min_length=1, max_length=20, description="The statement's id in the article: `s3`.")
]


@router.get("/articles", response_model=shapes.Articles)
def articles(asked: Annotated[asks.Articles, Query()], desk: Desk) -> Any:
    """Current articles, those printed last first; with words, those whose title or text fits."""
    with desk.record() as record:
        page = record.article_page(
            asked.words,
            outlets=asked.outlets,
            since=asked.since,
            until=asked.until,
            limit=asked.limit,
            page=asked.page,
        )
    return {"articles": [entry.to_dict() for entry in page.shown], "next": page.next}


@router.get("/articles/{article}", response_model=shapes.Article)
def article(article: Reference, desk: Desk) -> Any:
    """One article, without its text."""
    with desk.record() as record:
        opened = record.opened(article)
    return _told(opened.article, opened.versions)


@router.patch(
    "/articles/{article}",
    dependencies=[Depends(json_only)],
    response_model=shapes.Amendment,
    response_model_exclude_unset=True,
    responses=fails(404, 409, 413, 415, 507),
)
def amend_article(article: Reference, asked: asks.Amendment, desk: Desk, who: Who) -> Any:
    """Say that an article has another title, outlet or day of printing. Nothing is read anew, but
    by another day "yesterday" is another day as well."""
    given = {name: value or "" for name, value in asked.model_dump(exclude_unset=True).items()}
    with desk.writing() as record:
        return record.amend(article, **given, who=who).to_dict()


@router.get(
    "/articles/{article}/reading",
    response_class=JSONResponse,
    responses={200: contract.answering(contract.told("reading"), "As `sayso read` gives it.")},
)
def reading(article: Reference, asked: Annotated[asks.Corrected, Query()], desk: Desk) -> Any:
    """What was read in an article, in the contract's shape."""
    with desk.record() as record:
        found = record.reading(article, corrected=asked.corrected)
    return JSONResponse(found.to_dict(text=asked.text))


@router.get("/articles/{article}/versions", response_model=shapes.Versions)
def versions(article: Reference, desk: Desk) -> Any:
    """All texts that stood at the article's address: the one that counts first."""
    with desk.record() as record:
        found = record.opened(article).versions
    return {"versions": [_told(each, found) for each in found]}


@router.get("/statements/{article}/{statement}", response_model=shapes.Hit)
def statement(article: Reference, statement: StatementId, desk: Desk) -> Any:
    """One statement, with what its article is."""
    with desk.record() as record:
        return hit(record.statement(f"{article}/{statement}"))


def _told(article: Stored, versions: Iterable[Stored]) -> dict[str, Any]:
    """An article; its versions tell the key of the one that supersedes it."""
    keys = {version.id: version.key for version in versions}
    later = article.superseded_by
    return {
        "article": article.key,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "section": article.section,
        "language": article.language,
        "added": article.added,
        "superseded_by": None if later is None else keys.get(later),
    }
