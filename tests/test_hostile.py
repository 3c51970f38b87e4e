"""A hostile world: whatever lies in the library or stands on the command line, there is an answer or one clear line."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cli, Ran
from druginfo import Library
from druginfo.answers.faq import faq
from druginfo.errors import DruginfoError, Unreadable
from druginfo.parse import MAX_BYTES, decode, parse

pytestmark = pytest.mark.slow

MakeLibrary = Callable[..., Path]
GOOD = "---\ntitle: Orzulate\n---\n## Dosage\n\n5 mg\n"
COMMANDS = (
    ["show", "orzulate"],
    ["dose", "orzulate"],
    ["faq"],
    ["list"],
    ["info"],
    ["match", "orzulate"],
    ["show", "dosage"],
)


def fair(ran: Ran) -> Ran:
    """No traceback, a status of the contract, lines that are ours on standard error."""
    assert "Traceback" not in ran.err
    assert ran.status in range(5)
    assert all(line.startswith("druginfo: ") for line in ran.err.splitlines()), ran.err
    return ran


# ---------------------------------------------------------------- files

N = 60_000
LONG_RUNS = {
    "stars": "*" * N,
    "opened": "**a " * (N // 4),
    "mixed": "*a _b `c [d](" * (N // 13),
    "backticks": "".join("`" * (i % 50 + 1) + " " for i in range(N // 26)),
    "brackets": "[" * N,
    "links": "[a](" * (N // 4),
    "bars": "|a" * (N // 2),
    "bar-lines": "|a|\n" * (N // 4),
    "delimiter": "a|b\n|" + " " * N + "x",
    "quotes": ">" * N,
    "quote-lines": "> a\n" * (N // 4),
    "dashes": "- " * (N // 2),
    "nested-list": "".join(" " * (2 * i) + "- a\n" for i in range(400)),
    "answers": "A: " * (N // 3),
    "bold-answers": "**A:** " * (N // 7),
    "questions": "**Q a?" * (N // 6),
    "spaces": "a" + " " * N + "b",
    "tabs": "\t" * N + "b",
    "heading-spaces": "# a" + " " * N + "b",
    "same-headings": "# a\n" * (N // 4),
    "underlined": "a\n===\n" * (N // 6),
    "commas": "a,(" * (N // 3),
    "attributes": " " * N + "{:.a}",
    "fences": "".join("`" * (3 + i % 100) + "\n" for i in range(N // 54)),
    "escapes": "\\*" * (N // 2),
    "hard-breaks": "a  \n" * (N // 4),
    "one-word": "a" * N,
}
BEFORE = (
    "",
    "## Alternate Names\n- **Brand Names:** ",
    "## FAQs\n### Q1: ",
    "## FAQs\n",
    "- **Pharmacological Classification:** ",
)


@pytest.mark.parametrize("text", LONG_RUNS.values(), ids=LONG_RUNS.keys())
def test_reading_takes_no_more_than_linear_time(text: str) -> None:
    """A guard against hanging and no measurement: what is quadratic takes minutes here."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("takes for ever"))
    signal.alarm(60)
    try:
        for before in BEFORE:
            monograph = parse(before + text, "a", "a.md")
            assert sum(len(s.markdown) for s in monograph.sections) >= len(text)
        with_front = "---\ntitle: a\nfaqs:\n- q: '" + text[:20_000].replace("'", "").replace("\n", " ") + "'\n---\n"
        with suppress(Unreadable):
            parse(with_front, "a", "a.md")
    finally:
        signal.alarm(0)


