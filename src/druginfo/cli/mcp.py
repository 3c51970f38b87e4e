"""druginfo for programs that speak the Model Context Protocol, over standard input and output.

Each tool gives the contract's JSON of the command of its name, as structured content and as text. A refusal is a
result too (`is_error`), with the contract's error document: a program sees that a drug is absent, ambiguous or not
found, and which names are near, and is never given another drug. Names open only when they are exact, since a program
has nobody to ask whether a near one is meant; `match` says what a name is near to.

Needs the package `mcp` (the official SDK), from the extra of that name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from druginfo import __version__
from druginfo.answers.dose import dose
from druginfo.answers.interactions import interactions
from druginfo.answers.review import review
from druginfo.answers.search import search
from druginfo.answers.show import show
from druginfo.dosing import Patient
from druginfo.errors import DruginfoError, Failed, Usage
from druginfo.guard import escaped
from druginfo.library import Library
from druginfo.render.json import document, whole
from druginfo.render.json import error as error_document
from druginfo.render.schemas import schema

if TYPE_CHECKING:
    from mcp.server import Server

Arguments = Mapping[str, Any]

INSTRUCTIONS = (
    "Drug monographs, doses and interactions, offline. Quote doses as they are written, with their line and section; "
    "never compute, round or convert one. A row whose `unsure` is set, or whose `dose` is null, has no dose but its "
    "words. An error is an answer: an absent drug has no monograph here; say so, and do not answer with another drug. "
    "Not medical advice: verify with the official label."
)
_TEXT = {"type": "string", "minLength": 1}
_FIGURE = {"type": ["string", "number"]}
_PATIENT = {
    "for": {**_TEXT, "description": "The indication: rows for it."},
    "population": {
        **_TEXT,
        "description": "Groups that the patient is of, parted by semicolons: pregnancy; taking warfarin.",
    },
    "age": {**_FIGURE, "description": "The patient's age: 45 (years), 6mo, 10d."},
    "weight": {**_FIGURE, "description": "The patient's weight in kg."},
    "egfr": {**_FIGURE, "description": "eGFR in mL/min/1.73 m²."},
    "crcl": {**_FIGURE, "description": "Creatinine clearance in mL/min."},
    "hepatic": {"enum": ["mild", "moderate", "severe"], "description": "Hepatic impairment."},
}
_DRUG = {"drug": {**_TEXT, "description": "One drug, by any of its exact names."}}


class Tool(NamedTuple):
    """A question that a program can ask."""

    description: str
    properties: dict[str, Any]
    """JSON Schema of each argument."""
    required: tuple[str, ...]
    ask: Callable[[Library, Arguments], Any]
    """Answers it. Raises DruginfoError."""

    @property
    def arguments(self) -> dict[str, Any]:
        """JSON Schema of the arguments."""
        return {
            "type": "object",
            "properties": self.properties,
            "required": list(self.required),
            "additionalProperties": False,
        }


def _show(library: Library, given: Arguments) -> Any:
    drug = library.find(given["drug"], exact=True).slug  # words that name no drug are refused, not looked for
    return show(library, [drug, *given.get("topics", ())], exact=True)


def _patient(given: Arguments) -> Patient:
    asked = {key: str(given[key]) for key in _PATIENT if key in given}
    return Patient.read(indication=asked.pop("for", None), **asked)


TOOLS = {
    "match": Tool(
        "Which drug a name is: found, absent (known, but no monograph here), ambiguous or not found. Opens nothing.",
        {"name": {**_TEXT, "description": "A name as it was written, misspelled or with a strength."}},
        ("name",),
        lambda library, given: library.resolve(given["name"]),
    ),
    "show": Tool(
        "A drug's monograph, or what it says on topics: kidney, pregnancy, side effects, overdose, interactions.",
        {**_DRUG, "topics": {"type": "array", "items": _TEXT, "description": "Topics; without any, all of it."}},
        ("drug",),
        _show,
    ),
    "dose": Tool(
        "A drug's dosing rows, or those that apply to a patient. Nothing is computed; amounts are the monograph's.",
        {**_DRUG, **_PATIENT, "all": {"type": "boolean", "description": "Also the rows that do not apply, marked."}},
        ("drug",),
        lambda library, given: dose(
            library, [given["drug"]], _patient(given), exact=True, show_all=given.get("all", False)
        ),
    ),
    "interactions": Tool(
        "What the monographs of two to ten drugs say of each other, quoted. Silence is not evidence of safety.",
        {"drugs": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 10}},
        ("drugs",),
        lambda library, given: interactions(library, given["drugs"]),
    ),
    "review": Tool(
        "A medication list, a line a drug: the patient's rows, pairs, duplicates, allergies, what is not known.",
        {
            "lines": {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 1000},
            **{key: value for key, value in _PATIENT.items() if key != "for"},
        },
        ("lines",),
        lambda library, given: review(library, given["lines"], _patient(given), exact=True),
    ),
    "search": Tool(
        "Passages of all monographs that hold the words, best first.",
        {
            "words": _TEXT,
            "topic": {**_TEXT, "description": "Only passages on this topic."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
        },
        ("words",),
        lambda library, given: search(
            library, [given["words"]], topic=given.get("topic"), limit=given.get("limit", 10)
        ),
    ),
}


_LONG = 200
"""Characters of a message that repeats what was given."""


def call(library: Library, name: str, given: Arguments) -> tuple[dict[str, Any], bool]:
    """The contract's document of one question, and whether it is a refusal. Raises nothing that a caller can cause."""
    import jsonschema

    try:
        if (tool := TOOLS.get(name)) is None:
            raise Usage(f"There is no tool “{name}”; there are {', '.join(TOOLS)}.", query=name)
        wrong = next(jsonschema.Draft202012Validator(tool.arguments).iter_errors(given), None)
        if wrong:
            where = ".".join(map(str, wrong.absolute_path))
            what = wrong.message if len(wrong.message) < _LONG else f"{wrong.validator} is {wrong.validator_value}"
            raise Usage(f"{name}: {f'{where}: ' if where else ''}{what}.")
        return whole(document(tool.ask(library, given))), False
    except DruginfoError as error:
        refusal = error
    except MemoryError:
        refusal = Failed("Not enough memory.")
    return whole(error_document(refusal)), True


