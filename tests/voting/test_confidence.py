"""What follows from a survey of confidence or a confidence vote.

NQ 96: Nghị quyết 96/2023/QH15; forms 3.5.1 and 3.5.2 of NQ 104/2025/UBTVQH15: shares of ALL delegates.
"""

import pytest

from meeting.voting.confidence import survey, vote

# NQ 96, lấy phiếu tín nhiệm: from two thirds "thấp" on; more than half to below two thirds; else nothing follows.
SURVEYS = [
    (0, 27, "none"), (1, 27, "none"), (13, 27, "none"), (14, 27, "low_more_than_half"), (15, 27, "low_more_than_half"),
    (17, 27, "low_more_than_half"), (18, 27, "low_two_thirds"), (27, 27, "low_two_thirds"),
    (14, 28, "none"), (15, 28, "low_more_than_half"), (18, 28, "low_more_than_half"), (19, 28, "low_two_thirds"),
    (15, 30, "none"), (16, 30, "low_more_than_half"), (19, 30, "low_more_than_half"), (20, 30, "low_two_thirds"),
    (49, 99, "none"), (50, 99, "low_more_than_half"), (65, 99, "low_more_than_half"), (66, 99, "low_two_thirds"),
    (1, 1, "low_two_thirds"), (1, 2, "none"), (2, 3, "low_two_thirds"), (1, 3, "none"), (0, 0, "none"),
]  # fmt: skip
# NQ 96, bỏ phiếu tín nhiệm: more than half "không tín nhiệm"; half is not more than half.
VOTES = [
    (0, 27, "confidence_kept"), (13, 27, "confidence_kept"), (14, 27, "confidence_lost"), (27, 27, "confidence_lost"),
    (14, 28, "confidence_kept"), (15, 28, "confidence_lost"), (15, 30, "confidence_kept"), (16, 30, "confidence_lost"),
    (49, 99, "confidence_kept"), (50, 99, "confidence_lost"), (1, 1, "confidence_lost"), (1, 2, "confidence_kept"),
    (0, 0, "confidence_kept"),
]  # fmt: skip


@pytest.mark.parametrize(("low", "of", "outcome"), SURVEYS)
def test_a_survey_names_the_step_that_the_law_provides(low, of, outcome):
    assert survey(low, of) == outcome


@pytest.mark.parametrize(("against", "of", "outcome"), VOTES)
def test_confidence_is_lost_with_more_than_half(against, of, outcome):
    assert vote(against, of) == outcome
