"""The desk in a browser: every page, the review by keys, edit, merge and undo, paste and store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.browser import browser, served

from sayso.ledger.ledger import Ledger

PAGES = (
    "/",
    "/articles",
    "/actors",
    "/figures",
    "/origins",
    "/conflicts",
    "/agreements",
    "/timeline",
    "/search?q=shelled",
    "/read",
    "/review",
    "/review/log",
    "/api",
)
#: What axe looks at: all but the long lists of the API's page, which are like the short ones.
MOST = {"exclude": [[".shapes"]]}
#: Before the words that are selected: signs of two UTF-16 units, of several code points, and one
#: that combines with the letter before it.
EMOJI = (
    "Dam holds 🌊🌊, mayor says\n\n"
    "“We are safe 👩‍👩‍👧 behind the wall,” the mayor of Tarnhólm, Edda Brask, said of the dam."
)
RTL = "السد صامد\n\nقال رئيس البلدية إن السد صامد. The mayor said on 3 May 2031 that the dam holds."


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    with browser() as launched:
        yield launched


@pytest.fixture
def tab(chrome: Any) -> Iterator[Any]:
    """A tab; the test fails where its console tells an error or it asks another host."""
    context = chrome.new_context(viewport={"width": 1300, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda asked: None if "//127.0.0.1:" in asked.url else faults.append(asked.url),
    )
    yield page
    context.close()
    assert not faults


def own_pages(story: Path) -> tuple[str, ...]:
    """The pages of an article, an actor and a series."""
    with Ledger(story, readonly=True) as book:
        article = next(book.articles())["id"]
        actor = next(book.actors("Edvin Roos"))["id"]
        series = next(book.figures("killed"))["id"]
    return f"/articles/{article}", f"/actors/{actor}", f"/figures/{series}"


@pytest.fixture(scope="module")
def grave() -> Callable[[Any], list[tuple[str, str, str]]]:
    """A function that tells what axe calls serious in a tab."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def found(tab: Any) -> list[tuple[str, str, str]]:
        return [
            (v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300])
            for v in axe.run(tab, context=MOST).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]

    return found


def test_every_page_is_sound_for_screen_readers(tab: Any, story: Path, grave: Any) -> None:
    more = own_pages(story)
    with served(story, readonly=True) as at:
        for scheme, addresses in (("light", (*PAGES, *more)), ("dark", ("/", "/figures", *more))):
            tab.emulate_media(color_scheme=scheme)
            for address in addresses:
                tab.goto(at + address)
                assert not grave(tab), (scheme, address)


def test_what_is_worked_on_is_sound_for_screen_readers(tab: Any, copy: Path, grave: Any) -> None:
    with Ledger(copy) as book:
        first, second = (item.id for item in book.queue()[:2])
        one, other = (next(book.actors(name))["id"] for name in ("Anton Selvik", "Mara Dunn"))
        for who, action in (("Ada", "confirm"), ("Ben", "reject")):
            book.review(first, action, who=who, note="so it is")  # type: ignore[arg-type]
        book.review(second, "correct", who="Ada", field="type", value="claim")
        book.merge(other, one, who="Ada")
        article = edited(book, copy.parent / "dam.txt")
    named = {"name": "sayso-reviewer", "value": "Cleo", "url": "http://127.0.0.1"}
    tab.context.add_cookies([named])
    with served(copy) as at:
        for address in (
            f"/review?id={second}",
            "/review?blind=true",
            "/review/log",
            f"/actors/{one}?same=Roos",
            f"/articles/{article}",
        ):
            tab.goto(at + address)
            tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
            tab.emulate_media(color_scheme="dark" if address.startswith("/a") else "light")
            assert not grave(tab), address
        changed = tab.locator(".edited .text")
        assert changed.locator("del").inner_text().strip() == "are"
        assert changed.locator("ins").inner_text().strip() == "were"
        assert "claim reworded" in tab.locator(".edited ul").inner_text()


def edited(book: Ledger, path: Path) -> str:
    """Have a file read, edit it, have it read again; the id of its article."""
    for text in (EMOJI, EMOJI.replace("We are safe", "We were safe")):
        path.write_text(text, encoding="utf-8")
        book.add([path])
    return str(next(book.articles("dam holds"))["id"])


