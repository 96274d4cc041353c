"""What follows from a survey of confidence or a confidence vote. Pure; it names what the law provides and decides nothing.

Sources: Nghị quyết 96/2023/QH15 (lấy phiếu tín nhiệm: from two thirds "low" on, removal is proposed; more than half and below
two thirds "low", the person may resign, else a confidence vote is held; bỏ phiếu tín nhiệm: more than half "no confidence",
whoever recommended the person proposes removal); Nghị quyết 104/2025/UBTVQH15, forms 3.5.1 and 3.5.2: shares of ALL delegates.
"""

from meeting.voting.majority import needed

LOW_TWO_THIRDS, LOW_MORE_THAN_HALF, NO_CONSEQUENCE = "low_two_thirds", "low_more_than_half", "none"
LOST, KEPT = "confidence_lost", "confidence_kept"


def survey(low: int, base_count: int) -> str:
    """The consequence of so many "low" of so many: exactly two thirds belong to the higher step, exactly half to none."""
    if low >= needed("two_thirds", base_count):
        return LOW_TWO_THIRDS
    return LOW_MORE_THAN_HALF if low >= needed("more_than_half", base_count) else NO_CONSEQUENCE


def vote(no_confidence: int, base_count: int, threshold: str = "more_than_half") -> str:
    """Whether confidence is lost: more than half said "no confidence". Half is not more than half."""
    return LOST if no_confidence >= needed(threshold, base_count) else KEPT
