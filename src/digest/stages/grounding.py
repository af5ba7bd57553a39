"""Whether a generated sentence says no name, number or quotation that its sources lack.

Strict on purpose: what cannot be told from a name has to stand in the sources as well, so that a
true sentence may fall out, and one that names something new does not stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from digest.stages.apart import taken_apart
from digest.stages.data_files import read_data
from digest.stages.figures import find_figures, merged
from digest.stages.fresh_names import new_names
from digest.stages.ground import TOKEN, Ground, Proof, folded, plain
from digest.stages.judge import SCRIPTS, script_of
from digest.stages.kept import denies_otherwise, lost
from digest.stages.mixed import mixed_up
from digest.stages.protect import ADDRESS
from digest.stages.sentences import stopwords, terms_of
from digest.stages.speech import other_speaker
from digest.stages.turned import turned
from digest.stages.unproved import unproved
from digest.stages.weighty import weighty
from digest.stages.who_whom import turned_round
from digest.stages.wide_deeds import turned_round_wide
from digest.stages.wide_speech import other_speaker_wide

#: Scripts in which names can be told: by a capital, or by characters that are no common words.
TOLD = frozenset({"LATIN", "CYRILLIC", "GREEK", "HAN"})
#: Share of a sentence's terms that its proofs have where they speak its language. Of editors'
#: sentences that pass all else 4 % have less, of sentences about another event 24 of 27.
SUPPORTED = 0.25
QUOTED = re.compile(
    r"“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|»([^«]*)«|「([^」]*)」|『([^』]*)』|《([^》]*)》"
    r"|‹([^›]*)›|❝([^❞]*)❞|〝([^〞〟]*)[〞〟]"
    r"|\"([^\"]*)\"|(?<!\w)[‘‚]([^’‘]*)[’‘](?!\w)|(?<!\w)'([^']*)'(?!\w)"
)
MARKS = re.compile(r"[\"“”„‟«»‹›❝❞〝〞〟「」『』《》`]|''")
#: What leads somewhere though it is no whole address: "evil.example/login", "hxxp://evil", "#tag".
SPELLED: dict[str, list[str]] = read_data("function_words.toml")["spoken_addresses"]
DOT, SIGN = "|".join(SPELLED["dot"]), "|".join((*SPELLED["dot"], *SPELLED["at"]))
LEADS = re.compile(
    r"\S*://\S*|\bwww\b\S*|(?<!\w)#\w+|"
    rf"\b[\w-]+ ?(?:[(\[](?:{SIGN})[)\]] ?| (?:{DOT}) )"
    r"(?:com|net|org|io|ai|example|info|app)\b|"
    r"(?<![\w.@-])[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?",
    re.I,
)


def can_check(language: str) -> bool:
    """Return whether names can be told in texts of a language."""
    return SCRIPTS.get(language.split("-")[0], "LATIN") in TOLD


def check(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a generated sentence says that its proofs do not, in words; "" where nothing.

    Args:
        text: the sentence.
        proofs: what it rests on; of a translated sentence the original and the translation.
        language: what the sentence is to be in.
    """
    ground = Ground(tuple(proofs))
    said = plain(text)
    if address := ADDRESS.search(said):
        return f"an address: {address[0]}"
    if strange := wrong_language(said, language):
        return strange
    if quoted := new_quotation(said, ground):
        return f"a quotation that no source has: {quoted}"
    figures = merged(find_figures(each.text, each.language, strict=False) for each in proofs)
    if figure := unproved(find_figures(said, language, strict=True), figures):
        return f"a number or date that no source has: {figure}"
    if name := next(new_names(said, ground, language), ""):
        return f"a name that no source has: {name}"
    if mixed := mixed_up(said, proofs, language):
        return mixed
    if figure := taken_apart(said, proofs, language):
        return f"a number or date that no source has of this: {figure}"
    if lead := next(_leads(said, ground), ""):
        return f"an address: {lead}"
    if is_unsupported(said, proofs, language):
        return "hardly a word of its sources"
    if is_denied(said, proofs, language) or denies_otherwise(said, proofs, language):
        return "a denial that no source has"
    return (
        lost(said, proofs, language)
        or weighty(said, proofs, language)
        or turned(said, proofs, language)
        or turned_round(said, proofs, language)
        or turned_round_wide(said, proofs, language)
        or other_speaker(said, proofs, language)
        or other_speaker_wide(said, proofs, language)
    )


def _leads(text: str, ground: Ground) -> Iterator[str]:
    """Yield what may lead a reader somewhere and is no name of the proofs, as "Node.js" may be."""
    known = folded(ground.text)
    for match in LEADS.finditer(text):
        if "/" in match[0] or match[0].startswith("#") or folded(match[0]) not in known:
            yield match[0]


def is_denied(text: str, proofs: Sequence[Proof], language: str) -> bool:
    """Return whether a sentence denies something though none of its proofs denies anything."""
    said, _ = denials().get(language.split("-")[0], ("", ""))
    if not said or not re.search(said, text, re.I):
        return False
    return not any(_denies(each) for each in proofs)


def _denies(proof: Proof) -> bool:
    said, meant = denials().get(proof.language.split("-")[0], ("", ""))
    if not said:
        return True  # in a language whose denials are not known anything may be one
    return re.search(f"{said}|{meant}" if meant else said, plain(proof.text), re.I) is not None


@cache
def denials() -> dict[str, tuple[str, str]]:
    """Return by language what denies, and what may be told as a denial (`data/denials.toml`)."""
    rows = read_data("denials.toml")
    return {tag: (row["denies"], row["may"]) for tag, row in rows.items()}


def is_unsupported(text: str, proofs: Sequence[Proof], language: str) -> bool:
    """Return whether a sentence shares next to no words with proofs in its own language."""
    base = language.split("-")[0]
    same = [proof.text for proof in proofs if proof.language.split("-")[0] == base]
    terms = terms_of(text)
    known = frozenset[str]().union(*map(terms_of, same))
    return bool(same and terms) and len(terms & known) < SUPPORTED * len(terms)


def wrong_language(text: str, language: str) -> str:
    """Tell of a sentence in another script or language than the reader's."""
    wanted = SCRIPTS.get(language.split("-")[0], "LATIN")
    letters = [script_of(letter) for letter in text if letter.isalpha()]
    if not letters:
        return "no words"
    share = letters.count(wanted) / len(letters)
    if share < (0.3 if wanted == "HAN" else 0.6):
        return "not in the reader's language"
    words = [match[0].casefold() for match in TOKEN.finditer(text)]
    base = language.split("-")[0]
    if wanted == "LATIN" and len(words) >= 6 and stopwords(base):
        hits = {each: sum(word in stopwords(each) for word in words) for each in KNOWN}
        if hits.get(base, 0) * 2 < max(hits.values()) > 1:
            return "not in the reader's language"
    return ""


KNOWN = ("en", "de", "fr", "es", "it", "pt", "nl")


def new_quotation(text: str, ground: Ground) -> str:
    """Return the first passage in quotation marks that no proof has; "" where there is none."""
    bare = folded(ground.text)
    rest = text
    for match in QUOTED.finditer(text):
        inner = next((part for part in match.groups() if part is not None), "")
        rest = rest.replace(match[0], " ", 1)
        wanted = folded(inner).strip(" .,!?;:。、，")
        if not wanted or wanted not in bare:
            return match[0]
    left = MARKS.search(rest)  # opened and never closed
    return left[0] if left else ""
