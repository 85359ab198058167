"""Compare a record with the text it was read from: spans, sentences, and tidy Turtle."""
