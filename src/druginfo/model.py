"""The nouns of druginfo: immutable values without behaviour beyond reading themselves.

They are named tuples and not frozen dataclasses because each of those costs half a millisecond at every start, and
there are thirty nouns.

"Verbatim" means as it is in the file, Markdown included; "plain" means without Markdown emphasis, links and
escapes. Lines are 1-based and count from the top of the file, front matter included.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, TypeVar, get_args

T = TypeVar("T")
Hidden = Annotated[T, "hidden"]
"""A field that JSON leaves out: it serves the program, not its users."""
Sparse = Annotated[T, "sparse"]
"""A field that JSON has only where there is something to say; elsewhere the key is missing, not null."""
Flat = Annotated[T, "flat"]
"""A field whose own fields are keys of the noun that holds it."""
Count = Annotated[int, {"minimum": 0}]
LineNumber = Annotated[int, {"minimum": 1}]
"""A line of a file, 1-based, front matter included."""

Field = Literal["title", "inn", "brand", "synonym", "slug"]
Kind = Literal["exact", "prefix", "typo"]
Status = Literal["found", "absent", "ambiguous", "not_found"]
Action = Literal["give", "increase", "reduce", "avoid", "no_adjustment", "note"]
BlockKind = Literal["paragraph", "item", "header", "row", "code", "quote", "rule"]


SCOPE = "**Scope:**"
"""Begins the list item in which a monograph says what it covers."""


class Block(NamedTuple):
    """One paragraph, list item, table row, fenced code, quotation or rule, without what is nested in it."""

    kind: BlockKind
    """`header` is a table's first row, where a delimiter row follows it; `row` is any other."""
    line: int
    """Line on which it begins."""
    depth: int
    """How many list items enclose it: 0 for a top-level paragraph, item or table."""
    marker: str
    """An item's marker as written (`-`, `*`, `3.`), a code block's info string, else empty."""
    lines: tuple[str, ...]
    """The source lines without marker and indentation, one an element; code lines keep their own indentation."""
    cells: tuple[str, ...] = ()
    """A table row's cells, Markdown."""
    header: tuple[str, ...] = ()
    """For a `row`: the cells of the table's header row; empty in a table without one."""

    @property
    def text(self) -> str:
        """The content as one string of Markdown: soft line ends are spaces, hard ones stay; code is verbatim."""
        if self.kind == "code":
            return "\n".join(self.lines)
        if len(self.lines) == 1 and self.lines[0][-1:] not in ("\\", " ", "\t"):  # what nearly every block is
            return self.lines[0].rstrip()
        joined = ""
        for line in self.lines:
            hard = line.endswith(("  ", "\\"))
            joined += line.rstrip().removesuffix("\\") if hard else line.rstrip()
            joined += "\n" if hard else " "
        return joined.rstrip()


class Section(NamedTuple):
    """One heading and its own content, without its subsections'."""

    key: str
    """The heading as a slug; below the top level joined with `/`: `dosage/standard-dosage/adults`. Unique."""
    title: str
    """The heading, plain, without its final colon; empty for text before the first heading."""
    level: Annotated[int, {"minimum": 0, "maximum": 6}]
    """1 to 6; 0 for text before the first heading."""
    line: LineNumber
    """Line of the heading."""
    markdown: str
    """Verbatim from the heading's line to the next heading's: joined in order, all sections are the body."""
    text: str
    """The content, plain, without the heading: a line a block, list items indented by their depth."""
    blocks: Hidden[tuple[Block, ...]] = ()
    """The content, read."""
    over: Hidden[tuple[str, ...]] = ()
    """The titles of the headings that the key joins before this one's, outermost first."""


class Faq(NamedTuple):
    """A question and its answer, plain, without numbering and `A:`."""

    question: str
    answer: str
    line: Hidden[int] = 0
    """The line of the question; 0 where that is not known."""


