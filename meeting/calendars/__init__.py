"""Calendars: files and invitations by mail, answers read back, private feeds, personal, unit and weekly calendars."""
