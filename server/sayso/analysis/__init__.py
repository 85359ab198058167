"""Answer what the graph is for: chains and who stands at their ends."""
