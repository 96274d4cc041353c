"""Pure rules of who signs the papers of a body, and what stands above the signature."""

from meeting.permissions import Role

PLACES = (" phường ", " xã ", " đặc khu ", " thị trấn ")


def signing_role(signer: str) -> Role:
    """Whose signature the papers of a kind of meeting need: "chief" or "chair".

    UBND: the Chánh Văn phòng, by order of the chairman (NĐ 315/2025, Điều 15.3, 25.7). Other bodies: who presided.
    """
    return Role.CHIEF if signer == "chief" else Role.CHAIR


def signature_lines(signer: str, body_kind: str, body_name: str, position: str) -> list[str]:
    """Authority and office above a signature, in capitals.

    By order: "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG" (NĐ 315/2025, Điều 15.3). HĐND: "TM. HỘI ĐỒNG NHÂN DÂN / CHỦ TỊCH", for a
    deputy "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" (NĐ 30/2020, Phụ lục I, II.7). Party: "T/M ĐẢNG ỦY / BÍ THƯ" (HD 36, 1.7).
    """
    deputy = position.casefold().startswith("phó")
    if body_kind == "party":
        return ["T/M ĐẢNG ỦY", "PHÓ BÍ THƯ" if deputy else "BÍ THƯ"]
    if signing_role(signer) is Role.CHIEF:
        return ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    if deputy:
        return ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    return [f"TM. {without_place(body_name).upper()}", "CHỦ TỊCH"]


def standing_signature_lines(position: str) -> list[str]:
    """Above the signature of a decision of the Standing Body: "TM. THƯỜNG TRỰC HĐND / CHỦ TỊCH"."""
    deputy = position.casefold().startswith("phó")
    return ["TM. THƯỜNG TRỰC HĐND", "PHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH"]


def without_place(body_name: str) -> str:
    """The body without its ward or commune: "Hội đồng nhân dân" out of "Hội đồng nhân dân phường Giang Biên"."""
    for word in PLACES:
        if word in body_name:
            return body_name.partition(word)[0]
    return body_name