class Name(NamedTuple):
    """Something that a drug is called."""

    name: str
    """As the monograph writes it."""
    field: Field


class Named(NamedTuple):
    """One name of one monograph of the library."""

    folded: str
    name: str
    field: Field
    slug: str
    title: str


class Source(NamedTuple):
    """Where a monograph's facts come from, as the front matter has it."""

    title: str | None
    id: str | None
    revised: str | None
    url: str | None


class Fault(NamedTuple):
    """Something wrong with a file that could be read all the same, or the reason why it could not."""

    path: str
    line: Count
    """0 where the fault is the whole file's."""
    message: str


class Monograph(NamedTuple):
    """One drug."""

    slug: str
    title: str
    description: str | None
    is_banned: bool
    last_modified: str | None
    """RFC 3339 or a date, as the front matter has it."""
    names: tuple[Name, ...]
    """Title first, then INN, brands, synonyms, and the slug where none of these folds to it."""
    classes: tuple[str, ...]
    sources: tuple[Source, ...]
    path: str
    sections: tuple[Section, ...]
    """Document order."""
    faqs: tuple[Faq, ...]
    faults: Hidden[tuple[Fault, ...]] = ()
    """What was wrong with the file and mended in reading."""

    def section(self, key: str) -> Section:
        """The section with this key, without its subsections. Raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    language: str | None = None
    """The language of the text, as the front matter has it (ISO 639-1); null for English."""
    document: str | None = None
    """The official document that an import is of: "FDA label", "Health Canada product monograph"."""
    roles: tuple[str, ...] = ()
    """What the drug does, as the front matter has it: "strong CYP3A4 inhibitor", "nephrotoxic"."""
    codes: Hidden[tuple[str, ...]] = ()
    """Its codes, as the front matter has them under `rxcui`, `atc` and `ndc`: "RxCUI 161", "ATC N02BE01"."""


class Head(NamedTuple):
    """What a monograph says of itself, over its doses."""

    title: str
    is_banned: bool
    last_modified: str | None
    document: str | None
    language: str | None
    boxed_warnings: tuple[tuple[str, tuple[str, ...]], ...]
    """The titles of its boxed warning, each with its sentences; empty where it has none."""
    faults: tuple[Fault, ...]


class Affirmed(NamedTuple):
    """A line of the Usage section that names the condition asked for."""

    line: int
    text: str


class Card(NamedTuple):
    """What a list shows of a monograph."""

    slug: str
    title: str
    classes: tuple[str, ...]
    brands: tuple[str, ...]
    is_banned: bool
    last_modified: str | None
    description: Hidden[str | None]
    indications: Sparse[tuple[Affirmed, ...]] = ()
    """Where a condition is asked for, the lines that name it."""


class FaqHit(NamedTuple):
    """A question of one drug. `score` is null where nothing was ranked; higher is better."""

    slug: str
    title: str
    faq: Flat[Faq]
    score: float | None


class LookAlike(NamedTuple):
    """One official pair of names that are taken for each other, in tall-man letters."""

    name: str
    tall_man: str
    with_: str
    """The name that it is taken for."""
    with_tall_man: str


class Match(NamedTuple):
    """A query and the one drug that it opens."""

    query: str
    slug: str
    title: str
    matched: str
    """The name that the query was found to be, as the monograph or the lexicon writes it."""
    field: Field
    kind: Kind
    distance: Count
    """Edits between the folded query and the folded name; 0 unless `kind` is `typo`."""
    read_as: Sparse[str | None] = None
    """The part of the query that is the name, where the rest was dosage words ("metformin 500mg tablets")."""
    confused_with: Sparse[tuple[LookAlike, ...]] = ()
    scope: str | None = None
    """What the drug's monograph says it covers, where that is not the whole drug."""
    own: Sparse[str | None] = None
    """That the monograph is the user's own, and whether it is used instead of a shipped one."""


