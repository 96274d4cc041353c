"""Where kinds of documents are in use is said with the meetings that the person may know of."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.catalogues.models import CatalogueEntry
from meeting.materials.models import Requirement
from tests.conftest import Council


def test_a_kind_of_document_names_the_meetings_it_is_asked_for(
    council: Council, do: Callable[..., dict[str, Any]], client: Callable[[str], FlaskClient]
):
    (entry,) = council.write(CatalogueEntry(kind="document_type", name="Tờ trình", abbreviation="TTr", style="state"))
    meeting = council.meeting()
    item = council.items(meeting)[0]
    do("minh", "materials.request", meeting_id=meeting, item_id=item, unit_id=council.unit("kinh_te"), what="Tờ trình dự toán")
    council.update(Requirement, council.one(select(Requirement.id)), document_type_id=entry)

    seen = client("minh").get(f"/catalogues/document-types?edit={entry}").get_data(as_text=True)
    hidden = client("admin").get(f"/catalogues/document-types?edit={entry}").get_data(as_text=True)

    assert f"/meetings/{meeting}" in seen
    assert f"/meetings/{meeting}" not in hidden
    assert "Được nêu ở 1 nơi" in hidden