def server(library: Library) -> Server[Any]:
    """The server of these tools, not yet running. Raises Failed where the package `mcp` is missing."""
    try:
        from mcp import types
        from mcp.server import Server
    except ImportError:
        raise Failed("druginfo mcp needs the package mcp: pip install 'druginfo[mcp]'.") from None

    async def list_tools(context: Any, params: Any) -> Any:
        tools = [
            types.Tool(
                name=name,
                description=tool.description,
                input_schema=tool.arguments,
                output_schema=schema(name),
                annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
            )
            for name, tool in TOOLS.items()
        ]
        return types.ListToolsResult(tools=tools)

    async def call_tool(context: Any, params: Any) -> Any:
        found, is_refusal = call(library, params.name, params.arguments or {})
        content = types.TextContent(type="text", text=escaped(json.dumps(found, ensure_ascii=False)))
        return types.CallToolResult(content=[content], structured_content=found, is_error=is_refusal)

    return Server(
        "druginfo", version=__version__, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def serve(library: Library) -> None:
    """Answer on standard input and output until the other side hangs up."""
    running = server(library)
    import anyio
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        async with stdio_server() as (read, write):
            await running.run(read, write, running.create_initialization_options())

    try:
        anyio.run(run)
    except Exception as error:
        if not _is_hung_up(error):
            raise


def _is_hung_up(error: BaseException) -> bool:
    """Whether nobody reads any more, and nothing else is wrong; what fails in a task comes as a group."""
    parts = getattr(error, "exceptions", ())
    return all(map(_is_hung_up, parts)) if parts else isinstance(error, BrokenPipeError)
