"""What an edition says in sentences of its own, by code: message ids that catalogues translate."""

from __future__ import annotations

from collections.abc import Mapping

from digest.stages.catalogues import mark

#: For whom a story is, see `stages/concerns.py`.
CONCERNS: Mapping[str, str] = {
    "for-owner": mark("%(owner)s (%(tool)s)"),
    "for-users": mark("those who use %(tool)s"),
    "for-watchers": mark("those who follow %(vendor)s"),
    "for-law": mark("legal and data protection"),
    "for-security": mark("the security team"),
    "for-search": mark("the search team"),
    "for-content": mark("the content team"),
    "for-category": mark("%(owner)s (%(category)s)"),
    "for-buyers": mark("those in charge of %(category)s"),
}

#: Why a story matters, see `stages/meaning.py`.
MEANINGS: Mapping[str, str] = {
    "why-incident": mark("We use %(tool)s, so we need to know whether our data is affected."),
    "why-pricing": mark("We use %(tool)s, and what we pay for it may change."),
    "why-shutdown": mark("We use %(tool)s: we may need a replacement."),
    "why-acquisition": mark("We use %(tool)s: a takeover can change product, price and plans."),
    "why-stake": mark("We use %(tool)s, and this affects our contract or our data."),
    "why-product": mark("We already own %(tool)s: check whether this is included or costs extra."),
    "why-owned": mark("It is about %(tool)s, which we use."),
    "why-watched-deal": mark(
        "We watch %(vendor)s: a takeover can change product, price and plans."
    ),
    "why-watched-product": mark("We watch %(vendor)s: here is something new to weigh."),
    "why-watched": mark("We watch %(vendor)s."),
    "why-field": mark("It is news in %(category)s, where we own a tool."),
    "why-privacy": mark("It affects how we may use personal data."),
    "why-copyright": mark("It affects the rights to texts and pictures."),
    "why-bias": mark("It is about whether systems treat people fairly."),
    "why-security": mark("It affects how safe customers’ data is."),
    "why-search": mark("It affects how customers find us by search."),
    "why-rules": mark("It affects the rules that we work under."),
    "why-proved": mark("The sources give evidence for the claims."),
    "why-unproved": mark("So far only its vendor says so."),
    "why-regulator": mark("It comes from a regulator: %(names)s."),
    "why-told-by-others": mark("Reported by %(many_publishers)s, independent ones among them."),
    "why-told": mark("Reported by %(many_publishers)s."),
    "why-told-once": mark("So far only one publisher reports it."),
}

#: The review meeting, see `stages/review_pack.py`.
AGENDA: Mapping[str, str] = {
    "agenda-one-thing": mark("The one thing to know: %(headline)s"),
    "agenda-tools": mark("What changed in our tools: %(tools)s"),
    "agenda-plans": mark("Vendors’ plans, due or overdue: %(vendors)s"),
    "agenda-claims": mark("AI claims with no evidence stated: %(vendors)s"),
    "agenda-policy": mark("New rules and risks: %(places)s"),
    "agenda-policy-plain": mark("New rules and risks"),
    "agenda-risks": mark("New rules and risks: %(topics)s"),
    "agenda-risks-places": mark("New rules and risks: %(topics)s (%(places)s)"),
    "agenda-renewals": mark("Contracts to renew: %(tools)s"),
    "agenda-renewed": mark("Contracts whose renewal fell within the period: %(tools)s"),
    "agenda-spend": mark("Spend and use: %(cost)s a year, %(many_tools)s"),
    "agenda-gaps": mark("Gaps and overlaps: %(categories)s"),
    "agenda-decisions": mark("Decisions to take: %(number)s"),
}
QUESTIONS: Mapping[str, str] = {
    "ask-evidence": mark(
        "You claim this, and no source states evidence. Which data, model or measured result does "
        "it rest on?"
    ),
    "ask-overdue": mark(
        "This was due by %(day)s, and we have read nothing of it since. What became of it?"
    ),
    "ask-partly": mark("Only part of this has come. When will the rest follow?"),
    "ask-moved": mark(
        "You have put this off. What is holding it up, and how firm is the new date?"
    ),
    "ask-cancelled": mark("You have cancelled this. What should we use instead?"),
    "ask-open": mark("This is due by %(day)s. Is it on schedule?"),
    "ask-when": mark("You plan this but name no date. When will it come?"),
    "ask-product": mark(
        "%(product)s: what does it change for us, what does it cost, and which data does it work "
        "on?"
    ),
    "ask-price": mark("What does this mean for our contract, and from when?"),
    "ask-incident": mark("Was our data affected, and what have you changed since?"),
    "ask-acquisition": mark("What becomes of our contract, of the price and of the plans?"),
    "ask-shutdown": mark("Until when is it supported, and how do we get our data out?"),
    "ask-policy": mark("What will you change because of this, and what must we do?"),
    "ask-use": mark(
        "We use %(share)s of what we pay for in %(tool)s. What should we use more, and "
        "what can we give up?"
    ),
    "ask-strategy": mark(
        "We have read nothing about you in this period. What is your AI strategy, and what will "
        "you show by the next review?"
    ),
}
DECISIONS: Mapping[str, str] = {
    "decide-renewal": mark("%(tool)s: renew, renegotiate or leave before %(day)s"),
    "decide-renewal-cost": mark(
        "%(tool)s: renew, renegotiate or leave before %(day)s (%(cost)s a year, %(share)s in use)"
    ),
    "decide-renewed": mark(
        "%(tool)s: its renewal was due on %(day)s: what was agreed, and when is the next one?"
    ),
    "decide-overlap": mark("%(category)s: keep %(tools)s side by side, or choose one"),
    "decide-gap": mark(
        "%(category)s: %(new_products)s, and we own nothing here: look into it, or leave it"
    ),
    "decide-policy": mark("%(headline)s: who checks what it asks of us, and by when?"),
    "decide-acquisition": mark(
        "%(tool)s: does the takeover of %(vendor)s change whether we stay with it?"
    ),
    "decide-acquired-by": mark("%(tool)s: does what %(vendor)s buys change what we use it for?"),
    "decide-incident": mark("%(tool)s: what do we do about the incident?"),
    "decide-shutdown": mark("%(tool)s: what replaces what %(vendor)s ends?"),
    "decide-pricing": mark(
        "%(tool)s: accept the new price of %(vendor)s, or ask others for offers?"
    ),
}
REMARKS: Mapping[str, str] = {**CONCERNS, **MEANINGS, **AGENDA, **QUESTIONS, **DECISIONS}