class Candidate(NamedTuple):
    """A drug offered as a suggestion. `slug` is null for a known drug that is not in the library."""

    slug: str | None
    title: str
    matched: str
    distance: Count


class Quantity(NamedTuple):
    """An amount of a drug, as written and as numbers.

    An exact amount has `low == high`; "up to N" has no `low`, "at least N" no `high`. `per` is what the amount is
    counted by: `kg`, `m2`, `kg/day`, `hour`, `dose` …
    """

    text: str
    low: int | float | None
    high: int | float | None
    unit: str
    per: str | None


BandUnit = Literal["years", "months", "weeks", "days", "kg", "lb", "g"]
"""Of a range of age or weight."""


class Band(NamedTuple):
    """A range of age or weight; an open side is null twice."""

    min: int | float | None
    min_included: bool | None
    max: int | float | None
    max_included: bool | None
    unit: BandUnit


FilterName = Literal["for", "population", "age", "weight", "egfr", "crcl", "hepatic"]
"""What can be said of a patient, as the options of `dose` call it."""
Grade = Literal["mild", "moderate", "severe"]
"""How much an organ's function is impaired."""
ChildPugh = Literal["A", "B", "C"]
"""The class of a liver's impairment."""


class Renal(NamedTuple):
    """Kidney function that a row is for. Bounds are mL/min (CrCl) or mL/min/1.73 m² (eGFR)."""

    measure: Literal["eGFR", "CrCl"] | None
    min: int | float | None
    min_included: bool | None
    max: int | float | None
    max_included: bool | None
    severity: tuple[Grade, ...]


class Hepatic(NamedTuple):
    """Liver function that a row is for."""

    severity: tuple[Grade, ...]
    child_pugh: tuple[ChildPugh, ...]


ConditionKind = Literal[
    "age", "weight", "renal", "hepatic", "population", "indication", "pregnancy", "drug", "any", "other"
]  # fmt: skip


class Condition(NamedTuple):
    """One thing that must hold of a patient for a row to be theirs, as the row or a label over it has it."""

    kind: ConditionKind
    text: str
    """The words that say it, verbatim; figures of a table's cell as its header completes them."""
    bands: tuple[Band | Renal | Hepatic, ...] = ()
    """What the words mean in figures or grades: the condition holds where any of them does. Empty for mere words."""
    read: bool = True
    """Whether the words were understood whole. A condition that was not excludes nobody."""
    excludes: bool = False
    """Whether it names whom the scope leaves out ("not intended for children under 3 years")."""
    says: tuple[str, ...] = ()
    """What the words name, as `dosing.conditions` has it: `kidney`, `dialysis`, `ages` …"""


NO_COLUMNS = "it is from a table whose columns are lost"
"""Why a row is unsure whose source wrote a table as running text: neither its figures nor whom it is for are read."""
OF_OTHER_DRUG = "a sentence before it speaks of another drug’s doses"
"""Why a row is unsure of which nobody knows whose dose it is."""


class DoseRow(NamedTuple):
    """One regimen or one verdict of the Dosage section. Null where the text does not say it for certain."""

    text: str
    """Verbatim but for emphasis and white space, without the labels in the three fields below."""
    line: LineNumber
    section: str
    indication: str | None
    population: str | None
    qualifier: str | None
    action: Action
    dose: Quantity | None
    route: str | None
    frequency: str | None
    duration: str | None
    maximum: str | None
    condition: str | None
    age: Band | None
    weight: Band | None
    renal: Renal | None
    hepatic: Hepatic | None
    unsure: Sparse[str | None] = None
    """Why an amount of the line is in none of the fields above: the words are the answer then, not the keys."""
    conditions: Hidden[tuple[Condition, ...]] = ()
    """Everything on whom the row is for, outermost first."""
    says: Hidden[tuple[str, ...]] = ()
    """What the statement itself names, in the same words."""

    @property
    def gives(self) -> bool:
        """Whether it gives an amount or refuses one."""
        return bool(self.dose or self.maximum) or self.action == "avoid"


