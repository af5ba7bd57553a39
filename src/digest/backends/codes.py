"""Our BCP-47 languages and Argos's own codes, both ways."""

from __future__ import annotations

# Argos's index knows these codes beside ISO 639-1: "zt" Traditional Chinese, "pb" Brazilian.
TO_BCP47 = {"zh": "zh-Hans", "zt": "zh-Hant", "pb": "pt-BR", "tl": "fil", "no": "nb"}
# The first code for which a package is installed is taken; what follows is the nearest kin.
TO_ARGOS = {
    "zh-hans": ("zh",),
    "zh-hant": ("zt",),
    "pt-br": ("pb", "pt"),
    "pt": ("pt", "pb"),
    "nb": ("nb", "no"),
    "nn": ("nb", "no"),
    "no": ("nb", "no"),
    "fil": ("tl",),
    "iw": ("he",),
    "in": ("id",),
}
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def from_argos(code: str) -> str:
    """Return the BCP-47 language of an Argos code."""
    return TO_BCP47.get(code, code)


def to_argos(language: str) -> tuple[str, ...]:
    """Return the Argos codes that stand for a BCP-47 language, the best first."""
    parts = language.replace("_", "-").casefold().split("-")
    if parts[0] == "zh":
        return TO_ARGOS["zh-hant" if TRADITIONAL & set(parts) else "zh-hans"]
    if parts[0] in ("zt", "pb"):
        return TO_ARGOS[from_argos(parts[0]).casefold()]
    return TO_ARGOS.get("-".join(parts[:2])) or TO_ARGOS.get(parts[0]) or (parts[0],)
