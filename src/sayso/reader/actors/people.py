"""The people of one article, and which of them a name leads to."""

from dataclasses import dataclass, field
from typing import Literal

from sayso.names import (
    Fit,
    PersonName,
    first_name_gender,
    fold,
    is_first_name,
    named_by,
    parse_name,
    same_person,
)
from sayso.reader.actors.drafts import Draft

Age = Literal["", "elder", "younger"]
_AGES: dict[str, Age] = {"jr": "younger", "sr": "elder"}


@dataclass(eq=False)
class Person:
    """A person: the fullest name so far, and where each form of it stands.

    Attributes:
        age: which of two people of one name, where the text says so.
        places: the tokens where the person was named, in the order of reading.
    """

    name: PersonName
    draft: Draft
    age: Age = ""
    places: list[int] = field(default_factory=list)


@dataclass
class People:
    """The people of an article, in the order in which they were made."""

    found: list[Person] = field(default_factory=list)

    def add(self, words: str) -> tuple[Person, bool]:
        """The person of this name, made where there is none, and whether it was made."""
        name = parse_name(words)
        for person in self.found:
            if name.full and same_person(name, person.name):
                fuller = len(name.words) > len(person.name.words)
                if fuller and not any(len(word) == 1 for word in name.words):
                    person.name = name
                return person, False
            if not name.full and not person.name.full and named_by(person.name, name) >= Fit.NEAR:
                return person, False
        draft = Draft("", "person", gender=first_name_gender(name))
        person = Person(name, draft, _AGES.get(name.suffix, ""))
        self.found.append(person)
        return person, True

    def named(
        self, words: str, *, gender: str = "", age: Age = "", given: bool = False
    ) -> Person | None:
        """The person that a name leads to: the one it fits best.

        Args:
            words: the name, without titles.
            gender: "m" or "f" where a form of address shows it.
            age: which of two of one name is meant, where the text says so.
            given: whether the name is surely a person's, so that it may be a first name alone.
        """
        name = parse_name(words)
        if name.full:
            full = [p for p in self.found if p.name.full and same_person(name, p.name)]
            exact = [p for p in full if p.name.words == name.words and p.name.suffix == name.suffix]
            if exact or full:
                return self._of_several(exact or full, gender, age)
        fits = {
            id(p): named_by(p.name, PersonName((), name.words, name.suffix)) for p in self.found
        }
        best = max(fits.values(), default=Fit.NONE)
        if best == Fit.NONE or (name.full and best < Fit.SPELLING):
            return None
        found = [p for p in self.found if fits[id(p)] == best]
        if best < Fit.NEAR and len(found) > 1:
            return None
        if best == Fit.GIVEN and not given and is_first_name(name.words[0]):
            return None  # "Georgia", "Charlotte": as likely a place
        return self._of_several(found, gender, age)

    def _of_several(self, found: list[Person], gender: str, age: Age) -> Person | None:
        """Of people with one name the one that agrees, else the most or last mentioned."""
        if age and len(found) > 1:
            known = [p for p in found if p.age == age]
            found = known or [p for p in found if not p.age] or found
        if gender and len(found) > 1:
            known = [p for p in found if p.draft.gender == gender]
            found = known or [p for p in found if not p.draft.gender] or found
        if len(found) == 1:
            return found[0]
        before = [p for p in found if p.places]
        last = max((p.places[-1] for p in before), default=-1)
        return max(
            before,
            key=lambda p: (len(p.places) + 2 * (p.places[-1] == last), p.places[-1]),
            default=None,
        )

    def surnames(self) -> frozenset[str]:
        """The folded words by which the people may be named alone, without small words."""
        found: set[str] = set()
        for person in self.found:
            words = person.name.family if person.name.full else ()
            found.update(fold(part) for word in words for part in (word, *word.split("-")))
        return frozenset(word for word in found if len(word) > 2)
