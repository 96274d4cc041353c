"""The kinds of meetings a body starts with, by the kind of body, each rule with its source. Bodies may change theirs."""

from collections.abc import Mapping

from meeting.rulebook.default_type import DefaultType
from meeting.rulebook.defaults_committee import COMMITTEE
from meeting.rulebook.defaults_council import COUNCIL
from meeting.rulebook.defaults_party import PARTY

BY_KIND: Mapping[str, tuple[DefaultType, ...]] = {"council": COUNCIL, "committee": COMMITTEE, "party": PARTY}
