"""Họp không giấy: one council carries its meetings from preparation to follow-up, without paper."""

VERSION = "0.8.0"  # the only place that says it: packages, pages and checks read it here
