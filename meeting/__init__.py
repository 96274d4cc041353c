"""Họp không giấy: one council carries its meetings from preparation to follow-up, without paper."""
