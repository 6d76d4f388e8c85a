"""The scorer: a perfect reading scores 1, and each kind of error lowers the right number."""

import json
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs

from sayso.api import read_many
from sayso.errors import GoldError, InputError
from sayso.evaluation import Scores, evaluate, load_gold, score
from sayso.evaluation.gold import Gold, GoldArticle, GoldObligation, GoldStatement, parse_gold
from sayso.evaluation.matching import alike, jaccard, normal, pair, state, words
from sayso.pages.article import make_article
from sayso.records import (
    Actor,
    Agreement,
    Article,
    Date,
    DateRef,
    Event,
    Figure,
    Mention,
    Obligation,
    Place,
    Reading,
    Reference,
    Role,
    Source,
    Span,
    Statement,
)

HERE = Path(__file__).parent / "gold"
GOLD: dict[str, Any] = json.loads((HERE / "lantern.json").read_text(encoding="utf-8"))
ERRORS = tomllib.loads((HERE / "errors.toml").read_text(encoding="utf-8"))


def article() -> Article:
    headline, *paragraphs = (HERE / "lantern.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return make_article(
        "lantern.txt",
        [("headline", headline), *(("paragraph", p) for p in paragraphs)],
        headline=headline,
        authors=("Ines Marrow",),
        published="2031-05-09",
        reference=Reference(value="2031-05-09", from_="metadata"),
    )


def gold(**changes: Any) -> Gold:
    return parse_gold(json.dumps({**GOLD, **changes}).encode(), "lantern.json")


def reading_of_gold(article: Article, gold: Gold) -> Reading:
    """The reading that has all that a gold file marks, at the first place that has its words."""

    def span(words: str | None) -> Span | None:
        if words is None:
            return None
        start = article.text.find(words)
        assert start >= 0, words
        return Span(start, start + len(words), words)

    def sure(words: str) -> Span:
        found = span(words)
        assert found
        return found

    def date(value: str | msgspec.UnsetType | None) -> DateRef | None:
        return DateRef(value=value) if value else None

    ids = {a.name: f"actor-{n}" for n, a in enumerate(gold.actors or ())}

    def actors(names: tuple[str, ...] | msgspec.UnsetType) -> tuple[str, ...]:
        return tuple(ids[name] for name in names or ())

    def statement(s: GoldStatement) -> Statement:
        return Statement(
            id=f"s-{s.id}",
            sources=tuple(
                Source(
                    span=span(source.text),
                    actor=ids.get(source.actor or ""),
                    kind=source.kind or "named",
                )
                for source in s.sources
            ),
            cue=span(s.cue),
            type=s.type or "say",
            negated=s.negated or False,
            content=tuple(map(sure, s.content)),
            quotes=tuple(map(sure, s.quotes or ())),
            date=date(s.date),
            venue=span(s.venue or None),
            addressee=span(s.addressee or None),
            hedges=tuple(map(sure, s.hedges or ())),
            parent=f"s-{s.parent}" if s.parent else None,
            chain=s.chain or (),
        )

    figures = gold.figures or ()
    numbers = {figure.text: f"f-{n}" for n, figure in enumerate(figures)}

    def obligations(found: tuple[GoldObligation, ...]) -> tuple[Obligation, ...]:
        return tuple(
            Obligation(
                type=o.type,
                content=sure(o.content.removeprefix("to ")),
                parties=actors(o.parties),
                trigger=span(o.trigger or None),
            )
            for o in found
        )

    return Reading(
        article=article,
        actors=tuple(
            Actor(
                id=ids[a.name],
                name=a.name,
                kind=a.kind or "group",
                country=a.country or None,
                aliases=a.aliases,
                roles=tuple(Role(title=role) for role in a.roles),
                mentions=tuple(
                    Mention(sure(m).start, sure(m).end, m, "name") for m in a.mentions_at_least
                ),
            )
            for a in gold.actors or ()
        ),
        statements=tuple(map(statement, gold.statements or ())),
        figures=tuple(
            Figure(
                id=numbers[f.text],
                span=sure(f.text),
                value=f.value,
                low=f.low or None,
                high=f.high or None,
                bound=f.bound,
                unit_kind=f.unit_kind or "other",
                kind=f.kind or None,
                change=f.change or None,
                measure=f.measure or None,
                currency=f.currency or None,
                counted=span(f.counted or None),
                of_actors=actors(f.of_actors),
                since=date(f.since),
                part_of=numbers.get(f.part_of or ""),
                statement=f"s-{f.statement}" if f.statement else None,
                attribution=f.attribution or "none",
            )
            for f in figures
        ),
        dates=tuple(
            Date(id=f"d-{n}", span=sure(d.text), value=d.value, kind="date", anchor="text")
            for n, d in enumerate(gold.dates or ())
        ),
        events=tuple(
            Event(
                id=f"e-{n}",
                type=e.type,
                trigger=sure(e.trigger),
                status=e.status,
                actors=actors(e.actors),
                recipients=actors(e.recipients),
                place=Place(name=e.place) if e.place else None,
                date=date(e.date),
            )
            for n, e in enumerate(gold.events or ())
        ),
        agreements=tuple(
            Agreement(
                id=f"t-{n}",
                name=a.name,
                kind=a.kind or "treaty",
                parties=actors(a.parties),
                mentions=tuple(map(sure, a.mentions)),
                signed=date(a.signed),
                ratified=date(a.ratified),
                in_force=date(a.in_force),
                ended=date(a.ended),
                duration=a.duration or None,
                obligations=obligations(a.obligations),
            )
            for n, a in enumerate(gold.agreements or ())
        ),
    )


