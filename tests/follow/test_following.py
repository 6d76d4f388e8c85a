"""Following against a local server: polite, nothing lost or twice, nothing private reached."""

import gzip
from itertools import pairwise
from typing import Any

import pytest

from sayso.follow.clock import Stopped
from sayso.ledger.adding import add_article
from sayso.ledger.ledger import Ledger

FEED = '[[feed]]\nurl = "http://gazette.example/rss"\n'


def listed(ledger: Ledger) -> set[str]:
    return {article["article"] for article in ledger.articles()}


def gaps(site: Any, host: str) -> list[float]:
    times = [request.at for request in site.asked if request.host == host]
    return [after - before for before, after in pairwise(times)]


def test_a_feed_is_read_once_and_asked_politely(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any
) -> None:
    (report,) = follow("delay = 5\n" + FEED)
    assert (report.state, report.seen, report.new, report.failures) == ("read", 3, 3, [])
    assert listed(ledger) == set(gazette)
    assert site.urls(robots=True)[0] == "http://gazette.example/robots.txt"
    assert len(site.asked) == 5
    assert min(gaps(site, "gazette.example")) >= 5
    assert site.most_open == 1
    assert all("sayso/" in request.headers["user-agent"] for request in site.asked)
    (again,) = follow("delay = 5\n" + FEED)
    assert (again.new, again.unchanged) == (0, 0)
    assert site.urls()[4:] == ["http://gazette.example/rss"]
    assert min(gaps(site, "gazette.example")) >= 5


def test_conditional_requests(
    site: Any, gazette: list[str], follow: Any, make_answer: Any, make_rss: Any
) -> None:
    def tagged(request: Any) -> Any:
        if request.headers.get("if-none-match") == '"one"':
            return make_answer(status=304)
        body = site.says[request.url + "#"].body
        return make_answer(body, headers={"ETag": '"one"', "Last-Modified": "Mon, 04 May 2026"})

    for url in ["http://gazette.example/rss", *gazette]:
        site.says[url + "#"] = site.says[url]
        site.say(url, tagged)
    follow(FEED)
    site.clock.time += 2 * 3600
    (report,) = follow(FEED)
    assert (report.state, report.seen, report.unchanged) == ("unchanged", 3, 3)
    assert all(r.headers["if-modified-since"] == "Mon, 04 May 2026" for r in site.asked[5:])
    # what did not change is looked at less and less often
    site.clock.time += 1.5 * 3600
    (report,) = follow(FEED)
    assert (report.unchanged, report.seen) == (0, 3)
    # another feeds file asks anew
    (report,) = follow(FEED + "newest = 1")
    assert (report.state, report.left_out) == ("read", 2)


def test_a_page_that_changed_is_a_version(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_page: Any
) -> None:
    follow(FEED)
    site.say(gazette[1], make_page("Toll at bridge 1", "Mayor Orla Venn said that 9 had died."))
    site.clock.time += 2 * 3600
    (report,) = follow(FEED)
    assert (report.changed, report.unchanged, report.new) == (1, 2, 0)
    versions = {article["article"]: article["version"] for article in ledger.articles()}
    assert versions == {gazette[0]: 1, gazette[1]: 2, gazette[2]: 1}


def test_what_the_feed_states_stands_below_the_page(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_page: Any, make_rss: Any
) -> None:
    extra = "<pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate><author>Ida Quill</author>"
    site.say("http://gazette.example/rss", make_rss(*gazette[:2], extra=extra))
    dated = '<meta property="article:published_time" content="2026-05-01T08:00:00Z">'
    site.say(gazette[1], make_page("A toll", "Mayor Orla Venn said that 9 had died.", dated))
    follow(FEED + 'publisher = "The Gazette"')
    found = {a["article"]: ledger.show(a["id"])["record"]["article"] for a in ledger.articles()}
    of_feed, of_page = found[gazette[0]], found[gazette[1]]
    assert of_feed["published"].startswith("2026-05-04")
    assert of_feed["reference"] == {"value": "2026-05-04", "from": "feed"}
    assert of_feed["authors"] == ("Ida Quill",)
    assert of_feed["publisher"] == "The Gazette"
    assert of_page["reference"] == {"value": "2026-05-01", "from": "metadata"}


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_answer: Any, status: int
) -> None:
    busy = make_answer(status=status, headers={"Retry-After": "90"})
    good = site.says[gazette[0]]
    site.say(gazette[0], lambda _: good if site.urls().count(gazette[0]) > 1 else busy)
    (report,) = follow(FEED)
    assert (report.new, report.later, report.failures) == (3, 0, [])
    assert max(gaps(site, "gazette.example")) == pytest.approx(90, abs=1)
    assert listed(ledger) == set(gazette)


