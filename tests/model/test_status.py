import pandas as pd
import pytest

from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.status import Status
from sdsf_analysis.model.tables import table


def test_the_closed_list_and_the_enumeration_are_one():
    assert list(choices("status")) == [status.value for status in Status]
    assert [status.label for status in Status] == list(choices("status").values())


def test_labels_tell_every_status_apart():
    assert len({status.label for status in Status}) == len(Status)


def test_a_status_outside_the_list_is_refused():
    with pytest.raises(ValueError, match="nd"):
        Status("nd")


def test_a_status_is_stored_as_plain_text():
    frame = table("families").cast(pd.DataFrame({"status": list(Status)}))
    assert frame["status"].tolist() == [status.value for status in Status]
    assert {type(status) for status in frame["status"]} == {str}
