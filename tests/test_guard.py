"""What may do harm in a text never reaches a screen, a spreadsheet or a shell as it is, whatever form it is put in."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from druginfo import guard
from druginfo.guard import arguments
from sample import Sample, Terminal

pytestmark = pytest.mark.slow

_WITH_A_SHAPE = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Of category Cf, and seen: signs that enclose or begin Arabic, Syriac, Kaithi numbers, Egyptian joiners."""


@cache
def unseen() -> list[str]:
    """Every character of Unicode that is not seen."""
    seen = {9, 10, *_WITH_A_SHAPE}
    characters = (chr(code) for code in range(sys.maxunicode + 1) if code not in seen)
    return [each for each in characters if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp", "Cs")]


FILLERS = [
    chr(code) for code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x2800, 0x3164, 0xFE0F, 0xFFA0, 0xE0100)
]
LOOSE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What must not be found in anything that is printed beside a figure."""
RUN = r"\s*(?:[=+@]|-(?![\d.]+$))"
"""What a cell begins with that a spreadsheet runs; a negative number is a number."""


@pytest.mark.parametrize("figure", ["1{}0 mg", "0.{}5", "0{}.5", "{}5", "5{}", "1{0}{0}{0}0", "<{}30", "10{}²"])
def test_no_unseen_sign_stays_in_a_figure(figure: str) -> None:
    for sign in [*unseen(), *FILLERS]:
        shown = guard.visible(figure.format(sign))
        assert f"<U+{ord(sign):04X}>" in shown
        assert sign not in shown
        assert sign not in guard.escaped(json.dumps(figure.format(sign), ensure_ascii=False))
        assert guard.hidden(figure.format(sign)) == [f"U+{ord(sign):04X}"]


def test_words_keep_what_belongs_to_them() -> None:
    for text in (
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "⚠\ufe0f",
        "👩\u200d⚕\ufe0f",
        "Ménière’s",
        "α-tocopherol",
        "a\tb\nc",
    ):
        assert guard.visible(text) == text.expandtabs(4)
    assert guard.visible("de\u00adpres\u00adsion") == "depression"
    assert guard.hidden("de\u00adpression") == ["U+00AD"]


@given(st.text())
def test_a_text_that_passed_passes_again_and_json_loses_nothing(text: str) -> None:
    assert guard.visible(guard.visible(text)) == guard.visible(text)
    document = guard.escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(document) == text
    document.encode("utf-8")
    guard.cell(text).encode("utf-8", "strict")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\n=1", "\t1", "＝1", "－1", "=cmd|'x'!A0"])
def test_a_cell_that_would_be_run_is_made_text(text: str) -> None:
    assert guard.cell(text)[0] == "'"
    assert guard.cell(guard.cell(text)) == guard.cell(text)


@pytest.mark.parametrize("text", ["2 mg", "", "'=1", "a=1", "<30", "≥ 5", "*", "(-1)"])
def test_any_other_cell_is_what_it_was(text: str) -> None:
    assert guard.cell(text) == text


# ---------------------------------------------------------------- everything that is printed

SIGNS = "\x1b[31m \x07 \x08 \x9b31m \x85 \u202e \u2066 \u200b \u2060 \ufeff \u3164 \u2028 \U000e0041".split(" ")
_EVIL = "".join(SIGNS)


def _quoted(text: str) -> str:
    """A YAML string; of JSON's escapes YAML lacks the pairs of surrogates."""
    return '"' + "".join(f"\\U{ord(sign):08x}" if not sign.isalnum() else sign for sign in text) + '"'


HOSTILE = """---
title: "ZorbitinibEVIL"
description: "An inhibitorEVIL"
lastModified: "2026-01-02EVIL"
aliases: ["ZorbinivEVIL", "=Zorbex"]
classes: ["Kinase inhibitorEVIL"]
sources:
  - title: "LabelEVIL"
    url: "https://example.org/EVIL"
faqs:
  - q: "What is it for?EVIL"
    a: "For 1\u00ad0 tests.EVIL"
  - q: "=1+1?"
    a: "@For tests."
---

## Alternate Names

- **Brand Names:** ZorbilantEVIL

## UsageEVIL

ArthritisEVIL. See [the label](https://example.org/EVIL).

## Dosage

### Standard Dosage

#### AdultsEVIL

- **ArthritisEVIL:** 1\u00ad0 mgEVIL orally once daily.
- **Alopecia:** 2\u200b0 mg orallyEVIL once daily, for 1\uff100 days.

#### Special Cases

- **Renal ImpairmentEVIL:**
  - eGFR 3\u20600 to less than 60 mL/min/1.73 m²: 1 mgEVIL orally once daily.

| WeightEVIL | Dose |
|---|---|
| 1\u00ad0 kgEVIL | 5EVIL mg |

## Side EffectsEVIL

- HeadacheEVIL

## Precautions

- **Kidney disease:** Lower dosesEVIL; zorgatran raises exposure.

## Interactions

- **ZorgatranEVIL:** BleedingEVIL.
"""
_FRONT, _BODY = HOSTILE.split("\n---\n", 1)
HOSTILE = _FRONT.replace("EVIL", _quoted(_EVIL)[1:-1]) + "\n---\n" + _BODY.replace("EVIL", _EVIL)

