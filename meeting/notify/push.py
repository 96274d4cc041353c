"""The job that sends messages to browsers (Web Push, RFC 8030): encrypted for the device, signed with the installation's key."""

import json
from typing import Any

import requests

from meeting import config, jobs
from meeting.database import reading
from meeting.notify import queries, vapid
from meeting.notify.channels import push_contact
from meeting.notify.devices import allowed_endpoint
from meeting.notify.gateways import MAY_PASS
from meeting.notify.models import Delivery, PushDevice
from meeting.notify.wording import outside_words
from meeting.permissions import SYSTEM
from meeting.writer import perform

TIMEOUT_SECONDS = 15
KEEP_SECONDS = 24 * 3600  # how long the push service keeps it for a device that is off
GONE = frozenset({404, 410})  # the subscription has ended (RFC 8030, 7.3)
MOST_LETTERS = 300


@jobs.job("notify.push")
def send(deliveries: list[int]) -> None:
    """Sends the messages that still wait; one that fails does not hold up the others."""
    with reading() as session:
        waiting = [
            (row.id, row.device, payload(row, queries.language_of(session, row.notification.person_id)))
            for row in queries.to_send(session, deliveries)
            if row.device is not None
        ]
    for delivery_id, device, written in waiting:
        perform(SYSTEM, "notify.delivered", {"delivery_id": delivery_id, **attempt(device, written)})


def payload(row: Delivery, language: str) -> str:
    """What the device shows: heading, sentence, where to go. Of a closed meeting only that there is news. At most 3 KB."""
    told = row.notification
    title, text = outside_words(told, language)
    shown = {"title": title[:MOST_LETTERS], "body": text[:MOST_LETTERS], "url": told.url, "tag": f"notification-{told.id}"}
    return json.dumps(shown, ensure_ascii=False)


def attempt(device: PushDevice, written: str) -> dict[str, Any]:
    """One message to one device: what `notify.delivered` wants to know of it."""
    from pywebpush import WebPushException, webpush  # noqa: PLC0415 - heavy, and only the worker sends

    if device.ended_at is not None:
        return {"error": "device_ended", "permanent": True}
    if not allowed_endpoint(device.endpoint, config.settings()):
        return {"error": "device_address_refused", "permanent": True}
    line = requests.Session()
    line.max_redirects = 0
    try:
        webpush(
            {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
            data=written,
            vapid_private_key=vapid.raw_private_key(),
            vapid_claims={"sub": push_contact(config.settings())},
            ttl=KEEP_SECONDS,
            timeout=TIMEOUT_SECONDS,
            requests_session=line,
        )
    except WebPushException as refused:
        return _outcome(refused)
    except (requests.RequestException, ValueError) as problem:
        return {"error": type(problem).__name__, "permanent": isinstance(problem, ValueError)}
    return {}


def _outcome(refused: Any) -> dict[str, Any]:
    status = refused.response.status_code if refused.response is not None else 0
    return {
        "error": f"HTTP {status}",
        "gone": status in GONE,
        "permanent": 300 <= status < 500 and status not in MAY_PASS,
    }
