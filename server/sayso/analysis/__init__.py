"""Answer what the graph is for: chains, who stands at their ends, and what follows from these.

``model`` says what a claim is in Python, ``reading`` reads claims from the store, ``chains``
puts them in order, ``telling`` puts them into words, ``names`` finds the claim that somebody
means, ``questions`` holds the stored queries.

``network`` holds all claims at once, without their words, and ``walks`` goes through them;
``origins``, ``disputes`` and ``drift`` are what is derived, ``derivation`` derives it, again
where something changed, ``derived`` writes it into a graph, and ``kept`` keeps it from one
version to the next. ``findings``, ``findings_told`` and ``trees`` tell it.
"""
