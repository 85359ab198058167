"""Put a server under hostile and under much ordinary traffic: `python -m bench.soak`.

What must hold: it stays up, no answer is wrong or passed off as whole, no fault of its own
(status 500, a stack trace) is seen, and neither memory nor open files grow.
"""
