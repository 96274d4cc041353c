"""Mails as calendar programs write them."""

from email.message import EmailMessage


def reply(
    uid: str,
    sender: str = "hoa@giangbien.example",
    partstat: str = "ACCEPTED",
    sequence: int = 0,
    body: str = "",
    message_id: str = "<1@phone.example>",
    more: str = "",
    method: str = "REPLY",
    comment: str = "",
) -> bytes:
    """An answer to an invitation, as telephones and mail programs send it."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Phone//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        "DTSTAMP:20261123T020000Z",
        "DTSTART:20261210T010000Z",
        f"ATTENDEE;PARTSTAT={partstat}{more}:mailto:{sender}",
        "ORGANIZER:mailto:vanphong@giangbien.example",
        *([f"COMMENT:{comment}"] if comment else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    message = EmailMessage()
    message["From"] = f"Somebody <{sender}>"
    message["To"] = "vanphong@giangbien.example"
    message["Subject"] = "Re: Giấy mời"
    message["Message-ID"] = message_id
    message.set_content(body)
    message.add_alternative("\r\n".join(lines) + "\r\n", subtype="calendar", params={"method": method})
    return message.as_bytes()
