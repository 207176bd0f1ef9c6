"""How a spot shows in a file of text, and what a reader must then answer."""

from datetime import date

from sdsf_analysis.demo.faults.page import TEXT_FORMATS, Page, Reading, Spot


def expected(spot: Spot, format_: str) -> Reading | None:
    """What a reader must answer for a spot in a format: a text shows 71,7 % where a workbook stores 0.717.

    Examples
    --------
    >>> expected(Spot(0.717, Reading("percent", 0.717)), "csv").value
    71.7
    """
    reading = spot.reading
    is_shown = format_ in TEXT_FORMATS and isinstance(spot.value, float)
    if reading and is_shown and reading.kind == "percent" and isinstance(reading.value, float):
        return Reading("percent", round(reading.value * 100, 1))
    return reading


def shown(spot: Spot) -> str:
    """Text of a spot in a file of text, as French writes it.

    Examples
    --------
    >>> shown(Spot(0.717, form="0.0%")), shown(Spot(1234.5)), shown(Spot(1004, form="00000"))
    ('71,7 %', '1234,5', '01004')
    """
    match spot.value:
        case None:
            return ""
        case date() as day:
            return f"{day:%d/%m/%Y}"
        case int() | float() if spot.form.startswith('"'):
            return spot.form.strip('"')
        case float() as value if spot.form.endswith("%"):
            return f"{value * 100:.1f} %".replace(".", ",")
        case float() as value:
            return f"{value}".replace(".", ",")
        case value:
            return str(value).zfill(len(spot.form) if set(spot.form) == {"0"} else 0)


def covered(page: Page) -> set[tuple[int, int]]:
    """Places (0-based) that the merged cells of a sheet cover, their own left out.

    Examples
    --------
    >>> from sdsf_analysis.demo.faults.page import Line
    >>> covered(Page("s", ("text",), (Line("title", (Spot("a", span=(1, 2)), Spot())),)))
    {(0, 1)}
    """
    return {
        (row + down, column + right)
        for row, line in enumerate(page.lines)
        for column, spot in enumerate(line.spots)
        for down in range(spot.span[0])
        for right in range(spot.span[1])
        if (down, right) != (0, 0)
    }