COMMANDS = [
    ["show", "zorbitinib"],
    ["zorbitinib", "kidney"],
    ["show", "zorbitinib", "usage"],
    ["show", "kidney"],
    ["dose", "zorbitinib"],
    ["dose", "zorbitinib", "--egfr", "90", "--all"],
    ["faq"],
    ["faq", "zorbitinib"],
    ["search", "headache"],
    ["search", "bleeding"],
    ["list"],
    ["list", "--class", "kinase"],
    ["match", "zorbitinib", "zorbitinb", f"zorb{_EVIL}", "=1+1"],
    ["compare", "zorbitinib", "zorgatran"],
    ["interactions", "zorbitinib", "zorgatran"],
    ["check"],
    ["info"],
    ["topics", "zorbitinib"],
    ["show", f"zorbitinib{_EVIL}x"],
    ["dose", "zorbitinib", "--age", f"5{_EVIL}"],
    ["search", f"no{_EVIL}thing"],
    ["show", f"--{_EVIL}"],
    [f"com{_EVIL}mand"],
]
FORMS = ["", "--json", "--jsonl", "--csv", "--tsv"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = Sample(tmp_path_factory.mktemp("hostile"))
    (sample.library / "zorbitinib.md").write_text(HOSTILE, "utf-8")
    (sample.library / f"bad{_EVIL}.md").write_text(f"---\ntitle: [{_EVIL}\n---\n", "utf-8")
    return sample


def _arguments(command: list[str]) -> list[str]:
    return [argument.replace("\x00", "") for argument in command]


def loose(text: str) -> list[str]:
    """The signs of a text that would do harm, apart from the colours and links that are druginfo's own."""
    plain = re.sub("\x1b\\[[0-9;]*m|\x1b\\]8;;[^\x1b]*\x1b\\\\", "", text)
    return [f"{ord(sign):04x}" for sign in LOOSE.findall(plain.replace("\r\n", "\n"))]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: re.sub(r"[^\w -]", "", " ".join(c)))
def test_nothing_that_is_printed_does_harm(hostile: Sample, command: list[str], form: str) -> None:
    ran = hostile.run(*_arguments(command), *([form] if form else []))
    assert loose(ran.out) == []
    assert loose(ran.err) == []
    assert "Traceback" not in ran.err
    if form == "--csv" and ran.status == 0:
        for row in csv.reader(io.StringIO(ran.out, newline="")):
            assert not [value for value in row if re.match(RUN, value)]
    if form == "--tsv" and ran.status == 0:
        for line in ran.out.splitlines():
            assert not [value for value in line.split("\t") if re.match(RUN, value)]


@pytest.mark.parametrize("command", [*COMMANDS[:11], ["show", "zorbitinib", "--markdown"], ["faq", "zorbitinib"]])
def test_nothing_that_a_terminal_gets_does_harm(hostile: Sample, command: list[str]) -> None:
    ran = hostile.terminal(*_arguments(command), "--no-pager", columns=100).end()
    assert "1<U+00AD>0" in ran.out or command[0] != "dose"
    assert loose(ran.out) == []


def test_markdown_in_a_pipe_is_the_file(hostile: Sample) -> None:
    assert HOSTILE.split("## Usage")[1].split("## Dosage")[0] in hostile.run("show", "zorbitinib", "--markdown").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_nothing_that_a_shell_is_offered_does_harm(hostile: Sample, shell: str) -> None:
    asks = {"COMP_WORDS": "druginfo\nshow\nzor", "COMP_CWORD": "2", "_TYPER_COMPLETE_ARGS": "druginfo show zor"}
    asks |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "zor"}
    ran = hostile.run(_DRUGINFO_COMPLETE=f"complete_{shell}", **asks)
    assert "zorbitinib" in ran.out
    assert loose(ran.out) == []


def test_a_choice_on_a_terminal(hostile: Sample, tmp_path: Path) -> None:
    for slug in ("zorba", "zorbo"):
        text = f"---\ntitle: {_quoted(slug + _EVIL)}\naliases: [Zorbu]\n---\n\n## Usage\n\nNone.\n"
        (tmp_path / f"{slug}.md").write_text(text)
    terminal = Terminal(
        [sys.executable, "-m", "druginfo", "show", "zorbu"],
        hostile.environment(DRUGINFO_MONOGRAPHS=str(tmp_path)),
        100,
        24,
    )
    terminal.until("which one?")
    terminal.type("\n")
    assert loose(terminal.end().out) == []


@given(st.text(max_size=20))
def test_suggested_words_are_one_line_that_no_shell_reads(words: str) -> None:
    written = arguments(words)
    assert written.isprintable()
    assert shlex.split(written) in (words.split(), [" ".join(words.split())], ["WORDS"])
    assert not set("$`\\!;&|<>*?~#%") & set(written)
