"""Check a data folder against the shapes and the rules that shapes cannot express."""
