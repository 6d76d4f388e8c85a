"""Files of others are those that are named, and nothing of the server's own asks another host."""

import hashlib
import re
import tomllib
from importlib import resources

FOLDER = resources.files("sayso.web") / "static"


def test_vendored_files_are_those_that_are_named() -> None:
    told = tomllib.loads((FOLDER / "vendored.toml").read_text(encoding="utf-8"))
    scripts = {file.name for file in FOLDER.iterdir() if file.name.endswith(".min.js")}
    assert scripts == told.keys()
    for name, about in told.items():
        data = (FOLDER / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == about["sha256"]
        assert f'version:"{about["version"]}"' in data.decode()
        assert (FOLDER / f"{name.split('.')[0]}-LICENSE.txt").is_file()


def test_styles_load_nothing() -> None:
    style = (FOLDER / "desk.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|https?:", style)
