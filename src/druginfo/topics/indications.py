"""The Usage section → the conditions that it says the drug is for; and whether a person names one of them.

What the drug is not for, what a condition comes from, what is only a risk or the patients' history does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from druginfo.model import Block, Monograph
from druginfo.terms import without_brackets, words_in
from druginfo.terms.conditions import ANOTHER_AFTER, ANOTHER_BEFORE, own_names
from druginfo.terms.files import data_tables
from druginfo.terms.patterns import WHOM
from druginfo.terms.phrase_list import phrases_of
from druginfo.terms.spelling import variants
from druginfo.topics import has_section, label_of
from druginfo.topics.outline import heads_of

_SAYS = phrases_of("indications")


class Indication(NamedTuple):
    """One indication that the text affirms, without what qualifies it away."""

    line: int
    text: str
    """What is affirmed; of a lower risk that is not what it is for the words, after `AIM`."""
    words: str
    """The whole line, plain."""


AIM = "to prevent: "
"""What comes first in an indication's text that only says which risk it lowers."""


_DENIED = re.compile(
    r"(?<!disease is )\bnot (?:for|approved|indicated|recommended|covered|to be|established|studied)\b|\blimitations?\b|\bis no\b",
    re.I,
)
_IF = re.compile(r"\b(?:if|when|where|unless|until) [^,;.:]*", re.I)
"""On what an indication depends: "if a taxane is not indicated" denies nothing."""
_OUT = re.compile(
    r"\b(?:without|except(?: in| for)?|excluding|other than|rather than|instead of|not (?:adequately|caused|due)|unless)\b[^,;.:()]*"
    r"|\b(?:caused|produced|brought on|triggered) by\b[^;.:]*|\b(?:due|secondary|owing) to\b[^,;.:]*"
    r"|(?<=hypoglycemia) in [^;.:]*|\bnot (?:an? |the )?first choice\b[^;.:]*|\btests? (?:for|of)\b[^;.:]*|\b(?:diagnosis|detection) of\b[^;.:]*"
    r"|\b(?:after|following) (?:an? )?(?:inadequate|failure|failed|insufficient)\b[^;.:]*"
    r"|\b(?:inadequate(?:ly)?|insufficient) (?:response|controlled)\b[^;.:]*|\bintoleran\w+[^;.:]*"
    r"|\bbecause of\b[^;.:]*|\bthrough (?:fewer|less)\b[^,;.:]*|\ballerg(?:y|ic) to\b[^,;.:]*|\bassociated with\b[^,;.:]*|\bhistory of\b[^,;.:]*|\brisk factors?\b[^,;.:]*|\bat (?:high |increased )?risk (?:of|for)\b[^,;.:]*"
    rf"|\b(?:in|of) {WHOM} (?:on|receiving|who (?:take|receive))\b[^,;.:]*|\b(?:in|with) (?:advanced )?HIV\b[^,;.:]*"
    r"|\bby (?:susceptible|sensitive|designated)\b[^;.:]*|\bby [A-Z][a-z]*\.? [a-z]+\b[^;:]*",
    re.I,
)
_AIM = re.compile(
    r"(?<!used),?\s+(?:in order )?to (?:lower|reduce|improve|slow|delay|help|decrease|limit|raise|control|increase|relieve)\b(?! glyc(?:a)?emic control)[^;.]*",
    re.I,
)
"""After an indication: what treating it is to bring."""
_FROM = re.compile(
    r"(?<!pain )(?<!pains )(?<!aches )(?<!spasticity )(?<!spasms )(?<!sleepiness )(?<!itching )\bfrom (?!\d|birth|one |two |three |six |ten )[^,;.:]*"
    r"(?:(?:, [\w-]+){1,3},? (?:and|or)(?: [\w-]+){1,3})?",
    re.I,
)
"""What a condition comes from, a list of it too; of pain, spasticity and other complaints it is what is treated."""
_PREVENTION = re.compile(
    r"^\W*(?:with \w+, |[\w -]+ (?:is|are) used to )?(?:lower(?:ing)?|reduc(?:e|ing|tion)|decreas\w+)\b[^:]{0,40}\b(?:risk|rate|incidence|occurrence)\b",
    re.I,
)
_OF_WHOM = re.compile(r"^(\W*prevention of [^:]*):.*", re.I)
"""A prevention, and after the colon those who need it."""
_RISK = re.compile(r"\b(?:the )?risks? of\b[^,;.:]*", re.I)
_SETTING = re.compile(
    rf"(\w(?:pathy|itis|(?<!an)emia|osis|failure|ulcers?|disease|retinopathy)) in (?:type \d|(?!(?:[\w-]+ )?{WHOM}|\d)[a-z])[^,;.:]*",
    re.I,
)
"""A disease in another one: a drug for nephropathy in diabetes does not treat diabetes. Anemia is of what it comes in."""
_AIM_BEHIND = re.compile(
    r":\s*(?:lower|reduc|decreas|slow|prevent)\w*\b[^:]{0,40}\b(?:risk|rate|incidence)\b[^.]*", re.I
)
_LOWER_RISK = re.compile(
    r"\b(?:lower|reduc|decreas)\w*\b[^:;.]{0,60}\b(?:risks?|rates?|incidence)\b(?:[^;:.(]|\.\d|\([^()]*\))*", re.I
)
_PATIENTS = re.compile(rf"\b(?:in|for) (?:\w+ ){{0,3}}{WHOM}\b[^:;]*?\bwith\b(?P<what>[^:;.]*)", re.I)
_PATIENTS_FIRST = re.compile(rf"^\W*{WHOM}\b[^:]*\bwith\b[^:]*:", re.I)


