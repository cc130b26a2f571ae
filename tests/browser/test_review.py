"""The whole way of a reviewer in a real browser: add, read, correct by keyboard, undo, cohort, export; and axe on every view."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import pytest

from caselore import service
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.curation import Action
from caselore.registry.people import AccountRole, People
from caselore.web.server import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium is missing, so that no page was tried: apt-get install chromium.", pytrace=False)
    pytest.skip("NOT TESTED: the web pages need Chromium (make system, as root).", allow_module_level=True)

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright  # noqa: E402

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PASSWORD = "correct horse battery"
expect.set_options(timeout=20_000)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@contextmanager
def served(book: Casebook, *, team: bool = False) -> Iterator[str]:
    with serving(book, team=team) as address:
        yield address
    book.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    book = open_casebook(f"sqlite:///{tmp_path_factory.mktemp('web') / 'book.db'}")
    name = "08_paraganglioma_bladder_dates.txt"
    found = service.add_content(book, name, (EXAMPLES / name).read_bytes())
    for reader, value in (("ann", 46), ("bob", 47)):
        book.decide(found.report, "p1", reader, Action.CORRECT, column="age_years", value=value)
    with served(book) as found_at:
        yield found_at


@pytest.fixture(scope="module")
def team_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    book = open_casebook(f"sqlite:///{tmp_path_factory.mktemp('team') / 'book.db'}")
    name = "02_solitary_fibrous_tumor_pleura_series.txt"
    service.add_content(book, name, (EXAMPLES / name).read_bytes())
    people = People(book.engine)
    people.create("ann", PASSWORD, AccountRole.ADMIN)
    people.create("bob", PASSWORD, AccountRole.CURATOR)
    people.change("bob", blind=True)
    with served(book, team=True) as found_at:
        yield found_at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    yield opened
    context.close()
    assert problems == []


def add(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.set_input_files("#drop input", EXAMPLES / name)
    page.wait_for_selector("#files li.ok")


def open_first(page: Page) -> None:
    page.click("#files a")
    page.wait_for_selector("#reader")
    page.wait_for_load_state()


def test_the_whole_way_of_a_reviewer(page: Page, address: str, tmp_path: Path) -> None:
    add(page, address, "05_gist_stomach_letter.txt")
    open_first(page)
    page.keyboard.press("j")
    expect(page.locator("#c-age_years.on")).to_have_count(1)
    expect(page.locator("mark.on").first).to_have_text("45-yo")
    page.keyboard.press("e")
    page.keyboard.type("51")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c-age_years.corrected")
    page.goto(f"{address}/cohort?where=age_years+%3E+50")
    expect(page.locator(".flow .sum").first).to_have_text("1 in the cohort", use_inner_text=True)
    page.wait_for_selector("[data-drawn]", timeout=60_000)
    page.click(".flow .sum a")
    expect(page.locator("tbody th")).to_have_text("05_gist_stomach_letter, case 1")
    page.go_back()
    page.go_back()
    page.reload()  # the browser may show the page as it was before the correction
    page.wait_for_selector("#c-age_years.corrected")
    page.keyboard.press("u")
    page.wait_for_selector("#c-age_years.proposed")
    page.goto(f"{address}/cohort?where=age_years+%3E+50")
    expect(page.locator(".flow .sum").first).to_have_text("0 in the cohort", use_inner_text=True)
    page.goto(f"{address}/casebook")
    with page.expect_download() as coming:
        page.click("text=Excel")
    sheet = tmp_path / "casebook.xlsx"
    coming.value.save_as(sheet)
    page.goto(f"{address}/import")
    page.set_input_files("input[type=file]", sheet)
    page.click("text=Show what would change")
    expect(page.locator("text=0 cells would change")).to_have_count(1)


def test_a_file_that_cannot_be_read_stays_in_view(page: Page, address: str, tmp_path: Path) -> None:
    wrong = tmp_path / "picture.png"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n")
    page.goto(address)
    page.set_input_files("#drop input", [wrong, EXAMPLES / "08_paraganglioma_bladder_dates.txt"])
    page.wait_for_selector("#files li.ok")
    expect(page.locator("#files li.bad")).to_contain_text("not read")


def test_a_mark_and_its_value_find_each_other(page: Page, address: str) -> None:
    add(page, address, "01_synovial_sarcoma_knee.txt")
    open_first(page)
    page.locator("mark[data-key=c-diagnosis]").first.click()
    expect(page.locator("#c-diagnosis.on blockquote").first).to_be_visible()
    page.keyboard.press("a")
    page.wait_for_selector("#c-diagnosis.accepted")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_a_pasted_paragraph_finds_patients_like_it(page: Page, address: str) -> None:
    add(page, address, "01_synovial_sarcoma_knee.txt")
    page.goto(f"{address}/similar")
    page.fill("textarea[name=like]", "A 40-year-old woman had a synovial sarcoma of the popliteal fossa.")
    page.click("main button.primary")
    expect(page.locator("#understood")).to_contain_text("synovial sarcoma")
    expect(page.locator(".hit").first.locator(".agrees").first).to_be_visible()
    page.locator(".hit a").first.click()
    page.wait_for_selector("#reader")


def test_stains_name_diagnoses_and_every_number_its_sources(page: Page, address: str) -> None:
    page.goto(f"{address}/differential")
    page.fill("input[name=stains]", "CD34+ STAT6+ S100- SMA-")
    page.click("main button.primary")
    expect(page.locator("tbody tr th").first).to_contain_text("solitary fibrous tumor")
    page.locator("details.why summary").first.click()
    expect(page.locator("details.why a[href*='doi.org'], details.why a[href*='ncbi']").first).to_be_attached()


def test_a_cell_of_the_grid_opens_its_sentence_and_is_accepted_there(page: Page, address: str) -> None:
    add(page, address, "09_ewing_sarcoma_adolescent.txt")
    page.goto(f"{address}/casebook?diagnosis=Ewing+sarcoma")
    page.click("a[data-cell$='column=sex']")
    page.wait_for_selector("#cell blockquote b")
    page.click("#cell button[value=accept]")
    page.wait_for_selector("#cell .fact.accepted")
    page.click("#cell >> text=Close")
    page.wait_for_selector("td.accepted")
    page.fill("#filter-name", "Ewing")
    page.click("text=Save filters")
    expect(page.locator(".tab[aria-current]")).to_have_text("Ewing")


def test_a_note_and_a_fact_beyond_the_row_by_keyboard(page: Page, address: str) -> None:
    add(page, address, "02_solitary_fibrous_tumor_pleura_series.txt")
    open_first(page)
    page.keyboard.press("n")
    page.keyboard.type("asked the authors")
    page.click("button[value=note]")
    expect(page.locator("#facts .note")).to_contain_text("asked the authors")
    page.locator(".beyond:has(.fact.other) summary").first.click()
    page.locator(".fact.other .row").first.click()
    page.keyboard.press("x")
    page.wait_for_selector(".fact.other.rejected", state="attached")
    page.keyboard.press("u")
    page.wait_for_selector(".fact.other.rejected", state="detached")
    page.keyboard.press("t")
    page.wait_for_url("**patient=p2")
    page.keyboard.press("1")
    expect(page.locator("[data-topic=pt]")).to_have_attribute("aria-pressed", "false")


def test_an_export_is_shown_and_downloaded(page: Page, address: str, tmp_path: Path) -> None:
    add(page, address, "01_synovial_sarcoma_knee.txt")
    page.goto(f"{address}/casebook?diagnosis=synovial+sarcoma")
    page.click("text=Other formats")
    page.check("input[value=phenopacket]")
    page.click("text=Show what it carries")
    expect(page.locator("main")).to_contain_text("no place in this format")
    with page.expect_download() as coming:
        page.click("text=Download the archive")
    with ZipFile(coming.value.path()) as archive:
        assert any(name.endswith(".phenopacket.json") for name in archive.namelist())


VIEWS = {
    "home": "/",
    "reader": "/patients?words=popliteal",
    "casebook": "/casebook",
    "cohort": "/cohort?by=sex",
    "patients": "/cohort/patients?at=1",
    "similar": "/similar?like=A+40-year-old+woman+with+a+synovial+sarcoma+of+the+knee",
    "differential": "/differential?stains=SMA%2B+desmin-+S100-+CD34%2B+STAT6%3F",
    "lint": "/lint",
    "background": "/reports/01_synovial_sarcoma_knee?patient=background",
    "import": "/import",
    "export": "/export?to=phenopacket",
    "consensus": "/consensus",
    "error": "/reports/none",
}


def looked_over(page: Page) -> None:
    """Nothing that axe finds, and nothing that sticks out at the side."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def context_of(browser: Browser, theme: str, width: int) -> BrowserContext:
    scheme: Literal["dark", "light"] = "dark" if theme == "dark" else "light"
    return browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)


