"""Context: where the statements of a text stand, and who speaks when, while it is gone through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Context:
    """What the statements of the text tell: by token the innermost statement whose content holds it, and who speaks when."""

    within: list[int]  # by token; -1: none
    source_of: dict[int, int]  # by draft, the statement whose source it is
    parent: list[int]  # by statement; -1: none
    begins: list[int]  # by statement, its first token
    opens: list[int]  # by statement, the first token of its content
    quoted: list[bool]  # by statement, whether its content is in quotation marks
    block: list[bool]  # by statement, whether it is quoted without any
    tops: list[tuple[int, int]]  # (token of the cue, statement) of those that stand in no other, in order
    speakers: dict[int, int] = field(default_factory=dict)  # by statement, the entity found
    doubtful: set[int] = field(default_factory=set)  # drafts whose entity is not sure
    aside: set[int] = field(default_factory=set)  # drafts that only tell more of a source: "an adviser to | Holt | said"
    spoken: Counter[int] = field(default_factory=Counter)  # by entity, of how many statements so far
    named_in: dict[int, set[int]] = field(default_factory=dict)  # by statement, the entities that its content names
    tellers: dict[int, int] = field(default_factory=dict)  # by sentence that begins with what a person says, the draft that names him
