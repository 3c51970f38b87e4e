"""The commands: arguments → one call → one answer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated

import typer

from druginfo.cli import completion
from druginfo.cli.session import Session, confirmed, say, tell, words, write
from druginfo.errors import ExitStatus, Usage

COMMANDS: dict[str, Callable[..., None]] = {}
"""The commands by name, in the order of `--help`."""


def command(*examples: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command with examples for its help. It is built when it is called: `program.command`."""

    def registered(function: Callable[..., None]) -> Callable[..., None]:
        function.examples = examples  # type: ignore[attr-defined]
        COMMANDS[function.__name__.rstrip("_")] = function
        return function

    return registered


option = typer.Option
argument = partial(typer.Argument, show_default=False)
One = str | None
Several = list[str] | None
Described = Mapping[str, One]
"""What is said of a patient, by the options of `options.PATIENT`."""
Query = Annotated[
    Several,
    argument(
        metavar="QUERY…",
        help="A drug by any of its names, a topic, or a drug and a topic.",
        autocompletion=completion.drug_and_topic,
    ),
]
DrugArgument = Annotated[
    Several, argument(metavar="DRUG…", help="A drug by any of its names.", autocompletion=completion.drug)
]
Drugs = Annotated[
    Several,
    argument(
        metavar="DRUG DRUG…",
        help="One argument per drug; hyphenate or quote names of several words (insulin-glargine).",
        autocompletion=completion.drugs,
    ),
]


@command("druginfo show olumiant", "druginfo show baricitinib kidney", "druginfo show pregnancy")
def show(
    session: Session,
    query: Query = None,
    n: Annotated[
        int | None,
        option("-n", metavar="N", min=0, help="How many passages, 0 for all; about a screenful by default."),
    ] = None,
) -> None:
    """Show a monograph, or what it says on a topic.

    Words after the drug name narrow the answer to that topic (`show olumiant kidney`); a topic alone is shown drug by
    drug (`show pregnancy`).
    """
    from druginfo.answers.show import show as ask

    asked = words(query, "show", "a drug or a topic")
    counts = session.form in ("text", "html")
    session.answer(ask(session.library, asked, exact=session.exact, most=n, counts=counts))


@command(
    "druginfo dose apixaban --age 82 --crcl 25",
    "druginfo dose metformin --egfr 40 --all",
    "druginfo dose baricitinib --json",
)
def dose(
    session: Session,
    drug: DrugArgument = None,
    for_: Annotated[
        One,
        option(
            "--for",
            metavar="INDICATION",
            help="What the drug is for, e.g. gout or 'atrial fibrillation'.",
            autocompletion=completion.indications,
        ),
    ] = None,
    *,
    described: Described,
    all_: Annotated[bool, option("--all", help="Show the rows that do not apply too, marked.")] = False,
) -> None:
    """Show the dosing table, whole or for one patient. No dose is ever calculated; text is quoted as it is."""
    from druginfo.answers.dose import dose as ask
    from druginfo.dosing import Patient

    patient = Patient.read(indication=for_, **described)
    name = words(drug, "dose", "a drug")
    session.answer(ask(session.library, name, patient, exact=session.exact, show_all=all_))


@command("druginfo review list.txt --age 78 --egfr 35", "druginfo review - --pregnant < list.txt")
def review(
    session: Session,
    file: Annotated[One, argument(metavar="FILE", help="The list, one drug per line; - for standard input.")] = None,
    *,
    described: Described,
    pregnant: Annotated[bool, option("--pregnant", help="The patient is pregnant.")] = False,
    all_: Annotated[bool, option("--all", help="Every row, passage and statement, nothing shortened.")] = False,
) -> None:
    """Review a medication list for one patient.

    Shows which drug each line names, its doses for the patient, what the monographs say of each pair, and drugs or
    classes that are there twice.
    """
    from druginfo.answers.review import review as ask
    from druginfo.cli.matches import STATUS, lines_of
    from druginfo.cli.progress import Bar
    from druginfo.dosing import Patient

    groups = "; ".join(filter(None, ("pregnancy" if pregnant else None, described["population"])))
    patient = Patient.read(**{**described, "population": groups or None})
    bar = Bar("reviewing")
    found = ask(session.library, lines_of(file), patient, exact=session.exact, show_all=all_, progress=bar)
    session.answer(found)
    raise typer.Exit(next((STATUS[item.status] for item in found.items if STATUS[item.status]), ExitStatus.OK))


