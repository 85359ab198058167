"""Say in plain words what a shape asks for that has no message of its own.

The engines would each say it in another way, and none as a reader would; the names of the
constraint components are those of SHACL, section 4.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

import pyoxigraph as ox

from sayso.validation.results import Result
from sayso.vocabularies import VOCABULARIES

_SH = VOCABULARIES["sh"]
_RDF = VOCABULARIES["rdf"]
_END = "ConstraintComponent"
_SHORT = {iri: name for name, iri in VOCABULARIES.items()}
_MOST = 6
# By component: its parameter, and what is wrong where it does not hold.
_SENTENCES = {
    "Class": ("class", "This is no {}."),
    "Datatype": ("datatype", "This is no {}."),
    "NodeKind": ("nodeKind", "This is of another kind than {}."),
    "MinCount": ("minCount", "There are fewer values{of} here than {}."),
    "MaxCount": ("maxCount", "There are more values{of} here than {}."),
    "MinExclusive": ("minExclusive", "This is not greater than {}."),
    "MinInclusive": ("minInclusive", "This is less than {}."),
    "MaxExclusive": ("maxExclusive", "This is not less than {}."),
    "MaxInclusive": ("maxInclusive", "This is greater than {}."),
    "MinLength": ("minLength", "This has fewer characters than {}."),
    "MaxLength": ("maxLength", "This has more characters than {}."),
    "Pattern": ("pattern", "This does not match the pattern {}."),
    "LanguageIn": ("languageIn", "This is in none of the languages {}."),
    "UniqueLang": ("uniqueLang", "There are several values{of} in one language."),
    "Equals": ("equals", "This is not said by {} and here alike."),
    "Disjoint": ("disjoint", "This is said by {} as well."),
    "LessThan": ("lessThan", "This is not less than the value of {}."),
    "LessThanOrEquals": ("lessThanOrEquals", "This is greater than the value of {}."),
    "Not": ("not", "This conforms to a shape that it must not conform to."),
    "And": ("and", "This does not conform to each of the shapes that it must conform to."),
    "Or": ("or", "This conforms to none of the shapes of which it must conform to one."),
    "Xone": ("xone", "This does not conform to exactly one of several shapes."),
    "Node": ("node", "This does not conform to {}."),
    "QualifiedMinCount": ("qualifiedMinCount", "Fewer values conform to a shape than {}."),
    "QualifiedMaxCount": ("qualifiedMaxCount", "More values conform to a shape than {}."),
    "Closed": ("closed", "There is no room for {property} here."),
    "HasValue": ("hasValue", "The value {}{of} is missing here."),
    "In": ("in", "This is none of {}."),
}


class Sentences:
    """The sentences of some shapes."""

    def __init__(self, shapes: Iterable[ox.Quad]) -> None:
        self._said: dict[tuple[object, str], list[object]] = {}
        for quad in shapes:
            self._said.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)

    def of(self, result: Result) -> str:
        """Return the message that a shape gives, or what a shape without one asks for."""
        name = result.component.removeprefix(_SH).removesuffix(_END)
        if name not in _SENTENCES or (result.shape, _SH + "message") in self._said:
            return result.sentence
        parameter, sentence = _SENTENCES[name]
        values = self._said.get((result.shape, _SH + parameter), [])
        listed = list(chain.from_iterable(map(self._listed, values)))
        more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
        what = ", ".join(map(_short, listed[:_MOST])) + more
        if name == "Node":
            what = f"the shape {what}" if what else "a shape that it must conform to"
        of = self._property(result)
        return sentence.format(what, of=of and f" of {of}", property=of or "this property")

    def _property(self, result: Result) -> str:
        """Name the property that the rule is about: as its shape does (sh:name), or by its IRI."""
        if not isinstance(result.path, ox.NamedNode):
            return ""
        given = self._said.get((result.shape, _SH + "name"), [])
        names = [each for each in given if isinstance(each, ox.Literal)]
        english = [each for each in names if each.language in (None, "en")]
        iri = result.path.value
        own = _short(result.path) if not _short(result.path).startswith("<") else _last_part(iri)
        return next((each.value for each in english or names), own)

    def _listed(self, value: object) -> Iterable[object]:
        """Yield the members of a list, or a value that is none."""
        if (value, _RDF + "first") not in self._said:
            yield value
        seen = set()
        while (value, _RDF + "first") in self._said and value not in seen:
            seen.add(value)
            yield from self._said[value, _RDF + "first"]
            value = next(iter(self._said.get((value, _RDF + "rest"), ())), None)


def _short(term: object, names: Mapping[str, str] = _SHORT) -> str:
    """Write a term as a person does: a prefix that everybody knows, or the text alone."""
    if isinstance(term, ox.NamedNode):
        cut = max(term.value.rfind("#"), term.value.rfind("/")) + 1
        namespace, local = term.value[:cut], term.value[cut:]
        return f"{names[namespace]}:{local}" if namespace in names else f"<{term.value}>"
    if isinstance(term, ox.Literal):
        return term.value
    return ""


def _last_part(iri: str) -> str:
    return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]
