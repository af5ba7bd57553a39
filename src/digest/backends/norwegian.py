"""Tells Bokmål from Nynorsk by the small words in which they differ."""

from __future__ import annotations

import re

# Function words that one of the two written standards has and the other writes otherwise.
NYNORSK = (
    "ikkje eit ein frå vere vore kva korleis kvifor kvar dei berre meir nokon noko nokre sjølv "
    "mykje eg òg hjå dykk deira seier gjere gjer kjem ynskjer einaste fleire tidlegare seinare "
    "saman vidare då blei vart blir verte vert heile heilt skule utan medan anna annan likevel "
    "kven kvarandre ho dykkar nytt mogleg difor såleis framleis òg nokså enno sidan"
)
BOKMAAL = (
    "ikke et en fra være vært hva hvordan hvorfor hvor de bare mer noen noe selv mye jeg hun også "
    "dere deres sier gjøre gjør kommer ønsker eneste flere tidligere senere sammen videre nå da "
    "ble blir hele helt skole uten mens annet annen hvem hverandre mulig derfor fremdeles siden "
    "ennå likevel"
)
ONLY_NYNORSK = frozenset(NYNORSK.split()) - frozenset(BOKMAAL.split())
ONLY_BOKMAAL = frozenset(BOKMAAL.split()) - frozenset(NYNORSK.split())
WORD = re.compile(r"[a-zæøåéòóêôü]+")


def which_norwegian(text: str) -> str:
    """Return "nn" where words of Nynorsk alone outnumber those of Bokmål alone, else "nb"."""
    words = WORD.findall(text.casefold())
    nynorsk = sum(word in ONLY_NYNORSK for word in words)
    bokmaal = sum(word in ONLY_BOKMAAL for word in words)
    return "nn" if nynorsk > bokmaal else "nb"