DOSES = {
    "amounts": "take 5 mg " * (N // 5),
    "sentences": "Take 5 mg daily. " * (N // 8),
    "alternatives": "5 mg or " * (N // 4),
    "ranges": "5 to " * (N // 3),
    "open-brackets": "(5 mg " * (N // 3),
    "labels": "Adults: 5 mg: " * (N // 7),
    "items": "- Adults: 5 mg daily\n" * (N // 20),
    "rows": "|Age|Dose|\n|-|-|\n" + "|2 to 5 years|5 mg daily|\n" * (N // 25),
    "columns": "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n|" + "5 mg|" * 1000 + "\n",
}


@pytest.mark.parametrize("text", [*DOSES.values(), *LONG_RUNS.values()], ids=[*DOSES.keys(), *LONG_RUNS.keys()])
def test_reading_doses_takes_no_more_than_linear_time(text: str) -> None:
    from druginfo.dosing import read_dosing

    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("takes for ever"))
    signal.alarm(60)
    try:
        read_dosing(parse("## Dosage\n\n" + text, "a", "a.md"))
    finally:
        signal.alarm(0)


FRONT = {
    "bomb": "a: &a [x, x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)),
    "self": "faqs: &a [*a]\n",
    "flow": "a: " + "[" * 200_000 + "\n",
    "maps": "a: " + "{a: " * 100_000 + "\n",
    "blocks": "- " * 200_000 + "\n",
    "keys": "? " * 200_000 + "\n",
    "indents": "".join(" " * i + "a:\n" for i in range(1_000)),
    "merge": "<<: {title: A}\n<<: [x]\n",
    "tags": "title: !!python/object/apply:os.system ['false']\nx: !!binary '!'\n",
    "huge-number": "title: 1e99999\nlastModified: 99999-99-99\nis_banned: 0x1\n",
    "surrogate": 'title: "\\ud800"\n',
    "nul": 'title: "\\0 a"\n',
    "directive": "%YAML 9.9\n",
    "documents": "title: A\n--- x\n",
}


@pytest.mark.parametrize("front", FRONT.values(), ids=FRONT.keys())
def test_hostile_front_matter_is_read_or_refused(front: str, library: MakeLibrary, cli: Cli) -> None:
    """In a process of its own: nesting must not break the interpreter."""
    root = library(orzulate=GOOD, hostile=f"---\n{front}---\n## Dosage\n\n5 mg\n")
    ran = fair(cli("list", "--json", "--monographs", str(root)))
    assert ran.status == 0
    slugs = {m["slug"] for m in json.loads(ran.out)["monographs"]}
    assert "orzulate" in slugs
    assert ("hostile" in slugs) != ("hostile.md" in ran.err)


def test_a_file_over_the_limit_is_refused(library: MakeLibrary, cli: Cli) -> None:
    root = library(orzulate=GOOD, huge="")
    with open(root / "huge.md", "wb") as file:
        file.truncate(50 * 1024 * 1024)
    ran = fair(cli("show", "orzulate", "--monographs", str(root)))
    assert ran.status == 0
    assert f"huge.md: larger than {MAX_BYTES // 1024 // 1024} MB" in ran.err


def test_a_line_of_a_megabyte_and_ten_thousand_headings(library: MakeLibrary, cli: Cli) -> None:
    root = library(
        line="---\ntitle: Line\n---\n## Dosage\n\n" + "take 5 mg " * 100_000,
        headings="---\ntitle: Headings\n---\n" + "".join(f"{'#' * (i % 6 + 1)} Heading\n" for i in range(10_000)),
    )
    for name, form in (("line", "--color=always"), ("headings", "--json"), ("headings", "--color=never")):
        ran = fair(cli("show", name, form, "--monographs", str(root)))
        assert ran.status == 0
    assert ran.out.count("Heading") >= 10_000


BYTES = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=100).map(lambda b: b"---\n" + b + b"\n---\n## Dosage\n" + b),
    st.text(max_size=100).map(lambda t: f"---\ntitle: {t}\nfaqs:\n  - q: {t}\n---\n{t}".encode("utf-8", "ignore")),
    st.text(max_size=60).map(lambda t: t.encode("utf-16", "ignore")),
)


@given(BYTES)
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_a_monograph_or_refused(content: bytes) -> None:
    refused: Unreadable | None = None
    try:
        monograph = parse(decode(content), "a", "a.md")
    except Unreadable as error:
        refused = error
    if refused:
        assert refused.reason
        assert refused.line <= content.count(b"\n") + content.count(b"\r") + 2
    else:
        assert monograph.title
        assert json.dumps(monograph)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_file_that_becomes_a_pipe_or_vanishes_while_being_read(tmp_path: Path) -> None:
    from druginfo.parse import read_bytes

    os.mkfifo(tmp_path / "pipe.md")
    for path in (tmp_path / "pipe.md", Path("/dev/zero"), tmp_path / "gone.md", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(Unreadable):
            read_bytes(str(path))


# ---------------------------------------------------------------- command line


@given(words=st.lists(st.text(st.characters(exclude_characters="\0"), max_size=12), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered_or_refused(words: list[str], session_library: Library) -> None:
    from druginfo.answers.show import show

    for ask in (show, faq):
        with suppress(DruginfoError):  # and nothing else is raised
            ask(session_library, words)


@pytest.fixture(scope="module")
def session_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("library")
    (root / "orzulate.md").write_text(GOOD)
    return Library([root])


@pytest.mark.skipif(os.name == "nt", reason="arguments are Unicode there")
@pytest.mark.parametrize(
    "command",
    ["show", "dose", "faq", "match", "list --class", "list --for", "info --monographs", "schema", "", "check"],
)
@pytest.mark.parametrize("form", ["", "--json"])
def test_bytes_that_are_no_text_as_arguments(command: str, form: str, library: MakeLibrary, inside: Cli) -> None:
    root = ["--monographs", str(library(orzulate=GOOD))] if command not in ("schema", "info --monographs") else []
    ran = fair(inside(*command.split(), "\udcff", *form.split(), *root))
    assert ran.status
    if form and command not in ("schema", ""):
        assert (
            len([json.loads(line) for line in ran.out.splitlines()] if command == "match" else [json.loads(ran.out)])
            == 1
        )


def test_a_query_as_long_as_a_command_line_can_be(library: MakeLibrary, inside: Cli) -> None:
    root = ["--monographs", str(library(orzulate=GOOD))]
    for command in ("show", "dose", "faq", "match"):
        fair(inside(command, "a" * 100_000, *root))
        fair(inside(command, *["ab"] * 5_000, *root)) if command != "match" else None


# ---------------------------------------------------------------- homes, limits, signals


def run(arguments: list[str], **options: object) -> Ran:
    done = subprocess.run([sys.executable, "-m", "druginfo", *arguments], capture_output=True, timeout=60, **options)  # type: ignore[call-overload]
    return fair(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()))


def test_homes_that_cannot_be_written_to_or_are_not_there(library: MakeLibrary, tmp_path: Path) -> None:
    root = ["--monographs", str(library(orzulate=GOOD))]
    (tmp_path / "file").write_text("")
    bare = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    for home in ("/proc/nowhere", str(tmp_path / "file"), "/dev/null", "relative", ""):
        ran = run(["show", "orzulate", *root], env={**bare, "HOME": home}, cwd=tmp_path)
        assert "5 mg" in ran.out
    del bare["HOME"]
    assert "5 mg" in run(["show", "orzulate", *root], env={**bare, "XDG_CACHE_HOME": "/proc/nowhere"}).out


def test_few_open_files(library: MakeLibrary) -> None:
    root = library(orzulate=GOOD)
    for number in range(60):
        (root / f"sub{number:02}").mkdir()
        (root / f"sub{number:02}" / f"drug{number}.md").write_text(GOOD)
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))  # noqa: E731
    ran = run(["list", "--json", "--monographs", str(root)], preexec_fn=limit)
    assert len(json.loads(ran.out)["monographs"]) == 61


def test_little_memory_is_enough(library: MakeLibrary) -> None:
    root = library(orzulate=GOOD, table="## A\n" + "|a" * 30_000 + "|\n|-|-|\n" + "|b|\n" * 30_000)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))  # noqa: E731
    assert run(["show", "table", "--monographs", str(root)], preexec_fn=limit).status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        "dose orzulate --age -- --json",
        "dose orzulate --age --json",
        "dose orzulate --for -- --json",
        "dose nothing --for -- --json",
        "dose orzulate --weight -- --jsonl",
        "search x -n -- --json",
        "show --width -- --json",
        "list --fields --json",
        "schema nope --json",
        "--json",
        "--width x --json",
        "show --bogus -- --json",
        "orzulate --bogus --json",
        "--json -- nothing",
        "show nothing --json --",
        "compare --json -- orzulate",
        "import --json",
        "check /no/such --json",
    ],
)
def test_json_asked_for_is_json_given(library: MakeLibrary, arguments: str) -> None:
    ran = run(arguments.split(), env={**os.environ, "DRUGINFO_MONOGRAPHS": str(library(orzulate=GOOD))})
    document = json.loads(ran.out)
    assert (ran.status == 0) == ("error" not in document)
    assert ran.err == ""


@pytest.mark.parametrize("arguments", ["-- orzulate", "--width 60 -- orzulate", "show -- orzulate"])
def test_a_drug_after_the_end_of_options(library: MakeLibrary, arguments: str) -> None:
    ran = run(arguments.split(), env={**os.environ, "DRUGINFO_MONOGRAPHS": str(library(orzulate=GOOD))})
    assert ran.status == 0
    assert "Orzulate" in ran.out


def test_json_after_the_end_of_options_is_a_name(library: MakeLibrary) -> None:
    ran = run(["show", "--", "--json"], env={**os.environ, "DRUGINFO_MONOGRAPHS": str(library(orzulate=GOOD))})
    assert (ran.status, ran.out) == (3, "")


@pytest.mark.skipif(sys.platform != "linux", reason="counts another kind of memory here")
@pytest.mark.parametrize("arguments", ["show table", "dose table --json", "search dose"])
def test_too_little_memory_is_said_in_one_line(library: MakeLibrary, arguments: str) -> None:
    root = library(orzulate=GOOD, table="## Dosage\n|Age|Dose|\n|-|-|\n" + "|2 years|5 mg daily|\n" * 20_000)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))  # noqa: E731
    ran = run([*arguments.split(), "--monographs", str(root)], preexec_fn=limit)
    assert (ran.status, "Not enough memory." in ran.out + ran.err) in ((0, False), (1, True))
    assert "--json" not in arguments or json.loads(ran.out)


