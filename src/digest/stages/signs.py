"""Signs that adorn a title and say nothing: "🚀 Nova is here"."""

from __future__ import annotations

import re

#: Pictures, arrows, stars and boxes, with what joins and colours them; no ™ and no °.
SIGNS = r"[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff\ufe0f\u200d\u20e3]+"
ENDS = re.compile(rf"^(?:\s*{SIGNS})+\s*|\s*(?:{SIGNS}\s*)+$")
#: Behind what opens a part of a title ("Acme: 🚀 Nova") and before what closes one.
BESIDE = re.compile(rf"(?<=[:：|–—([【「“])(\s*){SIGNS}\s*|\s*{SIGNS}(?=\s*[:：|–—)\]】」”])")


def plain_title(title: str) -> str:
    """Return a title, or a sentence, without the pictures at its ends and beside its marks.

    Between words they stay: "Acme 🤝 Betasoft" are two.
    """
    return ENDS.sub("", BESIDE.sub(r"\1", title))
