"""Words of a wording as they are compared: whatever their case, marks, spelling, contraction, and whether numbers are figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from sayso.quotes.lexicon import contractions, function_words, numbers, spellings
from sayso.spans import Span

# Dotted abbreviations before words, so that their points are no ellipsis.
_TOKEN: Final = re.compile(
    r"(?P<gap>…|\.(?:[ \u00a0\u2009]?\.){2,})|(?P<open>[\[［])|(?P<close>[\]］])|(?P<sign>[$£€%#&])"
    r"|(?P<figure>\d+(?:[.,]\d+)*)(?P<suffix>st|nd|rd|th|m|mn|bn|tn|k)?(?![\w])"
    r"|(?P<word>(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)|(?!\d+(?:\b|_))[^\W_]+(?:['’ʼ][^\W_]+)*|['’](?:em|tis|twas|cause)\b)",
    re.IGNORECASE,
)
_SIGNS: Final = {"$": "$", "£": "£", "€": "€", "#": "number", "%": "percent", "&": "and"}
_CURRENCIES: Final = {"$": "dollars", "£": "pounds", "€": "euros"}
_CLOSING: Final = re.compile("[]］]")
_LONGEST_BRACKET: Final = 300  # one that is not closed by then brackets nothing
_NUMBER_SIGN: Final = re.compile(r"\.[ \u00a0]?\d")  # of "No. 2"
_SUFFIXES: Final = {"m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1000}
_ORDINALS: Final = frozenset(("st", "nd", "rd", "th"))
# Sounds of hesitation, which every outlet leaves out.
_HESITATIONS: Final = frozenset("uh um er erm ah hmm mm mhm uhm".split())
_STOP: Final = re.compile(r"[.!?][\"'”’)\]]*\s")
_ENDINGS: Final = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'s", "'s"), ("'d", "'d"))
_ISE: Final = re.compile(r"(?<=[a-z]{3})(?:is|ys)(e[sdr]?|ers|ing|ation|ations|able)$")
_LONGEST_FIGURE: Final = 24


@dataclass(frozen=True, slots=True)
class Word:
    """One word for comparing: *key* is what is compared, [start, end) are the characters that it comes from.

    Several words may come from the same characters ("don't"), and one from several of the text's ("twenty-five").
    """

    start: int
    end: int
    key: str
    bracketed: bool = False  # an editor put it in: [the president]
    gap: bool = False  # an ellipsis stands before it
    capital: bool = False  # begins with a capital letter
    joint: bool = False  # first of another stretch: the reporter's words stand before it
    opens: bool = False  # a sentence ends before it

    @property
    def content(self) -> bool:
        return self.key not in function_words()


Wording = tuple[Word, ...]


class _Token(NamedTuple):
    start: int
    end: int
    form: str
    figure: bool
    suffix: str
    bracketed: bool
    gap: bool


def words_of(text: str, spans: Iterable[Span] | None = None) -> Wording:
    """The words of *text*, or of *spans* of it. Offsets count characters of *text*; the cost is linear."""
    out: list[Word] = []
    for start, end in ((0, len(text)),) if spans is None else spans:
        made = _words(text, start, end)
        if out and made:
            made[0] = replace(made[0], joint=True)
        out += made
    return tuple(out)


def keys(wording: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in wording)


def _words(text: str, start: int, end: int) -> list[Word]:
    tokens = _tokens(text, start, end)
    out: list[Word] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        currency = _CURRENCIES.get(token.form)
        made = _number(tokens, i + 1 if currency else i)
        if made is None:
            i += 1
            capital = text[token.start].isupper()
            opens = capital and bool(out) and _STOP.search(text, out[-1].end, token.start) is not None
            for n, part in enumerate(_parts(token.form)):
                out.append(Word(token.start, token.end, part, token.bracketed, token.gap and n == 0, capital, opens=opens and n == 0))
            continue
        key, ordinal, i = made
        last = tokens[i - 1].end
        if out and out[-1].key == "number" and not ordinal and len(key) <= 4:  # number two: No. 2, the second
            before = out.pop()
            out.append(Word(before.start, last, key + "th", token.bracketed, before.gap))
        else:
            out.append(Word(token.start, last, intern(key), token.bracketed, token.gap))
            if currency:  # as it is spoken: five million dollars
                out.append(Word(token.start, last, currency, token.bracketed))
    return out


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    out: list[_Token] = []
    bracketed = gap = False
    for match in _TOKEN.finditer(text, start, end):
        if match["gap"]:
            gap = True
        elif match["open"]:
            bracketed = _CLOSING.search(text, match.end(), min(end, match.end() + _LONGEST_BRACKET)) is not None
        elif match["close"]:
            bracketed = False
        elif match["sign"]:
            if match["sign"] in "%&" or text[match.end() : match.end() + 1].isdigit():
                out.append(_Token(match.start(), match.end(), _SIGNS[match["sign"]], False, "", bracketed, gap))
                gap = False
        else:
            figure, form = match["figure"], _folded(match.group())
            if form in _HESITATIONS:
                continue
            if figure is not None:
                out.append(_Token(match.start(), match.end(), figure, True, (match["suffix"] or "").lower(), bracketed, gap))
            elif form == "no" and match.group()[0] == "N" and _NUMBER_SIGN.match(text, match.end()):
                out.append(_Token(match.start(), match.end(), "number", False, "", bracketed, gap))
            else:
                out.append(_Token(match.start(), match.end(), form, False, "", bracketed, gap))
            gap = False
    return out


def _folded(form: str) -> str:
    plain = form.casefold().replace("’", "'").replace("ʼ", "'")
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFKD", plain) if not combining(c)).replace("’", "'")
    return plain


@lru_cache(maxsize=65_536)
def _parts(form: str) -> tuple[str, ...]:
    """The words that a form stands for: "don't" is do and not."""
    known = contractions().get(form)
    if known is not None:
        return known
    if "." in form:
        return (form.replace(".", ""),)
    if "'" in form:
        for ending, stands_for in _ENDINGS:
            if form.endswith(ending) and len(form) > len(ending):
                return (*_parts(form[: -len(ending)]), stands_for)
        form = form.replace("'", "")
    return (intern(spelt(form)),)


@lru_cache(maxsize=65_536)
def spelt(word: str) -> str:
    """*word*, in small letters, as it is spelt in the United States."""
    whole, prefixes = spellings()
    if word in whole:
        return whole[word]
    for british, american in prefixes:
        if word.startswith(british):
            return american + word[len(british) :]
    # a word in which -ise is no suffix is changed alike on both sides
    return _ISE.sub(lambda m: m[0].replace("s", "z", 1), word)


def _number(tokens: Sequence[_Token], i: int) -> tuple[str, bool, int] | None:
    """Key of the number that begins at token *i*, whether it is an ordinal, and the token after it; None where none begins."""
    if i >= len(tokens):
        return None
    if tokens[i].figure:
        return _figure(tokens, i)
    table = numbers()
    total = current = 0
    room = 10**15  # what may still be added is below this
    ordinal = False
    began = i
    while i < len(tokens) and not ordinal:
        form = tokens[i].form
        if form == "and" and (current or total) and current % 100 == 0 and i + 1 < len(tokens) and table.get(tokens[i + 1].form, (100,))[0] < 100:
            i += 1
            form = tokens[i].form
        if form not in table or (i == began and form in _SUFFIXES):
            break
        value, kind = table[form]
        if kind == "scale" and value == 100:
            if i > began and not 0 < current < 100:
                break
            current, room = (current or 1) * 100, 100
        elif kind == "scale":
            if i > began and not current:
                break
            total, current, room = total + (current or 1) * value, 0, 1000
        elif value < room:
            current += value
            ordinal = kind == "ordinal"
            room = 10 if kind == "tens" else 0
        else:
            break
        i += 1
    return None if i == began else (f"#{total + current}{'th' if ordinal else ''}", ordinal, i)


def _figure(tokens: Sequence[_Token], i: int) -> tuple[str, bool, int]:
    """The number written in figures at token *i*, with the scale that follows: 2.5 million."""
    token, table = tokens[i], numbers()
    plain = token.form.replace(",", "")
    if plain.count(".") > 1 or len(plain) > _LONGEST_FIGURE:
        return f"#{plain}", False, i + 1
    if token.suffix in _ORDINALS:
        return f"#{plain}th", True, i + 1
    value = Fraction(plain) * _SUFFIXES.get(token.suffix, 1)
    i += 1
    while i < len(tokens) and not tokens[i].figure and tokens[i].form in table and table[tokens[i].form][1] == "scale":
        value *= table[tokens[i].form][0]
        i += 1
    return f"#{value}", False, i
