"""Makes the pictures of the tutorial from the program itself: `python docs/build_pictures.py`. Needs Chromium."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from caselore import service
from caselore.model.cohort import Endpoint
from caselore.web.server import serving

PICTURES = Path(__file__).parent / "tutorial" / "pictures"
SCREEN = {"width": 1200, "height": 760}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in service.example_reports().items():
            (folder / file).write_bytes(content)
        _charts(folder)
        with _served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=SCREEN)
            _screens(page, address)
            browser.close()


def _charts(folder: Path) -> None:
    tables = [one.rows for one in service.table(service.report_files([folder])) if one.rows is not None]
    analysis = service.cohort(tables, where='role == "index"', endpoint=Endpoint.OVERALL)
    _keep("curve", service.chart_file(service.survival_chart(analysis), "png"))
    outcomes = list(service.table(service.report_files([folder]), with_sources=True))
    courses = service.courses([one.sourced for one in outcomes if one.sourced is not None])
    _keep("lanes", service.chart_file(service.swimmer_chart(analysis, courses), "png"))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of a casebook that holds the example reports."""
    book = service.casebook(str(folder / "review.db"))
    for _ in service.add_files(book, service.report_files([folder])):
        pass
    with serving(book) as address:
        yield address
    book.close()


def _screens(page: Page, address: str) -> None:
    page.goto(address)
    _keep("reports", page.screenshot())
    page.click("tr:has-text('grimaldi_2019') a")
    page.wait_for_selector("#reader")
    page.click("[data-column=age_years] .row")
    page.wait_for_timeout(1000)  # until it has scrolled
    _keep("reader", page.screenshot())
    page.goto(f"{address}/casebook")
    _keep("grid", page.screenshot())
    page.goto(f"{address}/cohort?where=role+%3D%3D+%22index%22&endpoint=overall")
    page.wait_for_selector("main svg >> nth=2")
    page.mouse.wheel(0, 110)
    page.wait_for_timeout(500)
    _keep("cohort", page.screenshot())


def _keep(name: str, content: bytes) -> None:
    """As a small PNG: charts and screens have few colours."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.thumbnail((1400, 2000))
    picture.quantize(64, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