@pytest.mark.skipif(sys.platform != "linux", reason="counts another kind of memory here")
@pytest.mark.parametrize("arguments", ["show orzulate", "list --json", "match orzulat --jsonl", "--help"])
def test_too_little_memory_to_start_is_said_in_one_line(library: MakeLibrary, arguments: str) -> None:
    """From where the interpreter itself starts up to where a command has enough."""
    root = library(orzulate=GOOD)
    refused = 0
    for megabytes in range(14, 30):
        limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))  # noqa: E731, B023
        command = [sys.executable, "-c", "from druginfo.__main__ import main; main()", *arguments.split()]
        try:
            ran = subprocess.run(
                command,
                preexec_fn=limit,
                capture_output=True,
                text=True,
                env={**os.environ, "DRUGINFO_MONOGRAPHS": str(root)},
                timeout=30,
            )
        except subprocess.TimeoutExpired:
            continue  # CPython 3.11.7 may go round forever while it imports a module for which there is no memory
        if ran.returncode == 0 or "init_" in ran.stderr or "Fatal Python error" in ran.stderr:
            continue
        refused += 1
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        # CPython itself notes exceptions that it can report to nobody
        err = re.sub(r"^(?:Exception ignored .*|MemoryError:? ?)\n", "", ran.stderr, flags=re.MULTILINE)
        told = ran.stdout if "--json" in arguments else err
        assert "Not enough memory." in told
        if "--json" in arguments:
            assert json.loads(told)["error"]["code"] == "failed"
            assert err == ""
        else:
            assert told.count("\n") == 1
    assert refused


