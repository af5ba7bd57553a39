"""Which languages the detector can name, by script, and how common each is on the Web."""

from __future__ import annotations

# Which of langdetect's languages are written in a script of many languages.
LANGUAGES = {
    "Latin": (
        *("af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id"),
        *("it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw"),
        *("tl", "tr", "vi"),
    ),
    "Cyrillic": ("bg", "mk", "ru", "uk"),
    "Arabic": ("ar", "fa", "ur"),
    "Devanagari": ("hi", "mr", "ne"),
}
# Languages that langdetect has no profile of: both voters together may name them.
BEYOND = {
    "Latin": "az eo eu fo fy ga gd gl is la lb ms mt oc uz",
    "Cyrillic": "be ba kk ky mn sr tg tt",
    "Arabic": "ckb ps sd ug",
    "Devanagari": "sa",
}
# Languages in Latin letters that neither langdetect nor fastText knows, but py3langid does.
ONLY_LANGID = "bcl ha ig lg ln nso om rw sn st xh zu"
# Rough share of web sites in each language, in per cent, after W3Techs' survey of content
# languages; all others: 0.05. A weak prior: it decides between short texts that could be either.
SHARES = {
    "en": 49, "es": 6, "de": 5.9, "fr": 4.4, "pt": 3.9, "ru": 3.8, "it": 2.7, "nl": 2.2, "pl": 1.8,
    "tr": 1.7, "fa": 1.2, "vi": 1.1, "id": 1.1, "cs": 1, "uk": 0.6, "ar": 0.6, "hu": 0.6,
    "ro": 0.5, "sv": 0.5, "da": 0.4, "fi": 0.4, "sk": 0.3, "bg": 0.2, "nb": 0.2, "hr": 0.2,
    "lt": 0.2, "sl": 0.1, "ca": 0.1, "et": 0.1, "lv": 0.1,
}  # fmt: skip
