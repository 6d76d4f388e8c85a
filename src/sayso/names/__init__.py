"""People's names: how they are built, and whether two can be one person's.

Made to be used wherever names meet: within an article ("Zerenko" after "Oleksiy Zerenko") and
between articles ("Kim Jong Un", "Kim Jong-un"). It never looks at anything but the names:

- ``parse_name("Salim al-Harazi")`` gives a ``PersonName``; titles are taken off before.
- ``same_person(one, other)``: whether two full names can be one person's. Spellings that
  transliteration exchanges, initials, clipped first names and left-out middle names agree; a "Jr."
  and a "Sr.", two first names, two middle names, "Temkin" and "Temkina" do not.
- ``named_by(name, short)``: how well a short name ("al-Harazi", "Ferrán") names the person, as a
  ``Fit``, of which the greatest of several people is meant.
- ``likeness(word, word)``: how alike two single words are.

Two people may bear one name: that two names agree is needed for one person, not enough. Whoever
joins across articles should ask for ``Fit.SPELLING`` at least (``near=False``), and for more than
the name (a role, a country) where a name is common.

The tables are in ``lexicon/data/names.toml``. Pure functions on strings; nothing is raised.
"""

from sayso.names.parts import (
    PersonName,
    first_name_gender,
    is_first_name,
    is_particle,
    parse_name,
)
from sayso.names.people import named_by, same_person
from sayso.names.spelling import Fit, fold, likeness, skeleton

__all__ = [
    "Fit",
    "PersonName",
    "first_name_gender",
    "fold",
    "is_first_name",
    "is_particle",
    "likeness",
    "named_by",
    "parse_name",
    "same_person",
    "skeleton",
]
