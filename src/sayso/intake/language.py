"""The language that a report is in."""

from __future__ import annotations

import threading
from collections.abc import Collection
from functools import cache
from typing import Final, Protocol

from sayso.intake.problems import UnreadableError

#: A text with fewer letters is not judged.
MIN_LETTERS: Final = 200
#: A language is told only at this probability, and a text refused only if all languages asked for fall below the rest.
SURE: Final = 0.99
# Three stretches of this many characters are judged, from the beginning, the middle and the end.
_STRETCH: Final = 3_000
_NAMES: Final = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay",
    "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_lock = threading.Lock()


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def language_of(
    text: str, *, declared: str | None = None, hinted: str | None = None, languages: Collection[str] | None = ("en",)
) -> str | None:
    """The ISO 639-1 code of the language of *text*; None where it cannot be told.

    *declared* is what a person says of the text and is trusted; *hinted* is what its page says, and counts where
    the text itself leaves it open. Raises UnreadableError if the language is not one of *languages* (None: any is).
    """
    if isinstance(languages, str):
        languages = (languages,)
    if declared is not None:
        if languages is not None and declared not in languages:
            raise _refusal(f"declared to be in {named(declared)}")
        return declared
    sample = _sample(text)
    if sum(1 for char in sample if char.isalpha()) >= MIN_LETTERS:
        with _lock:
            ranked = _identifier().rank(sample)
        code, probability = ranked[0]
        if languages is not None and sum(p for one, p in ranked if one in languages) <= 1 - SURE:
            raise _refusal(f"in {named(code)}, {min(probability, 0.99):.2f} sure")
        if probability >= SURE and len(code) == 2:
            return code
    if hinted is not None and languages is not None and hinted not in languages:
        raise _refusal(f"in {named(hinted)}, its page says")
    return hinted


def named(code: str) -> str:
    """A language code for people: "French (fr)"."""
    return f"{_NAMES[code]} ({code})" if code in _NAMES else f'the language "{code}"'


def _refusal(reason: str) -> UnreadableError:
    return UnreadableError(reason, "pass --language any to read it all the same")


def _sample(text: str) -> str:
    if len(text) <= 3 * _STRETCH:
        return text
    middle = (len(text) - _STRETCH) // 2
    return "\n".join((text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:]))


@cache
def _identifier() -> _Identifier:
    # Imported here: its model takes about a second to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