def indications(monograph: Monograph, short: Mapping[str, str]) -> Iterator[Indication]:
    """What the Usage section affirms, a list item, paragraph or table row each.

    `short`: the text's abbreviations, which are shown with what they are short for.
    """
    for section in monograph.sections:
        if not has_section("usage", section):
            continue
        heads = heads_of(section.blocks)
        for number, block in enumerate(section.blocks):
            if any(_is_out(section.blocks[each]) for each in (*heads[number], number)):
                continue
            line_text = " ".join(_plain(block).split())
            text = _affirmed(line_text)
            if any(number in over for over in heads) and not label_of(block):
                text = re.sub(r"[^.]*:\s*$", "", text)  # "Apixaban is used for:"
            if text.strip():
                yield Indication(block.line, _spelled_out(" ".join(text.split()), short), line_text)
            for aim in (
                ()
                if _PREVENTION.match(line_text) or _DENIED.search(_IF.sub(" ", line_text))
                else _LOWER_RISK.finditer(line_text)
            ):
                yield Indication(block.line, f"{AIM}{_spelled_out(aim[0], short)}", line_text)


def _spelled_out(text: str, short: Mapping[str, str]) -> str:
    for abbreviation, long in short.items():
        if abbreviation in text and long.lower() not in text.lower():
            text = re.sub(rf"\b{re.escape(abbreviation)}\b(?! \()", f"{abbreviation} ({long})", text)
    return text


def _is_out(block: Block) -> bool:
    text = _LIMITED.sub("", _plain(block))
    label = label_of(block)
    if _SAYS.no_indication.search(label or text):
        return True
    if label or not _DENIED.search(_IF.sub(" ", text[:60])):
        return False
    goes_on = (each for each in _SENTENCES.split(text)[1:] if _SAYS.goes_on.search(each))
    return all(
        _DENIED.search(_IF.sub(" ", each)) for each in goes_on
    )  # "not for initial therapy. It is indicated for …"


def _plain(block: Block) -> str:
    from druginfo.markup import lead_in, plain

    label, rest = lead_in(block.text)
    if label and _SAYS.naming.search(label):
        return plain(rest)
    return plain(block.text)


_SENTENCES = re.compile(r"(?<=[.])\s+(?=[A-Z])")
_LIMITED = re.compile(r"(?<=[a-z)])\s+Limitations? of Use\b.*")
"""A title that its source ran into the uses before it, and all after it."""


