"""Pages of a body's forms: the kinds of documents it issues, and the form of one."""

from meeting.clock import today
from meeting.conclusions import form_queries, life_queries
from meeting.conclusions.kinds import FORM_KINDS
from meeting.conclusions.proposals import PLACES
from meeting.conclusions.signing_rules import block_sentence
from meeting.conclusions.views import pages
from meeting.errors import Missing
from meeting.organization.numbering import next_number_of
from meeting.organization.symbols import full_symbol
from meeting.web.doors import actor, page, session


@pages.get("/paper-forms")
def paper_forms() -> str:
    """Each body with its kinds of documents: who signs, whether words are kept, who numbers."""
    store, rows = session(), []
    for body in form_queries.kept_bodies(store, actor()):
        kinds = []
        for kind in form_queries.kinds_of(body):
            form = life_queries.form_of(store, body.id, kind.code)
            lines, person = form_queries.signature(store, body, kind, form)
            number = next_number_of(store, body, kind.code, today())
            kinds.append(
                {
                    "kind": kind,
                    "form": form,
                    "sentence": block_sentence(lines, person.full_name if person else "", form_queries.UNKNOWN),
                    "next": full_symbol(number, kind.code, body.symbol_code, body.is_party),
                }
            )
        rows.append({"body": body, "kinds": kinds})
    return page("conclusions/forms.html", rows=rows)


@pages.get("/paper-forms/<int:body_id>/<kind>")
def paper_form(body_id: int, kind: str) -> str:
    """The form of one kind of document of a body."""
    body = form_queries.kept_body(session(), actor(), body_id)
    if kind not in FORM_KINDS or not FORM_KINDS[kind].of_body(body.kind):
        raise Missing()
    form = life_queries.form_of(session(), body.id, kind)
    lines, person = form_queries.signature(session(), body, FORM_KINDS[kind], form)
    return page(
        "conclusions/form.html",
        body=body,
        paper_kind=FORM_KINDS[kind],
        form=form,
        lines=lines,
        signer=person,
        people=form_queries.people_of(session(), body),
        places=PLACES,
    )