def test_no_page_is_wider_than_a_phone(chrome: Any, story: Path) -> None:
    with served(story, readonly=True) as at:
        page = chrome.new_page(viewport={"width": 360, "height": 740})
        for address in (*PAGES, *own_pages(story)):
            page.goto(at + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        page.close()


def reviewed(path: Path) -> list[tuple[str, str]]:
    with Ledger(path) as book:
        return [(line.action, line.target) for line in book.review_log()]


def test_the_whole_review_by_keys(tab: Any, copy: Path) -> None:
    def shown() -> str:
        return str(tab.locator(".claim.current").get_attribute("id"))

    def press(key: str) -> None:
        with tab.expect_navigation():
            tab.keyboard.press(key)

    with served(copy) as at:
        tab.goto(f"{at}/review")
        tab.keyboard.press("Tab")
        tab.locator("input[name=who]").fill("Ada")
        press("Enter")
        first = shown()
        press("j")
        second = shown()
        assert second != first
        press("k")
        assert shown() == first
        press("a")
        assert reviewed(copy) == [("confirm", first)]
        assert shown() == second
        press("r")
        third = shown()
        assert reviewed(copy)[1:] == [("reject", second)]
        press("u")
        assert shown() == second
        assert reviewed(copy)[2:] == [("undo", "2")]
        tab.keyboard.press("n")
        tab.keyboard.type("ja, ask them")
        press("Enter")
        assert shown() == second
        assert reviewed(copy)[3:] == [("note", second)]
        assert "ja, ask them" in tab.locator(".log").inner_text()
        press("j")
        assert shown() == third
        tab.keyboard.press("?")
        assert tab.locator("#help").get_attribute("open") is not None
        tab.keyboard.press("c")
        tab.get_by_text("Copied.").wait_for()
        cited = tab.evaluate("navigator.clipboard.readText()")
        assert "SHA-256" in cited
        assert "#:~:text=" in cited
        assert "1 of" in tab.locator(".claims > [role=status]").inner_text()
        tab.goto(f"{at}/review?id={first}")
        assert "confirm" in tab.locator(".log").inner_text()


def select(tab: Any, words: str) -> None:
    """Select words of the text of the article."""
    box = tab.evaluate(
        """words => {
          const text = document.querySelector('.text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + words.length);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            return true;
          }
          return false;
        }""",
        words,
    )
    assert box, words


def test_an_edit_by_selecting_text_after_an_emoji(tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "dam.db"
    (tmp_path / "dam.txt").write_text(EMOJI, encoding="utf-8")
    with Ledger(path) as book:
        book.add([tmp_path / "dam.txt"])
        reading = book.reading(next(book.articles())["id"])
        quote = next(s for s in reading.statements if s.cue and s.cue.text == "said")
    with served(path) as at:
        tab.goto(f"{at}/review?id={quote.id}")
        tab.locator("input[name=who]").fill("Ada")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        tab.keyboard.press("e")
        select(tab, "Edda Brask")
        tab.keyboard.press("1")
        select(tab, "behind the")
        tab.keyboard.press("3")
        tab.locator("#edit select[name=type]").select_option("claim")
        with tab.expect_navigation():
            tab.locator("#edit button[value=correct]").click()
        assert "corrected" in tab.locator(".claim.current").inner_text()
    with Ledger(path) as book:
        text = book.reading(next(book.articles())["id"]).article.text
        record = book.show(quote.id)["record"]
    assert record["type"] == "claim"
    assert [s["span"]["text"] for s in record["sources"]] == ["Edda Brask"]
    (content,) = record["content"]
    start = text.index("behind the")
    assert content == {"start": start, "end": start + 10, "text": "behind the"}


def test_merge_and_undo(tab: Any, copy: Path) -> None:
    with Ledger(copy) as book:
        one = next(book.actors("Anton Selvik"))["id"]
        other = next(book.actors("Mara Dunn"))["id"]
    with served(copy) as at:
        tab.goto(f"{at}/actors/{one}?same=Mara+Dunn")
        tab.locator("input[name=who]").fill("Ada")
        tab.get_by_role("button", name="Start reviewing").click()
        form = tab.locator(f"form:has(input[value='{other}'])")
        with tab.expect_navigation():
            form.locator("button").click()
        with Ledger(copy) as book:
            assert next(book.actors("Mara Dunn"))["id"] == one
        undo = tab.locator("form[action$='/undo']")
        with tab.expect_navigation():
            undo.locator("button").click()
        with Ledger(copy) as book:
            assert next(book.actors("Mara Dunn"))["id"] == other


def test_paste_then_read_then_store(tab: Any, copy: Path) -> None:
    with served(copy) as at:
        tab.goto(f"{at}/read")
        tab.locator("textarea").fill(RTL)
        tab.get_by_role("button", name="Read", exact=True).click()
        tab.get_by_role("button", name="Store it in the ledger").click(timeout=60_000)
        tab.get_by_role("link", name="the article in the ledger").click()
        tab.locator(".claim").first.wait_for()
        first = tab.locator(".block p").nth(1)
        assert first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    with Ledger(copy) as book:
        assert len(list(book.articles())) == 13


def test_pages_are_read_without_javascript(chrome: Any, story: Path) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    with served(story) as at:
        page.goto(f"{at}/articles")
        page.get_by_role("link", name="Selvik: our guns fired on Orsk Pass").click()
        page.locator(".text a.m").first.click()
        assert page.locator(".claim:target").count() == 1
        page.goto(f"{at}/review")
        page.locator("input[name=who]").fill("Ada")
        page.get_by_role("button", name="Start reviewing").click()
        assert page.get_by_role("button", name="Confirm").is_visible()
    context.close()
