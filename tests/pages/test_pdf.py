"""PDF files: paragraphs out of lines, without what is printed around pages; errors by name."""

import pytest
from tests.pages.pdfs import Set, assembled, column, pdf

from sayso.errors import InputError
from sayso.pages import read_bytes
from sayso.pages.documents.pdf import MAX_PAGES, lines_of, read_pdf
from sayso.pages.documents.setting import Line

ONE = (
    "The army of Tamor said on Friday that forty of its soldiers",
    "had been killed at the Harn dam.",
)
TWO = (
    "The governor of Lunde denied it and demanded that observers",
    "be let in at once.",
)
THREE = (
    "Both countries signed a treaty in 2012 that binds them to help",
    "each other.",
)


def texts(data: bytes) -> list[str]:
    return [one.text for one in read_pdf("a.pdf", data).paragraphs]


def joined(*paragraphs: tuple[str, ...]) -> list[str]:
    return [" ".join(lines) for lines in paragraphs]


def test_paragraphs_parted_by_gaps_indents_or_room() -> None:
    by_gap = column(*ONE, "", *TWO, "", *THREE)
    by_indent = column(f"\t{ONE[0]}", ONE[1], f"\t{TWO[0]}", TWO[1], f"\t{THREE[0]}", THREE[1])
    by_room = column(*ONE, *TWO, *THREE)
    for lines in (by_gap, by_indent, by_room):
        assert texts(pdf(lines)) == joined(ONE, TWO, THREE)


def test_type_of_one_point_that_is_scaled_has_the_size_that_is_seen() -> None:
    head = column("Forty killed at the dam", top=560, size=20)
    data = pdf([*head, *column(*ONE, "", *TWO)], scaled=True)
    made = read_pdf("a.pdf", data).paragraphs
    assert [one.text for one in made[1:]] == joined(ONE, TWO)
    assert [one.size for one in made] == [20.0, 10.0, 10.0]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first = column(*ONE, "", TWO[0], top=140)
    second = column(TWO[1], "", *THREE, top=540)
    assert texts(pdf(first, second)) == joined(ONE, TWO, THREE)
    right = column(TWO[1], "", *THREE, left=220, top=540)
    assert texts(pdf(column(*ONE, "", TWO[0], top=540) + right)) == joined(ONE, TWO, THREE)


LEFT = (
    "The army of Tamor said on",
    "Friday that forty of its",
    "soldiers had been killed at",
    "the dam by fire from the",
    "other bank of the river Harn.",
    "It gave no names.",
)
RIGHT = (
    "The governor of Lunde denied",
    "it and demanded that the",
    "observers be let in at once,",
    "a demand that was made",
    "before and that nobody had",
    "answered.",
)


def test_columns_that_come_row_by_row_are_read_one_after_the_other() -> None:
    one, other = column(*LEFT), column(*RIGHT, left=220)
    rows = [cell for row in zip(one, other, strict=True) for cell in row]
    expected = [*joined(LEFT), *joined(RIGHT)]
    assert texts(pdf(rows)) == texts(pdf([*one, *other])) == expected


def test_rows_of_a_table_stay_rows() -> None:
    left = column(
        "Killed on Friday", "Wounded on Friday", "Missing since then", "Taken", "Freed", "Held"
    )
    right = column(
        "forty soldiers in all", "some ninety of them", "three", "two", "one", "12", left=220
    )
    rows = [cell for row in zip(left, right, strict=True) for cell in row]
    assert "Killed on Friday forty soldiers in all" in " ".join(texts(pdf(rows)))


