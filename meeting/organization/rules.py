"""What may be said about people, roles and accounts. Values in, value or refusal out."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from meeting.errors import N_, Refused, declare
from meeting.grantable import GRANTABLE, JUDGES_UNITS
from meeting.organization.common_passwords import COMMON
from meeting.organization.names import folded
from meeting.permissions import Action, Role

PASSWORD_LEAST_CHARACTERS = 10  # length counts for more than mixed signs (NIST SP 800-63B, 5.1.1.2)
TEXT_SIZES = (100, 115, 130)  # percent
LANGUAGES = ("vi", "en")
USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")
EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s.,;<>\"()]+(\.[^@\s.,;<>\"()]+)+")
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,19}")
TERM = re.compile(r"\bkhóa\s+([IVXLC]+|\d{1,3})\b", re.IGNORECASE)
TERM_YEARS = re.compile(r"\bnhiệm kỳ\s+(\d{4})\s*[-–—]\s*(\d{4})", re.IGNORECASE)
BODY_ROLES = tuple(role for role in Role if role not in (Role.PRESIDER, Role.PRESIDIUM, Role.COUNTER, Role.ADMIN, Role.SYSTEM))


declare(
    {
        "wrong_password": N_("The present password is not right."),
        "password_short": N_("The password needs at least %(least)s characters: %(missing)s more."),
        "password_own_name": N_(
            "The password is made of your own name or user name. Choose words that nobody connects with you."
        ),
        "password_easy": N_("This password is too easy to guess. Choose several words that belong together only for you."),
        "account_locked": N_("This account is locked. Please ask the system administrator."),
        "username_taken": N_("The user name %(username)s is already taken."),
        "username_form": N_("A user name has small plain letters, digits, dots and dashes, and begins with a letter."),
        "email_form": N_("%(email)s is not a mail address."),
        "phone_form": N_("%(phone)s is not a telephone number."),
        "unit_exists": N_("There is already a unit with the name %(name)s."),
        "body_exists": N_("There is already a body with the name %(name)s."),
        "term_unreadable": N_("Write the term like this: khóa II, nhiệm kỳ 2026 – 2031."),
        "unit_has_people": N_("%(count)s people still belong to this unit. Move them first."),
        "role_held": N_("%(name)s already has this role."),
        "role_over": N_("This role has already ended."),
        "role_beyond_unit": N_("A unit's administrator gives and ends the roles of officers and heads only."),
        "beyond_unit": N_("%(name)s has duties beyond the unit. Please ask the system administrator."),
        "body_retired": N_("%(name)s no longer meets."),
        "person_gone": N_("%(name)s is no longer in service."),
        "hours_end_before_start": N_("Office hours end before they begin."),
        "unit_has_units": N_("%(count)s units still lie below this one. Move or end them first."),
        "unit_ended_above": N_("The unit %(name)s above it has ended. Choose another one first."),
        "right_unknown": N_("This right cannot be given beside a role."),
        "right_needs_role": N_("%(name)s has no role in %(body)s on that day. A right needs one."),
        "right_judges_own": N_("Who hands in papers or reports tasks of a unit cannot judge what units hand in."),
        "right_held": N_("%(name)s already has this right."),
        "right_over": N_("This right has already ended."),
        "right_own": N_("Nobody gives rights to themselves."),
        "term_ends_before_start": N_("The last day lies before the first day."),
        "own_account": N_("You cannot lock your own account or take away your own administration."),
        "last_administrator": N_("The system needs at least one administrator."),
        "import_has_problems": N_("The file has %(count)s problems. Nothing was imported."),
        "unreadable_table": N_("This file cannot be read as a table. Use CSV (UTF-8) or XLSX."),
        "too_many_rows": N_("The file has more than %(most)s lines."),
        "first_used": N_("This address for the first administrator is no longer valid."),
        "token_form": N_("The token's SHA-256 must have 64 hexadecimal digits."),
    }
)


def check_password(password: str, username: str, full_name: str) -> None:
    """Demands a password that is long, not made of the person's own name and not one that everybody tries first.

    Refused as `password_short` (and by how much), `password_own_name` or `password_easy`. No change at fixed times and no mixed
    signs are demanded.
    """
    if len(password) < PASSWORD_LEAST_CHARACTERS:
        raise Refused("password_short", least=PASSWORD_LEAST_CHARACTERS, missing=PASSWORD_LEAST_CHARACTERS - len(password))
    plain = re.sub(r"[^a-z0-9]", "", folded(password))
    own = {re.sub(r"[^a-z0-9]", "", folded(username)), re.sub(r"[^a-z0-9]", "", folded(full_name))} - {""}
    if _is_made_of(plain, own):
        raise Refused("password_own_name")
    if len(set(password)) < 5 or _is_made_of(plain, own | COMMON) or _is_run(plain):
        raise Refused("password_easy")


def _is_made_of(plain: str, words: Iterable[str]) -> bool:
    """Whether next to nothing is left when these words are taken out."""
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < 4 and rest != plain


def _is_run(plain: str) -> bool:
    """Whether all signs follow each other: 1234567890, abcdefghij."""
    return len(plain) > 2 and len({ord(b) - ord(a) for a, b in pairwise(plain)}) == 1


def check_username(username: str) -> None:
    """Demands a user name that can be typed on any keyboard; refused as `username_form`."""
    if not USERNAME.fullmatch(username):
        raise Refused("username_form", username=username)


def check_contacts(email: str, phone: str) -> None:
    """Demands contacts that can be used; empty ones are fine. Refused as `email_form` or `phone_form`."""
    if email and not EMAIL.fullmatch(email):
        raise Refused("email_form", email=email)
    if phone and not PHONE.fullmatch(phone):
        raise Refused("phone_form", phone=phone)


def check_term(starts_on: date, ends_on: date | None) -> None:
    """Demands that a role does not end before it begins; refused as `term_ends_before_start`. Both days belong to the term."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused("term_ends_before_start")