@command("druginfo faq apixaban", "druginfo faq warfarin alcohol")
def faq(session: Session, query: Query = None) -> None:
    """Show questions and answers.

    Without words, list all questions; with a drug, that drug's; with words, the best matches.
    """
    from druginfo.answers.faq import faq as ask

    session.answer(ask(session.library, query or (), exact=session.exact))


@command("druginfo search QT prolongation", 'druginfo search "black stools" --in "side effects"')
def search(
    session: Session,
    query: Annotated[Several, argument(metavar="WORDS…", help="Words, '\"a phrase\"' or 'prefix*'.")] = None,
    in_: Annotated[
        One,
        option("--in", metavar="TOPIC", help="Only passages about this topic.", autocompletion=completion.topics),
    ] = None,
    n: Annotated[int, option("-n", metavar="N", min=1, help="At most this many hits.")] = 10,
) -> None:
    """Search all monographs: words, "phrases", prefixes*.

    The words that were found are in [brackets].
    """
    from druginfo.answers.search import search as ask

    session.answer(ask(session.library, words(query, "search", "words"), topic=in_, limit=n))


@command("druginfo compare apixaban rivaroxaban", "druginfo compare apixaban rivaroxaban --section kidney")
def compare(
    session: Session,
    drug: Drugs = None,
    section: Annotated[
        One,
        option("--section", metavar="TOPIC", help="Only this section.", autocompletion=completion.topics),
    ] = None,
) -> None:
    """Compare two to four drugs, section by section. Exact names only."""
    from druginfo.answers.compare import compare as ask

    session.answer(ask(session.library, words(drug, "compare", "two drugs"), section))


@command("druginfo interactions warfarin celecoxib", "druginfo interactions tramadol sertraline clopidogrel")
def interactions(session: Session, drug: Drugs = None) -> None:
    """Quote what each drug's monograph says about the others. Two to ten drugs, by their exact names."""
    from druginfo.answers.interactions import interactions as ask

    session.answer(ask(session.library, words(drug, "interactions", "two drugs")))


@command("druginfo list --class anticoagulant", "druginfo list --for gout")
def list_(
    session: Session,
    class_: Annotated[
        One,
        option("--class", metavar="TEXT", help="Drugs of this class.", autocompletion=completion.classes),
    ] = None,
    for_: Annotated[
        One,
        option("--for", metavar="CONDITION", help="Drugs for this condition.", autocompletion=completion.conditions),
    ] = None,
    banned: Annotated[bool, option("--banned", help="Withdrawn or banned drugs (`is_banned`).")] = False,
) -> None:
    """List the library."""
    from druginfo.answers.listing import cards as ask

    session.answer(ask(session.library, of=class_, condition=for_, banned=banned))


@command('druginfo match olumiant "metoprolol succ 50 mg"', "druginfo match --json < medications.txt")
def match(
    session: Session,
    name: Annotated[
        Several, argument(metavar="NAME…", help="Names as people write them; - for standard input.")
    ] = None,
    explain: Annotated[bool, option("--explain", help="Say what was compared and which rule decided.")] = False,
) -> None:
    """Find out which drug a name means.

    Without names, or with -, names are read from standard input, one per line.
    """
    from druginfo.cli import matches

    raise typer.Exit(matches.answered(session, name, explain))


@command("druginfo check monographs", "druginfo check --select D my-drug.md")
def check(
    session: Session,
    path: Annotated[Several, argument(metavar="PATH…", help="Files or directories; without any, the library.")] = None,
    select: Annotated[
        Several,
        option("--select", metavar="CODES", help="Only these rules: F113,Q or D5.", autocompletion=completion.codes),
    ] = None,
    ignore: Annotated[
        Several,
        option("--ignore", metavar="CODES", help="All but these rules.", autocompletion=completion.codes),
    ] = None,
) -> None:
    """Check monographs for mistakes.

    The exit status is 1 if any of them is an error; warnings alone leave it at 0.
    """
    from druginfo import check as linter
    from druginfo.cli.progress import Bar

    files, left_out = linter.gather(path or (), session.monographs)
    found = linter.check(
        files, left_out, select=linter.codes(select), ignore=linter.codes(ignore), progress=Bar("checking")
    )
    session.answer(found)
    if session.form == "text":
        tell(linter.summary(found))
    raise typer.Exit(ExitStatus.FAILED if any(f.level == "error" for f in found.findings) else ExitStatus.OK)