def test_a_host_that_wants_to_be_left_alone_for_long_is(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_answer: Any
) -> None:
    good = site.says[gazette[0]]
    site.say(gazette[0], make_answer(status=429, headers={"Retry-After": "7200"}))
    (report,) = follow(FEED)
    before = len(site.asked)
    assert (report.new, report.later, report.failed) == (0, 3, 0)
    (report,) = follow(FEED)
    assert (report.state, len(site.asked)) == ("later", before)
    site.say(gazette[0], good)
    site.clock.time += 7200
    (report,) = follow(FEED)
    assert (report.new, listed(ledger)) == (3, set(gazette))


def test_tries_are_bounded(site: Any, gazette: list[str], follow: Any, make_answer: Any) -> None:
    site.say(gazette[0], make_answer(status=500))
    start = site.clock.now()
    (report,) = follow(FEED)
    assert site.urls().count(gazette[0]) == 3
    assert (report.new, report.failed) == (2, 1)
    assert report.failures == [
        {"input": gazette[0], "reason": "the server answered 500 Internal Server Error"}
    ]
    assert site.clock.now() - start < 600


def test_robots(site: Any, ledger: Ledger, gazette: list[str], follow: Any) -> None:
    robots = "User-agent: sayso\nCrawl-delay: 20\nDisallow: /*-1.html$\n"
    site.say("http://gazette.example/robots.txt", robots)
    (report,) = follow(FEED)
    assert (report.new, report.skipped_robots, report.failed) == (2, 1, 0)
    assert gazette[1] not in site.urls()
    assert min(gaps(site, "gazette.example")[1:]) >= 20
    follow(FEED)
    assert site.urls(robots=True).count("http://gazette.example/robots.txt") == 1
    site.clock.time += 25 * 3600
    site.say("http://gazette.example/robots.txt", "")
    (report,) = follow(FEED)
    assert (report.new, listed(ledger)) == (1, set(gazette))


@pytest.mark.parametrize(("status", "reached"), [(404, 4), (403, 4), (500, 0), (429, 0)])
def test_robots_that_cannot_be_had(
    site: Any, gazette: list[str], follow: Any, make_answer: Any, status: int, reached: int
) -> None:
    site.say("http://gazette.example/robots.txt", make_answer(status=status))
    follow(FEED)
    assert len(site.urls()) == reached


def test_robots_holds_for_what_a_page_leads_to(
    site: Any, gazette: list[str], follow: Any, make_answer: Any
) -> None:
    site.say(gazette[0], make_answer(status=302, headers={"Location": "http://other.example/x"}))
    site.say("http://other.example/robots.txt", "User-agent: *\nDisallow: /")
    (report,) = follow(FEED)
    assert (report.new, report.skipped_robots) == (2, 1)
    assert "http://other.example/x" not in site.urls()


def test_no_private_address_is_reached(
    site: Any, gazette: list[str], follow: Any, make_answer: Any, make_rss: Any
) -> None:
    inside = "http://intranet.example/plans-of-the-bridge-2026.html"
    site.say("http://gazette.example/rss", make_rss(inside, "http://127.0.0.1/x", *gazette[:2]))
    site.say(
        gazette[0],
        make_answer(status=301, headers={"Location": "http://metadata.example/latest"}),
    )
    (report,) = follow(FEED)
    assert (report.new, report.failed) == (1, 3)
    assert set(site.connected) == {"93.184.215.14"}
    assert all("private address" in failure["reason"] for failure in report.failures)


def test_a_private_feed_that_is_allowed_leads_to_no_other_private_host(
    site: Any, gazette: list[str], follow: Any, make_rss: Any, make_page: Any
) -> None:
    own = "http://intranet.example/2026/05/the-plans-of-the-bridge.html"
    site.say(own, make_page("The plans", "Mayor Orla Venn said that the plans were ready."))
    site.say(
        "http://intranet.example/rss",
        make_rss(own, "http://metadata.example/latest", "http://10.0.0.5:8080/x", gazette[0]),
    )
    feed = FEED.replace("gazette", "intranet")
    (report,) = follow(feed)
    assert (report.state, site.connected) == ("failed", [])
    (report,) = follow(feed, allow_private=True)
    assert (report.new, report.failed) == (2, 2)
    assert set(site.connected) == {"10.0.0.5", "93.184.215.14"}
    assert "10.0.0.5:8080" not in {request.host for request in site.asked}


