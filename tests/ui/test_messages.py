"""What goes wrong is said calmly; details go to the log without secrets."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def broken() -> None:
    from analytics.ui import messages

    with messages.net("Test"):
        raise ValueError("postgresql://ada:secret-word@db/ebb\nsecond line")


def known() -> None:
    from analytics.errors import CannotTellError
    from analytics.ui import messages

    with messages.net("Test"):
        raise CannotTellError("Too few <b>contacts</b>.", do="Load more.")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")
def test_an_unforeseen_error_is_calm_and_has_a_reference(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "ebb"):
        app = AppTest.from_function(broken).run()
    assert not app.exception
    said = app.warning[0].value
    reference = said.split("report reference ")[1].split(",")[0]
    assert reference in caplog.text
    assert "ValueError" in caplog.text
    assert "secret-word" not in caplog.text + said


def test_an_error_of_the_family_is_shown_as_text() -> None:
    app = AppTest.from_function(known).run()
    assert not app.exception
    assert app.info[0].value == r"**Cannot tell from this data.** Too few \<b\>contacts\</b\>. Load more."
