"""The register of what was asked of the fictitious partners: received in time or late, twice, never."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Column, Document, Row, Sheet, Table, Value
from sdsf_analysis.demo.layouts import FICTITIOUS, file_name
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.model.requests import REQUESTS, TITLES

# Kind as the register names it, layout of the demo, who is asked, asked, due, received, version, remark. A
# layout without a name is a file that never came; « sans nom » leaves the file to be told by its kind.
_AUTUMN, _WINTER = date(2024, 11, 4), date(2024, 12, 2)
_DUE, _SOON = date(2024, 11, 29), date(2024, 12, 20)
_DATES = ("asked_on", "due_on", "received_on")
_LINES: tuple[tuple[Value | Cell, ...], ...] = (
    ("ctg", "ctg", "Caf", _AUTUMN, _DUE, date(2024, 11, 26), "V1", FICTITIOUS),
    ("officers", "officers", "Caf", _AUTUMN, _DUE, date(2024, 12, 9), "V1", "relance le 2 décembre"),
    ("eaje", "eaje", "Caf", _AUTUMN, _DUE, date(2024, 11, 28), "réel 2024", None),
    ("eaje", None, "Caf", _WINTER, _SOON, None, "prévisionnel 2025", None),
    ("alsh", "sans nom", "Caf", _AUTUMN, _DUE, date(2024, 11, 29), None, None),
    ("parenting", "parenting", "Caf", _WINTER, _SOON, date(2024, 12, 19), "2024", None),
    ("avs", "avs", "Caf", _WINTER, _SOON, date(2024, 12, 20), "2024", None),
    ("avs", None, "Caf", date(2024, 12, 16), date(2025, 1, 31), None, "agréments 2025", None),
    ("msa_families", "msa", "MSA", _AUTUMN, _DUE, date(2024, 12, 16), None, None),
    ("childminders", "PMI assistants maternels (V1).xlsx", "Conseil départemental", _AUTUMN, _DUE,
     date(2024, 11, 27), "V1", "deux communes oubliées : redemandé"),
    ("childminders", "pmi", "Conseil départemental", _WINTER, _SOON, date(2024, 12, 18), "V2", None),
    ("childminders", None, "Conseil départemental", _WINTER,
     Cell("courant janvier", "", "request_date_unread", "date attendue en toutes lettres"), None,
     "agréments au 1er janvier 2025", None),
    ("eaje", "EAJE activité 2021-2023.xlsx", "Caf", date(2023, 11, 6), date(2023, 12, 15), date(2023, 12, 14),
     "réel 2023", None),
)  # fmt: skip


def requests_document(setting: Setting) -> Document:
    """Write the register of a département.

    Examples
    --------
    >>> table = requests_document(Setting("01")).sheets[0].tables[0]
    >>> table.rows[0].cells[:3], len(table.rows)
    (('D-01', 'ctg', "Caf de l'Ain"), 13)
    """
    rows = tuple(Row(_cells(rank, line, setting)) for rank, line in enumerate(_LINES, 1))
    columns = tuple(Column((title,), "date" if name in _DATES else "text") for name, title in TITLES.items())
    # Excel opens a UTF-8 file well where a BOM says so
    return Document(REQUESTS, (Sheet("", (), (Table("", columns, rows=rows),)),), "utf-8-sig")


def _cells(rank: int, line: tuple[Value | Cell, ...], setting: Setting) -> tuple[Value | Cell, ...]:
    kind, layout, partner, asked, due, received, version, remark = line
    return (
        f"D-{rank:02d}",
        kind,
        f"{partner} {setting.of}",
        asked,
        due,
        received,
        _file(layout),
        version,
        remark,
    )


def _file(layout: Value | Cell) -> str | None:
    if layout is None or layout == "sans nom":
        return None
    name = str(layout)
    return name if "." in name else file_name(name)
