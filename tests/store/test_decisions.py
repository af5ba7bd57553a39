"""What editors decided: kept in order, undone by a further decision, and what waits for it."""

from digest.records import Decision, Story
from digest.store import Store, decisions, saving
from digest.store.saving import Maker

AT = "2026-10-05T06:00:00+00:00"


def said(id: str, kind: str = "headline", subject: str = "a1", **more: str) -> Decision:
    act = more.pop("act", id)
    return Decision(id, kind, subject, more.pop("object", ""), "ada", AT, act=act, **more)  # type: ignore[arg-type]


def test_decisions_come_in_the_order_in_which_they_were_made(store: Store) -> None:
    """Not by id, nor by time: a clock may stand still."""
    first, second = said("z"), said("a")
    with store.write() as db:
        decisions.decide(db, first)
        decisions.decide(db, second, first)
        assert decisions.standing(db, ["headline"]) == [first, second]
        assert decisions.count(db) == 2


def test_what_is_undone_stands_no_more_and_is_still_told(store: Store) -> None:
    """An undoing can be undone in its turn."""
    edit, undo, redo = (
        said("d1"),
        said("u1", "revoke", object="d1"),
        said("u2", "revoke", object="u1"),
    )
    with store.write() as db:
        decisions.decide(db, edit)
        assert decisions.last_act(db, "ada") == "d1"
        assert decisions.revoke(db, "d1", by=undo) == [edit]
        assert decisions.standing(db, ["headline"]) == []
        assert next(each.revoked_by for each in decisions.about(db, ["a1"])) == "u1"
        assert decisions.last_act(db, "ada") == ""
        decisions.revoke(db, "u1", by=redo)
        assert decisions.standing(db, ["headline"]) == [edit]


def test_undoing_goes_on_down_the_chain(store: Store) -> None:
    """The third undoing undoes again, the fourth brings back what was decided."""
    edit = said("d1")
    stands = []
    with store.write() as db:
        decisions.decide(db, edit)
        for n, what in enumerate(["d1", "u0", "u1", "u2"]):
            decisions.revoke(db, what, by=said(f"u{n}", "revoke", object=what))
            stands.append(decisions.standing(db, ["headline"]) == [edit])
        assert stands == [False, True, False, True]
        assert [each.revoked_by for each in decisions.about(db, ["a1"])] == ["", "u1", "", "u3", ""]


def test_what_was_undone_twice_over_needs_both_taken_back(store: Store) -> None:
    """To bring one undoing back leaves what another has undone since."""
    with store.write() as db:
        decisions.decide(db, said("d1"))
        for id, what in (("u1", "d1"), ("u2", "u1"), ("u3", "d1"), ("u4", "u2"), ("u5", "u3")):
            decisions.revoke(db, what, by=said(id, "revoke", object=what))
        assert decisions.standing(db, ["headline"]) == []
        decisions.revoke(db, "u1", by=said("u6", "revoke", object="u1"))
        assert [each.id for each in decisions.standing(db, ["headline"])] == ["d1"]


def test_one_act_is_undone_at_once(store: Store) -> None:
    """A split is many pairs, and one decision to its editor."""
    pairs = [said(f"p{n}", "cannot-link", object=f"b{n}", act="split") for n in range(3)]
    with store.write() as db:
        decisions.decide(db, *pairs)
        assert decisions.decided(db, ["cannot-link"]) == pairs
        decisions.revoke(db, "split", by=said("u", "revoke", object="split"))
        assert decisions.decided(db, ["cannot-link"]) == []


def test_undoing_a_link_makes_its_stories_wait(store: Store) -> None:
    """The next run judges them again."""
    story = Story("a1", ("a1", "b1"), "a1", ("News",), None, None)
    link = said("d1", "must-link", object="b1")
    from sqlalchemy import select

    from digest.store.tables import story_members

    with store.write() as db:
        decisions.decide(db, link)
        saving.save_stories(db, Maker("cluster", "1", AT), [story], {"a1": "f", "b1": "f"})
        decisions.revoke(db, "d1", by=said("u", "revoke", object="d1"))
        assert {row.fingerprint for row in db.execute(select(story_members))} == {""}


def test_decisions_about_one_edition_leave_others_out(store: Store) -> None:
    """An exclusion from the weekly says nothing about the quarterly."""
    weekly = said("d1", "exclude", edition="weekly-2026-W40-cmo")
    every = said("d2", "exclude")
    with store.write() as db:
        decisions.decide(db, weekly, every)
        assert decisions.standing(db, ["exclude"], edition="quarterly-2026-Q3-cmo") == [every]
        assert decisions.standing(db, ["exclude"]) == [weekly, every]


def test_of_links_on_one_pair_the_last_holds(store: Store) -> None:
    """A split takes a merge back, whichever of the two articles is named first."""
    with store.write() as db:
        decisions.decide(
            db, said("d1", "must-link", object="b1"), said("d2", "must-link", object="c1")
        )
        decisions.decide(db, said("d3", "cannot-link", "b1", object="a1"))
        assert decisions.links(db) == ([("a1", "c1")], [("b1", "a1")])
