"""The folder of an export: nobody else's file is overwritten, and no file is ever half written.

Files are written into a folder of their own inside, and renamed into place once all are whole. The
list ``sayso-export.json`` has the hash of each, the new one and the one before, and is put in place
first: whatever a killed run leaves, the next one knows what is Sayso's.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import ExportError

LIST = "sayso-export.json"
_STAGE = ".sayso-export"


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to write into; what is in it takes its place in ``folder`` at the end.

    Args:
        folder: made if missing.

    Raises:
        ExportError: it cannot be written, or holds a file of one of the names that is not as an
            export left it.
    """
    stage = folder / _STAGE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            yield stage
            _put_in_place(folder, stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _put_in_place(folder: Path, stage: Path) -> None:
    made = {
        path.relative_to(stage).as_posix(): _digest(path)
        for path in sorted(stage.rglob("*"))
        if path.is_file()
    }
    held = _held(folder)
    foreign = [
        name
        for name in [*made, LIST]
        if (folder / name).exists() and not _is_ours(folder, name, held)
    ]
    if foreign:
        raise ExportError(
            f"{folder}: holds {foreign[0]}, which is not as sayso export left it:"
            " name another folder"
        )
    stale = [name for name in held if _is_stale(folder, name, made, held)]
    known = {name: [digest, *_present(folder / name)] for name, digest in made.items()}
    left = {name: hashes for name, hashes in held.items() if name not in stale}
    written = stage / LIST
    written.write_text(json.dumps({**left, **known}, indent=1) + "\n", encoding="utf-8")
    written.replace(folder / LIST)
    for name in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).replace(folder / name)
    for name in stale:
        (folder / name).unlink(missing_ok=True)


def _present(path: Path) -> list[str]:
    return [_digest(path)] if path.is_file() else []


def _is_stale(folder: Path, name: str, made: dict[str, str], held: dict[str, list[str]]) -> bool:
    """Whether an earlier export wrote a file into a subfolder that this one fills without it."""
    parent = name.rpartition("/")[0]
    filled = {other.rpartition("/")[0] for other in made}
    return bool(parent) and parent in filled and name not in made and _is_ours(folder, name, held)


def _held(folder: Path) -> dict[str, list[str]]:
    """Files that earlier exports wrote, with their hashes."""
    try:
        held = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {k: v for k, v in held.items() if isinstance(v, list)}


def _is_ours(folder: Path, name: str, held: dict[str, list[str]]) -> bool:
    if name == LIST:
        return bool(held) or (folder / name).read_text(encoding="utf-8").strip() == "{}"
    path = folder / name
    return path.is_file() and not path.is_symlink() and _digest(path) in held.get(name, [])


def _digest(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