def check_term_words(term: str) -> None:
    """Demands that a body's term names its number or its years, so that forms can print them; refused as `term_unreadable`."""
    if term and not (TERM.search(term) or TERM_YEARS.search(term)):
        raise Refused("term_unreadable")


def holds_on(day: date, starts_on: date, ends_on: date | None) -> bool:
    """Whether a role holds on a day: the first and the last day count."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def terms_meet(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two terms have a day in common."""
    begins = max(one[0], other[0])
    return all(end is None or begins <= end for _, end in (one, other))


def check_hours(opens_at: str, closes_at: str) -> None:
    """Demands office hours of some length; refused as `hours_end_before_start`."""
    if closes_at <= opens_at:
        raise Refused("hours_end_before_start")


def last_day(terms: Iterable[tuple[date, date | None]], today: date) -> date | None:
    """The last day on which one of these roles holds, None while one has no end; yesterday when none holds any more."""
    last = date.fromordinal(today.toordinal() - 1)
    for _, ends_on in terms:
        if ends_on is None:
            return None
        last = max(last, ends_on)
    return last


UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})


def rights_in_force(roles: Iterable[tuple[int, Role]], rights: Iterable[tuple[int, str]]) -> frozenset[tuple[int, Action]]:
    """The extra rights that count beside these roles: known ones, in bodies where there is a role at all.

    What judges the work of units is of no force for somebody who hands it in, in whichever body.
    """
    held = list(roles)
    bodies, hands_in = {body for body, _ in held}, any(role in UNIT_ROLES for _, role in held)
    known = {right.value: right for right in GRANTABLE if not (hands_in and right in JUDGES_UNITS)}
    return frozenset((body, known[name]) for body, name in rights if body in bodies and name in known)


def check_administrators(administrators: Iterable[int], leaving: int) -> None:
    """Demands that somebody can still administer the system; refused as `last_administrator`."""
    if not set(administrators) - {leaving}:
        raise Refused("last_administrator")
