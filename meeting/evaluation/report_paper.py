"""A report as an official paper (báo cáo): its words and figures as the layouts take them; the PDF; pictures of its charts."""

import json
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any, cast

import typst

from meeting.documents.phrases import balanced
from meeting.documents.typeset import FONTS, LAYOUTS, Block, Layout, Sheet, Signature, body_lines, place_and_date, typeset
from meeting.evaluation.numbers import Share
from meeting.evaluation.tables import Cell, Chart, Column, Report, Table
from meeting.evaluation.telling import Telling, vietnamese
from meeting.organization.models import Body
from meeting.organization.signing import signature_lines
from meeting.organization.symbols import symbol

TITLE = "BÁO CÁO"
KIND = "BC"
DOTS_PER_INCH = 160.0
WIDTHS = {"text": 5, "share": 4, "words": 4, "number": 3, "date": 3}


def heading_body(bodies: Sequence[Body]) -> Body:
    """In whose name the report is written: the body it is on; of several the committee, else the first one."""
    return next((body for body in bodies if body.kind == "committee"), bodies[0]) if len(bodies) > 1 else bodies[0]


def sheet_of(report: Report, body: Body) -> dict[str, Any]:
    """The whole report as the layout takes it. Number, date and signature stay open: it is a draft to be signed."""
    tell = vietnamese()
    about = f"{tell.say(report.title)} {report.opening[0].lower()}{report.opening[1:]}"
    opening = f"{report.opening}:" if len(report.sentences) > 1 else f"{report.opening}, "
    one = len(report.sentences) == 1
    said = [f"{opening}{report.sentences[0]}"] if one else [opening, *report.sentences]
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title=TITLE)
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["symbol"] = symbol(KIND, body.symbol_code, body.is_party)
    sheet["place_date"] = place_and_date(body.place, None)
    sheet["abstract"] = balanced(about)
    closing = "Số liệu chi tiết tại phụ lục kèm theo."
    sheet["blocks"] = [Block(kind="p", text=text) for text in (*said, *report.further, closing)]
    sheet["recipients"] = ["Lưu: VT."]
    sheet["signature"] = Signature(lines=signature_lines("chair", body.kind, body.name, ""), name="")
    charts = [chart_of(each, tell) for each in report.charts if each.labels]
    tables = [table_of(each, tell) for each in report.tables]
    return {**sheet, "under": about, "charts": charts, "tables": tables}


def pdf(report: Report, body: Body) -> bytes:
    """The report as PDF."""
    return typeset(cast(Layout, "report"), cast(Sheet, sheet_of(report, body)))


def chart_of(chart: Chart, tell: Telling) -> dict[str, Any]:
    """A chart as the layouts draw it."""
    series = [{"label": tell.say(each.label), "values": list(each.values), "tone": each.tone} for each in chart.series]
    drawn = {"kind": chart.kind, "title": tell.say(chart.title), "labels": [tell.value(each) for each in chart.labels]}
    if chart.kind == "columns":
        return {**drawn, "series": series}
    shares = chart.shares()
    told = [f"{tell.value(share.part)} ({share.percent()})" if share.whole else tell.value(share.part) for share in shares]
    percents = [(share.hundredths or 0) / 100 for share in shares]
    return {**drawn, "shares": percents, "told": told, "tones": list(chart.tones) or ["notice"] * len(shares)}


def picture(chart: Chart) -> bytes:
    """A chart as a PNG picture, drawn from the same figures."""
    drawn = unicodedata.normalize("NFC", json.dumps(chart_of(chart, vietnamese()), ensure_ascii=False))
    made: bytes = typst.compile(
        str(LAYOUTS / "report_chart.typ"),
        root=str(LAYOUTS),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"chart": drawn},
    )
    return made


def table_of(table: Table, tell: Telling) -> dict[str, Any]:
    """A table as the layout sets it: every value written out."""
    left = [at for at, column in enumerate(table.columns) if column.kind in ("text", "words")]
    return {
        "title": tell.say(table.title),
        "head": heads(table.columns, tell),
        "rows": [written(row, tell) for row in table.rows],
        "foot": written(table.foot, tell),
        "left": left,
        "widths": [WIDTHS[column.kind] for column in table.columns],
        "note": tell.say(table.note) if table.note else "",
        "empty": tell.say(table.empty) if table.empty else "",
    }


def written(row: Sequence[Cell], tell: Telling) -> list[str]:
    """The values of a row as text."""
    return [tell.value(cell.value) if not _empty_share(cell) else "–" for cell in row]


def _empty_share(cell: Cell) -> bool:
    return isinstance(cell.value, Share) and not cell.value.whole


def heads(columns: Sequence[Column], tell: Telling) -> list[list[dict[str, Any]]]:
    """The rows of a table's head: one, or two where columns stand together under a heading."""
    if not any(column.group for column in columns):
        return [[{"text": tell.say(column.label)} for column in columns]]
    above: list[dict[str, Any]] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if group:
            above.append({"text": tell.say(group), "colspan": len(found)})
        else:
            above += [{"text": tell.say(column.label), "rowspan": 2} for column in found]
    return [above, [{"text": tell.say(column.label)} for column in columns if column.group]]
