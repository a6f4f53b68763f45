"""The language of a report: told, trusted, or left open."""

import pytest

from sayso.intake.language import language_of
from sayso.intake.problems import UnreadableError
from sayso.reports import Publication

FRENCH = (
    "Le maire de Halde a déclaré lundi que le vieux bac reprendrait la mer avant l'hiver. Les pêcheurs de Skerrin ont nié "
    "avoir bloqué le port et ont accusé la compagnie de cacher ses dettes au conseil de la ville. La compagnie n'a pas "
    "souhaité répondre à ces accusations, mais elle affirme que ses livres sont ouverts à tous les membres du conseil."
)
CHINESE = "哈爾德市長星期一表示，舊渡輪將在冬天之前再次啟航。漁民否認他們封鎖了港口，並指責公司隱瞞債務。" * 8


def test_english_is_told(ferry):
    assert language_of(ferry) == "en"


@pytest.mark.parametrize(("text", "reason"), [(FRENCH, "in French (fr), 0.99 sure"), (CHINESE, "in Chinese (zh), ")])
def test_another_language_is_refused_with_the_way_to_read_it(saved, refused, text, reason):
    _, said = refused(saved("a.txt", text))
    assert said.startswith(reason)
    with pytest.raises(UnreadableError) as caught:
        language_of(text)
    assert caught.value.advice == "pass --language any to read it all the same"


def test_any_language_is_read_if_asked_for(saved, one):
    assert one(saved("a.txt", FRENCH), languages=None).publication.language == "fr"
    assert one("a.txt", languages=("en", "fr")).publication.language == "fr"


def test_one_language_need_not_be_in_a_list(saved, one):
    assert one(saved("a.txt", FRENCH), languages="fr").publication.language == "fr"


def test_short_texts_are_not_judged(saved, one):
    assert one(saved("a.txt", "Le bac reprendra la mer.")).publication.language is None


def test_numbers_are_not_judged(saved, one):
    assert one(saved("a.txt", "12 345 678\n" * 500)).publication.language is None


def test_what_a_person_declares_is_trusted(saved, one, refused, ferry):
    saved("a.txt", FRENCH)
    assert one("a.txt", given=Publication(language="en")).publication.language == "en"
    saved("b.txt", ferry)
    saved("b.json", '{"language": "fr"}')
    assert refused("b.txt") == ("b.txt", "declared to be in French (fr)")


def test_a_long_text_is_judged_by_more_than_its_beginning(ferry):
    with pytest.raises(UnreadableError, match="in French"):
        language_of(ferry + FRENCH * 40)


def test_what_a_page_declares_counts_only_where_the_text_leaves_it_open(ferry):
    assert language_of(ferry, hinted="fr") == "en"
    assert language_of("Ships sail.", hinted="en") == "en"
    with pytest.raises(UnreadableError, match=r"in French \(fr\), its page says"):
        language_of("Le bac.", hinted="fr")
