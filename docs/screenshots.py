"""Takes the README's pictures of the desk, over the sample story, with the system's Chromium.

    make screenshots

Needs the development tools (Playwright). The demo's server is started as a user starts it.
"""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
#: The picture, the page, its colours, its width and height in CSS pixels.
SHOTS = [
    ("article", "an article of the story", "light", 1240, 720),
    ("figures", "a series", "dark", 1240, 720),
    ("review", "/review", "light", 1240, 640),
]
#: Whose words the article and the series of the pictures are about.
HEADLINE, SERIES = "Drenov calls Orsk Pass reports a provocation", "soldiers of Velmora killed"


def main() -> None:
    """Start the demo, wait for its story, take the pictures."""
    command = [sys.executable, "-m", "sayso", "serve", "--demo", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the server did not start"
        base = found[0].rstrip("/")
        _wait(base)
        FOLDER.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            chrome = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for name, where, scheme, width, height in SHOTS:
                page = chrome.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                _go(page, base, where)
                page.screenshot(path=FOLDER / f"{name}.png")
                page.close()
            chrome.close()
    finally:
        server.terminate()
        server.wait(20)


def _wait(base: str) -> None:
    """Until the whole story is read."""
    for _ in range(600):
        if "Reading the sample story" not in httpx.get(base).text:
            return
        time.sleep(0.2)
    raise SystemExit("the story was not read within two minutes")


def _go(page: Page, base: str, where: str) -> None:
    """Open a page as a person would."""
    if where.startswith("/"):
        page.goto(base + where)
        page.locator("input[name=who]").fill("Ada")
        with page.expect_navigation():
            page.get_by_role("button", name="Start reviewing").click()
        for _ in range(3):  # to a claim whose source, cue and content stand apart
            with page.expect_navigation():
                page.keyboard.press("j")
        page.keyboard.press("?")
    elif where == "a series":
        page.goto(f"{base}/figures")
        page.get_by_role("link", name=SERIES).click()
    else:
        page.goto(f"{base}/articles")
        page.get_by_role("link", name=HEADLINE).click()
        page.locator(".text a.m.cue").nth(2).click()
        page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    main()
