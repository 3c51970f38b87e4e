"""Forms of output: JSON, JSON Lines, CSV, TSV, Markdown, and fields of them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from druginfo import cli, guard, processes
from druginfo.cli import commands, matches
from druginfo.cli.session import ROWS_OF
from druginfo.render import schemas, tables
from druginfo.render.markdown import MarkdownPage
from sample import MONOGRAPHS, Ran, Sample

jsonschema = pytest.importorskip("jsonschema")

COMMANDS = list(commands.COMMANDS)
EXAMPLES = {
    "show": ["zorbilant"],
    "dose": ["zorbitinib"],
    "faq": ["zorbitinib"],
    "search": ["arthritis"],
    "list": [],
    "match": ["zorbilant", "zorgatran", "nothing such", "  zorbiniv "],
    "compare": ["zorbitinib", "zorgatran"],
    "interactions": ["zorbitinib", "zorgatran"],
    "check": [],
    "info": [],
    "diff": ["zorbitinib", "zorgatran"],
    "topics": ["zorbitinib"],
    "review": [str(Path(__file__).parent / "fixtures" / "medications.txt")],
}
"""A command line of each command that answers with a document."""
WITHOUT_DOCUMENT = {"schema", "import", "mcp", "new"}
ROWS = [command for command in ROWS_OF if command in COMMANDS]

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("forms"))


@pytest.fixture
def run(sample: Sample, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process."""
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Ran:
        status = cli.run(list(arguments))
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode("utf-8"), err.decode("utf-8"))

    return run


def documents(run: Run, command: str) -> list[dict[str, Any]]:
    out = run(command, *EXAMPLES[command], "--json").out
    return [json.loads(line) for line in out.splitlines()] if command == "match" else [json.loads(out)]


def rows(run: Run, command: str) -> list[dict[str, Any]]:
    found = documents(run, command)
    key = ROWS_OF[command]
    return found[0][key] if key else [{k: v for k, v in line.items() if k != "schema_version"} for line in found]


