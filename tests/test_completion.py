"""What the shells offer: through each shell's protocol, and in the shells themselves where they are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from druginfo.cli import commands
from druginfo.topics.terms import TOPICS
from sample import Sample, Terminal

pytestmark = pytest.mark.slow

SHELLS = ["bash", "zsh", "fish", "powershell"]
COMMANDS = set(commands.COMMANDS)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("completion"))


def offered(sample: Sample, line: str, shell: str = "bash", **more: str) -> list[str]:
    """What druginfo offers for the last word of a line, as the shell's script asks for it."""
    words = line.split(" ")
    asks = {"_TYPER_COMPLETE_ARGS": line}
    if shell == "bash":
        asks = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    elif shell == "fish":
        asks["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    elif shell == "powershell":
        asks = {"_TYPER_COMPLETE_ARGS": line.rstrip(), "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    ran = sample.run(_DRUGINFO_COMPLETE=f"complete_{shell}", **asks, **more)
    assert ran.err == ""
    if shell == "zsh":
        inner = ran.out.strip().removeprefix("_arguments '*: :((").removesuffix("))'")
        return [] if inner == "_files" else [entry.split('"')[1] for entry in inner.splitlines()]
    return [entry.split("\t")[0].split(":::")[0] for entry in ran.out.splitlines() if entry]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_is_offered_names_brands_options_commands_topics(sample: Sample, shell: str) -> None:
    assert offered(sample, "druginfo show zorbil", shell) == ["zorbilant"]
    assert offered(sample, "druginfo dose zorbit", shell) == ["zorbitinib"]
    assert offered(sample, "druginfo dose zorbitinib --eg", shell) == ["--egfr"]
    assert offered(sample, "druginfo mat", shell) == ["match"]
    assert offered(sample, "druginfo show zorbitinib kid", shell) == ["kidney"]
    assert offered(sample, "druginfo zorbil", shell) == ["zorbilant"]
    assert offered(sample, "druginfo zorbitinib kid", shell) == ["kidney"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_is_offered_what_may_begin_after_a_space(sample: Sample, shell: str) -> None:
    assert "zorbitinib" in offered(sample, "druginfo show ", shell)
    assert "kidney" in offered(sample, "druginfo show zorbitinib ", shell)
    assert "kidney" in offered(sample, "druginfo zorbitinib ", shell)
    assert offered(sample, "druginfo dose zorbitinib --hepatic ", shell) == ["mild", "moderate", "severe"]


@pytest.mark.parametrize("shell", ["fish", "powershell"])
def test_help_beside_what_is_offered_stays_on_its_line(sample: Sample, shell: str) -> None:
    assert set(offered(sample, "druginfo ", shell)) == COMMANDS
    for command in ("show", "dose"):
        assert all(option.startswith("-") for option in offered(sample, f"druginfo {command} --", shell))


def test_all_commands_are_offered(sample: Sample) -> None:
    assert set(offered(sample, "druginfo ")) == COMMANDS


@pytest.mark.parametrize("command", ["show", "dose", "faq", "compare", "interactions"])
def test_drug_names_are_offered_after_commands_that_take_drugs(sample: Sample, command: str) -> None:
    assert offered(sample, f"druginfo {command} zorb") == ["zorbexa", "zorbilant", "zorbiniv", "zorbitinib"]
    assert {"zorgatran", "zorbitinib"} <= set(offered(sample, f"druginfo {command} "))


@pytest.mark.parametrize("command", ["compare", "interactions"])
def test_a_second_drug_is_offered_where_there_can_be_one(sample: Sample, command: str) -> None:
    assert offered(sample, f"druginfo {command} zorbitinib zorga") == ["zorgatran"]
    assert offered(sample, "druginfo dose zorbitinib zorga") == []


def test_the_case_that_was_typed_stays(sample: Sample) -> None:
    assert offered(sample, "druginfo show Zorbil") == ["Zorbilant"]
    assert offered(sample, "druginfo show ZORBIL") == ["ZORBILant"]


def test_a_name_of_several_words_is_completed_as_one_or_word_by_word(sample: Sample) -> None:
    assert offered(sample, "druginfo show insulin-z") == ["insulin-zorgine"]
    assert offered(sample, "druginfo show insulin z") == ["zorgine"]
    assert offered(sample, "druginfo show zorgine l") == ["long-acting"]
    assert offered(sample, "druginfo show zorgine long a") == ["acting"]
    assert offered(sample, "druginfo dose insulin ") == ["zorgine"]
    assert offered(sample, "druginfo show insulin zorgine preg") == ["pregnancy"]
    assert sample.run("show", "zorgine", "long-acting").status == 0
    assert "zorgine" not in offered(sample, "druginfo show insulin-zorgine ")


def test_topics_are_offered_after_a_drug_not_names(sample: Sample) -> None:
    found = offered(sample, "druginfo show zorbitinib ")
    assert set(found) == {topic.words[0].replace(" ", "-") for topic in TOPICS}
    assert offered(sample, "druginfo show preg") == ["pregnancy"]


def test_values_of_options(sample: Sample) -> None:
    assert offered(sample, "druginfo dose zorbitinib --hepatic m") == ["mild", "moderate"]
    assert offered(sample, "druginfo list --color a") == ["auto", "always"]
    assert offered(sample, "druginfo search bleeding --in kid") == ["kidney"]
    assert offered(sample, "druginfo compare zorbitinib zorgatran --section kid") == ["kidney"]
    assert "dose" in offered(sample, "druginfo schema ")


def test_values_that_the_library_has(sample: Sample) -> None:
    assert "adults" in offered(sample, "druginfo dose zorbitinib --population ")
    assert offered(sample, "druginfo dose zorbitinib --for invented-ar") == ["invented-arthritis"]
    assert offered(sample, "druginfo dose --for ") == []
    assert offered(sample, "druginfo review --population di") == ["dialysis"]
    assert offered(sample, "druginfo list --class thr") == ["thrombin-inhibitor"]
    assert "F118" in offered(sample, "druginfo check --select F1")


def test_every_class_that_is_offered_lists_a_drug(sample: Sample) -> None:
    for each in offered(sample, "druginfo list --class "):
        assert sample.run("list", "--class", each).status == 0, each


def test_every_condition_that_is_offered_lists_a_drug(sample: Sample, tmp_path: Path) -> None:
    text = "---\ntitle: Qoobaril\n---\n\n## Usage\n\n- **Rheumatoid arthritis:** in adults.\n- Hypertension.\n"
    (tmp_path / "qoobaril.md").write_text(text, "utf-8")
    known = {"DRUGINFO_MONOGRAPHS": str(tmp_path)}
    found = offered(sample, "druginfo list --for ", **known)
    assert {"rheumatoid-arthritis", "hypertension"} <= set(found)
    assert "high-blood-pressure" in offered(sample, "druginfo list --for high", **known)
    for each in (*found, "high-blood-pressure"):
        assert sample.run("list", "--for", each, **known).status == 0, each


def test_titles_alone_until_a_letter_is_typed(sample: Sample) -> None:
    cards = json.loads(sample.run("list", "--json").out)["monographs"]
    assert len(offered(sample, "druginfo show ")) == len(cards)


def test_options_before_names_do_not_hide_them(sample: Sample) -> None:
    assert offered(sample, "druginfo show --json zorbil") == ["zorbilant"]
    assert offered(sample, "druginfo show --width 60 zorbil") == ["zorbilant"]


def test_names_of_the_monographs_that_the_line_names(sample: Sample) -> None:
    other = sample.root / "other"
    other.mkdir(exist_ok=True)
    (other / "otherdrug.md").write_text("---\ntitle: Otherdrug\n---\n\n## Usage\n\nNone.\n", "utf-8")
    assert offered(sample, f"druginfo show --monographs {other} ") == ["otherdrug"]
    assert offered(sample, "druginfo show ", DRUGINFO_MONOGRAPHS=str(other)) == ["otherdrug"]


@pytest.mark.parametrize(
    "line", ["druginfo show zzzz", "druginfo zzzz", "druginfo", "", "druginfo show 'zor", "druginfo ❤"]
)
def test_nothing_to_offer_is_no_error(sample: Sample, line: str) -> None:
    offered(sample, line)


SIGNS = """Qoo$HOME Qoo`x` Qoo"bar Qoo'bar Qoo;x Qoo&x Qoo|x Qoo>x Qoo*x Qoo?x Qoo~x Qoo!x Qoo#x Qoo%x Qoo(x) Qoo[x]
    Qoo{x} Qoo\\x Qoo/x Qoo:x Qoo=x Qoo@x Qoo,x Qoo+x Qoo^x Qoo\u00adx Qoo\u200bx Qoo\u3164x Qoo\u202ex""".split()
PLAIN = r"(?!_)\w(?:[\w.-])*"


def with_signs(root: Path) -> Path:
    """A library whose titles a shell would read as something else; the slugs are plain."""
    root.mkdir(exist_ok=True)
    for number, title in enumerate(SIGNS):
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n## Usage\n\nNone.\n"
        (root / f"qoo-{number:02}.md").write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("shell", SHELLS)
def test_a_title_with_signs_is_offered_by_its_slug(sample: Sample, shell: str, tmp_path: Path) -> None:
    known = {"DRUGINFO_MONOGRAPHS": str(with_signs(tmp_path / "signs"))}
    for line in ("druginfo show qoo", "druginfo dose ", "druginfo qoo"):
        found = offered(sample, line, shell, **known)
        assert found == [f"qoo-{number:02}" for number in range(len(SIGNS))]
        assert all(re.fullmatch(PLAIN, word) for word in found)
    for sign in SIGNS if shell == SHELLS[0] else SIGNS[:2]:  # which words are plain is not the shell's to say
        for word in offered(sample, f"druginfo show {sign[:5]}", shell, **known):
            assert re.fullmatch(PLAIN, word)


def test_a_slug_with_signs_is_not_offered(sample: Sample, tmp_path: Path) -> None:
    for slug in ("qoo$x", "-qoo", "qoo x;y", "qoo`x`"):
        (tmp_path / f"{slug}.md").write_text("---\ntitle: Qoo $x\n---\n\n## Usage\n\nNone.\n", "utf-8")
    for line in ("druginfo show qoo", "druginfo show -f", "druginfo show "):
        assert offered(sample, line, DRUGINFO_MONOGRAPHS=str(tmp_path)) == []


def test_a_library_that_cannot_be_read_is_no_error(sample: Sample) -> None:
    assert offered(sample, "druginfo show zor", DRUGINFO_MONOGRAPHS="/no/such/directory") == []
    assert offered(sample, "druginfo show zorbitinib kid", DRUGINFO_MONOGRAPHS="/no/such/directory") == ["kidney"]


def test_completion_needs_no_matching_and_no_rich(sample: Sample) -> None:
    code = (
        "import sys\nfrom druginfo import cli\n"
        "try: cli.run([])\nexcept SystemExit: pass\n"
        "print(*sorted(m for m in ('rich', 'yaml', 'rapidfuzz', 'druginfo.names.matching', 'druginfo.markup')"
        " if m in sys.modules), file=sys.stderr)"
    )
    asks = {"_DRUGINFO_COMPLETE": "complete_bash", "COMP_WORDS": "druginfo show zorbil", "COMP_CWORD": "2"}
    sample.run("list")
    ran = subprocess.run([sys.executable, "-c", code], env=sample.environment(**asks), capture_output=True, text=True)
    assert ran.stdout.strip() == "zorbilant"
    assert ran.stderr.strip() == ""


# ---------------------------------------------------------------- the shells themselves


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_installed_for_the_shell_that_is_named(sample: Sample, shell: str) -> None:
    home = {"HOME": str(sample.root / "shells")}
    (sample.root / "shells").mkdir(exist_ok=True)
    ran = sample.run("--install-completion", shell, **home)
    assert ran.out.startswith(f"{shell} completion installed in {home['HOME']}")
    assert f"complete_{shell}" in sample.run(f"--show-completion={shell}").out


def test_completion_of_a_shell_that_is_not_known(sample: Sample) -> None:
    ran = sample.run("--install-completion", "tcsh")
    assert ran.status == 1
    assert "tcsh is not supported" in ran.out + ran.err


def script(sample: Sample, shell: str) -> str:
    ran = sample.run(f"--show-completion={shell}")
    assert ran.status == 0
    assert "druginfo" in ran.out
    return ran.out.strip() + "\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script(sample: Sample, shell: str) -> None:
    assert f"complete_{shell}" in script(sample, shell)


def interactive(sample: Sample, command: list[str]) -> Terminal:
    return Terminal(command, sample.environment(TERM="dumb", PS1="ready> ", HISTFILE=""), 200, 50)


def tab(shell: Terminal, line: str, completed: str) -> None:
    """Type a line and the tab key, until it is completed; then drop it."""
    shell.type(line + "\t")
    shell.until(completed)
    shell.type("\x15")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash(sample: Sample) -> None:
    path = sample.root / "completion.bash"
    path.write_text(script(sample, "bash"))
    shell = interactive(sample, ["bash", "--norc", "--noprofile", "-i"])
    shell.until("ready> ")
    shell.type(f"source {path}\n")
    tab(shell, "druginfo show zorbil", "zorbilant ")
    tab(shell, "druginfo dose insulin-z", "insulin-zorgine ")
    tab(shell, "druginfo show zorbitinib kid", "zorbitinib kidney ")
    tab(shell, "druginfo interactions zorbitinib zorga", "zorbitinib zorgatran ")
    tab(shell, "druginfo zorbe", "zorbexa ")
    shell.type("exit\n")
    assert shell.end().status == 0


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_file_names_are_offered_only_for_files(sample: Sample, name: str, tmp_path: Path) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    (tmp_path / "unmistakable.md").write_text("", "utf-8")
    script_path = tmp_path / "script"
    script_path.write_text(script(sample, name))
    starts = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}
    shell = interactive(sample, starts[name])
    shell.until("ready> ")
    load = "unsetopt prompt_sp; autoload -U compinit; compinit -u -D; " if name == "zsh" else ""
    shell.type(f"cd {tmp_path}; {load}source {script_path}; echo loa''ded\n")
    shell.until("loaded")
    for line in ("druginfo list --class unmis", "druginfo dose zorbitinib --age unmis", "druginfo show unmis"):
        shell.type(line + "\t")
        tab(shell, "; druginfo show zorbil", "zorbilant")
    assert "unmistakable" not in shell.shown
    tab(shell, "druginfo check unmis", "unmistakable.md")
    tab(shell, "druginfo import --into unmis", "unmistakable.md")
    shell.type("exit\n")
    shell.end()


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh(sample: Sample) -> None:
    path = sample.root / "completion.zsh"
    path.write_text(script(sample, "zsh"))
    shell = interactive(sample, ["zsh", "-f", "-i"])
    shell.until("ready> ")
    shell.type(f"unsetopt prompt_sp; autoload -U compinit; compinit -u -D; source {path}; echo loa''ded\n")
    shell.until("loaded")
    tab(shell, "druginfo show zorbil", "zorbilant")
    tab(shell, "druginfo show zorbitinib kid", "zorbitinib kidney")
    tab(shell, "druginfo sear", "search")
    shell.type("exit\n")
    assert shell.end().status == 0


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish(sample: Sample) -> None:
    path = sample.root / "completion.fish"
    path.write_text(script(sample, "fish"))
    for line, expected in (
        ("druginfo show zorbil", "zorbilant"),
        ("druginfo show zorbitinib kid", "kidney"),
        ("druginfo dose insulin z", "zorgine"),
        ("druginfo sear", "search"),
        ("druginfo dose zorbitinib --eg", "--egfr"),
    ):
        code = f"source {path}; complete -C '{line}'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", code],
            env={**sample.environment(), "XDG_CONFIG_HOME": str(sample.root / "config")},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert [entry.split("\t")[0] for entry in done.stdout.splitlines()] == [expected], done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_no_shell_runs_what_a_title_says(sample: Sample, shell: str, tmp_path: Path) -> None:
    """The titles would make an empty file here."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    for number, title in enumerate(("Qoo$(touch ran)", "Qoo`touch ran`", "Qoo;touch ran", "Qoo'$(touch ran)", "Qoo*")):
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n## Usage\n\nNone.\n"
        (tmp_path / f"qoo{'-' + str(number) if number else ''}.md").write_text(text, "utf-8")
    path = tmp_path / "completion"
    path.write_text(script(sample, shell))
    start = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}.get(shell)
    environment = sample.environment(
        TERM="dumb", PS1="ready> ", HISTFILE="", DRUGINFO_MONOGRAPHS=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "c")
    )
    if start:
        terminal = Terminal(start, environment, 200, 50)
        terminal.until("ready> ")
        load = "unsetopt prompt_sp; autoload -U compinit; compinit -u -D; " if shell == "zsh" else ""
        terminal.type(f"cd {tmp_path}; {load}source {path}; echo loa''ded\n")
        terminal.until("loaded")
        for line in ("druginfo show qoo", "druginfo qoo", "druginfo dose Qoo"):
            terminal.type(line + "\t\t")
            terminal.until("oo-4")
            terminal.shown = ""
            terminal.type("\x15")
        terminal.type("exit\n")
        terminal.end()
    else:
        code = f"source {path}; complete -C 'druginfo show qoo'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.stdout.split() == ["qoo", "qoo-1", "qoo-2", "qoo-3", "qoo-4"], done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not shutil.which("pwsh"), reason="PowerShell is not installed")
def test_powershell(sample: Sample) -> None:
    path = sample.root / "completion.ps1"
    path.write_text(script(sample, "powershell"))
    code = f". {path}; (TabExpansion2 'druginfo show zorbil' 20).CompletionMatches.CompletionText"
    done = subprocess.run(
        ["pwsh", "-NoProfile", "-Command", code], env=sample.environment(), capture_output=True, text=True, timeout=120
    )
    assert "zorbilant" in done.stdout.split()
