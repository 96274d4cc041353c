"""Inviting: the official invitation, answers, absences, substitutes, guests by personal link."""