#: What a vendor did besides the events of `phrases.EVENTS`.
DEEDS: Mapping[str, str] = {
    "acquired": mark("Bought by"),
    "claim": mark("AI claim"),
    "incident": mark("Incident"),
    "policy": mark("Policy"),
    "mention": mark("In the news"),
}
#: The same where they are counted, where it is not said by whom.
DEEDS_COUNTED: Mapping[str, str] = {**DEEDS, "acquired": mark("Bought by another")}
RELATIONS: Mapping[str, str] = {"owned": mark("We own"), "watched": mark("We watch")}
STAGES: Mapping[str, str] = {
    "announced": mark("announced"),
    "beta": mark("beta"),
    "general": mark("available"),
}
REVIEWS: Mapping[str, str] = {
    "confirmed": mark("confirmed by an editor"),
    "edited": mark("corrected by an editor"),
    "added": mark("added by an editor"),
}
PROOFS: Mapping[str, str] = {
    "data": mark("data it works on"),
    "model": mark("model named"),
    "result": mark("measured result"),
    "customer": mark("customer named"),
    "change": mark("what it changes"),
}
KEPT: Mapping[str, str] = {
    "open": mark("open"),
    "fulfilled": mark("fulfilled"),
    "late": mark("fulfilled, later than stated"),
    "partly": mark("fulfilled in part"),
    "moved": mark("put off"),
    "cancelled": mark("cancelled"),
    "overdue": mark("overdue: no news that it was kept"),
}
DIRECTIONS: Mapping[str, str] = {
    "up": mark("rising, more than chance explains"),
    "down": mark("falling, more than chance explains"),
    "lone": mark("in one source alone"),
    "steady": mark("may be chance"),
    "few": mark("too few to tell"),
    "first": mark("first seen: not in the quarter before"),
    "quiet": mark("gone quiet"),
    "alone": mark("nothing to compare with"),
}
TREND_KINDS: Mapping[str, str] = {
    "label": mark("Categories"),
    "vendor": mark("Vendors"),
    "event": mark("What vendors did"),
    "topic": mark("Topics"),
    "jurisdiction": mark("Jurisdictions"),
}
TOPICS: Mapping[str, str] = {
    "claims": mark("Claims about artificial intelligence"),
    "policy": mark("Law, privacy, copyright and security"),
    "regulation": mark("Regulation"),
    "privacy": mark("Privacy"),
    "copyright": mark("Copyright"),
    "bias": mark("Bias"),
    "security": mark("Security"),
    "incident": mark("Incident"),
    "search-engine policy": mark("Search engines' rules"),
}
#: Why nothing was read of a source, see `stages/reach.py`.
MISSED: Mapping[str, str] = {
    "failed": mark("could not be read when last asked"),
    "silent": mark("told nothing in this period"),
    "paused": mark("paused"),
}
#: Places that are no country of CLDR's.
PLACES: Mapping[str, str] = {
    "international": mark("International"),
    "": mark("No jurisdiction named"),
}
