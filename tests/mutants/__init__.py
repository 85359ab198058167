"""Break the real graph in every way that the rules forbid, and change it in ways they allow."""
