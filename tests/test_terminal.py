"""The screen that is written for, the pager, links, and the choice among drugs, in a real terminal."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from druginfo import terminal
from druginfo.terminal import Screen, detect
from sample import Sample, Terminal

pytestmark = pytest.mark.slow
"""Most start the program in a terminal of its own."""
VARIABLES = "NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE TERM COLUMNS LINES PAGER LESS DRUGINFO_PAGER".split()
BOLD = "\x1b[1"
LINK = "\x1b]8;;https://example.org/zorbitinib\x1b\\"


class Stream(io.TextIOWrapper):
    """Standard output of some kind."""

    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.is_terminal = terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    made = Sample(tmp_path_factory.mktemp("terminal"))
    items = "\n".join(f"- Item {number} of the list" for number in range(100))
    (made.library / "longzorb.md").write_text(f"---\ntitle: Longzorb\n---\n\n## Usage\n\n{items}\n", "utf-8")
    signs = "Give ≤ 5 µg/m² – “never” more…  · α-blockers, 10² × 3 ± 1 °C, 日本"
    (made.library / "signzorb.md").write_text(f"---\ntitle: Signzorb\n---\n\n## Usage\n\n- {signs}\n", "utf-8")
    return made


# ---------------------------------------------------------------- detect


def test_a_pipe_is_plain_and_eighty_columns_wide() -> None:
    assert detect(stream=Stream()) == Screen(80, False, True, False)


def test_a_terminal_has_colour_and_links() -> None:
    screen = detect(stream=Stream(terminal=True))
    assert screen.colour
    assert screen.links


@pytest.mark.parametrize(
    ("environment", "option", "is_terminal", "colour"),
    [
        ({"NO_COLOR": "1"}, "auto", True, False),
        ({"NO_COLOR": ""}, "auto", True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", True, False),
        ({"NO_COLOR": "1"}, "always", False, True),
        ({"FORCE_COLOR": "1"}, "auto", False, True),
        ({"FORCE_COLOR": "3"}, "auto", False, True),
        ({"FORCE_COLOR": "0"}, "auto", False, False),
        ({"FORCE_COLOR": ""}, "auto", False, False),
        ({"CLICOLOR_FORCE": "1"}, "auto", False, True),
        ({"CLICOLOR_FORCE": "0"}, "auto", False, False),
        ({"CLICOLOR_FORCE": ""}, "auto", False, False),
        ({"CLICOLOR": "0"}, "auto", True, False),
        ({"TERM": "dumb"}, "auto", True, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True, True),
        ({"FORCE_COLOR": "1"}, "never", True, False),
        ({}, "never", True, False),
        ({}, "always", False, True),
    ],
)
def test_colour(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    option: terminal.Colour,
    is_terminal: bool,
    colour: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert detect(option, stream=Stream(terminal=is_terminal)).colour is colour


@pytest.mark.parametrize(
    ("columns", "option", "width"),
    [
        (None, None, 80),
        ("120", None, 120),
        ("120", 60, 60),
        ("0", None, 80),
        ("wide", None, 80),
        ("-5", None, 80),
        ("", None, 80),
        ("5", None, 20),
        (None, 33, 33),
        (None, 300, 300),
    ],
)
def test_width(monkeypatch: pytest.MonkeyPatch, columns: str | None, option: int | None, width: int) -> None:
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert detect(width=option, stream=Stream()).width == width


@pytest.mark.parametrize(
    ("encoding", "draws"),
    [("utf-8", True), ("utf-16", True), ("ascii", False), ("cp1252", False), ("latin-1", False), ("cp437", False)],
)
def test_lines_are_drawn_where_the_encoding_has_them(encoding: str, draws: bool) -> None:
    assert detect(stream=Stream(encoding=encoding)).unicode is draws


def test_links_need_a_terminal_that_is_not_dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not detect("always", stream=Stream()).links
    for term in ("dumb", "linux"):
        monkeypatch.setenv("TERM", term)
        assert not detect("always", stream=Stream(terminal=True)).links


def test_a_closed_stream_is_no_terminal() -> None:
    stream = Stream(terminal=True)
    stream.close()
    assert not terminal._is_terminal(io.StringIO())
    assert detect(width=50, stream=io.StringIO()) == Screen(50, False, False, False)


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["ascii:strict", "cp1252", "koi8-r"])
@pytest.mark.parametrize("arguments", [("show", "signzorb"), ("list",), ("dose", "zorbitinib"), ("show", "frobnicate")])
def test_no_encoding_is_too_small(sample: Sample, encoding: str, arguments: tuple[str, ...]) -> None:
    ran = sample.run(*arguments, PYTHONIOENCODING=encoding)
    assert ran.status == (3 if "frobnicate" in arguments else 0)
    assert "Traceback" not in ran.err


def test_signs_that_ascii_lacks_are_spelled_out_and_numbers_stay(sample: Sample) -> None:
    out = sample.run("show", "signzorb", PYTHONIOENCODING="ascii").out
    assert out.isascii()
    for said in ("<= 5 microg/m^2", '"never" more...', "alpha-blockers", "10^2 x 3 +/- 1", "<U+65E5>"):
        assert said in " ".join(out.split())


def test_json_is_utf8_whatever_the_encoding(sample: Sample) -> None:
    plain = sample.run("show", "signzorb", "--json").out
    assert "≤ 5 µg/m²" in plain
    for environment in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}):
        assert sample.run("show", "signzorb", "--json", **environment).out == plain


def test_the_c_locale_loses_nothing(sample: Sample) -> None:
    ran = sample.run("show", "signzorb", LC_ALL="C", LANG="")
    assert ran.status == 0
    assert "≤ 5 µg/m²" in ran.out


# ---------------------------------------------------------------- in a terminal


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_lines_fit_the_terminal(sample: Sample, columns: int) -> None:
    ran = sample.terminal("show", "zorbitinib", "--no-pager", "--color", "never", columns=columns).end()
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= columns
    assert "2 mg orally once daily." in ran.out


def test_a_terminal_gets_colour_and_links_a_pipe_neither(sample: Sample) -> None:
    shown = sample.terminal("show", "zorbitinib", "--no-pager").end().out
    assert BOLD in shown
    assert LINK in shown
    piped = sample.run("show", "zorbitinib").out
    assert "\x1b" not in piped
    assert "https://example.org/zorbitinib" in piped
    assert LINK not in sample.run("show", "zorbitinib", "--color", "always").out


def test_no_escape_code_where_none_is_wanted(sample: Sample) -> None:
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in sample.terminal("show", "zorbitinib", "--no-pager", **environment).end().out


# ---------------------------------------------------------------- the pager


def pager(sample: Sample, name: str, script: str) -> str:
    path = sample.root / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture(scope="module")
def marking(sample: Sample) -> str:
    """A pager that says so, and what LESS is."""
    return pager(sample, "marking", 'echo "PAGED[$LESS]"; cat')


def test_a_long_text_goes_through_the_pager_in_colour(sample: Sample, marking: str) -> None:
    out = sample.terminal("show", "longzorb", PAGER=marking).end().out
    assert "PAGED[-R FX]" in out
    assert BOLD in out
    assert "Item 99 of the list" in out


def test_less_options_of_the_user_are_kept_and_colour_gets_through(sample: Sample, marking: str) -> None:
    for own in ("-S", "-SR", "-PpromptR", "--RAW-CONTROL-CHARS", "+G", ""):
        assert f"PAGED[-R {own}]" in sample.terminal("show", "longzorb", PAGER=marking, LESS=own).end().out


def test_a_pager_of_its_own_goes_first(sample: Sample, marking: str) -> None:
    assert "PAGED" in sample.terminal("show", "longzorb", PAGER="false", DRUGINFO_PAGER=marking).end().out


def test_pager_with_arguments(sample: Sample) -> None:
    out = sample.terminal("show", "longzorb", PAGER="sed -e 's/^/> /'").end().out
    assert ">   • Item 99 of the list" in out


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--no-pager"], {}),
        (["--json"], {}),
        (["--markdown"], {}),
        ([], {"TERM": "dumb"}),
        ([], {"PAGER": ""}),
    ],
)
def test_no_pager(sample: Sample, marking: str, arguments: list[str], environment: dict[str, str]) -> None:
    ran = sample.terminal("show", "longzorb", *arguments, **{"PAGER": marking, **environment}).end()
    assert ran.status == 0
    assert "PAGED" not in ran.out
    assert "Item 99 of the list" in ran.out


def test_a_short_text_needs_no_pager(sample: Sample, marking: str) -> None:
    out = sample.terminal("show", "zorbitinib", "usage", PAGER=marking).end().out
    assert "PAGED" not in out
    assert "Invented arthritis" in out


def test_a_pipe_has_no_pager(sample: Sample, marking: str) -> None:
    assert "PAGED" not in sample.run("show", "longzorb", PAGER=marking).out


def test_a_pager_that_is_not_there_is_no_loss(sample: Sample) -> None:
    ran = sample.terminal("show", "longzorb", PAGER="/no/such/pager").end()
    assert ran.status == 0
    assert "Item 99 of the list" in ran.out
    assert "Traceback" not in ran.out


@pytest.mark.parametrize("command", ["false", "exit 3", "cat >/dev/null; exit 1", "unclosed 'quote", "/"])
def test_a_pager_that_fails_shows_the_text_itself(sample: Sample, command: str) -> None:
    ran = sample.terminal("show", "longzorb", PAGER=command).end()
    assert ran.status == 0
    assert "Item 99 of the list" in ran.out


def test_a_pager_that_is_killed_has_shown_what_it_has(sample: Sample) -> None:
    ran = sample.terminal("show", "longzorb", PAGER=pager(sample, "killed", "kill -9 $$")).end()
    assert ran.status == 0
    assert "Item 99" not in ran.out


def test_the_pager_of_a_path_with_spaces_and_signs(sample: Sample) -> None:
    directory = sample.root / "a $(b) 'c; d"
    directory.mkdir(exist_ok=True)
    (directory / "less").write_text("#!/bin/sh\necho FOUND; cat\n")
    (directory / "less").chmod(0o755)
    out = sample.terminal("show", "longzorb", PATH=f"{directory}{os.pathsep}{os.environ['PATH']}").end().out
    assert "FOUND" in out
    assert "Item 99 of the list" in out


def test_no_pager_of_the_current_directory_is_run(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "less").write_text("#!/bin/sh\ntouch ran\ncat\n")
    (tmp_path / "less").chmod(0o755)
    script = f"cd {tmp_path}; exec {sys.executable} -P -m druginfo show longzorb"
    for path in (f":{os.environ['PATH']}", f".:{os.environ['PATH']}"):
        terminal = Terminal(["sh", "-c", script], sample.environment(PATH=path), 80, 24)
        terminal.until("Longzorb")
        terminal.type("q")
        terminal.end()
    assert not (tmp_path / "ran").exists()


def test_quitting_the_pager_early_is_quiet(sample: Sample) -> None:
    ran = sample.terminal("show", "longzorb", PAGER=pager(sample, "quitting", "read line; exit 0")).end()
    assert ran.status == 0
    assert "Item 99" not in ran.out
    assert "Traceback" not in ran.out
    assert "Broken" not in ran.out


def test_a_pager_that_knows_no_links_gets_none(sample: Sample) -> None:
    out = sample.terminal("show", "zorbitinib", PAGER="cat", lines=10).end().out
    assert "\x1b]8;" not in out
    assert BOLD in out
    assert "https://example.org/zorbitinib" in out


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_itself(sample: Sample) -> None:
    shown = sample.terminal("show", "longzorb", LC_ALL="C", LANG="")
    shown.until(":\x1b[K")
    assert "•" in shown.shown
    assert "ESC[" not in shown.shown
    time.sleep(0.5)
    shown.type("\x03")  # an interrupt is less's own
    time.sleep(0.5)
    shown.type("G")
    shown.until("Item 99 of")
    shown.type("q")
    assert shown.end().status == 0


# ---------------------------------------------------------------- the choice


def test_a_person_chooses_among_drugs(sample: Sample) -> None:
    asked = sample.terminal("show", "zorb", "kidney", "--monographs", str(two_alike(sample)))
    asked.until("which one?")
    assert "1  Zorbalpha" in asked.shown
    assert "2  Zorbbeta" in asked.shown
    asked.type("2\n")
    ran = asked.end()
    assert ran.status == 0
    assert "Beta kidneys." in ran.out
    assert "Alpha kidneys." not in ran.out


@pytest.mark.parametrize("answer", ["\n", "3\n", "0\n", "-1\n", "zorbalpha\n", "²\n", "\x04"])
def test_no_choice_opens_nothing(sample: Sample, answer: str) -> None:
    asked = sample.terminal("show", "zorb", "--monographs", str(two_alike(sample)))
    asked.until("which one?")
    asked.type(answer)
    ran = asked.end()
    assert ran.status == 4
    assert "kidneys." not in ran.out
    assert "Traceback" not in ran.out


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 3), ("\n", 3)])
def test_a_single_candidate_that_may_not_open_is_offered(sample: Sample, answer: str, status: int) -> None:
    asked = sample.terminal("show", "zorbwwltha", "--monographs", str(two_alike(sample)))
    asked.until("Show Zorbalpha? [y/N]")
    asked.type(answer)
    ran = asked.end()
    assert ran.status == status
    assert ("Alpha kidneys." in ran.out) == (status == 0)


def test_an_interrupted_choice(sample: Sample) -> None:
    asked = sample.terminal("show", "zorb", "--monographs", str(two_alike(sample)))
    asked.until("which one?")
    time.sleep(0.5)  # of an interrupt between writing a prompt and reading the answer, Python learns only after a key
    asked.type("\x03")
    ran = asked.end()
    assert ran.status == 130
    assert "Traceback" not in ran.out


def test_nobody_is_asked_in_a_pipe_or_for_json(sample: Sample) -> None:
    directory = str(two_alike(sample))
    ran = sample.run("show", "zorb", "--monographs", directory, stdin="1\n")
    assert (ran.status, ran.out) == (4, "")
    assert "Zorbalpha" in ran.err
    assert "which one" not in ran.err
    shown = sample.terminal("show", "zorb", "--json", "--monographs", directory).end()
    assert shown.status == 4
    assert '"code": "ambiguous"' in shown.out
    assert "which one" not in shown.out


def two_alike(sample: Sample) -> Path:
    directory = sample.root / "alike"
    directory.mkdir(exist_ok=True)
    for name in ("Alpha", "Beta"):
        text = f"---\ntitle: Zorb{name.lower()}\naliases: [Zorb]\n---\n\n## Precautions\n\n- {name} kidneys.\n"
        (directory / f"zorb{name.lower()}.md").write_text(text, "utf-8")
    return directory


# ---------------------------------------------------------------- a drug without a command


def test_a_drug_alone_is_shown(sample: Sample) -> None:
    assert sample.run("zorbilant").out == sample.run("show", "zorbilant").out
    assert sample.run("zorbitinib", "kidney").out == sample.run("show", "zorbitinib", "kidney").out
    assert sample.run("--json", "zorbitinib").out == sample.run("show", "zorbitinib", "--json").out
    assert (
        sample.run("--width", "40", "insulin", "zorgine").out
        == sample.run("show", "insulin-zorgine", "--width", "40").out
    )


def test_common_options_may_come_before_a_command(sample: Sample) -> None:
    assert sample.run("--json", "list").out == sample.run("list", "--json").out
    assert sample.run("--color", "never", "dose", "zorbilant").out == sample.run("dose", "zorbilant").out


@pytest.mark.parametrize(
    ("word", "meant"),
    [("dosee", "dose"), ("shwo", "show"), ("lst", "list"), ("macth", "match"), ("SHOW", "show"), ("Faqs", "faq")],
)
def test_a_misspelled_command_is_not_taken_for_a_drug(sample: Sample, word: str, meant: str) -> None:
    ran = sample.run(word, "zorbitinib")
    assert ran.status == 2
    assert ran.out == ""
    assert word in ran.err
    assert meant in ran.err
    assert len(ran.err.splitlines()) == 1


def test_help_and_version_as_words(sample: Sample) -> None:
    assert sample.run("help").out == sample.run("--help").out
    assert sample.run("help", "dose").out == sample.run("dose", "--help").out
    assert sample.run("version").out == sample.run("--version").out == sample.run("--json", "--version").out


def test_common_options_alone_ask_for_a_command(sample: Sample) -> None:
    for options in (["--width", "60"], ["--exact"], ["--width"]):
        ran = sample.run(*options)
        assert ran.status == 2
        assert "Give a command or a drug" in ran.err
    assert '"code": "usage"' in sample.run("--json").out


def test_an_option_of_another_command_is_reported(sample: Sample) -> None:
    assert "dose, review have it" in sample.run("show", "zorbitinib", "--egfr", "45").err
    assert "dose, review, faq, search, list, match, check have it" in sample.run("show", "zorbitinib", "--csv").err
    assert sample.run("show", "zorbitinib", "--frob").err == (
        "druginfo: No such option: --frob; `druginfo show --help` says more.\n"
    )


def test_what_is_neither_command_nor_drug_is_said_to_be_neither(sample: Sample) -> None:
    ran = sample.run("frobnicate", "zorbitinib")
    assert ran.status == 3
    assert "“frobnicate”" in ran.err
    assert "no command “shwo”. Did you mean “show”?" in sample.run("shwo", "zorbitinib").err


def test_a_drug_whose_name_is_like_a_command_is_that_drug(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "importal.md").write_text("---\ntitle: Listar\n---\n\n## Usage\n\nInvented lists.\n", "utf-8")
    ran = sample.run("listar", "--monographs", str(tmp_path))
    assert ran.status == 0
    assert "Invented lists." in ran.out


def test_nothing_at_all_shows_the_help(sample: Sample) -> None:
    ran = sample.run()
    assert "Usage: druginfo" in ran.out + ran.err
    assert ran.status in (0, 2)


def test_version_is_one_line(sample: Sample) -> None:
    ran = sample.run("--version")
    assert ran.status == 0
    assert ran.out.startswith("druginfo ")
    assert len(ran.out.splitlines()) == 1
    assert os.environ.get("PYTHONWARNINGS") or not ran.err
