import msgspec

from sayso.records import Figure, Reading, Span
from sayso.show.view import View
from sayso.show.wording import amount


def test_chains_are_the_words_of_the_text_outermost_first(reading: Reading) -> None:
    view = View(reading)
    assert [claim.chain for claim in view.claims] == [
        ("the Daily Heron",),
        ("the Daily Heron", "The Ostland government"),
        ("Mira Voss",),
        ("She (Mira Voss)",),
        ("officials",),
    ]
    assert [claim.form for claim in view.claims][2:4] == ["direct", "indirect"]


def test_figures_stand_weakest_sourced_first(reading: Reading) -> None:
    bare = Figure(
        id="f-0",
        span=Span(0, 1, "2"),
        value=2,
        low=2,
        high=2,
        bound="exact",
        unit_kind="other",
    )
    held = msgspec.structs.replace(bare, id="f-9", statement="s-4", attribution="carried")
    view = View(msgspec.structs.replace(reading, figures=(*reading.figures, held, bare)))
    assert [f.support for f in view.figures] == ["none", "carried", "unnamed", "named"]
    assert view.figures[0].rests_on == "nobody: the article's own voice"
    assert view.figures[1].rests_on == "carried on from She (Mira Voss)"
    assert view.figures[2].rests_on == "officials"


def test_who_it_rests_on_parts_the_named_from_the_unnamed(reading: Reading) -> None:
    view = View(reading)
    assert [(b.name, b.claims, b.figures) for b in view.backers] == [
        ("Mira Voss", 2, 1),
        ("Daily Heron", 1, 0),
        ("Government of Ostland", 1, 0),
    ]
    assert view.nobody == ("1 claim and 1 figure on “officials”",)


def test_own_voice_is_said(reading: Reading) -> None:
    own = tuple(
        msgspec.structs.replace(f, statement=None, attribution="none") for f in reading.figures
    )
    words = View(msgspec.structs.replace(reading, figures=own)).nobody
    assert "2 figures in the article's own voice: “about $3 million”, “At least 40”" in words


def test_what_was_denied_and_where(reading: Reading) -> None:
    (denied,) = View(reading).refused
    assert (denied.number, denied.type, denied.position) == (2, "deny", "¶1")


def test_a_parent_that_is_its_own_child_ends() -> None:
    from sayso.pages.article import make_article
    from sayso.records import Statement

    looped = tuple(
        Statement(id=id, sources=(), cue=None, type="say", negated=False, content=(), parent=parent)
        for id, parent in (("s-1", "s-2"), ("s-2", "s-1"), ("s-3", "s-9"))
    )
    view = View(Reading(article=make_article("x", [("paragraph", "x")]), statements=looped))
    assert [len(claim.chain) for claim in view.claims] == [2, 2, 1]


def test_amounts_say_their_bounds(reading: Reading) -> None:
    about, least = reading.figures
    ranged = msgspec.structs.replace(least, value=None, low=10.0, high=12.0, bound="range")
    vague = msgspec.structs.replace(ranged, bound="vague")
    none = msgspec.structs.replace(vague, low=None, high=None)
    assert [amount(f) for f in (about, least, ranged, vague, none)] == [
        "about $3 million",
        "at least 40",
        "10–12",
        "some 10–12",
        "an unstated number",
    ]
