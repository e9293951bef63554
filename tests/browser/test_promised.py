"""Where a browser is promised, no test of this folder may be skipped."""

import pytest

from tests.browser.conftest import PROMISED, pytest_runtest_makereport

TEST = "test_it"


@pytest.mark.parametrize(("promised", "outcome"), [("1", "failed"), ("", "skipped")])
def test_a_skipped_test_has_failed(
    promised: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROMISED, promised)
    call = pytest.CallInfo.from_call(lambda: pytest.skip("there is no chromium"), "setup")
    report = pytest.TestReport(TEST, (TEST, 0, TEST), {}, "skipped", None, "setup")
    hook = pytest_runtest_makereport(call)
    next(hook)
    with pytest.raises(StopIteration) as done:
        hook.send(report)
    assert done.value.value.outcome == outcome
