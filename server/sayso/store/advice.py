"""Say what to do where Turtle is broken: the engine says what it met, and this how to mend that."""

import re

from sayso.vocabularies import prefixes

_STRING = "close the string with the quotation mark that opens it, or with three of it over lines"
# What text programs make of quotation marks.
_CURLY = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u00b4`"
_ADVICE = (
    (r"dot is expected", "end the statement before it with a full stop"),
    (r"Unexpected end of file", f"something that begins here is never closed; {_STRING}"),
    (r"Unexpected end", "end the last statement with a full stop"),
    (r"^[.,;\])] is not a valid RDF obj", "give an object, or take away the comma before it"),
    (r"should end with a '\]'", "close the bracket"),
    (r"^(?:True|False|TRUE|FALSE) is not", "write true or false in small letters"),
    (r"Invalid IRI code point ' '", "write %20 for a space, or close the IRI with > before it"),
    (r"Invalid IRI|IRI.*(?:invalid|not valid)", "write the IRI as it is defined, or escape it"),
    (r"Unexpected escape character", r"write \\ for a backslash"),
    (r"language code", "write a language such as @en right behind the string"),
    (r"PREFIX keyword", "write @prefix, the prefix with its colon, and the namespace as <…>"),
    (rf"^'?[{_CURLY}]", 'write straight quotation marks, "…"'),
    (r"^\".*is not a valid (?:predicate|subject)", "a literal can only be an object"),
    (r"^[{}] is not a valid", "braces are TriG: name the file .trig, or leave them out"),
    (r"^\S+ is not a valid predicate", "write <…>, a name with its prefix, or a for the type"),
    (r"^\S+ is not a valid", "end what stands before it, or write <…>, a name or a literal here"),
    (r"blank node ID cannot be empty", "give the node a label such as _:b1, or write []"),
)
_UNDECLARED = re.compile(r"The prefix (\S*): has not been declared")


def advised(reason: str) -> str:
    """Add to the engine's reason what mends it, where that is known; neither ends in a dot."""
    undeclared = _UNDECLARED.search(reason)
    if undeclared:
        name = undeclared[1]
        space = prefixes().get(name, "…")
        return f"{reason}; declare it at the top with @prefix {name}: <{space}>"
    found = (advice for pattern, advice in _ADVICE if re.search(pattern, reason))
    advice = next(found, "")
    return f"{reason.rstrip('.')}; {advice}" if advice else reason.rstrip(".")
