"""What both days share: the plants, the statement that grows, the pages that she opens each morning and evening."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from resources.demo_maker.desk import Win
from resources.demo_maker.web import firefox, grid, head, page

PLANTS = (
    ("ALN", "Alnus glutinosa", "10-12 cm", 9),
    ("BET", "Betula pubescens", "10-12 cm", 6),
    ("SAL", "Salix viminalis", "60-80 cm", 40),
    ("CAL", "Caltha palustris", "P9", 120),
    ("CAR", "Carex pendula", "2 L", 85),
    ("DES", "Deschampsia cespitosa", "P9", 210),
    ("FIL", "Filipendula ulmaria", "P9", 140),
    ("GEU", "Geum rivale", "P9", 160),
    ("IRI", "Iris pseudacorus", "1 L", 115),
    ("LUZ", "Luzula sylvatica", "P9", 180),
    ("LYT", "Lythrum salicaria", "P9", 125),
)
ADDED = (("PER", "Persicaria bistorta", "P9", 90), ("VAL", "Valeriana officinalis", "P9", 60))
PARAGRAPHS = (
    "The planting follows the water. On the upper terrace, where the old dye works leave a thin and stony soil, "
    "birch and grasses stand in loose groups; towards the cut the ground becomes wetter and the planting denser.",
    "The reed bed R1 along the cut is kept and widened by two metres. It slows the run-off from the terrace, gives "
    "cover to the moorhens, and needs no mowing in summer.",
    "All plants come from nurseries that grow without peat. The contractor shows the delivery notes before planting; "
    "plants in peat are sent back.",
    "Planting takes place in the week of 5 October 2026, when the soil is still warm. Before the opening day only the "
    "beds along the main path are planted, with large pots on loan.",
    "For the first two years the beds are weeded six times a year, and the young trees are watered in dry weeks with "
    "fifty litres each.",
)


def plant_rows(plants: Sequence[tuple[str, str, str, int]], decided: bool) -> list[list[str]]:
    """The schedule as cells, with its total; until it is `decided`, one nursery has not said whether it uses peat."""
    rows = [["Code", "Latin name", "Size", "Count", "Nursery", "Peat-free"]]
    for code, name, size, count in plants:
        nursery = "Pennyroyal" if decided or count < 150 else "Fernhollow"
        rows.append([code, name, size, str(count), nursery, "yes" if nursery == "Pennyroyal" else "ask!"])
    rows.append(["", "Total", "", f"{sum(plant[3] for plant in plants):,}", "", ""])
    return rows


def statement(paragraphs: int, cut: int | None = None) -> str:
    """The planting statement with so many paragraphs; the last one ends after `cut` characters, at the cursor."""
    texts = list(PARAGRAPHS[:paragraphs])
    texts[-1] = texts[-1][:cut] + "|"
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return f"<h1>Planting statement</h1><h2>3 Planting design, Brightholm Wharf</h2>{body}"


def river(day: str, level: str, points: Sequence[int], beside: str) -> Win:
    """The page with the level of the river, which she opens first thing on both mornings."""
    line = " ".join(f"{40 + 62 * number},{200 - point}" for number, point in enumerate(points))
    strip = head("River levels", "#1d4f6e", ("Map", "Warnings", "My stations", "About"))
    inside = strip + page("river", day=day, level=level, line=line, beside=beside)
    return firefox("River Rell at Brightholm Lock", "https://rivers.example/stations/4127", inside, tabs=("Rootbook",))


def timesheet(day: str, rows: Sequence[tuple[str, str, str]], total: str, streak: int) -> Win:
    """The last thing of each working day."""
    table = grid((("Project", "What", "Hours"), *rows, ("<b>Total</b>", "", f"<b>{total}</b>")), "width:900px")
    strip = head("Hourglass", "#5b3f8c", ("My day", "My week", "Leave"))
    inside = strip + page("timesheet", day=day, table=table, streak=str(streak))
    return firefox(
        f"Timesheet {day} – Hourglass", "https://hourglass.example/day", inside, tabs=("Rootbook",), told=False
    )