def at(row: Any, column: str) -> Any:
    for key in column.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def cell(value: Any) -> str:
    """What a value of the JSON looks like in a table."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list() if not any(isinstance(each, (dict, list)) for each in value):
            return "; ".join(map(cell, value))
    return json.dumps(value, ensure_ascii=False)


def test_every_command_has_an_example() -> None:
    assert set(COMMANDS) <= {*EXAMPLES, *WITHOUT_DOCUMENT}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c in EXAMPLES])
def test_json_of_every_command_is_what_its_schema_says(run: Run, command: str) -> None:
    validator = jsonschema.Draft202012Validator(schemas.schema(command))
    for document in documents(run, command):
        validator.validate(document)
        assert document["schema_version"] == 1
        assert "error" not in document


@pytest.mark.parametrize("command", ROWS)
def test_json_lines_are_the_rows_of_the_document(run: Run, command: str) -> None:
    lines = [json.loads(line) for line in run(command, *EXAMPLES[command], "--jsonl").out.splitlines()]
    assert lines == [{"schema_version": 1, **row} for row in rows(run, command)]


@pytest.mark.parametrize("command", ROWS)
def test_header_of_tables_has_the_keys_of_the_json(run: Run, command: str) -> None:
    header = next(csv.reader(io.StringIO(run(command, *EXAMPLES[command], "--csv").out)))
    assert header == schemas.row_columns(command)
    for row in rows(run, command):
        assert set(row) <= {column.split(".")[0] for column in header}


@pytest.mark.parametrize("command", ROWS)
def test_cells_are_the_values_of_the_json(run: Run, command: str) -> None:
    expected = rows(run, command)
    table = list(csv.DictReader(io.StringIO(run(command, *EXAMPLES[command], "--csv").out, newline="")))
    assert table == [{column: cell(at(row, column)) for column in schemas.row_columns(command)} for row in expected]
    assert expected or command == "check"


@pytest.mark.parametrize("command", ROWS)
def test_tabs_separate_and_nothing_is_quoted(run: Run, command: str) -> None:
    columns = schemas.row_columns(command)
    lines = run(command, *EXAMPLES[command], "--tsv").out.splitlines()
    assert lines[0].split("\t") == columns
    expected = [[" ".join(cell(at(row, c)).split()) for c in columns] for row in rows(run, command)]
    assert [line.split("\t") for line in lines[1:]] == expected


def test_quotes_of_a_dose_reach_both_tables(run: Run) -> None:
    assert '"as before"' in run("dose", "zorbitinib", "--tsv", "--fields", "text").out
    rows = list(csv.reader(io.StringIO(run("dose", "zorbitinib", "--csv", "--fields", "text").out)))
    assert any('"as before"' in row[0] for row in rows)


def test_long_text_is_whole_in_every_form(sample: Sample, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = " ".join(f"word{i}" for i in range(220))  # a longer line is no regimen
    directory = tmp_path_factory.mktemp("long")
    (directory / "longdrug.md").write_text(
        f"---\ntitle: Longdrug\n---\n\n## Dosage\n\n- 2 mg orally, {words}.\n", "utf-8"
    )
    for form in ("--json", "--jsonl", "--csv", "--tsv", "--width=40"):
        out = run("dose", "longdrug", "--monographs", str(directory), form).out
        assert set(words.split()) <= set(out.replace(".", " ").replace('"', " ").replace("\\n", " ").split()), form


# ---------------------------------------------------------------- fields


def test_fields_keep_the_documents_order_and_nothing_else(run: Run) -> None:
    out = run("show", "zorbitinib", "--json", "--fields", "monograph.faqs.question, match.slug").out
    questions = [{"question": "What is zorbitinib for?"}, {"question": "May I drive?"}]
    assert json.loads(out) == {"schema_version": 1, "match": {"slug": "zorbitinib"}, "monograph": {"faqs": questions}}


def test_fields_of_rows_choose_columns_in_the_order_said(run: Run) -> None:
    out = run("dose", "zorbitinib", "--csv", "--fields", "line,dose,text").out
    assert out.splitlines()[0] == "line,dose.text,dose.low,dose.high,dose.unit,dose.per,text"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("list", "--json", "--fields", "slug"), "say monographs.slug."),
        (("list", "--csv", "--fields", "monographs.slug"), "say slug."),
        (("show", "zorbitinib", "--json", "--fields", "names.name"), "say monograph.names.name."),
        (("match", "zorbitinib", "--json", "--fields", "nope"), "there are query, status"),
    ],
)
def test_a_field_named_from_elsewhere_in_the_document_is_given_its_place(
    run: Run, arguments: tuple[str, ...], hint: str
) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert hint in ran.out + ran.err


def test_fields_reach_into_lists_and_null(run: Run) -> None:
    lines = run("match", "zorbitinib", "nothing such", "--jsonl", "--fields", "match.slug,candidates.title").out
    first, second = map(json.loads, lines.splitlines())
    assert first["match"] == {"slug": "zorbitinib"}
    assert second["match"] is None
    assert all(set(candidate) == {"title"} for candidate in second["candidates"])


def test_a_field_that_only_some_answers_have_is_no_error(run: Run) -> None:
    ran = run("match", "zorbitinib", "--json", "--fields", "match.read_as,match.confused_with.with")
    assert ran.status == 0
    assert json.loads(ran.out) == {"schema_version": 1, "match": {}}


@pytest.mark.parametrize("form", ["--json", "--jsonl", "--csv", "--tsv"])
def test_an_unknown_field_is_wrong_usage_before_anything_is_read(run: Run, form: str) -> None:
    ran = run("dose", "no such drug", form, "--fields", "text.nope,slugs")
    assert ran.status == 2
    said = json.loads(ran.out)["error"]["message"] if form.startswith("--json") else ran.err
    assert "text.nope" in said
    assert len((ran.out if form == "--jsonl" else ran.err or "one line").splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--json", "--csv"],
        ["list", "--tsv", "--jsonl"],
        ["list", "--fields", "slug"],
        ["show", "zorbitinib", "--markdown", "--fields", "match"],
        ["info", "--csv"],
        ["list", "--markdown"],
        ["list", "--color", "sometimes"],
        ["list", "--width", "wide"],
    ],
)
def test_forms_that_make_no_sense_are_wrong_usage(run: Run, arguments: Sequence[str]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.err.startswith("druginfo: ") or json.loads(ran.out)["error"]["code"] == "usage"
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("form", ["--csv", "--tsv"])
def test_an_error_leaves_tables_empty(run: Run, form: str) -> None:
    ran = run("dose", "no such drug", form)
    assert (ran.status, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 1


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize("slug", MONOGRAPHS)
def test_markdown_of_a_monograph_is_its_body(run: Run, slug: str) -> None:
    body = MONOGRAPHS[slug].split("\n---\n", 1)[1]
    assert run("show", slug, "--markdown").out.strip("\n") == body.strip("\n")


def test_markdown_of_a_topic_is_lines_of_the_body_and_its_questions(run: Run) -> None:
    out = run("show", "zorbitinib", "kidney", "--markdown").out
    assert "- **Kidney disease:** Lower doses; zorgatran raises exposure." in out.splitlines()
    assert "  - eGFR 30 to less than 60 mL/min/1.73 m²: 1 mg orally once daily." in out.splitlines()
    assert "Headache" not in out
    assert "**May I drive?**\n\nNot while a test runs." in run("show", "zorbitinib", "faq", "--markdown").out


def test_markdown_of_a_page_has_no_list_that_nobody_wrote() -> None:
    page = MarkdownPage(date(2026, 11, 30))
    page.put("More than\n65. Give\n- 5 mg.")
    assert page.finish() == "More than  \n65\\. Give  \n\\- 5 mg.\n"


def test_markdown_of_a_list_is_wrong_usage(run: Run) -> None:
    assert run("show", "invented anticoagulant", "--markdown").status == 2


# ---------------------------------------------------------------- streams


@pytest.mark.slow
def test_match_answers_each_line_before_the_next_is_written(sample: Sample) -> None:
    for form, lines in (("--json", 0), ("--csv", 1)):
        command = [sys.executable, "-m", "druginfo", "match", form]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=sample.environment(), text=True
        )
        assert process.stdin
        assert process.stdout
        for name in ("zorbitinib", "zorbilant"):
            process.stdin.write(name + "\n")
            process.stdin.flush()
            for _ in range(lines):
                process.stdout.readline()
            assert "zorbitinib" in process.stdout.readline()
            lines = 0
        process.stdin.close()
        process.stdout.close()
        assert process.wait() == 0


@pytest.mark.slow
def test_match_reads_standard_input_where_a_hyphen_is(sample: Sample) -> None:
    ran = sample.run("match", "zorgatran", "-", "zorbexa", "--tsv", "--fields", "query", stdin="zorbitinib\n\n")
    assert ran.out.split("\n") == ["query", "zorgatran", "zorbitinib", "", "zorbexa", ""]


@pytest.mark.slow
def test_match_has_one_line_for_every_line(sample: Sample) -> None:
    names = ["zorbitinib", "", "nothing such", "zorgatran", "\tzorbiniv"]
    ran = sample.run("match", "--jsonl", stdin="\n".join(names))
    assert [json.loads(line)["query"] for line in ran.out.splitlines()] == names
    assert ran.status == 3


class Pieces(io.BytesIO):
    """A stream whose bytes come in pieces."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        super().__init__(b"".join(pieces))
        self.pieces = [piece for piece in pieces if piece]

    def read1(self, size: int | None = -1, /) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""


