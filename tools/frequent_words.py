"""Makes `src/digest/data/frequent_words.txt.xz` again: each language's words, the commonest first.

    pip install wordfreq && python tools/frequent_words.py

wordfreq (Robyn Speer, 2022) counts words in subtitles, Wikipedia, news, books and the Web. Only the
order of its words is kept, of those languages that the detector has to tell apart by their words.
"""

from __future__ import annotations

import lzma
import unicodedata
from pathlib import Path

from digest.backends.known_languages import LANGUAGES

OUT = Path(__file__).parents[1] / "src/digest/data/frequent_words.txt.xz"
MOST = 8_000  # words of a language; 4,000 cost 0.5 points on two-word texts, 12,000 gain 0.1
CODES = {"fil": "tl", "sh": "hr"}  # wordfreq's name → the detector's
HEAD = (
    "# A line a language: its code, then its words, the commonest first. Made by\n"
    "# tools/frequent_words.py from wordfreq 3.1.1 by Robyn Speer (doi:10.5281/zenodo.7199437),\n"
    "# whose data is under CC BY-SA 4.0; this file, its words in their order, is so too.\n"
)


def frequent(language: str) -> list[str]:
    """Return a language's words, the commonest first, without digits and signs."""
    from wordfreq import top_n_list

    found = top_n_list(language, 3 * MOST, wordlist="small", ascii_only=False)
    return [word for word in found if all(map(_is_letter, word))][:MOST]


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def main() -> None:
    """Write the file."""
    from wordfreq import available_languages

    told = {name for each in LANGUAGES.values() for name in each}
    codes = {CODES.get(code, code): code for code in available_languages("small")}
    lines = [
        f"{name} {' '.join(frequent(code))}\n"
        for name, code in sorted(codes.items())
        if name in told
    ]
    text = HEAD + "".join(lines)
    OUT.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} languages, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
