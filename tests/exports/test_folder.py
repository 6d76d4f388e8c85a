"""The folder of an export: whole files or none, and nobody else's is touched."""

import json
from pathlib import Path

import pytest

from sayso.errors import ExportError
from sayso.exports.folder import LIST, staged


def export(folder: Path, **files: str) -> None:
    with staged(folder) as stage:
        for name, text in files.items():
            path = stage / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def test_an_export_replaces_an_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    export(folder, a="1", b="1")
    export(folder, a="2")
    assert held(folder) == {"a": "2", "b": "1"}
    export(folder, b="2")
    assert held(folder) == {"a": "2", "b": "2"}


def test_another_file_of_the_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(ExportError, match=r"holds b, which is not as sayso export left it"):
        export(tmp_path, a="1", b="1")
    assert held(tmp_path) == {"b": "mine"}


def test_an_exported_file_that_was_changed_is_left_alone(tmp_path: Path) -> None:
    export(tmp_path, a="1")
    (tmp_path / "a").write_text("1 and my notes")
    with pytest.raises(ExportError, match="holds a"):
        export(tmp_path, a="2")
    assert held(tmp_path) == {"a": "1 and my notes"}


def test_a_foreign_list_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LIST).write_text("my own")
    with pytest.raises(ExportError, match=LIST):
        export(tmp_path, a="1")
    assert (tmp_path / LIST).read_text() == "my own"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a").symlink_to(other)
    with pytest.raises(ExportError):
        export(folder, a="1")
    assert other.read_text() == "mine"


def test_a_failure_leaves_the_earlier_export(tmp_path: Path) -> None:
    export(tmp_path, a="1")

    def fail() -> None:
        with staged(tmp_path) as stage:
            (stage / "a").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert held(tmp_path) == {"a": "1"}


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_kill_while_files_are_put_in_place_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    export(tmp_path, a="1", b="1")
    real, left = Path.replace, [moved]

    def replace(self: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        export(tmp_path, a="2", b="2")
    monkeypatch.undo()
    assert set(held(tmp_path).values()) <= {"1", "2"}
    export(tmp_path, a="3", b="3")
    assert held(tmp_path) == {"a": "3", "b": "3"}


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    stage = tmp_path / ".sayso-export"
    stage.mkdir()
    (stage / "a").write_text("half")
    export(tmp_path, b="1")
    assert held(tmp_path) == {"b": "1"}


def test_files_of_a_subfolder_that_are_no_longer_made_go(tmp_path: Path) -> None:
    export(tmp_path, gold__a="1", gold__b="1", c="1")
    (tmp_path / "gold" / "notes").write_text("mine")
    export(tmp_path, gold__a="2")
    assert held(tmp_path) == {"gold/a": "2", "gold/notes": "mine", "c": "1"}
    assert set(json.loads((tmp_path / LIST).read_text())) == {"gold/a", "c"}


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ExportError, match="cannot be written"):
        export(tmp_path / "out", a="1")