class RowForPatient(NamedTuple):
    """Whether a row applies to the patient."""

    row: Hidden[DoseRow]
    applies: bool
    reason: str | None
    """Why it does not apply, or what was read into it that it does."""
    specific: bool = False
    """Whether it is for this patient and not for everybody."""
    missing: tuple[FilterName, ...] = ()
    """The filters that would decide whether the row applies: `crcl` where the row speaks of that and eGFR was given."""
    referred_from: Sparse[int | None] = None
    """The line of a row for this patient that refers to this one: "See the adult dose"."""
    first: Hidden[bool] = False
    """Whether it comes before the usual doses: it is for the patient's organ or group, or for the old, or refuses a
    child."""
    besides: Hidden[str | None] = None
    """The reason without what only says which figure is missing."""
    referring: Hidden[str | None] = None
    """The words of the row that refers to this one."""
    named: Hidden[bool] = False
    """Whether its indication is the one that was asked for."""
    on_organ: Hidden[bool] = False
    """Whether it speaks of the organ or the group that was asked about, though it may not be for the patient."""


class DoseNote(NamedTuple):
    """A line of the Dosage section that is no regimen and no verdict."""

    text: str
    line: LineNumber
    section: str


class Regimens(NamedTuple):
    """The Dosage section, read: every line of it is in a row or a note, once, in document order."""

    rows: tuple[DoseRow, ...]
    notes: tuple[DoseNote, ...]
    notices: tuple[str, ...] = ()
    """What must be known before the rows are read: that they are under no heading of dosage."""
    titles: tuple[tuple[str, str], ...] = ()
    """Key and title of the sections that they are in."""
    has_conditions: bool = True
    """Whether its rows have their `conditions`: without them no row is judged for a patient."""


MARKS = "\x02", "\x03"
"""Come before and after each word of a snippet that a search hit."""


class Snippet(str):
    """Plain text with each word that a search hit between `MARKS`; JSON has `**` in their place."""

    __slots__ = ()


class Ground(NamedTuple):
    """Where a drug's role was read."""

    role: str
    """What the drug does: "strong CYP3A inhibitor", "serotonergic"."""
    slug: str
    """The monograph that says it: the drug's own, or one that gives the drug as an example."""
    section: str | None
    """Section key; None for the front matter."""
    line: LineNumber
    text: str


Danger = Literal["contraindicated", "avoid", "serious", "dose", "monitor", "mentioned", "no_effect"]
"""What words say of taking two drugs together: not to, better not, an effect that harms, another dose, something to
watch or do, nothing of these, or that nothing happens."""
DANGERS: tuple[Danger, ...] = get_args(Danger)
"""The same, the worst first."""


class Statement(NamedTuple):
    """What a monograph says of another drug."""

    slug: str
    """The monograph that says it."""
    section: str
    """Its section's key; `faq` for a question of its front matter."""
    line: LineNumber
    text: str
    """The list item, paragraph, table row or sentences, plain, with the items that it is nested in."""
    mentions: tuple[str, ...]
    """The words in it that mean the other drug."""
    via: Literal["name", "class", "role"]
    because: Sparse[Ground | None] = None
    """Of a role: where it was read that the other drug has it."""
    danger: Danger = "mentioned"
    """What its words say at worst of taking both drugs: one of `DANGERS`."""


class Pair(NamedTuple):
    """Two drugs and what either monograph says of the other: contraindications, interactions, the rest."""

    a: str
    b: str
    status: Literal["listed", "not_listed"]
    """Whether either monograph says anything of the other."""
    statements: tuple[Statement, ...]
    """Those that speak of the combination by danger, then by name, by class or role; denials last."""
    same_class: str | None = None
    """The class that both are of, as a monograph words it: "Beta blocker"."""
    danger: Danger | None = None
    """The worst that a statement says; null where there is none."""
