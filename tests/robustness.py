"""Hostile tries of every kind, and how many of them broke a promise of SECURITY.md.

    python -m tests.robustness [KIND…] [--times N]

Prints a line a kind: tries and failures, and each failure. Everything happens in a temporary directory; no try does
more than leave a file there. `--times` makes more tries of the kinds that draw at random.

A try fails where a traceback or an internal error is shown, where the exit status is none of the
contract's, where `--json` gives anything but one document (or a line each), where a sign that drives a terminal or that
nobody sees is written, where nothing ends within a minute, or where the answer is not the one that it is without the
hostile part.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

TESTS = Path(__file__).resolve().parent
GOOD = (
    "---\ntitle: {title}\naliases: [{title}ex]\nclasses: [Invented inhibitor]\n---\n\n## Usage\n\nCough of {title}.\n\n"
)
GOOD += "## Dosage\n\n### Standard Dosage\n\n#### Adults\n\n- **Cough:** {dose} mg orally once daily.\n"
LOOSE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
COLOURS = re.compile("\x1b\\[[0-9;]*[mK]|\x1b\\]8;;[^\x1b]*\x1b\\\\")


class Ran(NamedTuple):
    """What a run left behind; `status` is None where it did not end."""

    status: int | None
    out: str
    err: str


class World:
    """A directory with a library of its own, and druginfo run there."""

    def __init__(self, root: Path, times: int) -> None:
        self.root, self.times = root, times
        self.chance = random.Random(1)
        self.library = root / "library"
        self.library.mkdir()
        for number in range(8):
            title = f"Zorbo{'bcdfglmn'[number]}ant"
            (self.library / f"{title.lower()}.md").write_text(GOOD.format(title=title, dose=number + 2))

    def run(
        self,
        *arguments: str | bytes,
        stdin: bytes | int | None = b"",
        cwd: Path | None = None,
        shell: str | None = None,
        limit: int | None = None,
        **more: str,
    ) -> Ran:
        """Run druginfo, or a line of `sh` in which it is `$DRUGINFO`."""
        environment = {
            **{name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ},
            "HOME": str(self.root),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "XDG_DATA_HOME": str(self.root / "data"),
            "DRUGINFO_MONOGRAPHS": str(self.library),
            "LANG": "C.UTF-8",
            "DRUGINFO": f"{sys.executable} -P -m druginfo",
            **more,
        }
        command = ["sh", "-c", shell] if shell else [sys.executable, "-P", "-m", "druginfo", *arguments]
        size = limit or 0
        done = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if isinstance(stdin, bytes) else stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={key: value for key, value in environment.items() if "\0" not in value},
            cwd=cwd or self.root,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))) if limit else None,
        )
        try:
            out, err = done.communicate(stdin if isinstance(stdin, bytes) else None, timeout=60)
        except subprocess.TimeoutExpired:
            done.kill()
            done.communicate()
            return Ran(None, "", "")
        return Ran(done.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def unfair(ran: Ran, as_json: bool = False, as_lines: bool = False) -> str:
    """What is wrong with a run, whatever it was asked; empty if nothing is."""
    if ran.status is None:
        return "does not end"
    if "Traceback" in ran.out + ran.err or "Internal error" in ran.out + ran.err:
        return f"a traceback: {(ran.out + ran.err)[-300:]}"
    if ran.status not in range(5):
        return f"status {ran.status}"
    if found := LOOSE.search(COLOURS.sub("", ran.out + ran.err)):
        return f"U+{ord(found[0]):04X} is written"
    if as_json or as_lines:
        try:
            for line in ran.out.splitlines() if as_lines else [ran.out]:
                json.loads(line)
        except ValueError:
            return f"no JSON: {ran.out[:100]!r}"
    return ""


Kind = Callable[[World], Iterator[str]]
"""Yields what is wrong with each try; an empty string where nothing is."""
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    def register(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return register


def same(world: World, expected: Sequence[Ran], asked: Sequence[Sequence[str]], **more: str) -> Iterator[str]:
    """Whether questions are answered as they were before."""
    for before, arguments in zip(expected, asked, strict=True):
        ran = world.run(*arguments, **more)
        wrong = unfair(ran) or ("" if ran.out == before.out else f"another answer: {ran.out[:200]!r}")
        yield wrong and f"{' '.join(arguments)}: {wrong}"


ASKED = (["list", "--json"], ["show", "zorbobant", "--json"], ["search", "cough", "--json"], ["match", "zorbobnt"])

# ---------------------------------------------------------------- the files


@kind("own directory")
def own_directory(world: World) -> Iterator[str]:
    def make(name: str, content: bytes) -> Callable[[Path], None]:
        return lambda own: (own / name).write_bytes(content) and None

    harms: list[Callable[[Path], object]] = [
        lambda own: shutil.rmtree(own),
        lambda own: (shutil.rmtree(own), own.write_text("a file")),
        lambda own: (shutil.rmtree(own), os.mkfifo(own)),
        lambda own: (shutil.rmtree(own), own.symlink_to(own)),
        lambda own: os.mkfifo(own / "pipe.md"),
        lambda own: (own / "dir.md").mkdir(),
        lambda own: (own / "up").symlink_to(own),
        lambda own: (own / "zero.md").symlink_to("/dev/zero"),
        lambda own: (own / "gone.md").symlink_to("nowhere"),
        make("a.md", b"---\ntitle: [\n---\n"),
        make("a.md", b"\xff\xfe\x00"),
        make("a.md", b"---\ntitle: A\n" + b"x: " + b"[" * 5000),
        make("a.md", b"---\na: &a [b]\nc: *a\n---\n"),
        make("a.md", b"\0" * 100),
        make("a.md", b"x" * (3 << 20)),
        make("a.md", b'---\ntitle: "\\u202e\\u200bA\\x1b[31m"\n---\n\n## Usage\n\n\x1b[31m\n'),
        make("\x1b[31m\u202e.md", b"---\ntitle: [\n---\n"),
        make(os.fsdecode(b"caf\xe9.md"), b"---\ntitle: A\n---\n"),
        make("a\tb\nc.md", b"---\ntitle: A\n---\n"),
    ]
    shipped = world.run("show", "baricitinib", "--json", DRUGINFO_MONOGRAPHS="")
    own = world.root / "data" / "druginfo" / "monographs"
    for harm in harms:
        own.mkdir(parents=True)
        harm(own)
        for arguments in (["show", "baricitinib", "--json"], ["list"], ["info"], ["info", "--json"]):
            ran = world.run(*arguments, DRUGINFO_MONOGRAPHS="")
            wrong = unfair(ran, "--json" in arguments)
            if arguments[0] == "show" and ran.out != shipped.out:
                wrong = wrong or "another answer"
            yield wrong
        own.unlink(missing_ok=True) if own.is_symlink() or not own.is_dir() else shutil.rmtree(own)
    for home in ("/x" * 3000, "/" + "y" * 300, "relative", "/dev/null", "/proc/nowhere"):
        yield unfair(world.run("show", "baricitinib", "--json", DRUGINFO_MONOGRAPHS="", XDG_DATA_HOME=home), True)
        yield unfair(world.run("info", DRUGINFO_MONOGRAPHS="", XDG_DATA_HOME=home, XDG_CACHE_HOME=home))


@kind("stale and damaged index")
def index(world: World) -> Iterator[str]:
    expected = [world.run(*arguments) for arguments in ASKED]
    (path,) = (world.root / "cache" / "druginfo").glob("*.sqlite")
    whole, status = path.read_bytes(), path.stat()

    def restored() -> None:
        for each in path.parent.iterdir():
            each.unlink() if not each.is_dir() else shutil.rmtree(each)
        path.write_bytes(whole)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def damaged(content: bytes, sealed: bool) -> None:
        path.write_bytes(content)
        if sealed:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    harms: list[Callable[[], object]] = [
        lambda: (path.unlink(), os.mkfifo(path)),
        lambda: (path.unlink(), path.mkdir()),
        lambda: (path.unlink(), path.symlink_to("/dev/zero")),
        lambda: (path.unlink(), path.symlink_to(path)),
        lambda: damaged(b"", True),
        lambda: damaged(whole[:1000], True),
        lambda: damaged(b"x" * len(whole), True),
        lambda: path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600)),
        lambda: path.with_name(path.name + "-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(600)),
        lambda: path.with_name(path.name + "-wal").mkdir(),
    ]
    for _ in range(10 * world.times):
        content = bytearray(whole)
        for _ in range(world.chance.choice((1, 30))):
            content[world.chance.randrange(len(content))] ^= 1 << world.chance.randrange(8)
        harms.append(lambda content=bytes(content): damaged(content, False))  # type: ignore[misc]
    texts = [found.start() for found in re.finditer(rb"Cough of Zorbo|mg orally", whole)]
    for at in world.chance.sample(texts, min(len(texts), 6 * world.times)):
        content = bytearray(whole)
        content[at + 3] ^= 1
        harms.append(lambda content=bytes(content): damaged(content, True))  # type: ignore[misc]
    for harm in harms:
        restored()
        harm()
        yield from same(world, expected[:3], ASKED[:3])
    restored()


@kind("monographs")
def monographs(world: World) -> Iterator[str]:
    from druginfo.errors import Unreadable
    from druginfo.parse import decode, parse

    whole = (TESTS / "fixtures" / "export.md").read_bytes()
    for _ in range(300 * world.times):
        content = bytearray(whole)
        for _ in range(world.chance.choice((1, 5, 200))):
            at = world.chance.randrange(len(content))
            content[at : at + world.chance.randrange(3)] = world.chance.randbytes(world.chance.randrange(4))
        try:
            parse(decode(bytes(content)), "export", "export.md")
            yield ""
        except Unreadable:
            yield ""
        except Exception as error:
            yield f"{type(error).__name__}: {error}"


# ---------------------------------------------------------------- what is shown

SIGNS = "\x1b[31m \x07 \x9b31m \x85 \u202e \u2066 \u200b \u2060 \ufeff \u3164 \u2028 \u00ad".split(" ")


@kind("terminal")
def terminal(world: World) -> Iterator[str]:
    root = world.root / "signs"
    root.mkdir()
    for number, sign in enumerate(SIGNS):
        title = f"Zorb{sign}{'bcdfglmnprst'[number]}ant"
        text = GOOD.format(title="TITLE", dose=f"1{sign}0").replace("TITLE", f'"{title}"', 1).replace("TITLE", title)
        written = "".join(f"\\u{ord(s):04x}" for s in sign)
        (root / f"signs-{number}.md").write_text(text.replace(f'"{title}"', f'"{title}"'.replace(sign, written), 1))
    for form in ("", "--json", "--jsonl", "--csv", "--tsv", "--color=always"):
        for command in (["list"], ["show", "signs-0"], ["dose", "signs-11"], ["search", "cough"], ["show", "dosage"]):
            if form not in ("--jsonl", "--csv", "--tsv") or command[0] != "show":
                ran = world.run(*command, *([form] if form else []), DRUGINFO_MONOGRAPHS=str(root))
                yield unfair(ran, form == "--json", form == "--jsonl")
        for sign in SIGNS:
            ran = world.run("show", f"zorb{sign}x", *([form] if form in ("", "--json") else []))
            yield unfair(ran, form == "--json")


@kind("shells")
def shells(world: World) -> Iterator[str]:
    root = world.root / "titles"
    root.mkdir()
    here = world.root / "completing"
    here.mkdir()
    titles = [
        "Qoo$(touch ran)",
        "Qoo`touch ran`",
        "Qoo;touch ran",
        "Qoo'$(touch ran)",
        "Qoo*",
        'Qoo"x',
        "Qoo|touch ran",
    ]
    for number, title in enumerate(titles):
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n## Usage\n\nCough.\n"
        (root / f"qoo-{number}.md").write_text(text)
    for shell in ("bash", "zsh", "fish", "powershell"):
        for line in ("druginfo show qoo", "druginfo qoo", "druginfo dose ", "druginfo show 'q", "druginfo show $(q"):
            words = line.split(" ")
            asks = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line}
            asks |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
            asks |= {"_DRUGINFO_COMPLETE": f"complete_{shell}", "DRUGINFO_MONOGRAPHS": str(root)}
            ran = world.run(**asks)
            if shell == "zsh":
                offered = re.findall(r'^(?:_arguments \'\*: :\(\()?"(.*?)"', ran.out, re.M)
            else:
                offered = [entry.split(":::")[0] for entry in ran.out.split()]
            bad = [word for word in offered if not re.fullmatch(r"[^\W_](?:[^\W_]|[.-])*", word)]
            yield unfair(ran) or (f"{shell}: {bad} offered" if bad else "")
    binary = world.root / "bin"
    binary.mkdir()
    (binary / "druginfo").write_text(f'#!/bin/sh\nexec {sys.executable} -P -m druginfo "$@"\n')
    (binary / "druginfo").chmod(0o755)
    # the function that the script defines, called as the shell's line editor calls it
    called = {
        "bash": 'COMP_WORDS=(druginfo show qoo); COMP_CWORD=2; _druginfo_completion druginfo; echo "${COMPREPLY[@]}"',
        "zsh": "words=(druginfo show qoo); CURRENT=3; _druginfo_completion; print -r -- $offered",
    }
    for shell, code in called.items():
        if shutil.which(shell):
            script = world.root / f"completion.{shell}"
            begin = "compdef() { :; }; _arguments() { offered=$*; }\n" if shell == "zsh" else ""
            script.write_text(f"{begin}{world.run('--show-completion', shell).out}\n{code}\n")
            path = f"{binary}{os.pathsep}{os.environ['PATH']}"
            ran = world.run(shell=f"exec {shell} {script}", cwd=here, DRUGINFO_MONOGRAPHS=str(root), PATH=path)
            ok = "qoo-0" in ran.out and "qoo-4" in ran.out and not (here / "ran").exists()
            yield "" if ok else f"{shell}: {ran.out[-200:]!r} {ran.err[-200:]!r} {os.listdir(here)}"


# ---------------------------------------------------------------- what is given


@kind("numbers")
def numbers(world: World) -> Iterator[str]:
    given = ["nan", "inf", "-inf", "1e999", "-1", "0", "1,5", "1.2.3", "９", "٣", "1" * 400, "", " ", "5 mg", "\u202e5"]
    given += ["9" * 5000, "1\u200b0", "0x10", "1_000", "½", "--", "--json", "5e", "+5", "30/0"]
    for option in ("--age", "--weight", "--egfr", "--crcl", "--hepatic"):
        for value in given:
            ran = world.run("dose", "zorbobant", option, value, "--json")
            yield (wrong := unfair(ran, True)) and f"{option} {value!r}: {wrong}"
    for option in (["search", "x", "-n"], ["list", "--width"]):
        for value in given:
            ran = world.run(*option, value)
            yield (wrong := unfair(ran)) and f"{option} {value!r}: {wrong}"


@kind("fuzz")
def fuzz(world: World) -> Iterator[str]:
    commands = "show dose faq search compare interactions list match check info schema review diff topics".split()
    words = [
        "zorbobant",
        "kidney",
        "--json",
        "--",
        "-",
        "--for",
        "--age",
        "\x1b[31m",
        "\u202e",
        "'",
        '"',
        "*",
        "$(x)",
        "%s",
    ]
    words += [
        "zorbocantex",
        "--exact",
        "--all",
        "--width",
        "5",
        "-n",
        "(",
        "AND",
        "NEAR",
        "a" * 300,
        "\ud800",
        "--fields",
        ".",
    ]
    words += [
        "--monographs",
        "/no/such",
        "../..",
        "~",
        "\\",
        "[",
        "]",
        "{",
        "}",
        "é",
        "日本",
        "☃",
        "-5",
        "--csv",
        "--tsv",
    ]
    for _ in range(80 * world.times):
        arguments = [world.chance.choice(commands), *world.chance.choices(words, k=world.chance.randrange(6))]
        raw = [argument.encode("utf-8", "surrogatepass") for argument in arguments]
        ran = world.run(*raw)
        asked = arguments[: arguments.index("--")] if "--" in arguments else arguments
        as_json = "--json" in asked and ran.status == 0 and "match" not in arguments[:1]
        yield (wrong := unfair(ran, as_json)) and f"{arguments}: {wrong}"


@kind("streams")
def streams(world: World) -> Iterator[str]:
    many = "\n".join(["zorbobant", "zorbocnt", "nothing"] * 200).encode()
    for line in (
        "$DRUGINFO list >&-",
        "$DRUGINFO list 2>&-",
        "$DRUGINFO list <&-",
        "$DRUGINFO list >&- 2>&- <&-",
        "$DRUGINFO match <&-",
        "$DRUGINFO list | head -1",
        "$DRUGINFO show zorbobant --json | head -1",
        "$DRUGINFO match --jsonl | head -1",
        "$DRUGINFO show nothing 2>/dev/full",
        "$DRUGINFO match - - -",
        "LC_ALL=C LANG=C PYTHONUTF8=0 PYTHONIOENCODING=ascii:strict $DRUGINFO show zorbobant",
        "TERM=dumb $DRUGINFO show zorbobant --color always",
    ):
        ran = world.run(shell=line, stdin=many)
        yield (wrong := unfair(ran)) and f"{line}: {wrong}"
    ran = world.run(shell="$DRUGINFO list >/dev/full", stdin=b"")
    yield unfair(ran) or ("" if ran.status == 1 else "a full disk is no failure")
    for _ in range(10 * world.times):
        lines = b"\n".join(world.chance.randbytes(world.chance.randrange(30)) for _ in range(20))
        ran = world.run("match", "--jsonl", stdin=lines)
        count = len(lines.removesuffix(b"\n").split(b"\n"))
        yield unfair(ran, as_lines=True) or ("" if ran.out.count("\n") == count else "not one result a line")
    for kilobytes in (16_000, 20_000, 24_000, 28_000, 40_000):
        ran = world.run("show", "zorbobant", "--json", limit=kilobytes * 1024)
        if "Fatal Python error" not in ran.err:  # the interpreter itself, before anything of ours
            yield unfair(ran, True)


@kind("pager")
def pager(world: World) -> Iterator[str]:
    from tests.sample import Terminal

    long = world.root / "long"
    long.mkdir()
    items = "".join(f"- Item {number}\n" for number in range(99))
    (long / "longzorb.md").write_text(f"---\ntitle: Longzorb\n---\n\n## Usage\n\n{items}")
    quiet = world.root / "quiet pager"
    quiet.write_text("#!/bin/sh\nread line; exit 0\n")
    quiet.chmod(0o755)
    for command in (
        "false",
        "exit 3",
        "/no/such",
        "cat",
        "unclosed 'quote",
        "",
        " ",
        "cat >/dev/null; exit 1",
        "sed p",
    ):
        environment = {"DRUGINFO_MONOGRAPHS": str(long), "HOME": str(world.root), "PAGER": command, "LANG": "C.UTF-8"}
        environment |= {"TERM": "xterm", "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(world.root / "cache")}
        program = [sys.executable, "-P", "-m", "druginfo", "show", "longzorb"]
        done = Terminal(program, environment, 80, 24).end()
        yield "" if "Item 98" in done.out and done.status == 0 else f"PAGER={command!r}: {done.out[-200:]!r}"


# ---------------------------------------------------------------- the current directory


@kind("current directory")
def current_directory(world: World) -> Iterator[str]:
    here = world.root / "here"
    here.mkdir()
    mark = f"import os\nopen({str(here / 'ran')!r}, 'a').write(__name__ + ' ')\nraise ImportError(__name__)\n"
    ours = "druginfo typer rich frontmatter yaml rapidfuzz platformdirs httpx sitecustomize usercustomize".split()
    for name in {*sys.stdlib_module_names, *ours}:
        (here / f"{name}.py").write_text(mark)
    for name in ("less", "more", "druginfo", "python", "python3", "bash"):
        (here / name).write_text("#!/bin/sh\ntouch ran\n")
        (here / name).chmod(0o755)
    (here / ".env").write_text("PAGER=touch ran\n")
    many = world.root / "many"
    many.mkdir()
    for number in range(250):
        (many / f"drug{number}.md").write_text(GOOD.format(title=f"Drug{number}", dose=1))
    words = "This is no label of any drug. " * 1000
    found = [
        {
            "set_id": f"{number:08}-0000-0000-0000-000000000000",
            "effective_time": "20240101",
            "openfda": {"generic_name": [f"ZORB{number}NIB"]},
            "indications_and_usage": ["Zorbnib is indicated for cough."],
            "description": [words],
        }
        for number in range(300)
    ]
    labels = world.root / "labels.json"
    labels.write_text(json.dumps({"results": found}))
    for arguments in (
        ["import", str(labels), "--into", str(world.root / "imported")],
        ["list", "--monographs", str(many)],
        ["check", str(many)],
        ["show", "baricitinib"],
        ["dose", "baricitinib", "--age", "50"],
        ["search", "kidney"],
        ["match", "baricitinb"],
        ["info"],
        ["new", "Zorb"],
        ["--version"],
    ):
        for path in ("", ".", str(here)):
            code = f"import sys; from druginfo.__main__ import main; sys.path.insert(0, {path!r}); main()"
            environment = {
                **os.environ,
                "HOME": str(world.root),
                "XDG_CACHE_HOME": str(world.root / f"cache{len(path)}"),
            }
            command = [sys.executable, "-P", "-c", code, *arguments]
            done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=120)
            ran = (here / "ran").read_text() if (here / "ran").exists() else ""
            yield f"{arguments[0]}: {ran} was run" if ran else ("Traceback" in done.stderr and done.stderr[-300:]) or ""


# ---------------------------------------------------------------- import


@kind("import")
def imports(world: World) -> Iterator[str]:
    fixtures = sorted(path for path in (TESTS / "fixtures" / "labels").iterdir() if path.is_file())
    into = world.root / "into"
    shaped = [
        b"",
        b"[]",
        b"{}",
        b'{"results": 5}',
        b'{"results": [5, null, [], {}, {"openfda": 3}]}',
        b'{"results": [' + b"[" * 100_000,
        b'{"results": [{"a": "' + b"x" * 100_000,
        b'{"results": [{"version": NaN, "set_id": Infinity}]}',
        b"\xff\xfe\x00\x01",
        b"<a>" * 50_000,
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><document>&c;</document>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>',
        b"PK\x03\x04" + b"x" * 200,
    ]
    files = [
        (f"shaped-{number}.{'xml' if content[:1] == b'<' else 'json'}", content)
        for number, content in enumerate(shaped)
    ]
    for number in range(20 * world.times):
        path = world.chance.choice(fixtures)
        content = bytearray(path.read_bytes())
        for _ in range(world.chance.choice((1, 20))):
            at = world.chance.randrange(len(content))
            content[at : at + world.chance.randrange(40)] = world.chance.randbytes(world.chance.randrange(3))
        files.append((f"mutated-{number}{path.suffix}", bytes(content[: world.chance.choice((len(content), at + 1))])))
    for name, content in files:
        path = world.root / name
        path.write_bytes(content)
        ran = world.run("import", str(path), "--into", str(into), "--json")
        yield (wrong := unfair(ran, True)) and f"{name}: {wrong}"
        path.unlink()
    if into.is_dir() and any(into.iterdir()):
        ran = world.run("info", "--json", DRUGINFO_MONOGRAPHS=str(into))
        yield "" if not json.loads(ran.out)["skipped"] else f"what was written cannot be read: {ran.out[-300:]}"


@kind("fetch")
def fetches(world: World) -> Iterator[str]:
    answers: list[tuple[int, bytes, dict[str, str]]] = [
        (404, b"<html>not here</html>", {}),
        (404, b'{"error": {"code": "OTHER"}}', {}),
        (200, b"", {}),
        (200, b"[]", {}),
        (200, b"{}", {}),
        (200, b'{"results": 5}', {}),
        (200, b'{"results": [5, null, {"openfda": 7}]}', {}),
        (200, b"\xff\xfe", {}),
        (200, b'{"results": [{"version": NaN}]}', {}),
        (429, b"", {"Retry-After": "nan"}),
        (429, b"", {"Retry-After": "inf"}),
        (429, b"", {"Retry-After": "-5"}),
        (500, b"", {"Retry-After": "1e999"}),
        (302, b"", {"Location": "http://127.0.0.2:1/"}),
        (302, b"", {"Location": "file:///etc/passwd"}),
        (200, b"x" * 1000, {"Content-Encoding": "gzip"}),
    ]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content, headers = self.server.answer  # type: ignore[attr-defined]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        for answer in answers:
            server.answer = answer  # type: ignore[attr-defined]
            url = f"http://127.0.0.1:{server.server_port}"
            ran = world.run(
                "import",
                "--fetch",
                "zorbinib",
                "--into",
                str(world.root / "fetched"),
                "--json",
                DRUGINFO_OPENFDA_URL=url,
            )
            wrong = unfair(ran, True)
            absent = '"not_found"' in ran.out or '"absent"' in ran.out
            if not wrong and (absent or ran.status == 0):
                wrong = f"absence or success is claimed: {ran.out[:200]!r}"
            yield wrong and f"{answer[0]} {answer[1][:30]!r} {answer[2]}: {wrong}"
    finally:
        server.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    tries = failures = 0
    for name, function in KINDS.items():
        if options.kinds and name not in options.kinds:
            continue
        with tempfile.TemporaryDirectory() as directory:
            found = list(function(World(Path(directory), options.times)))
        wrong = [each for each in found if each]
        tries, failures = tries + len(found), failures + len(wrong)
        print(f"{name:<26}{len(found):5} tries {len(wrong):4} failures", flush=True)
        for each in wrong:
            print(f"    {each}")
    print(f"{'all':<26}{tries:5} tries {failures:4} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
