"""How dates, times and numbers are written on screens: 24 hours, dd/mm/yyyy, comma for decimals, dot for thousands.

Times are aware; they are shown at the place of the council. None gives an empty text, so that templates stay short.
Where a day is said with its weekday, English readers get it as English says it: Tuesday, 24 November 2026.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup

from meeting.clock import local
from meeting.errors import N_
from meeting.web.seating import seat_points

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))


def as_day(value: date | datetime | str) -> date:
    """The local day of a moment; a date stays itself; an ISO text is read first."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return local(value).date() if isinstance(value, datetime) else value


def as_moment(value: datetime | str) -> datetime:
    """The moment at the council's place."""
    return local(datetime.fromisoformat(value) if isinstance(value, str) else value)


def write_date(value: date | datetime | str | None) -> str:
    """24/11/2026"""
    return "" if value is None else f"{as_day(value):%d/%m/%Y}"


def write_time(value: datetime | str | None) -> str:
    """08:00"""
    return "" if value is None else f"{as_moment(value):%H:%M}"


def write_datetime(value: datetime | str | None) -> str:
    """08:00, 24/11/2026"""
    return "" if value is None else f"{write_time(value)}, {write_date(value)}"


def write_weekday(value: date | datetime | str | None) -> str:
    """Thứ Năm"""
    return "" if value is None else gettext(WEEKDAYS[as_day(value).weekday()])


def in_english() -> bool:
    """Whether the reader's language is English."""
    spoken = get_locale()
    return spoken is not None and spoken.language == "en"


def write_full_date(value: date | datetime | str | None, joint: str = ", ") -> str:
    """Thứ Ba, 24/11/2026; in English Tuesday, 24 November 2026 whatever joins the two in Vietnamese"""
    if value is None:
        return ""
    if in_english():
        return format_date(as_day(value), "EEEE, d MMMM y", locale="en")
    return f"{write_weekday(value)}{joint}{write_date(value)}"


def mark_full_date(value: date | datetime | str | None, joint: str = ", ") -> Markup:
    """The same with its figures in their own face"""
    if value is None or in_english():
        return Markup.escape(write_full_date(value))
    return Markup('{}{}<span class="num">{}</span>').format(write_weekday(value), joint, write_date(value))


def write_month(value: date | datetime | str | None) -> str:
    """Tháng 11; in English November"""
    if value is None:
        return ""
    day = as_day(value)
    return format_date(day, "MMMM", locale="en") if in_english() else gettext("Month %(n)s", n=day.month)


def write_month_of_year(value: date | datetime | str | None) -> str:
    """Tháng 11/2026; in English November 2026"""
    if value is None:
        return ""
    day = as_day(value)
    if in_english():
        return format_date(day, "MMMM y", locale="en")
    return str(gettext("Month %(month)s/%(year)s", month=day.month, year=day.year))


def write_number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """42.600 or, with one decimal, 85,2"""
    if value is None:
        return ""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def write_size(size_bytes: int | None) -> str:
    """1,4 MB; whole numbers without the comma"""
    if size_bytes is None:
        return ""
    if size_bytes < 1024 * 1024:
        return f"{write_number(max(1, round(size_bytes / 1024)))} KB"
    megabytes = round(size_bytes / (1024 * 1024), 1)
    number, unit = (megabytes, "MB") if megabytes < 1024 else (round(megabytes / 1024, 1), "GB")
    return f"{write_number(number, 0 if number == int(number) else 1)} {unit}"


def initials(full_name: str | None) -> str:
    """Two letters for an avatar: of the middle and the given name, by which people are known (VT for Nguyễn Văn Toản)."""
    words = unicodedata.normalize("NFC", full_name or "").split()
    return "".join(word[0] for word in words[-2:]).upper()


def iso_date(value: date | datetime | str) -> str:
    """For <input type="date">."""
    return as_day(value).isoformat()


def iso_local(value: datetime | str) -> str:
    """For <input type="datetime-local">."""
    return f"{as_moment(value):%Y-%m-%dT%H:%M}"


FILTERS: dict[str, Callable[..., object]] = {
    "date": write_date,
    "time_of_day": write_time,
    "datetime": write_datetime,
    "weekday": write_weekday,
    "full_date": write_full_date,
    "full_day": mark_full_date,
    "month": write_month,
    "month_of_year": write_month_of_year,
    "number": write_number,
    "size": write_size,
    "initials": initials,
    "iso_date": iso_date,
    "iso_local": iso_local,
}


def register(app: Flask) -> None:
    """Give the templates these filters, and the seats of a half-circle."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["seat_points"] = seat_points
