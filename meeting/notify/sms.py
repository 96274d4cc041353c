"""The job that sends short messages through the gateway. What was begun is never sent a second time by itself."""

from meeting import config, jobs
from meeting.database import reading
from meeting.errors import Refused
from meeting.notify import queries, wishes
from meeting.notify.gateways import Outcome, ShortMessage, gateway
from meeting.notify.models import Delivery
from meeting.notify.salutation import called
from meeting.notify.short import message, parts, phone_number
from meeting.notify.wording import form_of, outside_words
from meeting.permissions import SYSTEM
from meeting.writer import perform


@jobs.job("notify.sms")
def send(deliveries: list[int]) -> None:
    """Sends the short messages that still wait; one that fails does not hold up the others."""
    way = gateway(config.settings())
    for delivery_id, written in _messages(deliveries):
        if isinstance(written, Outcome):
            _report(delivery_id, written)
        elif perform(SYSTEM, "notify.begin", {"delivery_id": delivery_id, "parts": written.parts})["go"]:
            _report(delivery_id, way.send(written))


def _messages(deliveries: list[int]) -> list[tuple[int, ShortMessage | Outcome]]:
    with reading() as session:
        found: list[tuple[int, ShortMessage | Outcome]] = []
        for row in queries.to_send(session, deliveries, "sending"):
            settings = wishes.settings_of(session, row.of_body)
            spoken = queries.language_of(session, row.notification.person_id)
            found.append((row.id, compose(row, spoken, settings.sms_marks, settings.sms_parts)))
        return found


def compose(row: Delivery, language: str, marks: bool, most_parts: int) -> ShortMessage | Outcome:
    """The message: to whom, what, where to open it; cut between words. A number that cannot be called fails for good."""
    told = row.notification
    try:
        phone = phone_number(row.address)
    except Refused as refused:
        return Outcome(error=refused.code, permanent=True)
    title, text = outside_words(told, language)
    who = called(told.person.full_name, told.person.honorific, form_of(told))
    public = config.settings().public_url
    written = message(f"{who}: {title}. {text}", f"{public}{told.url}" if public else "", marks, most_parts)
    return ShortMessage(f"notification-{told.id}", phone, written, parts(written))


def _report(delivery_id: int, outcome: Outcome) -> None:
    told = {"error": outcome.error, "permanent": outcome.permanent, "logged": outcome.logged}
    perform(SYSTEM, "notify.delivered", {"delivery_id": delivery_id, **told})