def perfect() -> Reading:
    return reading_of_gold(article(), gold())


def test_perfect_reading_scores_one() -> None:
    scores = score(perfect(), gold())
    assert scores.missed == scores.spurious == scores.wrong == []
    assert {row.metric: row.score for row in scores.rows() if row.score != 1} == {}
    assert len(scores.rows()) > 30


def changed(case: dict[str, Any]) -> Reading:
    """The perfect reading with the case's records changed, dropped or doubled.

    In the case's values, "@words" is the span of these words.
    """

    def placed(value: Any) -> Any:
        if isinstance(value, str) and value.startswith("@"):
            start = article().text.index(value[1:])
            return {"start": start, "end": start + len(value) - 1, "text": value[1:]}
        if isinstance(value, list):
            return [placed(item) for item in value]
        if isinstance(value, dict):
            return {key: placed(item) for key, item in value.items()}
        return value

    reading = msgspec.to_builtins(perfect())
    records = list(reading[case["list"]])
    fields = {**placed(case.get("set", {})), **dict.fromkeys(case.get("unset", ()))}
    if case["do"] == "drop":
        del records[case["at"]]
    elif case["do"] == "change":
        records[case["at"]] = {**records[case["at"]], **fields}
    else:
        records.append({**records[case["at"]], "id": "more", **fields})
    return msgspec.convert({**reading, case["list"]: records}, Reading)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_lowers_its_number_and_no_other(name: str) -> None:
    case = ERRORS[name]
    scores = score(changed(case), gold())
    assert {row.metric for row in scores.rows() if row.score != 1} == set(case["lowers"])
    told = scores.missed + scores.spurious + scores.wrong
    assert bool(told) == bool(case["lowers"])


def change(records: str, index: int, **fields: Any) -> Reading:
    return changed({"do": "change", "list": records, "at": index, "set": fields})


def drop(records: str, index: int) -> Reading:
    return changed({"do": "drop", "list": records, "at": index})


def test_an_optional_statement_counts_for_precision_alone() -> None:
    one = structs.replace(perfect(), statements=(perfect().statements[4],))
    assert score(one, gold()).counts["statements.precision"] == (1, 1)
    assert score(one, gold()).counts["statements.found"] == (0, 4)


def test_a_government_acts_as_its_country() -> None:
    reading = change("actors", 1, name="Government of Velia")
    assert score(reading, gold()).score("events.right") == 1


def test_exact_bounds_follow_from_the_value() -> None:
    entry = {"text": "about 12,000", "value": 12000, "low": None, "high": None, "bound": "exact"}
    reading = change("figures", 1, bound="exact", low=12000.0, high=12000.0)
    assert score(reading, gold(figures=[entry])).score("figures.right") == 1


