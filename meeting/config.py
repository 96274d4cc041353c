"""Settings of one installation, read once from the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE_ADDRESS = "/source"  # this server hands out its own source, as the AGPL asks
MAX_UPLOAD_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """Where things lie and what is switched on. `data` holds `storage/` and `search_index/`."""

    data: Path
    database_url: str
    async_mode: str = "eventlet"
    smtp_url: str = ""
    smtp_from: str = "hop-khong-giay@localhost"
    imap_url: str = ""  # the mailbox that answers to invitations come to; empty: none is read
    sms_url: str = ""  # the gateway's address; empty: short messages are only written down
    sms_method: str = "POST"
    sms_headers: str = ""  # one JSON object of strings
    sms_body: str = ""  # JSON or form fields with {phone}, {text}, {parts} and {id} in them
    sms_form: str = "json"  # or form
    sms_phone: str = "international"  # 84912…; national 0912…; plus +84912…
    sms_expect: str = ""  # words that the answer holds when the gateway took the message
    push_contact: str = ""  # mailto: or https: address that push services may complain to
    push_hosts: tuple[str, ...] = ()  # more push services than the known ones
    public_url: str = ""
    source_address: str = SOURCE_ADDRESS
    virus_scanner: str = ""  # where clamd listens: unix:/run/clamav/clamd.ctl or tcp://host:3310; empty: files are not scanned
    max_upload_bytes: int = MAX_UPLOAD_BYTES
    behind_nginx: bool = False  # nginx stands before this server: it sends the files, and says who asks
    keys: Path = field(default_factory=lambda: Path("/run/meeting"))
    secure_cookies: bool = False

    @property
    def storage(self) -> Path:
        """Files, database, job queue and lock of this installation."""
        return self.data / "storage"

    @property
    def search_index(self) -> Path:
        """The search engine's own files: can always be rebuilt."""
        return self.data / "search_index"

    @classmethod
    def from_env(cls) -> "Settings":
        """Reads `MEETING_…` variables; without any, the checkout itself holds the data."""
        read = os.environ.get
        data = Path(read("MEETING_DATA") or CHECKOUT).resolve()
        default_url = f"sqlite:///{data / 'storage' / 'meeting.db'}"
        return cls(
            data=data,
            database_url=read("MEETING_DATABASE_URL") or default_url,
            async_mode=read("MEETING_ASYNC") or "eventlet",
            smtp_url=read("MEETING_SMTP_URL") or "",
            smtp_from=read("MEETING_SMTP_FROM") or "hop-khong-giay@localhost",
            imap_url=read("MEETING_IMAP_URL") or "",
            sms_url=read("MEETING_SMS_URL") or "",
            sms_method=(read("MEETING_SMS_METHOD") or "POST").upper(),
            sms_headers=read("MEETING_SMS_HEADERS") or "",
            sms_body=read("MEETING_SMS_BODY") or "",
            sms_form=read("MEETING_SMS_FORM") or "json",
            sms_phone=read("MEETING_SMS_PHONE") or "international",
            sms_expect=read("MEETING_SMS_EXPECT") or "",
            push_contact=read("MEETING_PUSH_CONTACT") or "",
            push_hosts=tuple((read("MEETING_PUSH_HOSTS") or "").split()),
            public_url=(read("MEETING_PUBLIC_URL") or "").rstrip("/"),
            source_address=read("MEETING_SOURCE_ADDRESS") or SOURCE_ADDRESS,
            virus_scanner=read("MEETING_VIRUS_SCANNER") or "",
            max_upload_bytes=int(read("MEETING_MAX_UPLOAD_BYTES") or MAX_UPLOAD_BYTES),
            behind_nginx=read("MEETING_BEHIND_NGINX") == "1",
            keys=Path(read("MEETING_KEYS") or "/run/meeting"),
            secure_cookies=(read("MEETING_PUBLIC_URL") or "").startswith("https://"),
        )


_settings: Settings | None = None


def settings() -> Settings:
    """The settings of this process, read from the environment at first use."""
    global _settings
    if _settings is None:
        _settings = Settings.from_env()
    return _settings


def use(chosen: Settings) -> None:
    """Replaces the settings of this process (the command line's --data; tests)."""
    global _settings
    _settings = chosen