def _affirmed(text: str) -> str:
    """The text without what it does not affirm: causes, aims, earlier treatments, the patients of a prevention."""
    kept: list[str] = []
    for sentence in _SENTENCES.split(_LIMITED.sub("", text)):
        if kept and not _SAYS.goes_on.search(sentence):
            continue
        clauses = sentence.split(";")  # "Chancroid in men; efficacy in women is not established"
        sentence = ";".join(clause for clause in clauses if not _DENIED.search(_IF.sub(" ", clause)))
        if not _PREVENTION.match(sentence):
            sentence = re.sub(r"\(([^()]*)\)", _names_in, sentence)
        sentence = _OF_WHOM.sub(r"\1", _AIM_BEHIND.sub(":", sentence))
        if _PATIENTS_FIRST.match(sentence):
            sentence = sentence[sentence.index(":") + 1 :]
        elif _PREVENTION.match(sentence):
            found = _PATIENTS.search(sentence)
            what = without_brackets(found["what"]).lower() if found else ""
            if found and ("," in what or not {"and", "or"}.isdisjoint(words_in(what))):
                sentence = sentence[: found.start()]
        else:
            sentence = _SETTING.sub(r"\1", _RISK.sub(" ", _AIM.sub(" ", sentence)))
        kept.append(_FROM.sub(" ", _OUT.sub(" ", sentence)))
    return " ".join(kept)


def _names_in(brackets: re.Match[str]) -> str:
    """Brackets that hold another name of what comes before them, without organisms, or diseases that are kinds of it;
    nothing where they hold several other things: the signs of gout, or kinds of an organism's infection."""
    inside = brackets[1].removeprefix("e.g., ").removeprefix("such as ")
    names = [each for each in inside.split(", ") if not re.match(r"[A-Z][a-z]*\.? [a-z]+$", each)]
    if (
        len(names) > 1
        and all(map(_DISEASE.search, names))
        and not _ORGANISM.search(brackets.string[: brackets.start()])
    ):
        return brackets[0]
    return f"({names[0]})" if len(names) == 1 and len(names[0].split()) <= 3 else " "


_DISEASE = re.compile(
    r"(?:itis|iasis|osis|emia|failure|syndromes?|diseases?|neoplasias?|abscess(?:es)?|empyema|palsy)$", re.I
)
_ORGANISM = re.compile(r"\b[A-Z][a-z]+ (?:infections?|species)\b")


# ---------------------------------------------------------------- what a person names


def is_for(text: str, conditions: Sequence[str]) -> bool:
    """Whether an indication is one of the conditions: all words of it, near each other and in their order.

    An abbreviation in capitals is found only in capitals, and where its long form is beside it that decides. None
    of what is only an aim.
    """
    if text.startswith(AIM):
        return False
    low = text.lower()
    near = [each for each in conditions if any(map(low.__contains__, _beginnings(each)))]
    has_words = any(not condition.isupper() for condition in conditions)
    return any(_names(text, condition, has_words) for condition in near)


@lru_cache(maxsize=256)
def _beginnings(condition: str) -> tuple[str, ...]:
    """How the longest word of a condition begins, British or American: to look for that first is far quicker."""
    longest = max(words_in(condition.lower()), key=len, default="")
    return tuple({each[: 5 if len(each) > 6 else 3] for each in variants(longest)})


def _names(text: str, condition: str, has_words: bool) -> bool:
    pattern, bad_before, bad_after = _pattern(condition)
    for match in pattern.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if condition.isupper() and has_words and (before.endswith("(") or after.startswith(" (")):
            continue
        if not (bad_before and bad_before.search(before)) and not (bad_after and bad_after.match(after)):
            return True
    return False


@lru_cache(maxsize=256)
def _pattern(condition: str) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]:
    """What finds a condition in a text, and the words before and after it that make another one of it."""
    words = words_in(condition)
    if not words:
        return re.compile(r"(?!)"), None, None
    if condition.isupper() and len(words) == 1:
        return re.compile(rf"\b{re.escape(condition)}s?\b"), None, None
    parts = [_spelled(word) for word in words]
    pattern = rf"\b(?<!non-)(?<!non ){_GAP.join(parts)}"
    last = words[-1].lower()
    if len(words) > 1 and words[0].lower() in _GRADES:  # "pain severe enough", "psoriasis, moderate to severe"
        pattern += rf"|\b{_GAP.join(parts[1:])},? (?:(?:(?:{'|'.join(_GRADES)})(?:ly)?|and|or|to),? )*{parts[0]}"
    elif len(words) > 1 and last.removesuffix("s") in _OF_WHAT:
        pattern += rf"|\b{parts[-1]} of {_IN_A_LIST}{_GAP.join(parts[:-1])}"
    elif len(words) > 1 and len(last) > 4:  # bipolar depression: "depressive episodes of bipolar disorder"
        stem = next(each for each in (re.sub(r"(?:ion|osis|ism|a|y|s)$", "", last), last) if len(each) > 3)
        pattern += rf"|\b{stem}\w* (?:(?:and|or) \w+ )?(?:(?:episode|symptom|attack)s? )?(?:of|in) (?:the )?{_GAP.join(parts[:-1])}"
    before = ANOTHER_BEFORE.get(last) if len(words) == 1 else None
    after = ANOTHER_AFTER.get(last)
    return (
        re.compile(pattern, re.I),
        re.compile(rf"\b{before}\s+$", re.I) if before else None,
        re.compile(rf"\s+{after}\b", re.I) if after else None,
    )


