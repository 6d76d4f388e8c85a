"""Builds the wheel, installs it where no development tool is, and reads an article with it.

Run as ``make smoke``; not a test of pytest's, because it needs an environment of its own.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = "The ferry had been late for a week, the harbour master of Tarnholm said on Monday.\n"


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """The standard output of a command.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def main(folder: Path) -> None:
    """Build, install below ``folder``, and check."""
    quiet = ("-qq", "--disable-pip-version-check")
    with tempfile.TemporaryDirectory() as kept:
        dist = Path(kept)
        build = ("wheel", *quiet, "--no-deps", "--no-build-isolation", "--wheel-dir", dist)
        run(sys.executable, "-m", "pip", *build, ROOT)
        (wheel,) = dist.glob("sayso-*.whl")

        # The libraries are installed again only where the lock file has changed.
        python = folder / "bin" / "python"
        lock = ROOT / "requirements.lock"
        stamp = folder / hashlib.sha256(lock.read_bytes()).hexdigest()
        pip = (python, "-m", "pip", "install", *quiet)
        if not stamp.exists():
            venv.create(folder, with_pip=True, clear=True)
            run(*pip, "--no-compile", "--require-hashes", "-r", lock)
            stamp.touch()
        run(*pip, "--no-deps", "--force-reinstall", wheel)

    with tempfile.TemporaryDirectory() as kept:
        away = Path(kept)
        article = away / "ferry.txt"
        article.write_text(TEXT, encoding="utf-8")
        sayso = folder / "bin" / "sayso"
        version = run(sayso, "--version", cwd=away)
        for tool in ("pytest", "mypy", "hypothesis"):
            found = f"import importlib.util as u; print(u.find_spec('{tool}'))"
            assert run(python, "-c", found, cwd=away) == "None\n", f"{tool} is installed"
        home = run(python, "-c", "import sayso; print(sayso.__file__)", cwd=away).strip()
        assert Path(home).is_relative_to(folder.resolve()), f"sayso comes from {home}"
        reading = json.loads(run(sayso, "read", article, "--json", cwd=away))
        assert reading["article"]["text"] == TEXT.strip(), reading
        assert reading["statements"], "the wheel reads no statement"
        demo = "from sayso.web.demo import samples; story, actors = samples()"
        run(python, "-c", f"{demo}; assert len(story) == 12", cwd=away)
        run(sayso, "read", article, "--html", away / "page.html", cwd=away)
        assert "Tarnholm" in (away / "page.html").read_text(encoding="utf-8")
    print(f"wheel of {version.strip()}: installed and read without the development tools")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
