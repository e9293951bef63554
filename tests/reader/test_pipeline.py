from sayso.reader.pipeline import runner_up
from sayso.types import Speaker

IDA, TOM = Speaker("Ida Marsh", "person", "e1"), Speaker("Tom Odo", "person", "e2")


def test_a_runner_up_has_another_name() -> None:
    assert runner_up((IDA,), ()) is None
    assert runner_up((IDA,), (Speaker("Ida Marsh", "person", "e7"), TOM)) == TOM
    assert runner_up((IDA, TOM), (TOM,)) is None
    assert runner_up((), (IDA,)) == IDA
