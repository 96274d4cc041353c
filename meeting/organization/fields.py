"""Kinds of input fields that several acts take."""

from typing import Annotated, Literal

from pydantic import Field

Title = Annotated[str, Field(min_length=1, max_length=300)]
Short = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(max_length=300)]
Rank = Annotated[int, Field(ge=0, le=9999)]
Honorific = Literal["", "Ông", "Bà", "Đồng chí"]
BodyRole = Literal["member", "chair", "secretary", "chief", "clerk", "officer", "head", "guest", "inspector", "unit_admin"]