_GAP = (
    r"(?:(?:[\s\-‐-―/,'’()]+(?:(?!and\b|or\b|with\b)[\w%]+)){0,2}?"
    r"|(?:, [\w-]+)*,? (?:and|or|to)(?: [\w-]+){1,3}?)[\s\-‐-―/,'’()]{1,3}"
)
"""Between two words of a condition's name: two other words; or others that share the second one, as in "kidney, liver and
heart transplants"."""
_GRADES, _OF_WHAT = (data_tables("indications.txt")["words"][row].split() for row in ("grades", "of_what"))
_IN_A_LIST = r"(?:(?!in\b|with\b|by\b|after\b|for\b)[\w-]+,? ){0,6}?"
"""Where the place comes later: "infections of the ear, nose and throat" are throat infections too."""


def _spelled(word: str) -> str:
    """A word of a condition's name, singular or plural, British or American: diabetes is not "diabetic"."""
    if len(word) == 1:
        return rf"{word}\b\.?"  # S. pyogenes
    forms = []
    for each in variants(word):
        stem = re.sub(r"(?<=[a-z]{3})(?<![iu])s$", "", each)
        if many := re.fullmatch(r"(\w{3,}?)(?:ie|y)", stem):
            forms.append(rf"{many[1]}(?:y|ies)\b")
        else:
            forms.append(rf"{stem}(?:e?s)?\b" if len(each) > 3 else rf"{each}\b")
    return f"(?:{'|'.join(dict.fromkeys(forms))})"


_KINDS = tuple(
    re.compile(rf"\b(?:{each})\b", re.I)
    for each in (
        r"type (?:\d|I{1,3}|one|two)|T[12]DM?", "acute|chronic|subacute", "mild|moderate|severe", "primary|secondary|tertiary",
        "early|advanced|metastatic", "stable|unstable", "recurrent|refractory|resistant", "complicated|uncomplicated",
        "juvenile", "bacterial|viral|fungal", "attacks?|flares?",
    )
)  # fmt: skip
"""Words that leave one kind of a condition, a kind excluding the others of its line."""


def in_general(condition: str) -> tuple[str, re.Pattern[str]] | None:
    """The condition that a person names without the words that leave one kind of it, and what tells such kinds.

    >>> in_general("type 1 diabetes")[0], in_general("diabetes")
    ('diabetes', None)
    """
    for kinds in _KINDS:
        general = " ".join(kinds.sub(" ", condition).split())
        if general and general != condition:
            return re.sub(r"^(?:in|of) | (?:in|of)$", "", general), kinds
    return None


def fewest(conditions: Sequence[str]) -> tuple[str, ...]:
    """The same conditions without those that hold another one word by word: who finds that finds them too.

    >>> fewest(["hypertension", "high blood pressure", "blood pressure", "BP"])
    ('hypertension', 'blood pressure', 'BP')
    """
    parts = [f" {each} " for each in conditions if each not in ANOTHER_BEFORE]
    return tuple(each for each in conditions if not any(part in f" {each} " != part for part in parts))


def denies(monograph: Monograph, condition: str) -> bool:
    """Whether a line of the Usage section on what the drug is not for names the condition itself."""
    asked = own_names(condition) or (condition,)
    blocks = (block for section in monograph.sections if has_section("usage", section) for block in section.blocks)
    return any(_is_out(block) and is_for(_plain(block), asked) for block in blocks)


def is_against(line: str, organisms: Sequence[str]) -> bool:
    """Whether a whole line of an indication names one of the organisms, where it neither denies nor restricts."""
    clauses = re.split(r"[;.](?=\s+[A-Z])|;|, not\b", line)
    return any(_names(each, name, True) for each in clauses if not _UNLESS.search(each) for name in organisms)


_UNLESS = re.compile(r"\b(?:not(?! only| always)|never|resist\w* to)\b", re.I)
