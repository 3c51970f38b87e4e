"""Exit statuses, streams, and terminals of every kind: what a person and a script can rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import druginfo
from conftest import Cli

pytestmark = pytest.mark.slow

MakeLibrary = Callable[..., Path]
BANNED = "---\ntitle: Orzulate\nis_banned: true\n---\n## Dosage\n\n- **Adults:** ≥5 mg → 10 µg • “now”\n"


@pytest.fixture
def orzulate(library: MakeLibrary) -> list[str]:
    return ["--monographs", str(library(orzulate=BANNED))]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("show baricitinib", 0),
        ("show olumiant kidney", 0),
        ("show pregnancy", 0),
        ("faq", 0),
        ("list", 0),
        ("info", 0),
        ("dose warfarin", 0),
        ("match warfarin", 0),
        ("show zzzzqq", 3),
        ("show acetohexamide", 3),
        ("match zzzzqq", 3),
        ("show baricitinib nonsense", 3),
        ("list --class nonsense", 3),
        ("show", 2),
        ("dose", 2),
        ("show --nonsense", 2),
        ("show warfarin --width", 2),
        ("show warfarin --width 5", 2),
        ("show warfarin --color pink", 2),
        ("schema nonsense", 2),
        ("show warfarin --monographs /nonexistent", 1),
    ],
)
def test_statuses_and_one_line_of_error(arguments: str, status: int, inside: Cli) -> None:
    ran = inside(*arguments.split())
    assert ran.status == status
    if status and not arguments.startswith("match"):
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
        assert ran.err.startswith("druginfo: ")
    else:
        assert ran.out
        assert ran.err == ""


def test_the_help_of_a_server_has_no_options_for_output(inside: Cli) -> None:
    shown = inside("mcp", "--help").out
    assert "--monographs" in shown
    assert "--json" not in shown
    assert "--json" in inside("check", "--help").out


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version") == (0, f"druginfo {druginfo.__version__}\n", "")
    ran = cli("--help")
    assert ran.status == 0
    assert "show" in ran.out
    for command in ("show", "dose", "faq", "list", "match", "info", "schema"):
        assert cli(command, "--help").status == 0
        assert cli(command, "--version").out == f"druginfo {druginfo.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("show warfarin --width wide", "--width must be a whole number; not “wide”; `druginfo show --help` says more."),
        ("search x -n 0", "-n must be 1 or more; not “0”; `druginfo search --help` says more."),
        ("show warfarin --monographs", "Option '--monographs' requires an argument."),
        ("info warfarin", "(warfarin); `druginfo info --help` says more."),
        ("list beta blocker", 'Write `druginfo list --class "beta blocker"` or `druginfo show beta blocker`.'),
        ("dose x --agee 3", "No such option: --agee; there is --age, --no-pager; `druginfo dose --help` says more."),
        ("--nonsense", "No such option: --nonsense; `druginfo --help` says more."),
    ],
)
def test_a_wrong_command_line_is_reported_in_one_line_with_what_to_do(cli: Cli, arguments: str, said: str) -> None:
    ran = cli(*arguments.split())
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("druginfo: ")
    assert ran.err.endswith(f"{said}\n")


def test_words_that_join_are_no_part_of_what_was_asked(cli: Cli) -> None:
    assert cli("show", "simvastatin", "and", "grapefruit").out.startswith("Simvastatin · grapefruit\n")


def test_a_hint_repeats_only_words_that_no_shell_reads(cli: Cli) -> None:
    assert "`druginfo search marijuana` looks for words" in cli("show", "marijuana").err
    assert "`druginfo search` looks for words" in cli("show", "zzqx;zzls").err
    for words in (["show", "warfarin", "$(reboot)"], ["list", "--for", "x; y"]):
        assert "druginfo search WORDS`" in cli(*words).err, words
    assert '`druginfo import --fetch "pipemidic acid"`' in cli("show", "pipemidic acid").err
    assert "`druginfo show TEXT`" in cli("list", "$(ls)").err


def test_match_says_that_it_was_given_no_name(cli: Cli) -> None:
    assert cli("match") == (
        0,
        "",
        "druginfo: No names: write them after `druginfo match`, or one per line on standard input.\n",
    )


def test_a_refusal_says_what_to_do(cli: Cli) -> None:
    assert cli("dose", "warfarin", "kidney").err == (
        "druginfo: “kidney” is not part of any name of Warfarin. "
        "`druginfo search warfarin kidney` looks for it. "
        "dose takes a drug alone; `druginfo show warfarin kidney` takes words after it.\n"
    )
    assert cli("interactions", "warfarin", "apixabn").err.startswith("druginfo: Nothing is called exactly “apixabn”.")
    assert cli("list", "--class", "zzz").err == (
        "druginfo: No monograph fits --class zzz. `druginfo list` shows all with their classes.\n"
    )


def test_a_library_without_questions_says_so(library: MakeLibrary, inside: Cli) -> None:
    root = str(library(foomab="---\ntitle: Foomab\n---\n## Usage\ntext\n"))
    assert inside("faq", "--monographs", root).out == "No monograph has questions.\n"
    assert inside("faq", "foomab", "--monographs", root).out == "The monograph has no questions.\n"


def test_ambiguous_is_reported_with_its_candidates(library: MakeLibrary, inside: Cli) -> None:
    front = "---\ntitle: {}\naliases: [Shared]\n---\n"
    root = library(one=front.format("Drug One"), two=front.format("Drug Two"))
    ran = inside("show", "shared", "--monographs", str(root))
    assert ran.status == 4
    assert "Drug One" in ran.err
    assert "Drug Two" in ran.err


def test_errors_in_json_are_on_standard_output_alone(inside: Cli) -> None:
    for arguments in (["show", "zzzzqq"], ["show"], ["show", "--nonsense"], ["show", "x", "--monographs", "/none"]):
        ran = inside(*arguments, "--json")
        assert json.loads(ran.out)["error"]["message"]
        assert ran.err == ""


def test_a_closed_pipe_ends_quietly() -> None:
    command = f'"{sys.executable}" -m druginfo ARGUMENTS | head -n 1; echo "${{PIPESTATUS[0]}}"'
    for arguments in ("show warfarin", "show pregnancy --json", "faq", "list --json"):
        done = subprocess.run(
            ["bash", "-c", command.replace("ARGUMENTS", arguments)], capture_output=True, text=True, timeout=300
        )
        assert done.stderr == ""
        assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize(
    "arguments", ["--version", "--help", "list", "show warfarin --json", "match warfarin", "schema"]
)
def test_a_pipe_that_nobody_reads_from_the_start(arguments: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "druginfo", *arguments.split()]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=300)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(("arguments", "status"), [("show zzzzqq", 3), ("check --select F", 0), ("show --nonsense", 2)])
def test_the_status_says_it_where_nobody_can_read_it(arguments: str, status: int) -> None:
    command = f'"{sys.executable}" -m druginfo {arguments} 2> /dev/full'
    assert subprocess.run(["bash", "-c", command], stdout=subprocess.DEVNULL, timeout=300).returncode == status


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_closed_from_outside(stream: str) -> None:
    for arguments in ("show warfarin", "show zzzzqq --json", "match -"):
        command = f'"{sys.executable}" -m druginfo {arguments} {stream}'
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=300)
        assert "Traceback" not in done.stderr
        assert done.returncode == (3 if "zzzz" in arguments else 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(
    "arguments", ["show warfarin", "show warfarin --json", "show zzzzqq --json", "match warfarin", "--version"]
)
def test_a_full_disk_is_said_in_one_line(arguments: str) -> None:
    command = f'"{sys.executable}" -m druginfo {arguments} > /dev/full'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert done.stderr == "druginfo: Standard output: No space left on device.\n"


# ---------------------------------------------------------------- terminals


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_every_encoding_is_written_to(encoding: str, orzulate: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "druginfo", "show", "orzulate", *orzulate]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=300)
    text = done.stdout.decode(encoding)
    assert done.returncode == 0
    assert done.stderr == b""
    assert "BANNED" in text
    dose = {
        "ascii": '>=5 mg -> 10 microg * "now"',
        "latin-1": '>=5 mg -> 10 µg * "now"',
        "cp1252": ">=5 mg -> 10 µg • “now”",
        "utf-8": "≥5 mg → 10 µg • “now”",
    }
    assert dose[encoding] in text


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "always"], {"TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    options: list[str], variables: dict[str, str], coloured: bool, inside: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in inside("show", "warfarin", *options).out) == coloured


def test_width(inside: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def widest(*options: str) -> int:
        return max(map(len, inside("show", "warfarin", *options).out.splitlines()))

    assert 60 < widest() <= 80
    assert widest("--width", "40") <= 40
    monkeypatch.setenv("COLUMNS", "50")
    assert 40 < widest() <= 50
    for nonsense in ("0", "x", "-3", ""):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert 60 < widest() <= 80
    assert 80 < widest("--width", "200") <= 200


def screen_of(command: list[str], **variables: str) -> str:
    """What a command writes to a real terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **variables}, start_new_session=True
    )
    os.close(slave)
    written = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        written += chunk
    os.close(master)
    assert process.wait(timeout=30) == 0
    return written.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_has_colour_unless_it_is_dumb() -> None:
    command = [sys.executable, "-m", "druginfo", "show", "warfarin", "--no-pager"]
    assert "\x1b[" in screen_of(command)
    assert "\x1b[" not in screen_of(command, TERM="dumb")
    assert "\x1b[" not in screen_of(command, NO_COLOR="1")


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_the_pager_is_for_long_text_on_a_terminal() -> None:
    command = [sys.executable, "-m", "druginfo", "show", "warfarin"]
    pager = {"PAGER": "sed s/^/PAGED/"}
    assert "PAGED" in screen_of(command, **pager)
    assert "PAGED" not in screen_of([*command, "--no-pager"], **pager)
    assert "PAGED" not in screen_of([sys.executable, "-m", "druginfo", "match", "warfarin"], **pager)
    assert "Warfarin" in screen_of(command, PAGER="nonexistent-pager-xyz")


def test_no_control_character_of_a_monograph_or_a_query_reaches_the_terminal(library: MakeLibrary, inside: Cli) -> None:
    evil = "\x1b[2J\x07\u202e\x9b"
    yaml = '"Evil \\x1b[2J\\a\\u202e"'
    root = str(
        library(evil=f"---\ntitle: {yaml}\nfaqs:\n  - q: {yaml}\n    a: {yaml}\n---\n## Dosage {evil}\n- 5 mg {evil}\n")
    )
    for arguments in (
        ["show", "evil"],
        ["dose", "evil"],
        ["faq", "evil"],
        ["list"],
        ["info"],
        ["match", "evil"],
        ["show", evil],
    ):
        ran = inside(*arguments, "--monographs", root)
        assert not set("\x1b\x07\u202e\x9b") & set(ran.out + ran.err), arguments


def test_without_arguments_the_help_is_shown(inside: Cli) -> None:
    ran = inside()
    assert ran.status == 0
    assert ran.out.startswith("Usage: druginfo [OPTIONS] COMMAND [ARGS]...\n")
    assert "\n  show " in ran.out