def test_a_new_paragraph_may_begin_a_page() -> None:
    pages = column(*ONE, "", *TWO, top=140), column(*THREE, top=540)
    assert texts(pdf(*pages)) == joined(ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("The govern-", "ment said so."), "The government said so."),
        (("A 22-", "year-old said so."), "A 22-year-old said so."),
        (("The Tamor-", "Lunde pact, they say."), "The Tamor-Lunde pact, they say."),
        (
            ("long-range shells and long-", "range guns fired."),
            "long-range shells and long-range guns fired.",
        ),
        (
            ("The ceasefire held; a cease-", "fire is what they want."),
            "The ceasefire held; a ceasefire is what they want.",
        ),
    ],
)
def test_hyphens_at_the_ends_of_lines(lines: tuple[str, ...], expected: str) -> None:
    assert texts(pdf(column(*lines))) == [expected]


def test_type_tells_headlines_labels_and_items() -> None:
    made = read_pdf(
        "a.pdf",
        pdf(
            [
                *column("Forty killed at the dam,", "the army says", top=560, size=20),
                Set("Byline:", base=500, font="F2"),
                Set("Edvin Roos", left=92, base=500),
                *column("All of it bold", top=470, font="F2"),
                *column("• The first thing", "• The second", top=440),
            ]
        ),
    ).paragraphs
    assert [(one.text, one.size, one.bold, one.label, one.item) for one in made] == [
        ("Forty killed at the dam, the army says", 20.0, False, "", False),
        ("Byline: Edvin Roos", 10.0, False, "Byline:", False),
        ("All of it bold", 10.0, True, "", False),
        ("The first thing", 10.0, False, "", True),
        ("The second", 10.0, False, "", True),
    ]


def test_a_bold_label_begins_a_paragraph() -> None:
    lines = [
        *column("LP", top=520, font="F2"),
        *column("The army of Tamor said so on Friday, and the governor", left=80, top=520),
        *column("of Lunde denied that it had anything to do with it", left=80, top=508),
        *column("TD", top=496, font="F2"),
        *column("Both signed a treaty.", left=80, top=496),
    ]
    rows = sorted(lines, key=lambda one: (-one.base, one.left))
    made = read_pdf("a.pdf", pdf(rows)).paragraphs
    assert [(one.label, one.text[:14]) for one in made] == [
        ("LP", "LP The army of"),
        ("TD", "TD Both signed"),
    ]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("the whole river", "2", "was"), "the whole river was"),
        (("was in their hands.", "12", "Then"), "was in their hands. Then"),
        (("no more since 2029", "3", "they"), "no more since 2029 they"),
        (("fields of 40 km", "2", "are"), "fields of 40 km2 are"),
        (("damages of 10", "6", "euros"), "damages of 10⁶ euros"),
        (("on Friday, the 3", "rd", "of May"), "on Friday, the 3rd of May"),
    ],
)
def test_marks_of_notes_and_raised_figures(pieces: tuple[str, str, str], expected: str) -> None:
    data = pdf([Set(pieces[0], 50)])
    (end,) = (line.right for line in _measured(data))
    mark = Set(pieces[1], end + 0.5, 504, 6)
    lines = [Set(pieces[0], 50), mark, Set(pieces[2], end + 12), *column(*ONE, top=450)]
    assert texts(pdf(lines)) == [expected, *joined(ONE)]


def test_a_note_may_begin_with_a_raised_mark() -> None:
    note = [Set("1", 50, 63, 5), Set("A note, by which nothing is said.", 55, 60, 7)]
    assert texts(pdf([*column(*ONE, "", *TWO), *note])) == joined(ONE, TWO)


def _measured(data: bytes) -> list[Line]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        return [*lines_of("a.pdf", file, 0)]


@pytest.mark.parametrize(
    ("initial", "rest", "expected"),
    [
        ("T", "he army said on Friday that", "The army said on Friday that"),
        ("T", "HE ARMY said on Friday that", "THE ARMY said on Friday that"),
        ("A", "soldier said on Friday that", "A soldier said on Friday that"),
        ("A", "rmed men held on Friday what armed men held,", "Armed men held on Friday what"),
    ],
)
def test_an_initial_belongs_to_its_line(initial: str, rest: str, expected: str) -> None:
    beside = column(rest, "forty of its soldiers had been killed", left=75, top=520)
    lines = [
        Set(initial, 50, 507, 24),
        *beside,
        *column("at the dam of Harn, in the north.", top=496),
    ]
    (text,) = texts(pdf(lines))
    assert text.startswith(expected)
    assert text.endswith("forty of its soldiers had been killed at the dam of Harn, in the north.")


