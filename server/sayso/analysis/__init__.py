"""Answer what the graph is for: chains and who stands at their ends.

``model`` says what a claim is in Python, ``reading`` reads claims from the store, ``chains``
puts them in order, ``telling`` puts them into words, ``names`` finds the claim that somebody
means, ``questions`` holds the stored queries.
"""
