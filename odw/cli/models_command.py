"""``odw models [EXECUTOR]``: names that ``model`` may have, by executor, with prices where they are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.terminal import say, say_line
from odw.errors import UsageError
from odw.settings_file import read_project_file

if TYPE_CHECKING:
    from odw.executors.probes_models import Offer, Offers

VERSION = 1  # of the JSON form
_COLUMNS = ("input", "output", "cache read", "cache write")


def models_command(values: dict[str, Any]) -> int:
    """What all executors offer, or one of them. Raises UsageError for one that there is not, and for a wrong odw.toml."""
    from odw.executors.probes_models import all_offers
    from odw.runtime.prices import price_table

    offers = _chosen(all_offers(read_project_file(project_of(values))), values["executor"])
    if values["json"]:
        report = {
            "version": VERSION,
            "pricesDate": price_table()["date"],
            "executors": [_offers_json(each) for each in offers],
        }
        say(dumps(report, ensure_ascii=False, separators=(",", ":")))
        return 0
    for line in _lines(offers, price_table()["date"]):
        say_line(line)
    return 0


def _chosen(offers: list[Offers], name: str | None) -> list[Offers]:
    chosen = [each for each in offers if name in (None, each.name)]
    if chosen:
        return chosen
    from odw.diagnostics import closest

    known = [each.name for each in offers]
    meant = closest(str(name), known)
    raise UsageError(
        f"there is no executor {name}",
        hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
    )


def _lines(offers: Sequence[Offers], date: str) -> Iterator[str]:
    rows = [_row(offer) for each in offers for offer in each.models]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(6)]
    widths = [max(width, len(name)) for width, name in zip(widths, ("", "", *_COLUMNS), strict=True)]
    yield f"Prices of {date}, in US dollars per million tokens: {', '.join(_COLUMNS)}"
    for each in offers:
        yield ""
        yield f"{each.name}{'' if each.use == each.name else f' ({each.use})'}"
        for offer in each.models:
            cells = _row(offer)
            left = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2], strict=True)]
            right = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
            yield f"  {'  '.join((*left, *right))}".rstrip()
        if each.more:
            yield f"  {each.more}"


def _row(offer: Offer) -> list[str]:
    """Name, remark, four prices."""
    remarks = [
        offer.provider or "",
        f"= {offer.alias_of}" if offer.alias_of else "",
        "default" if offer.default else "",
    ]
    prices = [_dollars(each) for each in offer.price] if offer.price is not None else ["?", "?", "", ""]
    return [offer.name, " ".join(remark for remark in remarks if remark), *prices]


def _dollars(price: float) -> str:
    """At least two decimals, and as many more as it takes."""
    whole, _, decimals = f"{price:.6f}".rstrip("0").partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def _offers_json(offers: Offers) -> dict[str, Any]:
    return {
        "name": offers.name,
        "use": offers.use,
        "declared": offers.declared,
        "models": [_offer_json(offer) for offer in offers.models],
        "more": offers.more or None,
    }


def _offer_json(offer: Offer) -> dict[str, Any]:
    price = offer.price
    return {
        "name": offer.name,
        "provider": offer.provider,
        "aliasOf": offer.alias_of,
        "default": offer.default,
        "price": None if price is None else price._asdict(),
    }
