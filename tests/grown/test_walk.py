"""The main walk through the API and the sockets, on two web processes behind nginx: each call may go to either of them."""

import pytest

from tests.walk.test_api import test_a_meeting_from_preparation_to_follow_up

__all__ = ["test_a_meeting_from_preparation_to_follow_up"]

pytestmark = pytest.mark.server
