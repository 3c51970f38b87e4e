"""Every command's JSON is what its schema says, on every shipped monograph and for every error."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import SHIPPED, TESTS, Cli
from druginfo.guard import escaped
from druginfo.render.schemas import schema, text

SLUGS = sorted(path.stem for path in SHIPPED.glob("*.md"))
MakeLibrary = Callable[..., Path]


def strict(value: Any) -> Any:
    """The schema with no keys allowed but those it names."""
    if isinstance(value, dict):
        closed = {key: strict(inner) for key, inner in value.items()}
        if "properties" in value and "anyOf" not in value:
            closed["additionalProperties"] = False
        return closed
    return [strict(inner) for inner in value] if isinstance(value, list) else value


@cache
def validators(command: str) -> tuple[jsonschema.Draft202012Validator, list[jsonschema.Draft202012Validator]]:
    """Of a command's schema, and of each of its answers with no keys but those it names; built once a session."""
    whole = schema(command)  # which is a schema: `test_the_schemas_are_schemas`
    branches = [jsonschema.Draft202012Validator(branch) for branch in strict(whole)["anyOf"]]
    return jsonschema.Draft202012Validator(whole), branches


def validated(command: str, out: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(out)
    indent = 1 if "\n" in out.strip() else None
    written = escaped(json.dumps(document, ensure_ascii=False, indent=indent))
    assert out.strip() == written  # no key twice, and laid out as `json` does
    whole, branches = validators(command)
    whole.validate(document)
    inner = {key: value for key, value in document.items() if key != "schema_version"}
    assert any(branch.is_valid(inner) for branch in branches)
    return document


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.slow
def test_every_shipped_monograph(slug: str, inside: Cli) -> None:
    shown = validated("show", inside("show", slug, "--json").out)["monograph"]
    body = (SHIPPED / f"{slug}.md").read_text("utf-8").split("---\n", 2)[2]
    assert "".join(s["markdown"] for s in shown["sections"]).strip("\n") == body.strip("\n")
    dosed = validated("dose", inside("dose", slug, "--json").out)
    assert dosed["match"]["slug"] == slug
    assert dosed["rows"]
    asked = validated("faq", inside("faq", slug, "--json").out)
    assert [(f["question"], f["answer"]) for f in asked["faqs"]] == [
        (f["question"], f["answer"]) for f in shown["faqs"]
    ]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param("show pregnancy", 0, marks=pytest.mark.slow),
        ("show statins pregnancy", 0),
        ("show baricitinib kidney", 0),
        ("show zzzzqq", 3),
        ("show", 2),
        ("show --width x warfarin", 2),
        ("show warfarin --color pink", 2),
        ("show --nonsense", 2),
        ("show warfarin --monographs /nonexistent", 1),
        ("dose metformin --egfr 35 --all", 0),
        ("dose metformin --age nonsense", 2),
        ("dose zzzzqq", 3),
        pytest.param("faq", 0, marks=pytest.mark.slow),
        ("faq kidney", 0),
        ("faq zzzzqq", 3),
        ("list", 0),
        ("list --class anticoagulant", 0),
        ("list --banned", 3),
        ("info", 0),
        ("info --monographs /nonexistent", 1),
    ],
)
def test_every_answer_and_every_error(arguments: str, status: int, inside: Cli) -> None:
    ran = inside(*arguments.split(), "--json")
    document = validated(arguments.split()[0], ran.out)
    assert ran.status == status
    assert ("error" in document) == bool(status)
    if status:
        code = document["error"]["code"]
        assert code in {1: ("failed",), 2: ("usage",), 3: ("not_found", "absent"), 4: ("ambiguous",)}[status]
        assert ran.err == ""


def test_match_is_a_line_for_each_name(inside: Cli) -> None:
    names = ["metformin", "", "zzzzqq", "acetohexamide", "olumiant 2 mg"]
    ran = inside("match", "--json", stdin="\n".join(names) + "\n")
    documents = [validated("match", line) for line in ran.out.splitlines()]
    assert [d["query"] for d in documents] == names
    assert [d["status"] for d in documents] == ["found", "not_found", "not_found", "absent", "found"]
    assert ran.status == 3


def test_ambiguous_and_banned(library: MakeLibrary, inside: Cli) -> None:
    front = "---\ntitle: {}\naliases: [Shared]\nis_banned: true\n---\n"
    root = library(one=front.format("One"), two=front.format("Two"))
    ran = inside("show", "shared", "--json", "--monographs", str(root))
    assert ran.status == 4
    assert {c["slug"] for c in validated("show", ran.out)["error"]["candidates"]} == {"one", "two"}
    assert validated("show", inside("show", "one", "--json", "--monographs", str(root)).out)["monograph"]["is_banned"]


def test_what_could_move_text_on_a_terminal_is_escaped(library: MakeLibrary, inside: Cli) -> None:
    root = library(orzulate="---\ntitle: Orzulate\n---\n## Dosage\n\u202e5 mg\x1b[2J\x07\u2028 é µ\n")
    out = inside("show", "orzulate", "--json", "--monographs", str(root)).out
    assert not set("\u202e\x1b\x07\u2028") & set(out)
    assert "é µ" in out
    assert json.loads(out)["monograph"]["sections"][0]["text"] == "\u202e5 mg\x1b[2J\x07\u2028 é µ"


def test_absent_values_are_null(library: MakeLibrary, inside: Cli) -> None:
    shown = json.loads(inside("show", "a1", "--json", "--monographs", str(library(a1=""))).out)["monograph"]
    assert (shown["description"], shown["last_modified"], shown["sections"]) == (None, None, [])


@pytest.mark.slow
@pytest.mark.parametrize("command", json.loads(text(None)))
def test_the_schemas_are_schemas(command: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(command))


def test_a_schema_is_printed(inside: Cli) -> None:
    assert json.loads(inside("schema", "show").out) == schema("show")
    assert inside("schema", "nonsense").status == 2


def test_json_is_utf_8_whatever_the_terminal(cli: Cli) -> None:
    ran = cli("show", "baricitinib", "--json", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert "²" in ran.out
    assert ran.status == os.EX_OK


def promised(old: Any, new: Any, at: str = "") -> Iterator[str]:
    """Where a schema no longer says what an older one said; keys may have come."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, inner in old.items():
            yield from promised(inner, new[key], f"{at}/{key}") if key in new else [f"{at}/{key} is gone"]
    elif isinstance(old, list) and at.endswith(("required", "enum")):
        yield from (f"{at}: {each} is gone" for each in old if each not in new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) <= len(new):
        for number, inner in enumerate(old):
            yield from promised(inner, new[number], f"{at}/{number}")
    elif old != new:
        yield f"{at}: {old} became {new}"


def test_no_key_of_the_first_schemas_is_lost() -> None:
    first = json.loads((TESTS / "fixtures/schema-1.json").read_text("utf-8"))
    assert list(promised(first, json.loads(text(None)))) == []
