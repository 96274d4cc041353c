"""What the administrators can be told of the server: a backup that failed, a check that is bad."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "backup_failed": Words(
        "papers",
        N_("A backup failed"),
        N_("There is no new backup. The page on backups says why and what to do."),
        "alert-triangle",
        duty=True,
    ),
    "drill_failed": Words(
        "papers",
        N_("A backup could not be restored in the drill"),
        N_("It would not bring everything back. The page on backups says what differs."),
        "alert-triangle",
        duty=True,
    ),
    "health_bad": Words(
        "papers",
        N_("The system needs you: %(count)s checks are bad"),
        N_("The page on the health of the system says what is wrong and what to do."),
        "alert-triangle",
        duty=True,
    ),
    "webhook_switched_off": Words(
        "papers",
        N_("%(system)s has not taken any message for three days"),
        N_("Its address was switched off. Ask whoever answers for that system, then switch it on again."),
        "plug-connected-x",
        duty=True,
    ),
}