PIECES = st.lists(
    st.one_of(st.binary(max_size=9), st.sampled_from([b"\n", b"\r\n", b"warf", b"arin\nasp", b"\xc3", b"\xa9"]))
)


@given(PIECES)
def test_a_line_is_the_same_in_whatever_pieces_it_comes(pieces: list[bytes]) -> None:
    expected = [line.decode("utf-8", "replace").rstrip("\r\n") for line in io.BytesIO(b"".join(pieces))]
    batches = list(matches.lines(Pieces(pieces)))
    assert [line for batch in batches for line in batch] == expected
    assert all(batches)


@given(st.integers(0, 5000), st.integers(1, 9))
def test_shares_are_all_names_each_once(count: int, most: int) -> None:
    names = [f"{'aB'[number % 2]}{number // 3}" for number in range(count)]
    shares = matches.shared_out(names, most)
    assert [name for share in shares for name in share] == sorted(set(names), key=lambda n: (n.casefold(), n))
    assert len(shares) <= 256  # of which `processes.in_copies` keeps count in a byte
    assert all(0 < len(share) <= len(shares[0]) for share in shares)


MANY_LINES = (
    """\
zorbitinib\nzorbitinb\nzorgatrann\n\nwarfarrin\nmetoprolol succ ER 50 mg PO BID\nZorbexa\nzorbitinb\nxyzzy\n\ttenormin
insulin\nmycophenolate\nvoriconazole vision\nAmBisome\nглюкофаж\namoxicilin 875-125 mg\ntelma\nviarga\nnurofen\nzorb
"""
    + "a" * 300
)


