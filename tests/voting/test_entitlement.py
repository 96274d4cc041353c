"""Who may cast a ballot, when, and who may run and settle a vote: a table with the law beside each block.

NĐ 315/2025/NĐ-CP; NQ 104/2025/UBTVQH15; Luật Tổ chức chính quyền địa phương 72/2025/QH15.
"""

import pytest

from meeting.errors import Refused
from meeting.voting import rules

OPEN = {"kind": "open", "elector": True, "present": True, "voted": False, "changeable": True}

# kind, on the register, in the room, ballot is in, may be changed → refusal, or None
PEOPLE = [
    # every member of the body votes [Luật 72; NĐ 315 Đ25.5a]
    ({}, None),
    ({"kind": "secret"}, None),
    # guests, substitutes without the seat's vote and everybody else: speak, no vote [NĐ 315 Đ24.3, Đ25.5a]
    ({"elector": False}, "not_elector"),
    ({"elector": False, "kind": "secret"}, "not_elector"),
    ({"elector": False, "present": False}, "not_elector"),
    ({"elector": False, "voted": True}, "not_elector"),
    # a member who is absent has no ballot; one who checks in before the close has
    ({"present": False}, "not_present"),
    ({"present": False, "kind": "secret"}, "not_present"),
    # a ballot by name may be changed until the close, unless the question forbids it
    ({"voted": True}, None),
    ({"voted": True, "changeable": False}, "no_second_ballot"),
    ({"voted": True, "present": False}, "not_present"),
    # a secret ballot lies in the box and is final: one for each [NQ 104 annex, forms 1 and 2]
    ({"voted": True, "kind": "secret"}, "already_voted"),
    ({"voted": True, "kind": "secret", "changeable": False}, "already_voted"),
    ({"voted": True, "kind": "secret", "present": False}, "already_voted"),
]


@pytest.mark.parametrize(("change", "code"), PEOPLE)
def test_who_may_cast(change, code):
    heard = None
    try:
        rules.check_person(**{**OPEN, **change})
    except Refused as refused:
        heard = refused.code

    assert heard == code


# kind, electors in the room, confirmed → refusal, or None. Below five a secret result tells too much about each.
OPENINGS = [
    ("open", 0, False, "no_electors"), ("open", 0, True, "no_electors"), ("open", 1, False, None), ("open", 27, False, None),
    ("secret", 0, True, "no_electors"), ("secret", 1, False, "few_electors"), ("secret", 4, False, "few_electors"),
    ("secret", 4, True, None), ("secret", 1, True, None), ("secret", 5, False, None), ("secret", 27, False, None),
    ("hand", 3, False, None), ("hand", 0, False, "no_electors"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "electors", "confirmed", "code"), OPENINGS)
def test_a_box_opens_for_somebody_and_a_secret_one_for_few_only_on_purpose(kind, electors, confirmed, code):
    heard = None
    try:
        rules.check_opening(kind, electors, confirmed)
    except Refused as refused:
        heard = refused.code

    assert heard == code


# tie rule of the body, what the count found, settled before → refusal, or None [NĐ 315 Đ25.5c; NQ 104 Đ19.2]
SETTLING = [
    ("chair_side", "open", "", None),
    ("chair_side", "chair", "", "no_open_tie"),
    ("chair_side", "", "", "no_open_tie"),
    ("chair_side", "open", "for", "tie_is_settled"),
    ("chair_side", "open", "against", "tie_is_settled"),
    ("none", "open", "", "no_tie_rule"),
    ("none", "", "", "no_tie_rule"),
]


@pytest.mark.parametrize(("tie_rule", "tie", "settled", "code"), SETTLING)
def test_a_statement_settles_an_open_tie_once_and_only_where_the_rules_say_so(tie_rule, tie, settled, code):
    heard = None
    try:
        rules.check_settling(tie_rule, tie, settled)
    except Refused as refused:
        heard = refused.code

    assert heard == code
