"""Find the claim that somebody means by what they typed."""

from difflib import get_close_matches

import pyoxigraph as ox

from sayso.analysis.reading import natural, short
from sayso.errors import AmbiguousClaim, UnknownClaim, UnknownStatement
from sayso.store.data import ClaimStore
from sayso.store.queries import rows

_ALL = "SELECT DISTINCT ?claim WHERE { ?claim a sayso:Claim }"
_STATED = "SELECT DISTINCT ?s WHERE { ?claim sayso:states ?s }"
_STATING = "SELECT DISTINCT ?claim WHERE { ?claim sayso:states %s }"
_NEAR = 5


def find_claim(claims: ClaimStore, name: str) -> str:
    """Return the IRI of a claim called by IRI, prefixed name, ``<record>#c3``, or ``c3``.

    Raise UnknownClaim with near matches, or AmbiguousClaim where several records have a ``c3``.
    """
    known = sorted((row["claim"].value for row in rows(claims, _ALL)), key=natural)
    asked = name.strip().removeprefix("<").removesuffix(">")
    for iri in _readings(asked, claims):
        if iri in known:
            return iri
    local = [iri for iri in known if iri.rpartition("#")[2] == asked.removeprefix("#")]
    if len(local) == 1:
        return local[0]
    shorts = [short(iri, claims.base) for iri in local]
    if shorts:
        raise AmbiguousClaim(name=name, count=len(shorts), near=_listed(shorts))
    raise UnknownClaim(name=name.strip() or repr(name), near=_near(asked, known, claims))


def find_statement(claims: ClaimStore, name: str) -> str:
    """Return the IRI of a statement called by IRI, prefixed name, or the last part of one.

    Raise UnknownStatement with near matches.
    """
    asked = name.strip().removeprefix("<").removesuffix(">")
    for iri in [*_readings(asked, claims), f"{claims.base}statement/{asked}"]:
        if _stating(iri, claims):
            return iri
    known = {row["s"].value.rpartition("/")[2] for row in rows(claims, _STATED)}
    near = _alike(asked, sorted(known))
    shown = f"; near it: {_listed(near)}" if near else ""
    raise UnknownStatement(name=name.strip() or repr(name), near=shown)


def _readings(name: str, claims: ClaimStore) -> list[str]:
    readings = [name, claims.base + name, f"{claims.base}article/{name}"]
    prefix, colon, local = name.partition(":")
    if colon and prefix in claims.prefixes:
        readings.append(claims.prefixes[prefix] + local.replace("\\", ""))
    return readings


def _near(name: str, known: list[str], claims: ClaimStore) -> str:
    for iri in _readings(name, claims):
        if stating := _stating(iri, claims):
            return f"; it is a statement, which these claims state: {_listed(stating)}"
    near = _alike(short(name, claims.base), [short(iri, claims.base) for iri in known])
    return f"; near it: {_listed(near)}" if near else ""


def _alike(name: str, known: list[str]) -> list[str]:
    """Prefer names that hold what was typed, then those spelt like it, in whole or after the #."""
    holding = [full for full in known if name.lower() in full.lower()]
    locals_ = {full.rpartition("#")[2]: full for full in reversed(known)}
    spelt = get_close_matches(name, known, n=_NEAR, cutoff=0.6)
    spelt += [locals_[near] for near in get_close_matches(name.lstrip("#"), locals_, n=_NEAR)]
    return list(dict.fromkeys([*holding, *spelt]))


def _stating(iri: str, claims: ClaimStore) -> list[str]:
    try:
        node = ox.NamedNode(iri)
    except ValueError:  # what was typed is no IRI under this reading
        return []
    found = rows(claims, _STATING % node)
    return sorted((short(row["claim"].value, claims.base) for row in found), key=natural)


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= _NEAR else [*names[:_NEAR], f"{len(names) - _NEAR} more"]
    return ", ".join(shown)