def test_what_goes_wrong_is_told_and_the_rest_read(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_answer: Any, make_rss: Any
) -> None:
    def at(name: str) -> str:
        return f"http://gazette.example/2026/05/what-went-wrong-{name}.html"

    gzipped = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    good = site.says[gazette[0]].body
    wrong = {
        "loop": (make_answer(status=302, headers={"Location": at("loop")}), "redirects more"),
        "wrong": (make_answer(status=302, headers={"Location": "http://[x"}), "no valid"),
        "nowhere": (make_answer(status=302), "redirects to nowhere"),
        "bomb": (make_answer(gzip.compress(b" " * 30_000_000), headers=gzipped), "larger than"),
        "short": (make_answer(good, short=40), "breaks off"),
        "half": (make_answer(gzip.compress(good)[:50], headers=gzipped), "breaks off"),
        "binary": (make_answer(b"\0\1\2" * 99), "binary"),
        "empty": (make_answer(b""), "is empty"),
        "gone": (make_answer(status=410), "gone (410)"),
        "denied": (make_answer(status=403), "403"),
        "slow": (make_answer(good, slow=0.7), "no answer within 0.5 seconds"),
    }
    for name, (answer, _) in wrong.items():
        if name in ("slow", "short", "half"):  # each is tried three times
            continue
        site.say(at(name), answer)
    for name in ("slow", "short", "half"):
        host = f"http://{name}.example"
        site.say(f"{host}/2026/05/what-went-wrong-{name}.html", wrong[name][0])
    links = [
        at(name).replace("gazette", name) if name in ("slow", "short", "half") else at(name)
        for name in wrong
    ]
    site.say("http://gazette.example/rss", make_rss(*links, *gazette))
    (report,) = follow(FEED, timeout=0.5)
    reasons = {failure["input"]: failure["reason"] for failure in report.failures}
    assert set(reasons) == set(links)
    for link, (_, reason) in zip(links, wrong.values(), strict=True):
        assert reason in reasons[link]
    assert (report.new, listed(ledger)) == (3, set(gazette))


FEEDS: list[tuple[str, bytes | int, str]] = [
    ("html", b"<!DOCTYPE html><html><body>Our feeds</body></html>", "web page (HTML)"),
    ("json", b'{"version": "https://jsonfeed.org/version/1"}', "JSON"),
    ("text", b"nothing here", "no RSS or Atom"),
    ("empty", b"", "is empty"),
    ("large", b"<rss><channel>" + b"<item/>" * 6000, "more than 5000 entries"),
    ("gone", 410, "gone for good"),
    ("missing", 404, "404"),
]


@pytest.mark.parametrize(("name", "said", "reason"), FEEDS, ids=[name for name, *_ in FEEDS])
def test_a_feed_that_is_none_is_named_and_the_others_go_on(
    site: Any,
    gazette: list[str],
    follow: Any,
    make_answer: Any,
    name: str,
    said: bytes | int,
    reason: str,
) -> None:
    url = f"http://courier.example/{name}"
    answer = make_answer(said) if isinstance(said, bytes) else make_answer(status=said)
    site.say(url, answer)
    bad, good = follow(f'[[feed]]\nurl = "{url}"\n' + FEED)
    assert (bad.state, good.state, good.new) == ("failed", "read", 3)
    (failure,) = bad.failures
    assert failure["input"] == url
    assert reason in failure["reason"]


def test_a_feed_that_moved_is_told(
    site: Any, gazette: list[str], follow: Any, make_answer: Any
) -> None:
    old = "http://gazette.example/old"
    site.say(old, make_answer(status=301, headers={"Location": "http://gazette.example/rss"}))
    (report,) = follow(f'[[feed]]\nurl = "{old}"')
    assert (report.moved, report.new) == ("http://gazette.example/rss", 3)


