"""How people are addressed: Ông/Bà and the name, or Đồng chí, by the body's setting. Pure."""

from meeting.errors import N_

FORMS = ("ong_ba", "dong_chi")
DEAR = N_("Dear %(called)s,")


def called(full_name: str, honorific: str, form: str) -> str:
    """Somebody by name: "Đồng chí Lê Anh Tuấn", "Ông Lê Anh Tuấn", or "Ông/Bà Lê Anh Tuấn" where nothing is on file."""
    if form == "dong_chi":
        return f"Đồng chí {full_name}"
    return f"{honorific or 'Ông/Bà'} {full_name}"


def you(honorific: str, form: str, language: str) -> str:
    """The reader in a sentence: "đồng chí", "Ông", "Bà" or "Ông/Bà"; in English "you"."""
    if language == "en":
        return "you"
    return "đồng chí" if form == "dong_chi" else honorific or "Ông/Bà"
