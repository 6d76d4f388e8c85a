"""Every span of every reading is the characters that it says, and the same input the same bytes."""

from collections.abc import Iterator

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.pages.article import make_article
from sayso.reader import read_articles
from sayso.records import Article, Mention, Reading, Reference, Span

NAMES = st.sampled_from(
    [
        "Mira Voss",
        "the Ostland government",
        "Ostland",
        "officials",
        "She",
        "the Daily Heron",
        "Foreign Minister Tomas Reik",
        "Moscow",
        "the Dam Treaty",
        "both countries",
        "",
    ]
)
CUES = st.sampled_from(
    [
        "said",
        "denied that",
        "according to",
        "told",
        "did not confirm",
        ", citing",
        "reported",
        "pledged to",
        "signed",
        "attacked",
        "“",
        "”",
        '"',
        "—",
    ]
)
FACTS = st.sampled_from(
    [
        "at least 4,000 troops were killed",
        "more than $20 billion",
        "on May 3",
        "last August",
        "in June 2024",
        "10–12 km",
        "up to half of the shells",
        "several hundred",
        "to assist each other in the event of an attack",
        "19%",
        "30 February",
        "99999999999999999999 tonnes",
        "1/0",
        "a hundred and",
    ]
)
NOISE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("👩‍🚀\x00\x1b\u202e\u00a0é\n.,;'’"),
    max_size=12,
)
PIECES = st.lists(st.one_of(NAMES, CUES, FACTS, NOISE), max_size=14)
PARAGRAPH = st.builds(
    lambda pieces, end: " ".join(pieces) + end, PIECES, st.sampled_from([".", ""])
)
BLOCK = st.tuples(st.sampled_from(["headline", "paragraph", "caption", "quote"]), PARAGRAPH)
ARTICLES = st.lists(BLOCK, max_size=4).map(lambda blocks: article_of(blocks))


def article_of(blocks: list[tuple[str, str]]) -> Article:
    return make_article(
        "made",
        blocks,  # type: ignore[arg-type]
        reference=Reference(value="2024-05-03", from_="given"),
    )


def spans(record: object) -> Iterator[Span | Mention]:
    """All spans below a record."""
    if isinstance(record, Span | Mention):
        yield record
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from spans(getattr(record, name))
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)


def check(reading: Reading) -> None:
    """Spans, blocks and references of a reading hold together."""
    text = reading.article.text
    for span in spans(reading):
        assert 0 <= span.start < span.end <= len(text), span
        assert span.text == text[span.start : span.end], span
    actors = {actor.id for actor in reading.actors}
    statements = {statement.id for statement in reading.statements}
    dates = {date.id for date in reading.dates}
    kinds = ("actors", "statements", "figures", "dates", "events", "agreements")
    for kind in kinds:
        ids = [record.id for record in getattr(reading, kind)]
        assert len(ids) == len(set(ids)), (kind, ids)
    for statement in reading.statements:
        assert statement.parent is None or statement.parent in statements
        assert {s.actor for s in statement.sources} <= actors | {None}
        assert statement.date is None or statement.date.id in dates | {None}
    for figure in reading.figures:
        assert set(figure.of_actors) <= actors
        assert figure.statement is None or figure.statement in statements
        assert (figure.statement is None) == (figure.attribution == "none")
    for event in reading.events:
        assert {*event.actors, *event.recipients} <= actors
        assert event.statement is None or event.statement in statements
    for agreement in reading.agreements:
        assert set(agreement.parties) <= actors


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(ARTICLES, min_size=1, max_size=4))
def test_spans_are_their_characters_and_readings_are_the_same_again(
    articles: list[Article],
) -> None:
    first = list(read_articles(articles))
    assert len(first) == len(articles)
    for reading in first:
        check(reading)
    # Alone or in a batch, once or again: the same bytes.
    again = [next(iter(read_articles([article]))) for article in reversed(articles)][::-1]
    assert [r.to_json() for r in first] == [r.to_json() for r in again]
    assert msgspec.json.decode(first[0].to_json(), type=Reading) == first[0]
