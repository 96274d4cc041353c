"""Who may do what, written out: a change of the table must be made here too, with open eyes."""

from meeting.grantable import GRANTABLE, rights_for
from meeting.permissions import ALLOWED, BY_ROLE, INSTALLATION, Action, Actor, Role, actions_of, allows, hat

# In order: member, chair, presider, presidium, secretary, chief of office, clerk, officer, head of unit, counter, guest,
# inspector, unit admin, admin, system
TABLE = """
organization.manage               . . . . . . . . . . . . . x x
organization.read                 . . . . . . . . . . . . x x .
organization.manage_unit          . . . . . . . . . . . . x x .
organization.give_rights          . . . . . . . . . . . . . x .
organization.prune_sign_ins       . . . . . . . . . . . . . . x
organization.manage_groups        . . . . x x . . . . . . . . .
organization.read_sign_ins        . . . . . . . . . . . . . x .
organization.keep_own_account     x x x x x x x x x x x x x x .
entrance.admit                    . . . . . . . . . . . . . . x
guides.read                       x x x x x x x x x x x x x x .
guides.keep                       . . . . x x . . . . . . . x .
guides.give_feedback              x x x x x x x x x x x x x x .
guides.answer_feedback            . . . . . . . . . . . . . x .
catalogues.read                   x x x x x x x x x x x x x x .
catalogues.manage                 . . . . x x . . . . . . . x x
rulebook.read                     x x x x x x x x x . x x . x x
rulebook.manage                   . x . . x x . . . . . . . . .
rulebook.manage_calendar          . . . . x x . . . . . . . x .
agenda.read                       x x x x x x x x x . x x . . .
agenda.prepare                    . . . . x x . . . . . . . . .
agenda.link_items                 . . . . x x . . . . . . . . .
agenda.approve                    . x . . . x . . . . . . . . .
agenda.issue                      . . . . x x x . . . . . . . .
agenda.move                       . x x . x x . . . . . . . . .
agenda.archive                    . . . . x x x . . . . . . . .
agenda.reply                      x x . . . . . . . . x . . . .
invitations.read                  x x x x x x x x x . x x . . .
invitations.sign                  . x . . . x . . . . . . . . .
invitations.see_replies           . x . . x x x . . . . . . . .
invitations.decide_absence        . x . . x x . . . . . . . . .
invitations.decide_substitute     . x . . . . . . . . . . . . .
invitations.open_by_link          . . . . . . . . . . . . . . x
documents.upload                  x x . . x x x x x . . . . . .
documents.read_out                . . . . . . . . . . . . . . x
documents.take_copy               x x x x x x x x x x x x x x .
shelf.keep                        x x . . x x x x x . . . . . .
materials.read                    x x . . x x x . . . x . . . .
materials.read_board              . x . . x x x . . . . x . . .
materials.request                 . . . . x x . . . . . . . . .
materials.submit                  . . . . . . . x x . . . . . .
materials.approve_for_unit        . . . . . . . . x . . . . . .
materials.ask_time                . . . . . . . x x . . . . . .
materials.grant_time              . . . . x x . . . . . . . . .
materials.decide_late             . x x . . . . . . . . . . . .
materials.review                  . . . . x x . . . . . . . . .
materials.publish                 . . . . x x . . . . . . . . .
materials.make_releases           . . . . . . . . . . . . . . x
materials.see_readiness           . x x x x x . . . . . . . . .
materials.keep_notes              x x x x x x x x x x x x x x .
tablets.keep_own                  x x x x x x x x x x x x x x .
tablets.keep                      . . . . x x x . . . . . . x .
tablets.open                        . . . . . . . . . . . . . . x
tablets.set_lock                    . . . . . . . . . . . . . x .
notes.share                       x x . . x x x . . . x . . . .
notes.carry                       . . . . . . . . . . . . . . x
calendars.keep_own                x x x x x x x x x x x x x x .
calendars.read_week               x x . . x x x x x . . x . . .
calendars.keep_week               . . . . x x x . . . . . . . .
calendars.publish_week            . x . . . x . . . . . . . . .
calendars.take_replies            . . . . . . . . . . . . . . x
live.join                         x x . . x x x . . . x . . . .
live.see_desk                     . x x x x x . . . . . . . . .
live.show_hall                    . x x x x x x . . . . . . . .
live.check_in                     x x . . . . . . . . x . . . .
live.correct_attendance           . . . . x x x . . . . . . . .
live.run                          . . x . . . . . . . . . . . .
live.hand_over                    . x x . . . . . . . . . . . .
live.show_page                    . x x x x x . . . . . . . . .
live.lead_page                    x x . . x x . . . . x . . . .
live.read_journal                 . x . . x x . . . . . x . . .
speaking.ask                      x x . . . . . . . . x . . . .
speaking.enter                    . x x x x x . . . . . . . . .
speaking.run                      . . x x . . . . . . . . . . .
discussion.post                   x x . . . . . . . . x . . . .
discussion.moderate               . x x x x x . . . . . . . . .
rollcall.make_sheets              . x x . x x x . . . . . . . .
rollcall.call_help                x x . . . . . . . . x . . . .
rollcall.answer_help              . . . . x x x . . . . . . . .
questioning.keep_groups           . x x x x x . . . . . . . . .
questioning.run                   . . x x . . . . . . . . . . .
questioning.keep_promises         . x x x x x . . . . . . . . .
questioning.read_promises         x x x x x x x x x . x x . . .
runsheet.read                     . x x x x x . . . . . . . . .
runsheet.keep                     . x x x x x . . . . . . . . .
sittings.keep                     . . . . x x . . . . . . . . .
sittings.read                     x x x x x x x x x . x x . . .
voting.prepare                    . x x . x x . . . . . . . . .
voting.run                        . . x . . . . . . . . . . . .
voting.cast                       x . . . . . . . . . . . . . .
voting.cast_for                   . . . . x x . . . . . . . . .
voting.confirm_spoken             . . x . . . . . . . . . . . .
voting.enter_counts               . x x . x x . . . . . . . . .
voting.keep_committee             . x x . x x . . . . . . . . .
voting.enter_figures              . . . . . . . . . x . . . . .
voting.settle_tie                 . x x . . . . . . . . . . . .
voting.take_evidence              . x x . x x . . . . . x . . .
voting.read_own_record            x x . . . . . . . . . . . . .
voting.read_record                . x . . x x x . . . . x . . .
rounds.keep                       . . . . x x . . . . . . . . .
rounds.answer                     x x . . . . . . . . . . . . .
rounds.read                       x x . . x x x . . . . x . . .
rounds.decide                     . x . . . . . . . . . . . . .
rounds.run_by_time                . . . . . . . . . . . . . . x
conclusions.read                  x x x x x x x x x . x x . . .
conclusions.write                 . . . . x x . . . . . . . . .
conclusions.sign_minutes          . x . . x x . . . . . . . . .
conclusions.approve               . x . . . . . . . . . . . . .
conclusions.sign                  . x . . . x . . . . . . . . .
conclusions.issue                 . . . . . x x . . . . . . . .
conclusions.keep_forms            . . . . x x . . . . . . . . .
conclusions.publish               . x . . . x . . . . . . . . .
conclusions.send_up               . . . . x x x . . . . . . . .
signing.keep_own_keys             x x x x x x x x x x x x x x .
signing.keep_body_keys            . . . . . x x . . . . . . . .
tasks.read                        x x x x x x x x x . x x . . .
tasks.report                      . . . . . . . x x . . . . . .
tasks.review                      . x . . x x . . . . . . . . .
tasks.keep                        . x . . x x . . . . . . . . .
tasks.release                     . x . . . x . . . . . . . . .
tasks.review_month                . x . . x x . . . . . . . . .
evaluation.grade                  . x . . . . . . . . . . . . .
evaluation.read                   . x . . x x . . . . . x . . .
evaluation.report                 . x . . x x x . . . . x . x .
evaluation.ledger                 . x . . x x x x x . . x . x .
evaluation.import_register        . . . . . . . . . . . . . x x
evaluation.keep_form              . x . . x x . . . . . . . . .
evaluation.answer_survey          x x . . . . . . . . . . . . .
evaluation.close_by_time          . . . . . . . . . . . . . . x
evaluation.keep_procedures        . . . . x x . . . . . . . . .
notify.read                       x x x x x x x x x x x x x x .
notify.set_channels               . . . . x x . . . . . . . . .
notify.send                       . . . . . . . . . . . . . . x
search.feed                       . . . . . . . . . . . . . . x
search.keep_own                   x x x x x x x x x x x x x x .
search.find_people                x x x x x x x x x . . x x x .
exchange.keep_clients             . . . . . . . . . . . . . x .
exchange.send                     . . . . . . . . . . . . . . x
opendata.show                     . x . . . x . . . . . . . . .
opendata.keep                     . . . . . . . . . . . . . . x
practice.hold                     . . . . x x . . . . . . . . .
records.keep_backups              . . . . . . . . . . . . . x x
records.keep_retention            . . . . . . . . . . . . . x .
records.take_archive              . . . . x x x . . . . . . . .
health.read                       . . . . . . . . . . . . . x .
records.keep                      . . . . . . . . . . . . . . x
"""


