"""`druginfo mcp`, asked by the SDK's own client: the contract's JSON, refusals as results, never another drug."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from conftest import SHIPPED, Cli
from druginfo.cli.mcp import TOOLS, call
from druginfo.library import Library
from druginfo.render.schemas import schema

if TYPE_CHECKING:
    from mcp import Client

COMMAND = [sys.executable, "-P", "-m", "druginfo", "mcp", "--monographs", str(SHIPPED)]

OTHERS = """
apomorphine tofacitinib hydroxyzine hydralazine vinblastine vincristine prednisolone acetohexamide chlorpropamide
cyclobenzaprine bupropion buspirone dobutamine dopamine daunorubicin doxorubicin glucotrol-xl-with-metformin
tylenol-3 factor-viia ambisome depo-medrol edetate-calcium-disodium insulin-lispro-protamine norvasc-and-lipitor caduet
exforge lotrel janumet-xr vytorin duexis vimovo esomepraz metformine-sitagliptine clobazam klonopen zyprexo
amlodipine-benazepril atorvastatin-amlodipine losartann celexa-zyprexa prozac-olanzapine sertraline-hydroxyzine
azathioprim mercaptopurin tacrolimusone warfarin-aspirin codeine-acetaminophen tramadol-acetaminophen
omeprazole-sodium-bicarbonate lansoprazole-amoxicillin-clarithromycin
""".split()
"""Combinations, look-alikes, absent drugs and near names, each of which some program answers with another drug."""


def ask(question: Callable[[Client], Awaitable[Any]]) -> Any:
    """What the question gets from a server of its own."""
    import anyio  # here, since the SDK takes longer to import than all of druginfo
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters

    async def run() -> Any:
        async with Client(StdioServerParameters(command=COMMAND[0], args=COMMAND[1:])) as client:
            return await question(client)

    return anyio.run(run)


@pytest.mark.slow
def test_each_tool_gives_the_json_of_its_command(inside: Cli, tmp_path: Path) -> None:
    (two := tmp_path / "list.txt").write_text("warfarin\ncelecoxib\n", "utf-8")
    asked: dict[str, tuple[dict[str, Any], list[str]]] = {
        "match": ({"name": "olumiant"}, ["match", "olumiant"]),
        "show": ({"drug": "warfarin", "topics": ["pregnancy"]}, ["show", "warfarin", "pregnancy"]),
        "dose": ({"drug": "metformin", "egfr": 40, "all": True}, ["dose", "metformin", "--egfr", "40", "--all"]),
        "interactions": ({"drugs": ["warfarin", "celecoxib"]}, ["interactions", "warfarin", "celecoxib"]),
        "review": ({"lines": ["warfarin", "celecoxib"], "egfr": 40}, ["review", str(two), "--egfr", "40"]),
        "search": ({"words": "nausea", "limit": 3}, ["search", "nausea", "-n", "3"]),
    }

    async def all_of(client: Client) -> dict[str, Any]:
        listed = await client.list_tools()
        assert {tool.name: tool.output_schema for tool in listed.tools} == {name: schema(name) for name in TOOLS}
        return {name: await client.call_tool(name, given) for name, (given, _) in asked.items()}

    found = ask(all_of)
    for name, (_, line) in asked.items():
        assert not found[name].is_error
        printed = json.loads(inside(*line, "--json", "--monographs", str(SHIPPED)).out)
        assert found[name].structured_content == printed
        assert json.loads(found[name].content[0].text) == printed


@pytest.mark.slow
def test_no_name_is_answered_with_another_drug() -> None:
    async def all_of(client: Client) -> list[Any]:
        return [await client.call_tool(tool, {"drug": name}) for name in OTHERS for tool in ("show", "dose")]

    for result in ask(all_of):
        found = result.structured_content
        jsonschema.validate(found, schema("show" if "monograph" in found else "dose"))
        if result.is_error:
            assert found["error"]["code"] in ("absent", "ambiguous", "not_found")
        else:  # the library has grown: then it is that very drug
            assert found["match"]["kind"] == "exact"


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("nonsense", {}),
        ("show", {}),
        ("show", {"drug": ""}),
        ("show", {"drug": "warfarin", "exact": False}),
        ("dose", {"drug": "warfarin", "age": "old"}),
        ("interactions", {"drugs": ["warfarin"]}),
        ("search", {"words": "x", "limit": 0}),
        ("review", {"lines": []}),
        ("review", {"lines": ["warfarin 5 mg"] * 1001}),
    ],
)
def test_wrong_arguments_are_wrong_usage(tool: str, given: dict[str, Any]) -> None:
    found, is_refusal = call(Library([SHIPPED]), tool, given)
    assert is_refusal
    assert found["error"]["code"] == "usage"
    assert len(found["error"]["message"]) < 250


@pytest.mark.slow
def test_a_broken_frame_ends_nothing_and_hanging_up_ends_it_well() -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}},
    }
    sent = b'{"jsonrpc": "2.0", "id":\n\xff\xfe\n[]\n' + json.dumps(hello).encode() + b"\n"
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(sent)
        running.stdin.flush()
        answers = (json.loads(line) for line in running.stdout)  # whoever hangs up at once may get none
        answer = next(each for each in answers if each.get("id") == 1)
        assert answer["result"]["serverInfo"]["name"] == "druginfo"
        running.stdin.close()
        assert running.wait(300) == 0
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.slow
def test_a_client_that_reads_no_more_ends_it_quietly() -> None:
    frames = [{"jsonrpc": "2.0", "id": number, "method": "ping"} for number in range(1, 3)]
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(json.dumps(frames[0]).encode() + b"\n")
        running.stdin.flush()
        assert running.stdout.readline()
        running.stdout.close()
        running.stdin.write(json.dumps(frames[1]).encode() + b"\n")
        running.stdin.close()
        assert running.wait(300) == 0
        assert running.stderr.read() == b""
