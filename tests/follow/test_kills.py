"""A run that is killed at a page, and the command itself."""

import json
import os
import signal
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from tests.follow.conftest import Handler, Site

from sayso.cli.main import cli
from sayso.ledger.ledger import Ledger

FEED = '[[feed]]\nurl = "http://gazette.example/rss"\n'


def test_killed_between_pages(tmp_path: Path, make_page: Any, make_rss: Any) -> None:
    site = Site()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    base = f"http://127.0.0.1:{httpd.server_address[1]}"
    links = [f"{base}/2026/05/story-about-the-bridge-{number}.html" for number in range(5)]
    for number, link in enumerate(links):
        site.say(link, make_page(f"Toll {number}", f"Mayor Orla Venn said that {number} had died."))
    site.say(f"{base}/rss", make_rss(*links))
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'delay = 0\n[[feed]]\nurl = "{base}/rss"\n')
    ledger = str(tmp_path / "ledger.db")
    running: list[subprocess.Popen[bytes]] = []
    arguments = ["follow", str(feeds), "--ledger", ledger, "--json", "--allow-private"]
    good = site.says[links[3]]

    def kill(_: Any) -> Any:
        running[0].send_signal(signal.SIGKILL)
        site.say(links[3], good)
        # the feed no longer lists what was not read
        site.say(f"{base}/rss", make_rss(links[0]))
        return good

    site.say(links[3], kill)
    try:
        running.append(subprocess.Popen([sys.executable, "-m", "sayso", *arguments]))
        assert running[0].wait(120) == -signal.SIGKILL
        told = CliRunner().invoke(cli, arguments)
    finally:
        running[0].kill()
        httpd.shutdown()
        thread.join()
        httpd.server_close()
    report = json.loads(told.stdout)
    assert (report["new"], report["seen"], report["failed"]) == (2, 1, 0)
    asked = site.urls()
    assert sorted(asked) == sorted([*links, links[3], *2 * [f"{base}/rss"]])
    with Ledger(ledger) as book:
        found = [(article["article"], article["version"]) for article in book.articles()]
        assert sorted(found) == [(link, 1) for link in links]
        assert book.verify() == []


def test_command(site: Site, gazette: list[str], tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("delay = 0\n" + FEED)
    ledger = ["--ledger", str(tmp_path / "ledger.db")]
    told = CliRunner().invoke(cli, ["follow", str(tmp_path / "feeds.toml"), *ledger])
    assert told.exit_code == 0, told.stderr
    assert told.stdout == "http://gazette.example/rss: read, 3 listed: 3 new\n"
    (tmp_path / "feeds.toml").write_text("delay = 0\n" + FEED + FEED.replace("rss", "gone"))
    told = CliRunner().invoke(cli, ["follow", str(tmp_path / "feeds.toml"), *ledger, "--json"])
    assert told.exit_code == 1
    assert told.stderr == "sayso: http://gazette.example/gone: the server answered 404 Not Found\n"
    good, bad = map(json.loads, told.stdout.splitlines())
    assert (good["feed"], good["state"], good["new"]) == ("http://gazette.example/rss", "read", 0)
    assert (bad["state"], len(bad["failures"])) == ("failed", 1)


def test_wrong_usage(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEED)
    for more in (["--every", "soon"], ["--once", "--every", "1h"]):
        assert CliRunner().invoke(cli, ["follow", str(feeds), *more]).exit_code == 2
    feeds.write_text("fed = 1")
    told = CliRunner().invoke(cli, ["follow", str(feeds)])
    assert told.exit_code == 2
    assert "unknown key 'fed'" in told.stderr


def test_every_ends_cleanly(site: Site, gazette: list[str], tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("delay = 0\n" + FEED)
    rounds = []

    def twice(request: Any) -> Any:
        rounds.append(request)
        if len(rounds) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return feed

    feed = site.says["http://gazette.example/rss"]
    site.say("http://gazette.example/rss", twice)
    arguments = ["follow", str(tmp_path / "feeds.toml"), "--every", "1s"]
    told = CliRunner().invoke(cli, [*arguments, "--ledger", str(tmp_path / "ledger.db")])
    assert told.exit_code in (0, 130)
    assert told.stdout.startswith("http://gazette.example/rss: read, 3 listed: 3 new\n")
    assert len(rounds) == 2