def test_the_table_is_what_is_written_here():
    written = {}
    for line in TABLE.strip().splitlines():
        name, *marks = line.split()
        written[Action(name)] = {role for role, mark in zip(Role, marks, strict=True) if mark == "x"}

    assert written == {action: set(roles) for action, roles in BY_ROLE.items()}
    assert {action: roles & set(Role) for action, roles in ALLOWED.items()} == written


# A right that can be given to one person beside the roles, and what it brings along.
RIGHTS = """
organization.manage_groups:
agenda.prepare: agenda.read rulebook.read invitations.see_replies
agenda.link_items: agenda.read
agenda.issue: agenda.read invitations.read
agenda.archive: agenda.read
invitations.see_replies: agenda.read
materials.read_board: agenda.read
materials.request: agenda.read materials.read_board
materials.grant_time: agenda.read materials.read_board
materials.review: agenda.read materials.read materials.read_board
materials.publish: agenda.read materials.read materials.read_board
calendars.keep_week: calendars.read_week
live.show_hall: agenda.read live.join
rollcall.make_sheets: agenda.read
rollcall.answer_help: agenda.read live.join
questioning.keep_groups: agenda.read
questioning.keep_promises: agenda.read questioning.read_promises
runsheet.keep: agenda.read runsheet.read
sittings.keep: agenda.read sittings.read
voting.prepare: agenda.read live.join
rounds.read:
rounds.keep: rounds.read
conclusions.write: agenda.read conclusions.read
tasks.keep: tasks.read
tasks.review: tasks.read
evaluation.read: agenda.read
evaluation.report:
evaluation.ledger:
evaluation.keep_procedures: evaluation.report
guides.keep:
practice.hold:
"""
DESK_ROLES = {Role.SECRETARY, Role.CHIEF, Role.CLERK}


