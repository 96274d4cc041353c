"""Settings of one installation, read once from the environment."""

import os
import secrets
import tempfile
from contextlib import suppress
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
    webhook_hosts: tuple[str, ...] = ()  # names in this network that other systems may be told at, also over plain http
    public_url: str = ""
    source_address: str = SOURCE_ADDRESS
    virus_scanner: str = ""  # where clamd listens: unix:/run/clamav/clamd.ctl or tcp://host:3310; empty: files are not scanned
    max_upload_bytes: int = MAX_UPLOAD_BYTES
    behind_nginx: bool = False  # nginx stands before this server: it sends the files, and says who asks
    nginx_reads: bool = True  # and it can read this machine's folder; else this server sends the files itself
    keys: Path = field(default_factory=lambda: Path("/run/meeting"))
    secure_cookies: bool = False
    tls_certificate: Path | None = None  # the chain this server serves https with; None: plain http, or nginx before it
    tls_key: Path | None = None
    redirect_port: int = 0  # a plain port that leads to the safe one; 0: none
    hsts_seconds: int = 0  # so long browsers refuse plain http to this name; 0: they are told nothing
    trust_roots: Path | None = None  # certificates of the issuers of signatures this installation trusts
    search_engine: str = ""  # whoosh or postgresql; empty: as the database is
    backups: Path | None = None  # where backups are laid; None: beside the data
    backup_key_file: Path | None = None  # the key backups are encrypted for: the public one, or the secret one
    metrics_token: str = ""  # who may read /metrics from elsewhere than this machine; empty: nobody
    s3_url: str = ""  # where files lie, with the bucket: https://host:port/bucket; empty: in storage/
    s3_key: str = ""
    s3_secret: str = field(default="", repr=False)
    s3_region: str = "us-east-1"
    s3_cache_bytes: int = 20 * 1024**3  # how much of them may lie on this machine too
    pkcs11_modules: tuple[str, ...] = ()  # drivers of tokens that may be used for signing: full paths
    redis_url: str = ""  # redis://host:6379/0: what several processes tell each other; empty: there is one
    session_key_file: Path | None = None  # the secret that signs cookies, where it does not lie with the data

    @property
    def storage(self) -> Path:
        """Files, database, job queue and lock of this installation."""
        return self.data / "storage"

    @property
    def nginx_sends(self) -> bool:
        """Whether files are left to nginx."""
        return self.behind_nginx and self.nginx_reads

    @property
    def session_key(self) -> Path:
        """Where the secret that signs session cookies lies."""
        return self.session_key_file or self.storage / "session.key"

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
            webhook_hosts=tuple((read("MEETING_WEBHOOK_HOSTS") or "").lower().split()),
            public_url=(read("MEETING_PUBLIC_URL") or "").rstrip("/"),
            source_address=read("MEETING_SOURCE_ADDRESS") or SOURCE_ADDRESS,
            virus_scanner=read("MEETING_VIRUS_SCANNER") or "",
            max_upload_bytes=int(read("MEETING_MAX_UPLOAD_BYTES") or MAX_UPLOAD_BYTES),
            behind_nginx=read("MEETING_BEHIND_NGINX") == "1",
            nginx_reads=read("MEETING_NGINX_READS") != "0",
            keys=Path(read("MEETING_KEYS") or "/run/meeting"),
            secure_cookies=(read("MEETING_PUBLIC_URL") or "").startswith("https://") or bool(read("MEETING_TLS_CERTIFICATE")),
            tls_certificate=Path(chain) if (chain := read("MEETING_TLS_CERTIFICATE")) else None,
            tls_key=Path(tls_key) if (tls_key := read("MEETING_TLS_KEY")) else None,
            redirect_port=int(read("MEETING_REDIRECT_PORT") or 0),
            hsts_seconds=int(read("MEETING_HSTS_SECONDS") or 0),
            trust_roots=Path(roots) if (roots := read("MEETING_TRUST_ROOTS")) else None,
            search_engine=read("MEETING_SEARCH") or "",
            redis_url=read("MEETING_REDIS_URL") or "",
            session_key_file=Path(chosen) if (chosen := read("MEETING_SESSION_KEY_FILE")) else None,
            backups=Path(folder) if (folder := read("MEETING_BACKUPS")) else None,
            backup_key_file=Path(key_file) if (key_file := read("MEETING_BACKUP_KEY_FILE")) else None,
            metrics_token=read("MEETING_METRICS_TOKEN") or "",
            s3_url=(read("MEETING_S3_URL") or "").rstrip("/"),
            s3_key=read("MEETING_S3_KEY") or "",
            s3_secret=read("MEETING_S3_SECRET") or _written(read("MEETING_S3_SECRET_FILE")),
            s3_region=read("MEETING_S3_REGION") or "us-east-1",
            s3_cache_bytes=int(read("MEETING_S3_CACHE_BYTES") or 20 * 1024**3),
            pkcs11_modules=tuple(path for path in (read("MEETING_PKCS11_MODULES") or "").split(os.pathsep) if path),
        )


def _written(file: str | None) -> str:
    """What a file holds that a secret is kept in."""
    return Path(file).read_text(encoding="utf-8").strip() if file else ""


_settings: Settings | None = None


def settings() -> Settings:
    """The settings of this process, read from the environment at first use."""
    global _settings
    if _settings is None:
        _settings = Settings.from_env()
    return _settings


def session_secret() -> str:
    """The secret of the installation that signs session cookies and codes: made once, whichever process comes first."""
    path = settings().session_key
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=".session-key-")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):  # another process was sooner: its secret is the one
            os.link(made, path)
        os.unlink(made)
    return path.read_text()


def use(chosen: Settings) -> None:
    """Replaces the settings of this process (the command line's --data; tests)."""
    global _settings
    _settings = chosen