@pytest.mark.parametrize("delay", [0.1, 0.15, 0.25, 0.4])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_ends_it(number: signal.Signals, delay: float) -> None:
    command = [
        sys.executable,
        "-c",
        "import druginfo.__main__ as m; import sys; sys.argv[1:] = ['match', '-']; m.main()",
    ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(delay)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    if b"Fatal Python error" not in err:  # on a busy machine Python itself may still be starting
        assert process.returncode in (-number, 128 + number)
    assert out == b""
    assert b"druginfo/" not in err  # Python itself, still starting, may have a word


def test_eight_at_once_on_a_cold_index(library: MakeLibrary, hermetic: Path) -> None:
    root = str(library(orzulate=GOOD))
    environment = {**os.environ, "XDG_CACHE_HOME": str(hermetic / "cold")}
    command = [sys.executable, "-m", "druginfo", "show", "orzulate", "--json", "--monographs", root]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) for _ in range(8)
    ]
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert json.loads(out)["match"]["slug"] == "orzulate"


def test_a_library_that_changes_all_the_time(library: MakeLibrary) -> None:
    root = library(orzulate=GOOD)
    other = root / "other.md"
    writer = subprocess.Popen(
        [sys.executable, "-c", "import sys, pathlib\np = pathlib.Path(sys.argv[1])\nfor i in range(10**6):\n"
         "  p.write_text('---\\ntitle: Other\\n---\\n' + str(i)); p.unlink()", str(other)]
    )  # fmt: skip
    try:
        for _ in range(15):
            assert Library([root]).open("orzulate").title == "Orzulate"
    finally:
        writer.kill()
        writer.wait()