def test_a_statement_without_cue_or_words_of_its_source() -> None:
    entry = {
        "id": "goes-on",
        "sources": [{"text": None, "actor": "Oren Tal"}],
        "cue": None,
        "content": ["“We hold the pass,”"],
    }
    reading = change("statements", 2, cue=None)
    assert score(reading, gold(statements=[entry], figures=[])).score("statements.found") == 1
    held_by = Source(span=None, actor="actor-0", kind="named")
    reading = change("statements", 2, cue=None, sources=[msgspec.to_builtins(held_by)])
    assert score(reading, gold(statements=[entry], figures=[])).score("statements.found") == 1


def test_content_or_serves_as_content() -> None:
    entries = [{**GOLD["statements"][3], "content": ["fled"]}]
    assert score(perfect(), gold(statements=entries, figures=[])).score("statements.found") == 0
    entries[0]["content_or"] = GOLD["statements"][3]["content"]
    assert score(perfect(), gold(statements=entries, figures=[])).score("statements.found") == 1


def test_furniture_in_the_text_is_named() -> None:
    scores = score(perfect(), gold(article={"not_in_text": ["Daily Lantern", "Share this"]}))
    assert scores.counts == {**scores.counts, "article.not_in_text": (1, 2)}
    assert "'Daily Lantern' stands in the text" in scores.wrong[0]


def test_lists_that_gold_leaves_out_are_not_scored() -> None:
    bare = parse_gold(b'{"schema": "sayso.gold/1"}', "bare.json")
    assert score(perfect(), bare).rows() == []


def test_words_that_the_article_lacks_are_told() -> None:
    entry = {**GOLD["statements"][0], "content": ["The army has lost nobody"]}
    scores = score(perfect(), gold(statements=[entry], figures=[]))
    assert "gold: 'The army has lost nobody' does not stand in the article" in scores.wrong


def test_every_problem_is_told_in_words() -> None:
    scores = score(structs.replace(perfect(), statements=(), dates=()), gold())
    assert "statements: tal-denial: He | denied | 'that about 12,000 people had fled'" in (
        scores.missed
    )
    assert "dates: 'Friday' = 2031-05-09" in scores.missed


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "lantern.json: "),
        (b"[]", "lantern.json: "),
        (b"\xff\xfe", "lantern.json: "),
        (b'{"schema": "sayso.gold/2"}', "$.schema"),
        (b'{"schema": "sayso.gold/1", "figure": []}', "figure"),
        (
            b'{"schema": "sayso.gold/1", "figures": [{"text": "5", "value": 5, "bound": "x"}]}',
            "$.figures[0].bound",
        ),
        (b'{"schema": "sayso.gold/1", "dates": [{"text": "May"}]}', "$.dates[0]"),
        (
            b'{"schema": "sayso.gold/1", "figures": [{"text": "5", "value": 5, "bound": "exact",'
            b' "statement": "nobody"}]}',
            "figure '5': no statement has the id 'nobody'",
        ),
    ],
)
def test_a_malformed_gold_file_names_the_entry(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "lantern.json"
    path.write_bytes(data)
    with pytest.raises(GoldError, match=r"lantern\.json") as error:
        load_gold(path)
    assert told in str(error.value)


def test_a_missing_gold_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.json: cannot be read"):
        load_gold(tmp_path / "none.json")


@pytest.mark.parametrize("field", ["id", "parent"])
def test_ids_are_checked(field: str) -> None:
    entries = [GOLD["statements"][0], {**GOLD["statements"][2], field: "lantern"}]
    if field == "parent":
        entries = [{**GOLD["statements"][0], "parent": "nobody"}]
    with pytest.raises(GoldError, match="statement"):
        gold(statements=entries)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_readings_made_before_are_scored(tmp_path: Path) -> None:
    path = write(tmp_path, "lantern.json", json.dumps(GOLD).encode())
    other = write(tmp_path, "other.json", b'{"schema": "sayso.gold/1"}')
    second = structs.replace(article(), input="folder/other.txt")
    lines = [Reading(article=second).to_json(), perfect().to_json()]
    readings = write(tmp_path, "readings.jsonl", b"\n".join(lines) + b"\n")
    report = evaluate([path, other], readings=readings)
    assert [file.input for file in report.files] == ["lantern.txt", "folder/other.txt"]
    assert {row.score for row in report.rows()} == {1.0}
    plain = json.loads(report.to_json())
    assert list(plain) == ["schema", "files", "pooled"]
    assert plain["pooled"]["statements.found"] == {"right": 4, "total": 4, "score": 1.0}
    assert (
        report.to_json()
        == evaluate([path, other], readings=[perfect(), second_reading()]).to_json()
    )


def second_reading() -> Reading:
    return Reading(article=structs.replace(article(), input="folder/other.txt"))


def test_readings_of_another_article_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "other.json", b'{"schema": "sayso.gold/1"}')
    with pytest.raises(GoldError, match=r"other\.json: none of the 2 readings"):
        evaluate([path], readings=[perfect(), perfect()])
    bad = write(tmp_path, "bad.jsonl", perfect().to_json() + b"\n{}\n")
    with pytest.raises(GoldError, match=r"bad\.jsonl:2: is no reading"):
        evaluate([path], readings=bad)