ADDRESS = "https://gazette.example/2031/05/03/dam"


def printed(number: int, count: int) -> list[Set]:
    """What a browser prints around a page."""
    return [
        Set("5/9/31, 10:22 AM", 25, 580, 8),
        Set("Forty killed at the dam", 160, 580, 8),
        Set(f"{ADDRESS}", 25, 15, 8),
        Set(f"{number}/{count}", 370, 15, 8),
    ]


def test_what_a_browser_prints_around_pages() -> None:
    one = [*column(*ONE, "", *TWO), *printed(1, 2)]
    two = [*printed(2, 2), *column(*THREE)]
    made = read_pdf("a.pdf", pdf(one, two))
    assert [p.text for p in made.paragraphs] == joined(ONE, TWO, THREE)
    assert made.url == ADDRESS
    alone = read_pdf("a.pdf", pdf([*column(*ONE), *printed(1, 1)]))
    assert [p.text for p in alone.paragraphs] == joined(ONE)
    assert alone.url == ADDRESS


def test_running_heads_page_numbers_and_notes() -> None:
    def page(number: int, *lines: str) -> list[Set]:
        head = Set(f"The Tarnholm Gazette, no. {number}", 120, 580, 8)
        foot = Set(f"- {number} -", 190, 20, 8)
        note = Set("1 A note, by which nothing is said.", 50, 60, 7)
        return [head, *column(*lines, top=130), note, foot]

    pages = [page(1, *ONE, "", TWO[0]), page(2, TWO[1], "", *THREE), page(3, *ONE)]
    assert texts(pdf(*pages)) == joined(ONE, TWO, THREE, ONE)


def test_an_article_is_made_of_it() -> None:
    lines = [
        *column("Forty killed at the dam", top=560, size=20),
        *column("By Edvin Roos", top=530),
        *column("3 May 2031", top=512),
        *column(*ONE, "", *TWO, "", *THREE, top=480),
        *printed(1, 1),
    ]
    (found,) = read_bytes("a.pdf", pdf(lines, title="Untitled"))
    assert not isinstance(found, InputError)
    article, capture = found
    assert article.text == "\n\n".join(["Forty killed at the dam", *joined(ONE, TWO, THREE)])
    assert (article.headline, article.authors) == ("Forty killed at the dam", ("Edvin Roos",))
    assert (article.published, article.url) == ("2031-05-03", ADDRESS)
    assert capture.data.startswith(b"%PDF")


GOOD = pdf(column(*ONE, *TWO))
LOOP = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])
MANY = assembled(
    [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (MAX_PAGES + 1, b"3 0 R " * (MAX_PAGES + 1)),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
)
LOCKED = GOOD.replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>"
    % (b"o" * 32, b"u" * 32),
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 cut short", "is a damaged PDF file"),
        (GOOD[:300], "is a damaged PDF file"),
        (LOOP, "page 1 is damaged"),
        (MANY, "more than 2,000"),
        (LOCKED, "is protected by a password"),
        (pdf([]), "is a PDF of pictures without text"),
        (pdf(column(*ONE))[:-400], "is a damaged PDF file"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read_pdf("a.pdf", data)
    assert reason in error.value.reason


def test_a_bomb_costs_the_file_alone() -> None:
    bomb = pdf(column(*ONE), packed=True, more=b" " * 300_000_000)
    assert len(bomb) < 2_000_000
    results = [*read_bytes("bomb.pdf", bomb), *read_bytes("good.pdf", GOOD)]
    assert not isinstance(results[-1], InputError)
    assert isinstance(results[0], InputError) or ONE[0] in results[0][0].text