SCREENS = [("light", 1280), ("dark", 1280), ("light", 400), ("dark", 400)]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("theme", "width"), SCREENS)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    browser: Browser, address: str, view: str, theme: str, width: int
) -> None:
    with context_of(browser, theme, width) as context:
        page = context.new_page()
        page.goto(address + VIEWS[view])
        looked_over(page)


@pytest.mark.parametrize(("theme", "width"), SCREENS)
def test_axe_finds_nothing_on_the_pages_of_a_team(browser: Browser, team_address: str, theme: str, width: int) -> None:
    for name, pages in (("ann", ("/accounts", "/consensus")), ("bob", ("/", "/patients"))):
        with context_of(browser, theme, width) as context:
            page = context.new_page()
            page.goto(f"{team_address}/login")
            looked_over(page)
            page.fill("input[name=name]", name)
            page.fill("input[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_url(f"{team_address}/")
            for one in pages:
                page.goto(team_address + one)
                looked_over(page)


def test_a_blind_reader_decides_and_sees_nobody_else(browser: Browser, team_address: str) -> None:
    with context_of(browser, "light", 1280) as context:
        page = context.new_page()
        page.goto(f"{team_address}/login")
        page.fill("input[name=name]", "bob")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.click("tbody a")
        page.wait_for_selector("#reader")
        expect(page.locator(".meta")).to_contain_text("you read blind")
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.wait_for_selector("#c-age_years.accepted")
        expect(page.locator(".nav a")).to_have_text(["Reports", "Differential", "Lint"])