def test_an_article_that_is_not_found_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "gold/lantern.json", b'{"schema": "sayso.gold/1"}')
    with pytest.raises(GoldError, match=r"names no article.* give the article as an input"):
        evaluate([path])


def test_pooled_lists_name_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "lantern.json", json.dumps(GOLD).encode())
    report = evaluate([path], readings=[drop("dates", 1)])
    assert report.pooled.missed == [f"{path}: dates: 'Friday' = 2031-05-09"]


def test_scores_of_nothing() -> None:
    scores = Scores()
    assert scores.rows() == []
    assert scores.score("statements.f1") is None


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("The army", "the ARMY", 1.0),
        ("", "", 1.0),
        ("", "army", 0.0),
        ("4,000", "15,000", 0.0),
        ("a b a", "a b", 2 / 3),
        ("Velia’s army", "army", 1 / 3),
        ("😀 \x00", "", 1.0),
    ],
)
def test_jaccard(a: str, b: str, share: float) -> None:
    assert jaccard(a, b) == pytest.approx(share)
    assert jaccard(b, a) == pytest.approx(share)


def test_words_that_agree() -> None:
    assert words("At least 4,000 of Velia’s “men”.") == [
        "at",
        "least",
        "4,000",
        "of",
        "velia",
        "s",
        "men",
    ]
    assert normal("The  Ministry of Defense") == "ministry of defense"
    assert state("The Government of Velia") == state("Velia")
    assert alike("Peskov", "Kremlin spokesperson Dmitry Peskov")
    assert not alike("the spokesperson of the ministry", "Kremlin spokesperson Dmitry Peskov")


def test_pairs_are_made_best_first() -> None:
    candidates = [((0.6,), 0, 0), ((0.9,), 1, 0), ((0.5,), 0, 1), ((0.5,), 1, 1)]
    assert pair(candidates) == {1: 0, 0: 1}


def test_evaluate_reads_the_article_itself(tmp_path: Path) -> None:
    path = write(tmp_path, "gold/none.json", b'{"schema": "sayso.gold/1", "input": "../none.txt"}')
    with pytest.raises(InputError, match=r"none\.txt"):
        evaluate([path])


@pytest.mark.parametrize(
    ("published", "right"),
    [
        ("2031-05-09T08:00:00Z", True),
        ("2031-05-09T10:00:00+02:00", True),
        ("2031-05-09T08:00:00", False),
        ("2031-05-09", False),
        (None, False),
    ],
)
def test_moments_are_compared_as_such(published: str | None, right: bool) -> None:
    reading = structs.replace(
        perfect(), article=structs.replace(article(), published="2031-05-09T08:00:00+00:00")
    )
    wanted = gold(article={"published": published})
    assert score(reading, wanted).score("article.fields") == right


SAMPLE_GOLD = sorted((HERE.parents[1] / "samples" / "gold").glob("*.json"))


@pytest.mark.parametrize("path", SAMPLE_GOLD, ids=lambda path: path.stem)
def test_what_sample_gold_marks_scores_one(path: Path) -> None:
    marked = structs.replace(load_gold(path), article=GoldArticle())
    assert marked.input
    [found] = read_many([path.parent / marked.input], only="article")
    assert isinstance(found, Reading)
    scores = score(reading_of_gold(found.article, marked), marked)
    assert scores.missed == scores.spurious == scores.wrong == []
    assert {row.score for row in scores.rows()} <= {1.0, None}
