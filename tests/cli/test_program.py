"""The program from outside: exit codes, messages, and nothing loaded that is not needed."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.cli import main

TEXT = "The harbour master of Tarnholm said the ferry had been late for a week."


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def code_of(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("unknown",),
        ("read",),
        ("read", "--as", "nonsense", "x"),
        ("read", "--published", "yesterday", "x"),
        ("read", "--actors", "no-such.csv", "x"),
        ("eval",),
        ("completion", "powershell"),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(*arguments) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "Usage: sayso" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", [(), ("read",), ("eval",), ("completion",)])
def test_help_has_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(*command, "--help") == 0
    assert "Example" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from sayso import __version__

    assert code_of("--version") == 0
    assert capsys.readouterr().out == f"sayso {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("completion", shell) == 0
    assert "_SAYSO_COMPLETE" in capsys.readouterr().out


def test_help_is_quick_and_loads_click_alone() -> None:
    code = (
        "import sys; from sayso.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "held = {'spacy', 'rich', 'jinja2', 'trafilatura', 'msgspec', 'lxml', 'numpy'}\n"
        "print('loaded:', sorted(held & set(sys.modules)))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert b"loaded: []" in done.stdout
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 0.3


def test_a_reader_that_has_had_enough_ends_it_quietly(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "read", "--only", "article", "--json", *[article] * 9],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 1


def test_an_interruption_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.api.read_many", interrupted)
    assert code_of("read", "x") == 130
    assert "Traceback" not in capsys.readouterr().err


def test_python_m_sayso() -> None:
    done = start("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("sayso ")
