"""What people say and what texts call it, everyday, clinical and British: the tables of `data/`, and small words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from druginfo.terms.files import data_rows, names_of, rows_with
from druginfo.terms.patterns import TIME_WORDS

LIGHT = (
    frozenset(
        """risk risks effect effects affect affects problem problems issue issues cause causes caused causing increase
    increased increases increasing raise raises high low use using used take taking taken treatment therapy patient
    level levels change changes get give given giving info information about safe safety safely okay ok allowed
    recommend recommended needed need needs should must may might will would could shall happen happens make makes
    made work works working help helps concomitant concurrent together combined combine combination combining
    interact interaction interactions interacts between versus vs while during after before when why there any some
    your their his her its we you she he they them this that these those am was were been being person people someone
    know tell question please long much many often ever never still also too very really just not no dont don't
    tablet tablets pill pills meds med prescribed prescribing prescription doctor start started starting
    than more less bad good best better worse want into out up down same other another new old if so then them
    management symptom symptoms sign signs common reaction reactions happened going go keep put
    every time times ask asked
    become have having had got does did doing done suddenly abruptly immediately quickly slowly own usual normal
    hurt hurts harm harms harmful affecting happening kind type work works lot little also both each every all myself yourself problem
    """.split()
    )
    | TIME_WORDS
)
"""Words that may be missing where the others are found."""

COMMON = frozenset(
    """now its shes hes theyre youre weve youve theyve able eat eating ate avoid dangerous danger stronger dose doses dosage lower higher reduced smaller birthday christmas dinner holiday meeting party trip wedding whats what's that's thats hurts old about accidentally across actually add affect affected affecting affects after afternoon again allow allowed
    already alright also although always am amount another anybody anymore anyone anything arent around as at aunt
    away bad because become becomes becoming been before began begin beginning begins being best better between big
    bit booked both bottle boyfriend bring brother brought bunch came can't cannot cant capsule capsules carries carry
    cause causing change changed changing chemist come comes coming complete continue continued continuing could
    couldnt couple course cup curious currently dad daughter days didnt different doctor doesnt dont down drug drugs
    due during effect effects even evening ever everyone extra fail failed failing fails fast father feel feeling
    feels felt few find fine finish finished finishing first found friend gave gets getting girlfriend give given
    gives glass go goes going gone gonna good gotta gotten gp gran grandad grandfather grandma grandmother granny guy
    had half happen happened happening happens has hasnt havent having hello help hey hi hold hour hours husband i'd
    i'll i'm i've id ill im instead into isnt ive just keep keeps kept knew know knows last lately later lead leads
    leave leaves left let lets like liked liquid little look lot lots made makes making mam man matter matters may
    maybe mean means medication medicine medicines meds mess messes messing might minute minutes mistakenly mom month
    morning mother move moved moves moving mum must nan need needed needing needs never new next night nights nothing
    notice noticed noticing number nurse off often ok okay old once only onto out over partner per perhaps pharmacist
    planned please possible prescribed product pull pulls push pushes pushing put puts putting quick quickly quite
    reach reaches really recently recommended remember restart resume right run running runs safe said same say says
    scared scheduled second see seem seemed seeming seems seen several shall should shouldnt show showing shown shows
    since sister slow small so somebody someone something sometimes son soon sooner sort start started starting starts
    stay stays still stop stopped stopping stops straight stuff sure suspension switched syrup tablet tablets taken
    takes taking tell thank thanks that thing things think this though thought through till today told tomorrow
    tonight took tried try trying turn turned turns twice uncle under until up upcoming use used uses using usually
    wanna want wanted wanting wants wasnt watch watching way ways week weekend went when whenever where whereas who
    whom whose why wife will with within without woman won't wonder wondering wont worried worry worse worst would
    wouldnt wrong year yesterday yet
    """.split()
)
"""Common verbs and the like: they decide between questions and never rule one out."""


class Same(NamedTuple):
    """Words that mean the same."""

    words: tuple[str, ...]
    also: tuple[str, ...]
    """What they find too, and what does not find them."""
    near: tuple[str, ...]
    """What is near them, and counts only where nothing else is found."""


def same_words(letters: str = "") -> Iterator[Same]:
    """What people say and what texts call it; a word may be in several rows. Those rows that have these letters."""
    for row in rows_with("same_words.txt", letters):
        rest, _, near = row.partition(" >> ")
        words, _, also = rest.partition(" > ")
        yield Same(*(names_of(part) if part else () for part in (words, also, near)))


@cache
def other_senses() -> dict[str, tuple[str, ...]]:
    """A word that means two things → what a passage speaks of that has it in the sense less often asked for."""
    rows = (row.split(" = ") for row in data_rows("other_senses.txt"))
    return {each: names_of(meant) for words, meant in rows for each in names_of(words)}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """What people call a group of drugs → what monographs call it."""
    rows = (row.split(" = ") for row in data_rows("groups.txt"))
    return {each: names_of(meant) for names, meant in rows for each in names_of(names)}


TESTS = frozenset(
    """inr anc wbc cbc platelets lft ck creatinine bun tsh tft pft cxr bmd crp hb aptt anti-xa psa u&e bloods a1c ldl hdl bp hr ecg
    eeg qt potassium sodium magnesium calcium electrolytes glucose level lab b12 weight""".split()
)
"""What is measured: what is said of monitoring it comes before where else it is mentioned."""

EVERYDAY = frozenset("water sugar salt iron calcium oxygen cranberry honey garlic ginger coffee tea".split())
"""Words of every day that are drugs' names too."""

FILLERS = frozenset(
    "the a an of for in with and about on is it patients people i can use from to my do does what which when how me if "
    "has have are be or at by drug drugs medicine medicines medication medications".split()
)
"""Words that say nothing about what is asked."""