def test_a_damaged_feed_is_asked_for_whole_again(
    site: Any, gazette: list[str], follow: Any, make_answer: Any, make_rss: Any
) -> None:
    whole = make_rss(*gazette).encode()
    cut = whole[: whole.index(b"<title>Entry 2")]
    site.say("http://gazette.example/rss", make_answer(cut, headers={"ETag": '"one"'}))
    (report,) = follow(FEED)
    assert report.new == 2
    assert "damaged" in report.failures[0]["reason"]
    follow(FEED)
    assert "if-none-match" not in site.asked[-1].headers


def test_ending_and_going_on(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_answer: Any
) -> None:
    good = site.says[gazette[0]]

    def stopped(_: Any) -> Any:
        site.clock.stop()
        return good

    site.say(gazette[0], stopped)
    with pytest.raises(Stopped):
        follow(FEED)
    assert gazette[0] in listed(ledger)
    assert len(listed(ledger)) < 3
    site.clock._stopping.clear()
    site.say("http://gazette.example/rss", make_answer(status=404))
    follow(FEED)
    assert listed(ledger) == set(gazette)
    assert sorted(url for url in site.urls() if url in gazette) == gazette


def test_hosts_take_turns(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, make_rss: Any
) -> None:
    others = [link.replace("gazette", "courier") for link in gazette]
    for link, other in zip(gazette, others, strict=True):
        site.say(other, site.says[link])
    site.say("http://gazette.example/rss", make_rss(*gazette, *others))
    start = site.clock.now()
    (report,) = follow("delay = 10\n" + FEED)
    assert report.new == 6
    assert min(gaps(site, "courier.example")) >= 10
    assert site.clock.now() - start < 60


def test_sitemaps(site: Any, ledger: Ledger, gazette: list[str], follow: Any) -> None:
    def sitemap(*entries: str) -> str:
        spaces = (
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        )
        return f'<?xml version="1.0"?><urlset {spaces}>{"".join(entries)}</urlset>'

    def entry(link: str, day: str) -> str:
        news = f"<news:publication_date>{day}</news:publication_date><news:title>T</news:title>"
        return f"<url><loc>{link}</loc><news:news>{news}</news:news></url>"

    dated = [entry(link, f"2027-01-1{n}") for n, link in enumerate(gazette)]
    index = (
        "<sitemapindex><sitemap><loc>http://gazette.example/a.xml.gz</loc>"
        "<lastmod>2027-01-12</lastmod></sitemap></sitemapindex>"
    )
    site.say("http://gazette.example/sitemap.xml", index)
    site.say("http://gazette.example/a.xml.gz", gzip.compress(sitemap(*dated).encode()))
    toml = '[[sitemap]]\nurl = "http://gazette.example/sitemap.xml"\nnewest = 2\n'
    (report,) = follow(toml)
    assert (report.seen, report.left_out, report.new) == (3, 1, 2)
    assert listed(ledger) == set(gazette[1:])
    (article,) = (a for a in ledger.articles() if a["article"] == gazette[2])
    assert article["published"] == "2027-01-12"
    (report,) = follow(toml)
    assert site.urls()[-1] == "http://gazette.example/sitemap.xml"


def test_lists(site: Any, ledger: Ledger, gazette: list[str], follow: Any, tmp_path: Any) -> None:
    (tmp_path / "urls.txt").write_text(f"# remark\n{gazette[0]}\n\n{gazette[1]}\n")
    first, second = follow(
        f'[[list]]\nfile = "urls.txt"\nexclude = ["*-1.html$"]\n[[list]]\nurls = ["{gazette[2]}"]\n'
    )
    assert (first.new, first.left_out, second.new) == (1, 1, 1)
    assert listed(ledger) == {gazette[0], gazette[2]}


def test_a_fault_costs_one_page(
    site: Any, ledger: Ledger, gazette: list[str], follow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(store: Any, article: Any, *rest: Any, **more: Any) -> Any:
        if article.url == gazette[1]:
            raise RuntimeError("out of luck")
        return add_article(store, article, *rest, **more)

    monkeypatch.setattr("sayso.follow.reading.add_article", broken)
    (report,) = follow(FEED)
    assert (report.new, report.failed) == (2, 1)
    assert "RuntimeError: out of luck" in report.failures[0]["reason"]


def test_robots_of_rubbish(site: Any, gazette: list[str], follow: Any) -> None:
    site.say("http://gazette.example/robots.txt", bytes(range(256)) * 500 + b"\nDisallow: /\n" * 9)
    (report,) = follow(FEED)
    assert report.new == 3
