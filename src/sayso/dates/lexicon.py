"""The words of time (words.csv) and the rules that join them (grammar.tsv)."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sayso.dates.expression import TimexType

TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|\S")
_TABLES: Final = ("words.csv", "grammar.tsv", "contexts.csv", "said_on.json", "said_on.npz")
#: Codes of the signs that stand for tokens: the private use area.
_FIRST_SIGN: Final = 0xE000
#: The sign of a token that no rule knows, and of a gap that no expression spans.
UNKNOWN: Final = "x"
BREAK: Final = "\n"
_APOSTROPHES: Final = str.maketrans("’‘ʼ", "'''")


@cache
def tables_id() -> str:
    """Hash of the tables of this stage: with others a text may read differently."""
    digest = hashlib.sha256()
    for name in _TABLES:
        digest.update((files("sayso.dates") / name).read_bytes())
    return digest.hexdigest()[:16]


def folded(token: str) -> str:
    """*token* as the tables have it: lower case, straight apostrophes."""
    lower = token.lower()
    return lower if lower.isascii() else lower.translate(_APOSTROPHES)


@dataclass(frozen=True)
class Rule:
    """A rule of the grammar, over signs of tokens; classes of each named group, in which its words have a value.

    Whatever it matches holds one sign of each of *needs*.
    """

    name: str
    type: TimexType
    pattern: re.Pattern[str]
    classes: dict[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Grammar:
    """Signs by word (small, capital), by the kind of number; the rules; values by class and words."""

    small: dict[str, str]
    capital: dict[str, str]
    numbers: dict[frozenset[str], str]
    rules: tuple[Rule, ...]
    values: dict[tuple[str, str], str]
    telling: re.Pattern[str]  # a stretch of signs that rules know, with one in it that is more than a word between others

    def sign(self, token: str) -> str:
        """The sign of *token*."""
        if token.isdigit():
            return self.numbers.get(kinds(token), UNKNOWN)
        table = self.capital if token[0].isupper() else self.small
        return table.get(folded(token), UNKNOWN)

    def value(self, classes: tuple[str, ...], words: str) -> str | None:
        """The value of *words* (folded, one space between tokens) in the first of *classes* that has them."""
        return next((self.values[c, words] for c in classes if (c, words) in self.values), None)


def kinds(digits: str) -> frozenset[str]:
    """The classes of a number in figures."""
    out = {"DIGITS"}
    if not digits.isascii() or len(digits) > 9:
        return frozenset()
    number = int(digits)
    if len(digits) == 4 and 1000 <= number < 2200:
        out.add("YEAR")
        if number % 10 == 0:
            out.add("YEARTEN")
    if len(digits) <= 2:
        if 1 <= number <= 31:
            out.add("DAYNUM")
        if len(digits) == 2:
            out.add("TWO")
            if number % 10 == 0:
                out.add("DECADE")
    if len(digits) >= 5 or (len(digits) == 4 and "YEAR" not in out):
        out.add("LONGNUM")
    return frozenset(out)


def _rows(name: str) -> list[dict[str, str]]:
    with (files("sayso.dates") / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, dialect="excel-tab" if name.endswith(".tsv") else "excel"))


@cache
def contexts() -> dict[str, frozenset[str]]:
    """Lists of words by name that decide whether an expression stands there, and what it hangs on (contexts.csv)."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in _rows("contexts.csv"):
        out[row["list"]].update(row["words"].split())
    return {name: frozenset(words) for name, words in out.items()}


@cache
def grammar() -> Grammar:
    """The grammar of the package, compiled."""
    return _Compiler().compiled()