def test_the_rights_that_can_be_given_are_those_written_here():
    written = {}
    for line in RIGHTS.strip().splitlines():
        name, _, brought = line.partition(":")
        written[Action(name)] = tuple(Action(each) for each in brought.split())

    assert {right: set(brought) for right, brought in GRANTABLE.items()} == {r: set(b) for r, b in written.items()}


def test_a_right_opens_itself_and_what_it_brings_along_and_nothing_else():
    for right, brought in GRANTABLE.items():
        assert set(actions_of({hat(right)})) == {right, *brought}


def test_what_can_be_given_is_work_of_the_desk_only():
    assert [right for right in GRANTABLE if not BY_ROLE[right] & DESK_ROLES] == []
    for never in (Action.CAST_BALLOT, Action.RUN_VOTE, Action.RUN_MEETING, Action.APPROVE_PROGRAMME, Action.SIGN_MINUTES):
        assert rights_for(never) == frozenset()
    assert rights_for(Action.KEEP_TABLETS) == frozenset(), "who pairs a tablet for the chair could come in as the chair"
    for never in (Action.MANAGE_PEOPLE, Action.GIVE_RIGHTS, Action.APPROVE_UNIT_PAPERS, Action.SIGN_CONCLUSIONS):
        assert rights_for(never) == frozenset()


def test_no_right_is_called_like_a_role():
    assert {role.value for role in Role} & {action.value for action in Action} == set()


def test_an_extra_right_is_a_hat_in_its_body_only():
    actor = Actor(1, 1, "Hoa", roles=frozenset({(1, Role.MEMBER), (2, Role.MEMBER)}), extra=frozenset({(1, Action.KEEP_WEEK)}))

    assert allows(Action.KEEP_WEEK, actor.roles_in(1))
    assert allows(Action.READ_WEEK, actor.roles_in(1))
    assert not allows(Action.KEEP_WEEK, actor.roles_in(2))
    assert actor.bodies_as(*ALLOWED[Action.KEEP_WEEK]) == {1}
    assert actor.bodies_as() == {1, 2}
    assert allows(Action.KEEP_WEEK, INSTALLATION.hats_of(actor, None))


def test_an_administrator_reads_no_papers_and_no_meetings():
    hats = {Role.ADMIN}

    forbidden = [Action.READ_MEETING, Action.READ_PAPERS, Action.READ_JOURNAL, Action.READ_CONCLUSIONS, Action.JOIN_LIVE]

    assert [action for action in forbidden if allows(action, hats)] == []


def test_only_members_vote():
    assert [role for role in Role if allows(Action.CAST_BALLOT, {role})] == [Role.MEMBER]


def test_a_role_in_one_body_is_worth_nothing_in_another():
    actor = Actor(1, 1, "Hoa", roles=frozenset({(1, Role.MEMBER)}))

    assert (actor.roles_in(1), actor.roles_in(2)) == (frozenset({Role.MEMBER}), frozenset())


def test_somebody_without_any_role_may_still_keep_the_own_account():
    nobody = Actor(1, 1, "Khách")

    assert allows(Action.KEEP_OWN_ACCOUNT, INSTALLATION.hats_of(nobody, None))


def test_what_hats_may_do_is_listed_in_the_order_of_the_table():
    listed = actions_of({Role.INSPECTOR})

    assert listed == [action for action in ALLOWED if Role.INSPECTOR in ALLOWED[action]]