@pytest.mark.parametrize(
    "form",
    [
        ["--json"],
        *(
            pytest.param(form.split(), marks=pytest.mark.slow)
            for form in ("--jsonl", "--csv", "--explain", "--json --explain", "--exact")
        ),
    ],
)
@pytest.mark.parametrize("start", ["works", "dies", "cannot"])
@pytest.mark.slow
def test_several_processes_answer_as_one_does(
    form: list[str], start: str, sample: Sample, inside: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one dies at once, and where none can be had."""
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    alone = inside("match", *form, stdin=MANY_LINES)
    assert len(alone.out.splitlines()) >= len(MANY_LINES.splitlines())
    made = []

    def fork() -> int:
        if start == "cannot":
            raise OSError
        if number := os_fork():
            made.append(number)
        elif start == "dies":
            os._exit(1)
        return number

    os_fork = os.fork
    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(processes, "_has_threads", lambda: False)
    monkeypatch.setattr(matches, "WORTH_IT", 6)
    monkeypatch.setattr(processes, "processors", lambda: 3)
    monkeypatch.setattr(processes, "idle_processors", lambda: 1)
    assert inside("match", *form, stdin=MANY_LINES) == alone
    assert len(made) == (0 if start == "cannot" else 2)
    for number in made:
        with pytest.raises(ChildProcessError):
            os.waitpid(number, 0)


@pytest.mark.parametrize(
    "asked",
    [
        "match",
        "match zorbitinib zorgatrann --json",
        "match - --explain --csv",
        "match --help",
        "match --version",
        "match --no-such",
        "match --json --csv",
        "match --json --fields nothing",
        "match --color red --json",
        "match --monographs nowhere x",
    ],
)
@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.slow
def test_a_command_line_that_a_copy_reads_is_answered_as_any(
    asked: str, dies: bool, sample: Sample, inside: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(processes, "idle_processors", lambda: 1)
    expected = inside(*asked.split(), stdin="zorbitinb\n\nxyz")
    taken = []

    def fork() -> int:
        if not (number := os_fork()) and dies:
            os._exit(1)
        taken.append(number)
        return number

    os_fork = os.fork
    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(processes, "_has_threads", lambda: False)
    monkeypatch.setattr(processes, "idle_processors", lambda: 2)
    found = inside(*asked.split(), stdin="zorbitinb\n\nxyz")
    assert taken
    assert found == expected


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(processes, "_has_threads", lambda: True)
    with processes.in_copies(abs, [-1, -2, 3], 3) as found:
        assert found == [1, 2, 3]
    with processes.in_copies(abs, [], 3) as found:
        assert found == []


@pytest.mark.slow
def test_what_fails_in_a_copy_fails_here() -> None:
    with pytest.raises(ZeroDivisionError), processes.in_copies(lambda each: 1 // each, [1, 0], 2):
        pass


@pytest.mark.parametrize(
    ("told", "idle"),
    [
        ("0.00 0.00 0.00 1/80 11", 4),
        ("9.00 9.00 9.00 1/80 11", 4),  # until just now
        ("0.00 0.00 0.00 3/80 11", 2),
        ("0.00 0.00 0.00 9/80 11", 1),
        (None, 4),
        ("", 4),
    ],
)
def test_processors_that_other_processes_keep_busy_are_not_counted_on(
    told: str | None, idle: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 4)
    monkeypatch.setattr(processes, "_LOAD", os.fspath(tmp_path / "loadavg"))
    if told is not None:
        (tmp_path / "loadavg").write_text(told)
    assert processes.idle_processors() == idle


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"slug": TEXTS, "title": TEXTS, "brands": st.lists(TEXTS, max_size=3)}), max_size=4)
)
def test_any_text_stays_in_its_cell(found: list[dict[str, Any]]) -> None:
    fields = ("slug", "title", "brands")
    written = "".join(tables.lines("csv", "list", fields, found))
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [len(row) for row in read] == [3] * (len(found) + 1)
    for row, cells in zip(found, read[1:], strict=True):
        assert cells[0] == guard.cell(row["slug"])
    lines = list(tables.lines("tsv", "list", fields, found))
    assert [line.count("\t") for line in lines] == [2] * (len(found) + 1)
    assert all(line.endswith("\n") and line.count("\n") == 1 and "\r" not in line for line in lines)
