"""The sentences that the tiny test packages learn: marketing news in German, English and French.

Everything is written here. A sentence is a template over a small closed vocabulary, with names,
numbers, amounts and the masks that stand for protected parts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

NAMES = [
    "Nordlicht", "Brightloop", "Tessera", "Quillon", "Marlowe", "Zephyra", "Kontura", "Lumenda",
    "Orbita", "Vantro", "Adobe", "Salesforce", "HubSpot", "Klaviyo", "Google", "Microsoft",
    "Nimbus", "Calder", "Fennwick", "Amara", "Plexia", "Rivetta",
]  # fmt: skip
MASKS = ("XQ1", "XQ2", "XQ3", "XQ4")


@dataclass(frozen=True)
class Noun:
    """A noun in German (with gender m, f or n), English and French (with gender m or f)."""

    gender: str
    de: str
    en: str
    fr: str
    fr_gender: str


THINGS = (
    Noun("n", "Werkzeug", "tool", "outil", "m"),
    Noun("f", "Plattform", "platform", "plateforme", "f"),
    Noun("m", "Dienst", "service", "service", "m"),
    Noun("m", "Assistent", "assistant", "assistant", "m"),
    Noun("f", "Schnittstelle", "interface", "interface", "f"),
    Noun("m", "Bericht", "report", "rapport", "m"),
    Noun("f", "Kampagne", "campaign", "campagne", "f"),
    Noun("n", "Modell", "model", "modèle", "m"),
    Noun("f", "Studie", "study", "étude", "f"),
    Noun("m", "Vertrag", "contract", "contrat", "m"),
)
FIELDS = (
    ("E-Mail-Marketing", "email marketing", "le marketing par e-mail"),
    ("Werbung", "advertising", "la publicité"),
    ("Kundendaten", "customer data", "les données clients"),
    ("soziale Medien", "social media", "les réseaux sociaux"),
    ("den Handel", "retail", "le commerce"),
    ("kleine Unternehmen", "small companies", "les petites entreprises"),
    ("künstliche Intelligenz", "artificial intelligence", "l'intelligence artificielle"),
    ("Suchmaschinen", "search engines", "les moteurs de recherche"),
    ("Datenschutz", "data protection", "la protection des données"),
    ("große Marken", "large brands", "les grandes marques"),
)
TIMES = (
    ("heute", "today", "aujourd'hui"),
    ("gestern", "yesterday", "hier"),
    ("am Montag", "on Monday", "lundi"),
    ("am Dienstag", "on Tuesday", "mardi"),
    ("am Freitag", "on Friday", "vendredi"),
    ("im März", "in March", "en mars"),
    ("im Oktober", "in October", "en octobre"),
    ("in dieser Woche", "this week", "cette semaine"),
    ("im nächsten Jahr", "next year", "l'année prochaine"),
)
PEOPLE = (
    ("Kunden", "customers", "clients"),
    ("Nutzer", "users", "utilisateurs"),
    ("Händler", "retailers", "commerçants"),
    ("Entwickler", "developers", "développeurs"),
    ("Unternehmen", "companies", "entreprises"),
    ("Verlage", "publishers", "éditeurs"),
)
SCALES = (("Millionen", "million", "millions"), ("Milliarden", "billion", "milliards"))
ARTICLES = {
    "m": {
        "ein": "ein",
        "acc": "einen",
        "der": "der",
        "den": "den",
        "neu": "neuer",
        "neua": "neuen",
    },
    "f": {"ein": "eine", "acc": "eine", "der": "die", "den": "die", "neu": "neue", "neua": "neue"},
    "n": {"ein": "ein", "acc": "ein", "der": "das", "den": "das", "neu": "neues", "neua": "neues"},
}
# German, English and French templates: {v} {w} names, {F} {F2} fields, {T} time, {P} {Pd} people
# (German dative), {N} number, {M} {M2} amounts, {p} percent, {Y} year, {der} {den} {acc_neu} … the
# thing with its article.
TEMPLATES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "templates.tsv").read_text("utf-8").splitlines()
]


def make_triple(rng: random.Random) -> tuple[str, str, str]:
    """Return one sentence in German, English and French."""
    template = rng.choice(TEMPLATES)
    slots = _slots(rng)
    return tuple(  # type: ignore[return-value]
        _capitalised(text.format(**slots[language]))
        for text, language in zip(template, ("de", "en", "fr"), strict=True)
    )


def make_triples(count: int, *, seed: int) -> list[tuple[str, str, str]]:
    """Return `count` sentences, the same ones for the same seed."""
    rng = random.Random(seed)
    return [make_triple(rng) for _ in range(count)]


def _slots(rng: random.Random) -> dict[str, dict[str, str]]:
    thing, field, other = rng.choice(THINGS), rng.choice(FIELDS), rng.choice(FIELDS[:3])
    time, people, amounts = rng.choice(TIMES), rng.choice(PEOPLE), [_money(rng), _money(rng)]
    names = rng.sample(NAMES + list(MASKS) if rng.random() < 0.6 else list(MASKS), 2)
    number, percent, year = _number(rng), str(rng.randint(2, 98)), str(rng.randint(2010, 2039))
    if rng.random() < 0.3:  # "3,5 Prozent"
        percent = f"{rng.randint(1, 60)},{rng.randint(1, 9)}"
    common = {"v": names[0], "w": names[1], "Y": year}
    form = ARTICLES[thing.gender]
    new = thing.de
    german = {
        "acc_neu": f"{form['acc']} {form['neua']} {new}",
        "ein_neu": f"{form['ein']} {form['neu']} {new}",
        "der": f"{form['der']} {new}",
        "den": f"{form['den']} {new}",
        "N": number,
        "p": f"{percent} Prozent",
    }
    english = {
        "a_new": f"a new {thing.en}",
        "thing": thing.en,
        "N": number.replace(".", ","),
        "p": f"{percent.replace(',', '.')} percent",
    }
    french = {
        "un_neu": _new_french(thing),
        "le": _the_french(thing),
        "le_": _the_french(thing),
        "N": number.replace(".", " "),
        "p": f"{percent} %",
    }
    rows = {"de": german, "en": english, "fr": french}
    return {
        language: common
        | row
        | {
            "F": field[index],
            "F2": other[index],
            "T": time[index],
            "P": people[index],
            "Pd": _dative(people[index]),
            "M": amounts[0][index],
            "M2": amounts[1][index],
        }
        for index, (language, row) in enumerate(rows.items())
    }


def _dative(word: str) -> str:
    return word if word.endswith("n") else f"{word}n"


def _number(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return str(rng.randint(13, 999))
    if kind < 0.7:
        return f"{rng.randint(1, 999)}.{rng.randint(0, 999):03d}"
    return f"{rng.randint(2, 99)}.000"


def _money(rng: random.Random) -> tuple[str, str, str]:
    unit = rng.choice((("Euro", "euros", "euros"), ("Dollar", "dollars", "dollars")))
    if rng.random() < 0.5:
        number = _number(rng)
        return (
            f"{number} {unit[0]}",
            f"{number.replace('.', ',')} {unit[1]}",
            f"{number.replace('.', ' ')} {unit[2]}",
        )
    scale = rng.choice(SCALES)
    number = str(rng.randint(2, 900))
    if rng.random() < 0.4:
        number = f"{rng.randint(1, 9)},{rng.randint(1, 9)}"
    of = "d'" if unit[2] == "euros" else "de "
    return (
        f"{number} {scale[0]} {unit[0]}",
        f"{number.replace(',', '.')} {scale[1]} {unit[1]}",
        f"{number} {scale[2]} {of}{unit[2]}",
    )


def _new_french(thing: Noun) -> str:
    if thing.fr_gender == "f":
        return f"une nouvelle {thing.fr}"
    return f"un {'nouvel' if thing.fr[0] in 'aeiouéh' else 'nouveau'} {thing.fr}"


def _the_french(thing: Noun) -> str:
    if thing.fr[0] in "aeiouéh":
        return f"l'{thing.fr}"
    return f"{'la' if thing.fr_gender == 'f' else 'le'} {thing.fr}"


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