class _Compiler:
    """Gives each word that the tables tell apart a sign, and turns each rule into a regular expression over signs."""

    def __init__(self) -> None:
        self.entries = [(TOKEN.findall(folded(r["words"])), r["class"], r["value"], r["case"] == "capital") for r in _rows("words.csv")]
        rows = _rows("grammar.tsv")
        self.macros = {r["rule"][1:]: r["pattern"].split() for r in rows if r["rule"].startswith("=")}
        self.rows = [r for r in rows if not r["rule"].startswith("=")]
        self.classes = {cls for _, cls, _, _ in self.entries} | set().union(*(kinds(str(n)) for n in (2000, 2001, 10, 11, 77, 100, 20177)))
        self.small: dict[str, str] = {}
        self.capital: dict[str, str] = {}
        self.numbers: dict[frozenset[str], str] = {}
        self.of_class: dict[str, str] = defaultdict(str)
        self.used = 0

    def compiled(self) -> Grammar:
        words = {w for tokens, _, _, _ in self.entries for w in tokens} | {w for r in self.rows for w in self._literals(r["pattern"].split())}
        words |= {w for pattern in self.macros.values() for w in self._literals(pattern)}
        single: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for tokens, cls, _, capital in self.entries:
            if len(tokens) == 1:
                single[tokens[0]].append((cls, capital))
        for word in sorted(w for w in words if not w.isdigit()):
            for table, is_capital in ((self.small, False), (self.capital, True)):
                table[word] = self._new(cls for cls, capital in single[word] if is_capital or not capital)
        samples = [str(n) for n in (0, 1, 10, 11, 77, 50, 100, 1000, 2000, 2001, 3000, 20177)] + ["00", "01", "007"]
        for some in sorted({kinds(s) for s in samples}, key=sorted):
            self.numbers[some] = self._new(some)
        self.phrases: dict[str, list[str]] = defaultdict(list)
        self.heads: dict[str, set[str]] = defaultdict(set)  # the signs that the phrases of each class begin with
        more = set()  # signs that tell something: of the words of a class, and of the longest word of each phrase
        for tokens, cls, _, capital in self.entries:
            if len(tokens) > 1:
                longest = max((t for t in tokens if not t.isdigit()), key=len)
                more |= {self.small[longest], self.capital[longest]}
                first = self._word(tokens[0]) if not capital else re.escape(self.capital.get(tokens[0]) or self._word(tokens[0]))
                self.heads[cls] |= self._signs(tokens[0])
                self.phrases[cls].append(first + "".join(map(self._word, tokens[1:])))
        values = {(cls, " ".join(tokens)): value for tokens, cls, value, _ in self.entries}
        known = f"[^{UNKNOWN}{BREAK}]"
        signs = "".join(sorted(more.union(*self.of_class.values())))
        # Only from the first sign that is known on: without that a long stretch that tells nothing would be looked through from each of its signs.
        telling = re.compile(f"(?<!{known})[^{UNKNOWN}{BREAK}{signs}]*+[{signs}]{known}*+")
        return Grammar(self.small, self.capital, self.numbers, tuple(map(self._rule, self.rows)), values, telling)

    def _new(self, classes: object) -> str:
        sign = chr(_FIRST_SIGN + self.used)
        self.used += 1
        for cls in classes:  # type: ignore[attr-defined]
            self.of_class[cls] += sign
        return sign

    def _literals(self, pattern: list[str]) -> set[str]:
        out = set()
        for item in pattern:
            item = item.split(":", 1)[1] if ":" in item and item != ":" else item
            if item and item not in "()[]|" and not item.startswith("=") and item not in self.classes:
                out.add(item)
        return out

    def _signs(self, word: str) -> set[str]:
        """The signs of a word."""
        return {self.numbers[kinds(word)]} if word.isdigit() else {self.small[word], self.capital[word]}

    def _word(self, word: str) -> str:
        if word.isdigit():  # a figure in a name, "9/11": any of its kind, the words decide
            return re.escape(self.numbers[kinds(word)])
        return f"[{self.small[word]}{self.capital[word]}]"

    def _rule(self, row: dict[str, str]) -> Rule:
        self.groups: dict[str, tuple[str, ...]] = {}
        items = row["pattern"].split()
        made, at, first, needs = self._sequence(items, 0, "")
        assert at == len(items), row
        # What a match can begin with is looked at first: most places are passed over without trying the alternatives.
        head = "" if "" in first else f"(?=[{re.escape(''.join(sorted(first)))}])"
        return Rule(row["rule"], row["type"], re.compile(head + made), dict(self.groups), tuple(needs))  # type: ignore[arg-type]

    def _sequence(self, items: list[str], at: int, closing: str) -> tuple[str, int, set[str], list[frozenset[str]]]:
        """A pattern from item *at* on to *closing*, where it ends, the signs that it can begin with ("" if it can be empty), and what it needs."""
        out, first = "", set[str]()
        begin = {""}  # what the alternative at hand can begin with
        needs: list[list[frozenset[str]]] = [[]]  # what each alternative needs
        while at < len(items) and items[at] != closing:
            if items[at] == "|":
                out, at, first, begin = out + "|", at + 1, first | begin, {""}
                needs.append([])
                continue
            made, at, can, must = self._item(items, at)
            out += made
            if "" in begin:
                begin = begin - {""} | can
            needs[-1] += must
        need = needs[0] if len(needs) == 1 else [frozenset().union(*(min(n, key=len) for n in needs))] if all(needs) else []
        return out, at + bool(closing), first | begin, need

    def _item(self, items: list[str], at: int) -> tuple[str, int, set[str], list[frozenset[str]]]:
        item = items[at]
        name = ""
        if ":" in item and item != ":":
            name, item = item.split(":", 1)
        begin = at
        if item in ("(", "["):
            made, at, first, needs = self._sequence(items, at + 1, ")" if item == "(" else "]")
            made, first, needs = (f"(?:{made})?", first | {""}, []) if item == "[" else (f"(?:{made})", first, needs)
        elif item.startswith("="):
            made, _, first, needs = self._sequence(self.macros[item[1:]], 0, "")
            made, at = f"(?:{made})", at + 1
        elif item in self.classes:
            options = sorted(self.phrases[item], key=len, reverse=True) + ([f"[{self.of_class[item]}]"] if self.of_class[item] else [])
            made, at, first = f"(?:{'|'.join(options)})", at + 1, self.heads[item] | set(self.of_class[item])
            needs = [frozenset(first)]
        else:
            made, at, first = self._word(item), at + 1, self._signs(item)
            needs = [frozenset(first)]
        if name:
            inside = [i for piece in items[begin:at] for i in self._expanded(piece)]
            self.groups[name] = tuple(i for i in inside if i in self.classes)
            made = f"(?P<{name}>{made})"
        return made, at, first, needs

    def _expanded(self, item: str) -> list[str]:
        item = item.split(":", 1)[1] if ":" in item and item != ":" else item
        return [i for piece in self.macros[item[1:]] for i in self._expanded(piece)] if item.startswith("=") else [item]
