"""Answer `/search`: claims and things by words, narrowed by who, how, about what and when."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from sayso.web.claims import taken
from sayso.web.searching import FACETS, PER_PAGE, Results
from sayso.web.site import Site

_TITLES = {
    "speaker": "Who says so",
    "act": "What they do",
    "certainty": "How sure they sound",
    "entity": "Whom or what it speaks of",
    "work": "In what work",
    "said": "When it was said",
    "happened": "When it is said to have happened",
}
_MOST_PAGES = 500


def search(site: Site) -> Blueprint:
    """Make the route of the search."""
    blueprint = Blueprint("searching", __name__)

    @blueprint.get("/search", endpoint="search")
    def page() -> str:
        typed = request.args.get("words", "").strip()
        chosen = {name: value for name in FACETS if (value := request.args.get(name, "").strip())}
        number = min(max(request.args.get("page", 1, int), 1), _MOST_PAGES)
        found = site.search.find(typed, chosen, number)
        return render_template("search.html", typed=typed, **_shown(site, found, chosen, number))

    return blueprint


def _shown(site: Site, found: Results, chosen: Mapping[str, str], number: int) -> dict[str, Any]:
    first = (number - 1) * PER_PAGE
    return {
        "claims": taken(site.facts, found.claims),
        "total": found.total,
        "first": first + 1,
        "all": found.whole,
        "things": [site.facts.link(iri) for iri in found.things] if number == 1 else [],
        "chosen": [
            (_TITLES[name], _name(site, key), _address(**{name: ""}))
            for name, key in chosen.items()
        ],
        "facets": [
            (_TITLES[name], [(one, _address(**{name: one.key})) for one in values])
            for name, values in found.facets.items()
            if found.total > 1
            and name not in chosen
            and any(one.count < found.total for one in values)
        ],
        "before": _address(page=str(number - 1)) if number > 1 else None,
        "after": _address(page=str(number + 1)) if first + PER_PAGE < found.total else None,
        "hidden": chosen,
    }


def _name(site: Site, key: str) -> str:
    return site.facts.label(key) if site.facts.has_page(key) else key


def _address(**changed: str) -> str:
    """Write the address of this search with some fields changed; another search begins at 1."""
    fields = {**request.args.to_dict(), "page": "", **changed}
    return "/search?" + urlencode({name: value for name, value in fields.items() if value})
