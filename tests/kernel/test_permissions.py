"""Who may do what, written out: a change of the table must be made here too, with open eyes."""

from meeting.permissions import ALLOWED, INSTALLATION, Action, Actor, Role, actions_of, allows

# In order: member, chair, presider, presidium, secretary, chief of office, clerk, officer, head of unit, guest, inspector,
# unit admin, admin, system
TABLE = """
organization.manage               . . . . . . . . . . . . x x
organization.read                 . . . . . . . . . . . x x .
organization.manage_groups        . . . . x x . . . . . . . .
organization.read_sign_ins        . . . . . . . . . . . . x .
organization.keep_own_account     x x x x x x x x x x x x x .
catalogues.read                   x x x x x x x x x x x x x .
catalogues.manage                 . . . . x x . . . . . . x x
rulebook.read                     x x x x x x x x x x x . x x
rulebook.manage                   . x . . x x . . . . . . . .
rulebook.manage_calendar          . . . . x x . . . . . . x .
agenda.read                       x x x x x x x x x x x . . .
agenda.prepare                    . . . . x x . . . . . . . .
agenda.approve                    . x . . . x . . . . . . . .
agenda.issue                      . . . . x x x . . . . . . .
agenda.move                       . x x . x x . . . . . . . .
agenda.archive                    . . . . x x x . . . . . . .
agenda.reply                      x x . . . . . . . x . . . .
invitations.read                  x x x x x x x x x x x . . .
invitations.sign                  . x . . . x . . . . . . . .
invitations.see_replies           . x . . x x x . . . . . . .
invitations.decide_absence        . x . . x x . . . . . . . .
invitations.decide_substitute     . x . . . . . . . . . . . .
invitations.open_by_link          . . . . . . . . . . . . . x
documents.upload                  x x . . x x x x x . . . . .
documents.read_out                . . . . . . . . . . . . . x
documents.take_copy               x x x x x x x x x x x x x .
shelf.keep                        x x . . x x x x x . . . . .
materials.read                    x x . . x x x . . x . . . .
materials.read_board              . x . . x x x . . . x . . .
materials.request                 . . . . x x . . . . . . . .
materials.submit                  . . . . . . . x x . . . . .
materials.approve_for_unit        . . . . . . . . x . . . . .
materials.ask_time                . . . . . . . x x . . . . .
materials.grant_time              . . . . x x . . . . . . . .
materials.decide_late             . x x . . . . . . . . . . .
materials.review                  . . . . x x . . . . . . . .
materials.publish                 . . . . x x . . . . . . . .
materials.make_releases           . . . . . . . . . . . . . x
materials.see_readiness           . x x x x x . . . . . . . .
materials.keep_notes              x x x x x x x x x x x x x .
tablets.keep_own                  x x x x x x x x x x x x x .
notes.share                       x x . . x x x . . x . . . .
notes.carry                       . . . . . . . . . . . . . x
calendars.keep_own                x x x x x x x x x x x x x .
calendars.read_week               x x . . x x x x x . x . . .
calendars.keep_week               . . . . x x x . . . . . . .
calendars.publish_week            . x . . . x . . . . . . . .
calendars.take_replies            . . . . . . . . . . . . . x
live.join                         x x . . x x x . . x . . . .
live.see_desk                     . x x x x x . . . . . . . .
live.show_hall                    . x x x x x x . . . . . . .
live.check_in                     x x . . . . . . . x . . . .
live.correct_attendance           . . . . x x x . . . . . . .
live.run                          . . x . . . . . . . . . . .
live.hand_over                    . x x . . . . . . . . . . .
live.show_page                    . x x x x x . . . . . . . .
live.lead_page                    x x . . x x . . . x . . . .
live.read_journal                 . x . . x x . . . . x . . .
speaking.ask                      x x . . . . . . . x . . . .
speaking.enter                    . x x x x x . . . . . . . .
speaking.run                      . . x x . . . . . . . . . .
discussion.post                   x x . . . . . . . x . . . .
discussion.moderate               . x x x x x . . . . . . . .
rollcall.make_sheets              . x x . x x x . . . . . . .
rollcall.call_help                x x . . . . . . . x . . . .
rollcall.answer_help              . . . . x x x . . . . . . .
questioning.keep_groups           . x x x x x . . . . . . . .
questioning.run                   . . x x . . . . . . . . . .
questioning.keep_promises         . x x x x x . . . . . . . .
questioning.read_promises         x x x x x x x x x x x . . .
runsheet.read                     . x x x x x . . . . . . . .
runsheet.keep                     . x x x x x . . . . . . . .
sittings.keep                     . . . . x x . . . . . . . .
sittings.read                     x x x x x x x x x x x . . .
voting.prepare                    . x x . x x . . . . . . . .
voting.run                        . . x . . . . . . . . . . .
voting.cast                       x . . . . . . . . . . . . .
voting.enter_counts               . x x . x x . . . . . . . .
conclusions.read                  x x x x x x x x x x x . . .
conclusions.write                 . . . . x x . . . . . . . .
conclusions.sign_minutes          . x . . . x . . . . . . . .
conclusions.approve               . x . . . . . . . . . . . .
conclusions.sign                  . x . . . x . . . . . . . .
conclusions.issue                 . . . . . x x . . . . . . .
tasks.read                        x x x x x x x x x x x . . .
tasks.report                      . . . . . . . x x . . . . .
tasks.review                      . x . . x x . . . . . . . .
evaluation.grade                  . x . . . . . . . . . . . .
evaluation.read                   . x . . x x . . . . x . . .
evaluation.report                 . x . . x x x . . . x . x .
evaluation.ledger                 . x . . x x x x x . x . x .
evaluation.import_register        . . . . . . . . . . . . x x
notify.read                       x x x x x x x x x x x x x .
notify.set_channels               . . . . x x . . . . . . . .
notify.send                       . . . . . . . . . . . . . x
search.feed                       . . . . . . . . . . . . . x
records.keep                      . . . . . . . . . . . . . x
"""


def test_the_table_is_what_is_written_here():
    written = {}
    for line in TABLE.strip().splitlines():
        name, *marks = line.split()
        written[Action(name)] = {role for role, mark in zip(Role, marks, strict=True) if mark == "x"}

    assert written == {action: set(roles) for action, roles in ALLOWED.items()}


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
