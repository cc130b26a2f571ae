"""Any chart as a file: SVG, PNG, PDF, or an HTML page that works without a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from string import Template

from caselore.plots.libraries import alt, vl_convert

SCALE = 2
"""Of PNG files: twice the pixels of a screen, enough for print at half the size."""


def specification(chart: alt.TopLevelMixin) -> str:
    """The Vega-Lite specification as JSON."""
    return json.dumps(chart.to_dict(), indent=1, ensure_ascii=False) + "\n"


def to_svg(chart: alt.TopLevelMixin) -> bytes:
    """As SVG, with letters as text. Raises ChartsMissing."""
    return vl_convert.vegalite_to_svg(chart.to_dict()).encode()


def to_png(chart: alt.TopLevelMixin) -> bytes:
    """As PNG. Raises ChartsMissing."""
    return bytes(vl_convert.vegalite_to_png(chart.to_dict(), scale=SCALE))


def to_pdf(chart: alt.TopLevelMixin) -> bytes:
    """As PDF with one page of the size of the chart. Raises ChartsMissing."""
    return bytes(vl_convert.vegalite_to_pdf(chart.to_dict()))


def to_html(chart: alt.TopLevelMixin) -> bytes:
    """As a page that holds the libraries that draw it: nothing is loaded, nothing is sent. Raises ChartsMissing."""
    told = chart.to_dict()
    title = " ".join(told["vconcat"][0]["title"]["text"])
    # "</" could end the script, whatever stands in a group's name.
    drawn = json.dumps(told, ensure_ascii=False).replace("</", "<\\/")
    page = _PAGE.substitute(title=escape(title), specification=drawn, libraries=vl_convert.javascript_bundle(_SNIPPET))
    return page.encode()


_SNIPPET = "window.vegaEmbed = vegaEmbed;"
_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>body { margin: 1rem; background: white; }</style>
</head>
<body>
<main id="chart"><noscript>This chart is drawn by JavaScript, which is switched off.</noscript></main>
<script>$libraries</script>
<script>
vegaEmbed("#chart", $specification, { renderer: "svg", actions: { export: true, source: false, compiled: false, editor: false } });
</script>
</body>
</html>
""")

WRITERS: dict[str, Callable[[alt.TopLevelMixin], bytes]] = {
    "svg": to_svg,
    "png": to_png,
    "pdf": to_pdf,
    "html": to_html,
    "json": lambda chart: specification(chart).encode(),
}
"""What a chart can be written as, by the suffix of the file."""
