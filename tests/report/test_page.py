"""The page in a browser: what it shows, what can be done with it, how soon it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report.chromium import Browser, Page

pytestmark = pytest.mark.browser
Reports = Callable[[int], Path]


def address(report: Path, **shown: object) -> str:
    return f"{report.as_uri()}#{'&'.join(f'{name}={value}' for name, value in shown.items())}"


@pytest.mark.parametrize("size", [1, 60, 1000])
def test_the_graph_is_drawn(tab: Page, reports: Reports, size: int) -> None:
    tab.open(address(reports(size), view="graph"))
    tab.until("document.querySelectorAll('.card').length > 0")
    assert tab.value("document.querySelectorAll('.card').length") < 20
    drawn = tab.value("document.querySelector('.world').getBoundingClientRect().width")
    assert 0 < drawn <= 1440


def test_a_fan_out_opens_to_its_calls_and_a_call_to_its_details(tab: Page, reports: Reports) -> None:
    tab.open(address(reports(60), view="graph"))
    tab.click(".card-head")
    tab.until("document.querySelectorAll('.cell-call').length === 24")
    tab.click(".cell-call.fill-bad")
    tab.until("document.querySelector('.error-box')")
    assert tab.texts(".error-box strong") == ["timeout"]
    assert tab.value("location.hash").endswith("agent=9")
    tab.key("Escape")
    tab.until("document.getElementById('drawer').hidden")


def test_filters_search_and_sorting(tab: Page, reports: Reports) -> None:
    tab.open(address(reports(60), view="agents"))
    assert tab.texts(".counted") == ["59 calls"]
    tab.go("view=agents&status=failed")
    assert tab.texts(".call-name") == [
        "review:src/file_7.pyno answer within 600 s",
        "test 3no answer within 600 s",
    ]
    tab.go("view=agents")
    tab.key("/")
    tab.until("document.activeElement.type === 'search'")
    for key in "verify:src/file_2":
        tab.key(key)
    tab.until("document.querySelector('.counted').textContent === '5 of 59 calls'")  # 2 and 20 to 23
    tab.go("view=agents&sort=output&way=down")
    out = [int(text.replace(",", "")) for text in tab.texts(".grid-body .row .cell:nth-child(10)")]
    assert out == sorted(out, reverse=True)


def test_search_in_prompts_and_results_inflates_them(tab: Page, reports: Reports) -> None:
    tab.open(address(reports(60), view="agents", q="an array".replace(" ", "%20"), **{"in": "texts"}))
    tab.until("document.querySelector('.counted').textContent.startsWith('0 of')")
    tab.go("view=agents&q=apply the guide&in=texts")
    tab.until("document.querySelector('.counted').textContent.startsWith('1 of')")


def test_a_deep_link_opens_a_call_with_everything_about_it(tab: Page, reports: Reports) -> None:
    tab.open(address(reports(60), agent="p0[0]/a0"))
    tab.until("document.querySelector('.diff-add')")
    assert tab.texts(".drawer-title h2") == ["fix 1"]
    assert "+        line = self.buffer.readline(LIMIT)" in tab.texts(".diff-add")
    assert tab.texts(".markdown strong") == ["point"]
    tab.click("#drawer .facts a")  # to its line in the script
    tab.until("document.querySelector('.line.shown')")
    assert tab.texts(".line.shown code")[0].strip().startswith("() => agent(`Mend round")
    assert tab.texts(".line.shown .mark")[0].startswith("×4")


def test_the_timeline_zooms_and_opens_a_call(tab: Page, reports: Reports) -> None:
    tab.open(address(reports(1000), view="timeline"))
    before = tab.value("document.querySelector('.timeline-canvas').toDataURL()")
    tab.value("document.querySelector('.timeline-scroll').focus()")
    tab.key("+")
    assert tab.value("document.querySelector('.timeline-canvas').toDataURL()") != before
    tab.key("0")
    assert tab.value("document.querySelector('.timeline-canvas').toDataURL()") == before
    tab.key("ArrowDown")
    tab.key("Enter")
    tab.until("!document.getElementById('drawer').hidden")
    assert tab.texts(".drawer-title h2") == ["scout"]


def test_light_and_dark(browser: Browser, reports: Reports) -> None:
    grounds = []
    for dark in (False, True):
        page = browser.page(dark=dark)
        page.open(address(reports(1)))
        grounds.append(page.value("getComputedStyle(document.body).backgroundColor"))
        page.key("t")
        grounds.append(page.value("getComputedStyle(document.body).backgroundColor"))
        page.value("localStorage.clear()")
        page.close()
    assert grounds[0] == grounds[3] == "rgb(255, 255, 255)"
    assert grounds[1] == grounds[2] != grounds[0]


@pytest.mark.parametrize("view", ["overview", "graph", "timeline", "agents", "script", "logs"])
def test_every_view_fits_a_small_screen_and_prints(browser: Browser, reports: Reports, view: str) -> None:
    page = browser.page(390, 844)
    page.open(address(reports(60), view=view))
    assert page.value("document.documentElement.scrollWidth") <= 390
    assert len(page.pdf()) > 5000
    assert (page.dialogs, page.errors) == ([], [])
    page.close()


def test_text_has_contrast_in_both_themes(browser: Browser, reports: Reports) -> None:
    """4.5 to 1 for text on every ground that it stands on."""
    page = browser.page()
    page.open(address(reports(60), agent=9))
    for theme in ("light", "dark"):
        page.value(f"document.documentElement.dataset.theme = '{theme}'")
        low = page.value(CONTRAST)
        assert low == [], theme
    page.close()


CONTRAST = """(() => {
  const style = getComputedStyle(document.documentElement);
  const channels = (name) => style.getPropertyValue(name).trim().slice(1).match(/../g).map((two) => parseInt(two, 16) / 255);
  const light = (name) => { const [r, g, b] = channels(name).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const low = [];
  for (const text of ['--text', '--muted', '--accent', '--ok', '--bad', '--warn', '--open', '--again', '--off', '--js-string', '--js-keyword', '--js-comment', '--js-number'])
    for (const ground of ['--ground', '--panel', '--raised'])
      if (ratio(text, ground) < 4.5) low.push([text, ground, ratio(text, ground)]);
  for (const [text, ground] of [['--bad', '--bad-soft'], ['--text', '--add'], ['--text', '--del'], ['--accent', '--accent-soft'], ['--warn', '--warn-soft']])
    if (ratio(text, ground) < 4.5) low.push([text, ground, ratio(text, ground)]);
  return low;
})()"""


def test_roles_and_names(tab: Page, reports: Reports) -> None:
    """Every control has a name, and the parts of the page their roles, as the browser's accessibility tree sees them."""
    for view in ("overview", "graph", "timeline", "agents&agent=3", "script", "logs"):
        tab.open(address(reports(60)) + f"view={view}")
        nodes = tab.ask("Accessibility.getFullAXTree")["nodes"]
        seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]]
        roles = {role for role, _ in seen}
        assert {"main", "navigation", "banner", "heading"} <= roles, view
        nameless = [
            role
            for role, name in seen
            if role in ("button", "link", "searchbox", "combobox", "checkbox") and not name.strip()
        ]
        assert nameless == [], view
    assert tab.texts("nav a[aria-current]") != []


def test_ten_thousand_calls_open(tab: Page, reports: Reports) -> None:
    report = reports(10000)
    assert report.stat().st_size < 12_000_000
    tab.open(address(report, view="agents"))
    assert tab.value("document.querySelectorAll('.grid-body .row').length") < 80
    tab.value("document.querySelector('.grid-body').scrollTop = 1e7")
    tab.until(
        "[...document.querySelectorAll('.grid-body .row .cell')].some(cell => cell.textContent === '9737')"
    )
    tab.go("view=agents&agent=9737")
    tab.until("document.querySelector('#drawer pre.text, #drawer .markdown')")
    tab.go("view=timeline")
    tab.until("document.querySelector('.timeline-canvas').width > 0")
