"""The planting plan of the invented park, and the map program that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from resources.demo_maker.desk import FULL, Box, Win
from resources.demo_maker.web import page

LAYERS = (
    ("#3f7d4e", "trees_proposed"),
    ("#8fbf6a", "beds_perennials"),
    ("#c9d98a", "meadow"),
    ("#6fa8a0", "reed_bed"),
    ("#c8b79a", "paths"),
    ("#7fb2d6", "water"),
    ("#b9b3a6", "buildings"),
    ("#8c8c8c", "contours_025"),
)
UPPER_TREES = ((150, 150), (232, 118), (330, 142), (560, 96), (700, 128), (846, 96), (1010, 150), (1120, 116))
TREES = (*UPPER_TREES, (930, 300), (220, 330), (420, 300), (640, 320), (1080, 330))
BEDS = (  # middle, width and height in pixels of the canvas
    (215, 235, 250, 92, "#8fbf6a", "B1"),
    (600, 226, 280, 104, "#9ac776", "B2"),
    (985, 232, 260, 96, "#8fbf6a", "B3"),
    (330, 448, 440, 110, "#c9d98a", "M1"),
    (930, 452, 420, 110, "#c9d98a", "M2"),
)


def bed(x: int, y: int, width: int, height: int, colour: str, name: str) -> str:
    """A soft-edged bed with a dot for each group of plants."""
    left, right, up, down = x - width // 2, x + width // 2, y - height // 2, y + height // 2
    outline = (
        f"M{left} {y} C{left} {up} {x - 40} {up - 14} {x} {up + 6} S{right + 10} {up - 8} {right} {y} "
        f"S{x + 60} {down + 12} {x} {down} S{left} {down} {left} {y}Z"
    )
    dots = "".join(
        f'<circle cx="{dot}" cy="{y + (dot * 13 % 41) - 20}" r="3" fill="#4f7a3a"/>'
        for dot in range(left + 30, right - 20, 17)
        if abs(dot - x) > 22
    )
    return (
        f'<path d="{outline}" fill="{colour}" stroke="#55773f" stroke-width="1.5"/>{dots}'
        f'<text x="{x - 10}" y="{y + 5}" font-size="15" font-weight="700" fill="#24391b">{name}</text>'
    )


def plan_svg(labels: Sequence[tuple[int, int, str]] = ()) -> str:
    """The park between the warehouse and the canal; `labels` are (x, y, text) in pixels of the canvas."""
    lines = "".join(
        f'<path d="M0 {y} q320 {-30 + 9 * n} 640 0 t640 -8" fill="none" stroke="#b5ab97" stroke-width="1"/>'
        for n, y in enumerate(range(70, 560, 62))
    )
    trees = "".join(
        f'<circle cx="{x}" cy="{y}" r="{25 + (x * 7 + y) % 13}" fill="#3f7d4e" stroke="#24502f" stroke-width="1.5"/>'
        f'<circle cx="{x}" cy="{y}" r="3" fill="#18351f"/>'
        for x, y in TREES
    )
    reeds = "".join(f'<path d="M{x} 588 v-22" stroke="#3d7a70" stroke-width="3"/>' for x in range(70, 1230, 26))
    words = "".join(
        f'<text x="{x}" y="{y}" font-size="15" fill="#1d2a20">{escape(text)}</text>' for x, y, text in labels
    )
    beds = "".join(bed(*item) for item in BEDS)
    return page("plan", lines=lines, reeds=reeds, beds=beds, trees=trees, words=words)


def qgis(
    labels: Sequence[tuple[int, int, str]],
    status: str,
    dialog: str = "",
    broken: bool = False,
    box: Box = FULL,
    extra: str = "",
) -> Win:
    """The map program; `dialog` and `extra` (html) lie over the canvas."""
    layers = "".join(f'<p><i style="background:{colour}"></i>{name}</p>' for colour, name in LAYERS)
    raster = (
        '<p class="bad"><i></i>dtm_1m (unavailable)</p>' if broken else '<p><i style="background:#999"></i>dtm_1m</p>'
    )
    sheets = "".join(f"<p>{name}</p>" for name in ("L-201 General", "L-202 Upper terrace", "L-203 Lower terrace"))
    body = (
        '<div class="tools"><span>Project</span><span>Edit</span><span>View</span><span>Layer</span><span>Vector</span>'
        f'<span>Raster</span><span>Processing</span></div><div class="gis"><aside><h3>Layers</h3>{layers}{raster}'
        f'<h3 style="margin-top:16px">Layouts</h3>{sheets}<p>L-204 Planting</p></aside><div class="canvas">'
        f"{plan_svg(labels)}{extra}</div>{dialog}</div>"
        f'<div class="status"><span>{escape(status)}</span><span>Scale 1:250</span><span>EPSG:27700</span></div>'
    )
    return Win(app="org.qgis.qgis", title="brightholm_planting.qgz — QGIS", body=body, box=box)


def failed_export(sheet: str) -> str:
    """The same failure that comes back for two days: the share with the survey has gone stale."""
    return page("export_failed", sheet=sheet)