@command("druginfo import label.json", "druginfo import --fetch warfarin")
def import_(
    session: Session,
    file: Annotated[Several, argument(metavar="FILE…", help="Label files, directories of them, or zips.")] = None,
    into: Annotated[
        One, option("--into", metavar="DIR", help="Where to write; your own monographs by default.")
    ] = None,
    all_: Annotated[bool, option("--all", help="Keep every label of a drug, not only the newest.")] = False,
    overwrite: Annotated[bool, option("--overwrite", help="Also replace files that a person changed.")] = False,
    fetch: Annotated[Several, option("--fetch", metavar="NAME", help="Get the labels of a drug from openFDA.")] = None,
    fetch_all: Annotated[
        bool, option("--fetch-all", help="Get the whole openFDA export; resumes where it left off.")
    ] = False,
    yes: Annotated[bool, option("--yes", help="Start --fetch-all without asking.")] = False,
) -> None:
    """Turn official labels into monographs.

    Reads openFDA JSON and SPL of the FDA, SPL of Health Canada, FHIR ePI of the EU.
    """
    from druginfo.answers import importing
    from druginfo.cli.progress import Bar

    if fetch_all:
        if file or fetch:
            raise Usage("--fetch-all fetches everything; it takes no file and no --fetch.")
        bars = Bar("fetching KB"), Bar("importing")
        ask = None if yes else confirmed
        done = importing.fetch_all(into, bars, confirm=ask, all_labels=all_, overwrite=overwrite)
    else:
        if not fetch:
            words(file, "import", "a label file, --fetch NAME or --fetch-all")
        done = importing.import_labels(
            file or (), fetch or (), into, all_labels=all_, overwrite=overwrite, progress=Bar("importing")
        )
    session.answer(done)
    for line in importing.notices(done):
        say(line)
    if not (fetch_all or done.imported or done.kept_back):
        raise typer.Exit(ExitStatus.FAILED)


@command("druginfo diff old/warfarin.md new/warfarin.md", "druginfo diff old/warfarin.md warfarin")
def diff(
    session: Session,
    old: Annotated[One, argument(metavar="OLD", help="The older version: a file, or a drug in the library.")] = None,
    new: Annotated[One, argument(metavar="NEW", help="The newer version: a file, or a drug in the library.")] = None,
) -> None:
    """Show what changed between two versions.

    Sections and dosing rows that came, went or changed from one version of a monograph to another.
    """
    from druginfo.answers.diff import diff as ask

    if not old or not new:
        raise Usage("diff needs two versions of a monograph, files or names; `druginfo diff --help` says more.")
    session.answer(ask(session.library, old, new, exact=session.exact))


@command("druginfo topics", "druginfo topics warfarin")
def topics(session: Session, drug: DrugArgument = None) -> None:
    """List the topics that can be asked for.

    With a drug, those that its monograph says something on.
    """
    from druginfo.answers.topics import topics_of as ask

    session.answer(ask(session.library, drug or (), exact=session.exact))


@command("druginfo info")
def info(session: Session) -> None:
    """Show the version and the library's files.

    Also where your own monographs go, and which files were skipped and why.
    """
    from druginfo.answers.info import info as ask

    session.answer(ask(session.library))


@command("druginfo schema dose")
def schema(
    session: Session,
    name: Annotated[
        One, argument(metavar="COMMAND", help="A command; without one, all of them.", autocompletion=completion.schemas)
    ] = None,
) -> None:
    """Print the JSON Schema of a command's output."""
    from druginfo.render import schemas

    write(schemas.text(name) + "\n")


@command("druginfo new zanubrutinib")
def new(
    session: Session,
    name: Annotated[Several, argument(metavar="NAME", help="The drug's generic name.")] = None,
) -> None:
    """Start a monograph of your own, to be filled in."""
    from druginfo.answers.new import new as ask

    session.answer(ask(session.library, words(name, "new", "a drug's generic name")))


@command("druginfo mcp --monographs ~/formulary")
def mcp(session: Session) -> None:
    """Run a Model Context Protocol server for AI assistants."""
    from druginfo.cli.mcp import serve

    serve(session.library)
