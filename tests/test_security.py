"""SECURITY.md says only what tests hold: those it names are there, and the promises that have no room of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests import robustness

from conftest import Cli

TESTS = Path(__file__).resolve().parent
PAGE = (TESTS.parent / "SECURITY.md").read_text("utf-8")


def test_the_tests_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named >= {"test_current_directory", "test_guard", "test_store"}
    assert not [name for name in named if not (TESTS / f"{name}.py").is_file()]


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.mkdir", "!!python/object/new:os.mkdir", "!python/name:os.mkdir"]
)
def test_a_tag_of_yaml_makes_nothing(tag: str, tmp_path: Path, inside: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would make a directory."""
    root = tmp_path / "library"
    root.mkdir()
    made = f"{tag} ['{tmp_path / 'made'}']"
    text = f"---\ntitle: Zorbitinib\nfaqs: {made}\nx: {made}\n---\n\n## Usage\n\nX.\n"
    (root / "zorbitinib.md").write_text(text)
    monkeypatch.setenv("DRUGINFO_MONOGRAPHS", str(root))
    for arguments in (["show", "zorbitinib"], ["check", str(root)], ["list"]):
        inside(*arguments)
    assert not (tmp_path / "made").exists()


_WITHOUT_NETWORK = """
import os, socket
class Refused(socket.socket):
    def connect(self, *_):
        os.write(2, b"the network is asked")
        raise OSError
    connect_ex = sendto = connect
socket.socket = Refused
socket.getaddrinfo = Refused.connect
from druginfo.__main__ import main
main()
"""


COMMANDS = """show baricitinib; dose baricitinib --json; faq pregnancy; search kidney; list; match zzz; info; schema;
    interactions warfarin amiodarone; compare warfarin apixaban; check --select F; import {labels} --into {into}"""


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [each.strip() for each in COMMANDS.split(";")])
def test_no_command_but_fetch_asks_the_network(arguments: str, tmp_path: Path) -> None:
    filled = arguments.format(labels=TESTS / "fixtures" / "labels" / "openfda_new_format.json", into=tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_NETWORK, *filled.split()], capture_output=True, text=True, timeout=120
    )
    assert "the network is asked" not in done.stdout + done.stderr
    assert done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["monographs", "pager"])
def test_the_script_of_hostile_tries_finds_nothing(name: str, tmp_path: Path) -> None:
    """Two quick kinds of it; `python -m tests.robustness` makes all."""
    found = list(robustness.KINDS[name](robustness.World(tmp_path, 1)))
    assert len(found) > 5
    assert not [wrong for wrong in found if wrong]
