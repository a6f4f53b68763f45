"""Makes src/sayso/quotes/tables/frequencies.txt: how rare the 20,000 commonest English words are, in bits.

    python training/frequencies.py         needs the package symspellpy (MIT licence), whose word counts are taken

The counts are those of written English on the web as that package ships them. A word's bits are log2 of how many words of running
text stand to one of it, rounded; the words are those that sayso.quotes compares (American spelling).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib.resources import files
from math import log2
from pathlib import Path

from sayso.quotes.words import keys, words_of

COUNT = 20_000
TOTAL = 1_024_908_267_229  # words of the text that was counted
TABLE = Path(__file__).resolve().parents[1] / "src/sayso/quotes/tables/frequencies.txt"


def main() -> None:
    counts: Counter[str] = Counter()
    with (files("symspellpy") / "frequency_dictionary_en_82_765.txt").open(encoding="utf-8-sig") as lines:
        for line in lines:
            word, count = line.split()
            found = keys(words_of(word))
            if len(found) == 1 and found[0].isalpha():
                counts[found[0]] += int(count)
    rows = defaultdict(list)
    for word, count in counts.most_common(COUNT):
        rows[round(log2(TOTAL / count))].append(word)
    with TABLE.open("w", encoding="utf-8") as out:
        print("# Bits of a word (log2 of how many words of running text stand to one of it), and the words; made by training/frequencies.py.", file=out)
        for bits, words in sorted(rows.items()):
            print(bits, *sorted(words), file=out)


if __name__ == "__main__":
    main()
