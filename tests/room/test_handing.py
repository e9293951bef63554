"""Which statement is handed to whom."""

from sayso.room.handing import LINGERING, LONG, Handing

A, B, C = "key/s1", "key/s2", "key/s3"


def test_nobody_is_handed_what_somebody_has() -> None:
    handing = Handing()
    assert handing.take("Nora", [A, B]) == A
    assert handing.take("Ben", [A, B]) == B
    assert handing.take("Ida", [A, B]) is None


def test_each_has_what_they_were_handed_last_and_the_one_before_for_a_moment() -> None:
    now = [0.0]
    handing = Handing(lambda: now[0])
    assert handing.take("Nora", [A]) == A
    assert handing.take("Nora", [A, B]) == A
    assert handing.take("Nora", [B]) == B
    assert handing.take("Ben", [A, B]) is None
    assert handing.take("Nora", [A]) == A
    assert handing.take("Nora", [B]) == B
    now[0] = LINGERING + 1
    assert handing.take("Ben", [B, A]) == A


def test_who_looks_at_a_statement_has_it_unless_another_does() -> None:
    now = [0.0]
    handing = Handing(lambda: now[0])
    assert handing.look("Nora", A) is None
    assert handing.look("Ben", A) == "Nora"
    assert handing.look("Nora", C) is None
    now[0] = LINGERING + 1
    assert handing.look("Ben", A) is None


def test_what_is_not_looked_at_for_long_is_handed_to_others() -> None:
    now = [0.0]
    handing = Handing(lambda: now[0])
    handing.take("Nora", [A])
    now[0] = LONG - 1
    assert handing.take("Ben", [A, B]) == B
    assert handing.look("Nora", A) is None
    now[0] = LONG + 1
    assert handing.take("Ida", [A, C]) == C
    now[0] = 2 * LONG
    assert handing.take("Ida", [A, C]) == A
