"""How names are spelt: one spelling for all transliterations, surnames and initials, acronyms and adjectives of states.

Nothing here needs a language model: links within an article and across articles use the same comparisons.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from toolkit.lexicon import kinds

_LETTERS = str.maketrans("øØłŁđĐðÐıəƏ‘’ʻʼ", "oOlLdDdDieE''''") | str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)
_OTHER = re.compile(r"[^a-z0-9]+")
_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de", "&"})
_SUFFIXES = frozenset({"n", "an", "ian", "ean", "nian", "i", "ese", "ish", "ic", "ns", "ans", "ians", "eans"})
_SPELLINGS = (
    ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "k"), ("ph", "f"),
    ("ck", "k"), ("ks", "x"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yi", "i"), ("ii", "i"), ("ey", "i"),
    ("ei", "i"), ("ie", "i"), ("yy", "i"), ("y", "i"), ("w", "v"), ("q", "k"), ("c", "k"),
)  # fmt: skip
GENERATIONS = frozenset(
    {"Jr", "Sr", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"}
)
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")
_INITIAL = re.compile(r"(?:[A-Z]\.?-?)+\.?$")


def plain(text: str) -> str:
    """``text`` without diacritics and with straight apostrophes: "Türkiye" is "Turkiye"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(text: str) -> str:
    """Plain lower-case letters and digits joined by hyphens: a key that needs no quoting. Other scripts keep their letters."""
    words = plain(text).replace("'", "").lower()
    return _OTHER.sub("-", words).strip("-") or "-".join(re.findall(r"\w+", words))


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """``word`` in one spelling for all its transliterations: Zelensky, Zelenskyy and Zelenskiy are "zelenski"."""
    text = re.sub(r"[^a-z]", "", plain(word).lower())
    for old, new in _SPELLINGS:
        text = text.replace(old, new)
    return _DOUBLE.sub(r"\1", text)


def skeleton(word: str) -> str:
    """The consonants of a given name in one spelling: Yousef and Yusuf are "isf"."""
    text = spelling(word)
    return text[:1] + _VOWELS.sub("", text[1:])


def is_initial(word: str) -> bool:
    """ "M." or "J.R."."""
    return bool(_INITIAL.match(word)) and len(word.replace(".", "").replace("-", "")) <= 3 and (("." in word) or len(word) == 1)


def same_given(a: str, b: str) -> bool:
    """Whether two given names may be one: equal in some spelling, or one the initial of the other."""
    if is_initial(a) or is_initial(b):
        return spelling(a)[:1] == spelling(b)[:1]
    return skeleton(a) == skeleton(b) or bool(_nicknames(a) & _nicknames(b))


def _nicknames(given: str) -> frozenset[str]:
    """The full given names that a name may stand for, itself among them: Bill is William."""
    word = plain(given).lower()
    return frozenset((word, *kinds("nicknames").get(word, ())))


def without_article(word: str) -> str:
    """ "Dorani" of "al-Dorani"."""
    return word.split("-", 1)[1] if word.lower().startswith(("al-", "el-", "ash-", "as-", "az-", "ad-")) else word


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without what tells father from son: ("Dov", "Arlen") of Dov Arlen Jr."""
    return words[:-1] if len(words) > 1 and words[-1].rstrip(".") in GENERATIONS else words


def surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """The surname with its particles: ("van", "der", "Meer") of Ida van der Meer."""
    words = core(words)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower().rstrip(".") in kinds("name_words")["particle"]:
        start -= 1
    return words[start:]


def is_family_first(words: tuple[str, ...]) -> bool:
    """Whether the family name stands first, by its own form or that of the given name: Lee Jae-myung, Xi Jinping."""
    last = words[-1].split("-")
    syllables = len(words) == 2 and len(last) == 2 and last[1].islower() and len(words[0]) <= 7
    return len(words) > 1 and (syllables or (words[0].lower() in kinds("name_words")["family_first"] and len(words) < 4))


def is_surname(words: tuple[str, ...]) -> bool:
    """Whether a name is a surname alone: Holt, van der Holt."""
    return len(words) == 1 or all(w.lower().rstrip(".") in kinds("name_words")["particle"] for w in words[:-1])


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of at least two words can be one person's."""
    if len({w[-1] for w in (a, b) if core(w) != w}) > 1:  # Leo XIII and Leo XIV, Arlen Jr. and Arlen Sr.
        return False
    a, b = core(a), core(b)
    if spelling("".join(a)) == spelling("".join(b)):  # Yoon Suk-yeol and Yoon Suk Yeol
        return True
    if _same_surname(surname(a), surname(b)):
        return same_given(a[0], b[0]) or (len(a) != len(b) and _within(a, b))
    return _within(a, b)


def joined(words: tuple[str, ...]) -> str:
    """A surname in one spelling, without an article and written as one word: Ben-Gvir and Ben Gvir, Sisi and El Sisi."""
    bare = words[1:] if len(words) > 1 and words[0].lower() in ("al", "el") else words
    return "".join(spelling(without_article(word)) for word in bare)


def _same_surname(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two surnames are one: Zelensky and Zelenskyy, and with five consonants or more Lukaranko and Lukaranka."""
    return joined(a) == joined(b) or (len(a) == len(b) == 1 and skeleton(a[0]) == skeleton(b[0]) and len(skeleton(a[0])) > 4)


def _within(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words of the shorter name stand in the longer one, in order: Lula da Silva in Luiz Inacio Lula da Silva."""
    short, long = sorted((tuple(map(spelling, a)), tuple(map(spelling, b))), key=len)
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def is_acronym(short: str, name: str) -> bool:
    """ "OWB" of "Ostrian Water Board", small words counted or not."""
    letters = short.replace(".", "")
    words = name.replace("-", " ").split()
    if not (letters.isalpha() and letters[-1].isupper() and 2 <= len(letters) <= 8 and len(words) > 1):
        return False
    if not letters.isupper():  # the MoD, the BoE
        return letters == "".join(w[0] for w in words)
    return letters in ("".join(w[0] for w in words).upper(), "".join(w[0] for w in words if w.lower() not in _SMALL).upper())


def is_inverted(a: str, b: str) -> bool:
    """Whether two names are "Ministry of Transport" and "Transport Ministry"."""
    head, _, rest = (a if " of " in a else b).partition(" of ")
    return bool(rest) and f"{rest} {head}" == (b if " of " in a else a)


def is_part(short: str, name: str) -> bool:
    """Whether ``short`` begins or ends ``name`` and says more than a common noun: "Water Board" of "Ostrian Water Board"."""
    a, b = short.split(), name.split()
    if not len(a) < len(b) or all(w.lower() in kinds("name_words")["generic"] for w in a):
        return False
    return a in (b[: len(a)], b[-len(a) :])


def derives(word: str, name: str) -> bool:
    """Whether ``word`` is an adjective or people's name made from ``name``: Ostrian from Ostria, Kelmari from Kelmar."""
    return name.lower() in bases(word)


@lru_cache(maxsize=65536)
def bases(word: str) -> frozenset[str]:
    """The names, in lower case, that ``word`` could be the adjective of."""
    word = word.lower()
    stems = [word[: -len(s)] for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) > 2]
    return frozenset(stem + vowel for stem in stems for vowel in ("", *"aeioy"))
